//! What state controls and checks are in, at an instant.
//!
//! Reads: the catalogue, and through [`Evidence`] the scan log (the runs where it was dropped), results and the rollup of
//! open findings.
//! Writes: nothing. Never: renders as met what was not measured; that rule is `model::control`'s, and no other is here.

mod check;
pub(crate) mod detail;
mod evidence;
mod overview;
mod status;
mod store;

pub use check::{OBJECTS_A_PAGE, check, objects};
pub use detail::{checks, detail};
pub use overview::overview;
pub use status::list;

pub(crate) use evidence::Evidence;
pub(crate) use status::{assessed, assessment};
pub(crate) use store::newest_runs;
