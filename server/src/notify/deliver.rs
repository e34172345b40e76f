//! Delivery: at least once. A message is claimed for the time of an attempt, sent, and its outcome noted; a sender that
//! stops in the middle leaves it to the next, under the same id.

use super::{
    channels::{Failure, Letter},
    content::{self, Text, Told, Voice},
    digest, schedule,
    store::{
        self,
        messages::{Claimed, Reader, Settled},
    },
};
use crate::{app::App, auth, config::notify::PERSONAL, error::Result};
use chrono::TimeDelta;
use model::{
    Instant,
    ids::{MessageId, PersonId},
    notify::{EventKind, MessageState},
    role::{self, Permission},
};
use rand::Rng;
use sqlx::{PgConnection, PgPool};

/// Sends the message that has been due for longest, or that of an id; answers where it stands then, and `None` where none
/// is due.
pub async fn deliver_once(app: &App, id: Option<MessageId>) -> Result<Option<MessageState>> {
    let now = app.clock.now();
    let claimed = store::messages::claim(&app.db, id.map(|id| id.0), now, app.channels.lease()).await?;
    let Some(claimed) = claimed else { return Ok(None) };
    let outcome = attempt(app, &claimed, now).await;
    let ended = app.clock.now();
    let tried = claimed.attempt - claimed.forgiven;
    let most = i32::from(app.config.notify.attempts.get());
    let chance = rand::rng().random_range(0.0..1.0);
    let (state, word, reason, due_at) = match outcome {
        Outcome::Delivered(how) => (MessageState::Sent, "delivered", how, ended),
        Outcome::Dropped(why) => (MessageState::Dropped, "dropped", why, ended),
        Outcome::Failed(Failure::Never(why)) => (MessageState::Dead, "refused", why, ended),
        Outcome::Failed(Failure::Later { reason, .. }) if tried >= most => {
            (MessageState::Dead, "failed", reason, ended)
        }
        Outcome::Failed(Failure::Later { reason, after }) => {
            (MessageState::Waiting, "failed", reason, ended + schedule::wait(tried, chance, after))
        }
    };
    let (channel, message, attempt) = (&claimed.channel, claimed.id, claimed.attempt);
    match state {
        MessageState::Dead => tracing::error!(channel, %message, attempt, reason, "a notification was given up"),
        MessageState::Waiting => {
            tracing::warn!(channel, %message, attempt, reason, "a notification was not delivered yet");
        }
        _ => tracing::debug!(channel, %message, attempt, reason, "a notification came to its end"),
    }
    metrics::counter!("bevis_notification_attempts_total", "outcome" => word).increment(1);
    let mut tx = app.db.begin().await?;
    // What is tried again is held back by quiet hours as what is sent first.
    let due_at = match state {
        MessageState::Waiting => schedule::after_quiet(&store::rules::quiet_of(&mut tx, message).await?, due_at),
        _ => due_at,
    };
    store::messages::settle(&mut tx, &claimed, &Settled { state, outcome: word, reason: &reason, due_at }, ended)
        .await?;
    tx.commit().await?;
    Ok(Some(state))
}

enum Outcome {
    Delivered(String),
    Dropped(String),
    Failed(Failure),
}

async fn attempt(app: &App, claimed: &Claimed, now: Instant) -> Outcome {
    let tried = claimed.attempt - claimed.forgiven;
    if tried > i32::from(app.config.notify.attempts.get()) {
        return Outcome::Failed(Failure::Never("its senders stopped in the middle of it".into()));
    }
    let prepared = match prepare(&app.db, app, claimed, now).await {
        Ok(Ok(prepared)) => prepared,
        Ok(Err(nothing)) => return Outcome::Dropped(nothing.into()),
        Err(error) => {
            tracing::warn!(message = %claimed.id, error = error.to_string(), "a notification could not be written");
            return Outcome::Failed(Failure::Later { reason: "it could not be written".into(), after: None });
        }
    };
    let Prepared { text, events, reader } = prepared;
    let voice = Voice::of(&claimed.language, &claimed.time_zone, &app.config.public_url);
    let letter = Letter {
        id: claimed.id,
        topic: &claimed.topic,
        text: &text,
        events: &events,
        reader: reader.as_ref().and_then(|reader| Some((reader.name.as_str(), reader.email.as_deref()?))),
        created_at: claimed.created_at,
        now,
        home: &app.config.public_url,
        locale: voice.locale,
    };
    match app.channels.deliver(&app.db, &claimed.channel, &letter).await {
        Ok(how) => Outcome::Delivered(how),
        Err(failure) => Outcome::Failed(failure),
    }
}

struct Prepared {
    text: Text,
    events: Vec<Told>,
    reader: Option<Reader>,
}

/// What is to be sent; or why nothing is.
async fn prepare(
    pool: &PgPool,
    app: &App,
    claimed: &Claimed,
    now: Instant,
) -> Result<std::result::Result<Prepared, &'static str>> {
    let mut db = pool.acquire().await?;
    let reader = match claimed.person {
        None => None,
        Some(person) => Some(store::messages::reader(&mut db, PersonId(person)).await?),
    };
    let forgotten = TimeDelta::days(app.config.notify.forget_people_days.get().into());
    let gone = |reader: &Reader| now - reader.last_login_at > forgotten;
    if claimed.channel == PERSONAL && reader.as_ref().is_some_and(gone) {
        return Ok(Err("the person has not logged in for long"));
    }
    // Who left the groups, or may not subscribe any more, is told of nothing, whatever rules they left behind.
    if let Some(person) = claimed.person
        && let Some(roles) = auth::roles_seen(&mut db, PersonId(person)).await?
        && !role::allows(&roles, Permission::Subscribe)
    {
        return Ok(Err("the person's roles no longer allow it"));
    }
    let voice = Voice::of(&claimed.language, &claimed.time_zone, &app.config.public_url);
    if claimed.topic == "test" {
        return Ok(Ok(Prepared { text: content::of_test(voice, &claimed.channel), events: vec![], reader }));
    }
    let events = content::worth_telling(store::events::of_message(&mut db, claimed.id).await?);
    if events.is_empty() {
        return Ok(Err("nothing was left to tell"));
    }
    if claimed.is_of_one_finding() {
        // Nobody can end what asked for it: a closing follows a ticket, whose channel may be gone.
        let closes = events.last().is_some_and(|event| event.kind == EventKind::FindingClosed);
        if closes && app.channels.all().all(|(name, ..)| name != claimed.channel) {
            return Ok(Err("its channel is no longer in the configuration"));
        }
        return Ok(of_one_finding(&mut db, voice, events).await?.map(|(text, events)| Prepared {
            text,
            events,
            reader,
        }));
    }
    let digest = match &events[..] {
        [only] if only.kind.is_digest() => {
            let narrowing = store::rules::narrowing(&mut db, claimed.id).await?;
            digest::text(&mut db, voice, only, &narrowing).await?
        }
        _ => None,
    };
    let text = digest.unwrap_or_else(|| content::of_events(voice, &events));
    Ok(Ok(Prepared { text, events, reader }))
}

/// What is to be told of one finding, by how it stands when that is told; or why nothing is. What became of it since is another
/// message, after this one.
async fn of_one_finding(
    db: &mut PgConnection,
    voice: Voice<'_>,
    mut events: Vec<Told>,
) -> Result<std::result::Result<(Text, Vec<Told>), &'static str>> {
    let Some(finding) = events.last().and_then(|last| last.finding) else {
        return Ok(Err("nothing was left to tell"));
    };
    let fails_as = store::standing::fails_as(db, finding.0).await?;
    // It failed, was fixed and fails again, and nobody may have asked for that: then what was asked for is still true.
    if fails_as.is_some()
        && let Some(failing) = events.iter().rposition(|event| event.kind.is_of_failing())
    {
        events.truncate(failing + 1);
    }
    let Some(last) = events.last_mut() else { return Ok(Err("nothing was left to tell")) };
    match (last.kind.is_of_failing(), fails_as) {
        (true, None) => return Ok(Err("it is fixed by now")),
        (false, Some(_)) => return Ok(Err("it fails again by now")),
        (true, now) => last.severity = now,
        (false, None) => {}
    }
    let text = content::of_events(voice, std::slice::from_ref(last));
    Ok(Ok((text, events)))
}
