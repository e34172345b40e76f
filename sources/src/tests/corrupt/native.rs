//! Kubernetes' own objects: networks, workloads, storage, namespaces.

use super::{WAYS, damaged, is_sound, places};
use crate::{
    policy::Policy,
    reading::Context,
    tests::{Manifests, corpus, now},
};
use model::{
    evaluation::{Evaluation, Outcome},
    scan::Coverage,
    source::Source,
};
use serde_json::Value;

/// A cluster in which everything that these sources ask is in order.
const IN_ORDER: &str = r#"
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {owner: team-a, env: production}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: LoadBalancer}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec: {rules: [{host: shop.example.org}], tls: [{hosts: ["*.example.org"], secretName: tls}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate, namespace: shop}
spec: {listeners: [{name: https, protocol: HTTPS, hostname: bank.example.org}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: "ghcr.io/team/web:1.2"
          resources: {requests: {cpu: 1, memory: 1Gi}}
          env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: all, namespace: shop}
spec: {hard: {requests.cpu: 8, requests.memory: 16Gi}}
---
{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: aws}, parameters: {encrypted: "true"}}
---
{apiVersion: v1, kind: PersistentVolume, metadata: {name: pvc-1}, spec: {storageClassName: aws}, status: {phase: Bound}}
"#;

fn approving() -> Policy {
    Policy {
        exposed: Some(vec!["Service:shop/web".into(), "Host:*.example.org".into()]),
        trusted_registries: Some(vec!["ghcr.io".into()]),
        namespace_labels: vec!["owner".into()],
        environment_label: Some("env".into()),
        environments: vec!["production".into()],
        ..Policy::default()
    }
}

/// The checks that cannot pass wholly where an object of a kind was not understood.
fn concerned(kind: &str) -> &'static [&'static str] {
    match kind {
        "Namespace" => &["net.default_deny", "out.classified", "env.separation"],
        "NetworkPolicy" => &["net.default_deny"],
        "Service" => &["net.exposed"],
        "Ingress" | "Gateway" => &["net.exposed", "enc.ingress_tls"],
        "Deployment" => {
            &["img.trusted_registry", "img.immutable_ref", "cap.requests", "sec.env", "avl.disruption_budget"]
        }
        "PodDisruptionBudget" => &["avl.disruption_budget"],
        "ResourceQuota" => &["cap.requests"],
        "StorageClass" => &["enc.storage"],
        "PersistentVolume" => &["enc.storage", "out.released_volumes"],
        _ => &[],
    }
}

/// The sources that read a kind.
fn readers(kind: &str) -> &'static [Source] {
    match kind {
        "Namespace" => &[Source::Network, Source::Inventory],
        "NetworkPolicy" | "Service" | "Ingress" | "Gateway" => &[Source::Network],
        "Deployment" | "DaemonSet" | "CronJob" | "Job" | "PodDisruptionBudget" | "ResourceQuota" => {
            &[Source::Workloads]
        }
        "StorageClass" | "PersistentVolume" => &[Source::Storage],
        "CertificateRequest" | "Order" => &[Source::CertManager],
        _ => &[],
    }
}

/// What sources say, and whether a list was not read wholly.
fn said_by(sources: &[Source], all: &Manifests) -> Vec<(bool, Evaluation)> {
    let groups = ["apps/v1", "batch/v1", "policy/v1", "gateway.networking.k8s.io/v1"];
    let (cluster, policy) = (all.cluster(32, &groups), approving());
    let judged = |source: &Source| {
        let reading = cluster.reading(*source, &policy);
        let is_cut = reading.parts().iter().any(|(_, read)| read.coverage == Coverage::Truncated);
        (is_cut, reading.evaluate(&Context { policy: &policy, now: now(), hello: &cluster.hello }))
    };
    sources.iter().map(judged).collect()
}

#[test]
fn damage_to_a_cluster_in_order_is_never_a_whole_pass() {
    let all = Manifests::read(IN_ORDER);
    let sources = [Source::Network, Source::Workloads, Source::Storage, Source::Inventory];
    for (is_cut, evaluation) in said_by(&sources, &all) {
        let not_passing: Vec<_> = evaluation.results.iter().filter(|r| r.outcome != Outcome::Pass).collect();
        assert!(!is_cut && not_passing.is_empty(), "{not_passing:?}");
    }
    for (at, object) in all.0.iter().enumerate() {
        let kind = object["kind"].as_str().unwrap_or_default();
        let concerned = concerned(kind);
        let mut found = Vec::new();
        places(object, "", &mut found);
        // Of another kind or group it is no longer among what is asked for.
        for place in found.iter().filter(|place| !["/kind", "/apiVersion"].contains(&place.as_str())) {
            for damage in WAYS {
                let mut with_damage = all.clone();
                with_damage.0[at] = damaged(object, place, *damage);
                for (is_cut, evaluation) in said_by(readers(kind), &with_damage) {
                    is_sound(&evaluation);
                    let passing = evaluation.results.iter().find(|result| {
                        concerned.contains(&result.check.as_str())
                            && result.outcome == Outcome::Pass
                            && result.unread == 0
                    });
                    assert!(!is_cut || passing.is_none(), "{place} {damage:?}: {passing:?}");
                }
            }
        }
    }
}

/// Every so many places of every object, each damaged in one way, judged by those who read it.
fn survive(objects: &[Value], step: usize) {
    for object in objects {
        let readers = readers(object["kind"].as_str().unwrap_or_default());
        let mut found = Vec::new();
        places(object, "", &mut found);
        for (number, place) in found.iter().enumerate().step_by(step) {
            let damaged = damaged(object, place, WAYS[number % WAYS.len()]);
            for (_, evaluation) in said_by(readers, &Manifests(vec![damaged])) {
                is_sound(&evaluation);
            }
        }
    }
}

#[test]
fn damaged_requests_are_survived() {
    survive(&Manifests::read(crate::tests::cert_manager::REQUESTS_OF_ALL_KINDS).0, 1);
}

#[test]
fn damaged_workloads_and_policies_are_survived() {
    let own = [
        crate::tests::network::POLICIES,
        crate::tests::network::DOORS,
        crate::tests::workloads::WORKLOADS,
        crate::tests::storage::VOLUMES,
    ];
    survive(&Manifests::read(&own.join("---")).0, 1);
    let Some(corpus) = corpus::corpus() else { return };
    survive(&corpus::objects(&corpus.join("kubernetes-api-roundtrip"), "v1.").0, 3);
}
