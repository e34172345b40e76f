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
        open,
        acknowledged: evidence.open_findings(|count| count.acknowledged),
        trend: trend(db, &evidence).await?,
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

async fn trend(db: &mut PgConnection, evidence: &Evidence) -> Result<Vec<TrendPoint>, sqlx::Error> {
    let instants = day_ends(evidence.at);
    let ids: Vec<uuid::Uuid> = evidence.clusters.iter().map(|row| row.id).collect();
    let mut points: BTreeMap<Instant, BTreeMap<Severity, i64>> =
        instants.iter().map(|at| (*at, BTreeMap::new())).collect();
    for (at, severity, findings) in store::trend(db, &ids, &instants).await? {
        points.entry(at).or_default().insert(severity, findings);
    }
    Ok(points.into_iter().map(|(at, open)| TrendPoint { at, open }).collect())
}

/// The ends of the last days in UTC, oldest first, and the instant itself as the last.
fn day_ends(at: Instant) -> Vec<Instant> {
    let today = at.with_time(NaiveTime::MIN).single().unwrap_or(at);
    // The last microsecond of a day, so that the point carries that day's date.
    let ends = (0..TREND_DAYS - 1).rev().filter_map(|days| today.checked_sub_days(Days::new(days)));
    ends.map(|midnight| midnight - TimeDelta::microseconds(1)).chain([at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, TimeZone, Utc};

    #[test]
    fn the_trend_has_a_point_for_every_day_and_ends_with_the_instant() {
        let at = Utc.with_ymd_and_hms(2026, 3, 2, 9, 30, 0).single().expect("a valid instant");
        let days = day_ends(at);
        assert_eq!(days.len(), 30);
        assert_eq!(days.last(), Some(&at));
        assert!(days.windows(2).all(|pair| pair[0] < pair[1] && pair[0].ordinal() != pair[1].ordinal()));
        assert_eq!((days[28].month(), days[28].day()), (3, 1));
    }
}
