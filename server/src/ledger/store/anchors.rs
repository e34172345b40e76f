//! Heads that were sent outside.

use crate::ledger::Head;
use model::{Instant, views::LedgerAnchor};
use sqlx::PgConnection;
use uuid::Uuid;

/// Held while heads are sent, so that two servers do not send one twice.
const SENDING_LOCK: i64 = 0x6265_7669_735f_6c73;

/// Whether nobody else is sending; holds it until the transaction ends.
pub(in crate::ledger) async fn alone(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT pg_try_advisory_xact_lock($1) AS "alone!""#, SENDING_LOCK).fetch_one(db).await
}

/// The newest head for a place, taken or not: when, and whether it was taken.
pub(in crate::ledger) async fn last_try(
    db: &mut PgConnection,
    target: &str,
) -> Result<Option<(Instant, bool)>, sqlx::Error> {
    sqlx::query!("SELECT at, fault FROM ledger_anchor WHERE target = $1 ORDER BY at DESC, id DESC LIMIT 1", target)
        .map(|row| (row.at, row.fault.is_none()))
        .fetch_optional(db)
        .await
}

/// Whether a place has taken this head already.
pub(in crate::ledger) async fn has(db: &mut PgConnection, target: &str, seq: i64) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM ledger_anchor WHERE target = $1 AND seq = $2 AND fault IS NULL) AS "has!""#,
        target,
        seq,
    )
    .fetch_one(db)
    .await
}

pub(in crate::ledger) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    target: &str,
    head: &Head,
    at: Instant,
    outcome: Result<Option<&[u8]>, &str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO ledger_anchor (id, target, seq, hash, at, fault, receipt)
          VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6, $7)",
        id,
        target,
        head.seq,
        head.hash,
        at,
        outcome.err(),
        outcome.ok().flatten(),
    )
    .execute(db)
    .await
    .map(drop)
}

/// The newest head of each place, and the newest that each has taken, by an instant; newest first.
pub(in crate::ledger) async fn newest(db: &mut PgConnection, at: Instant) -> Result<Vec<LedgerAnchor>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT a.id AS "id!", a.target AS "target!", a.seq AS "seq!", a.hash AS "hash!", a.at AS "at!", a.fault, a.receipt IS NOT NULL AS "has_receipt!"
           FROM (VALUES ('webhook'), ('file'), ('timestamp')) AS t (target)
           CROSS JOIN LATERAL (
               (SELECT * FROM ledger_anchor WHERE target = t.target AND at <= $1 ORDER BY at DESC, id DESC LIMIT 1)
               UNION
               (SELECT * FROM ledger_anchor WHERE target = t.target AND at <= $1 AND fault IS NULL ORDER BY at DESC, id DESC LIMIT 1)
           ) AS a
           ORDER BY a.at DESC, a.id DESC"#,
        at,
    )
    .map(|row| LedgerAnchor {
        id: row.id,
        target: row.target,
        seq: row.seq,
        hash: hex::encode(row.hash),
        at: row.at,
        fault: row.fault,
        has_receipt: row.has_receipt,
    })
    .fetch_all(db)
    .await
}

/// The answer of a time-stamping authority, and the number of the entry that it stamps.
pub(in crate::ledger) async fn receipt(
    db: &mut PgConnection,
    id: Uuid,
    at: Instant,
) -> Result<Option<(i64, Vec<u8>)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT seq, receipt AS "receipt!" FROM ledger_anchor WHERE id = $1 AND at <= $2 AND receipt IS NOT NULL"#,
        id,
        at,
    )
    .map(|row| (row.seq, row.receipt))
    .fetch_optional(db)
    .await
}
