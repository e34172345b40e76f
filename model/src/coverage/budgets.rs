//! Freshness budgets as of time: how old what is known may be, and since when that holds.

use crate::Instant;
use chrono::TimeDelta;

/// A budget over time: one value before the first change, and another from each change on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budgets {
    first: TimeDelta,
    changes: Vec<(Instant, TimeDelta)>,
}

impl Budgets {
    /// A budget that never changes.
    pub const fn constant(budget: TimeDelta) -> Self {
        Self { first: budget, changes: Vec::new() }
    }

    /// A budget with its changes; `first` holds before them. Of two changes at one instant the later in the list counts.
    pub fn new(first: TimeDelta, mut changes: Vec<(Instant, TimeDelta)>) -> Self {
        changes.sort_by_key(|(at, _)| *at);
        Self { first, changes }
    }

    /// The budget in force at an instant.
    pub fn at(&self, at: Instant) -> TimeDelta {
        let after = self.changes.partition_point(|(from, _)| *from <= at);
        after.checked_sub(1).map_or(self.first, |index| self.changes[index].1)
    }

    /// The budget at every instant where both hold: the shorter of the two.
    #[must_use]
    pub fn tightest(&self, other: &Self) -> Self {
        let instants = self.changes.iter().chain(&other.changes).map(|(at, _)| *at);
        let changes = instants.map(|at| (at, self.at(at).min(other.at(at)))).collect();
        Self::new(self.first.min(other.first), changes)
    }

    /// The stretches `[from, until)` of a period over which the budget stays the same.
    pub fn within(&self, from: Instant, until: Instant) -> Vec<(Instant, Instant, TimeDelta)> {
        let mut edges: Vec<Instant> =
            self.changes.iter().map(|(at, _)| *at).filter(|at| *at > from && *at < until).collect();
        edges.dedup();
        edges.insert(0, from);
        edges.push(until);
        let pairs = edges.windows(2).map(|pair| (pair[0], pair[1], self.at(pair[0])));
        pairs.filter(|(from, until, _)| from < until).collect()
    }

    /// The shortest and the longest budget of a period.
    pub fn bounds(&self, from: Instant, until: Instant) -> (TimeDelta, TimeDelta) {
        let all = self.within(from, until).into_iter().map(|(_, _, budget)| budget).chain([self.at(until)]);
        all.fold((TimeDelta::MAX, TimeDelta::zero()), |(low, high), budget| (low.min(budget), high.max(budget)))
    }
}
