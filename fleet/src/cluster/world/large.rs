//! A cluster of any size with what its scanners found in it, for tests and benchmarks of reading all of a large one.

use super::{
    World,
    object::{Meta, digest, time, uid_of},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Workloads in a namespace.
const A_NAMESPACE: usize = 20;
/// Pods of a workload.
const PODS: usize = 2;
const SEED: u64 = 7;

/// How large a cluster is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Deployments, of two pods each.
    pub workloads: usize,
    /// Reports of vulnerabilities, one for each container; spread over the workloads, as many as there are containers.
    pub reports: usize,
    /// Vulnerabilities in all reports.
    pub vulnerabilities: usize,
    /// Results of policies in all reports, of which there is one for each workload.
    pub results: usize,
}

impl World {
    /// A cluster of that size. A twentieth of the vulnerabilities is critical and can be fixed, a tenth of the results fails.
    pub fn large(size: Size, at: DateTime<Utc>) -> Self {
        let mut world = Self::empty("1.33.4");
        world.serve(&["vulnerabilityreports", "exposedsecretreports", "configauditreports", "infraassessmentreports"]);
        world.serve(&["clusterinfraassessmentreports", "policyreports", "clusterpolicyreports"]);
        let tenants = (0..size.workloads.div_ceil(A_NAMESPACE).max(1)).map(|tenant| format!("tenant-{tenant:04}"));
        for name in ["kube-system".to_owned()].into_iter().chain(tenants) {
            let labels =
                json!({ "kubernetes.io/metadata.name": name, "pod-security.kubernetes.io/enforce": "restricted" });
            let metadata = metadata("Namespace", None, &name, labels, at);
            world.put("namespaces", json!({ "metadata": metadata, "spec": {}, "status": { "phase": "Active" } }));
        }
        for number in 0..size.workloads {
            let share = |all: usize| all * (number + 1) / size.workloads - all * number / size.workloads;
            let reports = share(size.reports);
            let workload = Workload { number, containers: reports.max(1), at };
            world.put("deployments", workload.deployment());
            (0..PODS).for_each(|pod| world.put("pods", workload.pod(pod)));
            for container in 0..reports {
                let before = size.reports * number / size.workloads + container;
                let found =
                    size.vulnerabilities * (before + 1) / size.reports - size.vulnerabilities * before / size.reports;
                world.put("vulnerabilityreports", workload.vulnerabilities(container, found));
            }
            world.put("policyreports", workload.results(share(size.results)));
        }
        world
    }
}

struct Workload {
    number: usize,
    containers: usize,
    at: DateTime<Utc>,
}

impl Workload {
    fn name(&self) -> String {
        format!("app-{:05}", self.number)
    }

    fn namespace(&self) -> String {
        format!("tenant-{:04}", self.number / A_NAMESPACE)
    }

    fn replica_set(&self) -> String {
        format!("{}-7d9c5b8f6d", self.name())
    }

    fn image(&self, container: usize) -> String {
        format!("registry.example.org/team/{}-{container}:1.{}.0", self.name(), self.number % 7)
    }

    fn metadata(&self, kind: &'static str, name: &str, labels: Value) -> Value {
        metadata(kind, Some(&self.namespace()), name, labels, self.at)
    }

    fn labels(&self) -> Value {
        json!({ "app.kubernetes.io/name": self.name(), "app.kubernetes.io/part-of": self.namespace() })
    }

    fn spec(&self) -> Value {
        let container = |number: usize| {
            json!({
                "name": format!("c{number}"), "image": self.image(number), "imagePullPolicy": "IfNotPresent",
                "env": [{ "name": "MODE", "value": "production" }], "volumeMounts": [],
                "resources": { "requests": { "cpu": "50m", "memory": "128Mi" }, "limits": { "memory": "256Mi" } },
                "securityContext": {
                    "runAsNonRoot": true, "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true,
                    "capabilities": { "drop": ["ALL"] },
                },
            })
        };
        json!({
            "serviceAccountName": self.name(), "automountServiceAccountToken": false, "restartPolicy": "Always",
            "containers": (0..self.containers).map(container).collect::<Vec<_>>(), "volumes": [],
            "securityContext": { "runAsNonRoot": true, "runAsUser": 10001, "seccompProfile": { "type": "RuntimeDefault" } },
        })
    }

    fn deployment(&self) -> Value {
        let labels = self.labels();
        json!({
            "metadata": self.metadata("Deployment", &self.name(), labels.clone()),
            "spec": {
                "replicas": PODS, "selector": { "matchLabels": labels },
                "template": { "metadata": { "labels": labels }, "spec": self.spec() },
            },
            "status": { "replicas": PODS, "readyReplicas": PODS, "availableReplicas": PODS, "observedGeneration": 1 },
        })
    }

    fn pod(&self, number: usize) -> Value {
        let mut metadata = self.metadata("Pod", &format!("{}-{number}", self.replica_set()), self.labels());
        metadata["ownerReferences"] = self.owner();
        let since = time(self.at - TimeDelta::days(10));
        let status = |container: usize| {
            let image = self.image(container);
            json!({
                "name": format!("c{container}"), "image": image, "imageID": format!("{image}@{}", digest(&image)),
                "ready": true, "started": true, "restartCount": 0, "state": { "running": { "startedAt": since } },
            })
        };
        let mut spec = self.spec();
        spec["nodeName"] = format!("node-{:03}", self.number % 50).into();
        json!({
            "metadata": metadata, "spec": spec,
            "status": {
                "phase": "Running", "startTime": since, "podIP": "10.0.0.1", "qosClass": "Burstable",
                "conditions": [{ "type": "Ready", "status": "True", "lastTransitionTime": since }],
                "containerStatuses": (0..self.containers).map(status).collect::<Vec<_>>(),
            },
        })
    }

    fn owner(&self) -> Value {
        let name = self.replica_set();
        let uid = uid_of(SEED, "ReplicaSet", Some(&self.namespace()), &name);
        json!([{ "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": name, "uid": uid, "controller": true }])
    }

    fn vulnerabilities(&self, container: usize, found: usize) -> Value {
        let (name, namespace) = (self.replica_set(), self.namespace());
        let labels = json!({
            "trivy-operator.resource.kind": "ReplicaSet", "trivy-operator.resource.name": name,
            "trivy-operator.resource.namespace": namespace, "trivy-operator.container.name": format!("c{container}"),
            "resource-spec-hash": "7d9c5b8f6d", "app.kubernetes.io/managed-by": "trivy-operator",
        });
        let mut metadata = self.metadata("VulnerabilityReport", &format!("replicaset-{name}-c{container}"), labels);
        metadata["annotations"] = json!({ "trivy-operator.aquasecurity.github.io/report-ttl": "24h0m0s" });
        metadata["ownerReferences"] = self.owner();
        let severity = |number: usize| match number % 20 {
            0 => "CRITICAL",
            1..4 => "HIGH",
            4..12 => "MEDIUM",
            _ => "LOW",
        };
        let one = |number: usize| {
            let lot = (self.number * 31 + container * 7 + number * 13) % 9_000;
            let id = format!("CVE-2026-{}", 10_000 + lot);
            let text =
                "Input of a foreign client is not checked before memory is taken for it, so that whoever sends it may ";
            json!({
                "vulnerabilityID": id, "resource": format!("package-{:03}", lot % 400), "installedVersion": "3.1.0",
                "fixedVersion": if number.is_multiple_of(5) { "3.2.1" } else { "" }, "severity": severity(number),
                "title": format!("package-{:03}: input that is not checked", lot % 400), "target": "", "class": "os-pkgs",
                "description": text.repeat(3), "score": 7.5,
                "packagePURL": format!("pkg:deb/debian/package-{:03}@3.1.0", lot % 400),
                "primaryLink": format!("https://avd.example.org/nvd/{}", id.to_lowercase()),
                "publishedDate": "2026-03-01T00:00:00Z", "lastModifiedDate": "2026-03-02T00:00:00Z", "links": [],
            })
        };
        let all: Vec<Value> = (0..found).map(one).collect();
        let count = |severity: &str| all.iter().filter(|one| one["severity"] == severity).count();
        let image = self.image(container);
        json!({
            "metadata": metadata,
            "report": {
                "updateTimestamp": time(self.at - TimeDelta::hours(2)),
                "scanner": { "name": "Trivy", "vendor": "Aqua Security", "version": "0.67.2" },
                "registry": { "server": "registry.example.org" },
                "artifact": {
                    "repository": format!("team/{}-{container}", self.name()), "tag": format!("1.{}.0", self.number % 7),
                    "digest": digest(&image),
                },
                "os": { "family": "debian", "name": "12.12" },
                "summary": {
                    "criticalCount": count("CRITICAL"), "highCount": count("HIGH"), "mediumCount": count("MEDIUM"),
                    "lowCount": count("LOW"), "unknownCount": 0, "noneCount": 0,
                },
                "vulnerabilities": all,
            },
        })
    }

    fn results(&self, results: usize) -> Value {
        let namespace = self.namespace();
        let uid = uid_of(SEED, "Deployment", Some(&namespace), &self.name());
        let labels = json!({ "app.kubernetes.io/managed-by": "kyverno" });
        let one = |number: usize| {
            let fails = number % 10 == 3;
            json!({
                "source": "kyverno", "policy": format!("policy-{number:02}"), "rule": "check", "category": "Best practices",
                "severity": "medium", "result": if fails { "fail" } else { "pass" }, "scored": true,
                "message": if fails { "validation error: this is not as the policy has it" } else { "validation rule passed." },
                "timestamp": { "seconds": (self.at - TimeDelta::hours(1)).timestamp(), "nanos": 0 },
            })
        };
        let failed = (0..results).filter(|number| number % 10 == 3).count();
        json!({
            "metadata": self.metadata("PolicyReport", &uid, labels),
            "scope": { "apiVersion": "apps/v1", "kind": "Deployment", "namespace": namespace, "name": self.name(), "uid": uid },
            "summary": { "pass": results - failed, "fail": failed, "warn": 0, "error": 0, "skip": 0 },
            "results": (0..results).map(one).collect::<Vec<_>>(),
        })
    }
}

/// Metadata as large as they are in earnest: who manages which field is most of them.
fn metadata(kind: &'static str, namespace: Option<&str>, name: &str, labels: Value, at: DateTime<Utc>) -> Value {
    let created = at - TimeDelta::days(10);
    let mut metadata = Meta { kind, namespace, name, created, labels }.json(SEED);
    metadata["managedFields"] = json!([{
        "manager": "controller", "operation": "Update", "time": time(created), "fieldsType": "FieldsV1",
        "fieldsV1": {
            "f:metadata": { "f:labels": { ".": {}, "f:app.kubernetes.io/name": {}, "f:app.kubernetes.io/part-of": {} } },
            "f:spec": { "f:replicas": {}, "f:selector": {}, "f:template": { "f:metadata": {}, "f:spec": { "f:containers": {} } } },
        },
    }]);
    metadata
}
