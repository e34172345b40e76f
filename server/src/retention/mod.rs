//! How long what is recorded is kept, and the months that it lies in.
//!
//! Reads: the policies of the configuration (for ever, unless they say otherwise). Writes: months ahead, and the dropping of
//! what was over by the beginning of a month, which the database does itself and records in the ledger and in `retention`. Never:
//! drops what no policy names, or what is not over by then. What was dropped is told as not retained.

mod store;
mod work;

pub use store::{Dropped, Horizon, drop, due, horizon, retained_from};
pub use work::{command, make_months, run, work};

use crate::error::{Error, Result};
use model::Instant;
use sqlx::PgConnection;

/// A class of data that a policy may end. Everything else is kept for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The scan log: a row a reading.
    ScanLog,
    /// Who looked when: the runs that the coverage of time is told from.
    Coverage,
    /// What is kept of objects that nothing shows any more.
    Objects,
    /// What is kept of batches of audit events: their digests and counts. The ledger goes on to name each.
    AuditDigests,
    /// Messages of which nothing is to come any more, with what became of them.
    Messages,
    /// How findings failed and what checks said, as far as it was over. What fails stays, and so do decisions.
    Findings,
}

impl Class {
    /// Every class, the log before what is left of it.
    pub const ALL: &[Self] =
        &[Self::ScanLog, Self::Coverage, Self::Objects, Self::AuditDigests, Self::Messages, Self::Findings];

    /// The word in the table `retention`, in the ledger, and in the configuration before `_months`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ScanLog => "scan_log",
            Self::Coverage => "coverage",
            Self::Objects => "objects",
            Self::AuditDigests => "audit_digests",
            Self::Messages => "messages",
            Self::Findings => "findings",
        }
    }
}

/// Refuses to tell of findings, results and states at an instant of which they are not retained.
///
/// # Errors
/// [`Error::NotRetained`], and where the database is away.
pub async fn refuse_dropped(db: &mut PgConnection, at: Instant) -> Result<()> {
    match horizon(db, Class::Findings).await? {
        Some(Horizon { from, months }) if at < from => Err(Error::NotRetained { from, months }),
        _ => Ok(()),
    }
}
