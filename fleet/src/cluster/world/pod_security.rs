//! Pod security policies, which only old clusters serve.

use super::{
    World,
    object::Meta,
    story::{Profile, Story},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Puts two policies on the old cluster. Others do not know the resource.
pub(super) fn fill(world: &mut World, story: &Story, _at: DateTime<Utc>) {
    if story.profile == Profile::Edge {
        world.put_all("podsecuritypolicies", [policy(story, "restricted", false), policy(story, "node-agents", true)]);
    } else {
        world.serve(&["validatingadmissionpolicies", "validatingadmissionpolicybindings"]);
    }
}

fn policy(story: &Story, name: &str, privileged: bool) -> Value {
    let meta = Meta { kind: "PodSecurityPolicy", namespace: None, name, created: story.day(-380), labels: Value::Null };
    let volumes = if privileged {
        json!(["*"])
    } else {
        json!(["configMap", "emptyDir", "secret", "persistentVolumeClaim", "projected"])
    };
    let drop = if privileged { json!([]) } else { json!(["ALL"]) };
    let user = if privileged { "RunAsAny" } else { "MustRunAsNonRoot" };
    json!({
        "metadata": meta.json(story.seed),
        "spec": {
            "privileged": privileged, "allowPrivilegeEscalation": privileged, "requiredDropCapabilities": drop,
            "hostNetwork": privileged, "hostPID": privileged, "hostIPC": false, "volumes": volumes,
            "runAsUser": { "rule": user }, "seLinux": { "rule": "RunAsAny" },
            "supplementalGroups": { "rule": "RunAsAny" }, "fsGroup": { "rule": "RunAsAny" },
        },
    })
}
