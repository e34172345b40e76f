//! Times to acknowledge and to fix: the mean, and percentiles that are times that it did take (the nearest rank).

use super::{
    load::Columns,
    periods::Periods,
    scope::Scope,
    store::times::{to_acknowledge, to_fix},
};
use model::views::{TrendChart, TrendFamily, TrendUnit};
use sqlx::PgConnection;

/// So many findings took so long, in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Took {
    pub(super) period: usize,
    pub(super) micros: i64,
    pub(super) findings: i64,
}

/// What is told of each kind of time: how many, and seconds.
const MEASURES: [&str; 4] = ["mean", "p50", "p90", "p95"];

/// The columns.
pub(super) async fn columns(db: &mut PgConnection, scope: &Scope, periods: &Periods) -> Result<Columns, sqlx::Error> {
    let mut columns = Columns::default();
    add(&mut columns, "acknowledged", to_acknowledge(db, scope, periods).await?, periods);
    add(&mut columns, "fixed", to_fix(db, scope, periods).await?, periods);
    Ok(columns)
}

fn add(columns: &mut Columns, kind: &str, mut took: Vec<Took>, periods: &Periods) {
    took.sort_unstable_by_key(|took| (took.period, took.micros));
    let of_period = |place| {
        let from = took.partition_point(|took| took.period < place);
        let to = took.partition_point(|took| took.period <= place);
        took.get(from..to).unwrap_or_default()
    };
    let periods: Vec<&[Took]> = (0..periods.all.len()).map(of_period).collect();
    let counts = periods.iter().map(|took| Some(count(took))).collect();
    columns.add(TrendFamily::Trend, kind, TrendUnit::Count, counts);
    let mut places = Vec::new();
    for measure in MEASURES {
        let values = periods.iter().map(|took| match measure {
            "p50" => percentile(took, 50),
            "p90" => percentile(took, 90),
            "p95" => percentile(took, 95),
            _ => mean(took),
        });
        let key = format!("{kind}-{measure}");
        places.push(columns.add(TrendFamily::Trend, &key, TrendUnit::Seconds, values.collect()));
    }
    columns.panel(kind, TrendChart::Lines, places);
}

fn count(took: &[Took]) -> i64 {
    took.iter().map(|took| took.findings).sum()
}

/// In whole seconds, rounded down.
fn mean(took: &[Took]) -> Option<i64> {
    let micros: i128 = took.iter().map(|took| i128::from(took.micros) * i128::from(took.findings)).sum();
    let mean = micros.checked_div(i128::from(count(took)))?;
    i64::try_from(mean / 1_000_000).ok()
}

/// The least time within which so many per cent were done, in whole seconds, rounded down; of times in order.
fn percentile(took: &[Took], percent: i64) -> Option<i64> {
    let rank = (count(took) * percent).div_euclid(100) + i64::from((count(took) * percent) % 100 != 0);
    let mut done = 0;
    let nearest = took.iter().find(|took| {
        done += took.findings;
        done >= rank.max(1)
    })?;
    Some(nearest.micros / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn took(all: &[(i64, i64)]) -> Vec<Took> {
        all.iter()
            .map(|(seconds, findings)| Took { period: 0, micros: seconds * 1_000_000, findings: *findings })
            .collect()
    }

    #[test]
    fn percentiles_are_times_that_it_did_take() {
        let took = took(&[(10, 5), (20, 4), (1_000, 1)]);
        assert_eq!([50, 90, 95].map(|percent| percentile(&took, percent)), [Some(10), Some(20), Some(1_000)]);
        assert_eq!(mean(&took), Some(113));
        assert_eq!(percentile(&took[..1], 95), Some(10));
        assert_eq!((mean(&[]), percentile(&[], 50)), (None, None));
    }
}
