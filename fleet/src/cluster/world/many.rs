//! Large worlds, for tests and benchmarks of paging and parsing.

use super::{
    World,
    object::{Meta, time},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

impl World {
    /// A cluster with `n` certificates of about 3 kB each, every hundredth of them expired, in `n / 100` namespaces.
    pub fn many(n: usize, at: DateTime<Utc>) -> Self {
        let mut world = Self::empty("1.33.4");
        world.serve_cert_manager();
        let namespaces = n.div_ceil(100).max(1);
        for number in 0..namespaces {
            let name = format!("tenant-{number:05}");
            let labels =
                json!({ "kubernetes.io/metadata.name": name, "pod-security.kubernetes.io/enforce": "restricted" });
            let meta =
                Meta { kind: "Namespace", namespace: None, name: &name, created: at - TimeDelta::days(100), labels };
            world.put("namespaces", json!({ "metadata": meta.json(0), "spec": {}, "status": { "phase": "Active" } }));
        }
        for number in 0..n {
            world.put("certificates", certificate(number, &format!("tenant-{:05}", number / 100), at));
        }
        world
    }
}

fn certificate(number: usize, namespace: &str, at: DateTime<Utc>) -> Value {
    let name = format!("certificate-{number:06}");
    let since = if number.is_multiple_of(100) { at - TimeDelta::days(95) } else { at - TimeDelta::days(10) };
    let mut metadata = Meta {
        kind: "Certificate",
        namespace: Some(namespace),
        name: &name,
        created: since,
        labels: json!({ "tenant": namespace }),
    }
    .json(0);
    metadata["annotations"] = json!({ "example.org/owner": "x".repeat(200), "example.org/note": "y".repeat(900) });
    metadata["managedFields"] = json!([{
        "manager": "cert-manager-certificates-issuing", "operation": "Update", "apiVersion": "cert-manager.io/v1", "time": time(since),
        "fieldsType": "FieldsV1", "subresource": "status",
        "fieldsV1": { "f:status": { ".": {}, "f:conditions": { ".": {}, "k:{\"type\":\"Ready\"}": {
            ".": {}, "f:lastTransitionTime": {}, "f:message": {}, "f:observedGeneration": {}, "f:reason": {}, "f:status": {}, "f:type": {} } },
            "f:notAfter": {}, "f:notBefore": {}, "f:renewalTime": {}, "f:revision": {} } },
    }]);
    let hosts: Vec<String> = (0..12).map(|host| format!("host-{host:02}.{name}.{namespace}.example.org")).collect();
    json!({
        "kind": "Certificate", "apiVersion": "cert-manager.io/v1",
        "metadata": metadata,
        "spec": {
            "secretName": name, "dnsNames": hosts, "duration": "2160h0m0s", "renewBefore": "720h0m0s",
            "issuerRef": { "group": "cert-manager.io", "kind": "ClusterIssuer", "name": "letsencrypt" },
        },
        "status": {
            "conditions": [{
                "type": "Ready", "status": "True", "reason": "Ready", "message": "Certificate is up to date and has not expired",
                "lastTransitionTime": time(since), "observedGeneration": 1,
            }],
            "notBefore": time(since), "notAfter": time(since + TimeDelta::days(90)), "renewalTime": time(since + TimeDelta::days(60)), "revision": 1,
        },
    })
}
