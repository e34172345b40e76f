//! Open findings by age at the end of each period; a day of age is 24 hours.

use super::{
    load::Columns,
    periods::Periods,
    scope::Scope,
    spans::{Series, Span, add},
    store::{self, spans::Needs},
};
use chrono::TimeDelta;
use model::views::{TrendChart, TrendFamily, TrendUnit};
use sqlx::PgConnection;

/// The classes, each with the days at which it begins; the word of each is part of its translation key.
const CLASSES: [(&str, i64); 7] =
    [("age-0", 0), ("age-1", 1), ("age-7", 7), ("age-30", 30), ("age-90", 90), ("age-180", 180), ("age-365", 365)];

/// The columns, youngest first.
pub(super) async fn columns(db: &mut PgConnection, scope: &Scope, periods: &Periods) -> Result<Columns, sqlx::Error> {
    let ages = by_age(&store::spans::overlapping(db, scope, periods, Needs::Edges).await?, periods);
    let mut columns = Columns::default();
    let places = CLASSES.iter().enumerate().map(|(class, (key, _))| {
        let values = ages.get(&class).cloned().unwrap_or_else(|| vec![0; periods.all.len()]);
        columns.add(TrendFamily::Trend, key, TrendUnit::Count, values.into_iter().map(Some).collect())
    });
    let places = places.collect();
    columns.panel("age", TrendChart::Stacked, places);
    Ok(columns)
}

fn by_age(spans: &[Span], periods: &Periods) -> Series<usize> {
    let mut ages = Series::new();
    for span in spans {
        for (class, (_, days)) in CLASSES.iter().enumerate() {
            // Of an age at the end of a period: at its last instant, which is a microsecond before its end.
            let begins = span.opened_at + TimeDelta::days(*days);
            let ends = CLASSES.get(class + 1).map(|(_, days)| span.opened_at + TimeDelta::days(*days));
            let to = match (span.to, ends) {
                (Some(to), Some(ends)) => Some(to.min(ends)),
                (to, ends) => to.or(ends),
            };
            let from = span.from.max(begins);
            if to.is_none_or(|to| to > from) {
                add(&mut ages, class, periods, periods.ends_within(from, to), span.findings);
            }
        }
    }
    ages
}
