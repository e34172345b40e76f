//! Entries of the ledger, newest first.

use model::{Instant, views::LedgerEntry};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Which entries are wanted: numbers from `first` up to and including `last`.
pub(in crate::ledger) struct Wanted<'a> {
    pub(in crate::ledger) first: i64,
    pub(in crate::ledger) last: i64,
    pub(in crate::ledger) action: Option<&'a str>,
    /// Any of these; everybody where there is none.
    pub(in crate::ledger) actors: Option<&'a [String]>,
}

/// The newest of the entries that are wanted, at most `limit`.
pub(in crate::ledger) async fn newest(
    db: &mut PgConnection,
    wanted: &Wanted<'_>,
    limit: i64,
) -> Result<Vec<LedgerEntry>, sqlx::Error> {
    sqlx::query!(
        r"SELECT seq, at, actor, action, payload, prev_hash, hash FROM ledger
          WHERE seq BETWEEN $1 AND $2
            AND ($3::text IS NULL OR action = $3)
            AND ($4::text[] IS NULL OR actor = ANY($4))
          ORDER BY seq DESC LIMIT $5",
        wanted.first,
        wanted.last,
        wanted.action,
        wanted.actors,
        limit,
    )
    .map(|row| LedgerEntry {
        seq: row.seq,
        at: row.at,
        actor: row.actor,
        action: row.action,
        payload: row.payload,
        prev_hash: hex::encode(row.prev_hash),
        hash: hex::encode(row.hash),
    })
    .fetch_all(db)
    .await
}

/// The number of the last entry before an instant; 0 where there is none.
pub(in crate::ledger) async fn last_before(db: &mut PgConnection, at: Instant) -> Result<i64, sqlx::Error> {
    let seq = sqlx::query_scalar!("SELECT seq FROM ledger WHERE at < $1 ORDER BY at DESC, seq DESC LIMIT 1", at);
    Ok(seq.fetch_optional(db).await?.unwrap_or(0))
}

/// Every action, one index look-up each.
pub(in crate::ledger) async fn actions(db: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"WITH RECURSIVE known AS (
               (SELECT action FROM ledger ORDER BY action LIMIT 1)
               UNION ALL
               SELECT (SELECT l.action FROM ledger l WHERE l.action > k.action ORDER BY l.action LIMIT 1)
               FROM known k WHERE k.action IS NOT NULL
           )
           SELECT action AS "action!" FROM known WHERE action IS NOT NULL"#
    )
    .fetch_all(db)
    .await
}

/// Every actor of a person of that name: by their id, and through their tokens.
pub(in crate::ledger) async fn actors_of(db: &mut PgConnection, name: &str) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT 'person:' || id AS "actor!" FROM person WHERE name = $1
           UNION
           SELECT p.name || ' (token ' || t.name || ')' FROM person p JOIN api_token t ON t.person_id = p.id WHERE p.name = $1"#,
        name,
    )
    .fetch_all(db)
    .await
}

/// What people are called now, by actor.
pub(in crate::ledger) async fn names(
    db: &mut PgConnection,
    people: &[Uuid],
) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let rows = sqlx::query!(r#"SELECT 'person:' || id AS "actor!", name FROM person WHERE id = ANY($1)"#, people);
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| (row.actor, row.name)).collect())
}
