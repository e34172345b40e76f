//! Loading a trend.

use super::{
    age, controls, deadlines, flow, open,
    periods::{Period, Periods},
    scope::Scope,
    store::{self, teams},
    times,
};
use crate::{
    days,
    error::{Error, Result},
    retention::{self, Class},
};
use chrono::NaiveDate;
use model::{
    Instant,
    ids::ControlId,
    trends::{TrendBy, TrendQuery, TrendShow},
    views::{Trend, TrendChart, TrendColumn, TrendFamily, TrendPanel, TrendPeriod, TrendUnit},
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Columns with their values, and the charts of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    columns: Vec<(TrendColumn, Vec<Option<i64>>)>,
    panels: Vec<TrendPanel>,
}

impl Columns {
    /// Adds a column; answers its place.
    pub(super) fn add(&mut self, family: TrendFamily, key: &str, unit: TrendUnit, values: Vec<Option<i64>>) -> usize {
        self.columns.push((TrendColumn { family, key: key.to_owned(), unit }, values));
        self.columns.len() - 1
    }

    /// Adds a chart of the columns at some places; none of no column.
    pub(super) fn panel(&mut self, key: &str, chart: TrendChart, columns: Vec<usize>) {
        if !columns.is_empty() {
            self.panels.push(TrendPanel { key: key.to_owned(), chart, columns });
        }
    }
}

/// What a query asks for, as was known at an instant.
///
/// # Errors
/// A period that cannot be, something that is not there, or a filter that says nothing of what is shown is refused with a
/// sentence that says so.
pub async fn load(db: &mut PgConnection, query: &TrendQuery, at: Instant) -> Result<Trend> {
    load_of(db, query, query.control.as_slice(), at).await
}

/// The same for several controls (all where there are none) instead of the one that the query names.
///
/// # Errors
/// As [`load`].
pub(crate) async fn load_of(db: &mut PgConnection, query: &TrendQuery, of: &[ControlId], at: Instant) -> Result<Trend> {
    if let Some((name, value)) = query.not_applicable().first() {
        let value: String = value.chars().take(100).collect();
        return Err(Error::Invalid { key: "error-trend-filter", value: format!("{name}={value}") });
    }
    let zone = days::as_of(db, at).await?;
    let periods = Periods::of(query, zone, at)?;
    let scope = Scope::of(db, query, of, at).await?;
    let mut has_deadlines = true;
    let columns = match query.show {
        TrendShow::Open => open::columns(db, &scope, query.by, &periods).await?,
        TrendShow::Flow => flow::columns(db, &only_of_team(query, &scope), &periods).await?,
        TrendShow::Times => times::columns(db, &only_of_team(query, &scope), &periods).await?,
        TrendShow::Age => age::columns(db, &only_of_team(query, &scope), &periods).await?,
        TrendShow::Controls => controls::columns(db, &scope, of, &periods).await?,
        TrendShow::Sla => {
            let (columns, any) = deadlines::columns(db, &only_of_team(query, &scope), &periods).await?;
            has_deadlines = any;
            columns
        }
    };
    let observed = store::daily::observed(db, &scope, &periods).await?;
    // Asked last: what was dropped while the rest was read is not told either.
    let lost = Lost::of(db, query.show, at).await?;
    Ok(Trend {
        show: query.show,
        by: query.by,
        step: periods.step,
        time_zone: zone.time_zone.name().to_owned(),
        first: periods.first_day(),
        last: periods.last_day(),
        retained_from: lost.findings.max(lost.states),
        periods: rows(&columns, &scope, &periods, &observed, &lost),
        columns: columns.columns.into_iter().map(|(column, _)| column).collect(),
        panels: columns.panels,
        has_deadlines,
        teams: teams::teams(db, &scope.ids, at).await?,
    })
}

/// Only open findings are divided by anything: elsewhere a team counts only where one is named.
fn only_of_team(query: &TrendQuery, scope: &Scope) -> Scope {
    if query.by == TrendBy::Team && query.team.is_none() { scope.of_any_team() } else { scope.clone() }
}

/// What is not retained of a trend.
struct Lost {
    /// The instant before which no finding is left.
    findings: Option<Instant>,
    /// The instant before which states cannot be told, where the trend is of states: they rest on the scan log as well.
    states: Option<Instant>,
    /// Whether nothing is left that tells who looked on the day of the instant asked for.
    unlooked: bool,
}

impl Lost {
    async fn of(db: &mut PgConnection, show: TrendShow, at: Instant) -> Result<Self> {
        let states = match show {
            TrendShow::Controls => retention::retained_from(db, Class::ScanLog).await?,
            TrendShow::Open | TrendShow::Flow | TrendShow::Times | TrendShow::Age | TrendShow::Sla => None,
        };
        Ok(Self {
            findings: retention::retained_from(db, Class::Findings).await?,
            states,
            unlooked: unlooked_until(db).await?.is_some_and(|until| at < until),
        })
    }

    /// Whether a period cannot be told: what happens within it needs all of it, a state is that of its end.
    fn has(&self, period: &Period) -> bool {
        self.findings.is_some_and(|from| period.start < from) || self.states.is_some_and(|from| period.until() < from)
    }
}

/// The instant before which neither the scan log nor its runs are left.
async fn unlooked_until(db: &mut PgConnection) -> Result<Option<Instant>> {
    let log = retention::retained_from(db, Class::ScanLog).await?;
    let runs = retention::retained_from(db, Class::Coverage).await?;
    Ok(log.zip(runs).map(|(log, runs)| log.min(runs)))
}

fn rows(
    columns: &Columns,
    scope: &Scope,
    periods: &Periods,
    observed: &HashMap<NaiveDate, i64>,
    lost: &Lost,
) -> Vec<TrendPeriod> {
    let row = |(place, period): (usize, &Period)| {
        let days = || period.first.iter_days().take_while(|day| *day <= period.last);
        let seen = |day: &NaiveDate| observed.get(day).copied().unwrap_or(0);
        let unlooked = lost.unlooked && periods.unfinished() == Some(period.last);
        let not_retained = unlooked || lost.has(period);
        let value = |values: &Vec<Option<i64>>| values.get(place).copied().flatten().filter(|_| !not_retained);
        TrendPeriod {
            first: period.first,
            last: period.last,
            until: period.until(),
            days: period.days(),
            days_observed: i64::try_from(days().filter(|day| seen(day) > 0).count()).unwrap_or(i64::MAX),
            observed: days().map(|day| seen(&day)).sum(),
            clusters: days().map(|day| scope.clusters_on(periods, day)).sum(),
            not_retained,
            values: columns.columns.iter().map(|(_, values)| value(values)).collect(),
        }
    };
    periods.all.iter().enumerate().map(row).collect()
}
