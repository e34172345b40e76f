//! What a cluster is, by what it shows.

use super::Manifests;
use crate::{
    error::ReadError,
    listed::Listed,
    objects::node::Node,
    platform::{Distribution, Platform, SignKind, Welkin, recognise},
    policy::Policy,
    request::{NAMESPACES, NODES},
};
use k8s_openapi::api::core::v1::Namespace;
use model::source::Source;

fn recognised(version: &str, manifests: &str) -> Platform {
    let manifests = Manifests::read(manifests);
    let nodes: Listed<Node> = manifests.list(&NODES);
    let namespaces: Listed<Namespace> = manifests.list(&NAMESPACES);
    recognise(Some(version), &nodes.items, &namespaces.items)
}

fn distribution(version: &str, manifests: &str) -> Option<Distribution> {
    recognised(version, manifests).distribution
}

#[test]
fn distributions_are_told_by_versions_labels_and_providers() {
    let node = |labels: &str, provider: &str, kubelet: &str| {
        format!(
            "{{kind: Node, metadata: {{name: a, labels: {{{labels}}}}}, spec: {{providerID: '{provider}'}}, status: {{nodeInfo: {{kubeletVersion: {kubelet}}}}}}}"
        )
    };
    let kubeadm =
        "node-role.kubernetes.io/control-plane: '', node.kubernetes.io/exclude-from-external-load-balancers: ''";
    assert_eq!(distribution("v1.34.1", &node(kubeadm, "openstack:///1", "v1.34.1")), Some(Distribution::Kubeadm));
    assert_eq!(distribution("v1.34.1+rke2r1", ""), Some(Distribution::Rke2));
    assert_eq!(distribution("v1.34.1", &node("", "", "v1.34.1+k3s1")), Some(Distribution::K3s));
    assert_eq!(
        distribution("v1.31.6+f67aeb3", "{kind: Namespace, metadata: {name: openshift-kube-apiserver}}"),
        Some(Distribution::OpenShift)
    );
    assert_eq!(
        distribution("v1.34.1-eks-113cf36", &node("", "aws:///eu-north-1a/i-1", "v1.34.1-eks-113cf36")),
        Some(Distribution::Eks)
    );
    assert_eq!(distribution("v1.34.1-gke.1200", ""), Some(Distribution::Gke));
    assert_eq!(
        distribution("v1.34.1", &node("kubernetes.azure.com/cluster: x", "azure:///1", "v1.34.1")),
        Some(Distribution::Aks)
    );
    // EKS Anywhere: the suffix without Amazon's machines. And nothing that is known at all.
    assert_eq!(distribution("v1.34.1-eks-1-34-5", &node("", "vsphere://1", "v1.34.1-eks-1-34-5")), None);
    assert_eq!(distribution("v1.34.1", &node("node-role.kubernetes.io/control-plane: 'true'", "", "v1.34.1")), None);
    assert_eq!(distribution("", ""), None);
}

#[test]
fn welkin_is_told_by_the_namespaces_that_its_installer_owns() {
    let namespaces = |names: &[&str], owner: &str| {
        let each = |name: &&str| format!("{{kind: Namespace, metadata: {{name: {name}, labels: {{owner: {owner}}}}}}}");
        recognised("v1.34.1", &names.iter().map(each).collect::<Vec<_>>().join("\n---\n")).welkin
    };
    let common = ["cert-manager", "monitoring", "velero"];
    assert_eq!(namespaces(&[&common[..], &["dex"]].concat(), "operator"), Some(Welkin::Management));
    assert_eq!(namespaces(&common, "operator"), Some(Welkin::Workload));
    assert_eq!(namespaces(&common, "somebody"), None);
    assert_eq!(namespaces(&["monitoring"], "operator"), None);
}

#[test]
fn it_is_said_by_what_a_cluster_was_recognised() {
    let signs = |platform: &Platform| -> Vec<String> {
        platform.signs.iter().map(|sign| format!("{} {}", sign.kind, sign.value)).collect()
    };
    let installer =
        |name: &str| format!("{{kind: Namespace, metadata: {{name: {name}, labels: {{owner: operator}}}}}}");
    let own = ["cert-manager", "monitoring", "velero"].map(installer).join("\n---\n");
    assert_eq!(
        signs(&recognised("v1.34.1+rke2r1", &own)),
        ["version v1.34.1+rke2r1", "own_namespaces cert-manager, monitoring, velero", "no_dex_namespace dex"]
    );
    let openshift = "{kind: Namespace, metadata: {name: openshift-kube-apiserver}}";
    assert_eq!(signs(&recognised("v1.31.6", openshift)), ["namespace openshift-kube-apiserver"]);
    assert_eq!(signs(&recognised("v1.31.6", "")), [""; 0]);
}

#[test]
fn what_was_not_read_wholly_tells_nothing() {
    let manifests = Manifests::read("{kind: Namespace, metadata: {name: default}}");
    let facts = |cluster: super::manifests::Cluster<'_>| cluster.reading(Source::Nodes, &Policy::default()).facts();
    assert_eq!(facts(manifests.cluster(34, &[])).platform, Some(Platform::default()), "read, and not recognised");
    let forbidden = ReadError::Forbidden { permission: "list namespaces".into() };
    assert_eq!(facts(manifests.cluster(34, &[]).failing("v1/namespaces", forbidden)).platform, None);
}

#[test]
fn every_platform_and_sign_has_its_words_in_every_language() {
    for language in ["en", "da"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/locales").join(language);
        let words = std::fs::read_to_string(path.join("platforms.ftl")).expect("a translation");
        let keys = Distribution::ALL.iter().map(|it| format!("platform-{it}"));
        let keys = keys.chain(Welkin::ALL.iter().map(|it| format!("welkin-{it}")));
        for key in keys.chain(SignKind::ALL.iter().map(|it| format!("sign-{it}"))) {
            assert!(words.contains(&format!("\n{key} = ")), "{language}: {key}");
        }
    }
}
