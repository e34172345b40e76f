//! Which distribution of Kubernetes a cluster is, and who runs its control plane.
//!
//! Told from labels of nodes, their identities at the provider, suffixes of versions, and namespaces. What cannot be
//! told for sure is not told: a verdict that rests on it would be a guess.

use crate::objects::node::Node;
use k8s_openapi::api::core::v1::Namespace;

/// A distribution of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// kubeadm, and what is built on it, as Kubespray.
    Kubeadm,
    /// RKE2 by SUSE; its control plane runs as static pods.
    Rke2,
    /// K3s; its control plane is one process, and no pods.
    K3s,
    /// OpenShift by Red Hat.
    OpenShift,
    /// Elastic Kubernetes Service by Amazon.
    Eks,
    /// Google Kubernetes Engine.
    Gke,
    /// Azure Kubernetes Service by Microsoft.
    Aks,
}

impl Distribution {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kubeadm => "kubeadm",
            Self::Rke2 => "RKE2",
            Self::K3s => "K3s",
            Self::OpenShift => "OpenShift",
            Self::Eks => "Amazon EKS",
            Self::Gke => "Google GKE",
            Self::Aks => "Azure AKS",
        }
    }

    /// Whether a provider runs the control plane, where nobody else sees it.
    pub const fn is_managed(self) -> bool {
        matches!(self, Self::Eks | Self::Gke | Self::Aks)
    }

    /// Whether its vendor may fix faults for longer than the Kubernetes project does.
    pub const fn has_own_support(self) -> bool {
        matches!(self, Self::OpenShift | Self::Eks | Self::Gke | Self::Aks)
    }
}

/// Which of the two kinds of clusters of Compliant Kubernetes, now Welkin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Welkin {
    /// The management cluster: logs, metrics, images, and the login service Dex.
    Management,
    /// A workload cluster: applications.
    Workload,
}

/// What a cluster is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Platform {
    /// The distribution, where it can be told.
    pub distribution: Option<Distribution>,
    /// The kind of cluster of Compliant Kubernetes / Welkin, if it is one.
    pub welkin: Option<Welkin>,
}

impl Platform {
    /// Recognises a cluster. `version` is the API server's, as `v1.32.1+rke2r1`.
    pub fn of(version: Option<&str>, nodes: &[Node], namespaces: &[Namespace]) -> Self {
        Self { distribution: distribution(version, nodes, namespaces), welkin: welkin(namespaces) }
    }
}

fn distribution(version: Option<&str>, nodes: &[Node], namespaces: &[Namespace]) -> Option<Distribution> {
    let kubelets = nodes.iter().filter_map(|node| node.info()?.kubelet_version.as_deref());
    let versions: Vec<&str> = version.into_iter().chain(kubelets).collect();
    let suffix = |part: &str| versions.iter().any(|version| version.contains(part));
    let label = |prefix: &str| {
        let keys = nodes.iter().filter_map(|node| node.metadata.labels.as_ref()).flat_map(|labels| labels.keys());
        keys.into_iter().any(|key| key.starts_with(prefix))
    };
    let provider = |prefix: &str| nodes.iter().filter_map(Node::provider_id).any(|id| id.starts_with(prefix));
    if suffix("+rke2r") {
        Some(Distribution::Rke2)
    } else if suffix("+k3s") {
        Some(Distribution::K3s)
    } else if has_namespace(namespaces, "openshift-kube-apiserver") || label("node.openshift.io/") {
        Some(Distribution::OpenShift)
    } else if suffix("-eks-") && (label("eks.amazonaws.com/") || provider("aws://")) {
        // The same suffix without Amazon's machines is EKS Anywhere, whose control plane is the owner's.
        Some(Distribution::Eks)
    } else if suffix("-gke.") {
        Some(Distribution::Gke)
    } else if label("kubernetes.azure.com/cluster") {
        Some(Distribution::Aks)
    } else if nodes.iter().any(is_kubeadm) {
        Some(Distribution::Kubeadm)
    } else {
        None
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
fn welkin(namespaces: &[Namespace]) -> Option<Welkin> {
    let own = |name: &str| {
        namespaces.iter().filter(|namespace| namespace.metadata.name.as_deref() == Some(name)).any(|namespace| {
            let owner = namespace.metadata.labels.as_ref().and_then(|labels| labels.get("owner"));
            owner.is_some_and(|owner| owner == "operator")
        })
    };
    if !["cert-manager", "monitoring", "velero"].into_iter().all(own) {
        None
    } else if own("dex") {
        Some(Welkin::Management)
    } else {
        Some(Welkin::Workload)
    }
}
