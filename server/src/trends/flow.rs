//! What came and went within each period. Open at its end is open at its beginning, and what these add up to.

use super::{
    load::Columns,
    open,
    periods::Periods,
    scope::Scope,
    spans::{Begins, Ends, Series, Span, add, add_at},
    store::{self, spans::Needs},
};
use crate::history::DayCounts;
use model::{
    trends::TrendBy,
    views::{TrendChart, TrendFamily, TrendUnit},
};
use sqlx::PgConnection;

/// The columns and what each adds to the open findings.
const COLUMNS: [&str; 5] = ["opened", "reopened", "closed", "departed", "shifted"];

/// The columns, in that order.
pub(super) async fn columns(db: &mut PgConnection, scope: &Scope, periods: &Periods) -> Result<Columns, sqlx::Error> {
    let flow = if scope.by_team {
        of_spans(&store::spans::overlapping(db, scope, periods, Needs::Edges).await?, periods)
    } else {
        counted(db, scope, periods).await?
    };
    let mut columns = Columns::default();
    let mut places = Vec::new();
    for key in COLUMNS {
        let values = flow.get(key).cloned().unwrap_or_else(|| vec![0; periods.all.len()]);
        places.push(columns.add(TrendFamily::Trend, key, TrendUnit::Count, values.into_iter().map(Some).collect()));
    }
    columns.panel("opened", TrendChart::Stacked, places[..2].to_vec());
    columns.panel("closed", TrendChart::Stacked, places[2..3].to_vec());
    Ok(columns)
}

async fn counted(db: &mut PgConnection, scope: &Scope, periods: &Periods) -> Result<Series<&'static str>, sqlx::Error> {
    let unfinished = periods.unfinished();
    let mut flow = Series::new();
    let mut open = 0;
    for row in open::days(db, scope, TrendBy::Severity, periods).await? {
        if Some(row.day) == unfinished {
            continue;
        }
        let c = row.counts;
        open += c.opened + c.reopened - c.closed - c.departed + c.shifted;
        if let Some(place) = periods.of_day(row.day) {
            add_counts(&mut flow, periods, place, row.counts);
        }
    }
    if let Some(day) = unfinished {
        // The day's counts go on after the instant asked for: what happened until then is in the edges alone.
        let mut counts = store::spans::happened(db, scope, periods.zone.start_of(day), periods.end()).await?;
        let now: i64 =
            store::daily::open_at(db, scope, TrendBy::Severity, periods.at).await?.iter().map(|(_, n)| n).sum();
        counts.shifted = now - open - counts.opened - counts.reopened + counts.closed + counts.departed;
        add_counts(&mut flow, periods, periods.all.len() - 1, counts);
    }
    Ok(flow)
}

fn add_counts(flow: &mut Series<&'static str>, periods: &Periods, place: usize, counts: DayCounts) {
    let values = [counts.opened, counts.reopened, counts.closed, counts.departed, counts.shifted];
    for (key, value) in COLUMNS.into_iter().zip(values) {
        add(flow, key, periods, place..place + 1, value);
    }
}

fn of_spans(spans: &[Span], periods: &Periods) -> Series<&'static str> {
    let mut flow = Series::new();
    for span in spans {
        let (came, by) = match span.begins {
            Begins::Opened => ("opened", span.findings),
            Begins::Reopened => ("reopened", span.findings),
            Begins::Came => ("shifted", span.findings),
        };
        add_at(&mut flow, came, periods, span.from, by);
        let Some(to) = span.to else { continue };
        let (went, by) = match span.ends {
            Ends::Closed => ("closed", span.findings),
            Ends::Departed => ("departed", span.findings),
            Ends::Went => ("shifted", -span.findings),
        };
        add_at(&mut flow, went, periods, to, by);
    }
    flow
}
