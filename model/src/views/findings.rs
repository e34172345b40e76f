//! Findings: lists, timelines, and which of them a list shows.

use super::ClusterName;
use crate::{
    disposition::{Assignee, Ticket},
    evaluation::Detail,
    finding::{DecisionKind, FindingState, Subject},
    ids::{CheckId, ControlId, DecisionId, FindingId, PersonId, ScanId, UnknownWord},
    service_level::ServiceLevel,
    severity::Severity,
    source::Source,
    words::words,
};
use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

view! {
    /// Who is to deal with a finding.
    Assigned {
        /// A person or a team, as `person:<id>` or `team:<name>`.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        assignee: Assignee,
        /// What they are called.
        name: String,
    }
}

view! {
    /// A person by their name.
    PersonName {
        /// The person.
        person: PersonId,
        /// What they are called.
        name: String,
    }
}

view! {
    /// By when a finding is to be fixed.
    Due {
        /// The day, in the organisation's zone.
        on: NaiveDate,
        /// Whether it is over while the finding still fails.
        overdue: bool,
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
        /// Whether somebody acknowledged it, which an accepted one may be as well.
        acknowledged: bool,
        /// When this interval opened (the newest, if it came back).
        opened_at: DateTime<Utc>,
        /// When it closed, if it is closed.
        closed_at: Option<DateTime<Utc>>,
        /// Since when it was not seen, where it is open and what could be read since then did not include it.
        unseen_since: Option<DateTime<Utc>>,
        /// Who is to deal with it.
        assigned: Option<Assigned>,
        /// By when it is to be fixed.
        due: Option<Due>,
        /// The address of its ticket.
        ticket: Option<Ticket>,
        /// Who claims that it is a false positive, while nobody has judged.
        claimed_by: Option<PersonName>,
        /// How it stands to its service levels.
        service_level: ServiceLevel,
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
        /// Whether the rows are in the order of how well they match the words searched for, the best first.
        ranked: bool,
        /// Where the list tells of what was over: from when on that is retained; absent where nothing was ever dropped.
        retained_from: Option<DateTime<Utc>>,
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
        /// Their comment, in Markdown.
        comment: String,
        /// How many findings the decision covers.
        findings: i64,
        /// Whom it gives the finding to.
        assigned: Option<Assigned>,
        /// The ticket that it links.
        ticket: Option<Ticket>,
        /// The day by which it wants the finding fixed.
        due: Option<NaiveDate>,
        /// The decision that it takes back.
        undoes: Option<DecisionId>,
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
        /// Where earlier times that it failed were dropped by a policy: from when on they are retained.
        retained_from: Option<DateTime<Utc>>,
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

words! {
    /// Findings by the day until which they are to be fixed.
    DueFilter {
        /// That day is over.
        Overdue = "overdue",
        /// That day is today or one of the next seven.
        Week = "week",
        /// There is such a day.
        Set = "set",
        /// There is none.
        Unset = "unset",
    }
}

words! {
    /// Failing findings by how they stand to their service levels.
    ServiceFilter {
        /// A clock ran out.
        Breached = "breached",
        /// None ran out, and one of them will when at most a quarter of its time has gone.
        DueSoon = "due_soon",
    }
}

/// Whose findings a list shows. Its written form is an assignee's, or `nobody`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum AssigneeFilter {
    /// Those that nobody has.
    Nobody,
    /// Those of a person or a team.
    Of(Assignee),
}

impl std::fmt::Display for AssigneeFilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody"),
            Self::Of(assignee) => assignee.fmt(f),
        }
    }
}

impl std::str::FromStr for AssigneeFilter {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "nobody" { Ok(Self::Nobody) } else { text.parse().map(Self::Of) }
    }
}

impl From<AssigneeFilter> for String {
    fn from(filter: AssigneeFilter) -> Self {
        filter.to_string()
    }
}

impl TryFrom<String> for AssigneeFilter {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

words! {
    /// What happened to a finding since somebody looked.
    NewsOfFinding {
        /// It was seen for the first time.
        New = "new",
        /// It failed again.
        Reopened = "reopened",
        /// It failed in another way.
        Changed = "changed",
        /// It was fixed.
        Closed = "closed",
        /// Somebody decided something.
        Decided = "decided",
    }
}

/// Findings that changed since an instant. Its written form is an instant (RFC 3339), or `since_visit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum ChangedFilter {
    /// Since the reader's last visit; only who asks for the reader knows when that was.
    SinceVisit,
    /// Since this instant.
    Since(DateTime<Utc>),
}

impl std::fmt::Display for ChangedFilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SinceVisit => f.write_str("since_visit"),
            Self::Since(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

impl std::str::FromStr for ChangedFilter {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "since_visit" {
            return Ok(Self::SinceVisit);
        }
        let unknown = || UnknownWord { kind: "ChangedFilter", word: text.into() };
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| unknown())?.to_utc();
        // PostgreSQL knows fewer years than we do.
        if (1_970..=9_999).contains(&at.year()) { Ok(Self::Since(at)) } else { Err(unknown()) }
    }
}

impl From<ChangedFilter> for String {
    fn from(filter: ChangedFilter) -> Self {
        filter.to_string()
    }
}

impl TryFrom<String> for ChangedFilter {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The namespace of what lies in none, in a filter. No namespace can be called so.
pub const NO_NAMESPACE: &str = "-";

/// An object that findings are about. Its written form is `Kind/namespace/name`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct WorkloadFilter {
    /// The Kubernetes kind.
    pub kind: String,
    /// Its namespace, where the kind has one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
}

impl std::fmt::Display for WorkloadFilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.kind, self.namespace.as_deref().unwrap_or_default(), self.name)
    }
}

impl std::str::FromStr for WorkloadFilter {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '/');
        let (Some(kind), Some(namespace), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(UnknownWord { kind: "WorkloadFilter", word: text.into() });
        };
        // NUL is the one character that PostgreSQL's text cannot hold.
        if kind.is_empty() || name.is_empty() || text.contains('\0') {
            return Err(UnknownWord { kind: "WorkloadFilter", word: text.into() });
        }
        let namespace = (!namespace.is_empty()).then(|| namespace.to_owned());
        Ok(Self { kind: kind.to_owned(), namespace, name: name.to_owned() })
    }
}

impl From<WorkloadFilter> for String {
    fn from(filter: WorkloadFilter) -> Self {
        filter.to_string()
    }
}

impl TryFrom<String> for WorkloadFilter {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
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
    /// States; without any, everything that still fails, whatever people said of it.
    pub state: Vec<FindingState>,
    /// Whose; without any, everybody's and nobody's.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub assignee: Vec<AssigneeFilter>,
    /// By when they are to be fixed.
    pub due: Option<DueFilter>,
    /// How they stand to their service levels; only findings that fail.
    pub service: Option<ServiceFilter>,
    /// The address of a ticket, character for character.
    pub ticket: Option<String>,
    /// Only what changed since.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub changed: Option<ChangedFilter>,
    /// A namespace; [`NO_NAMESPACE`] for what lies in none.
    pub namespace: Option<String>,
    /// An object, on whatever clusters: `Kind/namespace/name`, without a namespace `Kind//name`.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub workload: Option<WorkloadFilter>,
    /// The id of a published vulnerability, in capitals, as `CVE-2026-1234`.
    pub cve: Option<String>,
    /// Text in kind, namespace, name or key, as it stands there; case does not count.
    pub text: Option<String>,
    /// Words, each of which stands in the subject or in the title of the check; see [`crate::search`].
    pub q: Option<String>,
    /// The order.
    pub sort: FindingSort,
}

impl FindingFilter {
    /// The same, with the reader's last visit put in where it asks for that.
    #[must_use]
    pub fn since_visit(mut self, visit: Option<DateTime<Utc>>) -> Self {
        if self.changed == Some(ChangedFilter::SinceVisit) {
            self.changed = visit.map(ChangedFilter::Since).or(self.changed);
        }
        self
    }
}
