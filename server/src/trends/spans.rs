//! Spans of failing, and what they say of the periods that they reach into: pure.

use super::periods::Periods;
use model::{
    Instant,
    service_level::{Pause, Said},
    severity::Severity,
    source::Source,
};
use std::collections::BTreeMap;

/// How a span begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// Seen for the first time.
    Opened,
    /// Failing again.
    Reopened,
    /// Failing before, with other facts or in another team's hands.
    Came,
}

/// How a span ends, where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Seen fixed.
    Closed,
    /// Its cluster left.
    Departed,
    /// It goes on failing with other facts, or in another team's hands.
    Went,
}

/// Findings that failed with one severity from one edge to the next.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    /// Whose namespace it was; empty where teams were not asked for.
    pub(super) team: String,
    /// Where it was asked for, with what was said.
    pub(super) source: Option<Source>,
    pub(super) severity: Severity,
    /// Since when they fail.
    pub(super) opened_at: Instant,
    pub(super) from: Instant,
    pub(super) to: Option<Instant>,
    pub(super) begins: Begins,
    pub(super) ends: Ends,
    /// Whether they failed with the same severity just before.
    pub(super) goes_on: bool,
    /// What was said of them since when, oldest first.
    pub(super) said: Vec<(Instant, Said)>,
    /// When they were accepted.
    pub(super) accepted: Vec<Pause>,
    /// How many they are.
    pub(super) findings: i64,
}

/// A number for each period, under each of some keys.
pub(super) type Series<K> = BTreeMap<K, Vec<i64>>;

/// Adds to the periods of a range.
pub(super) fn add<K: Ord>(series: &mut Series<K>, key: K, periods: &Periods, range: std::ops::Range<usize>, by: i64) {
    let values = series.entry(key).or_insert_with(|| vec![0; periods.all.len()]);
    if let Some(values) = values.get_mut(range) {
        for value in values {
            *value += by;
        }
    }
}

/// Adds to the period that an instant is in, if it is in one.
pub(super) fn add_at<K: Ord>(series: &mut Series<K>, key: K, periods: &Periods, at: Instant, by: i64) {
    if let Some(place) = periods.of_instant(at) {
        add(series, key, periods, place..place + 1, by);
    }
}

/// Open findings at the end of each period, by what `key` says.
pub(super) fn open<K: Ord>(spans: &[Span], periods: &Periods, key: impl Fn(&Span) -> K) -> Series<K> {
    let mut open = Series::new();
    for span in spans {
        add(&mut open, key(span), periods, periods.ends_within(span.from, span.to), span.findings);
    }
    open
}
