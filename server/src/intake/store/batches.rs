//! The SQL of audit batches.

use crate::intake::chain::AuditBatch;
use chrono::SubsecRound;
use model::Instant;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// Batches read at a time.
const PAGE: i64 = 2_000;

/// An instant as PostgreSQL keeps it, so that it hashes the same when it is read again.
pub(in crate::intake) fn kept(at: Instant) -> Instant {
    at.trunc_subsecs(6)
}

/// Number and hash of a cluster's newest batch.
pub(in crate::intake) async fn last(
    db: &mut PgConnection,
    cluster: Uuid,
) -> Result<Option<(i64, Vec<u8>)>, sqlx::Error> {
    sqlx::query!("SELECT seq, hash FROM audit_batch WHERE cluster_id = $1 ORDER BY seq DESC LIMIT 1", cluster)
        .map(|row| (row.seq, row.hash))
        .fetch_optional(db)
        .await
}

pub(in crate::intake) async fn insert(db: &mut PgConnection, batch: &AuditBatch) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO audit_batch (cluster_id, seq, received_at, sha256, events, first_at, last_at, counts, prev_hash, hash)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        batch.cluster,
        batch.seq,
        batch.received_at,
        batch.sha256,
        batch.events,
        batch.first_at,
        batch.last_at,
        batch.counts,
        batch.prev_hash,
        batch.hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The batches after one, in order of cluster and number.
pub(in crate::intake) async fn page(
    pool: &PgPool,
    (cluster, seq): (Uuid, i64),
) -> Result<Vec<AuditBatch>, sqlx::Error> {
    sqlx::query_as!(
        AuditBatch,
        r"SELECT cluster_id AS cluster, seq, received_at, sha256, events, first_at, last_at, counts, prev_hash, hash
          FROM audit_batch
          WHERE (cluster_id, seq) > ($1, $2)
          ORDER BY cluster_id, seq LIMIT $3",
        cluster,
        seq,
        PAGE,
    )
    .fetch_all(pool)
    .await
}

/// When each entry of an action was made, and its payload.
pub(in crate::intake) async fn ledger_payloads(
    pool: &PgPool,
    action: &str,
) -> Result<Vec<(Instant, String)>, sqlx::Error> {
    sqlx::query!("SELECT at, payload FROM ledger WHERE action = $1 ORDER BY seq", action)
        .map(|row| (row.at, row.payload))
        .fetch_all(pool)
        .await
}

/// How many of the bodies that are kept are not those that arrived.
pub(in crate::intake) async fn changed_bodies(pool: &PgPool) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "changed!" FROM intake_raw r JOIN intake_delivery d ON d.id = r.delivery_id
           WHERE sha256(r.body) <> d.sha256"#,
    )
    .fetch_one(pool)
    .await
}
