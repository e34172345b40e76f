//! Which version of a system is installed.

use super::{Manifests, audit_log, cert_manager, dex, falco, gatekeeper, kube_bench, kyverno, velero};
use crate::{error::ReadError, policy::Policy, reading::coverage, request::CONTROLLERS};
use model::{scan::Coverage, source::Source};
use serde_json::json;

const GROUPS: &[&str] = &[
    "constraints.gatekeeper.sh/v1beta1",
    "templates.gatekeeper.sh/v1beta1",
    "kyverno.io/v1",
    "kyverno.io/v2",
    "policies.kyverno.io/v1",
];

const SYSTEMS: &[(Source, &str)] = &[
    (Source::CertManager, cert_manager::CERTIFICATES_OF_ALL_KINDS),
    (Source::Velero, velero::GOOD),
    (Source::Gatekeeper, gatekeeper::CONSTRAINTS_OF_ALL_KINDS),
    (Source::Kyverno, kyverno::POLICIES_OF_ALL_KINDS),
];

/// The objects of a system, and a Deployment for each of these images.
fn with(objects: &str, images: &[&str]) -> Manifests {
    let deployment = |(number, image): (usize, &&str)| {
        json!({ "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": { "name": format!("d-{number}"), "namespace": "x", "labels": { "app.kubernetes.io/version": "9" } },
            "spec": { "template": { "spec": { "containers": [{ "name": "c", "image": image }] } } } })
    };
    Manifests::read(objects).with(Manifests(images.iter().enumerate().map(deployment).collect()))
}

fn version(source: Source, all: &Manifests, policy: &Policy) -> Option<String> {
    all.cluster(32, GROUPS).reading(source, policy).version()
}

#[test]
fn it_is_the_tag_of_the_controllers_images_and_of_nothing_else() {
    let cases: &[(Source, &[&str], Option<&str>)] = &[
        (
            Source::CertManager,
            &["quay.io/jetstack/cert-manager-controller:v1.18.2", "quay.io/jetstack/cert-manager-webhook:v1.17.0"],
            Some("v1.18.2"),
        ),
        (Source::CertManager, &["registry.example:5000/cert-manager:1.15@sha256:00"], Some("1.15")),
        // Neither a digest alone nor a label tells it, and what has not been installed is not known.
        (Source::CertManager, &["quay.io/jetstack/cert-manager-controller@sha256:00"], None),
        (Source::CertManager, &["quay.io/jetstack/trust-manager:v0.12.0"], None),
        (Source::CertManager, &[], None),
        (Source::Velero, &["docker.io/velero/velero:v1.16.2", "velero/velero-plugin-for-aws:v1.12.0"], Some("v1.16.2")),
        (Source::Velero, &["velero/velero-ui:0.8"], None),
        (
            Source::Gatekeeper,
            &["docker.io/openpolicyagent/gatekeeper:v3.20.1", "openpolicyagent/gatekeeper:v3.20.1"],
            Some("v3.20.1"),
        ),
        (Source::Gatekeeper, &["rancher/mirrored-openpolicyagent-gatekeeper:v3.19.0"], Some("v3.19.0")),
        // A proxy for log-ins, and a tool of Gatekeeper's with a version of its own.
        (Source::Gatekeeper, &["quay.io/gogatekeeper/gatekeeper:2.1.0", "openpolicyagent/gator:v3.1.0"], None),
        (
            Source::Kyverno,
            &["ghcr.io/kyverno/kyverno:v1.15.2", "ghcr.io/kyverno/policy-reporter:3.4.0"],
            Some("v1.15.2"),
        ),
        // Two in one cluster are both told.
        (
            Source::Kyverno,
            &["ghcr.io/kyverno/kyverno:v1.15.2", "ghcr.io/kyverno/reports-controller:v1.14.0"],
            Some("v1.14.0, v1.15.2"),
        ),
        (Source::Velero, &["velero/velero:v1.16.2", "a.example/velero:v1.9.0"], Some("v1.16.2, v1.9.0")),
    ];
    for (source, images, expected) in cases {
        let objects = SYSTEMS.iter().find(|(of, _)| of == source).map(|(_, objects)| *objects).expect("a sample");
        let told = version(*source, &with(objects, images), &Policy::default());
        assert_eq!(told.as_deref(), *expected, "{source} {images:?}");
    }
}

#[test]
fn two_of_dex_or_falco_in_one_cluster_are_both_told() {
    for (source, one, from, to, expected) in [
        (Source::Dex, dex::SAMPLES[0], "v2.41.1", "v2.40.0", "v2.40.0, v2.41.1"),
        (Source::Falco, falco::GOOD, "0.41.0", "0.40.0", "0.40.0, 0.41.0"),
    ] {
        let two = Manifests::read(one).with(Manifests::read(&one.replace(from, to)));
        assert_eq!(version(source, &Manifests::read(one), &Policy::default()).as_deref(), Some(from), "{source}");
        assert_eq!(version(source, &two, &Policy::default()).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn whether_it_can_be_told_changes_nothing_else() {
    for (source, objects) in SYSTEMS {
        let all = with(objects, &["ghcr.io/kyverno/kyverno:v1", "velero/velero:v1"]);
        let policy = Policy::default();
        let open = all.cluster(32, GROUPS);
        let refused = ReadError::Forbidden { permission: "list deployments in apps".into() };
        let shut = all.cluster(32, GROUPS).failing(&CONTROLLERS.name(), refused);
        let (told, untold) = (open.reading(*source, &policy), shut.reading(*source, &policy));
        assert_eq!(coverage(&*untold), coverage(&*told), "{source}");
        assert_eq!(shut.evaluate(*source, &policy), open.evaluate(*source, &policy), "{source}");
        assert_eq!(untold.version(), None, "{source}");
        // It is told that they were asked for in vain.
        assert!(untold.parts().iter().any(|(_, read)| read.coverage == Coverage::Forbidden), "{source}");
    }
}

#[test]
fn the_version_of_what_is_not_there_is_not_asked_for() {
    let nothing = Manifests::default();
    let mut velero = nothing.cluster(32, &[]);
    for plural in ["schedules", "backups", "backupstoragelocations", "restores"] {
        velero = velero.failing(&format!("velero.io/v1/{plural}"), ReadError::Absent);
    }
    for (source, cluster) in [(Source::Velero, velero), (Source::Gatekeeper, nothing.cluster(32, &[]))] {
        let reading = cluster.reading(source, &Policy::default());
        assert_eq!(coverage(&*reading).0, Coverage::Absent, "{source}");
        assert!(reading.parts().iter().all(|(_, read)| read.resource != CONTROLLERS.name()), "{source}");
    }
}

#[test]
fn forwarders_are_told_each_with_its_name() {
    let told = |manifests: &Manifests| version(Source::AuditLog, manifests, &Policy::default());
    assert_eq!(told(&Manifests::read(audit_log::GOOD)).as_deref(), Some("fluentd-forwarder v4"));
    let another = "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: fluent-bit, namespace: logging}
spec:
  template:
    spec:
      containers:
        - {name: fluent-bit, image: 'cr.fluentbit.io/fluent/fluent-bit:4.0.1', volumeMounts: [{name: l, mountPath: /var/log}]}
        - {name: other, image: 'busybox:1.36'}
      volumes: [{name: l, hostPath: {path: /var/log}}]
";
    let both = Manifests::read(&format!("{}\n---{another}", audit_log::GOOD));
    assert_eq!(told(&both).as_deref(), Some("fluent-bit 4.0.1, fluentd-forwarder v4"));
    // One that reads no logs forwards none.
    assert_eq!(told(&Manifests::read(&another.replace("/var/log}}]", "/srv}}]"))), None);
}

#[test]
fn that_of_kube_bench_is_the_one_that_examined_each_node_last() {
    let policy = Policy { kube_bench_log_namespace: Some("audit".into()), ..Policy::default() };
    let pod = |name: &str, node: &str, at: &str, image: &str| {
        json!({ "kind": "Pod", "metadata": { "name": name, "namespace": "audit", "creationTimestamp": at },
            "spec": { "nodeName": node, "containers": [{ "name": "kube-bench", "image": image }] },
            "status": { "phase": "Succeeded" } })
    };
    let result =
        json!([{ "id": "4", "version": "cis-1.12", "node_type": "node", "text": "", "tests": [] }]).to_string();
    let log = |pod: &str| json!({ "kind": "Log", "metadata": { "name": pod, "namespace": "audit" }, "text": result });
    let all = |two: &str| {
        Manifests(vec![
            pod("a", "one", "2026-06-01T00:00:00Z", "aquasec/kube-bench:v0.9.0"),
            log("a"),
            pod("b", "one", "2026-06-20T00:00:00Z", "aquasec/kube-bench:v0.12.0"),
            log("b"),
            pod("c", "two", "2026-06-20T00:00:00Z", two),
            log("c"),
        ])
        .with(Manifests::read(kube_bench::NODES))
    };
    let told = |two: &str| version(Source::KubeBench, &all(two), &policy);
    assert_eq!(told("docker.io/aquasec/kube-bench:v0.12.0").as_deref(), Some("v0.12.0"));
    assert_eq!(told("docker.io/aquasec/kube-bench:v0.10.0").as_deref(), Some("v0.10.0, v0.12.0"));
    assert_eq!(told("aquasec/kube-bench@sha256:00").as_deref(), Some("v0.12.0"));
    let starboard = json!({ "apiVersion": "aquasecurity.github.io/v1alpha1", "kind": "CISKubeBenchReport", "metadata": { "name": "one" },
        "report": { "scanner": { "name": "kube-bench", "version": "0.6.9" }, "updateTimestamp": "2026-06-20T00:00:00Z", "sections": [] } });
    assert_eq!(version(Source::KubeBench, &Manifests(vec![starboard]), &Policy::default()).as_deref(), Some("0.6.9"));
}
