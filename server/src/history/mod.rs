//! The memory of Bevis: what every scan said, as intervals of results and findings.
//!
//! Reads: scans, as values. Writes: the scan log always; results, findings and the rollup of open findings only where
//! something changed, all in one transaction. Never: changes or removes what is recorded, or closes what a scan could
//! not see. Loaders ask by `recorded_at`, the instant at which something became known.

mod reconcile;
mod record;
mod store;

pub use record::{Recorded, record};

pub(crate) use record::just_after;
pub(crate) use store::{
    is_anything_known, lock_source,
    objects::{Kept, objects},
    rollup::{Key as RollupKey, add as add_to_rollup},
    source_changed_at,
};
