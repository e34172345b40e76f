//! Who made a pod: the workload that a person wrote, never what carries a random name.
//!
//! Told by the names that the controllers of Kubernetes give, so that neither `ReplicaSets` nor Jobs are asked for:
//! a `ReplicaSet` is its Deployment with the hash of the pod's template, a pod is its `ReplicaSet` with five random
//! letters, and the Job of a `CronJob` is named by the minute (until 1.20 by the second) that it was due.

use crate::objects::{core::Pod, meta::Meta};
use chrono::TimeDelta;
use model::Instant;

/// The workload that something belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// Its kind, as `Deployment`.
    pub kind: String,
    /// Its name; ends with `-*` where all that is known is how the names of its pods begin.
    pub name: String,
}

impl Owner {
    fn new(kind: &str, name: &str) -> Self {
        Self { kind: kind.into(), name: name.into() }
    }

    /// The workload that a pod belongs to.
    pub fn of_pod(pod: &Pod) -> Self {
        Self::of_made_by("Pod", &pod.metadata)
    }

    /// The workload that an object of some kind belongs to; itself where nothing made it.
    pub fn of_made_by(kind: &str, metadata: &Meta) -> Self {
        let references = || metadata.owner_references.iter().flatten();
        let controller = references().find(|reference| reference.controller == Some(true));
        let made_by = controller.or_else(|| references().next());
        let Some((kind, name)) = made_by.and_then(|by| Some((by.kind.as_deref()?, by.name.as_deref()?))) else {
            return Self::new(kind, metadata.name());
        };
        match kind {
            "ReplicaSet" => {
                let of = |label, kind| {
                    let stem = name.strip_suffix(metadata.label(label)?)?.strip_suffix('-')?;
                    Some(Self::new(kind, stem))
                };
                of("pod-template-hash", "Deployment")
                    .or_else(|| of("rollouts-pod-template-hash", "Rollout"))
                    .unwrap_or_else(|| Self::new(kind, name))
            }
            "Job" => Self::of_job(name, metadata.creation_timestamp),
            // A pod that the kubelet of a node runs from a file is named after both.
            "Node" => {
                let stem = metadata.name().strip_suffix(name).and_then(|stem| stem.strip_suffix('-'));
                Self::new("Pod", stem.unwrap_or(metadata.name()))
            }
            _ => Self::new(kind, name),
        }
    }

    /// The `CronJob` of a Job or, of one that was made in another way, the Job itself. `made` is when it, or a pod of it,
    /// was made; without it the name alone decides.
    pub fn of_job(name: &str, made: Option<Instant>) -> Self {
        let due = name.rsplit_once('-').and_then(|(stem, due)| Some((stem, instant(due)?)));
        match due {
            Some((stem, due)) if made.is_none_or(|made| made.signed_duration_since(due).abs() < LATEST) => {
                Self::new("CronJob", stem)
            }
            _ => Self::new("Job", name),
        }
    }

    /// The workload of an object of which only kind and name are known, as reports of other systems tell them.
    pub fn of_named(kind: &str, name: &str) -> Self {
        match kind {
            "ReplicaSet" => match without_hash(name) {
                Some(stem) => Self::new("Deployment", stem),
                None => Self::new(kind, name),
            },
            "Job" => Self::of_job(name, None),
            "Pod" => {
                let Some(stem) = without_letters(name) else { return Self::new(kind, name) };
                let job = Self::of_job(stem, None);
                match without_hash(stem) {
                    _ if job.kind == "CronJob" => job,
                    Some(stem) => Self::new("Deployment", stem),
                    None => Self { kind: kind.into(), name: format!("{stem}-*") },
                }
            }
            _ => Self::new(kind, name),
        }
    }
}

/// A Job that was due longer ago than this when it was made is not of a `CronJob`.
const LATEST: TimeDelta = TimeDelta::days(7);

/// The instant in the name of a `CronJob`'s Job, in minutes or seconds since 1970: one of the years 2017 to 2033.
fn instant(digits: &str) -> Option<Instant> {
    const FIRST: i64 = 1_483_228_800;
    const LAST: i64 = 2_000_000_000;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        8 => number.checked_mul(60)?,
        10 => number,
        _ => return None,
    };
    (FIRST..LAST).contains(&seconds).then(|| Instant::from_timestamp(seconds, 0)).flatten()
}

/// Whether Kubernetes may have drawn these letters: no vowels, nothing that can be mistaken for another.
fn is_random(text: &str) -> bool {
    text.bytes().all(|byte| b"bcdfghjklmnpqrstvwxz2456789".contains(&byte))
}

fn without_letters(pod: &str) -> Option<&str> {
    pod.rsplit_once('-')
        .filter(|(stem, random)| !stem.is_empty() && random.len() == 5 && is_random(random))
        .map(|(stem, _)| stem)
}

fn without_hash(replica_set: &str) -> Option<&str> {
    let (stem, hash) = replica_set.rsplit_once('-')?;
    // Hashes are numbers in decimal, each digit as a letter, and nearly all have eight to ten. Shorter ones count where all
    // letters are such digits: a word of five or six other ones may be a name.
    let is_hash = match hash.len() {
        7..=10 => is_random(hash),
        5 | 6 => hash.bytes().all(|byte| b"456789bcdf".contains(&byte)),
        _ => false,
    };
    (!stem.is_empty() && is_hash).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::Owner;
    use crate::objects::core::Pod;

    fn of(pod: serde_json::Value) -> String {
        let pod: Pod = serde_json::from_value(pod).expect("a pod");
        let Owner { kind, name } = Owner::of_pod(&pod);
        format!("{kind} {name}")
    }

    #[test]
    fn a_pod_belongs_to_what_a_person_wrote() {
        let pod = |name: &str, labels: serde_json::Value, kind: &str, by: &str| {
            let made_by =
                serde_json::json!([{ "kind": "Other", "name": "x" }, { "kind": kind, "name": by, "controller": true }]);
            let metadata = serde_json::json!({
                "name": name, "labels": labels, "ownerReferences": made_by, "creationTimestamp": "2026-06-30T11:59:00Z",
            });
            of(serde_json::json!({ "metadata": metadata, "spec": {} }))
        };
        let hash = || serde_json::json!({ "pod-template-hash": "6d88f6dcdd" });
        let none = || serde_json::json!({});
        assert_eq!(pod("web-6d88f6dcdd-k6bc5", hash(), "ReplicaSet", "web-6d88f6dcdd"), "Deployment web");
        assert_eq!(pod("web-k6bc5", none(), "ReplicaSet", "web-6d88f6dcdd"), "ReplicaSet web-6d88f6dcdd");
        let rollout = serde_json::json!({ "rollouts-pod-template-hash": "58c4" });
        assert_eq!(pod("web-58c4-k6bc5", rollout, "ReplicaSet", "web-58c4"), "Rollout web");
        assert_eq!(pod("db-0", none(), "StatefulSet", "db"), "StatefulSet db");
        // 29713679 minutes after 1970 is 2026-06-30T11:59Z.
        assert_eq!(pod("night-29713679-x8zq2", none(), "Job", "night-29713679"), "CronJob night");
        assert_eq!(pod("night-1782820740-x8zq2", none(), "Job", "night-1782820740"), "CronJob night");
        assert_eq!(pod("migrate-26260630-x8zq2", none(), "Job", "migrate-26260630"), "Job migrate-26260630");
        assert_eq!(pod("migrate-20260630-x8zq2", none(), "Job", "migrate-20260630"), "Job migrate-20260630");
        assert_eq!(pod("kube-apiserver-node-1", none(), "Node", "node-1"), "Pod kube-apiserver");
        assert_eq!(of(serde_json::json!({ "metadata": { "name": "by-hand" }, "spec": {} })), "Pod by-hand");
    }

    #[test]
    fn names_alone_tell_as_much_as_they_can() {
        for (kind, name, expected) in [
            ("Pod", "kyverno-6d88f6dcdd-k6bc5", "Deployment kyverno"),
            ("Pod", "night-29713679-x8zq2", "CronJob night"),
            ("Pod", "fluent-bit-x8zq2", "Pod fluent-bit-*"),
            ("Pod", "db-0", "Pod db-0"),
            ("Pod", "web-nginx", "Pod web-nginx"),
            ("Pod", "-x8zq2", "Pod -x8zq2"),
            ("Pod", "", "Pod "),
            ("ReplicaSet", "web-6d88f6dcdd", "Deployment web"),
            ("ReplicaSet", "web", "ReplicaSet web"),
            ("ReplicaSet", "web-6bdf4", "Deployment web"),
            ("ReplicaSet", "web-nginx", "ReplicaSet web-nginx"),
            ("Job", "night-29713679", "CronJob night"),
            ("Job", "migrate-99999999999999999999", "Job migrate-99999999999999999999"),
            ("Service", "web-6d88f6dcdd", "Service web-6d88f6dcdd"),
        ] {
            let Owner { kind: owner, name: of } = Owner::of_named(kind, name);
            assert_eq!(format!("{owner} {of}"), expected);
        }
    }
}
