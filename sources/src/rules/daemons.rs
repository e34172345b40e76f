//! Whether what should run on every node does: shared by log forwarders and runtime detection.
//!
//! What has only just begun is given time, so that a rollout or a new node is no fault.

use crate::objects::{
    agents::core::{Container, ContainerStatus, Node, Pod, PodSpec},
    agents::workloads::DaemonSet,
    meta::Meta,
};
use chrono::TimeDelta;
use model::Instant;
use std::collections::BTreeSet;

/// How long something new may take to become ready.
pub(super) const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// Starting anew this often, the last time within [`LATELY`], is a loop.
const MANY_RESTARTS: i64 = 3;
/// How long ago a restart still counts.
const LATELY: TimeDelta = TimeDelta::minutes(30);

/// How a workload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    /// Every pod that should be ready is.
    Ready,
    /// Not yet, and not for long enough to say that something is wrong.
    Settling,
    /// It says nothing of itself that could be judged.
    Unknown,
    /// No node admits it.
    Nowhere,
    /// A pod starts again and again.
    Restarting,
    /// A pod is not ready, or not there.
    NotReady,
}

/// Whether an image is of a repository that `is` admits; without registry tag and digest.
pub(super) fn has_image(spec: Option<&PodSpec>, is: impl Fn(&str) -> bool) -> bool {
    containers(spec).any(|container| container.image.as_deref().is_some_and(|image| is(&repository(image))))
}

/// The containers of a pod.
pub(super) fn containers(spec: Option<&PodSpec>) -> impl Iterator<Item = &Container> {
    spec.and_then(|spec| spec.containers.as_ref()).into_iter().flatten()
}

/// An image without tag and digest, in lower case.
pub(super) fn repository(image: &str) -> String {
    let image = image.split('@').next().unwrap_or_default();
    let name = image.rfind('/').map_or(0, |slash| slash + 1);
    let end = image[name..].find(':').map_or(image.len(), |colon| name + colon);
    image[..end].to_ascii_lowercase()
}

/// The tag of an image.
pub(super) fn tag(image: &str) -> Option<&str> {
    let image = image.split('@').next()?;
    let name = image.rsplit('/').next()?;
    Some(name.split_once(':')?.1).filter(|tag| !tag.is_empty())
}

/// What a DaemonSet makes its pods from.
pub(super) fn template(set: &DaemonSet) -> Option<&PodSpec> {
    set.spec.as_ref()?.template.as_ref()?.spec.as_ref()
}

/// The pods that an object made itself; a Deployment makes none, its `ReplicaSets` do.
pub(super) fn pods_of<'a>(kind: &str, owner: &Meta, pods: &'a [Pod]) -> Vec<&'a Pod> {
    let is_owner = |pod: &&Pod| {
        let owners = pod.metadata.owner_references.iter().flatten();
        pod.metadata.namespace == owner.namespace
            && owners.into_iter().any(|of| of.kind.as_deref() == Some(kind) && of.name == owner.name)
    };
    pods.iter().filter(is_owner).collect()
}

/// Whether something was made within [`PATIENCE`].
pub(super) fn is_young(metadata: &Meta, now: Instant) -> bool {
    metadata.creation_timestamp.is_some_and(|made| now.signed_duration_since(made) < PATIENCE)
}

/// How a DaemonSet is; `changing` where a node was added so lately that it need not have its pod yet.
pub(super) fn of_set(set: &DaemonSet, pods: &[&Pod], changing: bool, now: Instant) -> Health {
    let status = set.status.as_ref();
    let Some((wanted, ready)) = status.and_then(|s| Some((s.desired_number_scheduled?, s.number_ready?))) else {
        return Health::Unknown;
    };
    // Numbers of another specification say nothing of this one.
    if set.metadata.generation.zip(status.and_then(|s| s.observed_generation)).is_some_and(|(now, seen)| seen < now) {
        return if is_young(&set.metadata, now) { Health::Settling } else { Health::Unknown };
    }
    match wanted {
        ..0 => return Health::Unknown,
        0 => return Health::Nowhere,
        1.. => {}
    }
    let there = status.and_then(|s| s.current_number_scheduled).unwrap_or(ready);
    of_pods(pods, ready >= wanted, there < wanted && !changing && !is_young(&set.metadata, now), now)
}

/// How a workload is, by its pods: `ready` as it says itself, `missing` where pods should be there and are not.
pub(super) fn of_pods(pods: &[&Pod], ready: bool, missing: bool, now: Instant) -> Health {
    let loops = |status: &ContainerStatus| restarts_in_a_loop(status, now);
    if pods.iter().any(|pod| statuses(pod).any(loops)) {
        Health::Restarting
    } else if ready {
        Health::Ready
    } else if missing || pods.iter().any(|pod| has_long_been_unready(pod, now)) {
        Health::NotReady
    } else {
        Health::Settling
    }
}

/// Whether a DaemonSet reports ready pods where none is to be seen.
pub(super) fn claims_unseen(set: &DaemonSet, pods: &[&Pod]) -> bool {
    let ready = set.status.as_ref().and_then(|status| status.number_ready).unwrap_or(0);
    ready > 0 && pods.is_empty()
}

fn statuses(pod: &Pod) -> impl Iterator<Item = &ContainerStatus> {
    pod.status.iter().flat_map(|status| status.container_statuses.iter().flatten())
}

fn restarts_in_a_loop(status: &ContainerStatus, now: Instant) -> bool {
    let waiting = status.state.as_ref().and_then(|state| state.waiting.as_ref()?.reason.as_deref());
    let ended = status.last_state.as_ref().and_then(|state| state.terminated.as_ref()?.finished_at);
    waiting == Some("CrashLoopBackOff")
        || status.restart_count.is_some_and(|count| count >= MANY_RESTARTS)
            && ended.is_some_and(|ended| now.signed_duration_since(ended) < LATELY)
}

fn has_long_been_unready(pod: &Pod, now: Instant) -> bool {
    let conditions = pod.status.as_ref().and_then(|status| status.conditions.as_ref());
    let ready = conditions.into_iter().flatten().find(|condition| condition.kind.as_deref() == Some("Ready"));
    match ready {
        Some(ready) if ready.status.as_deref() == Some("True") => false,
        Some(ready) => ready.last_transition_time.is_none_or(|since| now.signed_duration_since(since) > PATIENCE),
        None => !is_young(&pod.metadata, now),
    }
}

/// Whether a pod runs, as far as the API server knows.
pub(super) fn is_running(pod: &Pod) -> bool {
    pod.status.as_ref().and_then(|status| status.phase.as_deref()) == Some("Running")
}

/// The node that a pod runs on.
pub(super) fn node_of(pod: &Pod) -> Option<&str> {
    pod.spec.as_ref()?.node_name.as_deref()
}

/// Nodes without a running pod of some workload, in three kinds.
#[derive(Debug, Default)]
pub(super) struct Without<'a> {
    /// Nodes that should have one.
    pub(super) nodes: BTreeSet<&'a str>,
    /// Nodes that the provider simulates: no DaemonSet can run there.
    pub(super) virtual_nodes: BTreeSet<&'a str>,
    /// Nodes, or pods on them, that are too new to judge.
    pub(super) settling: u32,
}

/// The nodes without a running pod among these.
pub(super) fn without<'a>(nodes: &'a [Node], pods: &[&Pod], now: Instant) -> Without<'a> {
    let mut without = Without::default();
    for node in nodes {
        let name = node.metadata.name();
        let mut here = pods.iter().filter(|pod| node_of(pod) == Some(name)).peekable();
        let starting = here.clone().any(|pod| is_young(&pod.metadata, now));
        if here.peek().is_some() && here.any(|pod| is_running(pod)) {
            continue;
        }
        if is_virtual(&node.metadata) {
            without.virtual_nodes.insert(name);
        } else if starting || is_young(&node.metadata, now) {
            without.settling += 1;
        } else {
            without.nodes.insert(name);
        }
    }
    without
}

fn is_virtual(metadata: &Meta) -> bool {
    metadata.label("type") == Some("virtual-kubelet")
        || metadata.label("eks.amazonaws.com/compute-type") == Some("fargate")
}

#[cfg(test)]
mod tests {
    use super::{repository, tag};

    #[test]
    fn images_are_taken_apart() {
        for (image, name, version) in [
            ("fluentd", "fluentd", None),
            ("docker.io/Falcosecurity/falco:0.41.0", "docker.io/falcosecurity/falco", Some("0.41.0")),
            ("registry:5000/fluent/fluent-bit", "registry:5000/fluent/fluent-bit", None),
            ("registry:5000/a/b:1@sha256:00", "registry:5000/a/b", Some("1")),
            ("", "", None),
        ] {
            assert_eq!((repository(image).as_str(), tag(image)), (name, version), "{image}");
        }
    }
}
