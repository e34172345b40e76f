//! The SQL of coverage: everything for many clusters and sources at once, and as of an instant.

use crate::db::word;
use chrono::{NaiveDate, TimeDelta};
use model::{
    Instant,
    coverage::{Judged, Period, Run},
    evaluation::Outcome,
    ids::ClusterId,
    scan::Coverage,
    source::Source,
    views::ClusterName,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A source of a cluster.
pub(super) type Pair = (Uuid, Source);

/// A cluster, and when it was in the configuration.
pub(super) struct ClusterSpan {
    pub(super) id: Uuid,
    pub(super) name: ClusterName,
    pub(super) from: Instant,
    pub(super) until: Option<Instant>,
}

/// A run, or a single scan, of a day.
pub(super) struct DayRun {
    pub(super) pair: Pair,
    pub(super) day: NaiveDate,
    pub(super) run: Run,
}

/// The clusters that were in the configuration in a period, in the order of their names.
pub(super) async fn clusters(
    db: &mut PgConnection,
    period: &Period,
    at: Instant,
) -> Result<Vec<ClusterSpan>, sqlx::Error> {
    sqlx::query!(
        r"SELECT c.id, c.name, f.title, c.valid_from, c.valid_to
          FROM cluster c
          CROSS JOIN LATERAL (
              SELECT title FROM cluster_facts WHERE cluster_id = c.id AND valid_from <= $3 ORDER BY valid_from DESC LIMIT 1
          ) AS f
          WHERE c.valid_from < $2 AND c.valid_from <= $3 AND (c.valid_to IS NULL OR c.valid_to > $1)
          ORDER BY c.name, c.valid_from",
        period.from,
        period.until,
        at,
    )
    .map(|row| ClusterSpan {
        id: row.id,
        name: ClusterName { id: ClusterId(row.id), name: row.name, title: row.title },
        from: row.valid_from,
        until: row.valid_to,
    })
    .fetch_all(db)
    .await
}

fn run(
    (first, last): (Instant, Instant),
    scans: i32,
    coverage: &str,
    judged: bool,
    longest_gap: i64,
) -> Result<Run, sqlx::Error> {
    Ok(Run {
        first,
        last,
        scans: scans.into(),
        coverage: word::<Coverage>(coverage)?,
        judged,
        longest_gap: TimeDelta::microseconds(longest_gap),
    })
}

fn words(sources: &[Source]) -> Vec<String> {
    sources.iter().map(|source| source.as_str().to_owned()).collect()
}

/// The runs of the days `[first, end)`.
pub(super) async fn runs(
    db: &mut PgConnection,
    clusters: &[Uuid],
    sources: &[Source],
    first: NaiveDate,
    end: NaiveDate,
) -> Result<Vec<DayRun>, sqlx::Error> {
    sqlx::query!(
        r"SELECT cluster_id, source, day, first_at, last_at, scans, coverage, judged, longest_gap
          FROM scan_run
          WHERE cluster_id = ANY($1) AND source = ANY($2) AND day >= $3 AND day < $4
          ORDER BY cluster_id, source, day, run",
        clusters,
        &words(sources),
        first,
        end,
    )
    .try_map(|row| {
        Ok(DayRun {
            pair: (row.cluster_id, word::<Source>(&row.source)?),
            day: row.day,
            run: run((row.first_at, row.last_at), row.scans, &row.coverage, row.judged, row.longest_gap)?,
        })
    })
    .fetch_all(db)
    .await
}

/// The newest day with runs before a day, of each source of each cluster that has one.
pub(super) async fn earlier(
    db: &mut PgConnection,
    clusters: &[Uuid],
    sources: &[Source],
    before: NaiveDate,
) -> Result<Vec<(Pair, NaiveDate)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT c.id AS "cluster!", s.source AS "source!", r.day
           FROM UNNEST($1::uuid[]) AS c (id)
           CROSS JOIN UNNEST($2::text[]) AS s (source)
           CROSS JOIN LATERAL (
               SELECT day FROM scan_run WHERE cluster_id = c.id AND source = s.source AND day < $3 ORDER BY day DESC LIMIT 1
           ) AS r"#,
        clusters,
        &words(sources),
        before,
    )
    .try_map(|row| Ok(((row.cluster, word::<Source>(&row.source)?), row.day)))
    .fetch_all(db)
    .await
}

/// The runs of scans that the log has from a day on (from its beginning where none is given), recorded before the day `end`
/// and until `at`.
pub(super) async fn log_runs(
    db: &mut PgConnection,
    since: &[(Pair, Option<NaiveDate>)],
    end: NaiveDate,
    at: Instant,
) -> Result<Vec<DayRun>, sqlx::Error> {
    let clusters: Vec<Uuid> = since.iter().map(|((cluster, _), _)| *cluster).collect();
    let sources: Vec<String> = since.iter().map(|((_, source), _)| source.as_str().to_owned()).collect();
    let days: Vec<Option<NaiveDate>> = since.iter().map(|(_, day)| *day).collect();
    sqlx::query!(
        r#"SELECT p.cluster_id AS "cluster_id!", p.source AS "source!", r.day AS "day!", r.first_at AS "first_at!",
                  r.last_at AS "last_at!", r.scans AS "scans!", r.coverage AS "coverage!", r.judged AS "judged!",
                  r.longest_gap AS "longest_gap!"
           FROM UNNEST($1::uuid[], $2::text[], $3::date[]) AS p (cluster_id, source, since)
           CROSS JOIN LATERAL scan_runs(p.cluster_id, p.source, coalesce(p.since::timestamp AT TIME ZONE 'UTC', '-infinity'),
                                        least($4::date::timestamp AT TIME ZONE 'UTC', $5::timestamptz + interval '1 microsecond')) AS r
           ORDER BY p.cluster_id, p.source, r.day, r.run"#,
        &clusters,
        &sources,
        &days as _,
        end,
        at,
    )
    .try_map(|row| {
        Ok(DayRun {
            pair: (row.cluster_id, word::<Source>(&row.source)?),
            day: row.day,
            run: run((row.first_at, row.last_at), row.scans, &row.coverage, row.judged, row.longest_gap)?,
        })
    })
    .fetch_all(db)
    .await
}

/// Every scan of some days that was recorded until `at` and had an effect.
pub(super) async fn scans(
    db: &mut PgConnection,
    days: &[(Pair, NaiveDate)],
    at: Instant,
) -> Result<Vec<DayRun>, sqlx::Error> {
    let clusters: Vec<Uuid> = days.iter().map(|((cluster, _), _)| *cluster).collect();
    let sources: Vec<String> = days.iter().map(|((_, source), _)| source.as_str().to_owned()).collect();
    let dates: Vec<NaiveDate> = days.iter().map(|(_, day)| *day).collect();
    sqlx::query!(
        r#"SELECT p.cluster_id AS "cluster_id!", p.source AS "source!", p.day AS "day!", s.ended_at, s.coverage, s.judged AS "judged!"
           FROM UNNEST($1::uuid[], $2::text[], $3::date[]) AS p (cluster_id, source, day)
           CROSS JOIN LATERAL (
               SELECT ended_at, recorded_at, coverage, digest IS NOT NULL AS judged
               FROM scan
               WHERE cluster_id = p.cluster_id AND source = p.source AND NOT superseded
                 AND recorded_at >= p.day::timestamp AT TIME ZONE 'UTC'
                 AND recorded_at < (p.day + 1)::timestamp AT TIME ZONE 'UTC'
                 AND recorded_at <= $4
           ) AS s
           ORDER BY p.cluster_id, p.source, p.day, s.ended_at, s.recorded_at"#,
        &clusters,
        &sources,
        &dates,
        at,
    )
    .try_map(|row| {
        Ok(DayRun {
            pair: (row.cluster_id, word::<Source>(&row.source)?),
            day: row.day,
            run: Run::single(row.ended_at, word::<Coverage>(&row.coverage)?, row.judged),
        })
    })
    .fetch_all(db)
    .await
}

/// The results of some checks that were in force in a period, as far as they were known at an instant, in the order of time.
pub(super) async fn results(
    db: &mut PgConnection,
    clusters: &[Uuid],
    checks: &[String],
    period: &Period,
    at: Instant,
) -> Result<Vec<(Uuid, String, Judged)>, sqlx::Error> {
    sqlx::query!(
        r"SELECT cluster_id, check_id, outcome, valid_from, valid_to
          FROM check_result
          WHERE cluster_id = ANY($1) AND check_id = ANY($2) AND valid_from < $4 AND valid_from <= $5
            AND (valid_to IS NULL OR valid_to > $3)
          ORDER BY cluster_id, check_id, valid_from",
        clusters,
        checks,
        period.from,
        period.until,
        at,
    )
    .try_map(|row| {
        let judged = Judged { from: row.valid_from, until: row.valid_to, outcome: word::<Outcome>(&row.outcome)? };
        Ok((row.cluster_id, row.check_id, judged))
    })
    .fetch_all(db)
    .await
}
