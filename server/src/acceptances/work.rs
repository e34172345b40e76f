//! Ending early: looks whether what acceptances are to end on has come, and tells of those that run out.

use super::{act::Held, store, tell, watch};
use crate::{app::App, error::Result};
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
                tracing::error!(%error, "it could not be told whether risk acceptances are to end; they go on for now");
            }
        }
    }
}

/// Ends every acceptance of which a condition is met at an instant, and answers which; tells of what runs out.
///
/// # Errors
/// What PostgreSQL says; what was ended before stays ended.
pub async fn evaluate(pool: &PgPool, at: Instant) -> Result<Vec<AcceptanceId>> {
    let watched = store::watched(&mut *pool.acquire().await?, at).await?;
    let mut ended = Vec::new();
    for id in watched {
        if end(pool, id, at).await? {
            ended.push(id);
        }
    }
    tell::running_out(pool, at).await?;
    Ok(ended)
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
