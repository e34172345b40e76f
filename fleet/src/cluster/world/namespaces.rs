//! Namespaces and their Pod Security labels.

use super::{
    World,
    object::Meta,
    story::{Profile, Story},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Puts namespaces.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    for name in ["kube-system", "kube-public", "kube-node-lease"] {
        world.put_all("namespaces", [namespace(story, name, story.day(-400), Value::Null)]);
    }
    for (name, level) in platform(story.profile) {
        world.put_all("namespaces", [namespace(story, name, story.day(-390), labels("platform", *level))]);
    }
    for (team, name) in story.profile.teams() {
        let created = story.day(-380 + story.pick(name, 300));
        world.put_all("namespaces", [namespace(story, name, created, labels(team, level(story, name, at)))]);
    }
    // Somebody makes a namespace in a hurry, and labels it two days later.
    let (every, hurried, mended) = if story.profile == Profile::Troubled { (16, 5, 14) } else { (45, 9, 11) };
    if story.profile != Profile::Edge && story.between(at, every, hurried..every) {
        let label = if story.between(at, every, hurried..mended) { None } else { Some("baseline") };
        let round = story.hours(at).div_euclid(every * 24);
        let created = story.day(round * every + hurried);
        world.put_all("namespaces", [namespace(story, "campaign", created, labels("webshop", label))]);
    }
}

/// The namespaces of the platform with their enforced level; `None` has no label.
const fn platform(profile: Profile) -> &'static [(&'static str, Option<&'static str>)] {
    match profile {
        Profile::Healthy => &[
            ("default", Some("restricted")),
            ("cert-manager", Some("restricted")),
            ("ingress", Some("baseline")),
            ("monitoring", Some("baseline")),
            ("velero", Some("baseline")),
        ],
        Profile::Troubled => &[
            ("default", None),
            ("cert-manager", Some("restricted")),
            ("ingress", None),
            ("monitoring", Some("privileged")),
            ("velero", Some("baseline")),
        ],
        Profile::Staging => {
            &[("default", Some("restricted")), ("cert-manager", Some("restricted")), ("ingress", Some("baseline"))]
        }
        Profile::Edge => &[("default", None), ("cert-manager", None), ("velero", None)],
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
        (Profile::Healthy | Profile::Staging, _) => Some("restricted"),
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
