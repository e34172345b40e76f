//! Findings: lists, timelines, and which of them a list shows.

use super::ClusterName;
use crate::{
    evaluation::Detail,
    finding::{DecisionKind, FindingState, Subject},
    ids::{CheckId, ControlId, DecisionId, FindingId, ScanId},
    severity::Severity,
    source::Source,
    words::words,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

view! {
    /// A finding, as lists show it.
    FindingRow {
        /// Its id.
        id: FindingId,
        /// The cluster.
        cluster: ClusterName,
        /// The check that fails.
        check: CheckId,
        /// Its source.
        source: Source,
        /// How bad it is.
        severity: Severity,
        /// What fails.
        subject: Subject,
        /// What is wrong, as the last part of `fault-<check>-<fault>`.
        fault: String,
        /// Values for that sentence.
        detail: Detail,
        /// Where it stands.
        state: FindingState,
        /// When this interval opened (the newest, if it came back).
        opened_at: DateTime<Utc>,
        /// When it closed, if it is closed.
        closed_at: Option<DateTime<Utc>>,
        /// Since when it was not seen, where it is open and what could be read since then did not include it.
        unseen_since: Option<DateTime<Utc>>,
    }
}

/// How many rows a filter matches: exact, or "more than" a bound that was not worth counting past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Count {
    /// Rows counted.
    pub rows: i64,
    /// Whether there are more than were counted.
    pub at_least: bool,
}

view! {
    /// A page of findings.
    FindingPage {
        /// At most as many rows as were asked for.
        rows: Vec<FindingRow>,
        /// The cursor of the next page, if there is one; opaque.
        next: Option<String>,
        /// The cursor of the page before, if there is one; opaque.
        previous: Option<String>,
        /// How many match.
        count: Count,
    }
}

/// What happened to a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum TimelineEvent {
    /// A scan saw it fail, for the first time or again.
    Opened {
        /// The scan.
        scan: ScanId,
        /// Its severity then.
        severity: Severity,
        /// What was wrong.
        fault: String,
        /// Values for that sentence.
        detail: Detail,
        /// Whether it had been closed before.
        again: bool,
    },
    /// A scan saw it fail differently.
    Changed {
        /// The scan.
        scan: ScanId,
        /// Its severity since then.
        severity: Severity,
        /// What was wrong since then.
        fault: String,
        /// Values for that sentence.
        detail: Detail,
    },
    /// A scan that saw everything did not see it fail any more.
    Closed {
        /// The scan.
        scan: ScanId,
    },
    /// By a new rule of identity it is the same as another finding, which goes on for it.
    GoesOnAs {
        /// The other.
        finding: FindingId,
    },
    /// By a new rule of identity another finding is the same as this one, which goes on for it.
    TookOver {
        /// The other.
        finding: FindingId,
    },
    /// A person decided something.
    Decided {
        /// The decision.
        decision: DecisionId,
        /// Its kind.
        kind: DecisionKind,
        /// Who.
        by: String,
        /// Their comment.
        comment: String,
        /// How many findings the decision covers.
        findings: i64,
    },
}

view! {
    /// An entry of a finding's timeline.
    TimelineEntry {
        /// When.
        at: DateTime<Utc>,
        /// What.
        event: TimelineEvent,
    }
}

view! {
    /// A finding with everything that happened to it.
    FindingDetail {
        /// Its row.
        row: FindingRow,
        /// When it was first seen.
        first_seen_at: DateTime<Utc>,
        /// The controls that its check supports.
        controls: Vec<ControlId>,
        /// Oldest first.
        timeline: Vec<TimelineEntry>,
        /// The finding as which it goes on, where a new rule of identity made them one.
        goes_on_as: Option<FindingId>,
    }
}

words! {
    /// How a list of findings is sorted; the id breaks ties.
    FindingSort {
        /// Worst first, then newest.
        Severity = "severity",
        /// Newest first.
        Newest = "newest",
        /// Oldest first.
        Oldest = "oldest",
    }
}

#[expect(clippy::derivable_impls, reason = "the enum is written by a macro that all word enums share")]
impl Default for FindingSort {
    fn default() -> Self {
        Self::Severity
    }
}

/// Which findings a list shows. Empty means no restriction; the URL is its written form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct FindingFilter {
    /// Cluster names.
    pub cluster: Vec<String>,
    /// Sources.
    pub source: Vec<Source>,
    /// Severities.
    pub severity: Vec<Severity>,
    /// A control: only findings of its checks.
    pub control: Option<ControlId>,
    /// A check.
    pub check: Option<CheckId>,
    /// States; without any, everything that still fails (open and acknowledged).
    pub state: Vec<FindingState>,
    /// Text in kind, namespace, name or key; case does not count.
    pub text: Option<String>,
    /// The order.
    pub sort: FindingSort,
}
