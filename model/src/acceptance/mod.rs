//! Risk acceptances: that something fails is accepted for a time, with a reason, by somebody other than who asked for it.
//!
//! In which state an acceptance is at an instant is a pure function of what was asked for, what was done about it, and the
//! instant. Nothing needs to happen for one to begin or to run out.

mod may;
mod scope;
mod state;
#[cfg(test)]
mod tests;

pub use may::{Actor, Refusal, may};
pub use scope::{AcceptanceScope, advisory};
pub use state::{Done, Terms, state};

use crate::{severity::Severity, words::words};

/// Whether a finding of a severity falls under an acceptance of another: what is worse does not. A severity that nobody named
/// is no low one, and counts as High unless what was accepted was of none either. The same as `severity_covered` of the schema.
pub fn covers_severity(accepted: Severity, found: Severity) -> bool {
    match found {
        Severity::Unknown => accepted == Severity::Unknown || accepted >= Severity::High,
        named => named <= accepted,
    }
}

words! {
    /// Where an acceptance stands at an instant.
    AcceptanceState {
        /// Asked for, and not all who must approve have.
        Requested = "requested",
        /// Approved, to begin later.
        Approved = "approved",
        /// In force: what it covers is accepted.
        Active = "active",
        /// An officer said no.
        Rejected = "rejected",
        /// Taken back by who asked for it, before it was decided.
        Withdrawn = "withdrawn",
        /// Its time is over, whether or not it was ever approved.
        Expired = "expired",
        /// An officer ended it before its time.
        Revoked = "revoked",
        /// What it was to end on was seen.
        Ended = "ended",
    }
}

impl AcceptanceState {
    /// Whether nothing can come of it any more.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Rejected | Self::Withdrawn | Self::Expired | Self::Revoked | Self::Ended)
    }
}

words! {
    /// What is done about an acceptance that was asked for.
    AcceptanceAct {
        /// An officer approves.
        Approve = "approved",
        /// An officer says no.
        Reject = "rejected",
        /// Who asked takes it back.
        Withdraw = "withdrawn",
        /// An officer ends it before its time.
        Revoke = "revoked",
        /// Bevis saw what it was to end on.
        End = "ended",
        /// An officer decided otherwise just after it was decided: seen, and of no consequence.
        TooLate = "too_late",
    }
}

words! {
    /// What became of an acceptance: what was done about it, and what time alone does.
    AcceptanceStep {
        /// Somebody asked for it.
        Requested = "requested",
        /// An officer approved.
        Approved = "approved",
        /// An officer said no.
        Rejected = "rejected",
        /// Who asked took it back.
        Withdrawn = "withdrawn",
        /// An officer ended it before its time.
        Revoked = "revoked",
        /// Bevis saw what it was to end on.
        Ended = "ended",
        /// Its time was over, and nobody had ended it before.
        Expired = "expired",
    }
}

words! {
    /// On what an acceptance ends before its time.
    EndsOn {
        /// There is a correction for what is accepted.
        FixAvailable = "fix_available",
        /// The workload's image or specification is another than when it was approved.
        SubjectChanged = "subject_changed",
        /// Something that it covers is worse than what was accepted.
        SeverityRises = "severity_rises",
    }
}

words! {
    /// Whether Bevis can tell that what an acceptance is to end on has come.
    Watch {
        /// It can, and it has not.
        Watching = "watching",
        /// It cannot: a person must watch.
        Unknown = "unknown",
        /// It has.
        Met = "met",
    }
}
