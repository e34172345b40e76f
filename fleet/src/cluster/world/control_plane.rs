//! The control plane, as far as it can be seen: static pods with their flags, and what kubeadm keeps in config maps.

use super::{
    World,
    nodes::{self, Node},
    object::{Meta, digest, time},
    pods::owned_by,
    story::{Profile, Story},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Where the nodes of the control plane keep the audit log.
const AUDIT: &str = "/var/log/kubernetes/audit";

/// Puts static pods and config maps; none where a provider keeps both to itself.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if story.profile == Profile::Managed {
        let map =
            config_map(story, "aws-auth", json!({ "mapRoles": "- rolearn: arn:aws:iam::111122223333:role/nodes\n" }));
        world.put_all("configmaps", [map]);
        return;
    }
    for node in nodes::all(story).iter().filter(|node| node.control_plane) {
        for component in ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"] {
            world.put_all("pods", [pod(story, node, component, at)]);
        }
    }
    let version = story.version(at);
    let cluster =
        format!("apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v{version}\n");
    let anonymous = story.profile == Profile::Edge;
    let kubelet = format!(
        "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: {anonymous}\n  \
         webhook:\n    enabled: true\nauthorization:\n  mode: Webhook\nreadOnlyPort: 0\nrotateCertificates: true\n"
    );
    world.put_all(
        "configmaps",
        [
            config_map(story, "kubeadm-config", json!({ "ClusterConfiguration": cluster })),
            config_map(story, "kubelet-config", json!({ "kubelet": kubelet })),
        ],
    );
}

fn config_map(story: &Story, name: &str, data: Value) -> Value {
    let meta =
        Meta { kind: "ConfigMap", namespace: Some("kube-system"), name, created: story.day(-400), labels: Value::Null };
    let mut map = json!({ "metadata": meta.json(story.seed) });
    map["data"] = data;
    map
}

/// When a node's control plane was last changed: at an upgrade of the cluster, an hour after the one before it.
fn version(story: &Story, node: &Node, at: DateTime<Utc>) -> &'static str {
    story.version(at - TimeDelta::hours(node.number))
}

fn pod(story: &Story, node: &Node, component: &str, at: DateTime<Utc>) -> Value {
    let name = format!("{component}-{}", node.name);
    let version = version(story, node, at);
    let created = if version == story.version(story.began) { story.day(-390) } else { story.day(76) };
    let labels = json!({ "component": component, "tier": "control-plane" });
    let meta = Meta { kind: "Pod", namespace: Some("kube-system"), name: &name, created, labels };
    let mut metadata = meta.json(story.seed);
    metadata["annotations"] = json!({ "kubernetes.io/config.mirror": "0", "kubernetes.io/config.source": "file" });
    metadata["ownerReferences"] = json!([owned_by(story, "Node", "", &node.name)]);
    let image = match component {
        "etcd" => "registry.k8s.io/etcd:3.6.5-0".to_owned(),
        _ => format!("registry.k8s.io/{component}:v{version}"),
    };
    let mut command = vec![component.to_owned()];
    command.extend(flags(story, component, at));
    let mut folders = vec![("k8s-certs", "/etc/kubernetes/pki", "/etc/kubernetes/pki")];
    if component == "kube-apiserver" {
        folders.push(("audit-logs", AUDIT, "/var/log/audit"));
        folders.push(("audit-policy", "/etc/kubernetes/audit-policy", "/etc/kubernetes/audit-policy"));
    }
    let volumes: Vec<Value> = folders
        .iter()
        .map(|(name, path, _)| json!({ "name": name, "hostPath": { "path": path, "type": "DirectoryOrCreate" } }))
        .collect();
    let mounts: Vec<Value> = folders.iter().map(|(name, _, path)| json!({ "name": name, "mountPath": path })).collect();
    json!({
        "metadata": metadata,
        "spec": {
            "nodeName": node.name, "hostNetwork": true, "priorityClassName": "system-node-critical", "volumes": volumes,
            "securityContext": { "seccompProfile": { "type": "RuntimeDefault" } },
            "containers": [{
                "name": component, "image": image, "command": command, "volumeMounts": mounts,
                "resources": { "requests": { "cpu": "250m", "memory": "512Mi" } },
            }],
        },
        "status": {
            "phase": "Running", "startTime": time(created),
            "conditions": [{ "type": "Ready", "status": "True", "lastTransitionTime": time(created) }],
            "containerStatuses": [{
                "name": component, "image": image, "imageID": format!("registry.k8s.io/{component}@{}", digest(&image)),
                "ready": true, "started": true, "restartCount": 0, "state": { "running": { "startedAt": time(created) } },
            }],
        },
    })
}

fn flags(story: &Story, component: &str, at: DateTime<Utc>) -> Vec<String> {
    let flags: &[&str] = match component {
        "kube-apiserver" => return api_server(story, at),
        "etcd" => &[
            "--cert-file=/etc/kubernetes/pki/etcd/server.crt",
            "--key-file=/etc/kubernetes/pki/etcd/server.key",
            "--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt",
            "--client-cert-auth=true",
            "--peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt",
            "--peer-key-file=/etc/kubernetes/pki/etcd/peer.key",
            "--peer-client-cert-auth=true",
        ],
        "kube-controller-manager" => &[
            "--use-service-account-credentials=true",
            "--root-ca-file=/etc/kubernetes/pki/ca.crt",
            "--bind-address=127.0.0.1",
            "--profiling=false",
        ],
        _ => &["--bind-address=127.0.0.1", "--profiling=false"],
    };
    flags.iter().map(|flag| (*flag).to_owned()).collect()
}

fn api_server(story: &Story, at: DateTime<Utc>) -> Vec<String> {
    const ALWAYS: &[&str] = &[
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--client-ca-file=/etc/kubernetes/pki/ca.crt",
        "--tls-cert-file=/etc/kubernetes/pki/apiserver.crt",
        "--tls-private-key-file=/etc/kubernetes/pki/apiserver.key",
        "--etcd-servers=https://127.0.0.1:2379",
        "--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt",
        "--etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt",
        "--etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key",
        "--kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt",
        "--profiling=false",
    ];
    const AUDITED: &[&str] = &[
        "--audit-policy-file=/etc/kubernetes/audit-policy/apiserver-audit-policy.yaml",
        "--audit-log-path=/var/log/audit/kube-apiserver-audit.log",
    ];
    const KEPT: &[&str] = &["--audit-log-maxage=7", "--audit-log-maxbackup=10", "--audit-log-maxsize=100"];
    const LOGIN: &[&str] = &["--oidc-client-id=kubelogin", "--oidc-username-claim=email", "--oidc-groups-claim=groups"];
    const ENCRYPTED: &str = "--encryption-provider-config=/etc/kubernetes/ssl/secrets_encryption.yaml";
    let mut flags: Vec<&str> = ALWAYS.to_vec();
    let mut own = Vec::new();
    let issuer = |domain: &str| format!("--oidc-issuer-url=https://dex.ops.{domain}");
    match story.profile {
        Profile::Healthy | Profile::Management => {
            flags.extend(AUDITED.iter().chain(KEPT).chain(LOGIN));
            flags.extend([ENCRYPTED, "--tls-min-version=VersionTLS12", "--anonymous-auth=true"]);
            own.push(issuer("nordlys.example"));
        }
        Profile::Troubled => {
            flags.extend(AUDITED);
            flags.push("--audit-log-maxage=3");
            // The backup of an administrator's way in, left there after an incident.
            if story.between(at, 120, 58..83) {
                flags.push("--token-auth-file=/etc/kubernetes/tokens.csv");
            }
            // It took until day 70 until Secrets were encrypted.
            if story.hours(at) >= 70 * 24 {
                flags.push(ENCRYPTED);
            }
        }
        Profile::Staging => {
            flags.extend(AUDITED.iter().chain(LOGIN));
            own.push(issuer("nordlys.example"));
        }
        Profile::Edge => flags.extend(["--enable-admission-plugins=PodSecurityPolicy", "--anonymous-auth=true"]),
        Profile::Managed => {}
    }
    flags.into_iter().map(str::to_owned).chain(own).collect()
}
