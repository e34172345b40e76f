//! What changed between two instants.
//!
//! Net change is what differs between the two instants; what happened in between is told beside it. See
//! `docs/decisions/0007-compare.md`.

use super::{ClusterName, Count};
use crate::{
    acceptance::{AcceptanceScope, AcceptanceStep},
    catalogue::Strength,
    control::{Assessment, ControlState},
    finding::{DecisionKind, Subject},
    ids::{AcceptanceId, CheckId, ControlId, DecisionId, FindingId},
    scan::Coverage,
    severity::Severity,
    source::Source,
    words::words,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

words! {
    /// What a period did to a finding: its net change, in the order in which people want to know.
    ChangeKind {
        /// It did not fail at the beginning and never had; it fails at the end.
        Opened = "opened",
        /// It had failed and was closed at the beginning; it fails at the end.
        Reopened = "reopened",
        /// It fails at both, with another severity.
        Severity = "severity",
        /// It failed at the beginning, and is closed at the end.
        Closed = "closed",
        /// It failed at neither, and did in between.
        Passing = "passing",
        /// It fails at both alike, and was closed or had another severity in between.
        Unchanged = "unchanged",
    }
}

impl ChangeKind {
    /// The net change from how a finding stood at the beginning to how it stands at the end of a period in which something
    /// happened to it: `known`, whether it had ever failed at the beginning; the severities with which it fails.
    pub fn of(known: bool, before: Option<Severity>, after: Option<Severity>) -> Self {
        match (before, after) {
            (None, Some(_)) if known => Self::Reopened,
            (None, Some(_)) => Self::Opened,
            (Some(_), None) => Self::Closed,
            (None, None) => Self::Passing,
            (Some(before), Some(after)) if before != after => Self::Severity,
            (Some(_), Some(_)) => Self::Unchanged,
        }
    }
}

/// Which changes a comparison tells. Empty means no restriction; the URL is its written form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangesFilter {
    /// Cluster names.
    pub cluster: Vec<String>,
    /// Sources: only their checks, and what concerns these.
    pub source: Vec<Source>,
    /// Controls: only they, their checks, and what concerns these.
    pub control: Vec<ControlId>,
    /// Severities of findings: at the end, else at the beginning, else the worst in between.
    pub severity: Vec<Severity>,
    /// Net changes of findings.
    pub kind: Vec<ChangeKind>,
}

view! {
    /// A finding to which something happened in the period.
    FindingChange {
        /// The finding.
        finding: FindingId,
        /// Its cluster.
        cluster: ClusterName,
        /// The check that failed.
        check: CheckId,
        /// What failed.
        subject: Subject,
        /// Its net change.
        kind: ChangeKind,
        /// The severity with which it failed at the beginning, if it did.
        before: Option<Severity>,
        /// The severity with which it fails at the end, if it does.
        after: Option<Severity>,
        /// How often it was opened or opened again in the period.
        opened: i64,
        /// How often it was closed in the period.
        closed: i64,
        /// How often its severity changed in the period while it failed.
        severity_changes: i64,
        /// When the last of that happened.
        at: DateTime<Utc>,
    }
}

view! {
    /// How many findings have a net change.
    ChangeCount {
        /// Which.
        kind: ChangeKind,
        /// How many.
        count: Count,
    }
}

view! {
    /// A page of findings to which something happened, the latest first.
    FindingChangesPage {
        /// At most as many as were asked for.
        rows: Vec<FindingChange>,
        /// The cursor of the next page, if there is one; opaque.
        next: Option<String>,
        /// How many there are of each net change under the filter, whatever kind is listed. Exact, or `at_least` where more
        /// happened in the period than was counted.
        counts: Vec<ChangeCount>,
    }
}

view! {
    /// A decision that was made in the period.
    DecisionRow {
        /// The decision.
        decision: DecisionId,
        /// Its kind.
        kind: DecisionKind,
        /// Who made it.
        by: String,
        /// When.
        at: DateTime<Utc>,
        /// Their comment.
        comment: String,
        /// How many findings it is about.
        findings: i64,
        /// One of them.
        finding: FindingId,
    }
}

view! {
    /// A page of decisions, the latest first.
    DecisionsPage {
        /// At most as many as were asked for.
        rows: Vec<DecisionRow>,
        /// The cursor of the next page, if there is one; opaque.
        next: Option<String>,
    }
}

view! {
    /// Something that became of a risk acceptance in the period.
    AcceptanceChange {
        /// The acceptance.
        acceptance: AcceptanceId,
        /// What became of it.
        step: AcceptanceStep,
        /// Who did it; `Bevis` where a condition was met, none where its time was over.
        by: Option<String>,
        /// When.
        at: DateTime<Utc>,
        /// Why: of a request its reason.
        comment: String,
        /// What the acceptance is about.
        scope: AcceptanceScope,
        /// The check, where it is about one, or about a finding of one.
        check: Option<CheckId>,
        /// The cluster, where it is about one, or about a finding on one.
        cluster: Option<ClusterName>,
        /// What the finding is about, where it is about one.
        subject: Option<Subject>,
    }
}

view! {
    /// A page of what became of risk acceptances, the latest first.
    AcceptanceChangesPage {
        /// At most as many as were asked for.
        rows: Vec<AcceptanceChange>,
        /// The cursor of the next page, if there is one; opaque.
        next: Option<String>,
    }
}

view! {
    /// A check of a control on a cluster that was in both, whose state is another.
    CheckChange {
        /// The check.
        check: CheckId,
        /// The cluster.
        cluster: ClusterName,
        /// How strongly the check supports the control.
        strength: Strength,
        /// Its state at the beginning; none where the cluster was not there.
        before: Option<ControlState>,
        /// Its state at the end; none where the cluster was not there.
        after: Option<ControlState>,
    }
}

view! {
    /// A control whose state is another at the end of the period than at its beginning.
    ControlChange {
        /// The control.
        control: ControlId,
        /// Its state at the beginning, with the reason.
        before: Assessment,
        /// Its state at the end, with the reason.
        after: Assessment,
        /// The checks that changed.
        checks: Vec<CheckChange>,
    }
}

words! {
    /// Whether something was there at the two ends of a period.
    Presence {
        /// At the end and not at the beginning.
        Came = "came",
        /// At the beginning and not at the end.
        Went = "went",
        /// At neither, but in between.
        Passed = "passed",
    }
}

view! {
    /// A cluster that came or went.
    ClusterChange {
        /// The cluster.
        cluster: ClusterName,
        /// Which.
        change: Presence,
        /// When the last of it happened.
        at: DateTime<Utc>,
    }
}

words! {
    /// How a source of a cluster stands at an instant.
    SourceState {
        /// Nobody had tried to read it.
        Untried = "untried",
        /// It is not installed, or not served.
        Absent = "absent",
        /// It is installed, and was not read, or not lately.
        Silent = "silent",
        /// It was read, in full or in part, within its freshness budget.
        Speaking = "speaking",
    }
}

impl SourceState {
    /// From the newest reading at an instant: how it went, and whether it is older than the source's freshness budget.
    pub fn of(coverage: Option<Coverage>, stale: bool) -> Self {
        match coverage {
            None => Self::Untried,
            Some(Coverage::Absent) => Self::Absent,
            Some(Coverage::Complete | Coverage::Truncated) if !stale => Self::Speaking,
            Some(_) => Self::Silent,
        }
    }
}

words! {
    /// What a period did to a source of a cluster that was there at both ends.
    SourceTurn {
        /// It was absent or untried, and is read.
        Came = "came",
        /// It was there, and is absent.
        Went = "went",
        /// It was read, or untried, and is silent.
        FellSilent = "fell_silent",
        /// It was silent, and is read.
        SpokeAgain = "spoke_again",
    }
}

impl SourceTurn {
    /// The turn from one state to another; `None` where there is nothing to tell.
    pub const fn of(before: SourceState, after: SourceState) -> Option<Self> {
        use SourceState::{Absent, Silent, Speaking, Untried};
        match (before, after) {
            (Untried | Absent, Speaking) => Some(Self::Came),
            (Silent | Speaking, Absent) => Some(Self::Went),
            (Untried | Absent | Speaking, Silent) => Some(Self::FellSilent),
            (Silent, Speaking) => Some(Self::SpokeAgain),
            // What was tried once is never untried again.
            (Untried | Absent, Untried | Absent) | (Silent, Untried | Silent) | (Speaking, Untried | Speaking) => None,
        }
    }
}

view! {
    /// A source of a cluster that came, went, fell silent or spoke again.
    SourceChange {
        /// The cluster.
        cluster: ClusterName,
        /// The source.
        source: Source,
        /// How it stood at the beginning.
        before: SourceState,
        /// How it stands at the end.
        after: SourceState,
        /// Which.
        turn: SourceTurn,
    }
}

view! {
    /// What changed after one instant, up to and including another.
    Comparison {
        /// The beginning; what happened at this instant is before the period.
        from: DateTime<Utc>,
        /// The end; what happened at this instant is in the period.
        to: DateTime<Utc>,
        /// Whether anything had been read at the beginning.
        from_known: bool,
        /// From when on states of controls and sources are retained, where the period begins before: then nothing is told of
        /// how they changed.
        states_retained_from: Option<DateTime<Utc>>,
        /// Controls whose state is another, in the framework's order.
        controls: Vec<ControlChange>,
        /// Findings to which something happened.
        findings: FindingChangesPage,
        /// Decisions that were made.
        decisions: DecisionsPage,
        /// What became of risk acceptances.
        acceptances: AcceptanceChangesPage,
        /// Clusters that came or went.
        clusters: Vec<ClusterChange>,
        /// Sources that came, went, fell silent or spoke again.
        sources: Vec<SourceChange>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_net_change_is_told_by_the_two_ends_alone() {
        let (low, high) = (Some(Severity::Low), Some(Severity::High));
        for (known, before, after, expected) in [
            (false, None, high, ChangeKind::Opened),
            (true, None, high, ChangeKind::Reopened),
            (true, high, None, ChangeKind::Closed),
            (false, None, None, ChangeKind::Passing),
            (true, None, None, ChangeKind::Passing),
            (true, low, high, ChangeKind::Severity),
            (true, high, high, ChangeKind::Unchanged),
        ] {
            assert_eq!(ChangeKind::of(known, before, after), expected);
        }
    }

    #[test]
    fn a_source_that_stopped_being_read_fell_silent_and_one_that_is_gone_went() {
        let complete = SourceState::of(Some(Coverage::Complete), false);
        let refused = SourceState::of(Some(Coverage::Forbidden), false);
        let old = SourceState::of(Some(Coverage::Complete), true);
        let gone = SourceState::of(Some(Coverage::Absent), false);
        let never = SourceState::of(None, false);
        assert_eq!(SourceTurn::of(complete, refused), Some(SourceTurn::FellSilent));
        assert_eq!(SourceTurn::of(complete, old), Some(SourceTurn::FellSilent));
        assert_eq!(SourceTurn::of(old, complete), Some(SourceTurn::SpokeAgain));
        assert_eq!(SourceTurn::of(complete, gone), Some(SourceTurn::Went));
        assert_eq!(SourceTurn::of(never, complete), Some(SourceTurn::Came));
        for (before, after) in [(never, gone), (refused, old), (complete, complete), (gone, gone)] {
            assert_eq!(SourceTurn::of(before, after), None);
        }
    }
}
