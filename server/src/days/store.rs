//! The SQL of zones and their days.

use super::Zone;
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use model::Instant;
use sqlx::PgConnection;

fn zone(id: i16, name: &str) -> Result<Zone, sqlx::Error> {
    let time_zone: Tz = name
        .parse()
        .map_err(|_| sqlx::Error::Decode(format!("\"{name}\" is no time zone that is known here").into()))?;
    Ok(Zone { id, time_zone })
}

/// The zone that days are counted by now. Within a writer's transaction it stays so until that ends.
pub(crate) async fn current(db: &mut PgConnection) -> Result<Zone, sqlx::Error> {
    let row = sqlx::query!("SELECT id, time_zone FROM day_zone ORDER BY valid_from DESC LIMIT 1").fetch_one(db).await?;
    zone(row.id, &row.time_zone)
}

/// The zone that days were counted by at an instant.
pub async fn as_of(db: &mut PgConnection, at: Instant) -> Result<Zone, sqlx::Error> {
    let row = sqlx::query!(
        r"SELECT id, time_zone FROM day_zone
          WHERE valid_from <= greatest($1, (SELECT min(valid_from) FROM day_zone))
          ORDER BY valid_from DESC LIMIT 1",
        at
    )
    .fetch_one(db)
    .await?;
    zone(row.id, &row.time_zone)
}

/// Adds a zone; answers since when it holds, which is after the one before.
pub(super) async fn insert(db: &mut PgConnection, zone: Zone, at: Instant) -> Result<Instant, sqlx::Error> {
    let newest =
        sqlx::query_scalar!(r#"SELECT max(valid_from) AS "newest!" FROM day_zone"#).fetch_one(&mut *db).await?;
    let at = at.max(newest + TimeDelta::microseconds(1));
    sqlx::query!(
        "INSERT INTO day_zone (id, time_zone, valid_from) VALUES ($1, $2, $3)",
        zone.id,
        zone.time_zone.name(),
        at
    )
    .execute(db)
    .await?;
    Ok(at)
}

/// The first and the last day of a zone on which something was judged; `None` where nothing ever was.
pub(super) async fn span(db: &mut PgConnection, zone: Zone) -> Result<Option<(NaiveDate, NaiveDate)>, sqlx::Error> {
    let row = sqlx::query!("SELECT min(day) AS first, max(day) AS last FROM observed_day WHERE zone_id = $1", zone.id)
        .fetch_one(db)
        .await?;
    Ok(row.first.zip(row.last))
}

/// Counts the days of a zone from the edges of all intervals, and finds on which of them which source was judged: a day
/// of another zone lies within the day of the same date, the one before and the one after.
pub(super) async fn fill(
    db: &mut PgConnection,
    before: Zone,
    zone: Zone,
    days: &[NaiveDate],
    starts: &[Instant],
    ends: &[Instant],
) -> Result<(), sqlx::Error> {
    sqlx::query!(r#"SELECT fill_findings_daily($1, $2, $3)::text AS "done""#, zone.id, days, starts)
        .fetch_one(&mut *db)
        .await?;
    sqlx::query!(
        r"INSERT INTO observed_day (zone_id, day, cluster_id, source)
          SELECT DISTINCT $2::smallint, d.day, o.cluster_id, o.source
          FROM observed_day o
          CROSS JOIN generate_series(-1, 1) AS n (shift)
          JOIN UNNEST($3::date[], $4::timestamptz[], $5::timestamptz[]) AS d (day, starts, ends) ON d.day = o.day + n.shift
          WHERE o.zone_id = $1 AND EXISTS (
              SELECT FROM scan s
              WHERE s.cluster_id = o.cluster_id AND s.source = o.source AND s.digest IS NOT NULL
                AND s.recorded_at >= d.starts AND s.recorded_at < d.ends
          ) OR o.zone_id = $1 AND EXISTS (
              -- Of a day whose scans were dropped, its runs tell.
              SELECT FROM scan_run r
              WHERE r.cluster_id = o.cluster_id AND r.source = o.source AND r.judged
                AND r.day BETWEEN o.day - 1 AND o.day + 1 AND r.first_at < d.ends AND r.last_at >= d.starts
          )",
        before.id,
        zone.id,
        days,
        starts,
        ends,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r"INSERT INTO cluster_observed_day (zone_id, day, cluster_id)
          SELECT DISTINCT zone_id, day, cluster_id FROM observed_day WHERE zone_id = $1",
        zone.id,
    )
    .execute(db)
    .await?;
    Ok(())
}
