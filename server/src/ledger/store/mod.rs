//! The ledger's SQL.

pub(super) mod anchors;
pub(super) mod checks;
pub(super) mod page;

use super::instant_text;
use crate::settle;
use chrono::TimeDelta;
use model::{Instant, views::LedgerEntry};
use pack::ledger::{Entry, entry_hash, sha256};
use serde::Serialize;
use sqlx::PgConnection;

/// Held while an entry is added, so that the chain has one end.
const LEDGER_LOCK: i64 = 0x6265_7669_735f_6c64;

/// The end of the chain at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The number of the newest entry; 0 where there is none.
    pub seq: i64,
    /// Its hash, in hexadecimal; 64 zeros where there is none.
    pub hash: String,
}

/// Adds an entry, in the caller's transaction: what it records and the record itself stand or fall together.
///
/// Holds the ledger's lock until the transaction ends, so call it last.
pub async fn append<P: Serialize + Sync>(
    db: &mut PgConnection,
    at: Instant,
    actor: &str,
    action: &str,
    payload: &P,
) -> Result<i64, sqlx::Error> {
    let at = settle::join(&mut *db, at).await?;
    lock(&mut *db).await?;
    let last =
        sqlx::query!("SELECT seq, at, hash FROM ledger ORDER BY seq DESC LIMIT 1").fetch_optional(&mut *db).await?;
    let (seq, prev, at) = match last {
        // Entries are in order of time as well as number, so that "the head as of" is well defined.
        Some(row) => (row.seq + 1, array(&row.hash)?, at.max(row.at)),
        None => (1, [0; 32], at),
    };
    let payload = text(payload)?;
    let hash = entry_hash(prev, seq, &instant_text(at), actor, action, sha256(payload.as_bytes()));
    sqlx::query!(
        "INSERT INTO ledger (seq, at, actor, action, payload, prev_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        seq,
        at,
        actor,
        action,
        payload,
        &prev[..],
        &hash[..],
    )
    .execute(db)
    .await?;
    Ok(seq)
}

/// Adds an entry as [`append`] does, unless the actor has the same from less than `every` ago.
pub async fn append_seldom<P: Serialize + Sync>(
    db: &mut PgConnection,
    at: Instant,
    every: TimeDelta,
    actor: &str,
    action: &str,
    payload: &P,
) -> Result<(), sqlx::Error> {
    settle::join(&mut *db, at).await?;
    // Of those who come at once, the first writes it.
    lock(&mut *db).await?;
    let said = text(payload)?;
    let is_known = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT FROM ledger WHERE at > $1 AND actor = $2 AND action = $3 AND payload = $4) AS "known!""#,
        at - every,
        actor,
        action,
        said,
    )
    .fetch_one(&mut *db)
    .await?;
    if is_known { Ok(()) } else { append(db, at, actor, action, payload).await.map(drop) }
}

async fn lock(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", LEDGER_LOCK).execute(db).await.map(drop)
}

fn text<P: Serialize>(payload: &P) -> Result<String, sqlx::Error> {
    serde_json::to_string(payload).map_err(|error| sqlx::Error::Encode(error.into()))
}

fn array(hash: &[u8]) -> Result<[u8; 32], sqlx::Error> {
    hash.try_into().map_err(|_| sqlx::Error::Decode("a ledger hash of the wrong length".into()))
}

/// The end of the chain at an instant.
pub async fn head_as_of(db: &mut PgConnection, at: Instant) -> Result<Head, sqlx::Error> {
    let row = sqlx::query!("SELECT seq, hash FROM ledger WHERE at <= $1 ORDER BY at DESC, seq DESC LIMIT 1", at)
        .fetch_optional(db)
        .await?;
    Ok(row.map_or_else(
        || Head { seq: 0, hash: "0".repeat(64) },
        |row| Head { seq: row.seq, hash: hex::encode(row.hash) },
    ))
}

/// Entries after `after`, oldest first, at most `limit`.
pub async fn entries(db: &mut PgConnection, after: i64, limit: i64) -> Result<Vec<LedgerEntry>, sqlx::Error> {
    sqlx::query!(
        "SELECT seq, at, actor, action, payload, prev_hash, hash FROM ledger WHERE seq > $1 ORDER BY seq LIMIT $2",
        after,
        limit
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

/// Entries after `after` that were there at an instant, oldest first, at most `limit`.
pub async fn entries_known_at(
    db: &mut PgConnection,
    at: Instant,
    after: i64,
    limit: i64,
) -> Result<Vec<LedgerEntry>, sqlx::Error> {
    // The chain is in the order of time: where it ends then is all that there was.
    let end = head_as_of(&mut *db, at).await?.seq;
    entries(db, after, limit.min(end.saturating_sub(after)).max(0)).await
}

/// Every entry up to an instant, oldest first.
pub async fn entries_as_of(db: &mut PgConnection, at: Instant) -> Result<Vec<LedgerEntry>, sqlx::Error> {
    sqlx::query!("SELECT seq, at, actor, action, payload, prev_hash, hash FROM ledger WHERE at <= $1 ORDER BY seq", at)
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

/// An entry as a pack and the chain's verification see it.
pub(crate) fn proof(entry: LedgerEntry) -> Entry {
    Entry {
        action: entry.action,
        actor: entry.actor,
        at: instant_text(entry.at),
        hash: entry.hash,
        payload_sha256: hex::encode(sha256(entry.payload.as_bytes())),
        payload: Some(entry.payload),
        seq: entry.seq,
    }
}

/// What the newest entry of an action says.
pub(super) async fn newest_payload(db: &mut PgConnection, action: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("SELECT payload FROM ledger WHERE action = $1 ORDER BY seq DESC LIMIT 1", action)
        .fetch_optional(db)
        .await
}
