//! How logs leave the cluster: `log.*`, and the copies of backups that leave it by the same kind of job: `bak.offsite`.
//!
//! Forwarders are known by their image or labels; how they are configured is in `ConfigMaps` and Secrets, which are
//! not read. So a forwarder that could read the audit log is not yet one that sends it: these checks support
//! controls, and none shows alone that one is met.

mod destination;
mod forwarded;
mod jobs;
mod paths;
mod ready;
mod store;

use super::{
    cron_jobs, daemons, installed,
    verdict::{Sentence, evaluation},
};
use crate::{
    error::ReadError,
    listed::Listed,
    objects::{
        agents::core::{Node, Pod, PodSpec},
        agents::workloads::{CronJob, DaemonSet, Replicated},
        logging::{LogForwarder, Output},
        meta::Meta,
    },
    policy::Policy,
    reader::{Groups, Readable, Reader, Serving},
    reading::{Context, Part, Reading},
    request::{DAEMON_SETS, LOG_FORWARDERS, LOG_OUTPUTS, NODES, PODS, Resource, STATEFUL_SETS},
};
use model::{Instant, evaluation::Evaluation, scan::Read};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Which API groups are served: operators have theirs.
    pub groups: Arc<Groups>,
    /// Forwarders among them.
    pub daemon_sets: Arc<Listed<DaemonSet>>,
    /// Aggregators among them.
    pub stateful_sets: Arc<Listed<Replicated>>,
    /// Pods of both, and the API server's.
    pub pods: Arc<Listed<Pod>>,
    /// Nodes.
    pub nodes: Arc<Listed<Node>>,
    /// Jobs that delete old logs, and that copy backups.
    pub cron_jobs: Arc<Listed<CronJob>>,
    /// Outputs of operators, by what was asked for.
    pub outputs: Vec<(Resource, Listed<Output>)>,
    /// OpenShift's forwarders.
    pub forwarders: Option<Listed<LogForwarder>>,
}

const FORWARDED: &str = "log.audit_forwarded";
const READY: &str = "log.forwarder_ready";
const DESTINATION: &str = "log.shipping_destination";
const STORE: &str = "log.immutable_store";
const RETENTION: &str = "log.retention_job";
const OFFSITE: &str = "bak.offsite";

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[forwarded::SENTENCES, ready::SENTENCES, destination::SENTENCES, store::SENTENCES, jobs::SENTENCES];

impl Input {
    /// Reads workloads, nodes, and the outputs of operators whose group is served.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let groups = reader.groups().await?;
        // Where groups may not be read, asking for the resource tells whether it is there.
        let mut outputs = Vec::new();
        for resource in LOG_OUTPUTS {
            outputs.extend(served(reader, &groups, resource).await.map(|list| (resource.clone(), list)));
        }
        let forwarders = served(reader, &groups, &LOG_FORWARDERS).await;
        Ok(Self {
            outputs,
            forwarders,
            groups,
            daemon_sets: reader.shared(&DAEMON_SETS).await,
            stateful_sets: reader.shared(&STATEFUL_SETS).await,
            pods: reader.shared(&PODS).await,
            nodes: reader.shared(&NODES).await,
            cron_jobs: cron_jobs(reader).await,
        })
    }
}

/// A list whose group is served, be it in a version that is not known.
async fn served<T: Readable, R: Reader>(reader: &R, groups: &Groups, resource: &Resource) -> Option<Listed<T>> {
    match groups.serving(resource.group, &[resource.version]) {
        Serving::In(_) | Serving::Hidden => Some(reader.list(resource).await),
        Serving::Otherwise(versions) => Some(Listed::of_unknown_version(resource, &versions)),
        Serving::Absent => None,
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        let outputs = self.outputs.iter().map(|(_, list)| (Part::Optional, &list.read));
        let forwarders = self.forwarders.iter().map(|list| (Part::Optional, &list.read));
        [
            (Part::Beside, &self.groups.read),
            (Part::Own, &self.daemon_sets.read),
            (Part::Own, &self.stateful_sets.read),
            (Part::Own, &self.cron_jobs.read),
            (Part::Beside, &self.pods.read),
            (Part::Beside, &self.nodes.read),
        ]
        .into_iter()
        .chain(outputs)
        .chain(forwarders)
        .collect()
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy, context.now)
    }

    /// Those of the forwarders, each with its name: there may be several kinds.
    fn version(&self) -> Option<String> {
        let specs = self.daemon_sets.items.iter().map(daemons::template).filter(|spec| paths::reads_logs(*spec));
        let images = specs.flat_map(daemons::containers).filter_map(|container| container.image.as_deref());
        installed::together(images.filter_map(|image| {
            let repository = daemons::repository(image);
            let tag = daemons::tag(image).filter(|_| is_forwarder_image(&repository))?;
            Some(format!("{} {tag}", installed::last(&repository)))
        }))
    }
}

/// Judges the checks of the log pipeline.
pub fn evaluate(input: &Input, policy: &Policy, now: Instant) -> Evaluation {
    let forwarders = forwarders(input, policy);
    evaluation([
        forwarded::forwarded(input, &forwarders, now),
        ready::ready(input, &forwarders, now),
        destination::destination(input, &forwarders, policy),
        store::immutable(policy, now),
        jobs::retention(input, policy, now),
        jobs::offsite(input, now),
    ])
}

/// A DaemonSet that forwards logs, with its pods.
struct Forwarder<'a> {
    set: &'a DaemonSet,
    pods: Vec<&'a Pod>,
}

fn forwarders<'a>(input: &'a Input, policy: &Policy) -> Vec<Forwarder<'a>> {
    let is_named = |metadata: &Meta| {
        let name = format!("{}/{}", metadata.namespace.as_deref().unwrap_or_default(), metadata.name());
        policy.log_forwarders.contains(&name)
    };
    let sets = input.daemon_sets.items.iter().filter(|set| {
        let spec = daemons::template(set);
        is_named(&set.metadata) || (is_forwarder(&set.metadata, spec) && paths::reads_logs(spec))
    });
    sets.map(|set| Forwarder { set, pods: daemons::pods_of("DaemonSet", &set.metadata, &input.pods.items) }).collect()
}

/// Names that forwarders go by, in labels.
const NAMES: &[&str] = &[
    "alloy",
    "datadog-agent",
    "filebeat",
    "fluent-bit",
    "fluent-bit-logging",
    "fluentbit",
    "fluentd",
    "fluentd-forwarder",
    "fluentd-logging",
    "opentelemetry-collector",
    "promtail",
    "vector",
];

fn is_forwarder(metadata: &Meta, spec: Option<&PodSpec>) -> bool {
    let labels = ["app.kubernetes.io/name", "k8s-app", "app"];
    let labelled = labels.iter().any(|key| metadata.label(key).is_some_and(|name| NAMES.contains(&name)));
    labelled || daemons::has_image(spec, is_forwarder_image)
}

fn is_forwarder_image(repository: &str) -> bool {
    let name = repository.rsplit('/').next().unwrap_or_default();
    let holds = ["fluentd", "fluent-bit", "fluentbit", "promtail", "filebeat", "grafana-agent", "otel-collector"];
    holds.iter().any(|part| name.contains(part))
        || ["opentelemetry-collector", "otelcol", "splunk-otel"].iter().any(|start| name.starts_with(start))
        || ["vector", "alloy", "datadog-agent"].contains(&name)
        || repository.ends_with("datadog/agent")
}
