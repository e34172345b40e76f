//! The overview: themes by clusters, open findings, and the last 30 days.

use super::{evidence::Evidence, status, store};
use crate::clusters;
use chrono::{Days, NaiveTime, TimeDelta};
use model::{
    Instant,
    catalogue::Theme,
    severity::Severity,
    views::{ControlStatus, Overview, ThemeCell, ThemeRow, TrendPoint},
};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Days of the trend, the one of the instant asked for included.
const TREND_DAYS: u64 = 30;

/// Everything at an instant, over all clusters.
pub async fn overview(db: &mut PgConnection, at: Instant) -> Result<Overview, sqlx::Error> {
    let evidence = Evidence::load(db, at, &[]).await?;
    let controls = status::of_evidence(&evidence);
    let mut open: BTreeMap<Severity, i64> = BTreeMap::new();
    for count in evidence.open() {
        *open.entry(count.severity).or_default() += count.findings;
    }
    Ok(Overview {
        at,
        clusters: clusters::of_evidence(&evidence),
        themes: Theme::ALL.iter().map(|theme| theme_row(*theme, &controls, evidence.clusters.len())).collect(),
        acknowledged: evidence.open_findings(|count| count.acknowledged),
        trend: trend(db, &evidence, &open).await?,
        open,
    })
}

fn theme_row(theme: Theme, controls: &[ControlStatus], clusters: usize) -> ThemeRow {
    let mut all = ThemeCell { states: BTreeMap::new() };
    let mut cells = vec![all.clone(); clusters];
    for control in controls.iter().filter(|control| control.theme == theme) {
        *all.states.entry(control.assessment.state).or_default() += 1;
        for (cell, state) in cells.iter_mut().zip(&control.clusters) {
            *cell.states.entry(*state).or_default() += 1;
        }
    }
    ThemeRow { theme, all, clusters: cells }
}

/// Now from the evidence, the end of yesterday from the rollup as of then, and each day before by what the days changed:
/// a row a day is read, not a row a change.
async fn trend(
    db: &mut PgConnection,
    evidence: &Evidence,
    open: &BTreeMap<Severity, i64>,
) -> Result<Vec<TrendPoint>, sqlx::Error> {
    let ids: Vec<uuid::Uuid> = evidence.clusters.iter().map(|row| row.id).collect();
    let ends = day_ends(evidence.at);
    let (Some(first), Some(yesterday)) = (ends.first(), ends.last()) else {
        return Ok(Vec::new());
    };
    let days = store::observed_days(db, &ids, first.date_naive(), evidence.at.date_naive()).await?;
    let point = |at: Instant, open: BTreeMap<Severity, i64>| TrendPoint {
        at,
        open,
        observed: days.get(&at.date_naive()).copied().unwrap_or(0),
        clusters: i64::try_from(ids.len()).unwrap_or(i64::MAX),
    };
    let mut points = vec![point(evidence.at, open.clone())];
    let mut counts: BTreeMap<Severity, i64> =
        store::open_by_severity(db, &ids, *yesterday).await?.into_iter().collect();
    let changes = store::daily_changes(db, &ids, first.date_naive(), yesterday.date_naive()).await?;
    for end in ends.iter().rev() {
        let open =
            counts.iter().filter(|(_, count)| **count != 0).map(|(severity, count)| (*severity, *count)).collect();
        points.push(point(*end, open));
        for (_, severity, net) in changes.iter().filter(|(day, ..)| *day == end.date_naive()) {
            *counts.entry(*severity).or_default() -= net;
        }
    }
    points.reverse();
    Ok(points)
}

/// The ends of the days before the instant's own in UTC, oldest first: with the instant itself a point for every day.
fn day_ends(at: Instant) -> Vec<Instant> {
    let today = at.with_time(NaiveTime::MIN).single().unwrap_or(at);
    let midnights = (0..TREND_DAYS - 1).rev().filter_map(|days| today.checked_sub_days(Days::new(days)));
    // The last microsecond of a day, so that the point carries that day's date.
    midnights.map(|midnight| midnight - TimeDelta::microseconds(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, TimeZone, Utc};

    #[test]
    fn the_days_before_end_just_before_midnight() {
        let at = Utc.with_ymd_and_hms(2026, 3, 2, 9, 30, 0).single().expect("a valid instant");
        let days = day_ends(at);
        assert_eq!(days.len(), 29);
        assert!(days.windows(2).all(|pair| pair[0] < pair[1] && pair[0].ordinal() != pair[1].ordinal()));
        assert_eq!((days[28].month(), days[28].day()), (3, 1));
    }
}
