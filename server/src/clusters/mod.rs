//! The clusters that are polled, and how fresh the knowledge of each is.
//!
//! Reads: the configuration's clusters (as values), the scan log. Writes: the list of clusters.
//! Never: forgets a cluster; one that leaves the configuration ends, and keeps its history.

mod pairing;
mod register;
mod status;
pub(crate) mod store;

pub(crate) use pairing::{OwnAnswer, Pairs, Speaker};
pub(crate) use register::note_facts;
pub use register::{Registered, register, set_version};
pub(crate) use status::of_evidence;
pub use status::{rounds, status, statuses};
pub use store::names;
