//! Alerts of findings that go on failing are told again, before their receiver forgets them.

use super::store::alerts;
use crate::{app::App, db::new_id};

/// Begins a message for every alert that is to be told again, each once, however many servers look.
///
/// # Errors
/// Where the database is away.
pub async fn fire_again(app: &App) -> Result<(), sqlx::Error> {
    let now = app.clock.now();
    for (channel, after) in app.channels.forgetful() {
        let mut tx = app.db.begin().await?;
        let due = alerts::due_again(&mut tx, channel, now, now + after).await?;
        let messages: Vec<_> = due.into_iter().map(|due| (new_id(now), due)).collect();
        alerts::begin(&mut tx, channel, &messages, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
