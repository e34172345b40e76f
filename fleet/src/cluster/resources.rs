//! The resources that simulated servers know.

/// A resource, as discovery describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The API group; empty for the core.
    pub group: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The plural, as in paths. Unique among the known ones.
    pub plural: &'static str,
    /// The kind of one.
    pub kind: &'static str,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
}

impl Resource {
    /// `v1` or `group/v1`.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() { self.version.into() } else { format!("{}/{}", self.group, self.version) }
    }

    /// Whether it is defined by a custom resource definition. Lists of those repeat `kind` in every item.
    pub fn is_custom(&self) -> bool {
        self.group.contains('.') && !self.group.ends_with(".k8s.io")
    }
}

const fn cluster(group: &'static str, version: &'static str, plural: &'static str, kind: &'static str) -> Resource {
    Resource { group, version, plural, kind, namespaced: false }
}

const fn namespaced(group: &'static str, version: &'static str, plural: &'static str, kind: &'static str) -> Resource {
    Resource { group, version, plural, kind, namespaced: true }
}

const RBAC: &str = "rbac.authorization.k8s.io";
const ADMISSION: &str = "admissionregistration.k8s.io";
const CERT_MANAGER: &str = "cert-manager.io";
const VELERO: &str = "velero.io";
const CONSTRAINTS: &str = "constraints.gatekeeper.sh";
const TRIVY: &str = "aquasecurity.github.io";

/// All of them, a group's together, and of a group the versions.
pub const RESOURCES: &[Resource] = &[
    cluster("", "v1", "namespaces", "Namespace"),
    cluster("", "v1", "nodes", "Node"),
    cluster("", "v1", "persistentvolumes", "PersistentVolume"),
    namespaced("", "v1", "configmaps", "ConfigMap"),
    namespaced("", "v1", "limitranges", "LimitRange"),
    namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"),
    namespaced("", "v1", "pods", "Pod"),
    namespaced("", "v1", "resourcequotas", "ResourceQuota"),
    namespaced("", "v1", "serviceaccounts", "ServiceAccount"),
    namespaced("", "v1", "services", "Service"),
    namespaced("apps", "v1", "daemonsets", "DaemonSet"),
    namespaced("apps", "v1", "deployments", "Deployment"),
    namespaced("apps", "v1", "replicasets", "ReplicaSet"),
    namespaced("apps", "v1", "statefulsets", "StatefulSet"),
    namespaced("batch", "v1", "cronjobs", "CronJob"),
    namespaced("batch", "v1", "jobs", "Job"),
    namespaced("coordination.k8s.io", "v1", "leases", "Lease"),
    namespaced("networking.k8s.io", "v1", "ingresses", "Ingress"),
    namespaced("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy"),
    cluster("storage.k8s.io", "v1", "storageclasses", "StorageClass"),
    cluster(RBAC, "v1", "clusterroles", "ClusterRole"),
    cluster(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding"),
    namespaced(RBAC, "v1", "roles", "Role"),
    namespaced(RBAC, "v1", "rolebindings", "RoleBinding"),
    namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"),
    cluster("policy", "v1beta1", "podsecuritypolicies", "PodSecurityPolicy"),
    cluster("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition"),
    cluster("apiregistration.k8s.io", "v1", "apiservices", "APIService"),
    cluster(ADMISSION, "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration"),
    cluster(ADMISSION, "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration"),
    cluster(ADMISSION, "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy"),
    cluster(ADMISSION, "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding"),
    namespaced(CERT_MANAGER, "v1", "certificates", "Certificate"),
    namespaced(CERT_MANAGER, "v1", "certificaterequests", "CertificateRequest"),
    namespaced(CERT_MANAGER, "v1", "issuers", "Issuer"),
    cluster(CERT_MANAGER, "v1", "clusterissuers", "ClusterIssuer"),
    namespaced("acme.cert-manager.io", "v1", "orders", "Order"),
    namespaced("acme.cert-manager.io", "v1", "challenges", "Challenge"),
    namespaced(VELERO, "v1", "backups", "Backup"),
    namespaced(VELERO, "v1", "schedules", "Schedule"),
    namespaced(VELERO, "v1", "restores", "Restore"),
    namespaced(VELERO, "v1", "backupstoragelocations", "BackupStorageLocation"),
    namespaced(VELERO, "v1", "volumesnapshotlocations", "VolumeSnapshotLocation"),
    namespaced(VELERO, "v1", "backuprepositories", "BackupRepository"),
    namespaced(VELERO, "v1", "podvolumebackups", "PodVolumeBackup"),
    cluster("templates.gatekeeper.sh", "v1", "constrainttemplates", "ConstraintTemplate"),
    cluster(CONSTRAINTS, "v1beta1", "k8spspprivilegedcontainer", "K8sPSPPrivilegedContainer"),
    cluster(CONSTRAINTS, "v1beta1", "k8spsphostnamespace", "K8sPSPHostNamespace"),
    cluster(CONSTRAINTS, "v1beta1", "k8spspallowedusers", "K8sPSPAllowedUsers"),
    cluster(CONSTRAINTS, "v1beta1", "k8sallowedrepos", "K8sAllowedRepos"),
    cluster(CONSTRAINTS, "v1beta1", "k8sresourcerequests", "K8sResourceRequests"),
    cluster(CONSTRAINTS, "v1beta1", "k8srequirenetworkpolicy", "K8sRequireNetworkPolicy"),
    namespaced("kyverno.io", "v1", "policies", "Policy"),
    cluster("kyverno.io", "v1", "clusterpolicies", "ClusterPolicy"),
    namespaced("kyverno.io", "v2", "policyexceptions", "PolicyException"),
    namespaced("wgpolicyk8s.io", "v1alpha2", "policyreports", "PolicyReport"),
    cluster("wgpolicyk8s.io", "v1alpha2", "clusterpolicyreports", "ClusterPolicyReport"),
    namespaced("openreports.io", "v1alpha1", "reports", "Report"),
    cluster("openreports.io", "v1alpha1", "clusterreports", "ClusterReport"),
    namespaced(TRIVY, "v1alpha1", "vulnerabilityreports", "VulnerabilityReport"),
    namespaced(TRIVY, "v1alpha1", "exposedsecretreports", "ExposedSecretReport"),
    namespaced(TRIVY, "v1alpha1", "configauditreports", "ConfigAuditReport"),
    namespaced(TRIVY, "v1alpha1", "rbacassessmentreports", "RbacAssessmentReport"),
    namespaced(TRIVY, "v1alpha1", "infraassessmentreports", "InfraAssessmentReport"),
    namespaced(TRIVY, "v1alpha1", "sbomreports", "SbomReport"),
    cluster(TRIVY, "v1alpha1", "clusterrbacassessmentreports", "ClusterRbacAssessmentReport"),
    cluster(TRIVY, "v1alpha1", "clusterinfraassessmentreports", "ClusterInfraAssessmentReport"),
    cluster(TRIVY, "v1alpha1", "clustercompliancereports", "ClusterComplianceReport"),
    cluster(TRIVY, "v1alpha1", "ciskubebenchreports", "CISKubeBenchReport"),
];

/// The resource with a plural.
pub(super) fn by_plural(plural: &str) -> Option<&'static Resource> {
    RESOURCES.iter().find(|resource| resource.plural == plural)
}
