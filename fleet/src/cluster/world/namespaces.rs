//! Namespaces and their Pod Security labels.

use super::{
    World,
    object::Meta,
    story::{Profile, Story},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Those that Kubernetes makes itself.
const KUBERNETES: [&str; 3] = ["kube-system", "kube-public", "kube-node-lease"];

/// Puts namespaces.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    for name in KUBERNETES {
        world.put_all("namespaces", [namespace(story, name, story.day(-400), Value::Null)]);
    }
    for (name, level) in platform(story.profile) {
        let mut labels = labels("platform", *level);
        if story.profile.is_welkin() && *name != "default" {
            labels["owner"] = "operator".into();
        }
        world.put_all("namespaces", [namespace(story, name, story.day(-390), labels)]);
    }
    for (team, name) in story.profile.teams() {
        let created = story.day(-380 + story.pick(name, 300));
        world.put_all("namespaces", [namespace(story, name, created, labels(team, level(story, name, at)))]);
    }
    if let Some((created, level)) = hurried(story, at) {
        world.put_all("namespaces", [namespace(story, "campaign", created, labels("webshop", level))]);
    }
}

/// The names of all.
pub(super) fn names(story: &Story, at: DateTime<Utc>) -> Vec<String> {
    let platform = platform(story.profile).iter().map(|(name, _)| *name);
    let teams = story.profile.teams().iter().map(|(_, name)| *name);
    let hurried = hurried(story, at).map(|_| "campaign");
    KUBERNETES.into_iter().chain(platform).chain(teams).chain(hurried).map(Into::into).collect()
}

/// Somebody makes a namespace in a hurry, and labels it days later: when it was made, and its level.
fn hurried(story: &Story, at: DateTime<Utc>) -> Option<(DateTime<Utc>, Option<&'static str>)> {
    let (every, hurried, mended) = if story.profile == Profile::Troubled { (16, 5, 14) } else { (45, 9, 11) };
    let here = matches!(story.profile, Profile::Healthy | Profile::Troubled | Profile::Staging);
    if !here || !story.between(at, every, hurried..every) {
        return None;
    }
    let level = if story.between(at, every, hurried..mended) { None } else { Some("baseline") };
    let round = story.hours(at).div_euclid(every * 24);
    Some((story.day(round * every + hurried), level))
}

/// The namespaces of the platform with their enforced level; `None` has no label.
const fn platform(profile: Profile) -> &'static [(&'static str, Option<&'static str>)] {
    match profile {
        Profile::Healthy => &[
            ("default", Some("restricted")),
            ("bevis", Some("restricted")),
            ("cert-manager", Some("restricted")),
            ("falco", Some("privileged")),
            ("fluentd-system", Some("privileged")),
            ("gatekeeper-system", Some("restricted")),
            ("ingress", Some("baseline")),
            ("kube-bench", Some("privileged")),
            ("monitoring", Some("baseline")),
            ("trivy-system", Some("restricted")),
            ("velero", Some("baseline")),
        ],
        Profile::Management => &[
            ("default", Some("restricted")),
            ("bevis", Some("restricted")),
            ("cert-manager", Some("restricted")),
            ("dex", Some("restricted")),
            ("falco", Some("privileged")),
            ("fluentd-system", Some("privileged")),
            ("gatekeeper-system", Some("restricted")),
            ("ingress", Some("baseline")),
            ("kube-bench", Some("privileged")),
            ("monitoring", Some("baseline")),
            ("opensearch-system", Some("baseline")),
            ("rclone", Some("restricted")),
            ("trivy-system", Some("restricted")),
            ("velero", Some("baseline")),
        ],
        Profile::Troubled => &[
            ("default", None),
            ("bevis", Some("restricted")),
            ("cert-manager", Some("restricted")),
            ("falco", Some("privileged")),
            ("ingress", None),
            ("kube-bench", Some("privileged")),
            ("kyverno", Some("restricted")),
            ("monitoring", Some("privileged")),
            ("trivy-system", Some("restricted")),
            ("velero", Some("baseline")),
        ],
        Profile::Managed => &[
            ("default", Some("restricted")),
            ("bevis", Some("restricted")),
            ("cert-manager", Some("restricted")),
            ("falco", Some("privileged")),
            ("kube-bench", Some("privileged")),
            ("kyverno", Some("restricted")),
            ("logging", Some("privileged")),
            ("trivy-system", Some("restricted")),
            ("velero", Some("baseline")),
        ],
        Profile::Staging => &[
            ("default", Some("restricted")),
            ("bevis", Some("restricted")),
            ("cert-manager", Some("restricted")),
            ("gatekeeper-system", Some("restricted")),
            ("ingress", Some("baseline")),
            ("logging", Some("privileged")),
            ("trivy-system", Some("restricted")),
        ],
        Profile::Edge => &[("default", None), ("bevis", None), ("cert-manager", None), ("velero", None)],
    }
}

/// The enforced level of an application's namespace.
fn level(story: &Story, name: &str, at: DateTime<Utc>) -> Option<&'static str> {
    match (story.profile, name) {
        (Profile::Troubled, "legacy-booking" | "reporting") | (Profile::Edge, "telemetry") => None,
        (Profile::Troubled, "legacy-print") | (Profile::Staging, "load-test") => Some("privileged"),
        // A typing error, which Pod Security Admission takes as the strictest level for some modes and the weakest for others.
        (Profile::Troubled, "data-lake") if story.hours(at) >= 14 * 24 => Some("restrictd"),
        (Profile::Troubled | Profile::Edge, _) => Some("baseline"),
        _ => Some("restricted"),
    }
}

fn labels(team: &str, level: Option<&str>) -> Value {
    let mut labels = json!({ "team": team });
    if let Some(level) = level {
        for mode in ["enforce", "audit", "warn"] {
            labels[format!("pod-security.kubernetes.io/{mode}")] = level.into();
        }
        labels["pod-security.kubernetes.io/enforce-version"] = "latest".into();
    }
    labels
}

fn namespace(story: &Story, name: &str, created: DateTime<Utc>, labels: Value) -> Value {
    let mut labels = if labels.is_object() { labels } else { json!({}) };
    labels["kubernetes.io/metadata.name"] = name.into();
    let meta = Meta { kind: "Namespace", namespace: None, name, created, labels };
    json!({ "metadata": meta.json(story.seed), "spec": { "finalizers": ["kubernetes"] }, "status": { "phase": "Active" } })
}
