//! The overview: themes by clusters, open findings, and the last 30 days.

use super::{evidence::Evidence, status};
use crate::{clusters, error::Result, trends};
use model::{
    Instant,
    catalogue::Theme,
    severity::Severity,
    trends::TrendQuery,
    views::{ControlStatus, Overview, ThemeCell, ThemeRow, TrendPeriod, TrendPoint},
};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Everything at an instant, over all clusters.
pub async fn overview(db: &mut PgConnection, at: Instant) -> Result<Overview> {
    let evidence = Evidence::load(db, at, &[]).await?;
    let controls = status::of_evidence(&evidence);
    let mut open: BTreeMap<Severity, i64> = BTreeMap::new();
    for count in evidence.open() {
        *open.entry(count.severity).or_default() += count.findings;
    }
    Ok(Overview {
        at,
        clusters: clusters::of_evidence(&evidence),
        states_retained_from: evidence.states_retained_from(),
        themes: Theme::ALL.iter().map(|theme| theme_row(*theme, &controls, evidence.clusters.len())).collect(),
        accepted: evidence.accepted_findings(),
        acknowledged: evidence.open_findings(|count| count.acknowledged),
        trend: trend(db, at).await?,
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

/// Open findings by severity on the last 30 days, as the page of trends tells them.
async fn trend(db: &mut PgConnection, at: Instant) -> Result<Vec<TrendPoint>> {
    let trend = trends::load(db, &TrendQuery::default(), at).await?;
    let open = |period: &TrendPeriod| {
        let known = trend.columns.iter().zip(&period.values);
        let counts = known.filter_map(|(column, value)| Some((column.key.parse().ok()?, (*value)?)));
        counts.filter(|(_, count)| *count != 0).collect()
    };
    let point = |period: &TrendPeriod| TrendPoint {
        day: period.first,
        at: period.until,
        open: open(period),
        observed: period.observed,
        clusters: period.clusters,
        not_retained: period.not_retained,
    };
    Ok(trend.periods.iter().map(point).collect())
}
