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
        /// Reports of Trivy Operator.
        Trivy = "trivy",
        /// Results of kube-bench.
        KubeBench = "kube_bench",
    }
}
