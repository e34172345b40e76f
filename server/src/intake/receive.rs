//! Taking a body: read it, keep what is good of it, and tell what is not.

use super::{
    batch::{Batch, Content, Event, grouped},
    chain, formats,
    store::deliveries as store,
    token::Sender,
};
use crate::{
    app::App,
    db::integer,
    error::{Error, Fault, Result},
    settle,
};
use bytes::Bytes;
use model::{Instant, source::Source};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};

/// What became of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Parts that were taken.
    pub taken: usize,
    /// Parts that had been taken before.
    pub repeated: usize,
    /// Parts that were refused.
    pub refused: usize,
    /// Why and where, of the first hundred.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
}

/// What arrived, and when.
pub(super) struct Arrival<'a> {
    pub(super) sender: &'a Sender,
    pub(super) at: Instant,
    pub(super) bytes: usize,
    pub(super) batch: &'a Batch,
}

/// Takes a body of a sender. It is kept when this returns: what was answered with success is not lost.
pub async fn receive(app: &App, sender: &Sender, node: Option<String>, body: Bytes) -> Result<Receipt> {
    let at = app.clock.now();
    let (source, whole) = (sender.source, body.clone());
    let batch = tokio::task::spawn_blocking(move || formats::read(source, &whole, node.as_deref(), at)).await;
    let batch = batch.map_err(|fault| Error::Internal(anyhow::anyhow!("reading what was sent failed: {fault}")))?;
    if batch.content.len() == 0 && batch.refused > 0 {
        return Err(Error::Unusable(batch.faults));
    }
    let arrival = Arrival { sender, at, bytes: body.len(), batch: &batch };
    let raw = (app.config.intake.keep_raw_days > 0).then_some(&body[..]);
    let (taken, repeated) = keep(&app.db, &arrival, raw).await?;
    metrics::counter!("bevis_intake_total", "source" => source.as_str()).increment(1);
    tracing::info!(cluster = %sender.cluster, %source, token = %sender.token, taken, repeated, refused = batch.refused, "received");
    Ok(Receipt { taken, repeated, refused: batch.refused, errors: batch.faults })
}

/// Counts a body that was refused as a whole.
pub async fn note_refused(app: &App, sender: &Sender) -> Result<()> {
    metrics::counter!("bevis_intake_refused_total", "source" => sender.source.as_str()).increment(1);
    Ok(store::note_refused(&app.db, sender, app.clock.now()).await?)
}

/// Keeps what is new, in one transaction; how much of it was, and how much was not.
async fn keep(
    pool: &PgPool,
    arrival: &Arrival<'_>,
    raw: Option<&[u8]>,
) -> std::result::Result<(usize, usize), sqlx::Error> {
    let Arrival { sender, at, batch, .. } = arrival;
    let mut tx = pool.begin().await?;
    let is_audit = sender.source == Source::AuditEvents;
    if is_audit {
        // Before any other lock: the batch becomes part of the ledger.
        settle::join(&mut tx, *at).await?;
        store::lock_chain(&mut tx, sender.cluster).await?;
    }
    let known = store::touch(&mut tx, arrival).await?;
    let parts = batch.content.len();
    let (taken, newest_at) = match &batch.content {
        Content::Events(..) if known => (0, None),
        Content::Events(events, _) => keep_events(&mut tx, arrival, events).await?,
        Content::Reports(reports) => {
            let changed = store::keep_reports(&mut tx, arrival, reports, known).await?;
            (changed, Some(*at))
        }
    };
    if !known {
        let counts = (integer(taken), integer(parts - taken), integer(batch.refused));
        let id = store::insert(&mut tx, arrival, counts, newest_at).await?;
        if let Some(body) = raw {
            store::insert_raw(&mut tx, id, *at, body).await?;
        }
        if let (true, Content::Events(_, Some(summary))) = (is_audit, &batch.content) {
            chain::append(&mut tx, arrival, summary).await?;
        }
    }
    // An event that came again changes nothing; a report that came again speaks for now.
    if !known || taken > 0 || matches!(batch.content, Content::Reports(_)) {
        store::tell(&mut tx, sender).await?;
    }
    tx.commit().await?;
    Ok((taken, parts - taken))
}

async fn keep_events(
    db: &mut PgConnection,
    arrival: &Arrival<'_>,
    events: &[Event],
) -> std::result::Result<(usize, Option<Instant>), sqlx::Error> {
    let mut keys: Vec<_> = events.iter().map(|event| event.key).collect();
    keys.sort_unstable();
    let new = store::new_events(db, arrival, &keys).await?;
    let new: Vec<&Event> = events.iter().filter(|event| new.contains(&event.key)).collect();
    store::count_groups(db, arrival, &grouped(&new)).await?;
    Ok((new.len(), new.iter().map(|event| event.at).max()))
}
