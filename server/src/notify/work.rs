//! The background worker: notes digests, tells alerts again, puts events into messages, and sends what is due.

use super::{deliver::deliver_once, digest, fire_again::fire_again, route::route, store};
use crate::app::App;
use chrono::TimeDelta;
use futures::{StreamExt, stream};
use std::time::Duration;

/// How often the outbox is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How often digests and alerts are thought of, and what stands is measured.
const SELDOM: u32 = 60;
/// Messages that are sent at once: a receiver that hangs holds up one of them.
const AT_ONCE: usize = 8;

/// Works until the server is to stop. At home on any number of servers.
pub async fn work(app: App) {
    let mut round = 0u32;
    while app.shutdown.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_some() {
        if round.is_multiple_of(SELDOM) {
            seldom(&app).await;
        }
        round = round.wrapping_add(1);
        // Cut at a stop: what was being sent is sent again, under its id.
        let turned = app.shutdown.run_until_cancelled(turn(&app)).await;
        if let Some(Err(error)) = turned {
            tracing::warn!(error = error.to_string(), "looking for notifications to send");
        }
    }
}

async fn seldom(app: &App) {
    let noted = digest::note_due(&app.db, app.config.notify.digest_hour, app.clock.now()).await;
    if let Err(error) = noted {
        tracing::warn!(%error, "looking for digests that are due");
    }
    if let Err(error) = fire_again(app).await {
        tracing::warn!(%error, "looking for alerts that are to be told again");
    }
    if let Ok((waiting, dead)) = store::messages::standing(&app.db).await {
        metrics::gauge!("bevis_notifications_waiting").set(f64::from(waiting));
        metrics::gauge!("bevis_notifications_dead").set(f64::from(dead));
    }
}

/// One look: everything that waits is put into messages, and everything that is due is tried once.
///
/// # Errors
/// Where the database is away.
pub async fn turn(app: &App) -> crate::error::Result<()> {
    let window = TimeDelta::seconds(app.config.notify.window_seconds.into());
    while route(&app.db, window, app.clock.now()).await? > 0 {}
    let mut senders = stream::iter(0..AT_ONCE).map(|_| until_none_is_due(app)).buffer_unordered(AT_ONCE);
    while let Some(done) = senders.next().await {
        done?;
    }
    Ok(())
}

async fn until_none_is_due(app: &App) -> crate::error::Result<()> {
    while deliver_once(app, None).await?.is_some() {}
    Ok(())
}
