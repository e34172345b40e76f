//! What is accepted at an instant. The rule is `accepted_findings` of the schema, and nobody has another.

use model::{Instant, ids::ClusterId};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Of a check's failing findings on a cluster, how many are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// Findings that fail.
    pub(crate) failing: i64,
    /// Of those, how many are accepted.
    pub(crate) accepted: i64,
}

impl Accepted {
    /// Whether there are failing findings, and all of them are accepted.
    pub(crate) const fn is_all(self) -> bool {
        self.accepted > 0 && self.accepted == self.failing
    }
}

/// By cluster and check; what has no accepted finding is not there.
pub(crate) type CheckCounts = HashMap<(ClusterId, String), Accepted>;

/// How many findings of each check are accepted on some clusters at an instant, and how many fail.
pub(crate) async fn counts(db: &mut PgConnection, clusters: &[Uuid], at: Instant) -> Result<CheckCounts, sqlx::Error> {
    if !any_active(db, at).await? {
        return Ok(CheckCounts::new());
    }
    // One statement, so that what fails and what of it is accepted are of one state of the database.
    let rows = sqlx::query!(
        r#"SELECT a.cluster_id AS "cluster_id!", a.check_id AS "check_id!", a.accepted AS "accepted!", o.failing AS "failing!"
           FROM (
               SELECT cluster_id, check_id, count(DISTINCT finding_id) AS accepted
               FROM accepted_findings($2) WHERE cluster_id = ANY($1) GROUP BY cluster_id, check_id
           ) AS a
           JOIN (
               SELECT cluster_id, check_id, sum(findings)::bigint AS failing
               FROM open_findings_as_of($2) WHERE cluster_id = ANY($1) GROUP BY cluster_id, check_id
           ) AS o ON o.cluster_id = a.cluster_id AND o.check_id = a.check_id"#,
        clusters,
        at,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let counts = Accepted { failing: row.failing, accepted: row.accepted };
            ((ClusterId(row.cluster_id), row.check_id), counts)
        })
        .collect())
}

/// Whether any acceptance is active at an instant.
async fn any_active(db: &mut PgConnection, at: Instant) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM acceptances_active($1)) AS "any!""#, at).fetch_one(db).await
}

/// Findings that are accepted at an instant, each once, in no order, at most `limit`.
pub(crate) async fn accepted(db: &mut PgConnection, at: Instant, limit: i64) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT DISTINCT finding_id AS "finding_id!" FROM accepted_findings($1) LIMIT $2"#, at, limit)
        .fetch_all(db)
        .await
}
