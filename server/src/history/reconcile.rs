//! What changes when a scan's evaluation meets what is known: pure, so that it can be read and tested alone.

use model::{
    evaluation::{CheckResult, Evaluation, Observation},
    finding::{Fingerprint, Identity, Subject},
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
    /// What it is about, where closing depends on it.
    pub(super) subject: Option<Subject>,
    /// Whether it was not seen by the last scan either.
    pub(super) unseen: bool,
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
    /// Open, not observed, and of a check whose verdict saw its subject.
    pub(super) closed: Vec<OpenInterval>,
    /// Findings that are open and were not seen, neither failing nor in order; they were by the scan before.
    pub(super) lost: Vec<Uuid>,
    /// Findings that were not seen and now are, or are closed.
    pub(super) found: Vec<Uuid>,
}

/// Whether closing depends on what findings are about: some could not be seen, and it is known where.
pub(super) fn depends_on_subjects(evaluation: &Evaluation) -> bool {
    evaluation.results.iter().any(|result| result.unread > 0 && result.unseen.is_some())
}

/// Compares observations with the open intervals of the same cluster and source.
pub(super) fn findings(open: Vec<OpenInterval>, evaluation: &Evaluation, identity: Identity) -> FindingChanges<'_> {
    let results: HashMap<&str, &CheckResult> =
        evaluation.results.iter().map(|result| (result.check.as_str(), result)).collect();
    let mut open: HashMap<Uuid, OpenInterval> =
        open.into_iter().map(|interval| (interval.fingerprint, interval)).collect();
    let mut changes = FindingChanges::default();
    for observation in &evaluation.observations {
        let fingerprint = (identity.of)(&observation.check, &observation.subject);
        let known = open.remove(&fingerprint.0);
        changes.found.extend(known.as_ref().filter(|interval| interval.unseen).map(|interval| interval.finding));
        match known {
            None => changes.opened.push((fingerprint, observation)),
            Some(interval) if interval.hash != observation.hash() => changes.changed.push((interval, observation)),
            Some(_same) => {}
        }
    }
    for interval in open.into_values() {
        let closes = |result: &&CheckResult| match &interval.subject {
            Some(subject) => result.may_close(subject),
            None => result.is_conclusive() && result.unread == 0,
        };
        if results.get(interval.check.as_str()).is_some_and(closes) {
            changes.found.extend(Some(interval.finding).filter(|_| interval.unseen));
            changes.closed.push(interval);
        } else if !interval.unseen {
            changes.lost.push(interval.finding);
        }
    }
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
