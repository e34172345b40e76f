//! Coverage of time: when a source, a check or a control was observed, and why not when it was not.
//!
//! The rule, exact to the microsecond (`docs/decisions/0008-coverage-of-time.md`):
//!
//! - a **source** is observed at `t` when a scan that judged it, and saw it, ended at `t` or before, by no more than the
//!   freshness budget in force at `t`;
//! - a **check** is observed at `t` when a scan that judged its source ended so, and its outcome in force at `t` is one that
//!   was really evaluated: pass, fail, needs review, not applicable;
//! - a **control** is observed at `t` when every check that supports it is;
//! - a check of what a management cluster keeps for others is observed in a workload cluster that has nothing of its own
//!   when it is in the management cluster.
//!
//! What is not observed is a gap with a reason. Nothing here makes a gap smaller than it was.

mod budgets;
mod elsewhere;
mod period;
mod summary;
mod timeline;

pub use budgets::Budgets;
pub use elsewhere::{Span, both, instead, nothing_of_its_own};
pub use period::{BadPeriod, LONGEST_DAYS, PRESETS, Period};
pub use summary::{Summary, cells, gaps};
pub use timeline::{Judged, Watch, all, check, source};

use crate::{Instant, evaluation::Outcome, scan::Coverage, words::words};
use chrono::TimeDelta;

/// The smallest step of time that is told apart, which is PostgreSQL's.
const STEP: TimeDelta = TimeDelta::microseconds(1);

words! {
    /// Why a stretch of time was not observed; of several reasons at once the first of this order is told.
    Gap {
        /// The cluster was not in the configuration: nothing was promised for that time.
        NotRegistered = "not_registered",
        /// What was known was dropped by a retention policy, so nothing can be said.
        NotRetained = "not_retained",
        /// Nobody had ever tried to read it.
        NeverPolled = "never_polled",
        /// No scan was made for longer than the budget.
        NobodyRan = "nobody_ran",
        /// The API server did not answer.
        Unreachable = "unreachable",
        /// It answered, and reading failed.
        Failed = "failed",
        /// A permission was missing.
        Forbidden = "forbidden",
        /// The provider hides it.
        Hidden = "hidden",
        /// The check could not see what it needs.
        NotVisible = "not_visible",
        /// The source's own data was too old.
        Stale = "stale",
        /// The check ran, and came to grief.
        Errored = "errored",
        /// The system was not installed.
        Absent = "absent",
        /// Installed, and never ran.
        NeverRan = "never_ran",
        /// The check was not evaluated.
        NotEvaluated = "not_evaluated",
        /// It was read, and nothing judged it.
        NotJudged = "not_judged",
    }
}

/// A stretch `[from, until)` that is observed throughout, or throughout not for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first instant.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// Why it was not observed; `None` where it was.
    pub gap: Option<Gap>,
}

impl Stretch {
    /// How long it lasted.
    pub fn length(&self) -> TimeDelta {
        self.until - self.from
    }
}

/// Scans of one source one after another that went alike: a single scan is a run of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The end of its first scan.
    pub first: Instant,
    /// The end of its last.
    pub last: Instant,
    /// How many scans.
    pub scans: i64,
    /// How much each of them read.
    pub coverage: Coverage,
    /// Whether they gave results.
    pub judged: bool,
    /// The longest time from the end of one to the end of the next; zero for one scan.
    pub longest_gap: TimeDelta,
}

impl Run {
    /// A run of one scan.
    pub const fn single(ended_at: Instant, coverage: Coverage, judged: bool) -> Self {
        Self { first: ended_at, last: ended_at, scans: 1, coverage, judged, longest_gap: TimeDelta::zero() }
    }
}

/// Whether scans of a run observe a source: they judged it and saw it.
pub const fn observes_source(coverage: Coverage, judged: bool) -> bool {
    judged && coverage.saw_something()
}

/// Whether scans of a run can observe a check of the source: they judged, also where a part of the source was refused. What
/// the check itself could see, its outcome tells.
pub const fn observes_checks(coverage: Coverage, judged: bool) -> bool {
    judged && !matches!(coverage, Coverage::Stale | Coverage::Unreachable | Coverage::Failed)
}

/// The reason that a scan which observed nothing gives.
pub const fn gap_of_scan(coverage: Coverage) -> Gap {
    match coverage {
        Coverage::Complete | Coverage::Truncated => Gap::NotJudged,
        Coverage::Forbidden => Gap::Forbidden,
        Coverage::Hidden => Gap::Hidden,
        Coverage::Absent => Gap::Absent,
        Coverage::NeverRan => Gap::NeverRan,
        Coverage::Stale => Gap::Stale,
        Coverage::Unreachable => Gap::Unreachable,
        Coverage::Failed => Gap::Failed,
    }
}

/// The reason that an outcome gives; `None` where the check was really evaluated.
pub const fn gap_of_outcome(outcome: Outcome) -> Option<Gap> {
    match outcome {
        Outcome::Pass | Outcome::Fail | Outcome::NeedsReview | Outcome::NotApplicable => None,
        Outcome::Error => Some(Gap::Errored),
        Outcome::NotVisible => Some(Gap::NotVisible),
        Outcome::Stale => Some(Gap::Stale),
        Outcome::NotEvaluated => Some(Gap::NotEvaluated),
    }
}

#[cfg(test)]
mod tests;
