//! The systems that are installed: which resources they serve, and the definitions of those.

use super::{
    World,
    object::{Meta, time},
    story::{Profile, Story, System},
};
use crate::cluster::resources::by_plural;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

const CERT_MANAGER: &[&str] =
    &["certificates", "certificaterequests", "issuers", "clusterissuers", "orders", "challenges"];
const VELERO: &[&str] = &[
    "backups",
    "schedules",
    "restores",
    "backupstoragelocations",
    "volumesnapshotlocations",
    "backuprepositories",
    "podvolumebackups",
];
const KYVERNO: &[&str] = &["clusterpolicies", "policies", "policyexceptions"];
const POLICY_REPORTS: &[&str] = &["policyreports", "clusterpolicyreports"];
const OPEN_REPORTS: &[&str] = &["reports", "clusterreports"];
const TRIVY: &[&str] = &[
    "vulnerabilityreports",
    "exposedsecretreports",
    "configauditreports",
    "rbacassessmentreports",
    "infraassessmentreports",
    "sbomreports",
    "clusterrbacassessmentreports",
    "clusterinfraassessmentreports",
    "clustercompliancereports",
];

/// The custom resources that a cluster serves, but for the kinds of constraints.
fn custom(story: &Story) -> Vec<&'static str> {
    let has = |system| story.profile.has(system);
    let mut all = CERT_MANAGER.to_vec();
    for (system, resources) in [(System::Velero, VELERO), (System::Kyverno, KYVERNO), (System::Trivy, TRIVY)] {
        if has(system) {
            all.extend(resources);
        }
    }
    if has(System::Gatekeeper) {
        all.push("constrainttemplates");
    }
    if has(System::Kyverno) {
        all.extend(if story.profile == Profile::Managed { OPEN_REPORTS } else { POLICY_REPORTS });
    }
    if story.profile == Profile::Edge {
        all.push("ciskubebenchreports");
    }
    all
}

/// Serves what is installed.
pub(super) fn fill(world: &mut World, story: &Story, _at: DateTime<Utc>) {
    let all = custom(story);
    world.serve(&all);
    world.put_all("customresourcedefinitions", all.into_iter().filter_map(|plural| definition(story, plural)));
}

/// The definition of a custom resource.
pub(super) fn definition(story: &Story, plural: &str) -> Option<Value> {
    let resource = by_plural(plural)?;
    let name = format!("{plural}.{}", resource.group);
    let created = story.day(-380);
    let meta = Meta { kind: "CustomResourceDefinition", namespace: None, name: &name, created, labels: Value::Null };
    Some(json!({
        "metadata": meta.json(story.seed),
        "spec": {
            "group": resource.group, "scope": if resource.namespaced { "Namespaced" } else { "Cluster" },
            "names": { "plural": plural, "singular": resource.kind.to_lowercase(), "kind": resource.kind },
            "versions": [{ "name": resource.version, "served": true, "storage": true }],
        },
        "status": { "conditions": [{ "type": "Established", "status": "True", "lastTransitionTime": time(created) }] },
    }))
}
