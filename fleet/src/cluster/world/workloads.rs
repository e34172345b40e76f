//! Deployments: the applications, and the controllers that show their systems to be alive.

use super::{World, object::Meta, story::Story};
use serde_json::{Value, json};

/// Puts a deployment for each application and each controller.
pub(super) fn fill(world: &mut World, story: &Story) {
    for (_, namespace) in story.profile.teams() {
        world.put_all("deployments", [deployment(story, namespace, "web", "registry.nordlys.example/web:2026.11.2")]);
    }
    world.put_all(
        "deployments",
        [deployment(story, "cert-manager", "cert-manager", "quay.io/jetstack/cert-manager-controller:v1.18.2")],
    );
    if story.profile.has_velero() {
        world.put_all("deployments", [deployment(story, "velero", "velero", "velero/velero:v1.16.2")]);
    }
}

fn deployment(story: &Story, namespace: &str, name: &str, image: &str) -> Value {
    let labels = json!({ "app.kubernetes.io/name": name });
    let meta =
        Meta { kind: "Deployment", namespace: Some(namespace), name, created: story.day(-300), labels: labels.clone() };
    let context =
        json!({ "runAsNonRoot": true, "allowPrivilegeEscalation": false, "capabilities": { "drop": ["ALL"] } });
    json!({
        "metadata": meta.json(story.seed),
        "spec": {
            "replicas": 2, "selector": { "matchLabels": labels },
            "template": {
                "metadata": { "labels": labels },
                "spec": { "containers": [{ "name": name, "image": image, "securityContext": context }] },
            },
        },
        "status": { "observedGeneration": 1, "replicas": 2, "readyReplicas": 2, "availableReplicas": 2, "updatedReplicas": 2 },
    })
}
