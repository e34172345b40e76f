//! Every request that Bevis makes of a cluster, declared: the dry run and the permissions are made from this table.

use crate::policy::{ConfigMapKey, Policy};
use model::source::Source;
use std::borrow::Cow;

/// A list that a source reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The version read.
    pub version: &'static str,
    /// The resource, in the plural; `*` where its names are made in the cluster.
    pub plural: Cow<'static, str>,
    /// Whether names and labels are enough, so that the rest is not asked for.
    pub metadata_only: bool,
    /// What for.
    pub why: &'static str,
}

/// A path asked for besides the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The path.
    pub path: &'static str,
    /// What for.
    pub why: &'static str,
}

/// An object that is asked for by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The version read.
    pub version: &'static str,
    /// The resource, in the plural.
    pub plural: &'static str,
    /// The namespace; empty where the resource has none.
    pub namespace: Cow<'static, str>,
    /// The name.
    pub name: Cow<'static, str>,
    /// What for.
    pub why: &'static str,
}

/// The end of a container's log, in a namespace that the policy names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The namespace.
    pub namespace: String,
    /// The pod; `*` where its name is random.
    pub pod: String,
    /// What for.
    pub why: &'static str,
}

/// A request that a source makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A list, over all namespaces.
    List(Resource),
    /// An object by name.
    One(Object),
    /// A log.
    Log(Log),
    /// A path.
    Path(Path),
    /// The discovery document of an issuer that the policy declares; its address.
    Issuer(String),
}

/// `GET /version`: the first request of every round.
pub const VERSION: Path = Path { path: "/version", why: "whether the API server answers, its version and its time" };
/// `GET /apis`: names of API groups.
pub const GROUPS: Path = Path { path: "/apis", why: "which policy engines are served" };

const RBAC: &str = "rbac.authorization.k8s.io";
const CERT_MANAGER: &str = "cert-manager.io";
const VELERO: &str = "velero.io";

const fn list(group: &'static str, version: &'static str, plural: &'static str, why: &'static str) -> Resource {
    Resource { group, version, plural: Cow::Borrowed(plural), metadata_only: false, why }
}

/// Roles of the whole cluster.
pub const CLUSTER_ROLES: Resource = list(RBAC, "v1", "clusterroles", "what a binding grants");
/// Roles of namespaces.
pub const ROLES: Resource = list(RBAC, "v1", "roles", "what a binding grants");
/// Bindings of the whole cluster.
pub const CLUSTER_ROLE_BINDINGS: Resource = list(RBAC, "v1", "clusterrolebindings", "who is granted what");
/// Bindings of namespaces.
pub const ROLE_BINDINGS: Resource = list(RBAC, "v1", "rolebindings", "who is granted what");
/// Namespaces, with labels.
pub const NAMESPACES: Resource =
    list("", "v1", "namespaces", "Pod Security labels; which namespaces backups must cover");
/// The predecessor of Pod Security Admission, until Kubernetes 1.24.
pub const POD_SECURITY_POLICIES: Resource = list("policy", "v1beta1", "podsecuritypolicies", "until Kubernetes 1.24");
/// Whether validating admission policies are in force; since Kubernetes 1.30.
pub const POLICY_BINDINGS: Resource = list(
    "admissionregistration.k8s.io",
    "v1",
    "validatingadmissionpolicybindings",
    "whether such policies are in force; since Kubernetes 1.30",
);
/// Certificates.
pub const CERTIFICATES: Resource = list(CERT_MANAGER, "v1", "certificates", "validity and renewal; no Secret is read");
/// Issuers of namespaces.
pub const ISSUERS: Resource = list(CERT_MANAGER, "v1", "issuers", "whether renewal can work");
/// Issuers of the whole cluster.
pub const CLUSTER_ISSUERS: Resource = list(CERT_MANAGER, "v1", "clusterissuers", "whether renewal can work");
/// Backup schedules.
pub const SCHEDULES: Resource = list(VELERO, "v1", "schedules", "what is backed up, how often, how long it is kept");
/// Backups.
pub const BACKUPS: Resource = list(VELERO, "v1", "backups", "whether backups were completed");
/// Where backups are stored.
pub const BACKUP_LOCATIONS: Resource = list(VELERO, "v1", "backupstoragelocations", "whether backups can be stored");
/// Restores.
pub const RESTORES: Resource = list(VELERO, "v1", "restores", "when a restore was last tried");
/// Claims for storage: which namespaces hold data.
pub const VOLUME_CLAIMS: Resource = Resource {
    group: "",
    version: "v1",
    plural: Cow::Borrowed("persistentvolumeclaims"),
    metadata_only: true,
    why: "which namespaces hold data; names and labels only",
};

/// Pods.
pub const PODS: Resource = list("", "v1", "pods", "settings of the control plane, which runs as pods of kube-system");
/// Nodes.
pub const NODES: Resource = list("", "v1", "nodes", "versions, regions, zones, and who runs the control plane");
/// Signs of life of nodes.
pub const LEASES: Resource = list("coordination.k8s.io", "v1", "leases", "whether the clocks of nodes agree");
/// Deployments.
pub const DEPLOYMENTS: Resource = list("apps", "v1", "deployments", "whether the login service runs");
/// What kubeadm gives to every kubelet; named so since Kubernetes 1.24. It holds no credential.
pub const KUBELET_CONFIG: Object = Object {
    group: "",
    version: "v1",
    plural: "configmaps",
    namespace: Cow::Borrowed("kube-system"),
    name: Cow::Borrowed("kubelet-config"),
    why: "whether kubelets answer anybody",
};

/// The ConfigMap with Dex's configuration.
pub fn dex_config(key: &ConfigMapKey) -> Object {
    Object {
        group: "",
        version: "v1",
        plural: "configmaps",
        namespace: key.namespace.clone().into(),
        name: key.name.clone().into(),
        why: "whether Dex has local logins; nothing else of it is kept",
    }
}

impl Resource {
    /// The path of the list over all namespaces.
    pub fn path(&self) -> String {
        format!("{}/{}", root(self.group, self.version), self.plural)
    }

    /// The name in the scan log, as `cert-manager.io/v1/certificates`.
    pub fn name(&self) -> String {
        let Self { group, version, plural, .. } = self;
        if group.is_empty() { format!("{version}/{plural}") } else { format!("{group}/{version}/{plural}") }
    }

    /// The permission that reading it needs, in words.
    pub fn permission(&self) -> String {
        format!("list {} in {}", self.plural, group_in_words(self.group))
    }

    /// The same resource in another version of its group.
    #[must_use]
    pub fn at(&self, version: &'static str) -> Self {
        Self { version, ..self.clone() }
    }

    /// The resource of that name, of those that `*` stands for.
    #[must_use]
    pub fn of(&self, plural: &str) -> Self {
        Self { plural: Cow::Owned(plural.to_owned()), ..self.clone() }
    }
}

impl Object {
    /// Its path.
    pub fn path(&self) -> String {
        let Self { group, version, plural, namespace, name, .. } = self;
        let root = root(group, version);
        if namespace.is_empty() {
            format!("{root}/{plural}/{name}")
        } else {
            format!("{root}/namespaces/{namespace}/{plural}/{name}")
        }
    }

    /// The name in the scan log, as `v1/configmaps kube-system/kubelet-config`.
    pub fn name(&self) -> String {
        let Self { group, version, plural, namespace, name, .. } = self;
        let resource =
            if group.is_empty() { format!("{version}/{plural}") } else { format!("{group}/{version}/{plural}") };
        if namespace.is_empty() { format!("{resource} {name}") } else { format!("{resource} {namespace}/{name}") }
    }

    /// The permission that reading it needs, in words.
    pub fn permission(&self) -> String {
        format!("get {} {} in {}", self.plural, self.name, group_in_words(self.group))
    }
}

impl Log {
    /// The name in the scan log.
    pub fn name(&self) -> String {
        format!("v1/pods/log {}/{}", self.namespace, self.pod)
    }

    /// The permission that reading it needs, in words.
    pub fn permission(&self) -> String {
        format!("get pods/log in namespace {}", self.namespace)
    }
}

fn root(group: &str, version: &str) -> String {
    if group.is_empty() { format!("/api/{version}") } else { format!("/apis/{group}/{version}") }
}

fn group_in_words(group: &str) -> &str {
    if group.is_empty() { "the core API group" } else { group }
}

/// What a source asks for, in the order in which it asks. Some of it only where the policy names it.
pub fn asks(source: Source, policy: &Policy) -> Vec<Ask> {
    use Ask::{Issuer, List, One, Path};
    match source {
        Source::Rbac => vec![List(CLUSTER_ROLES), List(ROLES), List(CLUSTER_ROLE_BINDINGS), List(ROLE_BINDINGS)],
        Source::PodSecurity => {
            vec![Path(GROUPS), List(NAMESPACES), List(POD_SECURITY_POLICIES), List(POLICY_BINDINGS)]
        }
        Source::CertManager => vec![List(CERTIFICATES), List(ISSUERS), List(CLUSTER_ISSUERS)],
        Source::Velero => vec![
            List(SCHEDULES),
            List(BACKUPS),
            List(BACKUP_LOCATIONS),
            List(RESTORES),
            List(NAMESPACES),
            List(VOLUME_CLAIMS),
        ],
        Source::ApiServer => vec![List(PODS), List(NODES), List(NAMESPACES), One(KUBELET_CONFIG)],
        Source::Dex => {
            let mut asks = vec![List(DEPLOYMENTS), List(PODS), List(NAMESPACES)];
            asks.extend(policy.dex_config.as_ref().map(|key| One(dex_config(key))));
            asks.extend(policy.oidc_issuer.clone().map(Issuer));
            asks
        }
        Source::Nodes => vec![List(NODES), List(LEASES), List(NAMESPACES)],
        Source::Custom => crate::rules::custom::resources().into_iter().map(List).collect(),
    }
}
