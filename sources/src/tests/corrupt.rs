//! Objects that were damaged on the way: no rule panics on them, and none takes them for good news.

use super::{Manifests, corpus, now};
use crate::reading::Context;
use crate::{policy::Policy, rules};
use model::{
    evaluation::{Evaluation, Outcome},
    scan::Coverage,
    source::Source,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Ways to damage a value at a place in an object.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Missing,
    Null,
    Number,
    Text,
    List,
    Object,
    Huge,
    Deep,
}

const WAYS: &[Damage] = &[
    Damage::Missing,
    Damage::Null,
    Damage::Number,
    Damage::Text,
    Damage::List,
    Damage::Object,
    Damage::Huge,
    Damage::Deep,
];

/// Every place in a value, as a path of keys.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    let mut go = |key: &str, inner: &Value| {
        let path = format!("{here}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(path.clone());
        places(inner, &path, found);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| go(key, inner)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, inner)| go(&at.to_string(), inner)),
        _ => {}
    }
}

fn damaged(object: &Value, place: &str, damage: Damage) -> Value {
    let mut object = object.clone();
    if let Damage::Missing = damage {
        let (parent, key) = place.rsplit_once('/').expect("a path");
        let key = key.replace("~1", "/").replace("~0", "~");
        match object.pointer_mut(parent) {
            Some(Value::Object(map)) => drop(map.remove(&key)),
            Some(Value::Array(items)) => drop(items.remove(key.parse().expect("a number"))),
            _ => {}
        }
        return object;
    }
    let Some(value) = object.pointer_mut(place) else { return object };
    *value = match damage {
        Damage::Missing | Damage::Null => Value::Null,
        Damage::Number => json!(-9_007_199_254_740_993_i64),
        Damage::Text => json!("\u{0}\u{202e}not what was expected <script>"),
        Damage::List => json!([[], {}, null, 7]),
        Damage::Object => json!({ "a": { "b": [1] } }),
        Damage::Huge => json!("x".repeat(100_000)),
        Damage::Deep => (0..100).fold(json!({}), |inner, _| json!({ "a": [inner] })),
    };
    object
}

fn evaluations(all: &Manifests) -> Vec<Evaluation> {
    let policy = Policy::default();
    vec![
        rules::rbac::evaluate(&all.rbac(), &policy),
        rules::pod_security::evaluate(&all.pod_security(32, &[]), &policy),
        rules::pod_security::evaluate(&all.pod_security(24, &[]), &policy),
        rules::cert_manager::evaluate(&all.cert_manager(), now()),
        rules::velero::evaluate(&all.velero(), &policy, now()),
    ]
}

/// What holds of every evaluation, whatever it rests on.
fn is_sound(evaluation: &Evaluation) {
    for result in &evaluation.results {
        let failed = evaluation.observations.iter().filter(|seen| seen.check == result.check).count();
        assert_eq!(usize::try_from(result.failed).ok(), Some(failed), "{result:?}");
        assert_eq!(result.outcome == Outcome::Fail, failed > 0, "{result:?}");
        assert!(result.detail.values().all(|value| value.chars().count() <= 300), "{result:?}");
    }
    for seen in &evaluation.observations {
        assert!(seen.detail.values().all(|value| value.chars().count() <= 300 && !value.contains('\u{0}')), "{seen:?}");
    }
}

/// One object alone, damaged: where it is no longer understood, its list is not wholly read, and nothing is in order for sure.
fn check_object(object: &Value, place: &str, damage: Damage) {
    let all = Manifests(vec![damaged(object, place, damage)]);
    let evaluations = evaluations(&all);
    evaluations.iter().for_each(is_sound);
    let (rbac, cert_manager, velero) = (all.rbac(), all.cert_manager(), all.velero());
    let unread = [
        rbac.cluster_roles.unread + rbac.roles.unread + rbac.cluster_role_bindings.unread,
        cert_manager.certificates.unread,
        velero.schedules.unread,
    ];
    for (unread, evaluation) in unread.into_iter().zip([0, 3, 4].map(|at| &evaluations[at])) {
        if unread > 0 {
            let passing: Vec<_> =
                evaluation.results.iter().filter(|r| r.outcome == Outcome::Pass && r.unread == 0).collect();
            let unconcerned = ["rbac.no_wildcards", "rbac.no_system_masters", "bak.location", "bak.restore_test"];
            assert!(passing.iter().all(|r| unconcerned.contains(&r.check.as_str())), "{place} {damage:?}: {passing:?}");
        }
    }
}

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
        "Deployment" | "DaemonSet" | "CronJob" | "Job" | "PodDisruptionBudget" => &[Source::Workloads],
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
            said_by(readers, &Manifests(vec![damaged])).iter().for_each(|(_, evaluation)| is_sound(evaluation));
        }
    }
}

#[test]
fn damaged_requests_are_survived() {
    survive(&Manifests::read(super::cert_manager::REQUESTS_OF_ALL_KINDS).0, 1);
}

#[test]
fn damaged_workloads_and_policies_are_survived() {
    let own = [super::network::POLICIES, super::network::DOORS, super::workloads::WORKLOADS, super::storage::VOLUMES];
    survive(&Manifests::read(&own.join("---")).0, 1);
    let Some(corpus) = corpus::corpus() else { return };
    survive(&corpus::objects(&corpus.join("kubernetes-api-roundtrip"), "v1.").0, 3);
}

fn samples() -> Vec<Value> {
    let text = [
        super::rbac::EVERYBODY,
        super::cert_manager::CERTIFICATES_OF_ALL_KINDS,
        super::cert_manager::REQUESTS_OF_ALL_KINDS,
        super::velero::GOOD,
    ]
    .join("\n---\n");
    Manifests::read(&text).with(Manifests::read(super::pod_security::NAMESPACES_OF_ALL_KINDS)).0
}

#[test]
fn damage_at_every_place_of_every_sample_is_survived() {
    for object in samples() {
        let mut found = Vec::new();
        places(&object, "", &mut found);
        for place in found.iter().filter(|place| *place != "/kind") {
            for damage in WAYS {
                check_object(&object, place, *damage);
            }
        }
    }
}

#[test]
fn damaged_corpus_objects_are_survived() {
    let Some(corpus) = corpus::corpus() else { return };
    let kinds = [
        "ClusterRole",
        "ClusterRoleBinding",
        "Certificate",
        "ClusterIssuer",
        "Schedule",
        "Backup",
        "BackupStorageLocation",
    ];
    let all = ["rbac", "cert-manager/samples", "velero/doc-samples", "kubernetes-api-roundtrip"]
        .map(|folder| corpus::objects(&corpus.join(folder), "").0)
        .concat();
    for object in all.iter().filter(|object| kinds.iter().any(|kind| object["kind"] == *kind)) {
        let mut found = Vec::new();
        places(object, "", &mut found);
        for (number, place) in found.iter().filter(|place| *place != "/kind").enumerate() {
            check_object(object, place, WAYS[number % WAYS.len()]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A page that is cut anywhere, or has a byte changed, is a whole list, a list with gaps, or an error: never a panic.
    #[test]
    fn a_damaged_page_is_survived(cut in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), to in any::<u8>()) {
        use crate::{listed::Listed, objects::cert_manager::Certificate, request::CERTIFICATES};
        let items: Vec<Value> = samples().into_iter().filter(|object| object["kind"] == "Certificate").collect();
        let whole = json!({ "kind": "CertificateList", "metadata": {}, "items": items }).to_string().into_bytes();
        let short = &whole[..cut.index(whole.len())];
        let listed: Listed<Certificate> = Listed::of_page(&CERTIFICATES, short);
        prop_assert!(!listed.was_read());
        let mut changed = whole.clone();
        let at = byte.index(changed.len());
        changed[at] = to;
        let listed: Listed<Certificate> = Listed::of_page(&CERTIFICATES, &changed);
        prop_assert!(!listed.was_read() || listed.items.len() + listed.unread as usize == items.len());
    }
}
