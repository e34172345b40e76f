//! What runs, by the objects that Trivy scans, and who owns it.

use crate::objects::{meta::Meta, running::Pod};
use model::{
    Instant,
    finding::{Extent, Subject},
};
use std::collections::{BTreeMap, BTreeSet};

/// An object that Trivy scans: kind, namespace and name.
pub(super) type Scanned<'a> = (&'a str, &'a str, &'a str);

/// Kinds that are scanned because pods of theirs run; without pods, a report of them is left over.
const KINDS_WITH_PODS: &[&str] = &["ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job", "Pod"];

/// Everything that runs.
pub(super) struct Running<'a> {
    workloads: BTreeMap<Scanned<'a>, Workload<'a>>,
    /// Namespaces in which no reports are expected.
    unscanned: &'a [String],
}

/// What runs of one scanned object.
pub(super) struct Workload<'a> {
    /// Kind and name of what a person would call it: the Deployment, not its ReplicaSet.
    pub(super) owner: (&'a str, &'a str),
    /// Its containers that run, by name.
    pub(super) containers: BTreeMap<&'a str, Container<'a>>,
}

/// What runs of one container, over all pods.
#[derive(Default)]
pub(super) struct Container<'a> {
    /// The image, as it was asked for.
    pub(super) image: Option<&'a str>,
    /// The digests of the images that run.
    pub(super) digests: BTreeSet<&'a str>,
    /// Since when the oldest of its pods is there.
    pub(super) since: Option<Instant>,
}

/// Where what a report is about stands.
pub(super) enum Place<'a> {
    /// It is there, and belongs to this owner (kind and name).
    Live((&'a str, &'a str)),
    /// Nothing of it runs.
    Gone,
    /// The report does not say what it is about.
    Unknown,
}

impl<'a> Running<'a> {
    /// What runs in these pods.
    pub(super) fn of(pods: &'a [Pod], unscanned: &'a [String]) -> Self {
        let mut workloads: BTreeMap<Scanned<'a>, Workload<'a>> = BTreeMap::new();
        for pod in pods.iter().filter(|pod| pod.is_live() && !is_of_the_operator(pod)) {
            let namespace = pod.metadata.namespace.as_deref().unwrap_or_default();
            let ((kind, name), owner) = scanned(&pod.metadata);
            let workload = workloads
                .entry((kind, namespace, name))
                .or_insert_with(|| Workload { owner, containers: BTreeMap::new() });
            workload.add(pod);
        }
        Self { workloads, unscanned }
    }

    /// Containers that run and of which a report is expected.
    pub(super) fn containers(&self) -> impl Iterator<Item = (Scanned<'a>, &Workload<'a>, &'a str, &Container<'a>)> {
        let expected = self.workloads().filter(|(scanned, _)| self.is_expected(scanned.1));
        expected.flat_map(|(scanned, workload)| {
            workload.containers.iter().map(move |(name, container)| (scanned, workload, *name, container))
        })
    }

    /// Scanned objects of which something runs, where reports are expected.
    pub(super) fn expected(&self) -> impl Iterator<Item = Scanned<'a>> {
        let runs = |(scanned, workload): &(Scanned<'a>, &Workload<'a>)| {
            self.is_expected(scanned.1) && !workload.containers.is_empty()
        };
        self.workloads().filter(runs).map(|(scanned, _)| scanned)
    }

    /// What runs of a scanned object.
    pub(super) fn workload<'b>(&'b self, scanned: Scanned<'b>) -> Option<&'b Workload<'b>> {
        self.workloads.get(&scanned)
    }

    /// Where what a report is about stands.
    pub(super) fn place<'b>(&'b self, about: Option<(&'b str, &'b str)>, namespace: &'b str) -> Place<'b> {
        match about {
            None => Place::Unknown,
            Some((kind, name)) if KINDS_WITH_PODS.contains(&kind) => {
                self.workloads.get(&(kind, namespace, name)).map_or(Place::Gone, |found| Place::Live(found.owner))
            }
            Some(object) => Place::Live(object),
        }
    }

    /// All that is found of the workload that a report is about, by its owner.
    pub(super) fn owner(&self, about: Option<(&str, &str)>, namespace: Option<&str>) -> Extent {
        match (self.place(about, namespace.unwrap_or_default()), about) {
            (Place::Live((kind, name)), _) | (_, Some((kind, name))) => Extent::of_object(kind, namespace, name),
            (_, None) => Extent { namespace: namespace.map(Into::into), ..Extent::default() },
        }
    }

    fn workloads(&self) -> impl Iterator<Item = (Scanned<'a>, &Workload<'a>)> {
        self.workloads.iter().map(|(scanned, workload)| (*scanned, workload))
    }

    fn is_expected(&self, namespace: &str) -> bool {
        !self.unscanned.iter().any(|unscanned| unscanned == namespace)
    }
}

impl<'a> Workload<'a> {
    fn add(&mut self, pod: &'a Pod) {
        let status = pod.status.as_ref();
        if status.and_then(|status| status.phase.as_deref()) != Some("Running") {
            return;
        }
        for (name, image) in pod.containers().filter_map(|found| Some((found.name.as_deref()?, found.image.as_deref())))
        {
            let container = self.containers.entry(name).or_default();
            container.image = image;
            // A pod that does not say since when it is there is there since ever.
            let since = pod.metadata.creation_timestamp.unwrap_or(Instant::MIN_UTC);
            container.since = Some(container.since.map_or(since, |known| known.min(since)));
            let statuses = status.iter().filter_map(|status| status.container_statuses.as_ref()).flatten();
            let of_it = statuses.filter(|status| status.name.as_deref() == Some(name));
            // Without a repository it is the id of an image on a node, which no registry knows.
            let digest = |id: &'a str| id.rsplit_once('@').map(|(_, digest)| digest);
            container.digests.extend(of_it.filter_map(|status| digest(status.image_id.as_deref()?)));
        }
    }
}

/// The object that Trivy scans for a pod, and its owner.
fn scanned(pod: &Meta) -> ((&str, &str), (&str, &str)) {
    let itself = ("Pod", pod.name());
    let controller = pod.controller().and_then(|owner| Some((owner.kind.as_deref()?, owner.name.as_deref()?)));
    match controller {
        Some(("ReplicaSet", name)) => (("ReplicaSet", name), of_replica_set(pod, name)),
        Some(("Job", name)) => {
            let job = without_number(name).map_or(("Job", name), |stem| ("CronJob", stem));
            (job, job)
        }
        Some(known) if KINDS_WITH_PODS.contains(&known.0) => (known, known),
        // The kubelet itself keeps it, from a file.
        None | Some(("Node", _)) => (itself, itself),
        Some(other) => (itself, other),
    }
}

/// The owner of a ReplicaSet: its name ends with what its pods are labelled with.
fn of_replica_set<'a>(pod: &'a Meta, name: &'a str) -> (&'a str, &'a str) {
    let stem = |label| name.strip_suffix(pod.label(label)?)?.strip_suffix('-');
    if let Some(stem) = stem("pod-template-hash") {
        ("Deployment", stem)
    } else if let Some(stem) = stem("rollouts-pod-template-hash") {
        ("Rollout", stem)
    } else {
        ("ReplicaSet", name)
    }
}

/// The name of the `CronJob` that made a Job: without the minutes since 1970.
fn without_number(name: &str) -> Option<&str> {
    let (stem, number) = name.rsplit_once('-')?;
    ((8..=10).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(stem)
}

/// Whether a pod is one with which the operator scans, which nothing scans in turn.
fn is_of_the_operator(pod: &Pod) -> bool {
    let of_job = |name: &str| name.starts_with("scan-vulnerabilityreport-") || name.starts_with("node-collector-");
    pod.metadata.label("app.kubernetes.io/managed-by") == Some("trivy-operator")
        && pod
            .metadata
            .controller()
            .is_some_and(|owner| owner.kind.as_deref() == Some("Job") && owner.name.as_deref().is_some_and(of_job))
}

/// A finding's subject: the owner, and what within it.
pub(super) fn subject((kind, name): (&str, &str), namespace: Option<&str>, key: String) -> Subject {
    Subject { kind: kind.into(), namespace: namespace.map(Into::into), name: name.into(), key: Some(key) }
}
