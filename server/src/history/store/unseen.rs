//! Since when open findings were not seen: neither failing nor in order, because what was read did not include them.

use model::{Instant, scan::Scan};
use sqlx::PgConnection;
use uuid::Uuid;

/// Notes which findings were lost from sight, and which are back in it or closed.
pub(in crate::history) async fn note(
    db: &mut PgConnection,
    scan: &Scan,
    lost: &[Uuid],
    found: &[Uuid],
    at: Instant,
) -> Result<(), sqlx::Error> {
    if !found.is_empty() {
        sqlx::query!(
            r"UPDATE finding_unseen SET valid_to = $4
              WHERE cluster_id = $1 AND source = $2 AND finding_id = ANY($3) AND valid_to IS NULL",
            scan.cluster.0,
            scan.source.as_str(),
            found,
            at,
        )
        .execute(&mut *db)
        .await?;
    }
    if !lost.is_empty() {
        sqlx::query!(
            r"INSERT INTO finding_unseen (finding_id, cluster_id, source, valid_from)
              SELECT n.id, $1, $2, $4 FROM UNNEST($3::uuid[]) AS n (id)",
            scan.cluster.0,
            scan.source.as_str(),
            lost,
            at,
        )
        .execute(db)
        .await?;
    }
    Ok(())
}
