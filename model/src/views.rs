//! What the loaders give: the same values for pages, API and packs, so that they cannot disagree.
//!
//! Every value is "as of" the instant that was asked for. Sentences are translation keys with values
//! (`fault`, `reason`, `detail`); the reader's language is applied where they are shown.

use crate::{
    catalogue::{EvidenceKind, Strength, Theme},
    control::{Assessment, ControlState},
    evaluation::{Detail, Outcome},
    finding::{DecisionKind, FindingState, Subject},
    ids::{CheckId, ClusterId, ControlId, DecisionId, FindingId, PackId, ScanId},
    scan::{Coverage, ObjectRef, Read},
    severity::Severity,
    source::Source,
    words::words,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

macro_rules! view {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty,)+ }
    };
}

view! {
    /// A cluster's name and identity, as lists show it.
    ClusterName {
        /// Its id.
        id: ClusterId,
        /// The name in the configuration; unique among current clusters, and stable in URLs.
        name: String,
        /// Text for people, as the configuration gives it.
        title: String,
    }
}

view! {
    /// One entry of the scan log.
    ScanEntry {
        /// Its id.
        id: ScanId,
        /// The source read.
        source: Source,
        /// When reading began.
        started_at: DateTime<Utc>,
        /// When reading ended.
        ended_at: DateTime<Utc>,
        /// How much was read.
        coverage: Coverage,
        /// Why coverage is not complete, in an operator's words (not translated: it quotes the API server).
        error: Option<String>,
        /// Every request made.
        reads: Vec<Read>,
        /// Findings opened by it.
        opened: i32,
        /// Findings closed by it.
        closed: i32,
        /// Findings whose severity or facts changed.
        changed: i32,
    }
}

view! {
    /// A source of a cluster: what is known of it, and how fresh that is.
    SourceStatus {
        /// The source.
        source: Source,
        /// The newest scan, however it went; `None` if it was never tried.
        last_scan: Option<ScanEntry>,
        /// The end of the newest scan that saw it (complete or truncated).
        last_seen_at: Option<DateTime<Utc>>,
        /// Seconds after which a reading is stale.
        stale_after_seconds: i64,
        /// The source's version where it tells one.
        version: Option<String>,
        /// Its checks, as states.
        states: BTreeMap<ControlState, u32>,
        /// Open findings.
        open_findings: i64,
    }
}

view! {
    /// A cluster with its sources.
    ClusterStatus {
        /// Which.
        cluster: ClusterName,
        /// The address of its API server, without credentials.
        server: String,
        /// Its version, as the API server told it.
        version: Option<String>,
        /// Its sources.
        sources: Vec<SourceStatus>,
    }
}

view! {
    /// The result of a check on a cluster, with the state that follows from it.
    CheckStatus {
        /// The check.
        check: CheckId,
        /// Its source.
        source: Source,
        /// The cluster.
        cluster: ClusterName,
        /// The strength of the edge to the control asked for; supporting where none was.
        strength: Strength,
        /// The severity of a failure.
        severity: Severity,
        /// The honest state.
        state: ControlState,
        /// The outcome in force, if any scan has judged it.
        outcome: Option<Outcome>,
        /// Subjects examined.
        examined: i32,
        /// Subjects that failed.
        failed: i32,
        /// Subjects that could not be read.
        unread: i32,
        /// The reason, as the last part of `reason-<check>-<reason>`.
        reason: Option<String>,
        /// Values for the reason.
        detail: Detail,
        /// Since when this outcome has been in force.
        since: Option<DateTime<Utc>>,
        /// When the source was last read.
        read_at: Option<DateTime<Utc>>,
        /// How the last reading went.
        coverage: Option<Coverage>,
        /// The last reading's error, in an operator's words.
        error: Option<String>,
    }
}

view! {
    /// The objects of one list that a check rests on, as the last reading saw them.
    ObjectsRead {
        /// The cluster.
        cluster: ClusterName,
        /// The resource, as `cert-manager.io/v1/certificates`.
        resource: String,
        /// When the API server had given all of it, by Bevis' clock.
        fetched_at: DateTime<Utc>,
        /// How many objects.
        objects: i32,
        /// The digest of the whole list; the same for readings that saw the same.
        digest: Uuid,
    }
}

view! {
    /// A check with everything that its results rest on.
    CheckDetail {
        /// The check.
        check: CheckId,
        /// Its result on every cluster in scope.
        results: Vec<CheckStatus>,
        /// The lists that were read for it.
        objects: Vec<ObjectsRead>,
        /// The worst open findings, at most 50; the findings page has them all.
        findings: Vec<FindingRow>,
        /// Open findings.
        open_findings: i64,
    }
}

view! {
    /// A stretch of the objects of one list.
    ObjectPage {
        /// The digest of the list.
        digest: Uuid,
        /// How many objects the list has.
        total: usize,
        /// The first of those here, from 0.
        from: usize,
        /// The objects.
        objects: Vec<ObjectRef>,
    }
}

view! {
    /// A control in the list: its state over all clusters, and on each.
    ControlStatus {
        /// The control.
        control: ControlId,
        /// Its theme.
        theme: Theme,
        /// How far clusters can evidence it.
        evidence: EvidenceKind,
        /// Its state over all clusters in scope, with the reason.
        assessment: Assessment,
        /// Its state on each cluster, in the order of the cluster list.
        clusters: Vec<ControlState>,
        /// Number of checks that speak to it.
        checks: u32,
        /// Open findings of those checks.
        open_findings: i64,
        /// The oldest reading that the state rests on; `None` where nothing was read.
        read_at: Option<DateTime<Utc>>,
    }
}

view! {
    /// A control with everything that its state rests on.
    ControlDetail {
        /// The control's row in the list.
        status: ControlStatus,
        /// The clusters, in the order of `status.clusters`.
        clusters: Vec<ClusterName>,
        /// Every check on every cluster.
        checks: Vec<CheckStatus>,
        /// The worst open findings, at most 50; the findings page has them all.
        findings: Vec<FindingRow>,
    }
}

view! {
    /// How many controls of a theme are in which state, on one cluster.
    ThemeCell {
        /// Control states and how many controls are in each.
        states: BTreeMap<ControlState, u32>,
    }
}

view! {
    /// A row of the overview's heat map.
    ThemeRow {
        /// The theme.
        theme: Theme,
        /// Over all clusters.
        all: ThemeCell,
        /// Per cluster, in the order of the cluster list.
        clusters: Vec<ThemeCell>,
    }
}

view! {
    /// Open findings at the end of a day.
    TrendPoint {
        /// The end of the day, or the instant asked for on the last.
        at: DateTime<Utc>,
        /// Open findings by severity, as they were known then.
        open: BTreeMap<Severity, i64>,
        /// Clusters of which something was judged on that day. With none, nobody looked: no findings means nothing then.
        observed: i64,
        /// Clusters in scope.
        clusters: i64,
    }
}

view! {
    /// The overview: control themes by clusters, open findings, and the last 30 days.
    Overview {
        /// The instant asked for.
        at: DateTime<Utc>,
        /// Every cluster with the freshness of its sources.
        clusters: Vec<ClusterStatus>,
        /// The heat map.
        themes: Vec<ThemeRow>,
        /// Open findings by severity (acknowledged ones included).
        open: BTreeMap<Severity, i64>,
        /// Of those, how many are acknowledged.
        acknowledged: i64,
        /// Open findings at the end of each of the last 30 days.
        trend: Vec<TrendPoint>,
    }
}

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

/// Where an evidence pack stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum PackStatus {
    /// Waiting for its turn.
    Queued,
    /// Being built.
    Building,
    /// Ready.
    Ready {
        /// Of the archive, in hexadecimal.
        sha256: String,
        /// In bytes.
        size: i64,
    },
    /// Could not be built.
    Failed {
        /// The id under which the log tells why.
        error_id: String,
    },
}

view! {
    /// What a pack covers.
    PackScope {
        /// Clusters by name; all when empty.
        clusters: Vec<String>,
        /// Controls; all when empty.
        controls: Vec<ControlId>,
        /// The instant that it speaks of.
        as_of: DateTime<Utc>,
        /// The language of its report, `en` or `da`.
        language: String,
        /// The time zone of its report, as an IANA name.
        time_zone: String,
    }
}

view! {
    /// An evidence pack, as the list shows it.
    PackRow {
        /// Its id.
        id: PackId,
        /// What it covers.
        scope: PackScope,
        /// Who asked for it.
        created_by: String,
        /// When.
        created_at: DateTime<Utc>,
        /// Where it stands.
        status: PackStatus,
    }
}

view! {
    /// An entry of the ledger.
    LedgerEntry {
        /// Its number, without gaps from 1.
        seq: i64,
        /// When.
        at: DateTime<Utc>,
        /// Who: a person's name, or `system`.
        actor: String,
        /// What kind of thing happened, as `finding.acknowledge`.
        action: String,
        /// What exactly, as canonical JSON.
        payload: String,
        /// SHA-256 over the previous hash and this entry, in hexadecimal.
        hash: String,
    }
}
