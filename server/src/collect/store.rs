//! Leases: which replica reads which cluster.

use model::{Instant, ids::ClusterId};
use sqlx::PgPool;
use uuid::Uuid;

/// Takes or renews the lease of a cluster until `until`; `false` where another replica holds it at `at`.
pub(super) async fn take_lease(
    pool: &PgPool,
    cluster: ClusterId,
    holder: Uuid,
    at: Instant,
    until: Instant,
) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query!(
        r#"
        INSERT INTO lease (cluster_id, holder, until)
        VALUES ($1, $2, $3)
        ON CONFLICT (cluster_id) DO UPDATE
            SET holder = EXCLUDED.holder, until = EXCLUDED.until
            WHERE lease.holder = EXCLUDED.holder OR lease.until <= $4
        "#,
        cluster.0,
        holder,
        until,
        at,
    )
    .execute(pool)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Gives all leases of a replica back, so that another need not wait for them to end.
pub(super) async fn release_leases(pool: &PgPool, holder: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM lease WHERE holder = $1", holder).execute(pool).await.map(|_| ())
}
