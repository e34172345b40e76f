//! The memory of Bevis: what every scan said, as intervals of results and findings.
//!
//! Reads: scans, as values. Writes: the scan log always; results, findings and the rollup of open findings only where
//! something changed, all in one transaction. Never: changes or removes what is recorded, or closes what a scan could
//! not see. Loaders ask by `recorded_at`, the instant at which something became known.

mod reconcile;
mod record;
mod rollup;
mod store;

pub use record::{Recorded, record};
pub use store::settle;

pub(crate) use rollup::{Key as RollupKey, add as add_to_rollup};
pub(crate) use store::{acknowledged, begin, lock_source, settled_until, source_changed_at};

/// Held shared by whoever records (a scan, a decision), and alone by whoever needs the past to stand still (a pack).
pub const HISTORY_LOCK: i64 = 0x6265_7669_735f_6869;
