//! The words and rules of Bevis: pure, without IO, clock, SQL or Kubernetes.
//!
//! Everything here takes time as a parameter and, given typed input, cannot fail.
//! It compiles to wasm, and knows nothing of the server, of axum or of Leptos.
#![warn(missing_docs)]

pub mod acceptance;
pub mod access;
pub mod catalogue;
pub mod control;
pub mod coverage;
pub mod custom;
pub mod disposition;
pub mod errors;
pub mod evaluation;
pub mod finding;
pub mod ids;
pub mod labels;
pub mod notify;
pub mod platform;
pub mod problem;
pub mod query;
pub mod releases;
pub mod role;
pub mod scan;
pub mod search;
pub mod service_level;
pub mod severity;
pub mod source;
pub mod trends;
pub mod views;
mod words;

/// An instant, always UTC. Zones are applied where a person reads it, never before.
pub type Instant = chrono::DateTime<chrono::Utc>;
