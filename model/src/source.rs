//! The systems in a cluster whose state is read.

use crate::words::words;

words! {
    /// One system in a cluster. Each has a collector of the same name.
    Source {
        /// Roles and bindings of `rbac.authorization.k8s.io`.
        Rbac = "rbac",
        /// Namespace labels of Pod Security Admission, and its legacy predecessor.
        PodSecurity = "pod_security",
        /// Certificates and issuers of cert-manager.
        CertManager = "cert_manager",
        /// Schedules, backups, locations and restores of Velero.
        Velero = "velero",
        /// Settings of the control plane, as the static pods of `kube-system` show them.
        ApiServer = "api_server",
        /// The login service Dex, and the issuer that people log in with.
        Dex = "dex",
        /// Nodes: versions, places, redundancy and clocks.
        Nodes = "nodes",
        /// Checks that the operator wrote, over any resource.
        Custom = "custom",
    }
}
