//! The SQL of people and their live sessions.

use crate::db::word;
use model::{
    Instant,
    ids::PersonId,
    views::{PersonRow, SessionRow},
};
use sqlx::PgConnection;

/// Whom a page is to show.
pub(super) struct Wanted<'a> {
    pub(super) text: &'a str,
    pub(super) after: Option<PersonId>,
    pub(super) limit: i64,
    pub(super) at: Instant,
    /// A session last used before this is idle.
    pub(super) used_after: Instant,
}

/// People in the order of their names. Of a session that was used after the instant it is known that it was live, and not
/// when it had been used before.
pub(super) async fn page(db: &mut PgConnection, wanted: &Wanted<'_>) -> Result<Vec<PersonRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT p.id, p.issuer, p.subject, p.name, p.email, seen.roles AS "roles?",
                  CASE WHEN p.last_login_at <= $1 THEN p.last_login_at END AS "last_login_at?",
                  live.sessions AS "sessions!", CASE WHEN live.used_at <= $1 THEN live.used_at END AS "last_used_at?",
                  (SELECT count(*) FROM api_token t
                   WHERE t.person_id = p.id AND t.created_at <= $1 AND t.expires_at > $1
                     AND (t.revoked_at IS NULL OR t.revoked_at > $1)) AS "tokens!"
           FROM person p
           LEFT JOIN LATERAL (
               SELECT roles FROM role_seen WHERE person_id = p.id AND seen_at <= $1 ORDER BY seen_at DESC LIMIT 1
           ) AS seen ON true
           CROSS JOIN LATERAL (
               SELECT count(*) AS sessions, max(s.last_used_at) AS used_at FROM session s
               WHERE s.person_id = p.id AND s.created_at <= $1 AND s.expires_at > $1 AND s.last_used_at > $2
                 AND (s.ended_at IS NULL OR s.ended_at > $1)
           ) AS live
           WHERE p.created_at <= $1
             AND (strpos(lower(p.name), lower($3)) > 0 OR strpos(lower(p.email), lower($3)) > 0)
             AND ($4::uuid IS NULL OR (lower(p.name), p.id) > (SELECT lower(name), id FROM person WHERE id = $4))
           ORDER BY lower(p.name), p.id
           LIMIT $5"#,
        wanted.at,
        wanted.used_after,
        wanted.text,
        wanted.after.map(|person| person.0),
        wanted.limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let roles = row.roles.map(|roles| roles.iter().map(|it| word(it)).collect::<Result<_, _>>()).transpose()?;
            Ok(PersonRow {
                id: row.id.into(),
                issuer: row.issuer,
                subject: row.subject,
                name: row.name,
                email: row.email,
                roles,
                last_login_at: row.last_login_at,
                sessions: row.sessions,
                last_used_at: row.last_used_at,
                tokens: row.tokens,
            })
        })
        .collect()
}

/// A person's sessions that were live, newest first.
pub(super) async fn sessions_of(
    db: &mut PgConnection,
    person: PersonId,
    present: Option<&[u8; 32]>,
    at: Instant,
    used_after: Instant,
) -> Result<Vec<SessionRow>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT created_at, CASE WHEN last_used_at <= $2 THEN last_used_at END AS "last_used_at?", expires_at,
                  coalesce(id_hash = $4, false) AS "present!"
           FROM session
           WHERE person_id = $1 AND created_at <= $2 AND expires_at > $2 AND last_used_at > $3
             AND (ended_at IS NULL OR ended_at > $2)
           ORDER BY created_at DESC, id_hash"#,
        person.0,
        at,
        used_after,
        present.map(|hash| &hash[..]),
    )
    .map(|row| SessionRow {
        begun_at: row.created_at,
        last_used_at: row.last_used_at,
        expires_at: row.expires_at,
        present: row.present,
    })
    .fetch_all(db)
    .await
}

/// What a person is called, if there is such a person.
pub(super) async fn name(db: &mut PgConnection, person: PersonId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("SELECT name FROM person WHERE id = $1", person.0).fetch_optional(db).await
}

/// Everybody with an e-mail address, in any case.
pub(super) async fn with_email(db: &mut PgConnection, email: &str) -> Result<Vec<(PersonId, String)>, sqlx::Error> {
    sqlx::query!("SELECT id, name FROM person WHERE lower(email) = lower($1) ORDER BY id", email)
        .map(|row| (PersonId(row.id), row.name))
        .fetch_all(db)
        .await
}
