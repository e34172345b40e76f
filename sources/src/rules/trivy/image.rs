//! Whether a report is about what runs now, or about what ran before it.

use super::{
    reports::Payload,
    running::{Container, Running},
};
use crate::objects::trivy::{Artifact, Report};
use model::Instant;

/// The digest of an image that was scanned.
pub(super) fn digest(artifact: &Artifact) -> Option<&str> {
    artifact.digest.as_deref().filter(|digest| !digest.is_empty())
}

/// Whether a report is about another image, or another specification, than the one that runs, or may be. Of what is not
/// known to run, as an object without pods, it is about the object itself.
pub(super) fn is_of_another<T: Payload>(report: &Report<T>, running: &Running<'_>) -> bool {
    let metadata = &report.metadata;
    let Some((kind, name)) = metadata.about() else { return false };
    let namespace = metadata.namespace.as_deref().unwrap_or_default();
    let Some(workload) = running.workload((kind, namespace, name)) else { return false };
    match metadata.container() {
        Some(name) => workload.containers.get(name).is_some_and(|found| is_other_image(&report.report, kind, found)),
        None => workload.containers.values().any(|found| may_have_changed(kind, found, report.report.updated())),
    }
}

/// Whether a report is about another image than the one that a container runs, or may be.
pub(super) fn is_other_image<T: Payload>(report: &T, kind: &str, container: &Container<'_>) -> bool {
    let artifact = report.artifact();
    if let Some(scanned) = artifact.and_then(digest)
        && !container.digests.is_empty()
    {
        return !container.digests.contains(scanned);
    }
    let of_report = artifact.and_then(|artifact| artifact.tag.as_deref());
    let of_pod = container.image.and_then(tag);
    if of_report.zip(of_pod).is_some_and(|(scanned, runs)| !scanned.is_empty() && scanned != runs) {
        return true;
    }
    may_have_changed(kind, container, report.updated())
}

/// Whether a container may be another one than when it was looked at. A ReplicaSet or Job is another object where its pods
/// change; the others keep their name, and all their pods are then newer.
fn may_have_changed(kind: &str, container: &Container<'_>, seen: Option<Instant>) -> bool {
    let keeps_its_name = matches!(kind, "StatefulSet" | "DaemonSet" | "ReplicationController" | "Pod");
    keeps_its_name && container.since.zip(seen).is_none_or(|(since, seen)| since > seen)
}

/// The tag of an image, as it was asked for.
fn tag(image: &str) -> Option<&str> {
    let without_digest = image.split_once('@').map_or(image, |(name, _)| name);
    let last = without_digest.rsplit_once('/').map_or(without_digest, |(_, last)| last);
    last.split_once(':').map(|(_, tag)| tag)
}
