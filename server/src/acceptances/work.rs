//! Ending early: looks whether what acceptances are to end on has come, and tells of those that run out.

use super::{act::Held, store, tell, watch};
use crate::{
    app::App,
    error::{Error, Result},
};
use model::{
    Instant,
    acceptance::{AcceptanceAct, Actor, may},
    ids::AcceptanceId,
};
use sqlx::PgPool;
use std::time::Duration;

/// How often it is looked. Asking is cheap where nothing is to end.
const EVERY: Duration = Duration::from_secs(30);

/// What Bevis is called where it does something by itself.
pub(super) const BEVIS: &str = "Bevis";

/// Looks until the server is to stop. Idempotent, and at home on any number of servers.
pub async fn work(app: App) {
    while app.shutdown.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_some() {
        match evaluate(&app.db, app.clock.now()).await {
            Ok(ended) if ended.is_empty() => {}
            Ok(ended) => tracing::info!(ended = ended.len(), "risk acceptances ended before their time"),
            Err(error) => {
                metrics::counter!("bevis_acceptances_failures_total").increment(1);
                tracing::error!(%error, "it could not be looked whether risk acceptances are to end or run out; they go on for now");
            }
        }
    }
}

/// Ends every acceptance of which a condition is met at an instant, and answers which; tells of what runs out. Each is looked
/// at for itself: one of which it cannot be told goes on for now, and the others do not wait for it.
///
/// # Errors
/// What PostgreSQL says of all of them; what was ended before stays ended.
pub async fn evaluate(pool: &PgPool, at: Instant) -> Result<Vec<AcceptanceId>> {
    let watched = store::watched(&mut *pool.acquire().await?, at).await?;
    let mut ended = Vec::new();
    for id in watched {
        if of_one(id, end(pool, id, at).await)? == Some(true) {
            ended.push(id);
        }
    }
    let expiring = tell::expiring(&mut *pool.acquire().await?, at).await?;
    for id in expiring {
        of_one(id, tell::running_out(pool, id, at).await)?;
    }
    Ok(ended)
}

/// What became of one of many: that it failed is counted and logged, and is nobody else's matter, unless the database is away.
fn of_one<T>(id: AcceptanceId, outcome: Result<T>) -> Result<Option<T>> {
    match outcome {
        Err(error) if !matches!(error, Error::DatabaseAway(_)) => {
            metrics::counter!("bevis_acceptances_failures_total").increment(1);
            tracing::error!(acceptance = %id, %error, "it could not be told whether a risk acceptance ends; it goes on for now");
            Ok(None)
        }
        outcome => outcome.map(Some),
    }
}

async fn end(pool: &PgPool, id: AcceptanceId, at: Instant) -> Result<bool> {
    let mut tx = pool.begin().await?;
    let Some(held) = Held::load(&mut tx, id, at).await? else { return Ok(false) };
    if may(AcceptanceAct::End, held.state, Actor::Bevis, held.asked.requested_by, &[]).is_err() {
        return Ok(false);
    }
    let Some(seen) = watch::met(&mut tx, &held.asked, &held.events, held.at).await? else { return Ok(false) };
    held.record(&mut tx, AcceptanceAct::End, None, "", seen).await?;
    tx.commit().await?;
    Ok(true)
}
