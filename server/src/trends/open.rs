//! Open findings at the end of each period.

use super::{
    load::Columns,
    periods::Periods,
    scope::Scope,
    spans::{self, Series, add},
    store::{self, daily::DayRow, spans::Needs},
};
use model::{
    catalogue::Catalogue,
    ids::CheckId,
    severity::Severity,
    trends::TrendBy,
    views::{TrendChart, TrendFamily, TrendUnit},
};
use sqlx::PgConnection;

/// The columns, in the order in which they are drawn.
pub(super) async fn columns(
    db: &mut PgConnection,
    scope: &Scope,
    by: TrendBy,
    periods: &Periods,
) -> Result<Columns, sqlx::Error> {
    let series = if by == TrendBy::Team {
        by_team(db, scope, periods).await?
    } else if scope.by_team {
        let spans = store::spans::overlapping(db, scope, periods, Needs::Edges).await?;
        return Ok(columns_of(
            spans::open(&spans, periods, |span| span.severity.rank().to_string()),
            TrendBy::Severity,
            scope,
        ));
    } else {
        counted(db, scope, by, periods).await?
    };
    Ok(columns_of(series, by, scope))
}

/// From the counts of days, and as of the instant asked for where the last day goes on after it.
async fn counted(
    db: &mut PgConnection,
    scope: &Scope,
    by: TrendBy,
    periods: &Periods,
) -> Result<Series<String>, sqlx::Error> {
    let mut open = Series::new();
    for (key, row) in
        days(db, scope, by, periods).await?.iter().flat_map(|row| keys(by, &row.key).map(move |key| (key, row)))
    {
        let from = periods.of_day(row.day).unwrap_or(0);
        let c = row.counts;
        let net = c.opened + c.reopened - c.closed - c.departed + c.shifted;
        add(&mut open, key, periods, from..periods.all.len(), net);
    }
    if periods.unfinished().is_some() {
        let last = periods.all.len() - 1..periods.all.len();
        for values in open.values_mut() {
            values[last.clone()].fill(0);
        }
        for (key, findings) in store::daily::open_at(db, scope, by, periods.at).await? {
            for key in keys(by, &key) {
                add(&mut open, key, periods, last.clone(), findings);
            }
        }
    }
    Ok(open)
}

/// The rows of days to read: the narrow ones where nothing is asked that only the wide ones know.
pub(super) async fn days(
    db: &mut PgConnection,
    scope: &Scope,
    by: TrendBy,
    periods: &Periods,
) -> Result<Vec<DayRow>, sqlx::Error> {
    if by == TrendBy::Severity && scope.sources.is_none() && scope.checks.is_none() {
        store::daily::by_severity(db, scope, periods).await
    } else {
        store::daily::by_key(db, scope, by, periods).await
    }
}

/// The columns that a key counts in: a check's is that of every control that it speaks to.
fn keys(by: TrendBy, key: &str) -> Box<dyn Iterator<Item = String>> {
    if by != TrendBy::Control {
        return Box::new(std::iter::once(key.to_owned()));
    }
    let check = Catalogue::current().check(&CheckId::from(key));
    Box::new(check.into_iter().flat_map(|check| check.controls.iter().map(|edge| edge.control.0.clone())))
}

/// By the team of the namespace at the end of each period; what is in none of a team's is under the empty key.
async fn by_team(db: &mut PgConnection, scope: &Scope, periods: &Periods) -> Result<Series<String>, sqlx::Error> {
    let spans = store::spans::overlapping(db, scope, periods, Needs::Edges).await?;
    let mut teams = spans::open(&spans, periods, |span| span.team.clone());
    if scope.team.is_none() {
        let mut none = vec![0; periods.all.len()];
        for values in counted(db, &scope.of_any_team(), TrendBy::Severity, periods).await?.values() {
            none.iter_mut().zip(values).for_each(|(none, all)| *none += all);
        }
        for values in teams.values() {
            none.iter_mut().zip(values).for_each(|(none, team)| *none -= team);
        }
        teams.insert(String::new(), none);
    }
    Ok(teams)
}

fn columns_of(mut series: Series<String>, by: TrendBy, scope: &Scope) -> Columns {
    let mut columns = Columns::default();
    let family = match by {
        TrendBy::Severity => TrendFamily::Severity,
        TrendBy::Cluster => TrendFamily::Cluster,
        TrendBy::Source => TrendFamily::Source,
        TrendBy::Control => TrendFamily::Control,
        TrendBy::Team => TrendFamily::Team,
    };
    let chart = if by == TrendBy::Control { TrendChart::Lines } else { TrendChart::Stacked };
    if by == TrendBy::Cluster {
        series = named(series, scope);
    }
    series.retain(|_, values| values.iter().any(|value| *value != 0));
    let mut series: Vec<(String, Vec<i64>)> = series.into_iter().collect();
    match by {
        // Worst first; ranks are one digit.
        TrendBy::Severity => series.reverse(),
        TrendBy::Control => {
            let place = |id: &str| Catalogue::current().controls().iter().position(|control| control.id.as_str() == id);
            series.sort_by_key(|(key, _)| place(key));
        }
        TrendBy::Cluster | TrendBy::Source | TrendBy::Team => {}
    }
    let places = series.into_iter().map(|(key, values)| {
        let key = if by == TrendBy::Severity { severity(&key).as_str().to_owned() } else { key };
        columns.add(family, &key, TrendUnit::Count, values.into_iter().map(Some).collect())
    });
    let places = places.collect();
    columns.panel("open", chart, places);
    columns
}

/// By name: a cluster that left and came back is one line.
fn named(series: Series<String>, scope: &Scope) -> Series<String> {
    let mut named: Series<String> = Series::new();
    for (id, values) in series {
        let Some(cluster) = scope.clusters.iter().find(|cluster| cluster.id.to_string() == id) else { continue };
        let sums = named.entry(cluster.name.clone()).or_insert_with(|| vec![0; values.len()]);
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
    }
    named
}

fn severity(rank: &str) -> Severity {
    Severity::from(rank.parse::<i16>().unwrap_or_default())
}
