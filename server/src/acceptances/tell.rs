//! Who asked to be told is told of acceptances: in the transaction that asks for one, decides about it or ends it, and
//! once before and once after one runs out.

use super::{
    load::{Loaded, loaded},
    store,
};
use crate::{error::Result, notify};
use chrono::TimeDelta;
use model::{
    Instant,
    acceptance::{AcceptanceAct, AcceptanceState},
    ids::{AcceptanceId, FindingId},
    notify::EventKind,
};
use serde_json::{Value, json};
use sqlx::{PgConnection, PgPool};

/// How long before it runs out an acceptance is said to end soon; of a short one, a third of its time.
const SOON: TimeDelta = TimeDelta::days(14);
/// How long after it ran out it is still news: a server that stood still for longer does not tell old stories.
const NEWS: TimeDelta = TimeDelta::days(2);

/// Tells of what was just done.
pub(super) async fn done(
    db: &mut PgConnection,
    id: AcceptanceId,
    act: Option<AcceptanceAct>,
    by: &str,
    at: Instant,
) -> Result<()> {
    let kind = match act {
        None => EventKind::AcceptanceRequested,
        Some(AcceptanceAct::Approve | AcceptanceAct::Reject | AcceptanceAct::Withdraw) => EventKind::AcceptanceDecided,
        Some(AcceptanceAct::Revoke | AcceptanceAct::End) => EventKind::AcceptanceEnded,
        // It changed nothing.
        Some(AcceptanceAct::TooLate) => return Ok(()),
    };
    let Some(row) = loaded(&mut *db, &[id], at).await?.pop() else { return Ok(()) };
    let mut detail = detail(&row);
    detail["by"] = by.into();
    if let Some(act) = act {
        detail["act"] = act.as_str().into();
    }
    note(db, kind, &row, detail, None, at).await
}

/// The acceptances that may be about to run out, or ran out of late.
pub(super) async fn expiring(db: &mut PgConnection, at: Instant) -> Result<Vec<AcceptanceId>> {
    Ok(store::expiring(db, at - NEWS, at + SOON, at).await?)
}

/// Tells of an acceptance in force that ends soon, and of one that ran out, each once.
pub(super) async fn running_out(pool: &PgPool, id: AcceptanceId, at: Instant) -> Result<()> {
    let mut tx = pool.begin().await?;
    let Some(loaded) = loaded(&mut tx, &[id], at).await?.pop() else { return Ok(()) };
    let row = &loaded.0;
    let whole = row.expires_at - row.begins_at.unwrap_or(row.requested_at);
    let kind = match row.state {
        AcceptanceState::Active if row.expires_at - at <= SOON.min(whole / 3) => EventKind::AcceptanceEnding,
        AcceptanceState::Expired => EventKind::AcceptanceEnded,
        _ => return Ok(()),
    };
    let occurrence = format!("{kind}/{}", row.id);
    note(&mut tx, kind, &loaded, detail(&loaded), Some(&occurrence), at).await?;
    tx.commit().await?;
    Ok(())
}

fn detail((row, ..): &Loaded) -> Value {
    json!({ "scope": row.scope, "path": format!("/acceptances/{}", row.id), "until": row.expires_at })
}

async fn note(
    db: &mut PgConnection,
    kind: EventKind,
    (row, asked, _): &Loaded,
    detail: Value,
    occurrence: Option<&str>,
    at: Instant,
) -> Result<()> {
    let about = notify::About {
        cluster: row.cluster.as_ref().map(|cluster| cluster.id),
        source: None,
        check: row.check.clone(),
        severity: Some(row.severity),
        finding: asked.bound.finding.map(FindingId),
    };
    Ok(notify::note(db, kind, &[about], detail, occurrence, at).await?)
}
