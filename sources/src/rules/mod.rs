//! The rules: pure functions from what was read to results and observations.
//!
//! Each takes its input, the cluster's policy and the cluster's own time. None reads a clock, a file or a network.
//! A list that was not read, or not wholly, never becomes a pass: see [`verdict`].

pub mod api_server;
pub mod cert_manager;
pub mod custom;
pub mod dex;
pub mod nodes;
pub mod pod_security;
pub mod rbac;
pub mod velero;
pub mod verdict;

use verdict::Sentence;

/// Every sentence that the rules may say, for the test that compares them with the translations.
pub fn sentences() -> impl Iterator<Item = &'static Sentence> {
    [
        rbac::SENTENCES,
        pod_security::SENTENCES,
        cert_manager::SENTENCES,
        velero::SENTENCES,
        api_server::SENTENCES,
        dex::SENTENCES,
        nodes::SENTENCES,
        custom::SENTENCES,
    ]
    .into_iter()
    .flatten()
    .copied()
    .flatten()
}
