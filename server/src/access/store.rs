//! The SQL of access reviews.

use crate::db::word;
use model::{
    Instant,
    ids::ClusterId,
    problem::Problem,
    scan::{Coverage, Read},
    views::AccessReading,
};
use sqlx::{PgConnection, types::Json};

/// The newest reading of a cluster until an instant that gave a review.
pub(super) async fn newest(
    db: &mut PgConnection,
    cluster: ClusterId,
    at: Instant,
) -> Result<Option<AccessReading>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT s.ended_at, s.coverage, s.error, s.problems AS "problems?: Json<Vec<Problem>>",
                  s.reads AS "reads: Json<Vec<Read>>", r.digest, r.grants, r.left_out, r.is_complete
           FROM scan s JOIN access_review r ON r.digest = s.access
           WHERE s.cluster_id = $1 AND s.access IS NOT NULL AND s.recorded_at <= $2
           ORDER BY s.recorded_at DESC LIMIT 1"#,
        cluster.0,
        at,
    )
    .try_map(|row| {
        Ok(AccessReading {
            read_at: row.ended_at,
            coverage: word::<Coverage>(&row.coverage)?,
            error: row.error,
            problems: row.problems.map_or_else(Vec::new, |problems| problems.0),
            reads: row.reads.0,
            is_complete: row.is_complete,
            grants: row.grants,
            left_out: row.left_out,
            digest: row.digest,
        })
    })
    .fetch_optional(db)
    .await
}
