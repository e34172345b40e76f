//! What falls under a scope. The rule is `acceptance_covers` of the schema, and nobody has another.

use super::Bound;
use model::{Instant, ids::FindingId, severity::Severity};
use sqlx::PgConnection;

/// How much fails under a scope.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Summary {
    /// Failing findings.
    pub(in super::super) count: i64,
    /// The worst severity among them.
    pub(in super::super) worst: Option<Severity>,
    /// How many began to fail after an acceptance was asked for.
    pub(in super::super) new: i64,
    /// How many are worse than what was accepted.
    pub(in super::super) worse: i64,
}

/// How much fails under a scope at an instant; of an acceptance, against when it was asked for and what it accepts.
pub(in super::super) async fn summary(
    db: &mut PgConnection,
    bound: &Bound,
    against: Option<(Instant, Severity)>,
    at: Instant,
) -> Result<Summary, sqlx::Error> {
    let (since, severity) = against.unzip();
    sqlx::query!(
        r#"SELECT count(*) AS "count!", count(*) FILTER (WHERE i.opened_at > $12) AS "new!",
                  count(*) FILTER (WHERE NOT severity_covered(i.severity, $13)) AS "worse!",
                  -- The mildest that covers all of it.
                  CASE WHEN min(i.severity) = 0 AND max(i.severity) BETWEEN 1 AND 3 THEN 4::smallint
                       ELSE max(i.severity) END AS worst
           FROM acceptance_covers($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS c
           JOIN finding_interval i ON i.finding_id = c.finding_id AND i.valid_from <= $11
                AND (i.valid_to IS NULL OR i.valid_to > $11)
           JOIN cluster k ON k.id = i.cluster_id AND k.valid_from <= $11 AND (k.valid_to IS NULL OR k.valid_to > $11)"#,
        bound.kind,
        bound.finding,
        bound.check,
        bound.cluster,
        bound.namespace,
        bound.workload_kind,
        bound.workload,
        bound.team,
        bound.cve,
        bound.terms(),
        at,
        since,
        severity.map(Severity::rank),
    )
    .map(|row| Summary { count: row.count, worst: row.worst.map(Severity::from), new: row.new, worse: row.worse })
    .fetch_one(db)
    .await
}

/// The intervals of what fails under a scope at an instant, the worst first, at most `limit`.
pub(in super::super) async fn worst(
    db: &mut PgConnection,
    bound: &Bound,
    limit: i64,
    at: Instant,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT i.id AS "id!"
           FROM acceptance_covers($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS c
           JOIN finding_interval i ON i.finding_id = c.finding_id AND i.valid_from <= $11
                AND (i.valid_to IS NULL OR i.valid_to > $11)
           JOIN cluster k ON k.id = i.cluster_id AND k.valid_from <= $11 AND (k.valid_to IS NULL OR k.valid_to > $11)
           ORDER BY i.severity DESC, i.opened_at DESC, i.finding_id DESC
           LIMIT $12"#,
        bound.kind,
        bound.finding,
        bound.check,
        bound.cluster,
        bound.namespace,
        bound.workload_kind,
        bound.workload,
        bound.team,
        bound.cve,
        bound.terms(),
        at,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Something that fails under a scope and shows that a condition is met.
pub(in super::super) struct Shown {
    pub(in super::super) finding: FindingId,
    pub(in super::super) severity: Severity,
    pub(in super::super) since: Instant,
    /// What it says of a correction, or nothing.
    pub(in super::super) fix: String,
}

/// The first finding under a scope that is worse than a severity at an instant.
pub(in super::super) async fn worse(
    db: &mut PgConnection,
    bound: &Bound,
    than: Severity,
    at: Instant,
) -> Result<Option<Shown>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT i.finding_id AS "finding_id!", i.severity AS "severity!", i.valid_from AS "valid_from!"
           FROM acceptance_covers($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS c
           JOIN finding_interval i ON i.finding_id = c.finding_id AND i.valid_from <= $11
                AND (i.valid_to IS NULL OR i.valid_to > $11)
           JOIN cluster k ON k.id = i.cluster_id AND k.valid_from <= $11 AND (k.valid_to IS NULL OR k.valid_to > $11)
           WHERE NOT severity_covered(i.severity, $12)
           ORDER BY i.valid_from, i.finding_id
           LIMIT 1"#,
        bound.kind,
        bound.finding,
        bound.check,
        bound.cluster,
        bound.namespace,
        bound.workload_kind,
        bound.workload,
        bound.team,
        bound.cve,
        bound.terms(),
        at,
        than.rank(),
    )
    .map(|row| Shown {
        finding: FindingId(row.finding_id),
        severity: Severity::from(row.severity),
        since: row.valid_from,
        fix: String::new(),
    })
    .fetch_optional(db)
    .await
}

/// What is known of corrections for what fails under a scope.
pub(in super::super) struct Fixes {
    /// The first finding for which there is one.
    pub(in super::super) first: Option<Shown>,
    /// How many findings are of checks that say nothing of corrections.
    pub(in super::super) silent: i64,
}

/// What is known of corrections for what fails under a scope at an instant.
///
/// `vul.critical_fixable` finds only what has a correction. Of what other scanners send, a correction is told by an arrow
/// from the version that is installed to the one that is corrected, as `sources::intake` writes it for vulnerabilities; a
/// scanner that tells none may know of none, or never tell. Every other check says nothing of corrections.
pub(in super::super) async fn fixes(db: &mut PgConnection, bound: &Bound, at: Instant) -> Result<Fixes, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT i.finding_id AS "finding_id!", i.severity AS "severity!", i.valid_from AS "valid_from!",
                  CASE i.check_id WHEN 'vul.critical_fixable' THEN coalesce(i.detail ->> 'fixed', '-')
                                  ELSE substring(i.detail ->> 'text' FROM ' → (.+)$') END AS fix,
                  count(*) FILTER (WHERE i.check_id NOT IN ('vul.critical_fixable', 'ext.findings')) OVER () AS "silent!"
           FROM acceptance_covers($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS c
           JOIN finding_interval i ON i.finding_id = c.finding_id AND i.valid_from <= $11
                AND (i.valid_to IS NULL OR i.valid_to > $11)
           JOIN cluster k ON k.id = i.cluster_id AND k.valid_from <= $11 AND (k.valid_to IS NULL OR k.valid_to > $11)
           ORDER BY (i.check_id = 'vul.critical_fixable' OR i.check_id = 'ext.findings' AND i.detail ->> 'text' LIKE '% → %') DESC,
                    i.valid_from, i.finding_id
           LIMIT 1"#,
        bound.kind,
        bound.finding,
        bound.check,
        bound.cluster,
        bound.namespace,
        bound.workload_kind,
        bound.workload,
        bound.team,
        bound.cve,
        bound.terms(),
        at,
    )
    .fetch_optional(db)
    .await?;
    let silent = rows.as_ref().map_or(0, |row| row.silent);
    let first = rows.and_then(|row| {
        Some(Shown {
            finding: FindingId(row.finding_id),
            severity: Severity::from(row.severity),
            since: row.valid_from,
            fix: row.fix?,
        })
    });
    Ok(Fixes { first, silent })
}
