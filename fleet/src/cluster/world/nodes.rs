//! Nodes: where they are, what they run, and their signs of life.

use super::{
    World,
    object::{Meta, time},
    story::{Profile, Story},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

/// A node.
pub(super) struct Node {
    pub(super) name: String,
    pub(super) control_plane: bool,
    pub(super) number: i64,
}

/// The nodes of a cluster, those of the control plane first.
pub(super) fn all(story: &Story) -> Vec<Node> {
    let (control_plane, workers) = match story.profile {
        Profile::Healthy => (3, 4),
        Profile::Management | Profile::Troubled => (3, 3),
        Profile::Managed => (0, 3),
        Profile::Staging => (1, 2),
        Profile::Edge => (1, 1),
    };
    let node = |role: &str, control_plane, number| Node {
        name: match story.profile {
            Profile::Managed => format!("ip-10-0-{number}-{}.eu-north-1.compute.internal", 10 + number * 37),
            _ => format!("{}-{role}-{number}", place(story)),
        },
        control_plane,
        number,
    };
    let masters = (0..control_plane).map(|number| node("control-plane", true, number));
    masters.chain((0..workers).map(|number| node("worker", false, number))).collect()
}

fn place(story: &Story) -> &'static str {
    match story.profile {
        Profile::Healthy => "cph",
        Profile::Management => "cph-mgmt",
        Profile::Troubled => "aar",
        Profile::Managed => "cloud",
        Profile::Staging => "stg",
        Profile::Edge => "ode",
    }
}

/// Puts the nodes.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    world.put_all("nodes", all(story).iter().map(|node| json(story, node, at)));
}

/// Puts what every kubelet renews every ten seconds.
pub(super) fn leases(world: &mut World, story: &Story, at: DateTime<Utc>) {
    let leases = all(story).into_iter().map(|node| {
        // A clock that nobody set right for a week.
        let slow = story.profile == Profile::Troubled && node.number == 2 && story.between(at, 60, 33..40);
        let renewed = at - TimeDelta::seconds(if slow && !node.control_plane { 95 } else { node.number });
        let meta = Meta {
            kind: "Lease",
            namespace: Some("kube-node-lease"),
            name: &node.name,
            created: story.day(-400),
            labels: Value::Null,
        };
        json!({
            "metadata": meta.json(story.seed),
            "spec": {
                "holderIdentity": node.name, "leaseDurationSeconds": 40,
                "renewTime": renewed.to_rfc3339_opts(SecondsFormat::Micros, true),
            },
        })
    });
    world.put_all("leases", leases);
}

/// When a node's kubelet was brought to the version of the API server: one after the other, a day each.
fn kubelet(story: &Story, node: &Node, at: DateTime<Utc>) -> &'static str {
    story.version(at - TimeDelta::days(1 + node.number))
}

fn labels(story: &Story, node: &Node) -> Value {
    let zone = ["a", "b", "c"][usize::try_from(node.number).unwrap_or_default() % 3];
    let mut labels =
        json!({ "kubernetes.io/hostname": node.name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64" });
    let region = match story.profile {
        Profile::Managed => {
            labels["eks.amazonaws.com/nodegroup"] = "general".into();
            labels["eks.amazonaws.com/capacityType"] = "ON_DEMAND".into();
            labels["node.kubernetes.io/instance-type"] = "m6i.large".into();
            Some("eu-north-1")
        }
        Profile::Edge => None,
        Profile::Staging => Some("dk-west"),
        _ => Some("dk-east"),
    };
    if let Some(region) = region {
        // All of Aarhus is in one room.
        let zone = if story.profile == Profile::Troubled { "a" } else { zone };
        labels["topology.kubernetes.io/region"] = region.into();
        labels["topology.kubernetes.io/zone"] = format!("{region}{zone}").into();
    }
    if node.control_plane {
        labels["node-role.kubernetes.io/control-plane"] = "".into();
        labels["node.kubernetes.io/exclude-from-external-load-balancers"] = "".into();
        if story.profile == Profile::Edge {
            labels["node-role.kubernetes.io/master"] = "".into();
        }
    }
    labels
}

fn json(story: &Story, node: &Node, at: DateTime<Utc>) -> Value {
    let meta = Meta {
        kind: "Node",
        namespace: None,
        name: &node.name,
        created: story.day(-400 + node.number),
        labels: labels(story, node),
    };
    let mut spec = json!({ "podCIDR": format!("10.233.{}.0/24", 64 + node.number) });
    match story.profile {
        Profile::Managed => spec["providerID"] = format!("aws:///eu-north-1a/i-0{:015x}", node.number + 11).into(),
        Profile::Edge => {}
        _ => {
            spec["providerID"] = format!("openstack:///{}", meta.json(story.seed)["uid"].as_str().unwrap_or("")).into();
        }
    }
    if node.control_plane {
        spec["taints"] = json!([{ "key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule" }]);
    }
    let (image, kernel) = match story.profile {
        Profile::Managed => ("Amazon Linux 2023.9.20251027", "6.1.156-177.286.amzn2023.x86_64"),
        Profile::Edge => ("Ubuntu 20.04.6 LTS", "5.4.0-216-generic"),
        _ => ("Ubuntu 24.04.3 LTS", "6.8.0-86-generic"),
    };
    let ready = json!({
        "type": "Ready", "status": "True", "reason": "KubeletReady", "message": "kubelet is posting ready status",
        "lastTransitionTime": time(story.day(-30)),
    });
    json!({
        "metadata": meta.json(story.seed),
        "spec": spec,
        "status": {
            "conditions": [ready],
            "addresses": [{ "type": "InternalIP", "address": format!("10.20.0.{}", 10 + node.number) }],
            "capacity": { "cpu": "4", "memory": "16380000Ki", "pods": "110" },
            "allocatable": { "cpu": "3900m", "memory": "15800000Ki", "pods": "110" },
            "nodeInfo": {
                "kubeletVersion": format!("v{}", kubelet(story, node, at)), "osImage": image, "kernelVersion": kernel,
                "containerRuntimeVersion": "containerd://2.1.4", "operatingSystem": "linux", "architecture": "amd64",
            },
        },
    })
}
