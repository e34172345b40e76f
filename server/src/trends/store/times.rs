//! How long it took to acknowledge and to fix.

use super::super::{periods::Periods, scope::Scope, times::Took};
use model::Instant;
use sqlx::PgConnection;

/// What was fixed within the periods: when, how long after it was opened, and how many. Of a finding that failed again,
/// each time counts by itself.
pub(in super::super) async fn to_fix(
    db: &mut PgConnection,
    scope: &Scope,
    periods: &Periods,
) -> Result<Vec<Took>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT width_bucket(i.valid_to, $1::timestamptz[]) AS "period!",
                  (extract(epoch FROM i.valid_to - i.opened_at) * 1000000)::bigint AS "micros!", count(*) AS "findings!"
           FROM finding_interval i
           JOIN cluster c ON c.id = i.cluster_id AND (c.valid_to IS NULL OR c.valid_to > i.valid_to)
           LEFT JOIN finding f ON $8::boolean AND f.id = i.finding_id
           LEFT JOIN namespace_team t ON $8 AND t.cluster_id = i.cluster_id
                AND t.namespace = namespace_of(f.subject_kind, f.subject_namespace, f.subject_name)
                AND t.valid_from < i.valid_to AND (t.valid_to IS NULL OR t.valid_to >= i.valid_to)
           WHERE NOT i.continued AND i.valid_to >= $2 AND i.valid_to < $3 AND i.cluster_id = ANY($4)
             AND ($5::smallint[] IS NULL OR i.severity = ANY($5))
             AND ($6::text[] IS NULL OR i.source = ANY($6)) AND ($7::text[] IS NULL OR i.check_id = ANY($7))
             AND (NOT $8 OR (t.team IS NOT NULL AND ($9::text IS NULL OR t.team = $9)))
           GROUP BY 1, 2"#,
        &starts(periods),
        periods.start(),
        periods.end(),
        &scope.ids,
        scope.severities.as_deref(),
        scope.sources.as_deref(),
        scope.checks.as_deref(),
        scope.by_team,
        scope.team.as_deref(),
    )
    .map(|row| Took { period: place(row.period), micros: row.micros, findings: row.findings })
    .fetch_all(db)
    .await
}

/// What was acknowledged within the periods, each time that a finding failed once: the first acknowledgement counts, and
/// none where one from before was still in force when it failed again.
pub(in super::super) async fn to_acknowledge(
    db: &mut PgConnection,
    scope: &Scope,
    periods: &Periods,
) -> Result<Vec<Took>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT width_bucket(a.decided_at, $1::timestamptz[]) AS "period!",
                  (extract(epoch FROM a.decided_at - i.opened_at) * 1000000)::bigint AS "micros!", count(*) AS "findings!"
           FROM decision d
           JOIN decision_finding a ON a.decision_id = d.id
           JOIN finding_interval i ON i.finding_id = a.finding_id AND i.valid_from <= a.decided_at
                AND (i.valid_to IS NULL OR i.valid_to > a.decided_at)
           JOIN cluster c ON c.id = i.cluster_id AND (c.valid_to IS NULL OR c.valid_to > a.decided_at)
           LEFT JOIN finding f ON $8::boolean AND f.id = i.finding_id
           LEFT JOIN namespace_team t ON $8 AND t.cluster_id = i.cluster_id
                AND t.namespace = namespace_of(f.subject_kind, f.subject_namespace, f.subject_name)
                AND t.valid_from <= a.decided_at AND (t.valid_to IS NULL OR t.valid_to > a.decided_at)
           WHERE d.kind = 'acknowledge' AND d.decided_at >= $2 AND d.decided_at < $3 AND i.cluster_id = ANY($4)
             AND ($5::smallint[] IS NULL OR i.severity = ANY($5))
             AND ($6::text[] IS NULL OR i.source = ANY($6)) AND ($7::text[] IS NULL OR i.check_id = ANY($7))
             AND (NOT $8 OR (t.team IS NOT NULL AND ($9::text IS NULL OR t.team = $9)))
             AND NOT EXISTS (
                 SELECT FROM decision_finding p
                 WHERE p.finding_id = a.finding_id AND p.kind = 'acknowledge'
                   AND p.decided_at >= i.opened_at AND p.decided_at < a.decided_at
             )
             AND coalesce((
                 SELECT p.standing FROM decision_finding p
                 WHERE p.finding_id = a.finding_id AND p.decided_at < i.opened_at
                 ORDER BY p.decided_at DESC, p.decision_id DESC LIMIT 1
             ), 'open') = 'open'
           GROUP BY 1, 2"#,
        &starts(periods),
        periods.start(),
        periods.end(),
        &scope.ids,
        scope.severities.as_deref(),
        scope.sources.as_deref(),
        scope.checks.as_deref(),
        scope.by_team,
        scope.team.as_deref(),
    )
    .map(|row| Took { period: place(row.period), micros: row.micros, findings: row.findings })
    .fetch_all(db)
    .await
}

fn starts(periods: &Periods) -> Vec<Instant> {
    periods.all.iter().map(|period| period.start).collect()
}

/// Buckets are numbered from 1.
fn place(bucket: i32) -> usize {
    usize::try_from(bucket - 1).unwrap_or_default()
}
