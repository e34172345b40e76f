//! What workloads run, and how: `img.*`, `cap.requests`, `sec.env`, `avl.disruption_budget`.
//!
//! Templates are judged rather than the pods made from them, so that a rollout changes nothing. Pods and Jobs that
//! no template here speaks for are judged under the name of what they belong to.

mod budgets;
mod containers;
mod images;
mod requests;
mod secrets;

use super::{
    cron_jobs,
    verdict::{Judge, Sentence, evaluation},
};
use crate::{
    error::ReadError,
    listed::Listed,
    objects::{
        meta::Owned,
        workloads::{CronJob, DisruptionBudget, LimitRange, LonePod, ResourceQuota, Workload},
    },
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading, labels_of},
    request::{
        CRON_JOBS, DAEMON_SETS, DEPLOYMENTS, DISRUPTION_BUDGETS, JOBS, LIMIT_RANGES, PODS, RESOURCE_QUOTAS,
        STATEFUL_SETS,
    },
};
use containers::{Unit, units};
use model::{
    evaluation::Evaluation,
    labels::{KeptLabels, LabelKeys, LabelsOfKind},
    scan::Read,
};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// How asking for API groups went.
    pub groups: Read,
    /// Deployments.
    pub deployments: Arc<Listed<Workload>>,
    /// StatefulSets.
    pub stateful_sets: Arc<Listed<Workload>>,
    /// DaemonSets.
    pub daemon_sets: Arc<Listed<Workload>>,
    /// CronJobs.
    pub cron_jobs: Arc<Listed<CronJob>>,
    /// Jobs.
    pub jobs: Listed<Workload>,
    /// Pods.
    pub pods: Listed<LonePod>,
    /// Disruption budgets.
    pub budgets: Listed<DisruptionBudget>,
    /// Defaults of namespaces.
    pub limit_ranges: Listed<LimitRange>,
    /// Bounds of namespaces.
    pub quotas: Listed<ResourceQuota>,
}

impl Input {
    /// Reads workloads, and what is said of them beside.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let groups = reader.groups().await?;
        // Where groups may not be read, the newest is asked for: every supported version of Kubernetes serves it.
        let version_of = |group, versions: &[&'static str]| groups.version(group, versions).unwrap_or(versions[0]);
        Ok(Self {
            groups: groups.read.clone(),
            deployments: reader.shared(&DEPLOYMENTS).await,
            stateful_sets: reader.shared(&STATEFUL_SETS).await,
            daemon_sets: reader.shared(&DAEMON_SETS).await,
            cron_jobs: cron_jobs(reader).await,
            jobs: reader.list(&JOBS).await,
            pods: reader.list(&PODS).await,
            budgets: reader.list(&DISRUPTION_BUDGETS.at(version_of("policy", &["v1", "v1beta1"]))).await,
            limit_ranges: reader.list(&LIMIT_RANGES).await,
            quotas: reader.list(&RESOURCE_QUOTAS).await,
        })
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![
            (Part::Optional, &self.groups),
            (Part::Own, &self.deployments.read),
            (Part::Own, &self.stateful_sets.read),
            (Part::Own, &self.daemon_sets.read),
            (Part::Own, &self.cron_jobs.read),
            (Part::Own, &self.jobs.read),
            (Part::Own, &self.pods.read),
            (Part::Own, &self.budgets.read),
            (Part::Own, &self.limit_ranges.read),
            (Part::Own, &self.quotas.read),
        ]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }

    fn labels(&self, keys: &LabelKeys) -> Vec<LabelsOfKind> {
        let kinds = [
            ("Deployment", &*self.deployments),
            ("StatefulSet", &*self.stateful_sets),
            ("DaemonSet", &*self.daemon_sets),
            ("Job", &self.jobs),
        ];
        let of_workloads = kinds.into_iter().filter_map(|(kind, list)| {
            // Of a Job that something made, its maker is the subject: the Jobs of a CronJob come and go.
            labels_of(kind, list, |it| (kind != "Job" || it.metadata.is_of_its_own()).then(|| kept(&it.metadata, keys)))
        });
        let of_cron_jobs = labels_of("CronJob", &self.cron_jobs, |it| Some(kept(&it.metadata, keys)));
        of_workloads.chain(of_cron_jobs).collect()
    }
}

fn kept<'a>(metadata: &'a Owned, keys: &LabelKeys) -> (Option<&'a str>, &'a str, KeptLabels) {
    (metadata.namespace.as_deref(), metadata.name(), keys.kept(metadata.labels.as_ref()))
}

const REGISTRY: &str = "img.trusted_registry";
const REFERENCE: &str = "img.immutable_ref";
const REQUESTS: &str = "cap.requests";
const ENVIRONMENT: &str = "sec.env";
const BUDGET: &str = "avl.disruption_budget";

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[images::SENTENCES, requests::SENTENCES, secrets::SENTENCES, budgets::SENTENCES];

/// Judges the checks of workloads.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    let units = units(input);
    evaluation([
        images::trusted(needing(REGISTRY, input, &units), &units, policy),
        images::immutable(needing(REFERENCE, input, &units), &units),
        requests::requests(needing(REQUESTS, input, &units), input, &units, policy),
        secrets::environment(needing(ENVIRONMENT, input, &units), &units),
        budgets::budgets(input),
    ])
}

fn needing(check: &'static str, input: &Input, units: &[Unit<'_>]) -> Judge {
    let mut judge = Judge::of(check)
        .needs(&DEPLOYMENTS, &input.deployments)
        .needs(&STATEFUL_SETS, &input.stateful_sets)
        .needs(&DAEMON_SETS, &input.daemon_sets)
        .needs(&CRON_JOBS, &input.cron_jobs)
        .needs(&JOBS, &input.jobs)
        .needs(&PODS, &input.pods);
    if units.is_empty() {
        // Every cluster runs something: not to see anything is to have seen nothing.
        judge.doubt();
    }
    judge
}
