//! What administrators see and do: channels, the delivery log, tests, and another try for what was given up.

use super::{channels::Channels, deliver::deliver_once, route::Recipient, store};
use crate::{
    app::App,
    config::notify::PERSONAL,
    db::new_id,
    decisions::Actor,
    error::{Error, Result},
    ledger,
    retention::{self, Class},
    settle,
};
use frontend::i18n::Locale;
use model::{
    Instant,
    ids::{MessageId, PersonId},
    notify::MessageState,
    query::BadFilter,
    views::{NotificationChannel, NotificationLog},
};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// Every channel of the configuration, with how it stood at an instant.
pub async fn channels(db: &mut PgConnection, channels: &Channels, at: Instant) -> Result<Vec<NotificationChannel>> {
    let names: Vec<String> = channels.all().map(|(name, ..)| name.to_owned()).collect();
    let rules = store::rules::per_channel(&mut *db, at).await?;
    let messages = store::messages::per_channel(db, &names, at).await?;
    let all = channels.all().map(|(name, kind, host)| {
        let sent = messages.iter().find(|(channel, ..)| channel == name);
        NotificationChannel {
            name: name.to_owned(),
            kind,
            host: host.to_owned(),
            rules: rules.iter().find(|(channel, _)| channel == name).map_or(0, |(_, rules)| *rules),
            delivered_at: sent.and_then(|(_, at, _)| *at),
            dead: sent.map_or(0, |(.., dead)| *dead),
        }
    });
    Ok(all.collect())
}

/// A page of the log as it stood at an instant, the newest first; with `dead`, of what is given up alone.
pub async fn log(
    db: &mut PgConnection,
    at: Instant,
    dead: bool,
    cursor: Option<&str>,
    rows: u32,
) -> Result<NotificationLog> {
    let before = cursor.map(read).transpose()?.unwrap_or((at, Uuid::max()));
    let before = if before.0 > at { (at, Uuid::max()) } else { before };
    let mut found = store::messages::log(&mut *db, at, dead, before, i64::from(rows) + 1).await?;
    let full = found.len() > rows as usize;
    found.truncate(rows as usize);
    let next = found.last().filter(|_| full).map(|row| format!("{}_{}", row.created_at.timestamp_micros(), row.id));
    let retained_from = retention::retained_from(db, Class::Messages).await?;
    Ok(NotificationLog { rows: found, next, retained_from })
}

fn read(cursor: &str) -> Result<(Instant, Uuid)> {
    let read = || {
        let (at, id) = cursor.split_once('_')?;
        Some((chrono::DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?))
    };
    read().ok_or_else(|| BadFilter { name: "cursor".into(), value: cursor.to_owned() }.into())
}

#[derive(Serialize)]
struct Tested<'a> {
    person: PersonId,
    channel: &'a str,
    message: MessageId,
}

/// Sends a test by a channel, at once; answers where it stands. By the channel of people's own mail, to oneself.
pub async fn test(app: &App, by: &Actor, channel: &str, locale: Locale) -> Result<MessageState> {
    app.channels.kind(channel).ok_or(Error::NotFound)?;
    let mut tx = app.db.begin().await?;
    let at = settle::join(&mut tx, app.clock.now()).await?;
    let message = MessageId(new_id(at));
    let to = Recipient {
        channel: channel.to_owned(),
        person: (channel == PERSONAL).then_some(by.person.0),
        topic: "test".to_owned(),
        language: locale.language.tag().to_owned(),
        time_zone: locale.time_zone.name().to_owned(),
    };
    store::messages::insert(&mut tx, message, &to, at).await?;
    let entry = Tested { person: by.person, channel, message };
    ledger::append(&mut tx, at, &by.name, "notification.test", &entry).await?;
    tx.commit().await?;
    Ok(deliver_once(app, Some(message)).await?.unwrap_or(MessageState::Waiting))
}

#[derive(Serialize)]
struct Again {
    person: PersonId,
    message: MessageId,
}

/// Gives a message that was given up another round of attempts.
pub async fn again(app: &App, by: &Actor, message: MessageId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let at = settle::join(&mut tx, app.clock.now()).await?;
    if !store::messages::again(&mut tx, message, at).await? {
        return Err(Error::NotFound);
    }
    let entry = Again { person: by.person, message };
    ledger::append(&mut tx, at, &by.name, "notification.again", &entry).await?;
    tx.commit().await?;
    Ok(())
}
