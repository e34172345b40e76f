//! Stretches, counted: shares, days, gaps, and the cells of a strip.

use super::{Gap, Period, Stretch};
use crate::views::{GapRow, StripCell};
use chrono::{DurationRound, TimeDelta};
use std::collections::BTreeMap;

/// Periods of up to this many days are drawn by the hour, longer ones by the day.
const DAYS_BY_THE_HOUR: i64 = 62;

/// How much of a period was observed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Time observed.
    pub observed: TimeDelta,
    /// Time in which the cluster was in the configuration: what could have been observed.
    pub expected: TimeDelta,
    /// Days (UTC) with any such time.
    pub days: i64,
    /// Of those, the days without a gap.
    pub days_observed: i64,
    /// How long was missed, by reason; without the time in which nothing was expected.
    pub missed: BTreeMap<Gap, TimeDelta>,
    /// Gaps, however short.
    pub gaps: usize,
    /// The longest of them.
    pub longest_gap: TimeDelta,
}

impl Summary {
    /// Counts stretches that follow each other.
    pub fn of(stretches: &[Stretch]) -> Self {
        let mut summary = Self::default();
        // (day, whether it had a gap)
        let mut last: Option<(chrono::NaiveDate, bool)> = None;
        for stretch in stretches.iter().filter(|stretch| stretch.gap != Some(Gap::NotRegistered)) {
            summary.expected += stretch.length();
            match stretch.gap {
                None => summary.observed += stretch.length(),
                Some(gap) => {
                    *summary.missed.entry(gap).or_default() += stretch.length();
                    summary.gaps += 1;
                    summary.longest_gap = summary.longest_gap.max(stretch.length());
                }
            }
            let (first, end) = (stretch.from.date_naive(), (stretch.until - super::STEP).date_naive());
            let missed = stretch.gap.is_some();
            let known = last.filter(|(day, _)| *day == first);
            let days = (end - first).num_days() + 1;
            summary.days += days - i64::from(known.is_some());
            if let Some((_, before)) = known {
                // The day was counted by the stretch before; a gap takes it back.
                summary.days_observed -= i64::from(missed && !before);
                summary.days_observed += if missed { 0 } else { days - 1 };
                last = Some((end, missed || (before && end == first)));
            } else {
                summary.days_observed += if missed { 0 } else { days };
                last = Some((end, missed));
            }
        }
        summary
    }

    /// The share observed in hundredths of a percent, rounded down: it is 10,000 only where nothing was missed. `None` where
    /// nothing was expected.
    pub fn share(&self) -> Option<i64> {
        let expected = self.expected.num_microseconds().unwrap_or(i64::MAX);
        let observed = self.observed.num_microseconds().unwrap_or(0);
        (expected > 0).then(|| i64::try_from(i128::from(observed) * 10_000 / i128::from(expected)).unwrap_or(0))
    }
}

/// The newest `most` gaps in the order of time; without the time in which nothing was expected.
pub fn gaps(stretches: &[Stretch], most: usize) -> Vec<GapRow> {
    let gap = |stretch: &Stretch| {
        let reason = stretch.gap.filter(|gap| *gap != Gap::NotRegistered)?;
        Some(GapRow { from: stretch.from, until: stretch.until, reason })
    };
    let mut newest: Vec<GapRow> = stretches.iter().rev().filter_map(gap).take(most).collect();
    newest.reverse();
    newest
}

/// The cells of a strip: hours or days, each with how much of it was observed and what kept the most of the rest.
/// Neighbours that are alike are one cell.
pub fn cells(stretches: &[Stretch], period: &Period) -> Vec<StripCell> {
    let hourly = period.days() <= DAYS_BY_THE_HOUR;
    let step = if hourly { TimeDelta::hours(1) } else { TimeDelta::days(1) };
    let mut cells: Vec<StripCell> = Vec::new();
    let mut place = 0;
    let mut from = period.from;
    while from < period.until {
        let aligned = from.duration_trunc(step).unwrap_or(from) + step;
        let until = aligned.min(period.until);
        while stretches.get(place).is_some_and(|stretch| stretch.until <= from) {
            place += 1;
        }
        let cell = cell(&stretches[place.min(stretches.len())..], from, until);
        match cells.last_mut() {
            Some(last) if (last.observed_permille, last.gap) == (cell.observed_permille, cell.gap) => {
                last.until = until;
            }
            _ => cells.push(cell),
        }
        from = until;
    }
    cells
}

fn cell(stretches: &[Stretch], from: crate::Instant, until: crate::Instant) -> StripCell {
    let mut observed = TimeDelta::zero();
    let mut missed: BTreeMap<Gap, TimeDelta> = BTreeMap::new();
    for stretch in stretches.iter().take_while(|stretch| stretch.from < until) {
        let length = stretch.until.min(until) - stretch.from.max(from);
        match stretch.gap {
            None => observed += length,
            Some(gap) => *missed.entry(gap).or_default() += length,
        }
    }
    let micros = |span: TimeDelta| span.num_microseconds().unwrap_or(0);
    let permille = micros(observed) * 1_000 / micros(until - from).max(1);
    let longest = missed.into_iter().max_by_key(|(gap, length)| (*length, std::cmp::Reverse(*gap)));
    StripCell { from, until, observed_permille: u16::try_from(permille).unwrap_or(0), gap: longest.map(|(gap, _)| gap) }
}
