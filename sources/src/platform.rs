//! Which distribution of Kubernetes a cluster is, and who runs its control plane.
//!
//! Told from labels of nodes, their identities at the provider, suffixes of versions, and namespaces. What cannot be
//! told for sure is not told: a verdict that rests on it would be a guess.

use crate::{listed::Listed, objects::node::Node};
use k8s_openapi::api::core::v1::Namespace;
pub use model::platform::{Distribution, Platform, Sign, SignKind, Welkin};

/// Characters of a sign's value at most: it comes from the cluster.
const LONGEST_SIGN: usize = 200;

/// Recognises a cluster. `version` is the API server's, as `v1.32.1+rke2r1`.
pub fn recognise(version: Option<&str>, nodes: &[Node], namespaces: &[Namespace]) -> Platform {
    let (distribution, sign) = distribution(version, nodes, namespaces).unzip();
    let (welkin, why) = welkin(namespaces).unzip();
    Platform { distribution, welkin, signs: sign.into_iter().chain(why.into_iter().flatten()).collect() }
}

/// What a cluster is, where all was read that tells it: what is not seen of a part is no sign.
pub(crate) fn recognised(
    version: Option<&str>,
    nodes: &Listed<Node>,
    namespaces: &Listed<Namespace>,
) -> Option<Platform> {
    let is_whole = nodes.was_read() && nodes.unread == 0 && namespaces.was_read() && namespaces.unread == 0;
    is_whole.then(|| recognise(version, &nodes.items, &namespaces.items))
}

fn sign(kind: SignKind, value: &str) -> Sign {
    Sign { kind, value: crate::error::clean(value, LONGEST_SIGN) }
}

fn distribution(version: Option<&str>, nodes: &[Node], namespaces: &[Namespace]) -> Option<(Distribution, Sign)> {
    let kubelets = nodes.iter().filter_map(|node| node.info()?.kubelet_version.as_deref());
    let versions: Vec<&str> = version.into_iter().chain(kubelets).collect();
    let suffix = |part: &str| {
        versions.iter().find(|version| version.contains(part)).map(|version| sign(SignKind::Version, version))
    };
    let label = |prefix: &str| {
        let keys = nodes.iter().filter_map(|node| node.metadata.labels.as_ref()).flat_map(|labels| labels.keys());
        keys.into_iter().find(|key| key.starts_with(prefix)).map(|key| sign(SignKind::NodeLabel, key))
    };
    let provider = |prefix: &str| {
        let is_there = nodes.iter().filter_map(Node::provider_id).any(|id| id.starts_with(prefix));
        is_there.then(|| sign(SignKind::Provider, prefix))
    };
    let openshift = "openshift-kube-apiserver";
    let namespace = || has_namespace(namespaces, openshift).then(|| sign(SignKind::Namespace, openshift));
    let amazon = || label("eks.amazonaws.com/").or_else(|| provider("aws://"));
    let kubeadm = || nodes.iter().find(|node| is_kubeadm(node)).map(|node| node.metadata.name());
    if let Some(sign) = suffix("+rke2r") {
        Some((Distribution::Rke2, sign))
    } else if let Some(sign) = suffix("+k3s") {
        Some((Distribution::K3s, sign))
    } else if let Some(sign) = namespace().or_else(|| label("node.openshift.io/")) {
        Some((Distribution::OpenShift, sign))
    } else if let Some(sign) = suffix("-eks-").filter(|_| amazon().is_some()) {
        // The same suffix without Amazon's machines is EKS Anywhere, whose control plane is the owner's.
        Some((Distribution::Eks, sign))
    } else if let Some(sign) = suffix("-gke.") {
        Some((Distribution::Gke, sign))
    } else if let Some(sign) = label("kubernetes.azure.com/cluster") {
        Some((Distribution::Aks, sign))
    } else {
        kubeadm().map(|node| (Distribution::Kubeadm, sign(SignKind::ControlPlaneLabels, node)))
    }
}

/// kubeadm gives its control-plane nodes both labels, without values.
fn is_kubeadm(node: &Node) -> bool {
    let empty = |key: &str| node.metadata.label(key) == Some("");
    empty("node-role.kubernetes.io/control-plane") && empty("node.kubernetes.io/exclude-from-external-load-balancers")
}

fn has_namespace(namespaces: &[Namespace], name: &str) -> bool {
    namespaces.iter().any(|namespace| namespace.metadata.name.as_deref() == Some(name))
}

/// The installer labels its own namespaces `owner: operator`, and gives Dex to management clusters alone
/// (elastisys/compliantkubernetes-apps, `helmfile.d/values/admin-namespaces-{sc,wc}.yaml.gotmpl`).
fn welkin(namespaces: &[Namespace]) -> Option<(Welkin, [Sign; 2])> {
    const OWN: [&str; 3] = ["cert-manager", "monitoring", "velero"];
    let own = |name: &str| {
        namespaces.iter().filter(|namespace| namespace.metadata.name.as_deref() == Some(name)).any(|namespace| {
            let owner = namespace.metadata.labels.as_ref().and_then(|labels| labels.get("owner"));
            owner.is_some_and(|owner| owner == "operator")
        })
    };
    let installed = OWN.into_iter().all(own).then(|| sign(SignKind::OwnNamespaces, &OWN.join(", ")))?;
    Some(if own("dex") {
        (Welkin::Management, [installed, sign(SignKind::DexNamespace, "dex")])
    } else {
        (Welkin::Workload, [installed, sign(SignKind::NoDexNamespace, "dex")])
    })
}
