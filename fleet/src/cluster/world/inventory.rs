//! What goes with workloads: service accounts, disruption budgets, quotas; and the aggregated APIs.

use super::{
    World,
    cast::cast,
    namespaces,
    object::{Meta, time},
    pods::labels,
    story::{Profile, Story},
    workload::{Kind, Workload},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Puts them.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    for namespace in namespaces::names(story, at) {
        // Troubled and old clusters leave the default account as Kubernetes makes it.
        let mounts = matches!(story.profile, Profile::Troubled | Profile::Edge) || namespace.starts_with("kube-");
        world.put_all("serviceaccounts", [account(story, &namespace, "default", mounts)]);
    }
    for workload in cast(story, at) {
        world.put_all("serviceaccounts", [account(story, workload.namespace, workload.name, true)]);
        if workload.kind == Kind::Deployment && workload.replicas > 1 && story.profile != Profile::Edge {
            world.put_all("poddisruptionbudgets", [budget(story, &workload)]);
        }
    }
    world.put_all("serviceaccounts", [account(story, "bevis", "bevis", true)]);
    for namespace in namespaces::names(story, at).iter().filter(|namespace| !namespace.starts_with("kube-")) {
        world.put_all("resourcequotas", [quota(story, namespace)]);
    }
    for (team, namespace) in story.profile.teams() {
        if story.profile.is_welkin() || story.profile == Profile::Managed {
            world.put_all("limitranges", [limits(story, team, namespace)]);
        }
    }
    world.put_all("apiservices", [api_service(story, "v1.apps", true), metrics(story, at)]);
}

fn meta<'a>(story: &Story, kind: &'a str, namespace: &'a str, name: &'a str, labels: Value) -> Value {
    Meta { kind, namespace: Some(namespace), name, created: story.day(-300), labels }.json(story.seed)
}

fn account(story: &Story, namespace: &str, name: &str, mounts: bool) -> Value {
    let mut account = json!({ "metadata": meta(story, "ServiceAccount", namespace, name, Value::Null) });
    if !mounts {
        account["automountServiceAccountToken"] = false.into();
    }
    account
}

fn budget(story: &Story, workload: &Workload) -> Value {
    json!({
        "metadata": meta(story, "PodDisruptionBudget", workload.namespace, workload.name, labels(workload)),
        "spec": { "minAvailable": 1, "selector": { "matchLabels": labels(workload) } },
        "status": {
            "currentHealthy": workload.replicas, "desiredHealthy": 1, "expectedPods": workload.replicas,
            "disruptionsAllowed": workload.replicas - 1, "observedGeneration": 1,
        },
    })
}

fn quota(story: &Story, namespace: &str) -> Value {
    let hard = json!({ "requests.cpu": "8", "requests.memory": "16Gi", "pods": "60" });
    json!({
        "metadata": meta(story, "ResourceQuota", namespace, "bounds", Value::Null),
        "spec": { "hard": hard },
        "status": { "hard": hard, "used": { "requests.cpu": "2", "requests.memory": "5Gi", "pods": "9" } },
    })
}

fn limits(story: &Story, team: &str, namespace: &str) -> Value {
    json!({
        "metadata": meta(story, "LimitRange", namespace, "team", json!({ "team": team })),
        "spec": { "limits": [{ "type": "Container", "default": { "memory": "256Mi" }, "defaultRequest": { "cpu": "50m", "memory": "64Mi" } }] },
    })
}

/// The troubled cluster's metrics are away now and then.
fn metrics(story: &Story, at: DateTime<Utc>) -> Value {
    let down = story.profile == Profile::Troubled && story.between(at, 40, 12..13);
    api_service(story, "v1beta1.metrics.k8s.io", !down)
}

fn api_service(story: &Story, name: &str, available: bool) -> Value {
    let meta = Meta { kind: "APIService", namespace: None, name, created: story.day(-400), labels: Value::Null };
    let (version, group) = name.split_once('.').unwrap_or(("v1", ""));
    let (status, reason) = if available { ("True", "Passed") } else { ("False", "MissingEndpoints") };
    json!({
        "metadata": meta.json(story.seed),
        "spec": { "group": group, "version": version, "groupPriorityMinimum": 100, "versionPriority": 100 },
        "status": { "conditions": [{
            "type": "Available", "status": status, "reason": reason, "lastTransitionTime": time(story.day(-400)),
        }] },
    })
}
