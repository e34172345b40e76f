//! Forgets what has served its purpose: keys of events that will not come again, bodies whose time is over.

use super::store::deliveries as store;
use crate::{app::App, error::Result};
use chrono::TimeDelta;
use std::time::Duration;

const EVERY: Duration = Duration::from_hours(1);
/// Senders try again for minutes, not days.
const KEYS: TimeDelta = TimeDelta::days(2);
/// Groups that were quiet for this long are no finding of anybody's any more.
const GROUPS: TimeDelta = TimeDelta::days(90);

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
    let bodies = now - TimeDelta::days(app.config.intake.keep_raw_days.into());
    store::forget(&app.db, now - KEYS, now - GROUPS, bodies).await?;
    Ok(())
}
