//! Webhooks that are asked before anything is admitted, and whether nothing is admitted when they do not answer.

use super::{
    World,
    object::Meta,
    story::{Profile, Story, System},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// A webhook: its configuration, its own name, the service behind it.
type Hook = (&'static str, &'static str, (&'static str, &'static str));

const CERT_MANAGER: Hook =
    ("cert-manager-webhook", "webhook.cert-manager.io", ("cert-manager", "cert-manager-webhook"));
const GATEKEEPER: Hook = (
    "gatekeeper-validating-webhook-configuration",
    "validation.gatekeeper.sh",
    ("gatekeeper-system", "gatekeeper-webhook-service"),
);
const KYVERNO: Hook =
    ("kyverno-resource-validating-webhook-cfg", "validate.kyverno.svc-fail", ("kyverno", "kyverno-svc"));

/// Puts them.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    let mut put = |hook, policy| world.put_all("validatingwebhookconfigurations", [webhook(story, hook, policy)]);
    put(CERT_MANAGER, "Fail");
    if story.profile.has(System::Gatekeeper) {
        // Staging took over the default; the others were told to fail closed, one of them for an incident not.
        let open =
            story.profile == Profile::Staging || (story.profile == Profile::Healthy && story.between(at, 120, 49..51));
        put(GATEKEEPER, if open { "Ignore" } else { "Fail" });
    }
    if story.profile.has(System::Kyverno) {
        put(KYVERNO, if story.profile == Profile::Troubled { "Ignore" } else { "Fail" });
    }
}

fn webhook(story: &Story, (name, webhook, (namespace, service)): Hook, policy: &str) -> Value {
    let kind = "ValidatingWebhookConfiguration";
    let meta = Meta { kind, namespace: None, name, created: story.day(-300), labels: Value::Null };
    json!({
        "metadata": meta.json(story.seed),
        "webhooks": [{
            "name": webhook, "failurePolicy": policy, "sideEffects": "None", "admissionReviewVersions": ["v1"],
            "timeoutSeconds": 5, "matchPolicy": "Equivalent",
            "clientConfig": { "service": { "namespace": namespace, "name": service, "path": "/validate", "port": 443 } },
            "namespaceSelector": { "matchExpressions": [{ "key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"] }] },
            "rules": [{ "apiGroups": ["*"], "apiVersions": ["*"], "operations": ["CREATE", "UPDATE"], "resources": ["*"], "scope": "*" }],
        }],
    })
}
