//! The SQL that counts, and that finds few among many before a list is read.

use super::super::scope::Scope;
use model::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

/// How many findings fail, from the rollup: for a scope without text, ids and closed findings.
pub(in crate::findings) async fn count_open(db: &mut PgConnection, scope: &Scope) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT coalesce(sum(findings), 0)::bigint AS "findings!"
           FROM open_findings_as_of($1)
           WHERE cluster_id = ANY($2)
             AND ($3::text[] IS NULL OR source = ANY($3))
             AND ($4::smallint[] IS NULL OR severity = ANY($4))
             AND ($5::text[] IS NULL OR check_id = ANY($5))
             AND ($6::boolean IS NULL OR acknowledged = $6)"#,
        scope.at,
        &scope.clusters,
        scope.sources.as_deref(),
        scope.severities.as_deref(),
        scope.checks.as_deref(),
        scope.acknowledged,
    )
    .fetch_one(db)
    .await
}

/// Findings whose subject matches a LIKE pattern, in no order, at most `limit`.
pub(in crate::findings) async fn matching_text(
    db: &mut PgConnection,
    clusters: &[Uuid],
    pattern: &str,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT id FROM finding WHERE search LIKE lower($2) AND cluster_id = ANY($1) LIMIT $3",
        clusters,
        pattern,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Findings that are acknowledged at an instant, in no order, at most `limit`.
pub(in crate::findings) async fn acknowledged(
    db: &mut PgConnection,
    at: Instant,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT finding_id FROM (
              SELECT DISTINCT ON (finding_id) finding_id, kind
              FROM decision_finding
              WHERE kind IN ('acknowledge', 'withdraw') AND decided_at <= $1
              ORDER BY finding_id, decided_at DESC, decision_id DESC
          ) AS newest
          WHERE kind = 'acknowledge'
          LIMIT $2",
        at,
        limit,
    )
    .fetch_all(db)
    .await
}
