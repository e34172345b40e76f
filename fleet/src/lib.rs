//! A simulated fleet: Kubernetes API servers and an OIDC provider, on loopback, over real HTTP.
//!
//! For the demo, tests and benchmarks. It knows nothing of the server; the production program contains none of it.
//! Everything takes its time from a [`now::Now`] and its variety from a seed, so that the same inputs give the same fleet.

pub mod cluster;
mod listener;
pub mod now;
pub mod provider;
pub mod trouble;
