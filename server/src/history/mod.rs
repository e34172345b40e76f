//! The memory of Bevis: what every scan said, as intervals of results and findings.
//!
//! Reads: scans, as values. Writes: the scan log always; results, findings and the rollup of open findings only where
//! something changed, all in one transaction. Never: changes or removes what is recorded, or closes what a scan could
//! not see. Loaders ask by `recorded_at`, the instant at which something became known.

mod depart;
mod reconcile;
mod record;
mod rekey;
mod store;

pub use record::{Recorded, record, record_by};
pub use rekey::{Rekeyed, rekey};

pub(crate) use depart::{depart, departed_at};
pub(crate) use record::just_after;
pub(crate) use store::{
    access::review as access_review,
    daily::DayCounts,
    is_anything_known, lock_sources,
    objects::{Kept, body, objects},
    rollup::{Key as RollupKey, Place as RollupPlace, add_everywhere as add_to_rollups},
    sources_changed_at,
};
