//! Every request that Bevis makes of a cluster, declared: the dry run and the permissions are made from this table.

use crate::policy::{ConfigMapKey, Policy};
use model::source::Source;
use std::{borrow::Cow, iter};

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
/// Which cluster it is that answers: the uid of a namespace that every cluster has, and that is never made anew. With it,
/// what an earlier round read of large lists is known to be of the same cluster. A list, so that no permission is
/// needed beside those of the lists.
pub const IDENTITY: Path = Path {
    path: "/api/v1/namespaces?fieldSelector=metadata.name%3Dkube-system&limit=1",
    why: "which cluster it is: what has not changed since an earlier scan of it need not be read again; metadata only",
};

const RBAC: &str = "rbac.authorization.k8s.io";
const CERT_MANAGER: &str = "cert-manager.io";
const VELERO: &str = "velero.io";
const LOGGING: &str = "logging.banzaicloud.io";
const FLUENT_BIT: &str = "fluentbit.fluent.io";
const KYVERNO: &str = "kyverno.io";
const KYVERNO_NEW: &str = "policies.kyverno.io";
const IN_FORCE: &str = "whether policies are in use, and keep anything out";
const POLICY_WG: &str = "wgpolicyk8s.io";
const POLICY_X: &str = "reports.x-k8s.io";
const OPEN: &str = "openreports.io";
const REPORTED: &str = "what policy engines found; no message is kept";
const NETWORKING: &str = "networking.k8s.io";
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
/// Service accounts.
pub const SERVICE_ACCOUNTS: Resource =
    list("", "v1", "serviceaccounts", "whether pods get a token that they did not ask for; no token is read");
/// Namespaces, with labels.
pub const NAMESPACES: Resource = list(
    "",
    "v1",
    "namespaces",
    "labels: Pod Security, owners, environments; which namespaces backups and network policies must cover",
);
/// Pods, as far as their rights go; values of environment variables are not kept.
pub const PODS: Resource = list(
    "",
    "v1",
    "pods",
    "what runs, with which rights and images, and how the control plane is started; no value of a variable is kept",
);
/// Templates of Gatekeeper, each of which makes a kind of constraint.
pub const CONSTRAINT_TEMPLATES: Resource =
    list("templates.gatekeeper.sh", "v1", "constrainttemplates", "whether templates of constraints work");
/// The kinds of constraints.
pub const CONSTRAINT_KINDS: Path =
    Path { path: "/apis/constraints.gatekeeper.sh/v1beta1", why: "which kinds of constraints the templates made" };
/// Constraints of all kinds.
pub const CONSTRAINTS: Resource =
    list("constraints.gatekeeper.sh", "v1beta1", "*", "what violates them, and whether they are in force");
/// Policies of Kyverno for the whole cluster.
pub const KYVERNO_CLUSTER_POLICIES: Resource = list(KYVERNO, "v1", "clusterpolicies", IN_FORCE);
/// Policies of Kyverno for a namespace.
pub const KYVERNO_POLICIES: Resource = list(KYVERNO, "v1", "policies", IN_FORCE);
/// Policies of Kyverno in the newer form.
pub const VALIDATING_POLICIES: Resource = list(KYVERNO_NEW, "v1", "validatingpolicies", IN_FORCE);
/// The same for a namespace.
pub const NAMESPACED_VALIDATING_POLICIES: Resource = list(KYVERNO_NEW, "v1", "namespacedvalidatingpolicies", IN_FORCE);
/// Policies of Kyverno on images in the newer form.
pub const IMAGE_POLICIES: Resource = list(KYVERNO_NEW, "v1", "imagevalidatingpolicies", IN_FORCE);
/// The same for a namespace.
pub const NAMESPACED_IMAGE_POLICIES: Resource = list(KYVERNO_NEW, "v1", "namespacedimagevalidatingpolicies", IN_FORCE);
/// What is excepted from policies of Kyverno.
pub const PATTERN_EXCEPTIONS: Resource = Resource {
    group: KYVERNO,
    version: "v2",
    plural: Cow::Borrowed("policyexceptions"),
    metadata_only: true,
    why: "what is excepted from policies; names only",
};
/// What is excepted from policies of Kyverno in the newer form.
pub const EXPRESSION_EXCEPTIONS: Resource = Resource {
    group: KYVERNO_NEW,
    version: "v1",
    plural: Cow::Borrowed("policyexceptions"),
    metadata_only: true,
    why: "what is excepted from policies; names only",
};
/// Reports of policy engines on namespaces.
pub const POLICY_REPORTS: Resource = list(POLICY_WG, "v1alpha2", "policyreports", REPORTED);
/// Reports of policy engines on the whole cluster.
pub const CLUSTER_POLICY_REPORTS: Resource = list(POLICY_WG, "v1alpha2", "clusterpolicyreports", REPORTED);
/// The same in the group that was meant to follow.
pub const POLICY_REPORTS_X: Resource = list(POLICY_X, "v1beta2", "policyreports", REPORTED);
/// The same in the group that was meant to follow.
pub const CLUSTER_POLICY_REPORTS_X: Resource = list(POLICY_X, "v1beta2", "clusterpolicyreports", REPORTED);
/// The same by `OpenReports`.
pub const OPEN_REPORTS: Resource = list(OPEN, "v1alpha1", "reports", REPORTED);
/// The same by `OpenReports`.
pub const CLUSTER_OPEN_REPORTS: Resource = list(OPEN, "v1alpha1", "clusterreports", REPORTED);
/// The predecessor of Pod Security Admission, until Kubernetes 1.24.
pub const POD_SECURITY_POLICIES: Resource = list("policy", "v1beta1", "podsecuritypolicies", "until Kubernetes 1.24");
/// Whether validating admission policies are in force; since Kubernetes 1.30.
pub const POLICY_BINDINGS: Resource = list(
    "admissionregistration.k8s.io",
    "v1",
    "validatingadmissionpolicybindings",
    "whether such policies are in force; since Kubernetes 1.30",
);
/// Validating admission policies; since Kubernetes 1.30.
pub const ADMISSION_POLICIES: Resource = Resource {
    group: "admissionregistration.k8s.io",
    version: "v1",
    plural: Cow::Borrowed("validatingadmissionpolicies"),
    metadata_only: true,
    why: "whether each is bound; names only; since Kubernetes 1.30",
};
/// Whom the API server asks before it lets an object in.
pub const VALIDATING_WEBHOOKS: Resource = list(
    "admissionregistration.k8s.io",
    "v1",
    "validatingwebhookconfigurations",
    "whether policy engines are asked, and what happens when they do not answer",
);
/// Deployments, as far as whether they run.
pub const DEPLOYMENTS: Resource = list("apps", "v1", "deployments", "whether policy engines run");
/// Deployments again, where they tell no more than which version of a system is installed.
pub const CONTROLLERS: Resource =
    list("apps", "v1", "deployments", "which version is installed; nothing is judged by it");
/// Certificates.
pub const CERTIFICATES: Resource = list(CERT_MANAGER, "v1", "certificates", "validity and renewal; no Secret is read");
/// Issuers of namespaces.
pub const ISSUERS: Resource = list(CERT_MANAGER, "v1", "issuers", "whether renewal can work");
/// Issuers of the whole cluster.
pub const CLUSTER_ISSUERS: Resource = list(CERT_MANAGER, "v1", "clusterissuers", "whether renewal can work");
/// What was asked of issuers.
pub const CERTIFICATE_REQUESTS: Resource =
    list(CERT_MANAGER, "v1", "certificaterequests", "whether what was asked for was issued");
/// What was asked of ACME authorities.
pub const ORDERS: Resource =
    list("acme.cert-manager.io", "v1", "orders", "whether an ACME authority issued what was asked for");
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

/// Nodes.
pub const NODES: Resource =
    list("", "v1", "nodes", "versions, regions, zones, who runs the control plane, and what K3s was started with");
/// Signs of life of nodes.
pub const LEASES: Resource = list("coordination.k8s.io", "v1", "leases", "whether the clocks of nodes agree");
/// What kubeadm gives to every kubelet; named so since Kubernetes 1.24. It holds no credential.
pub const KUBELET_CONFIG: Object = Object {
    group: "",
    version: "v1",
    plural: "configmaps",
    namespace: Cow::Borrowed("kube-system"),
    name: Cow::Borrowed("kubelet-config"),
    why: "whether kubelets answer anybody",
};

/// What OpenShift's API servers are told; asked for only where they run.
pub const OPENSHIFT_API_SERVER: Object = Object {
    group: "config.openshift.io",
    version: "v1",
    plural: "apiservers",
    namespace: Cow::Borrowed(""),
    name: Cow::Borrowed("cluster"),
    why: "whether OpenShift encrypts Secrets, and what its audit log records; only of OpenShift",
};
/// What the operator of OpenShift's API servers says of them; asked for only where they run.
pub const OPENSHIFT_OPERATOR: Object = Object {
    group: "operator.openshift.io",
    version: "v1",
    plural: "kubeapiservers",
    namespace: Cow::Borrowed(""),
    name: Cow::Borrowed("cluster"),
    why: "whether OpenShift has encrypted all Secrets; only of OpenShift",
};

/// The ConfigMap with Dex's configuration.
pub fn dex_config(key: &ConfigMapKey) -> Object {
    config_map(key, "whether Dex has local logins; nothing else of it is kept")
}

/// The ConfigMap to which the audit policy is attached.
pub fn audit_policy(key: &ConfigMapKey) -> Object {
    config_map(key, "what the audit policy lets the API server record")
}

fn config_map(key: &ConfigMapKey, why: &'static str) -> Object {
    Object {
        group: "",
        version: "v1",
        plural: "configmaps",
        namespace: key.namespace.clone().into(),
        name: key.name.clone().into(),
        why,
    }
}

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
/// Roles of namespaces, as Trivy Operator sees them.
pub const ROLE_REPORTS: Resource =
    list(TRIVY, "v1alpha1", "rbacassessmentreports", "how many roles Trivy Operator holds for a risk");
/// Roles of the whole cluster, as Trivy Operator sees them.
pub const CLUSTER_ROLE_REPORTS: Resource =
    list(TRIVY, "v1alpha1", "clusterrbacassessmentreports", "how many roles Trivy Operator holds for a risk");
/// What Trivy Operator makes of its reports, by the controls of benchmarks.
pub const COMPLIANCE_REPORTS: Resource =
    list(TRIVY, "v1alpha1", "clustercompliancereports", "whether Trivy Operator's own figures of controls add up");
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

/// DaemonSets.
pub const DAEMON_SETS: Resource = list("apps", "v1", "daemonsets", "log forwarders and runtime detection");
/// StatefulSets.
pub const STATEFUL_SETS: Resource = list("apps", "v1", "statefulsets", "log aggregators and alert managers");
/// CronJobs; `v1beta1` until Kubernetes 1.20.
pub const CRON_JOBS: Resource = list(
    "batch",
    "v1",
    "cronjobs",
    "jobs that delete old logs and copy backups; of variables only RETAIN_DAYS is kept",
);
/// Where operators send logs.
pub const LOG_OUTPUTS: &[Resource] = &[
    list(LOGGING, "v1beta1", "clusteroutputs", "where logs are sent; no Secret is read"),
    list(LOGGING, "v1beta1", "outputs", "where logs are sent; no Secret is read"),
    list(FLUENT_BIT, "v1alpha2", "clusteroutputs", "where logs are sent; no Secret is read"),
    list(FLUENT_BIT, "v1alpha2", "outputs", "where logs are sent; no Secret is read"),
];
/// Where OpenShift sends logs.
pub const LOG_FORWARDERS: Resource =
    list("observability.openshift.io", "v1", "clusterlogforwarders", "where logs are sent; no Secret is read");
/// Network policies of Kubernetes.
pub const NETWORK_POLICIES: Resource = list(NETWORKING, "v1", "networkpolicies", "what may reach what");
/// Services.
pub const SERVICES: Resource = list("", "v1", "services", "what has an address outside the cluster");
/// Ingresses.
pub const INGRESSES: Resource =
    list(NETWORKING, "v1", "ingresses", "which hosts are reached from outside, and whether they have TLS");
/// Gateways; `v1beta1` before Gateway API 1.0.
pub const GATEWAYS: Resource = list(
    "gateway.networking.k8s.io",
    "v1",
    "gateways",
    "which hosts are reached from outside, and whether they have TLS",
);

const TEMPLATE: &str = "images, requests, names of variables; values of variables are not kept";
/// Jobs.
pub const JOBS: Resource = list("batch", "v1", "jobs", TEMPLATE);
/// Disruption budgets; `v1beta1` until Kubernetes 1.20.
pub const DISRUPTION_BUDGETS: Resource =
    list("policy", "v1", "poddisruptionbudgets", "whether maintenance leaves enough pods running");
/// Defaults of namespaces.
pub const LIMIT_RANGES: Resource = list("", "v1", "limitranges", "what containers are given that ask for nothing");
/// Bounds of namespaces.
pub const RESOURCE_QUOTAS: Resource =
    list("", "v1", "resourcequotas", "whether what a namespace may ask for in all is bounded");

/// Volumes.
pub const VOLUMES: Resource =
    list("", "v1", "persistentvolumes", "what volumes are made from, and whether some are left over");
/// Classes of storage.
pub const STORAGE_CLASSES: Resource = list("storage.k8s.io", "v1", "storageclasses", "whether encryption is asked for");

const fn engine(group: &'static str, version: &'static str, plural: &'static str) -> Resource {
    let why = "whether another engine isolates a namespace; names only";
    Resource { group, version, plural: Cow::Borrowed(plural), metadata_only: true, why }
}

/// Policies of other network engines: whose they are, the resource, and its versions, newest first.
pub const NETWORK_ENGINES: &[(&str, Resource, &[&str])] = &[
    ("Cilium", engine("cilium.io", "v2", "ciliumnetworkpolicies"), &["v2"]),
    ("Cilium", engine("cilium.io", "v2", "ciliumclusterwidenetworkpolicies"), &["v2"]),
    ("Calico", engine("crd.projectcalico.org", "v1", "networkpolicies"), &["v1"]),
    ("Calico", engine("crd.projectcalico.org", "v1", "globalnetworkpolicies"), &["v1"]),
    ("AdminNetworkPolicy", engine("policy.networking.k8s.io", "v1alpha1", "adminnetworkpolicies"), &["v1alpha1"]),
    (
        "AdminNetworkPolicy",
        engine("policy.networking.k8s.io", "v1alpha1", "baselineadminnetworkpolicies"),
        &["v1alpha1"],
    ),
];

/// The log of a pod of kube-bench, in the namespace that the policy names.
pub fn kube_bench_log(namespace: &str, pod: &str) -> Log {
    Log { namespace: namespace.into(), pod: pod.into(), why: "results of kube-bench, which it writes to its log" }
}

impl Resource {
    /// The path of the list over all namespaces.
    pub fn path(&self) -> String {
        self.path_in(None)
    }

    /// The path of the list in one namespace; of a resource without namespaces where that is none.
    pub fn path_in(&self, namespace: Option<&str>) -> String {
        let place = namespace.map(|namespace| format!("/namespaces/{namespace}")).unwrap_or_default();
        format!("{}{place}/{}", root(self.group, self.version), self.plural)
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
#[expect(clippy::too_many_lines, reason = "a table: an entry a source")]
pub fn asks(source: Source, policy: &Policy) -> Vec<Ask> {
    use Ask::{Issuer, List, One, Path};
    match source {
        Source::Rbac => vec![
            List(CLUSTER_ROLES),
            List(ROLES),
            List(CLUSTER_ROLE_BINDINGS),
            List(ROLE_BINDINGS),
            List(SERVICE_ACCOUNTS),
        ],
        Source::PodSecurity => vec![
            Path(GROUPS),
            List(NAMESPACES),
            List(POD_SECURITY_POLICIES),
            List(POLICY_BINDINGS),
            List(ADMISSION_POLICIES),
            List(VALIDATING_WEBHOOKS),
            List(DEPLOYMENTS),
            List(PODS),
        ],
        Source::Pods => vec![List(PODS)],
        Source::Gatekeeper => {
            let own = vec![Path(GROUPS), List(CONSTRAINT_TEMPLATES), Path(CONSTRAINT_KINDS), List(CONSTRAINTS)];
            own.into_iter().chain([List(CONTROLLERS)]).collect()
        }
        Source::Kyverno => vec![
            Path(GROUPS),
            List(KYVERNO_CLUSTER_POLICIES),
            List(KYVERNO_POLICIES),
            List(VALIDATING_POLICIES),
            List(IMAGE_POLICIES),
            List(NAMESPACED_VALIDATING_POLICIES),
            List(NAMESPACED_IMAGE_POLICIES),
            List(PATTERN_EXCEPTIONS),
            List(EXPRESSION_EXCEPTIONS),
            List(CONTROLLERS),
        ],
        Source::PolicyReport => vec![
            Path(GROUPS),
            List(POLICY_REPORTS),
            List(CLUSTER_POLICY_REPORTS),
            List(POLICY_REPORTS_X),
            List(CLUSTER_POLICY_REPORTS_X),
            List(OPEN_REPORTS),
            List(CLUSTER_OPEN_REPORTS),
        ],
        Source::CertManager => {
            let own = [CERTIFICATES, ISSUERS, CLUSTER_ISSUERS, CERTIFICATE_REQUESTS, ORDERS];
            own.into_iter().chain([CONTROLLERS]).map(List).collect()
        }
        Source::Velero => vec![
            List(SCHEDULES),
            List(BACKUPS),
            List(BACKUP_LOCATIONS),
            List(RESTORES),
            List(NAMESPACES),
            List(VOLUME_CLAIMS),
            List(CONTROLLERS),
        ],
        Source::ApiServer => {
            let mut asks = vec![
                List(PODS),
                List(NODES),
                List(NAMESPACES),
                One(KUBELET_CONFIG),
                One(OPENSHIFT_API_SERVER),
                One(OPENSHIFT_OPERATOR),
            ];
            asks.extend(policy.audit_policy.as_ref().map(|key| One(audit_policy(key))));
            asks
        }
        Source::Dex => {
            let mut asks = vec![List(DEPLOYMENTS), List(PODS), List(NAMESPACES), List(INGRESSES)];
            asks.extend(policy.dex_config.as_ref().map(|key| One(dex_config(key))));
            asks.extend(policy.oidc_issuer.clone().map(Issuer));
            asks
        }
        Source::Nodes => vec![List(NODES), List(LEASES), List(NAMESPACES)],
        Source::AuditLog => [Path(GROUPS)]
            .into_iter()
            .chain(LOG_OUTPUTS.iter().cloned().map(List))
            .chain([LOG_FORWARDERS, DAEMON_SETS, STATEFUL_SETS, PODS, NODES, CRON_JOBS].map(List))
            .collect(),
        Source::Falco => [DAEMON_SETS, DEPLOYMENTS, STATEFUL_SETS, PODS, NODES].map(List).into(),
        Source::Network => {
            let own = [NAMESPACES, NETWORK_POLICIES, SERVICES, INGRESSES, GATEWAYS];
            let engines = NETWORK_ENGINES.iter().map(|(_, resource, _)| resource.clone());
            iter::once(Path(GROUPS)).chain(own.into_iter().chain(engines).map(List)).collect()
        }
        Source::Workloads => vec![
            Path(GROUPS),
            List(DEPLOYMENTS),
            List(STATEFUL_SETS),
            List(DAEMON_SETS),
            List(CRON_JOBS),
            List(JOBS),
            List(PODS),
            List(DISRUPTION_BUDGETS),
            List(LIMIT_RANGES),
            List(RESOURCE_QUOTAS),
        ],
        Source::Storage => vec![List(VOLUMES), List(STORAGE_CLASSES)],
        Source::Inventory => vec![List(NAMESPACES)],
        // The cluster sends them; nothing is asked for.
        Source::FalcoEvents | Source::AuditEvents | Source::External => Vec::new(),
        Source::Trivy => vec![
            List(VULNERABILITY_REPORTS),
            List(EXPOSED_SECRET_REPORTS),
            List(CONFIG_AUDIT_REPORTS),
            List(INFRA_REPORTS),
            List(CLUSTER_INFRA_REPORTS),
            List(ROLE_REPORTS),
            List(CLUSTER_ROLE_REPORTS),
            List(COMPLIANCE_REPORTS),
            List(PODS),
        ],
        Source::KubeBench => kube_bench(policy),
        Source::Custom => crate::rules::custom::resources().into_iter().map(List).collect(),
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
