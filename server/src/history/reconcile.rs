//! What changes when a scan's evaluation meets what is known: pure, so that it can be read and tested alone.

use model::{
    evaluation::{CheckResult, Evaluation, Observation},
    finding::Fingerprint,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// An interval of a finding that is open now.
#[derive(Clone, Debug)]
pub(super) struct OpenInterval {
    pub(super) id: i64,
    pub(super) finding: Uuid,
    pub(super) check: String,
    pub(super) fingerprint: Uuid,
    pub(super) severity: i16,
    pub(super) hash: Uuid,
}

/// A result that is in force now.
#[derive(Clone, Debug)]
pub(super) struct OpenResult {
    pub(super) id: i64,
    pub(super) check: String,
    pub(super) hash: Uuid,
}

/// What has to be written for findings.
#[derive(Debug, Default)]
pub(super) struct FindingChanges<'a> {
    /// Observed, and not open: new, or back again.
    pub(super) opened: Vec<(Fingerprint, &'a Observation)>,
    /// Open, and observed with another severity, fault or detail.
    pub(super) changed: Vec<(OpenInterval, &'a Observation)>,
    /// Open, not observed, and of a check whose verdict saw every subject.
    pub(super) closed: Vec<OpenInterval>,
}

/// Compares observations with the open intervals of the same cluster and source.
pub(super) fn findings(open: Vec<OpenInterval>, evaluation: &Evaluation) -> FindingChanges<'_> {
    let may_close: HashSet<&str> =
        evaluation.results.iter().filter(|result| result.may_close()).map(|result| result.check.as_str()).collect();
    let mut open: HashMap<Uuid, OpenInterval> =
        open.into_iter().map(|interval| (interval.fingerprint, interval)).collect();
    let mut changes = FindingChanges::default();
    for observation in &evaluation.observations {
        let fingerprint = observation.fingerprint();
        match open.remove(&fingerprint.0) {
            None => changes.opened.push((fingerprint, observation)),
            Some(interval) if interval.hash != observation.hash() => changes.changed.push((interval, observation)),
            Some(_same) => {}
        }
    }
    changes.closed = open.into_values().filter(|interval| may_close.contains(interval.check.as_str())).collect();
    changes.closed.sort_unstable_by_key(|interval| interval.id);
    changes
}

/// Compares results with those in force: the ids to close, and the results to open.
///
/// A check of which the evaluation says nothing has no result any more: nobody judged it.
pub(super) fn results<'a>(open: &[OpenResult], evaluation: &'a Evaluation) -> (Vec<i64>, Vec<&'a CheckResult>) {
    let now: HashSet<(&str, Uuid)> = evaluation.results.iter().map(|r| (r.check.as_str(), r.digest())).collect();
    let before: HashSet<(&str, Uuid)> = open.iter().map(|r| (r.check.as_str(), r.hash)).collect();
    let closed = open.iter().filter(|r| !now.contains(&(r.check.as_str(), r.hash))).map(|r| r.id).collect();
    let opened = evaluation.results.iter().filter(|r| !before.contains(&(r.check.as_str(), r.digest()))).collect();
    (closed, opened)
}
