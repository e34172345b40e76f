//! The containers that are judged, each under the name of what it belongs to.

use super::Input;
use crate::{
    objects::{
        meta::Owned,
        workloads::{Container, PodTemplate},
    },
    rules::verdict::subject,
};
use model::finding::Subject;
use std::collections::{BTreeMap, BTreeSet};

/// A container of a workload; of several pods that belong to one thing, those that are alike count once.
pub(super) struct Unit<'a> {
    /// The workload, with the container's name as key.
    pub(super) subject: Subject,
    pub(super) container: &'a Container,
    pub(super) pod: &'a PodTemplate,
    /// Whether it runs for as long as the pod does.
    pub(super) is_main: bool,
}

/// Kinds whose pods are made from templates that are judged.
const WITH_TEMPLATE: &[&str] = &["StatefulSet", "DaemonSet", "Job"];

/// Every container of every workload, by subject.
pub(super) fn units(input: &Input) -> Vec<Unit<'_>> {
    let mut found = Vec::new();
    let kinds =
        [("Deployment", &input.deployments), ("StatefulSet", &input.stateful_sets), ("DaemonSet", &input.daemon_sets)];
    for (kind, list) in kinds {
        for workload in &list.items {
            of_pod(&own(kind, &workload.metadata), &workload.spec.template.spec, &mut found);
        }
    }
    for job in &input.cron_jobs.items {
        of_pod(&own("CronJob", &job.metadata), &job.spec.job_template.spec.template.spec, &mut found);
    }
    for job in &input.jobs.items {
        if let Some(subject) = unspoken_for("Job", &job.metadata, |kind, _| kind == "CronJob") {
            of_pod(&subject, &job.spec.template.spec, &mut found);
        }
    }
    let deployments: BTreeSet<(Option<&str>, &str)> =
        input.deployments.items.iter().map(|d| (d.metadata.namespace.as_deref(), d.metadata.name())).collect();
    let saw_deployments = input.deployments.was_read() && input.deployments.unread == 0;
    for pod in &input.pods.items {
        let namespace = pod.metadata.namespace.as_deref();
        let has_template = |kind: &str, name: &str| match kind {
            // One that was not read may be its Deployment.
            "ReplicaSet" => !saw_deployments || deployments.contains(&(namespace, stem(name))),
            // Of the node itself, written in its files.
            "Node" => true,
            _ => WITH_TEMPLATE.contains(&kind),
        };
        if let Some(subject) = unspoken_for("Pod", &pod.metadata, has_template) {
            of_pod(&subject, &pod.spec, &mut found);
        }
    }
    distinct(found)
}

fn own(kind: &str, metadata: &Owned) -> Subject {
    subject(kind, metadata.namespace.as_deref(), metadata.name())
}

/// Under what name an object is judged; `None` where a template speaks for it.
fn unspoken_for(kind: &str, metadata: &Owned, has_template: impl Fn(&str, &str) -> bool) -> Option<Subject> {
    let Some(owner) = metadata.owner_references.iter().flatten().next() else { return Some(own(kind, metadata)) };
    let of = owner.kind.as_deref().unwrap_or_default();
    let name = owner.name.as_deref().unwrap_or_default();
    let name_that_stays = if of == "ReplicaSet" { stem(name) } else { name };
    (!has_template(of, name)).then(|| subject(of, metadata.namespace.as_deref(), name_that_stays))
}

/// The name of a ReplicaSet without the part that a rollout makes.
fn stem(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(stem, _)| stem)
}

fn of_pod<'a>(subject: &Subject, pod: &'a PodTemplate, found: &mut Vec<Unit<'a>>) {
    let main = pod.containers.iter().map(|container| (container, true));
    let before = pod.init_containers.iter().flatten().map(|container| (container, false));
    for (container, is_main) in main.chain(before) {
        let key = Some(container.name.clone().unwrap_or_default());
        found.push(Unit { subject: Subject { key, ..subject.clone() }, container, pod, is_main });
    }
}

/// Pods that belong to one thing are mostly alike: how many they are must not be told, since it moves.
fn distinct(found: Vec<Unit<'_>>) -> Vec<Unit<'_>> {
    let all_that_is_judged =
        |unit: &Unit<'_>| format!("{} {:?} {:?}", unit.is_main, unit.container, unit.pod.resources);
    let by_content: BTreeMap<_, _> =
        found.into_iter().map(|unit| ((unit.subject.clone(), all_that_is_judged(&unit)), unit)).collect();
    by_content.into_values().collect()
}
