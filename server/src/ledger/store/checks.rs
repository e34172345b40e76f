//! What recomputations of the chain found.

use model::{
    Instant,
    views::{BrokenLink, LedgerCheck},
};
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::ledger) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    check: &LedgerCheck,
    head: [u8; 32],
) -> Result<(), sqlx::Error> {
    let broken = check.broken.as_ref();
    sqlx::query!(
        r"INSERT INTO ledger_check (id, started_at, finished_at, entries, head, broken_seq, broken_link, expected, found)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        check.started_at,
        check.finished_at,
        check.entries,
        &head[..],
        broken.map(|link| link.seq),
        broken.map(|link| link.link.as_str()),
        broken.map(|link| link.expected.as_str()),
        broken.map(|link| link.found.as_str()),
    )
    .execute(db)
    .await
    .map(drop)
}

/// The last recomputation that was done by an instant.
pub(in crate::ledger) async fn newest(db: &mut PgConnection, at: Instant) -> Result<Option<LedgerCheck>, sqlx::Error> {
    sqlx::query!(
        r"SELECT started_at, finished_at, entries, head, broken_seq, broken_link, expected, found
          FROM ledger_check WHERE finished_at <= $1 ORDER BY finished_at DESC, id DESC LIMIT 1",
        at,
    )
    .map(|row| LedgerCheck {
        started_at: row.started_at,
        finished_at: row.finished_at,
        entries: row.entries,
        head: hex::encode(row.head),
        broken: row.broken_seq.map(|seq| BrokenLink {
            seq,
            link: row.broken_link.unwrap_or_default(),
            expected: row.expected.unwrap_or_default(),
            found: row.found.unwrap_or_default(),
        }),
    })
    .fetch_optional(db)
    .await
}

/// The first head that was noted by a recomputation or sent outside, and is not there now: its number, what it was, and what
/// stands there.
pub(in crate::ledger) async fn lost_witness(
    db: &mut PgConnection,
) -> Result<Option<(i64, Vec<u8>, Option<Vec<u8>>)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT w.seq AS "seq!", w.hash AS "expected!", l.hash AS "found?"
           FROM (SELECT entries AS seq, head AS hash FROM ledger_check WHERE entries > 0
                 UNION
                 SELECT seq, hash FROM ledger_anchor) AS w
           LEFT JOIN ledger l ON l.seq = w.seq
           WHERE l.hash IS DISTINCT FROM w.hash
           ORDER BY w.seq LIMIT 1"#
    )
    .map(|row| (row.seq, row.expected, row.found))
    .fetch_optional(db)
    .await
}
