//! Network policies, services, and the hosts that are reached from outside.

use super::{
    World, namespaces,
    object::Meta,
    story::{Profile, Story},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Puts them.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    for namespace in namespaces::names(story, at) {
        policies(world, story, &namespace, at);
    }
    for (_, namespace) in story.profile.teams() {
        world.put_all("services", [service(story, namespace, "web", "ClusterIP")]);
        world.put_all("ingresses", [ingress(story, namespace, at)]);
    }
    match story.profile {
        Profile::Management => {
            world.put_all("services", [service(story, "dex", "dex", "ClusterIP")]);
            world.put_all("ingresses", [host(story, "dex", "dex", "dex.ops.nordlys.example", Some("dex-tls"))]);
        }
        Profile::Troubled => {
            world.put_all("services", [service(story, "legacy-print", "spooler", "NodePort")]);
            // A database is reached from outside for as long as a supplier moves data.
            if story.between(at, 60, 22..29) {
                world.put_all("services", [service(story, "data-lake", "db-outside", "LoadBalancer")]);
            }
        }
        Profile::Edge => world.put_all("services", [service(story, "conveyor", "panel", "NodePort")]),
        _ => {}
    }
}

/// Nothing in or out but what is said, as far as a team does so.
fn policies(world: &mut World, story: &Story, namespace: &str, at: DateTime<Utc>) {
    if namespace.starts_with("kube-") || namespace == "default" {
        return;
    }
    let (inward, outward) = match (story.profile, namespace) {
        (Profile::Healthy | Profile::Management, "campaign") => (false, false),
        (Profile::Healthy | Profile::Management | Profile::Managed, _) => (true, true),
        // Somebody deletes it while looking for a fault, and puts it back.
        (Profile::Staging, "payments") => (!story.between(at, 40, 8..15), true),
        (Profile::Staging, _) => (true, false),
        (Profile::Troubled, "webshop" | "payments" | "customer-portal") => (true, story.hours(at) >= 55 * 24),
        _ => (false, false),
    };
    for (name, kind, there) in [("default-deny-ingress", "Ingress", inward), ("default-deny-egress", "Egress", outward)]
    {
        if there {
            world.put_all(
                "networkpolicies",
                [policy(story, namespace, name, &json!({ "podSelector": {}, "policyTypes": [kind] }))],
            );
        }
    }
    if inward {
        let from = json!([{ "from": [{ "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "ingress" } } }] }]);
        let web = json!({ "podSelector": { "matchLabels": { "app.kubernetes.io/name": "web" } }, "policyTypes": ["Ingress"], "ingress": from });
        world.put_all("networkpolicies", [policy(story, namespace, "from-ingress", &web)]);
    }
}

fn metadata(story: &Story, kind: &str, namespace: &str, name: &str) -> Value {
    let created = story.day(-250 + story.pick(name, 50));
    Meta { kind, namespace: Some(namespace), name, created, labels: Value::Null }.json(story.seed)
}

fn policy(story: &Story, namespace: &str, name: &str, spec: &Value) -> Value {
    json!({ "metadata": metadata(story, "NetworkPolicy", namespace, name), "spec": spec })
}

fn service(story: &Story, namespace: &str, name: &str, kind: &str) -> Value {
    json!({
        "metadata": metadata(story, "Service", namespace, name),
        "spec": {
            "type": kind, "selector": { "app.kubernetes.io/name": name },
            "ports": [{ "name": "http", "port": 80, "targetPort": 8080, "protocol": "TCP" }],
        },
        "status": { "loadBalancer": {} },
    })
}

fn ingress(story: &Story, namespace: &str, at: DateTime<Utc>) -> Value {
    let plain = match (story.profile, namespace) {
        (Profile::Troubled, "legacy-booking") | (Profile::Edge, _) => true,
        (Profile::Staging, "sandbox") => story.between(at, 30, 3..12),
        _ => false,
    };
    let name = format!("{namespace}.{}", story.domain);
    host(story, namespace, "web", &name, (!plain).then_some("web-tls"))
}

fn host(story: &Story, namespace: &str, service: &str, host: &str, secret: Option<&str>) -> Value {
    let backend = json!({ "service": { "name": service, "port": { "name": "http" } } });
    let mut spec = json!({
        "ingressClassName": "nginx",
        "rules": [{ "host": host, "http": { "paths": [{ "path": "/", "pathType": "Prefix", "backend": backend }] } }],
    });
    if let Some(secret) = secret {
        spec["tls"] = json!([{ "hosts": [host], "secretName": secret }]);
    }
    json!({ "metadata": metadata(story, "Ingress", namespace, service), "spec": spec, "status": { "loadBalancer": {} } })
}
