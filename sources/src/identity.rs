//! What an object is called, and what it speaks of.

use crate::{
    objects::meta::{Meta, OwnerReference},
    owner::Owner,
};
use model::Instant;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What an object is called, its version, and the workload that it belongs to or reports on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its own kind, where it tells one.
    pub kind: Option<String>,
    /// Its namespace, where it has one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// Its `resourceVersion`; empty where it has none.
    pub version: String,
    /// Whose it is, where that is something else than itself.
    pub owner: Option<Owner>,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    kind: Option<String>,
    metadata: Metadata,
    /// What a policy report is about.
    #[serde(default)]
    scope: Option<Scope>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    name: String,
    #[serde(default)]
    namespace: Option<String>,
    #[serde(default)]
    resource_version: Option<String>,
    #[serde(default)]
    labels: Option<BTreeMap<String, String>>,
    #[serde(default)]
    owner_references: Option<Vec<OwnerReference>>,
    #[serde(default)]
    creation_timestamp: Option<Instant>,
}

#[derive(Deserialize)]
struct Scope {
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    name: Option<String>,
}

impl Identity {
    /// Of an object as it came; `kind` is that of its list. `None` where it has no name.
    pub fn of(text: &[u8], kind: &str) -> Option<Self> {
        let Object { kind: own, metadata, scope } = serde_json::from_slice(text).ok()?;
        let kind = own.as_deref().unwrap_or(kind);
        let label = |name: &str| metadata.labels.as_ref().and_then(|labels| labels.get(name)).map(String::as_str);
        let labelled = label("trivy-operator.resource.kind").zip(label("trivy-operator.resource.name"));
        let scoped = scope.as_ref().and_then(|scope| Some((scope.kind.as_deref()?, scope.name.as_deref()?)));
        let owner = match labelled.or(scoped) {
            Some((kind, name)) => Some(Owner::of_named(kind, name)),
            None => Some(owner_of(kind, &metadata)),
        };
        let owner = owner.filter(|owner| (owner.kind.as_str(), owner.name.as_str()) != (kind, metadata.name.as_str()));
        Some(Self {
            owner,
            kind: own,
            namespace: metadata.namespace.filter(|namespace| !namespace.is_empty()),
            name: metadata.name,
            version: metadata.resource_version.unwrap_or_default(),
        })
    }
}

fn owner_of(kind: &str, metadata: &Metadata) -> Owner {
    if kind == "Job" {
        Owner::of_job(&metadata.name, metadata.creation_timestamp)
    } else {
        let meta = Meta {
            name: Some(metadata.name.clone()),
            labels: metadata.labels.clone(),
            owner_references: metadata.owner_references.clone(),
            creation_timestamp: metadata.creation_timestamp,
            ..Meta::default()
        };
        Owner::of_made_by(kind, &meta)
    }
}

#[cfg(test)]
mod tests {
    use super::Identity;
    use serde_json::json;

    fn of(object: &serde_json::Value, kind: &str) -> String {
        let identity = Identity::of(object.to_string().as_bytes(), kind).expect("has a name");
        let owner = identity.owner.map(|owner| format!("{} {}", owner.kind, owner.name)).unwrap_or_default();
        format!("{} {} -> {owner}", identity.name, identity.version)
    }

    #[test]
    fn an_object_belongs_to_what_it_is_about() {
        let pod = json!({ "metadata": { "name": "web-6d88f6dcdd-k6bc5", "resourceVersion": "7",
            "labels": { "pod-template-hash": "6d88f6dcdd" },
            "ownerReferences": [{ "kind": "ReplicaSet", "name": "web-6d88f6dcdd", "controller": true }] } });
        assert_eq!(of(&pod, "Pod"), "web-6d88f6dcdd-k6bc5 7 -> Deployment web");
        let report = json!({ "kind": "VulnerabilityReport", "metadata": { "name": "replicaset-web-6d88f6dcdd-app",
            "labels": { "trivy-operator.resource.kind": "ReplicaSet", "trivy-operator.resource.name": "web-6d88f6dcdd" } } });
        assert_eq!(of(&report, ""), "replicaset-web-6d88f6dcdd-app  -> Deployment web");
        let report = json!({ "metadata": { "name": "x" }, "scope": { "kind": "Pod", "name": "db-0" } });
        assert_eq!(of(&report, "PolicyReport"), "x  -> Pod db-0");
        assert_eq!(of(&json!({ "metadata": { "name": "web" } }), "Deployment"), "web  -> ");
        assert_eq!(Identity::of(b"{\"metadata\":{}}", "Pod"), None);
    }
}
