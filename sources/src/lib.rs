//! What each system in a cluster exposes, and what that means for a verdict.
//!
//! Pure: no network, clock, file or database. A [`reader::Reader`] gives the objects (the API server in the
//! server, manifests in tests), a rule turns them into results and observations. A file under `rules/` is one system.

#![expect(clippy::zero_sized_map_values, reason = "values that must not be kept are read past, key by key")]

pub mod cluster_role;
pub mod custom;
pub mod error;
mod foreign;
pub mod identity;
pub mod intake;
pub mod listed;
pub mod objects;
pub mod owner;
pub mod page;
pub mod platform;
pub mod policy;
pub mod pushed;
pub mod reader;
pub mod reading;
pub mod redact;
pub mod request;
pub mod rules;
#[cfg(test)]
mod tests;
pub mod version;

pub use error::ReadError;
pub use policy::Policy;
pub use reading::{Context, Part, Reading, judge, read};
