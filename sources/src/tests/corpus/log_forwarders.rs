//! DaemonSets of forwarders from their projects' own examples: they were never applied, so they have no status.

use super::{contents, corpus};
use crate::{
    policy::Policy,
    tests::{Manifests, about, expect},
};
use model::source::Source;
use std::{collections::BTreeMap, fmt::Write};

/// An API server whose audit log is where kubeadm's documentation puts it, and a pod of each DaemonSet beside it.
const API_SERVER: &str = "
apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver-a, namespace: kube-system, labels: {component: kube-apiserver}}
spec:
  nodeName: a
  containers: [{name: kube-apiserver, command: [kube-apiserver, --audit-policy-file=/p, --audit-log-path=/var/log/kubernetes/audit/audit.log], volumeMounts: [{name: a, mountPath: /var/log/kubernetes/audit}]}]
  volumes: [{name: a, hostPath: {path: /var/log/kubernetes/audit}}]
";

/// The pod that a DaemonSet makes.
fn pods(manifests: &Manifests) -> Manifests {
    let sets = manifests.0.iter().filter(|object| object["kind"] == "DaemonSet");
    let pod = |set: &serde_json::Value| {
        let mut spec = set["spec"]["template"]["spec"].clone();
        spec["nodeName"] = "a".into();
        let metadata = &set["metadata"];
        serde_json::json!({
            "apiVersion": "v1", "kind": "Pod", "spec": spec, "status": { "phase": "Running" },
            "metadata": { "name": "x", "namespace": metadata["namespace"], "ownerReferences": [{ "kind": "DaemonSet", "name": metadata["name"] }] },
        })
    };
    Manifests(sets.map(pod).collect())
}

#[test]
fn every_example_of_a_forwarder_is_judged() {
    let Some(corpus) = corpus() else { return };
    let mut by_verdict: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, bytes) in contents(&corpus.join("log-forwarders")) {
        let manifests = Manifests::read(&String::from_utf8(bytes).expect("text"));
        let all = manifests.clone().with(pods(&manifests)).with(Manifests::read(API_SERVER));
        let evaluation = all.cluster(32, &[]).evaluate(Source::AuditLog, &Policy::default());
        let checks = ["log.audit_forwarded", "log.forwarder_ready", "log.shipping_destination"];
        let verdict = checks.map(|check| about(check, &evaluation)).concat();
        by_verdict.entry(verdict).or_default().push(name);
    }
    let mut said = String::new();
    for (verdict, names) in &by_verdict {
        writeln!(said, "{verdict}    {}", names.join("\n    ")).expect("a String takes everything");
    }
    expect(
        &said,
        "
log.audit_forwarded fail 1/1
  critical Node a: not_read [path=/var/log/kubernetes/audit/audit.log]
log.forwarder_ready not_evaluated 0/0 none
log.shipping_destination not_evaluated 0/0 none
    fluent-bit/elasticsearch__fluent-bit-configmap.yaml
    fluent-bit/fluent-bit-openshift-security-context-constraints.yaml
    fluent-bit/fluent-bit-role-1.22.yaml
    fluent-bit/fluent-bit-role-binding-1.22.yaml
    fluent-bit/fluent-bit-role-binding.yaml
    fluent-bit/fluent-bit-role.yaml
    fluent-bit/fluent-bit-service-account.yaml
    fluent-bit/kafka__fluent-bit-configmap.yaml
    fluent-bit/output/elasticsearch/fluent-bit-configmap.yaml
    fluent-bit/output/kafka/fluent-bit-configmap.yaml
log.audit_forwarded pass 0/1
log.forwarder_ready error 0/0 unread 1 unread
log.shipping_destination needs_review 0/0 undeclared [forwarders=fluent-bit]
    fluent-bit/elasticsearch__fluent-bit-ds-minikube.yaml
    fluent-bit/elasticsearch__fluent-bit-ds.yaml
    fluent-bit/kafka__fluent-bit-ds-minikube.yaml
    fluent-bit/kafka__fluent-bit-ds.yaml
    fluent-bit/output/elasticsearch/fluent-bit-ds-minikube.yaml
    fluent-bit/output/elasticsearch/fluent-bit-ds.yaml
    fluent-bit/output/kafka/fluent-bit-ds-minikube.yaml
    fluent-bit/output/kafka/fluent-bit-ds.yaml
log.audit_forwarded pass 0/1
log.forwarder_ready error 0/0 unread 1 unread
log.shipping_destination needs_review 0/0 undeclared [forwarders=fluentd-azureblob]
    fluentd/fluentd-daemonset-azureblob.yaml
log.audit_forwarded pass 0/1
log.forwarder_ready error 0/0 unread 1 unread
log.shipping_destination needs_review 0/0 undeclared [forwarders=fluentd-gcs]
    fluentd/fluentd-daemonset-gcs.yaml
log.audit_forwarded pass 0/1
log.forwarder_ready error 0/0 unread 1 unread
log.shipping_destination needs_review 0/0 undeclared [forwarders=fluentd]
    fluentd/fluentd-daemonset-cloudwatch-rbac.yaml
    fluentd/fluentd-daemonset-datadog.yaml
    fluentd/fluentd-daemonset-elasticsearch-rbac.yaml
    fluentd/fluentd-daemonset-elasticsearch.yaml
    fluentd/fluentd-daemonset-forward.yaml
    fluentd/fluentd-daemonset-graylog-rbac.yaml
    fluentd/fluentd-daemonset-logentries.yaml
    fluentd/fluentd-daemonset-loggly-rbac.yaml
    fluentd/fluentd-daemonset-loggly.yaml
    fluentd/fluentd-daemonset-opensearch.yaml
    fluentd/fluentd-daemonset-papertrail.yaml
    fluentd/fluentd-daemonset-syslog.yaml
",
    );
}
