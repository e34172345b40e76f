//! The SQL of people, sessions and log-ins on their way.

use super::{
    session::{End, New},
    visitor::{Credential, SessionRef, Visitor},
};
use model::{
    Instant,
    ids::{PersonId, UnknownWord},
    role::Role,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// When a session counts as used.
pub(super) struct IdleLimits {
    /// Now.
    pub now: Instant,
    /// A session last used before this is idle.
    pub used_after: Instant,
    /// A use is noted if the last note is older than this.
    pub note_if_before: Instant,
}

/// A session that was ended.
#[derive(Debug)]
pub struct Ended {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub id_hash: [u8; 32],
    /// Why.
    pub how: End,
    /// The hint that it held.
    pub id_token: Option<String>,
}

/// Who has a session that is live. Notes its use in the same statement, so that a request costs one query.
pub(super) async fn visitor(
    db: &mut PgConnection,
    id_hash: &[u8; 32],
    limits: &IdleLimits,
    note: bool,
) -> Result<Option<Visitor>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        WITH noted AS (
            UPDATE session
            SET last_used_at = $2
            WHERE $5 AND id_hash = $1 AND ended_at IS NULL AND expires_at > $2 AND last_used_at > $3 AND last_used_at < $4
        )
        SELECT session.person_id, person.name, person.email, session.roles, session.expires_at
        FROM session
        JOIN person ON person.id = session.person_id
        WHERE session.id_hash = $1
          AND session.ended_at IS NULL
          AND session.expires_at > $2
          AND session.last_used_at > $3
        "#,
        &id_hash[..], limits.now, limits.used_after, limits.note_if_before, note,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let session = SessionRef { id_hash: *id_hash, expires_at: row.expires_at };
        Ok(Visitor {
            person: row.person_id.into(),
            name: row.name,
            email: row.email,
            roles: roles(&row.roles)?,
            credential: Credential::Session(session),
        })
    })
    .transpose()
}

pub(super) fn roles(words: &[String]) -> Result<Vec<Role>, sqlx::Error> {
    words.iter().map(|word| word.parse().map_err(|e: UnknownWord| sqlx::Error::Decode(e.into()))).collect()
}

/// Adds a session.
pub(super) async fn insert_session(
    db: &mut PgConnection,
    session: &SessionRef,
    new: &New<'_>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let roles: Vec<String> = new.roles.iter().map(|role| role.as_str().to_owned()).collect();
    sqlx::query!(
        r#"
        INSERT INTO session (id_hash, person_id, roles, created_at, last_used_at, expires_at, id_token, provider_sid)
        VALUES ($1, $2, $3, $4, $4, $5, $6, $7)
        "#,
        &session.id_hash[..],
        new.person.0,
        &roles,
        at,
        session.expires_at,
        new.id_token,
        new.provider_sid,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Ends a session that is not ended yet.
pub(super) async fn end_session(
    db: &mut PgConnection,
    id_hash: &[u8; 32],
    how: End,
    at: Instant,
) -> Result<Option<Ended>, sqlx::Error> {
    // The row before the change still has the hint, which the row after it must not.
    sqlx::query!(
        r#"
        UPDATE session
        SET ended_at = $2, ended_by = $3, id_token = NULL
        FROM (SELECT id_hash, id_token FROM session WHERE id_hash = $1 AND ended_at IS NULL FOR UPDATE) AS before
        WHERE session.id_hash = before.id_hash
        RETURNING session.person_id, before.id_token
        "#,
        &id_hash[..],
        at,
        how.as_str(),
    )
    .map(|row| Ended { person: row.person_id.into(), id_hash: *id_hash, how, id_token: row.id_token })
    .fetch_optional(db)
    .await
}

/// Ends all sessions of a person, but the one that is kept.
pub(super) async fn end_all_of(
    db: &mut PgConnection,
    person: PersonId,
    kept: Option<&SessionRef>,
    how: End,
    at: Instant,
) -> Result<Vec<Ended>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        UPDATE session
        SET ended_at = $2, ended_by = $3, id_token = NULL
        WHERE person_id = $1 AND ended_at IS NULL AND ($4::bytea IS NULL OR id_hash <> $4)
        RETURNING id_hash
        "#,
        person.0,
        at,
        how.as_str(),
        kept.map(|session| &session.id_hash[..]),
    )
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok(Ended { person, id_hash: hash(&row.id_hash)?, how, id_token: None })).collect()
}

/// Ends a person's oldest sessions until `limit` are left.
pub(super) async fn end_beyond_limit(
    db: &mut PgConnection,
    person: PersonId,
    limit: u32,
    at: Instant,
) -> Result<Vec<Ended>, sqlx::Error> {
    let how = End::Limit;
    let rows = sqlx::query!(
        r#"
        UPDATE session
        SET ended_at = $3, ended_by = $4, id_token = NULL
        WHERE id_hash IN (
            SELECT id_hash FROM session WHERE person_id = $1 AND ended_at IS NULL ORDER BY created_at DESC, id_hash OFFSET $2
        )
        RETURNING id_hash
        "#,
        person.0,
        i64::from(limit),
        at,
        how.as_str(),
    )
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok(Ended { person, id_hash: hash(&row.id_hash)?, how, id_token: None })).collect()
}

/// Ends the sessions whose time is over; those that somebody else is just ending are left to them.
pub(super) async fn end_expired(
    db: &mut PgConnection,
    now: Instant,
    used_after: Instant,
) -> Result<Vec<Ended>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        UPDATE session
        SET ended_at = $1, ended_by = CASE WHEN expires_at <= $1 THEN 'absolute' ELSE 'idle' END, id_token = NULL
        WHERE id_hash IN (
            SELECT id_hash
            FROM session
            WHERE ended_at IS NULL AND (expires_at <= $1 OR last_used_at <= $2)
            FOR UPDATE SKIP LOCKED
        )
        RETURNING person_id, id_hash, expires_at
        "#,
        now,
        used_after,
    )
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let how = if row.expires_at <= now { End::Absolute } else { End::Idle };
            Ok(Ended { person: row.person_id.into(), id_hash: hash(&row.id_hash)?, how, id_token: None })
        })
        .collect()
}

fn hash(bytes: &[u8]) -> Result<[u8; 32], sqlx::Error> {
    bytes.try_into().map_err(|_| sqlx::Error::Decode("a session hash of the wrong length".into()))
}

/// Who somebody is to us, by issuer and subject; made known at their first log-in.
pub(super) struct Person<'a> {
    /// The issuer.
    pub issuer: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// What they are called now.
    pub name: &'a str,
    /// Their e-mail address now.
    pub email: Option<&'a str>,
    /// The groups that they are in now.
    pub teams: &'a [String],
}

/// The id of a person who logs in.
pub(super) async fn log_in_person(
    db: &mut PgConnection,
    person: &Person<'_>,
    at: Instant,
) -> Result<PersonId, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        INSERT INTO person (id, issuer, subject, name, email, created_at, last_login_at, teams)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
        ON CONFLICT (issuer, subject) DO UPDATE
        SET name = excluded.name, email = excluded.email, last_login_at = excluded.last_login_at, teams = excluded.teams
        RETURNING id
        "#,
        Uuid::now_v7(),
        person.issuer,
        person.subject,
        person.name,
        person.email,
        at,
        person.teams,
    )
    .fetch_one(db)
    .await
    .map(PersonId::from)
}

/// A log-in on its way.
pub(super) struct PendingLogin {
    /// Echoed in the id token.
    pub nonce: String,
    /// Proves to the provider that the code is ours.
    pub pkce_verifier: String,
    /// The page that was asked for.
    pub return_to: String,
    /// When it began.
    pub created_at: Instant,
}

/// Remembers a log-in under the hash of its state.
pub(super) async fn insert_login(
    db: &mut PgConnection,
    state_hash: &[u8; 32],
    login: &PendingLogin,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO pending_login (state_hash, nonce, pkce_verifier, return_to, created_at) VALUES ($1, $2, $3, $4, $5)",
        &state_hash[..], login.nonce, login.pkce_verifier, login.return_to, login.created_at,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Takes a log-in: the second taker of the same state gets nothing.
pub(super) async fn take_login(
    db: &mut PgConnection,
    state_hash: &[u8; 32],
) -> Result<Option<PendingLogin>, sqlx::Error> {
    sqlx::query_as!(
        PendingLogin,
        "DELETE FROM pending_login WHERE state_hash = $1 RETURNING nonce, pkce_verifier, return_to, created_at",
        &state_hash[..],
    )
    .fetch_optional(db)
    .await
}

/// Forgets log-ins begun before an instant.
pub(super) async fn forget_logins(db: &mut PgConnection, before: Instant) -> Result<u64, sqlx::Error> {
    sqlx::query!("DELETE FROM pending_login WHERE created_at < $1", before)
        .execute(db)
        .await
        .map(|done| done.rows_affected())
}

/// The roles of a person as the newest log-in saw them; `None` where none ever did.
pub(crate) async fn roles_seen(db: &mut PgConnection, person: PersonId) -> Result<Option<Vec<Role>>, sqlx::Error> {
    sqlx::query_scalar!("SELECT roles FROM role_seen WHERE person_id = $1 ORDER BY seen_at DESC LIMIT 1", person.0)
        .fetch_optional(db)
        .await?
        .map(|words| roles(&words))
        .transpose()
}

/// Keeps the roles of a person from an instant on.
pub(super) async fn insert_roles_seen(
    db: &mut PgConnection,
    person: PersonId,
    roles: &[Role],
    at: Instant,
) -> Result<(), sqlx::Error> {
    let roles: Vec<String> = roles.iter().map(|role| role.as_str().to_owned()).collect();
    sqlx::query!(
        r"INSERT INTO role_seen (person_id, seen_at, roles)
          SELECT $1, greatest($2, (SELECT max(seen_at) + interval '1 microsecond' FROM role_seen WHERE person_id = $1)), $3",
        person.0,
        at,
        &roles,
    )
    .execute(db)
    .await
    .map(drop)
}

/// A person whom an earlier log-in made known.
pub(super) async fn known_person(
    db: &mut PgConnection,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonId>, sqlx::Error> {
    let id = sqlx::query_scalar!("SELECT id FROM person WHERE issuer = $1 AND subject = $2", issuer, subject);
    Ok(id.fetch_optional(db).await?.map(PersonId))
}
