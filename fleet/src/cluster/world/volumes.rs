//! Persistent volume claims: what backups ought to cover.

use super::{World, object::Meta, story::Story};
use serde_json::{Value, json};

/// Puts a claim in most of the applications' namespaces.
pub(super) fn fill(world: &mut World, story: &Story) {
    for (team, namespace) in story.profile.teams() {
        if story.pick(&format!("{namespace}/volume"), 5) == 0 {
            continue;
        }
        let created = story.day(-200 + story.pick(namespace, 150));
        let meta = Meta {
            kind: "PersistentVolumeClaim",
            namespace: Some(namespace),
            name: "data-db-0",
            created,
            labels: json!({ "team": team }),
        };
        world.put_all("persistentvolumeclaims", [claim(story, &meta)]);
    }
}

fn claim(story: &Story, meta: &Meta<'_>) -> Value {
    let metadata = meta.json(story.seed);
    let volume = format!("pvc-{}", metadata["uid"].as_str().unwrap_or_default());
    json!({
        "metadata": metadata,
        "spec": {
            "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "20Gi" } },
            "storageClassName": "ssd", "volumeMode": "Filesystem", "volumeName": volume,
        },
        "status": { "phase": "Bound", "accessModes": ["ReadWriteOnce"], "capacity": { "storage": "20Gi" } },
    })
}
