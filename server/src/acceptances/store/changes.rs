//! The SQL of what became of acceptances in a period.

use super::super::Period;
use crate::db::word;
use model::{Instant, acceptance::AcceptanceStep, ids::AcceptanceId};
use sqlx::PgConnection;

/// Something that became of an acceptance.
pub(in super::super) struct Step {
    pub(in super::super) acceptance: AcceptanceId,
    pub(in super::super) kind: AcceptanceStep,
    pub(in super::super) by: Option<String>,
    pub(in super::super) at: Instant,
    pub(in super::super) comment: String,
}

/// What became of acceptances in a period, the latest first, before a place. That one ran out is written nowhere: it did
/// where its time came in the period, and nobody had ended it by then.
pub(in super::super) async fn steps(
    db: &mut PgConnection,
    period: &Period<'_>,
    (before, before_id): (Instant, AcceptanceId),
    limit: i64,
) -> Result<Vec<Step>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT s.at AS "at!", s.id AS "id!", s.step AS "step!", s.by, s.comment AS "comment!"
           FROM (
               SELECT requested_at AS at, id, 'requested' AS step, requested_as AS by, reason AS comment FROM acceptance
               WHERE requested_at > $1 AND requested_at <= $2
               UNION ALL
               SELECT at, acceptance_id, kind, decided_as, comment FROM acceptance_event
               WHERE at > $1 AND at <= $2 AND kind <> 'too_late'
               UNION ALL
               SELECT x.expires_at, x.id, 'expired', NULL, '' FROM acceptance x
               WHERE x.expires_at > $1 AND x.expires_at <= $2
                 AND NOT EXISTS (SELECT FROM acceptance_event e WHERE e.acceptance_id = x.id AND e.at <= x.expires_at
                                 AND e.kind IN ('rejected', 'withdrawn', 'revoked', 'ended'))
           ) AS s
           JOIN acceptance a ON a.id = s.id
           LEFT JOIN finding f ON f.id = a.finding_id
           LEFT JOIN cluster k ON k.id = coalesce(a.cluster_id, f.cluster_id)
           WHERE (s.at, s.id) < ($3, $4)
             AND ($6::text[] IS NULL OR a.scope = 'cve' OR coalesce(a.check_id, f.check_id) = ANY($6))
             AND (cardinality($5::text[]) = 0 OR k.id IS NULL OR k.name = ANY($5))
             -- What names no cluster, or no check.
             AND (k.id IS NOT NULL OR cardinality($5) = 0 AND ($6 IS NULL OR a.scope <> 'cve') OR EXISTS (
                 SELECT
                 FROM acceptance_covers(a.scope, a.finding_id, a.check_id, a.cluster_id, a.namespace, a.workload_kind,
                                        a.workload, a.team, a.cve, a.selector, s.at) AS c
                 JOIN finding n ON n.id = c.finding_id AND n.first_seen_at <= s.at
                 JOIN cluster o ON o.id = n.cluster_id
                 WHERE (cardinality($5) = 0 OR o.name = ANY($5)) AND ($6 IS NULL OR n.check_id = ANY($6))
             ))
           ORDER BY s.at DESC, s.id DESC
           LIMIT $7"#,
        period.from,
        period.to,
        before,
        before_id.0,
        period.clusters,
        period.checks,
        limit,
    )
    .try_map(|row| {
        Ok(Step {
            acceptance: AcceptanceId(row.id),
            kind: word::<AcceptanceStep>(&row.step)?,
            by: row.by,
            at: row.at,
            comment: row.comment,
        })
    })
    .fetch_all(db)
    .await
}
