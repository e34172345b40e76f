//! What a cluster is: its distribution of Kubernetes, by what that was recognised, and which other cluster it relies on.

use crate::words::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

words! {
    /// A distribution of Kubernetes. The key `platform-<word>` is its name.
    Distribution {
        /// kubeadm, and what is built on it, as Kubespray.
        Kubeadm = "kubeadm",
        /// RKE2 by SUSE; its control plane runs as static pods.
        Rke2 = "rke2",
        /// K3s; its control plane is one process, and no pods.
        K3s = "k3s",
        /// OpenShift by Red Hat.
        OpenShift = "openshift",
        /// Elastic Kubernetes Service by Amazon.
        Eks = "eks",
        /// Google Kubernetes Engine.
        Gke = "gke",
        /// Azure Kubernetes Service by Microsoft.
        Aks = "aks",
    }
}

impl Distribution {
    /// Its name, for sentences of verdicts.
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

words! {
    /// Which of the two kinds of clusters of Compliant Kubernetes, now Welkin. The key `welkin-<word>` says it.
    Welkin {
        /// The management cluster: logs, metrics, images, and the login service Dex.
        Management = "management",
        /// A workload cluster: applications.
        Workload = "workload",
    }
}

words! {
    /// What a cluster was recognised by. The key `sign-<word>` says it, with the value that was seen.
    SignKind {
        /// The suffix of a version of the API server or a node.
        Version = "version",
        /// A label of a node.
        NodeLabel = "node_label",
        /// The provider in the identities of nodes.
        Provider = "provider",
        /// A namespace.
        Namespace = "namespace",
        /// The two labels that kubeadm gives to its control plane.
        ControlPlaneLabels = "control_plane_labels",
        /// The namespaces that the installer of Welkin labels as its own.
        OwnNamespaces = "own_namespaces",
        /// The namespace of Dex among them.
        DexNamespace = "dex_namespace",
        /// That Dex has none among them.
        NoDexNamespace = "no_dex_namespace",
    }
}

/// One reason for which a cluster was recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sign {
    /// What was seen.
    pub kind: SignKind,
    /// Its value, as the cluster has it.
    pub value: String,
}

/// What a cluster is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Platform {
    /// The distribution, where it can be told.
    pub distribution: Option<Distribution>,
    /// The kind of cluster of Compliant Kubernetes / Welkin, if it is one.
    pub welkin: Option<Welkin>,
    /// Why: one sign for the distribution, two for Welkin.
    pub signs: Vec<Sign>,
}

/// How people log in, as far as a cluster shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Login {
    /// The issuers that its API servers trust, as `https://dex.example.org`.
    pub trusted: BTreeSet<String>,
    /// The hosts of Ingresses in the namespaces in which Dex runs.
    pub served: BTreeSet<String>,
}

words! {
    /// How it is known which management cluster a workload cluster relies on. The key `paired-<word>` says it.
    PairedBy {
        /// The configuration names it.
        Configuration = "configuration",
        /// Its API servers trust the issuer that the management cluster serves.
        Issuer = "issuer",
    }
}

/// What pairing looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// The cluster's name.
    pub name: &'a str,
    /// What it is, where that is known.
    pub platform: Option<&'a Platform>,
    /// How people log in, where that is known.
    pub login: Option<&'a Login>,
    /// The management cluster that the configuration names.
    pub management: Option<&'a str>,
}

impl Member<'_> {
    fn is(&self, welkin: Welkin) -> bool {
        self.platform.is_some_and(|platform| platform.welkin == Some(welkin))
    }

    /// Whether it relies on a management cluster, whichever that is.
    pub fn needs_management(&self) -> bool {
        self.management.is_some() || self.is(Welkin::Workload)
    }
}

/// The place of the management cluster that each of some clusters relies on, and how that is known.
///
/// The configuration decides. Otherwise it is the one management cluster of Welkin that serves the issuer which the
/// workload cluster trusts; that there is only one management cluster is no proof, and of several nobody is chosen.
pub fn management(of: &Member<'_>, all: &[Member<'_>]) -> Option<(usize, PairedBy)> {
    let by_name = |name: &str| all.iter().position(|other| other.name == name && other.name != of.name);
    if let Some(name) = of.management {
        return by_name(name).map(|place| (place, PairedBy::Configuration));
    }
    if !of.is(Welkin::Workload) {
        return None;
    }
    let trusted: BTreeSet<String> = of.login?.trusted.iter().filter_map(|issuer| host(issuer)).collect();
    let serves = |other: &Member<'_>| {
        other.is(Welkin::Management)
            && other.login.is_some_and(|login| login.served.iter().any(|host| trusted.contains(&host.to_lowercase())))
    };
    let mut found = all.iter().enumerate().filter(|(_, other)| serves(other));
    let (place, _) = found.next()?;
    found.next().is_none().then_some((place, PairedBy::Issuer))
}

/// The host of an address, in small letters.
fn host(address: &str) -> Option<String> {
    let rest = address.strip_prefix("https://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn welkin(kind: Welkin) -> Platform {
        Platform { welkin: Some(kind), ..Platform::default() }
    }

    fn login(trusted: &str, served: &str) -> Login {
        let set = |text: &str| text.split_whitespace().map(Into::into).collect();
        Login { trusted: set(trusted), served: set(served) }
    }

    fn member<'a>(name: &'a str, platform: Option<&'a Platform>, login: Option<&'a Login>) -> Member<'a> {
        Member { name, platform, login, management: None }
    }

    #[test]
    fn the_issuer_that_is_served_and_trusted_makes_a_pair() {
        let (m, w) = (welkin(Welkin::Management), welkin(Welkin::Workload));
        let (serves, other) = (login("", "Dex.ops.example grafana.ops.example"), login("", "dex.else.example"));
        let trusts = login("https://dex.ops.example:443/auth", "");
        let all = [
            member("prod", Some(&w), Some(&trusts)),
            member("mgmt", Some(&m), Some(&serves)),
            member("else", Some(&m), Some(&other)),
        ];
        assert_eq!(management(&all[0], &all), Some((1, PairedBy::Issuer)));
        assert_eq!(management(&all[1], &all), None, "a management cluster relies on none");
        assert!(all[0].needs_management() && !all[1].needs_management());
    }

    #[test]
    fn what_is_not_certain_makes_no_pair() {
        let (m, w, plain) = (welkin(Welkin::Management), welkin(Welkin::Workload), Platform::default());
        let (serves, trusts) = (login("", "dex.ops.example"), login("https://dex.ops.example", ""));
        let pair = |all: &[Member<'_>]| management(&all[0], all);
        let prod = member("prod", Some(&w), Some(&trusts));
        // The only management cluster, and nothing that ties them; two that serve the same; not of Welkin; not read.
        let silent = login("", "");
        assert_eq!(pair(&[prod, member("mgmt", Some(&m), Some(&silent))]), None);
        assert_eq!(pair(&[prod, member("mgmt", Some(&m), None)]), None);
        let two = [prod, member("a", Some(&m), Some(&serves)), member("b", Some(&m), Some(&serves))];
        assert_eq!(pair(&two), None);
        assert_eq!(pair(&[member("x", Some(&plain), Some(&trusts)), member("mgmt", Some(&m), Some(&serves))]), None);
        assert_eq!(pair(&[prod, member("mgmt", Some(&w), Some(&serves))]), None, "a workload cluster serves nobody");
        let plaintext = login("http://dex.ops.example", "");
        assert_eq!(pair(&[member("p", Some(&w), Some(&plaintext)), member("mgmt", Some(&m), Some(&serves))]), None);
    }

    #[test]
    fn the_configuration_decides() {
        let (m, w) = (welkin(Welkin::Management), welkin(Welkin::Workload));
        let (serves, trusts) = (login("", "dex.ops.example"), login("https://dex.ops.example", ""));
        let prod = |name| Member { management: Some(name), ..member("prod", Some(&w), Some(&trusts)) };
        let others = [member("mgmt", Some(&m), Some(&serves)), member("own", None, None)];
        let pair = |name| management(&prod(name), &[prod(name), others[0], others[1]]);
        assert_eq!(pair("own"), Some((2, PairedBy::Configuration)));
        assert_eq!(pair("gone"), None, "what is declared is not guessed around");
        assert_eq!(pair("prod"), None);
    }
}
