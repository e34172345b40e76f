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
        /// Events that Falco sends.
        FalcoEvents = "falco_events",
        /// Batches of the API server's audit events.
        AuditEvents = "audit_events",
        /// Reports of other scanners: SARIF, OCSF, Trivy.
        External = "external",
        /// Reports of Trivy Operator.
        Trivy = "trivy",
        /// Results of kube-bench.
        KubeBench = "kube_bench",
    }
}

impl Source {
    /// Whether all of it is sent by the cluster, so that nothing of it is lost while the API server does not answer.
    pub const fn is_pushed(self) -> bool {
        matches!(self, Self::FalcoEvents | Self::AuditEvents | Self::External)
    }
}
