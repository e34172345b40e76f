//! The SQL of trends: counts of days, edges of intervals, and what was in force.

pub(super) mod daily;
pub(super) mod spans;
pub(super) mod states;
pub(super) mod teams;
pub(super) mod times;

use super::scope::Cluster;
use model::Instant;
use sqlx::PgConnection;

/// Every cluster of the names (all where there are none) that there was until an instant, as was known then.
pub(super) async fn clusters(
    db: &mut PgConnection,
    names: &[String],
    at: Instant,
) -> Result<Vec<Cluster>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT id, name, valid_from, CASE WHEN valid_to <= $1 THEN valid_to END AS "valid_to?"
           FROM cluster
           WHERE valid_from <= $1 AND (cardinality($2::text[]) = 0 OR name = ANY($2))
           ORDER BY name, valid_from"#,
        at,
        names,
    )
    .map(|row| Cluster { id: row.id, name: row.name, from: row.valid_from, to: row.valid_to })
    .fetch_all(db)
    .await
}
