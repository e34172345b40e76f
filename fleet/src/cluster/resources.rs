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
        self.group.ends_with("cert-manager.io") || self.group == "velero.io"
    }
}

const fn cluster(group: &'static str, version: &'static str, plural: &'static str, kind: &'static str) -> Resource {
    Resource { group, version, plural, kind, namespaced: false }
}

const fn namespaced(group: &'static str, version: &'static str, plural: &'static str, kind: &'static str) -> Resource {
    Resource { group, version, plural, kind, namespaced: true }
}

const RBAC: &str = "rbac.authorization.k8s.io";

/// All of them, a group's together.
pub const RESOURCES: &[Resource] = &[
    cluster("", "v1", "namespaces", "Namespace"),
    cluster("", "v1", "nodes", "Node"),
    cluster("", "v1", "persistentvolumes", "PersistentVolume"),
    namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"),
    namespaced("", "v1", "pods", "Pod"),
    namespaced("", "v1", "serviceaccounts", "ServiceAccount"),
    namespaced("", "v1", "services", "Service"),
    namespaced("apps", "v1", "deployments", "Deployment"),
    namespaced("apps", "v1", "daemonsets", "DaemonSet"),
    namespaced("apps", "v1", "statefulsets", "StatefulSet"),
    cluster(RBAC, "v1", "clusterroles", "ClusterRole"),
    cluster(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding"),
    namespaced(RBAC, "v1", "roles", "Role"),
    namespaced(RBAC, "v1", "rolebindings", "RoleBinding"),
    cluster("policy", "v1beta1", "podsecuritypolicies", "PodSecurityPolicy"),
    cluster("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition"),
    cluster("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration"),
    cluster("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy"),
    cluster(
        "admissionregistration.k8s.io",
        "v1",
        "validatingadmissionpolicybindings",
        "ValidatingAdmissionPolicyBinding",
    ),
    namespaced("cert-manager.io", "v1", "certificates", "Certificate"),
    namespaced("cert-manager.io", "v1", "certificaterequests", "CertificateRequest"),
    namespaced("cert-manager.io", "v1", "issuers", "Issuer"),
    cluster("cert-manager.io", "v1", "clusterissuers", "ClusterIssuer"),
    namespaced("acme.cert-manager.io", "v1", "orders", "Order"),
    namespaced("acme.cert-manager.io", "v1", "challenges", "Challenge"),
    namespaced("velero.io", "v1", "backups", "Backup"),
    namespaced("velero.io", "v1", "schedules", "Schedule"),
    namespaced("velero.io", "v1", "restores", "Restore"),
    namespaced("velero.io", "v1", "backupstoragelocations", "BackupStorageLocation"),
    namespaced("velero.io", "v1", "volumesnapshotlocations", "VolumeSnapshotLocation"),
    namespaced("velero.io", "v1", "backuprepositories", "BackupRepository"),
    namespaced("velero.io", "v1", "podvolumebackups", "PodVolumeBackup"),
];

/// The resource with a plural.
pub(super) fn by_plural(plural: &str) -> Option<&'static Resource> {
    RESOURCES.iter().find(|resource| resource.plural == plural)
}
