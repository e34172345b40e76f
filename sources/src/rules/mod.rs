//! The rules: pure functions from what was read to results and observations.
//!
//! Each takes its input, the cluster's policy and the cluster's own time. None reads a clock, a file or a network.
//! A list that was not read, or not wholly, never becomes a pass: see [`verdict`].

pub mod api_server;
pub mod audit_events;
pub mod audit_log;
pub mod cert_manager;
pub mod custom;
mod daemons;
pub mod dex;
mod duration;
pub mod external;
pub mod falco;
pub mod falco_events;
pub mod gatekeeper;
mod installed;
pub mod inventory;
pub mod kube_bench;
pub mod kyverno;
pub mod network;
pub mod nodes;
pub mod pod_security;
pub mod pods;
pub mod policy_report;
pub mod rbac;
pub mod storage;
pub mod trivy;
pub mod velero;
pub mod verdict;
pub mod workloads;

use crate::{
    listed::Listed,
    reader::{Readable, Reader},
    request::CRON_JOBS,
};
use model::scan::Coverage;
use std::sync::Arc;
use verdict::Sentence;

/// CronJobs in the version in which they are served. That `batch/v1` is served does not tell: Jobs are in it since long
/// before Kubernetes 1.21.
async fn cron_jobs<T: Readable, R: Reader>(reader: &R) -> Arc<Listed<T>> {
    let list = reader.shared(&CRON_JOBS).await;
    if list.read.coverage == Coverage::Absent { reader.shared(&CRON_JOBS.at("v1beta1")).await } else { list }
}

/// Every sentence that the rules may say, for the test that compares them with the translations.
pub fn sentences() -> impl Iterator<Item = &'static Sentence> {
    let of_sources = [
        rbac::SENTENCES,
        pod_security::SENTENCES,
        cert_manager::SENTENCES,
        velero::SENTENCES,
        api_server::SENTENCES,
        dex::SENTENCES,
        nodes::SENTENCES,
        audit_log::SENTENCES,
        falco::SENTENCES,
        pods::SENTENCES,
        gatekeeper::SENTENCES,
        kyverno::SENTENCES,
        policy_report::SENTENCES,
        network::SENTENCES,
        workloads::SENTENCES,
        storage::SENTENCES,
        inventory::SENTENCES,
        falco_events::SENTENCES,
        audit_events::SENTENCES,
        external::SENTENCES,
        trivy::SENTENCES,
        kube_bench::SENTENCES,
        custom::SENTENCES,
    ];
    of_sources.into_iter().flatten().copied().flatten()
}
