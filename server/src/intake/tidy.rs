//! Forgets what has served its purpose: keys of events that will not come again, and, on record, bodies whose time is over and
//! groups and deliveries of which nothing is told any more.

use super::store::deliveries::{self as store, Dropped};
use crate::{app::App, error::Result, ledger, settle};
use chrono::TimeDelta;
use model::Instant;
use serde::Serialize;
use std::time::Duration;

const EVERY: Duration = Duration::from_hours(1);
/// Senders try again for minutes, not days.
const KEYS: TimeDelta = TimeDelta::days(2);
/// Groups that were quiet for this long are no finding of anybody's any more; deliveries go with them.
const GROUPS: TimeDelta = TimeDelta::days(90);

/// What the ledger says of a run that dropped something.
#[derive(Serialize)]
struct Entry {
    bodies: u64,
    /// Everything from before this instant is gone.
    bodies_until: Instant,
    deliveries: u64,
    groups: u64,
    groups_until: Instant,
}

/// Tidies every hour until the server is to stop.
pub async fn keep_tidy(app: App) {
    while app.shutdown.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_some() {
        if let Err(error) = tidy(&app).await {
            tracing::warn!(%error, "what clusters sent was not tidied");
        }
    }
}

/// Tidies once. Idempotent, and no verdict depends on it.
pub async fn tidy(app: &App) -> Result<()> {
    let now = app.clock.now();
    let bodies_until = now - TimeDelta::days(app.config.intake.keep_raw_days.into());
    let groups_until = now - GROUPS;
    let mut tx = app.db.begin().await?;
    let at = settle::join(&mut tx, now).await?;
    let Dropped { bodies, deliveries, groups } = store::forget(&mut tx, now - KEYS, bodies_until, groups_until).await?;
    if bodies + deliveries + groups > 0 {
        let entry = Entry { bodies, bodies_until, deliveries, groups, groups_until };
        ledger::append(&mut tx, at, "system", "intake.drop", &entry).await?;
    }
    tx.commit().await?;
    Ok(())
}
