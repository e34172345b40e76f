//! Every request that Bevis makes of a cluster, declared: the dry run and the permissions are made from this table.

use crate::policy::Policy;
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
}

/// `GET /version`: the first request of every round.
pub const VERSION: Path = Path { path: "/version", why: "whether the API server answers, its version and its time" };
/// `GET /apis`: names of API groups.
pub const GROUPS: Path = Path { path: "/apis", why: "which policy engines are served" };

const RBAC: &str = "rbac.authorization.k8s.io";
const CERT_MANAGER: &str = "cert-manager.io";
const VELERO: &str = "velero.io";
const TRIVY: &str = "aquasecurity.github.io";

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

/// Pods: what runs, by image and owner.
pub const PODS: Resource = list("", "v1", "pods", "which images run, and for which workload; no values of variables");
/// Nodes.
pub const NODES: Resource = list("", "v1", "nodes", "which nodes there are");
/// What Trivy Operator found in images. Large: a page is taken apart before the next is asked for.
pub const VULNERABILITY_REPORTS: Resource =
    list(TRIVY, "v1alpha1", "vulnerabilityreports", "vulnerabilities of the images that run");
/// Secrets that Trivy Operator found in images; what was found is not kept.
pub const EXPOSED_SECRET_REPORTS: Resource =
    list(TRIVY, "v1alpha1", "exposedsecretreports", "whether images hold secrets; the secrets are not kept");
/// Settings of workloads, as Trivy Operator sees them.
pub const CONFIG_AUDIT_REPORTS: Resource = list(TRIVY, "v1alpha1", "configauditreports", "risky settings of workloads");
/// Settings of the control plane, as Trivy Operator sees them.
pub const INFRA_REPORTS: Resource =
    list(TRIVY, "v1alpha1", "infraassessmentreports", "risky settings of the control plane");
/// Settings of nodes, as Trivy Operator sees them.
pub const CLUSTER_INFRA_REPORTS: Resource =
    list(TRIVY, "v1alpha1", "clusterinfraassessmentreports", "risky settings of nodes");
/// Results of kube-bench, as Starboard kept them.
pub const CIS_REPORTS: Resource =
    list(TRIVY, "v1alpha1", "ciskubebenchreports", "results of kube-bench, where Starboard runs it");

/// A `ConfigMap` with results of kube-bench, as the policy names it (`namespace/name`).
pub fn kube_bench_config_map(named: &str) -> Object {
    let (namespace, name) = named.split_once('/').unwrap_or(("", named));
    Object {
        group: "",
        version: "v1",
        plural: "configmaps",
        namespace: namespace.to_owned().into(),
        name: name.to_owned().into(),
        why: "results of kube-bench",
    }
}

/// The log of a pod of kube-bench, in the namespace that the policy names.
pub fn kube_bench_log(namespace: &str, pod: &str) -> Log {
    Log { namespace: namespace.into(), pod: pod.into(), why: "results of kube-bench, which it writes to its log" }
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
    use Ask::{List, Path};
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
        // The cluster sends them; nothing is asked for.
        Source::FalcoEvents | Source::AuditEvents | Source::External => Vec::new(),
        Source::Trivy => vec![
            List(VULNERABILITY_REPORTS),
            List(EXPOSED_SECRET_REPORTS),
            List(CONFIG_AUDIT_REPORTS),
            List(INFRA_REPORTS),
            List(CLUSTER_INFRA_REPORTS),
            List(PODS),
        ],
        Source::KubeBench => kube_bench(policy),
    }
}

fn kube_bench(policy: &Policy) -> Vec<Ask> {
    let maps = policy.kube_bench_config_maps.iter().map(|named| Ask::One(kube_bench_config_map(named)));
    let mut asks: Vec<Ask> = [Ask::List(CIS_REPORTS), Ask::List(NODES)].into_iter().chain(maps).collect();
    if let Some(namespace) = &policy.kube_bench_log_namespace {
        asks.extend([Ask::List(PODS), Ask::Log(kube_bench_log(namespace, "*"))]);
    }
    asks
}
