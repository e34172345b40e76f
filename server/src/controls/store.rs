//! The SQL behind states, all of it for many clusters at once and as of an instant.

use super::evidence::{OpenCount, ResultRow, SourceScans};
use crate::db::word;
use model::{
    Instant,
    evaluation::{Detail, Outcome},
    ids::{ClusterId, ScanId},
    scan::{Coverage, Read},
    severity::Severity,
    source::Source,
    views::ScanEntry,
};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// The newest scan of every source of every cluster, with when it was last judged and seen.
pub(super) async fn newest_scans(
    db: &mut PgConnection,
    clusters: &[Uuid],
    at: Instant,
) -> Result<HashMap<(ClusterId, Source), SourceScans>, sqlx::Error> {
    let sources: Vec<String> = Source::ALL.iter().map(|source| source.as_str().to_owned()).collect();
    let rows = sqlx::query!(
        r#"SELECT n.cluster_id, n.source, n.id, n.started_at, n.ended_at, n.coverage, n.error,
                  n.reads AS "reads: Json<Vec<Read>>", n.opened, n.closed, n.changed,
                  judged.ended_at AS "judged_at?", seen.ended_at AS "seen_at?", seen.version AS "version?"
           FROM UNNEST($1::uuid[]) AS c (id)
           CROSS JOIN UNNEST($2::text[]) AS s (source)
           CROSS JOIN LATERAL (
               SELECT * FROM scan
               WHERE cluster_id = c.id AND source = s.source AND recorded_at <= $3 AND NOT superseded
               ORDER BY recorded_at DESC LIMIT 1
           ) AS n
           LEFT JOIN LATERAL (
               SELECT ended_at FROM scan
               WHERE cluster_id = c.id AND source = s.source AND recorded_at <= $3 AND digest IS NOT NULL
               ORDER BY recorded_at DESC LIMIT 1
           ) AS judged ON true
           LEFT JOIN LATERAL (
               SELECT ended_at, version FROM scan
               WHERE cluster_id = c.id AND source = s.source AND recorded_at <= $3
                 AND coverage IN ('complete', 'truncated') AND NOT superseded
               ORDER BY recorded_at DESC LIMIT 1
           ) AS seen ON true"#,
        clusters,
        &sources,
        at,
    )
    .fetch_all(db)
    .await?;
    let mut scans = HashMap::with_capacity(rows.len());
    for row in rows {
        let source = word::<Source>(&row.source)?;
        let last = ScanEntry {
            id: ScanId(row.id),
            source,
            started_at: row.started_at,
            ended_at: row.ended_at,
            coverage: word::<Coverage>(&row.coverage)?,
            error: row.error,
            reads: row.reads.0,
            opened: row.opened,
            closed: row.closed,
            changed: row.changed,
        };
        let known = SourceScans { last, judged_at: row.judged_at, seen_at: row.seen_at, version: row.version };
        scans.insert((ClusterId(row.cluster_id), source), known);
    }
    Ok(scans)
}

/// Every result in force.
pub(super) async fn results(
    db: &mut PgConnection,
    clusters: &[Uuid],
    at: Instant,
) -> Result<Vec<(ClusterId, String, ResultRow)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT cluster_id AS "cluster_id!", check_id AS "check_id!", outcome AS "outcome!", examined AS "examined!",
                  failed AS "failed!", unread AS "unread!", reason, detail AS "detail!: Json<Detail>", valid_from AS "valid_from!"
           FROM check_result_as_of($2)
           WHERE cluster_id = ANY($1)"#,
        clusters, at,
    )
    .try_map(|row| {
        let result = ResultRow {
            outcome: word::<Outcome>(&row.outcome)?,
            examined: row.examined,
            failed: row.failed,
            unread: row.unread,
            reason: row.reason,
            detail: row.detail.0,
            since: row.valid_from,
        };
        Ok((ClusterId(row.cluster_id), row.check_id, result))
    })
    .fetch_all(db)
    .await
}

/// The rollup of open findings.
pub(super) async fn open_counts(
    db: &mut PgConnection,
    clusters: &[Uuid],
    at: Instant,
) -> Result<Vec<OpenCount>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT cluster_id AS "cluster_id!", source AS "source!", check_id AS "check_id!", severity AS "severity!",
                  acknowledged AS "acknowledged!", findings AS "findings!"
           FROM open_findings_as_of($2)
           WHERE cluster_id = ANY($1)"#,
        clusters,
        at,
    )
    .try_map(|row| {
        Ok(OpenCount {
            cluster: ClusterId(row.cluster_id),
            source: word::<Source>(&row.source)?,
            check: row.check_id,
            severity: Severity::from(row.severity),
            acknowledged: row.acknowledged,
            findings: row.findings,
        })
    })
    .fetch_all(db)
    .await
}

/// Open findings by severity at each of some instants.
pub(super) async fn trend(
    db: &mut PgConnection,
    clusters: &[Uuid],
    instants: &[Instant],
) -> Result<Vec<(Instant, Severity, i64)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT p.at AS "at!", o.severity, sum(o.findings)::bigint AS "findings!"
           FROM UNNEST($2::timestamptz[]) AS p (at)
           JOIN open_findings o ON o.valid_from <= p.at AND coalesce(o.valid_to, 'infinity') > p.at
           WHERE o.cluster_id = ANY($1)
           GROUP BY p.at, o.severity"#,
        clusters,
        instants,
    )
    .map(|row| (row.at, Severity::from(row.severity), row.findings))
    .fetch_all(db)
    .await
}
