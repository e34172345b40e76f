//! Storage: classes, volumes, and the claims that backups ought to cover.

use super::{
    World,
    object::{Meta, uid_of},
    story::{Profile, Story},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

const CLAIM: &str = "data-db-0";

/// Whether a namespace of an application has a volume.
pub(super) fn has_claim(story: &Story, namespace: &str) -> bool {
    story.pick(&format!("{namespace}/volume"), 5) != 0
}

/// Puts a claim with its volume in most of the applications' namespaces, and the classes.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    world.put_all("storageclasses", classes(story));
    for (team, namespace) in story.profile.teams() {
        if !has_claim(story, namespace) {
            continue;
        }
        let created = story.day(-200 + story.pick(namespace, 150));
        let meta = Meta {
            kind: "PersistentVolumeClaim",
            namespace: Some(namespace),
            name: CLAIM,
            created,
            labels: json!({ "team": team }),
        };
        let name = format!("pvc-{}", uid_of(story.seed, meta.kind, meta.namespace, meta.name));
        world.put_all("persistentvolumeclaims", [claim(story, &meta, &name)]);
        world.put_all("persistentvolumes", [volume(story, &name, created, namespace, "Bound")]);
    }
    // The volume of something long gone, kept until somebody remembers.
    if story.profile == Profile::Troubled && story.hours(at) < 108 * 24 {
        world.put_all("persistentvolumes", [volume(story, "pvc-archive-2024", story.day(-320), "archive", "Released")]);
    }
}

fn class(story: &Story) -> &'static str {
    if story.profile == Profile::Managed { "gp3" } else { "ssd" }
}

fn claim(story: &Story, meta: &Meta<'_>, volume: &str) -> Value {
    json!({
        "metadata": meta.json(story.seed),
        "spec": {
            "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "20Gi" } },
            "storageClassName": class(story), "volumeMode": "Filesystem", "volumeName": volume,
        },
        "status": { "phase": "Bound", "accessModes": ["ReadWriteOnce"], "capacity": { "storage": "20Gi" } },
    })
}

fn volume(story: &Story, name: &str, created: DateTime<Utc>, namespace: &str, phase: &str) -> Value {
    let meta = Meta { kind: "PersistentVolume", namespace: None, name, created, labels: Value::Null };
    json!({
        "metadata": meta.json(story.seed),
        "spec": {
            "accessModes": ["ReadWriteOnce"], "capacity": { "storage": "20Gi" }, "storageClassName": class(story),
            "persistentVolumeReclaimPolicy": if phase == "Released" { "Retain" } else { "Delete" },
            "claimRef": { "kind": "PersistentVolumeClaim", "namespace": namespace, "name": CLAIM },
            "csi": { "driver": driver(story), "volumeHandle": name },
        },
        "status": { "phase": phase },
    })
}

const fn driver(story: &Story) -> &'static str {
    match story.profile {
        Profile::Managed => "ebs.csi.aws.com",
        Profile::Edge => "rancher.io/local-path",
        _ => "cinder.csi.openstack.org",
    }
}

fn classes(story: &Story) -> Vec<Value> {
    let parameters = match story.profile {
        Profile::Managed => json!({ "type": "gp3", "encrypted": "true" }),
        Profile::Healthy | Profile::Management => json!({ "type": "ssd-luks" }),
        _ => json!({}),
    };
    let name = class(story);
    let meta = Meta { kind: "StorageClass", namespace: None, name, created: story.day(-400), labels: Value::Null };
    let mut metadata = meta.json(story.seed);
    metadata["annotations"] = json!({ "storageclass.kubernetes.io/is-default-class": "true" });
    vec![json!({
        "metadata": metadata, "provisioner": driver(story), "parameters": parameters, "reclaimPolicy": "Delete",
        "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": true,
    })]
}
