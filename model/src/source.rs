//! The systems in a cluster whose state is read.

use crate::words::words;

words! {
    /// One system in a cluster. Each has a collector of the same name.
    Source {
        /// Roles and bindings of `rbac.authorization.k8s.io`.
        Rbac = "rbac",
        /// Namespace labels of Pod Security Admission, and its legacy predecessor.
        PodSecurity = "pod_security",
        /// Running pods, by the Pod Security Standards.
        Pods = "pods",
        /// Constraints of Gatekeeper.
        Gatekeeper = "gatekeeper",
        /// Policies of Kyverno.
        Kyverno = "kyverno",
        /// Reports of policy engines, of whatever API group.
        PolicyReport = "policy_report",
        /// Certificates and issuers of cert-manager.
        CertManager = "cert_manager",
        /// Schedules, backups, locations and restores of Velero.
        Velero = "velero",
    }
}
