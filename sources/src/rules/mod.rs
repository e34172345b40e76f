//! The rules: pure functions from what was read to results and observations.
//!
//! Each takes its input, the cluster's policy and the cluster's own time. None reads a clock, a file or a network.
//! A list that was not read, or not wholly, never becomes a pass: see [`verdict`].

pub mod audit_events;
pub mod cert_manager;
pub mod external;
pub mod falco_events;
pub mod kube_bench;
pub mod pod_security;
pub mod rbac;
pub mod trivy;
pub mod velero;
pub mod verdict;

use verdict::Sentence;

/// Every sentence that the rules may say, for the test that compares them with the translations.
pub fn sentences() -> impl Iterator<Item = &'static Sentence> {
    let of_sources = [
        rbac::SENTENCES,
        pod_security::SENTENCES,
        cert_manager::SENTENCES,
        velero::SENTENCES,
        falco_events::SENTENCES,
        audit_events::SENTENCES,
        external::SENTENCES,
        trivy::SENTENCES,
        kube_bench::SENTENCES,
    ];
    of_sources.into_iter().flatten().copied().flatten()
}
