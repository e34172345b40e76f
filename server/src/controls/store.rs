//! The SQL behind states, all of it for many clusters at once and as of an instant.

use super::evidence::{OpenCount, ResultRow, SourceScans};
use crate::{db::word, history::Kept};
use model::{
    Instant,
    evaluation::{Detail, Outcome},
    ids::{ClusterId, ScanId},
    problem::Problem,
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
                  n.problems AS "problems?: Json<Vec<Problem>>", n.reads AS "reads: Json<Vec<Read>>",
                  n.requests, n.bytes, n.opened, n.closed, n.changed,
                  CASE WHEN n.digest IS NOT NULL THEN n.ended_at ELSE judged.ended_at END AS "judged_at?",
                  CASE WHEN n.coverage IN ('complete', 'truncated') THEN n.ended_at ELSE seen.ended_at END AS "seen_at?",
                  CASE WHEN n.coverage IN ('complete', 'truncated') THEN n.version ELSE seen.version END AS "version?"
           FROM UNNEST($1::uuid[]) AS c (id)
           CROSS JOIN UNNEST($2::text[]) AS s (source)
           CROSS JOIN LATERAL (
               SELECT * FROM scan
               WHERE cluster_id = c.id AND source = s.source AND recorded_at <= $3 AND NOT superseded
               ORDER BY recorded_at DESC LIMIT 1
           ) AS n
           LEFT JOIN LATERAL (
               SELECT ended_at FROM scan
               WHERE n.digest IS NULL
                 AND cluster_id = c.id AND source = s.source AND recorded_at <= $3 AND digest IS NOT NULL
               ORDER BY recorded_at DESC LIMIT 1
           ) AS judged ON true
           LEFT JOIN LATERAL (
               SELECT ended_at, version FROM scan
               WHERE n.coverage NOT IN ('complete', 'truncated')
                 AND cluster_id = c.id AND source = s.source AND recorded_at <= $3
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
            problems: row.problems.map_or_else(Vec::new, |problems| problems.0),
            reads: row.reads.0,
            requests: row.requests,
            bytes: row.bytes,
            opened: row.opened,
            closed: row.closed,
            changed: row.changed,
        };
        let known = SourceScans {
            coverage: last.coverage,
            ended_at: last.ended_at,
            entry: Some(last),
            judged_at: row.judged_at,
            seen_at: row.seen_at,
            version: row.version,
        };
        scans.insert((ClusterId(row.cluster_id), source), known);
    }
    Ok(scans)
}

/// What the newest run before an instant tells of some sources; nothing of those that have none.
pub(crate) async fn newest_runs(
    db: &mut PgConnection,
    pairs: &[(ClusterId, Source)],
    before: Instant,
) -> Result<Vec<((ClusterId, Source), SourceScans)>, sqlx::Error> {
    let clusters: Vec<Uuid> = pairs.iter().map(|(cluster, _)| cluster.0).collect();
    let sources: Vec<String> = pairs.iter().map(|(_, source)| source.as_str().to_owned()).collect();
    sqlx::query!(
        r#"SELECT p.cluster_id AS "cluster_id!", p.source AS "source!", n.coverage AS "coverage!", n.last_at AS "last_at!",
                  (SELECT last_at FROM scan_run
                   WHERE cluster_id = p.cluster_id AND source = p.source AND day < $3 AND judged
                   ORDER BY day DESC, run DESC LIMIT 1) AS "judged_at?",
                  (SELECT last_at FROM scan_run
                   WHERE cluster_id = p.cluster_id AND source = p.source AND day < $3 AND coverage IN ('complete', 'truncated')
                   ORDER BY day DESC, run DESC LIMIT 1) AS "seen_at?"
           FROM UNNEST($1::uuid[], $2::text[]) AS p (cluster_id, source)
           CROSS JOIN LATERAL (
               SELECT coverage, last_at FROM scan_run
               WHERE cluster_id = p.cluster_id AND source = p.source AND day < $3
               ORDER BY day DESC, run DESC LIMIT 1
           ) AS n"#,
        &clusters,
        &sources,
        before.date_naive(),
    )
    .try_map(|row| {
        let scans = SourceScans {
            coverage: word::<Coverage>(&row.coverage)?,
            ended_at: row.last_at,
            entry: None,
            judged_at: row.judged_at,
            seen_at: row.seen_at,
            version: None,
        };
        Ok(((ClusterId(row.cluster_id), word::<Source>(&row.source)?), scans))
    })
    .fetch_all(db)
    .await
}

/// The lists that the newest judged scan of a source rested on, of one cluster.
pub(super) struct ScanObjects {
    pub(super) cluster: Uuid,
    pub(super) lists: Vec<Kept>,
}

/// What the newest judged scan of a source rested on, for each cluster that has one.
pub(super) async fn objects_read(
    db: &mut PgConnection,
    clusters: &[Uuid],
    source: Source,
    at: Instant,
) -> Result<Vec<ScanObjects>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT n.cluster_id, n.objects AS "objects: Json<Vec<Kept>>"
           FROM UNNEST($1::uuid[]) AS c (id)
           CROSS JOIN LATERAL (
               SELECT cluster_id, objects FROM scan
               WHERE cluster_id = c.id AND source = $2 AND recorded_at <= $3 AND digest IS NOT NULL
               ORDER BY recorded_at DESC LIMIT 1
           ) AS n"#,
        clusters,
        source.as_str(),
        at,
    )
    .map(|row| ScanObjects { cluster: row.cluster_id, lists: row.objects.0 })
    .fetch_all(db)
    .await
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
