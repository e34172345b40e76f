//! Every request that Bevis makes of a cluster, declared: the dry run and the ClusterRole are made from this table.

use model::source::Source;
use std::{collections::BTreeMap, fmt::Write};

/// A list that a source reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The version read.
    pub version: &'static str,
    /// The resource, in the plural.
    pub plural: &'static str,
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

/// `GET /version`: the first request of every round.
pub const VERSION: Path = Path { path: "/version", why: "whether the API server answers, its version and its time" };
/// `GET /apis`: names of API groups.
pub const GROUPS: Path = Path { path: "/apis", why: "which policy engines are served" };

const RBAC: &str = "rbac.authorization.k8s.io";
const CERT_MANAGER: &str = "cert-manager.io";
const VELERO: &str = "velero.io";

const fn list(group: &'static str, version: &'static str, plural: &'static str, why: &'static str) -> Resource {
    Resource { group, version, plural, metadata_only: false, why }
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
    plural: "persistentvolumeclaims",
    metadata_only: true,
    why: "which namespaces hold data; names and labels only",
};

impl Resource {
    /// The path of the list over all namespaces.
    pub fn path(&self) -> String {
        let Self { group, version, plural, .. } = self;
        if group.is_empty() { format!("/api/{version}/{plural}") } else { format!("/apis/{group}/{version}/{plural}") }
    }

    /// The name in the scan log, as `cert-manager.io/v1/certificates`.
    pub fn name(&self) -> String {
        let Self { group, version, plural, .. } = self;
        if group.is_empty() { format!("{version}/{plural}") } else { format!("{group}/{version}/{plural}") }
    }

    /// The permission that reading it needs, in words.
    pub fn permission(&self) -> String {
        let group = if self.group.is_empty() { "the core API group" } else { self.group };
        format!("list {} in {group}", self.plural)
    }
}

/// The lists that a source reads, in the order in which they are read.
pub const fn lists(source: Source) -> &'static [Resource] {
    match source {
        Source::Rbac => &[CLUSTER_ROLES, ROLES, CLUSTER_ROLE_BINDINGS, ROLE_BINDINGS],
        Source::PodSecurity => &[NAMESPACES, POD_SECURITY_POLICIES, POLICY_BINDINGS],
        Source::CertManager => &[CERTIFICATES, ISSUERS, CLUSTER_ISSUERS],
        Source::Velero => &[SCHEDULES, BACKUPS, BACKUP_LOCATIONS, RESTORES, NAMESPACES, VOLUME_CLAIMS],
    }
}

/// The ClusterRole that lets Bevis make exactly these requests.
pub fn cluster_role() -> String {
    let mut by_group: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for resource in Source::ALL.iter().flat_map(|source| lists(*source)) {
        let plurals = by_group.entry(resource.group).or_default();
        if !plurals.contains(&resource.plural) {
            plurals.push(resource.plural);
        }
    }
    let mut yaml = String::from(HEADER);
    for (group, mut plurals) in by_group {
        plurals.sort_unstable();
        // Writing to a String cannot fail.
        let _always_fits =
            write!(yaml, "  - apiGroups: [\"{group}\"]\n    resources: [{}]\n    verbs: [list]\n", plurals.join(", "));
    }
    let _always_fits = write!(yaml, "  - nonResourceURLs: [{}, {}]\n    verbs: [get]\n", VERSION.path, GROUPS.path);
    yaml
}

const HEADER: &str = "\
# Everything that Bevis may do in a cluster: read these lists. No Secret, no pod, no write, no watch.
# Written by `bevis scan --cluster NAME --dry-run` from the table of requests; a test keeps the two alike.
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: bevis-reader
rules:
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_cluster_role_is_the_generated_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/clusterrole.yaml");
        assert_eq!(std::fs::read_to_string(path).expect("deploy/clusterrole.yaml"), cluster_role());
    }

    #[test]
    fn the_cluster_role_grants_no_secret_and_no_write() {
        let role: serde_json::Value = serde_saphyr::from_str(&cluster_role()).expect("YAML");
        for rule in role["rules"].as_array().expect("rules") {
            let words = |key: &str| rule[key].as_array().cloned().unwrap_or_default();
            assert!(!words("resources").iter().any(|r| r == "secrets" || r == "*" || r == "nodes/proxy"));
            assert!(words("verbs").iter().all(|v| v == "list" || v == "get"));
        }
    }
}
