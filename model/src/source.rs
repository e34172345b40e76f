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
        /// Network policies, and what is reached from outside.
        Network = "network",
        /// What workloads run, and how.
        Workloads = "workloads",
        /// Volumes and the classes that they are made from.
        Storage = "storage",
        /// What there is, and what its labels say of it.
        Inventory = "inventory",
    }
}
