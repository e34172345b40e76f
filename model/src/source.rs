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
        /// Settings of the control plane, as the static pods of `kube-system` show them.
        ApiServer = "api_server",
        /// The login service Dex, and the issuer that people log in with.
        Dex = "dex",
        /// Nodes: versions, places, redundancy and clocks.
        Nodes = "nodes",
        /// Log forwarders, where they send, and the jobs that delete old logs and copy backups.
        AuditLog = "audit_log",
        /// Falco, as far as the cluster itself shows it.
        Falco = "falco",
        /// Network policies, and what is reached from outside.
        Network = "network",
        /// What workloads run, and how.
        Workloads = "workloads",
        /// Volumes and the classes that they are made from.
        Storage = "storage",
        /// What there is, and what its labels say of it.
        Inventory = "inventory",
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
        /// Checks that the operator wrote, over any resource.
        Custom = "custom",
    }
}

impl Source {
    /// Whether all of it is sent by the cluster, so that nothing of it is lost while the API server does not answer.
    pub const fn is_pushed(self) -> bool {
        matches!(self, Self::FalcoEvents | Self::AuditEvents | Self::External)
    }
}
