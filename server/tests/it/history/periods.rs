//! What a comparison says of a period is what the naive model says, and two periods in a row are one.

use super::{
    model::State,
    replay::{Case, SOURCES},
    *,
};
use ::model::{
    control::ControlState,
    views::{ChangeKind, ChangesFilter, Comparison, Count, FindingChange},
};
use server::compare::{self, EDGES, Reach};
use std::collections::BTreeMap;

/// What a period did to a finding.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    known: bool,
    before: Option<Severity>,
    after: Option<Severity>,
    opened: i64,
    closed: i64,
    severity_changes: i64,
    at: Instant,
}

impl Change {
    fn kind(&self) -> ChangeKind {
        ChangeKind::of(self.known, self.before, self.after)
    }

    /// This period, and the one right after it.
    fn then(&self, next: &Self) -> Self {
        Self {
            after: next.after,
            opened: self.opened + next.opened,
            closed: self.closed + next.closed,
            severity_changes: self.severity_changes + next.severity_changes,
            at: next.at,
            ..self.clone()
        }
    }
}

type Changes = BTreeMap<FindingId, Change>;

impl Case<'_> {
    /// Compares the beginning, the middle and the end with each other.
    pub(super) async fn compare_periods(&self) {
        let instants: Vec<Instant> = self.model.instants().into_iter().collect();
        let (Some(first), Some(last)) = (instants.first(), instants.last()) else { return };
        let (a, b, c) = (*first - TimeDelta::microseconds(1), instants[instants.len() / 2], *last);
        let (ab, bc, ac) = (self.changes(a, b).await, self.changes(b, c).await, self.changes(a, c).await);
        assert_eq!(composed(&ab.0, &bc.0), ac.0, "({a}, {b}) and ({b}, {c})");
        assert_eq!(composed_states(&ab.1, &bc.1), states(&ac.1), "controls");
        self.changes(b, b).await;
    }

    /// The changes of a period: what the pages say, checked against the model, and the rest of the comparison.
    async fn changes(&self, from: Instant, to: Instant) -> (Changes, Comparison) {
        let expected = self.expected(from, to);
        let whole = self.comparison(from, to, &ChangesFilter::default(), None, (100, EDGES)).await;
        assert_eq!(whole.findings.next, None);
        let listed = Self::rows(&whole.findings.rows, &expected);
        assert_eq!(listed, expected, "({from}, {to}]");
        let order: Vec<_> = whole.findings.rows.iter().map(|row| (row.at, row.finding)).collect();
        assert!(order.is_sorted_by(|a, b| a > b), "the latest first");
        for count in &whole.findings.counts {
            let rows = expected.values().filter(|change| change.kind() == count.kind).count();
            let rows = i64::try_from(rows).expect("few");
            assert_eq!(count.count, Count { rows, at_least: false }, "{}", count.kind);
            let filter = ChangesFilter { kind: vec![count.kind], ..ChangesFilter::default() };
            let only = self.comparison(from, to, &filter, None, (100, EDGES)).await.findings.rows;
            let of_kind = |row: &&FindingChange| row.kind == count.kind;
            assert_eq!(only, whole.findings.rows.iter().filter(of_kind).cloned().collect::<Vec<_>>());
        }
        // In small steps, as somebody who reads years of history goes.
        let (mut walked, mut cursor) = (Vec::new(), None);
        loop {
            let page = self.comparison(from, to, &ChangesFilter::default(), cursor.as_deref(), (2, 3)).await.findings;
            walked.extend(page.rows);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(walked, whole.findings.rows);
        let decided = self.model.decisions().filter(|decision| decision.at > from && decision.at <= to).count();
        assert_eq!(whole.decisions.rows.len(), decided);
        (expected, whole)
    }

    async fn comparison(
        &self,
        from: Instant,
        to: Instant,
        filter: &ChangesFilter,
        cursor: Option<&str>,
        (rows, edges): (i64, i64),
    ) -> Comparison {
        let filter = ChangesFilter { cluster: vec![self.name.clone()], ..filter.clone() };
        let reach = Reach { cursor, edges, ..Reach::first(rows) };
        let mut db = self.world.app.acquire().await.expect("a connection");
        compare::compare(&mut db, (from, to), &filter, reach).await.expect("a comparison")
    }

    fn rows(rows: &[FindingChange], expected: &Changes) -> Changes {
        let change = |row: &FindingChange| {
            let known = expected.get(&row.finding).is_some_and(|change| change.known);
            let change = Change {
                known,
                before: row.before,
                after: row.after,
                opened: row.opened,
                closed: row.closed,
                severity_changes: row.severity_changes,
                at: row.at,
            };
            assert_eq!(change.kind(), row.kind);
            (row.finding, change)
        };
        rows.iter().map(change).collect()
    }

    /// What the model says, step by step.
    fn expected(&self, from: Instant, to: Instant) -> Changes {
        let mut changes = Changes::new();
        for source in SOURCES {
            let begin = self.model.state(source, from);
            let mut before = begin.clone();
            for (at, state) in self.model.steps(source).filter(|(at, _)| *at > from && *at <= to) {
                for finding in before.open.keys().chain(state.open.keys()) {
                    let severity = |state: &State| state.open.get(finding).map(|failing| failing.severity);
                    let (old, new) = (severity(&before), severity(state));
                    if old == new {
                        continue;
                    }
                    let change = changes.entry(self.ids[finding].0).or_insert_with(|| Change {
                        known: begin.open.contains_key(finding) || begin.closed.contains_key(finding),
                        before: severity(&begin),
                        after: None,
                        opened: 0,
                        closed: 0,
                        severity_changes: 0,
                        at: *at,
                    });
                    // A finding that is in both keys comes twice; the step counts once.
                    if change.at == *at && change.opened + change.closed + change.severity_changes > 0 {
                        continue;
                    }
                    change.at = *at;
                    change.after = new;
                    match (old, new) {
                        (None, _) => change.opened += 1,
                        (_, None) => change.closed += 1,
                        _ => change.severity_changes += 1,
                    }
                }
                before = state.clone();
            }
        }
        changes
    }
}

fn composed(first: &Changes, second: &Changes) -> Changes {
    let mut changes = first.clone();
    for (finding, next) in second {
        let change = first.get(finding).map_or_else(|| next.clone(), |before| before.then(next));
        changes.insert(*finding, change);
    }
    changes
}

type States = BTreeMap<String, (ControlState, ControlState)>;

fn states(comparison: &Comparison) -> States {
    let state = |c: &::model::views::ControlChange| (c.control.0.clone(), (c.before.state, c.after.state));
    comparison.controls.iter().map(state).collect()
}

fn composed_states(first: &Comparison, second: &Comparison) -> States {
    let mut all = states(first);
    for (control, (before, after)) in states(second) {
        let before = all.get(&control).map_or(before, |(before, _)| *before);
        all.insert(control, (before, after));
    }
    all.retain(|_, (before, after)| before != after);
    all
}
