//! Sessions: begun at log-in, looked up at every request, ended by the person, by time, or by an administrator (see `people`).
//!
//! Only the SHA-256 of an id is stored. Time comes from the server's clock.

use super::{
    cookie,
    secret::Random,
    store::{self, Ended},
    visitor::{SessionRef, Visitor},
};
use crate::{app::App, config, error::Result, ledger, settle};
use axum::{body::Body, response::Response};
use chrono::TimeDelta;
use futures::StreamExt;
use http::HeaderMap;
use model::{Instant, ids::PersonId, role::Role};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};
use std::time::Duration;

/// How soon an open stream notices that its session has ended.
const STREAM_CHECK: Duration = Duration::from_secs(4);

const TIDY_EVERY: Duration = Duration::from_mins(1);

/// Why a session ended; the word in SQL and in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The person logged out.
    Logout,
    /// No page for too long.
    Idle,
    /// Its longest time is over.
    Absolute,
    /// The same browser logged in anew.
    Rotated,
    /// An administrator ended it, or the person did from another one.
    Revoked,
    /// The person has too many.
    Limit,
}

impl End {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::Idle => "idle",
            Self::Absolute => "absolute",
            Self::Rotated => "rotated",
            Self::Revoked => "revoked",
            Self::Limit => "limit",
        }
    }
}

/// What a new session needs to know.
#[derive(Debug)]
pub struct New<'a> {
    /// Whose.
    pub person: PersonId,
    /// With which roles; at least one.
    pub roles: &'a [Role],
    /// The hint for the provider's log-out, where it offers one.
    pub id_token: Option<&'a str>,
    /// The provider's own id of its session.
    pub provider_sid: Option<&'a str>,
}

/// A session that has just begun.
#[derive(Debug)]
pub struct Begun {
    /// The id, for the cookie.
    pub id: Random,
    /// The session.
    pub session: SessionRef,
    /// The oldest of a person who had too many; to be noted by the caller.
    pub crowded_out: Vec<Ended>,
    /// That the person has other roles than the log-in before saw; to be noted by the caller.
    pub other_roles: Option<OtherRoles>,
}

/// That a log-in saw other roles of a person than the one before.
#[derive(Debug, Serialize)]
pub struct OtherRoles {
    /// Who.
    person: PersonId,
    /// What they had; nothing where nobody ever saw any.
    before: Vec<Role>,
    /// What they have.
    now: Vec<Role>,
}

/// Keeps the roles that a log-in saw, where they are others than before: what the person's tokens may do follows them.
pub(super) async fn see_roles(
    db: &mut PgConnection,
    person: PersonId,
    roles: &[Role],
    at: Instant,
) -> Result<Option<OtherRoles>> {
    let before = store::roles_seen(&mut *db, person).await?;
    if before.as_deref() == Some(roles) {
        return Ok(None);
    }
    store::insert_roles_seen(db, person, roles, at).await?;
    Ok(Some(OtherRoles { person, before: before.unwrap_or_default(), now: roles.to_vec() }))
}

/// Begins a session, and ends the oldest of a person who has too many.
pub async fn begin(db: &mut PgConnection, limits: &config::Session, new: &New<'_>, at: Instant) -> Result<Begun> {
    let id = Random::new();
    let session = SessionRef { id_hash: id.hash(), expires_at: at + TimeDelta::hours(limits.absolute_hours.into()) };
    store::insert_session(db, &session, new, at).await?;
    let other_roles = see_roles(&mut *db, new.person, new.roles, at).await?;
    let crowded_out = store::end_beyond_limit(db, new.person, limits.max_per_person.max(1), at).await?;
    Ok(Begun { id, session, crowded_out, other_roles })
}

/// Who has the session that the request brings, in one query. `keeps_alive` counts as activity, noted once a minute.
pub async fn visitor(app: &App, headers: &HeaderMap, keeps_alive: bool) -> Result<Option<Visitor>> {
    let Some(id) = cookie::session(&app.config, headers) else { return Ok(None) };
    let mut db = app.db.acquire().await?;
    Ok(store::visitor(&mut db, &id.hash(), &idle_limits(app), keeps_alive).await?)
}

fn idle_limits(app: &App) -> store::IdleLimits {
    let (now, idle) = (app.clock.now(), idle(&app.config.session));
    // Noted at least four times within the idle limit, however short that is.
    store::IdleLimits { now, used_after: now - idle, note_if_before: now - TimeDelta::minutes(1).min(idle / 4) }
}

/// How long a session lives without being used.
pub(crate) fn idle(limits: &config::Session) -> TimeDelta {
    TimeDelta::minutes(limits.idle_minutes.into())
}

/// Ends one session, if it is there. The caller notes it, last in its transaction.
pub async fn end(db: &mut PgConnection, id_hash: &[u8; 32], how: End, at: Instant) -> Result<Option<Ended>> {
    Ok(store::end_session(db, id_hash, how, at).await?)
}

/// Ends all sessions of a person, at once and everywhere. `by` is who does it, as the ledger names them. Returns how many
/// there were.
pub async fn end_all_of(db: &PgPool, person: PersonId, by: &str, at: Instant) -> Result<usize> {
    revoke(db, person, None, by, at).await
}

/// Ends all sessions of a person but the one that they ask with. Returns how many there were.
pub async fn end_others_of(db: &PgPool, person: PersonId, kept: &SessionRef, at: Instant) -> Result<usize> {
    revoke(db, person, Some(kept), &actor(person), at).await
}

#[derive(Serialize)]
struct RevokeEntry {
    person: PersonId,
    ended: usize,
    kept: Option<String>,
}

async fn revoke(db: &PgPool, person: PersonId, kept: Option<&SessionRef>, by: &str, at: Instant) -> Result<usize> {
    let mut transaction = db.begin().await?;
    settle::join(&mut transaction, at).await?;
    let ended = store::end_all_of(&mut transaction, person, kept, End::Revoked, at).await?;
    if !ended.is_empty() {
        note(&mut transaction, &ended, by, at).await?;
        let entry = RevokeEntry { person, ended: ended.len(), kept: kept.map(SessionRef::name) };
        ledger::append(&mut transaction, at, by, "session.revoke", &entry).await?;
    }
    transaction.commit().await?;
    Ok(ended.len())
}

/// Tidies every minute until the server is to stop. A database that is away is tried again.
pub async fn keep_tidy(app: App) {
    while app.shutdown.run_until_cancelled(tokio::time::sleep(TIDY_EVERY)).await.is_some() {
        match tidy(&app).await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(ended, "sessions expired"),
            Err(error) => tracing::warn!(%error, "expired sessions were not marked"),
        }
    }
}

/// Marks sessions whose time is over, with a ledger entry each, and forgets log-ins that never came back.
///
/// Idempotent. Nothing depends on it: an expired session is refused whether or not it is marked.
pub async fn tidy(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let mut transaction = app.db.begin().await?;
    settle::join(&mut transaction, now).await?;
    store::forget_logins(&mut transaction, now - TimeDelta::seconds(cookie::LOGIN_SECONDS)).await?;
    let ended = store::end_expired(&mut transaction, now, now - idle(&app.config.session)).await?;
    note(&mut transaction, &ended, "clock", now).await?;
    transaction.commit().await?;
    Ok(ended.len())
}

#[derive(Serialize)]
struct EndEntry<'a> {
    person: PersonId,
    session: String,
    how: &'a str,
    by: &'a str,
}

/// Writes the ends of sessions to the ledger. Last in the transaction: it holds the ledger's lock from here on.
pub(super) async fn note(db: &mut PgConnection, ended: &[Ended], by: &str, at: Instant) -> Result<()> {
    for Ended { person, id_hash, how, .. } in ended {
        let entry = EndEntry { person: *person, session: hex::encode(&id_hash[..8]), how: how.as_str(), by };
        ledger::append(db, at, &actor(*person), "session.end", &entry).await?;
    }
    Ok(())
}

/// How the ledger names a person.
pub fn actor(person: PersonId) -> String {
    format!("person:{person}")
}

/// The answer, cut off when the session is no more: at its end by the clock, or within seconds of being ended;
/// and when the server is to stop.
pub fn ends_with(app: &App, session: SessionRef, response: Response) -> Response {
    let app = app.clone();
    let over = async move {
        loop {
            tokio::select! {
                () = tokio::time::sleep(STREAM_CHECK) => {}
                () = app.shutdown.cancelled() => return,
            }
            // A database that is away ends no stream; time does.
            if app.clock.now() >= session.expires_at || is_live(&app, &session).await.is_ok_and(|live| !live) {
                return;
            }
        }
    };
    let (parts, body) = response.into_parts();
    Response::from_parts(parts, Body::from_stream(body.into_data_stream().take_until(Box::pin(over))))
}

async fn is_live(app: &App, session: &SessionRef) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    Ok(store::visitor(&mut db, &session.id_hash, &idle_limits(app), false).await?.is_some())
}
