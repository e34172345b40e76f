//! What each day did to the number of open findings, kept with the write that does it.

use crate::days::Zone;
use model::{Instant, ids::ClusterId};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// What findings of a cluster's source are counted by on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DayKey {
    /// The check.
    pub(crate) check: String,
    /// The rank of the severity.
    pub(crate) severity: i16,
}

/// What was done to the number of open findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DayCounts {
    /// Seen for the first time.
    pub(crate) opened: i64,
    /// Failing again.
    pub(crate) reopened: i64,
    /// Seen fixed.
    pub(crate) closed: i64,
    /// Open when their cluster left.
    pub(crate) departed: i64,
    /// Came from another severity, less those that went to another.
    pub(crate) shifted: i64,
}

impl std::ops::AddAssign for DayCounts {
    fn add_assign(&mut self, other: Self) {
        self.opened += other.opened;
        self.reopened += other.reopened;
        self.closed += other.closed;
        self.departed += other.departed;
        self.shifted += other.shifted;
    }
}

/// Adds to the rows of the day that `at` is in; the caller holds the source's lock.
///
/// Rows are touched in one order, so that two sources of a cluster never wait for each other in a ring.
pub(crate) async fn add(
    db: &mut PgConnection,
    zone: Zone,
    cluster: ClusterId,
    source: &str,
    counts: &BTreeMap<DayKey, DayCounts>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let changed: Vec<(&DayKey, &DayCounts)> =
        counts.iter().filter(|(_, counts)| **counts != DayCounts::default()).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let checks: Vec<String> = changed.iter().map(|(key, _)| key.check.clone()).collect();
    let severities: Vec<i16> = changed.iter().map(|(key, _)| key.severity).collect();
    let [opened, reopened, closed, departed, shifted] = columns(changed.iter().map(|(_, counts)| **counts));
    sqlx::query!(
        r"INSERT INTO findings_daily_by_check AS d (zone_id, day, cluster_id, source, check_id, severity,
                                                    opened, reopened, closed, departed, shifted)
          SELECT $1, $2, $3, $4, n.* FROM UNNEST($5::text[], $6::smallint[], $7::bigint[], $8::bigint[], $9::bigint[],
                                                 $10::bigint[], $11::bigint[]) AS n
          ON CONFLICT (zone_id, day, cluster_id, source, check_id, severity) DO UPDATE
          SET opened = d.opened + excluded.opened, reopened = d.reopened + excluded.reopened,
              closed = d.closed + excluded.closed, departed = d.departed + excluded.departed,
              shifted = d.shifted + excluded.shifted",
        zone.id,
        zone.day_of(at),
        cluster.0,
        source,
        &checks,
        &severities,
        &opened,
        &reopened,
        &closed,
        &departed,
        &shifted,
    )
    .execute(&mut *db)
    .await?;
    let mut by_severity: BTreeMap<i16, DayCounts> = BTreeMap::new();
    for (key, counts) in changed {
        *by_severity.entry(key.severity).or_default() += *counts;
    }
    add_over_all_checks(db, zone, cluster, &by_severity, at).await
}

async fn add_over_all_checks(
    db: &mut PgConnection,
    zone: Zone,
    cluster: ClusterId,
    by_severity: &BTreeMap<i16, DayCounts>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let severities: Vec<i16> = by_severity.keys().copied().collect();
    let [opened, reopened, closed, departed, shifted] = columns(by_severity.values().copied());
    sqlx::query!(
        r"INSERT INTO findings_daily AS d (zone_id, day, cluster_id, severity, opened, reopened, closed, departed, shifted)
          SELECT $1, $2, $3, n.* FROM UNNEST($4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
                                             $9::bigint[]) AS n
          ON CONFLICT (zone_id, day, cluster_id, severity) DO UPDATE
          SET opened = d.opened + excluded.opened, reopened = d.reopened + excluded.reopened,
              closed = d.closed + excluded.closed, departed = d.departed + excluded.departed,
              shifted = d.shifted + excluded.shifted",
        zone.id,
        zone.day_of(at),
        cluster.0,
        &severities,
        &opened,
        &reopened,
        &closed,
        &departed,
        &shifted,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One column of many rows each, as UNNEST takes them.
fn columns(rows: impl Iterator<Item = DayCounts>) -> [Vec<i64>; 5] {
    let mut columns: [Vec<i64>; 5] = Default::default();
    for row in rows {
        let values = [row.opened, row.reopened, row.closed, row.departed, row.shifted];
        for (column, value) in columns.iter_mut().zip(values) {
            column.push(value);
        }
    }
    columns
}

/// The findings of a cluster's source that are open now, by what days count them by.
pub(crate) async fn open(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: &str,
) -> Result<BTreeMap<DayKey, i64>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT check_id, severity, sum(findings)::bigint AS "findings!"
           FROM open_findings WHERE cluster_id = $1 AND source = $2 AND valid_to IS NULL
           GROUP BY check_id, severity"#,
        cluster.0,
        source,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (DayKey { check: row.check_id, severity: row.severity }, row.findings)).collect())
}
