//! Kyverno: its policies, what they do with what they find, and what is excepted.

use super::{
    World,
    object::{Meta, time},
    story::{Profile, Story, System},
    workload::{Guise, Workload},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// A policy: its name, its rule, its category and severity, and what it forbids.
pub(super) struct Policy {
    pub(super) name: &'static str,
    pub(super) rule: &'static str,
    pub(super) category: &'static str,
    pub(super) severity: &'static str,
    pub(super) message: &'static str,
    pub(super) forbids: fn(&Workload) -> bool,
}

pub(super) const POLICIES: &[Policy] = &[
    Policy {
        name: "disallow-privileged-containers",
        rule: "privileged-containers",
        category: "Pod Security Standards (Baseline)",
        severity: "high",
        message: "Privileged mode is disallowed.",
        forbids: |workload| matches!(workload.guise, Guise::Privileged),
    },
    Policy {
        name: "require-run-as-nonroot",
        rule: "run-as-non-root",
        category: "Pod Security Standards (Restricted)",
        severity: "medium",
        message: "Running as root is not allowed.",
        forbids: |workload| !matches!(workload.guise, Guise::Restricted),
    },
    Policy {
        name: "restrict-image-registries",
        rule: "validate-registries",
        category: "Best Practices",
        severity: "medium",
        message: "Images must come from registry.nordlys.example.",
        forbids: |workload| !workload.image.starts_with("registry.nordlys.example/"),
    },
    Policy {
        name: "disallow-latest-tag",
        rule: "validate-image-tag",
        category: "Best Practices",
        severity: "low",
        message: "Using a mutable image tag e.g. 'latest' is not allowed.",
        forbids: |workload| workload.tag == "latest",
    },
    Policy {
        name: "require-requests",
        rule: "validate-resources",
        category: "Best Practices",
        severity: "low",
        message: "CPU and memory requests are required.",
        forbids: |workload| !workload.requests,
    },
];

/// Puts policies and exceptions.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if !story.profile.has(System::Kyverno) {
        return;
    }
    world.put_all("clusterpolicies", POLICIES.iter().map(|one| policy(story, one, at)));
    if story.profile == Profile::Troubled {
        let created = story.day(-80);
        let kind = "PolicyException";
        let meta = Meta { kind, namespace: Some("legacy-print"), name: "spooler", created, labels: Value::Null };
        world.put_all(
            "policyexceptions",
            [json!({
                "metadata": meta.json(story.seed),
                "spec": {
                    "exceptions": [{ "policyName": "disallow-latest-tag", "ruleNames": ["validate-image-tag"] }],
                    "match": { "any": [{ "resources": { "kinds": ["Pod", "Deployment"], "namespaces": ["legacy-print"] } }] },
                },
            })],
        );
    }
}

/// Only looks on the troubled cluster; on the managed one since the first weeks were over.
fn action(story: &Story, policy: &Policy, at: DateTime<Utc>) -> &'static str {
    let enforced = story.profile == Profile::Managed && story.hours(at) >= 21 * 24 && policy.severity != "low";
    if enforced { "Enforce" } else { "Audit" }
}

fn policy(story: &Story, policy: &Policy, at: DateTime<Utc>) -> Value {
    let meta = Meta {
        kind: "ClusterPolicy",
        namespace: None,
        name: policy.name,
        created: story.day(-200),
        labels: Value::Null,
    };
    let mut metadata = meta.json(story.seed);
    metadata["annotations"] = json!({
        "policies.kyverno.io/category": policy.category, "policies.kyverno.io/severity": policy.severity,
        "policies.kyverno.io/title": policy.name, "pod-policies.kyverno.io/autogen-controllers": "none",
    });
    let action = action(story, policy, at);
    json!({
        "metadata": metadata,
        "spec": {
            "background": true, "admission": true, "validationFailureAction": action,
            "rules": [{
                "name": policy.rule, "match": { "any": [{ "resources": { "kinds": ["Pod"] } }] },
                "validate": { "failureAction": action, "message": policy.message, "pattern": { "spec": {} } },
            }],
        },
        "status": {
            "ready": true, "rulecount": { "generate": 0, "mutate": 0, "validate": 1, "verifyimages": 0 },
            "conditions": [{
                "type": "Ready", "status": "True", "reason": "Succeeded", "message": "Ready",
                "lastTransitionTime": time(story.day(-200)),
            }],
        },
    })
}
