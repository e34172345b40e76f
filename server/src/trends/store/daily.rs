//! What days count.

use super::super::{periods::Periods, scope::Scope};
use crate::{
    days::Zone,
    history::DayCounts,
    retention::{self, Class},
};
use chrono::{Days, NaiveDate};
use model::{Instant, source::Source, trends::TrendBy};
use sqlx::PgConnection;
use std::collections::HashMap;

/// What a day counts under a key; everything before the first day is told as one day before it.
#[derive(Clone, Debug)]
pub(in super::super) struct DayRow {
    pub(in super::super) day: NaiveDate,
    /// A severity's rank, a cluster's id, a source, or a check.
    pub(in super::super) key: String,
    pub(in super::super) counts: DayCounts,
}

/// The counts of days until and with `last`, over all sources, checks and teams.
pub(in super::super) async fn by_severity(
    db: &mut PgConnection,
    scope: &Scope,
    periods: &Periods,
) -> Result<Vec<DayRow>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT greatest(day, $2::date) AS "day!", severity,
                  sum(opened)::bigint AS "opened!", sum(reopened)::bigint AS "reopened!", sum(closed)::bigint AS "closed!",
                  sum(departed)::bigint AS "departed!", sum(shifted)::bigint AS "shifted!"
           FROM findings_daily
           WHERE zone_id = $1 AND day <= $3 AND cluster_id = ANY($4) AND ($5::smallint[] IS NULL OR severity = ANY($5))
           GROUP BY 1, 2"#,
        periods.zone.id,
        before(periods),
        periods.last_day(),
        &scope.ids,
        scope.severities.as_deref(),
    )
    .map(|row| DayRow {
        day: row.day,
        key: row.severity.to_string(),
        counts: DayCounts {
            opened: row.opened,
            reopened: row.reopened,
            closed: row.closed,
            departed: row.departed,
            shifted: row.shifted,
        },
    })
    .fetch_all(db)
    .await
}

/// The counts of days until and with `last`, by what they are divided by.
pub(in super::super) async fn by_key(
    db: &mut PgConnection,
    scope: &Scope,
    by: TrendBy,
    periods: &Periods,
) -> Result<Vec<DayRow>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT greatest(day, $2::date) AS "day!",
                  CASE $8::text WHEN 'cluster' THEN cluster_id::text WHEN 'source' THEN source
                                WHEN 'control' THEN check_id ELSE severity::text END AS "key!",
                  sum(opened)::bigint AS "opened!", sum(reopened)::bigint AS "reopened!", sum(closed)::bigint AS "closed!",
                  sum(departed)::bigint AS "departed!", sum(shifted)::bigint AS "shifted!"
           FROM findings_daily_by_check
           WHERE zone_id = $1 AND day <= $3 AND cluster_id = ANY($4) AND ($5::smallint[] IS NULL OR severity = ANY($5))
             AND ($6::text[] IS NULL OR source = ANY($6)) AND ($7::text[] IS NULL OR check_id = ANY($7))
           GROUP BY 1, 2"#,
        periods.zone.id,
        before(periods),
        periods.last_day(),
        &scope.ids,
        scope.severities.as_deref(),
        scope.sources.as_deref(),
        scope.checks.as_deref(),
        by.as_str(),
    )
    .map(|row| DayRow {
        day: row.day,
        key: row.key,
        counts: DayCounts {
            opened: row.opened,
            reopened: row.reopened,
            closed: row.closed,
            departed: row.departed,
            shifted: row.shifted,
        },
    })
    .fetch_all(db)
    .await
}

fn before(periods: &Periods) -> NaiveDate {
    let first = periods.first_day();
    first.checked_sub_days(Days::new(1)).unwrap_or(first)
}

/// Open findings as of an instant, by the same keys.
pub(in super::super) async fn open_at(
    db: &mut PgConnection,
    scope: &Scope,
    by: TrendBy,
    at: Instant,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let there: Vec<uuid::Uuid> = scope.clusters.iter().filter(|it| it.is_there(at)).map(|it| it.id).collect();
    sqlx::query!(
        r#"SELECT CASE $6::text WHEN 'cluster' THEN cluster_id::text WHEN 'source' THEN source
                                WHEN 'control' THEN check_id ELSE severity::text END AS "key!",
                  sum(findings)::bigint AS "findings!"
           FROM open_findings_as_of($1)
           WHERE cluster_id = ANY($2) AND ($3::smallint[] IS NULL OR severity = ANY($3))
             AND ($4::text[] IS NULL OR source = ANY($4)) AND ($5::text[] IS NULL OR check_id = ANY($5))
           GROUP BY 1"#,
        at,
        &there,
        scope.severities.as_deref(),
        scope.sources.as_deref(),
        scope.checks.as_deref(),
        by.as_str(),
    )
    .map(|row| (row.key, row.findings))
    .fetch_all(db)
    .await
}

/// How many clusters were judged on each day of the periods.
pub(in super::super) async fn observed(
    db: &mut PgConnection,
    scope: &Scope,
    periods: &Periods,
) -> Result<HashMap<NaiveDate, i64>, sqlx::Error> {
    let mut observed = on_days(db, scope, periods.zone, (periods.first_day(), periods.last_day())).await?;
    if let Some(day) = periods.unfinished() {
        // What was judged later on the day was not known at the instant asked for.
        let clusters = between(db, scope, periods.zone.start_of(day), periods.end()).await?;
        observed.insert(day, clusters);
    }
    Ok(observed)
}

/// How many clusters were judged from one instant until just before another. Where the scan log was dropped, its runs tell: a
/// run of scans that were judged, of which one ended in between.
async fn between(db: &mut PgConnection, scope: &Scope, from: Instant, to: Instant) -> Result<i64, sqlx::Error> {
    let all = || Source::ALL.iter().map(|source| source.as_str().to_owned()).collect();
    let sources: Vec<String> = scope.sources.clone().unwrap_or_else(all);
    let dropped = retention::retained_from(&mut *db, Class::ScanLog).await?;
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "clusters!" FROM UNNEST($1::uuid[]) AS c (id)
           WHERE EXISTS (
               SELECT FROM UNNEST($2::text[]) AS s (source)
               JOIN scan n ON n.cluster_id = c.id AND n.source = s.source AND n.digest IS NOT NULL
                          AND n.recorded_at >= $3 AND n.recorded_at < $4
           ) OR EXISTS (
               SELECT FROM scan_run r
               WHERE r.cluster_id = c.id AND r.source = ANY($2) AND r.judged AND r.day < $5
                 AND r.day BETWEEN ($3::timestamptz AT TIME ZONE 'UTC')::date AND ($4::timestamptz AT TIME ZONE 'UTC')::date
                 AND (r.first_at >= $3 AND r.first_at < $4 OR r.last_at >= $3 AND r.last_at < $4
                      OR r.first_at < $3 AND r.last_at >= $4
                         AND $4::timestamptz - $3::timestamptz > r.longest_gap * interval '1 microsecond')
           )"#,
        &scope.ids,
        &sources,
        from,
        to,
        dropped.map(|dropped| dropped.date_naive()),
    )
    .fetch_one(db)
    .await
}

async fn on_days(
    db: &mut PgConnection,
    scope: &Scope,
    zone: Zone,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<HashMap<NaiveDate, i64>, sqlx::Error> {
    let Some(sources) = scope.sources.as_deref() else {
        let rows = sqlx::query!(
            r#"SELECT day, count(*) AS "clusters!" FROM cluster_observed_day
               WHERE zone_id = $1 AND day BETWEEN $2 AND $3 AND cluster_id = ANY($4)
               GROUP BY day"#,
            zone.id,
            first,
            last,
            &scope.ids,
        );
        return Ok(rows.fetch_all(db).await?.into_iter().map(|row| (row.day, row.clusters)).collect());
    };
    let rows = sqlx::query!(
        r#"SELECT day, count(DISTINCT cluster_id) AS "clusters!" FROM observed_day
           WHERE zone_id = $1 AND day BETWEEN $2 AND $3 AND cluster_id = ANY($4) AND source = ANY($5)
           GROUP BY day"#,
        zone.id,
        first,
        last,
        &scope.ids,
        sources,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| (row.day, row.clusters)).collect())
}
