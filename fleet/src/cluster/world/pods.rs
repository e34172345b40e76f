//! Pods: what a workload makes of its template on each node.

use super::{
    nodes,
    object::{Meta, digest, letters, time, uid_of},
    story::Story,
    workload::{Guise, Kind, Rollout, Workload},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// The labels of a workload and of its pods.
pub(super) fn labels(workload: &Workload) -> Value {
    json!({ "app.kubernetes.io/name": workload.name, "app.kubernetes.io/part-of": workload.namespace })
}

/// What a template of pods asks for.
pub(super) fn spec(workload: &Workload, image: &str) -> Value {
    let volumes: Vec<Value> = workload
        .sees
        .iter()
        .enumerate()
        .map(|(number, (path, _))| json!({ "name": format!("node-{number}"), "hostPath": { "path": path } }))
        .collect();
    let is_job = workload.kind == Kind::CronJob;
    let mut spec = json!({
        "serviceAccountName": workload.name, "containers": [container(workload, image)], "volumes": volumes,
        "restartPolicy": if is_job { "Never" } else { "Always" },
        "automountServiceAccountToken": workload.namespace.ends_with("-system") || workload.guise == Guise::Privileged,
    });
    match workload.guise {
        Guise::Restricted => {
            spec["securityContext"] =
                json!({ "runAsNonRoot": true, "runAsUser": 10001, "seccompProfile": { "type": "RuntimeDefault" } });
        }
        Guise::Host => spec["hostNetwork"] = true.into(),
        Guise::Privileged if workload.name == "falco" => spec["hostPID"] = true.into(),
        Guise::Privileged if workload.name == "kube-proxy" => spec["hostNetwork"] = true.into(),
        Guise::Baseline | Guise::Root | Guise::Privileged => {}
    }
    if workload.everywhere {
        spec["tolerations"] =
            json!([{ "key": "node-role.kubernetes.io/control-plane", "operator": "Exists", "effect": "NoSchedule" }]);
    }
    if workload.kind == Kind::StatefulSet && workload.name == "db" {
        spec["volumes"] = json!([{ "name": "data", "persistentVolumeClaim": { "claimName": "data-db-0" } }]);
    }
    spec
}

fn container(workload: &Workload, image: &str) -> Value {
    let mut mounts: Vec<Value> = workload
        .sees
        .iter()
        .enumerate()
        .map(|(number, (_, path))| json!({ "name": format!("node-{number}"), "mountPath": path, "readOnly": true }))
        .collect();
    if workload.kind == Kind::StatefulSet && workload.name == "db" {
        mounts.push(json!({ "name": "data", "mountPath": "/var/lib/postgresql/data" }));
    }
    let env: Vec<Value> = workload
        .env
        .iter()
        .map(|(name, value)| match value.strip_prefix("secret:") {
            Some(secret) => {
                json!({ "name": name, "valueFrom": { "secretKeyRef": { "name": secret, "key": "password" } } })
            }
            None => json!({ "name": name, "value": value }),
        })
        .collect();
    let mut container = json!({
        "name": workload.name, "image": image, "imagePullPolicy": "IfNotPresent", "volumeMounts": mounts, "env": env,
        "args": workload.args,
        "resources": if workload.requests {
            json!({ "requests": { "cpu": "50m", "memory": "128Mi" }, "limits": { "memory": "256Mi" } })
        } else {
            json!({})
        },
    });
    let context = match workload.guise {
        Guise::Restricted => json!({
            "runAsNonRoot": true, "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true,
            "capabilities": { "drop": ["ALL"] },
        }),
        Guise::Root => json!({ "runAsUser": 0 }),
        Guise::Privileged => json!({ "privileged": true, "runAsUser": 0 }),
        Guise::Baseline | Guise::Host => Value::Null,
    };
    if context.is_object() {
        container["securityContext"] = context;
    }
    container
}

/// A pod: its name, its node, the object that keeps it, and the hash of its template.
pub(super) struct Pod<'a> {
    pub(super) workload: &'a Workload,
    pub(super) rollout: Rollout,
    pub(super) name: String,
    pub(super) node: String,
    /// Kind and name.
    pub(super) owner: (&'static str, String),
}

/// The pods of a workload; those of jobs come and go, and are not told.
pub(super) fn of<'a>(story: &Story, workload: &'a Workload, at: DateTime<Utc>) -> Vec<Pod<'a>> {
    let rollout = workload.rollout(story, at);
    let nodes = nodes::all(story);
    let hash = rollout.hash(story, workload);
    let pod = |name, node: &nodes::Node, owner| Pod { workload, rollout, name, node: node.name.clone(), owner };
    let random = |what: &str| letters(&format!("{}/{}/{hash}/{what}", story.seed, workload.key()), 5);
    match workload.kind {
        Kind::DaemonSet => {
            let admits = |node: &&nodes::Node| workload.everywhere || !node.control_plane;
            let each = nodes.iter().filter(admits);
            let owner = || ("DaemonSet", workload.name.to_owned());
            each.map(|node| pod(format!("{}-{}", workload.name, random(&node.name)), node, owner())).collect()
        }
        Kind::Deployment | Kind::StatefulSet => {
            let workers: Vec<_> = nodes.iter().filter(|node| !node.control_plane).collect();
            let first = story.pick(&workload.key(), 97);
            let each = (0..workload.replicas).map(|replica| {
                let at = usize::try_from(first + replica).unwrap_or_default() % workers.len().max(1);
                let (name, owner) = if workload.kind == Kind::Deployment {
                    let set = format!("{}-{hash}", workload.name);
                    (format!("{set}-{}", random(&replica.to_string())), ("ReplicaSet", set))
                } else {
                    (format!("{}-{replica}", workload.name), ("StatefulSet", workload.name.to_owned()))
                };
                pod(name, workers[at], owner)
            });
            each.collect()
        }
        Kind::CronJob => Vec::new(),
    }
}

impl Pod<'_> {
    /// The JSON.
    pub(super) fn json(&self, story: &Story) -> Value {
        let Self { workload, rollout, .. } = self;
        let hash = rollout.hash(story, workload);
        let image = rollout.image(workload);
        let mut labels = labels(workload);
        let label = if workload.kind == Kind::Deployment { "pod-template-hash" } else { "controller-revision-hash" };
        labels[label] = hash.into();
        let meta =
            Meta { kind: "Pod", namespace: Some(workload.namespace), name: &self.name, created: rollout.since, labels };
        let mut metadata = meta.json(story.seed);
        let (kind, owner) = &self.owner;
        metadata["ownerReferences"] = json!([owned_by(story, kind, workload.namespace, owner)]);
        let mut spec = spec(workload, &image);
        spec["nodeName"] = self.node.as_str().into();
        let state = if workload.ready {
            json!({ "running": { "startedAt": time(rollout.since) } })
        } else {
            json!({ "waiting": { "reason": "CrashLoopBackOff", "message": "back-off 5m0s restarting failed container" } })
        };
        let status = json!({
            "phase": "Running", "startTime": time(rollout.since), "qosClass": "Burstable",
            "conditions": [{
                "type": "Ready", "status": if workload.ready { "True" } else { "False" }, "lastTransitionTime": time(rollout.since),
            }],
            "containerStatuses": [{
                "name": workload.name, "image": image, "imageID": format!("{}@{}", workload.image, digest(&image)),
                "ready": workload.ready, "started": workload.ready, "restartCount": if workload.ready { 0 } else { 41 },
                "state": state,
            }],
        });
        json!({ "metadata": metadata, "spec": spec, "status": status })
    }
}

/// The reference to the object that keeps another.
pub(super) fn owned_by(story: &Story, kind: &str, namespace: &str, name: &str) -> Value {
    let version = match kind {
        "Job" | "CronJob" => "batch/v1",
        "Node" => "v1",
        _ => "apps/v1",
    };
    let namespace = (kind != "Node").then_some(namespace);
    json!({
        "apiVersion": version, "kind": kind, "name": name, "uid": uid_of(story.seed, kind, namespace, name),
        "controller": true, "blockOwnerDeletion": true,
    })
}
