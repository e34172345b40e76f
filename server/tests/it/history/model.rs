//! A naive model of history, in memory: after every step it keeps a whole copy of what holds.

use super::*;
use ::model::{
    disposition::{self, Act, Disposition, Event, Standing},
    finding::{DecisionKind, FindingState, Fingerprint},
};
use std::collections::{BTreeMap, BTreeSet};

/// How a finding fails.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Failing {
    pub(super) check: String,
    pub(super) severity: Severity,
    pub(super) fault: String,
    pub(super) detail: Detail,
    pub(super) opened_at: Instant,
}

/// What holds of one source after a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct State {
    pub(super) open: BTreeMap<Uuid, Failing>,
    /// How findings failed that are closed now, and since when.
    pub(super) closed: BTreeMap<Uuid, (Failing, Instant)>,
    /// What the findings of the open and closed are about.
    pub(super) subjects: BTreeMap<Uuid, Subject>,
    /// Since when open findings were not seen.
    pub(super) unseen: BTreeMap<Uuid, Instant>,
    pub(super) results: BTreeMap<String, CheckResult>,
    /// The newest scan that was not superseded: how it went, and when it began and ended.
    pub(super) last: Option<(Coverage, Instant, Instant)>,
}

/// The act of a kind that needs no value.
pub(super) fn act_of(kind: DecisionKind) -> Act {
    Act::recorded(kind, None, None, None).expect("an act without a value")
}

/// A decision, as it was made.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub(super) by: PersonId,
    pub(super) kind: DecisionKind,
    pub(super) comment: String,
    pub(super) findings: BTreeSet<Uuid>,
    pub(super) at: Instant,
}

/// Everything that happened to one cluster.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    scans: BTreeMap<Source, Vec<(Instant, State)>>,
    decisions: Vec<Decision>,
}

/// What a step is expected to give.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expected {
    pub(super) superseded: bool,
    pub(super) opened: i32,
    pub(super) closed: i32,
    pub(super) changed: i32,
}

impl Model {
    /// What holds of a source at an instant.
    pub(super) fn state(&self, source: Source, at: Instant) -> State {
        let steps = self.scans.get(&source).map(Vec::as_slice).unwrap_or_default();
        steps.iter().rev().find(|(recorded, _)| *recorded <= at).map(|(_, state)| state.clone()).unwrap_or_default()
    }

    pub(super) fn now(&self, source: Source) -> State {
        self.scans.get(&source).and_then(|steps| steps.last()).map(|(_, state)| state.clone()).unwrap_or_default()
    }

    /// What recording a scan gives, and what holds after it, if it is recorded at `at`.
    pub(super) fn after(&self, scan: &Scan, at: Instant) -> (Expected, State) {
        let mut state = self.now(scan.source);
        let superseded = state.last.is_some_and(|(_, started, _)| scan.started_at < started);
        let mut expected = Expected { superseded, opened: 0, closed: 0, changed: 0 };
        if superseded {
            return (expected, state);
        }
        state.last = Some((scan.coverage, scan.started_at, scan.ended_at));
        let said_nothing = scan.evaluation.results.is_empty() && scan.evaluation.observations.is_empty();
        if said_nothing || scan.coverage == Coverage::Unreachable || scan.coverage == Coverage::Failed {
            return (expected, state);
        }
        state.results = BTreeMap::new();
        for result in &scan.evaluation.results {
            state.results.entry(result.check.0.clone()).or_insert_with(|| result.clone());
        }
        let observed = worst_of_each(&scan.evaluation.observations);
        for (finding, observation) in &observed {
            let before = state.open.get(finding);
            let failing = Failing {
                check: observation.check.0.clone(),
                severity: observation.severity,
                fault: observation.fault.clone(),
                detail: observation.detail.clone(),
                opened_at: before.map_or(at, |before| before.opened_at),
            };
            match before {
                None => expected.opened += 1,
                Some(before) if *before != failing => expected.changed += 1,
                Some(_) => {}
            }
            state.closed.remove(finding);
            state.unseen.remove(finding);
            state.subjects.insert(*finding, observation.subject.clone());
            state.open.insert(*finding, failing);
        }
        let gone: Vec<Uuid> = state.open.keys().filter(|finding| !observed.contains_key(*finding)).copied().collect();
        for finding in gone {
            let closes = state.results.get(&state.open[&finding].check).is_some_and(|result| {
                let judged = [Outcome::Pass, Outcome::Fail, Outcome::NotApplicable, Outcome::NeedsReview];
                // Nothing was missed, or only subjects of other names.
                let name = Some(state.subjects[&finding].name.clone());
                let elsewhere =
                    result.unseen.as_ref().is_some_and(|unseen| unseen.iter().all(|extent| extent.name != name));
                (result.unread == 0 || elsewhere) && judged.contains(&result.outcome)
            });
            if closes {
                state.unseen.remove(&finding);
                let failing = state.open.remove(&finding).expect("it is open");
                state.closed.insert(finding, (failing, at));
                expected.closed += 1;
            } else {
                state.unseen.entry(finding).or_insert(at);
            }
        }
        (expected, state)
    }

    pub(super) fn keep(&mut self, source: Source, at: Instant, state: State) {
        self.scans.entry(source).or_default().push((at, state));
    }

    /// What was said of a finding until an instant.
    fn disposition(&self, finding: Uuid, at: Instant) -> Disposition {
        let mut said: Vec<&Decision> =
            self.decisions.iter().filter(|d| d.at <= at && d.findings.contains(&finding)).collect();
        said.sort_by_key(|decision| decision.at);
        let events: Vec<Event> = said.iter().map(|said| Event::Acted(act_of(said.kind), said.by)).collect();
        disposition::replay(&events)
    }

    /// Whether the newest decision on every one of these findings, and on no other, says exactly this.
    pub(super) fn said_before(&self, said: &Decision) -> bool {
        let newest: Vec<Option<usize>> =
            said.findings.iter().map(|f| self.decisions.iter().rposition(|d| d.findings.contains(f))).collect();
        let Some(Some(first)) = newest.first() else { return false };
        let before = &self.decisions[*first];
        newest.iter().all(|place| *place == Some(*first))
            && (before.by, before.kind, &before.comment, &before.findings)
                == (said.by, said.kind, &said.comment, &said.findings)
    }

    /// Whether the decision is refused with a conflict.
    pub(super) fn refuses(&self, said: &Decision, source_of: impl Fn(Uuid) -> Source) -> bool {
        said.findings.iter().any(|finding| {
            let failing = self.now(source_of(*finding)).open.contains_key(finding);
            let now = self.disposition(*finding, Instant::MAX_UTC);
            now.after(&act_of(said.kind), said.by, failing).is_err()
        })
    }

    pub(super) fn decide(&mut self, said: Decision) {
        self.decisions.push(said);
    }

    /// What held of a source after each of its steps.
    pub(super) fn steps(&self, source: Source) -> impl Iterator<Item = &(Instant, State)> {
        self.scans.get(&source).into_iter().flatten()
    }

    pub(super) fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.iter()
    }

    /// Every instant at which something happened.
    pub(super) fn instants(&self) -> BTreeSet<Instant> {
        let scans = self.scans.values().flatten().map(|(at, _)| *at);
        scans.chain(self.decisions.iter().map(|decision| decision.at)).collect()
    }

    /// The state of every finding known at an instant, with how it failed last.
    pub(super) fn findings(&self, at: Instant) -> BTreeMap<Uuid, (FindingState, Failing, Option<Instant>)> {
        let mut findings = BTreeMap::new();
        for source in self.scans.keys() {
            let state = self.state(*source, at);
            for (finding, (failing, closed_at)) in state.closed {
                findings.insert(finding, (FindingState::Closed, failing, Some(closed_at)));
            }
            for (finding, failing) in state.open {
                let state = match self.disposition(finding, at).standing {
                    Standing::FalsePositive => FindingState::FalsePositive,
                    standing if standing.is_settled() => FindingState::Acknowledged,
                    _ => FindingState::Open,
                };
                findings.insert(finding, (state, failing, None));
            }
        }
        findings
    }

    /// The counts of open findings at an instant, by (check, severity, acknowledged).
    pub(super) fn counts(&self, at: Instant) -> BTreeMap<(String, i16, bool), i64> {
        let mut counts = BTreeMap::new();
        for (state, failing, _) in self.findings(at).into_values().filter(|(state, ..)| *state != FindingState::Closed)
        {
            let key = (failing.check, failing.severity.rank(), state != FindingState::Open);
            *counts.entry(key).or_default() += 1;
        }
        counts
    }
}

/// Of observations about one subject and check, the worst.
fn worst_of_each(observations: &[Observation]) -> BTreeMap<Uuid, &Observation> {
    let mut worst: BTreeMap<Uuid, &Observation> = BTreeMap::new();
    for observation in observations {
        let kept = worst.entry(Fingerprint::of(&observation.check, &observation.subject).0).or_insert(observation);
        let rank = |o: &Observation| (std::cmp::Reverse(o.severity), o.hash());
        if rank(observation) < rank(kept) {
            *kept = observation;
        }
    }
    worst
}
