//! What the organisation has approved for a cluster.

use serde::Deserialize;

/// `[cluster.policy]`: what the organisation has approved for a cluster. Verdicts compare with it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Subjects that may be cluster administrators, as `Group:ops` or `ServiceAccount:flux-system/flux`.
    pub cluster_admins: Option<Vec<String>>,
    /// Subjects that may read Secrets.
    pub secret_readers: Option<Vec<String>>,
    /// Namespaces that may be privileged (system namespaces are listed by default).
    pub privileged_namespaces: Vec<String>,
    /// Days that backups are kept at least.
    pub backup_days_min: u32,
    /// Days that backups are kept at most.
    pub backup_days_max: u32,
    /// Days within which a restore must have been tried.
    pub restore_test_days: u32,
    /// Hours without a further event after which events that were sent count as over.
    pub quiet_hours: u32,
    /// Days after which a report that was sent is too old to speak for what is now.
    pub report_days: u32,
    /// Namespaces that Trivy Operator is told to leave out: nothing is said of what runs there.
    pub unscanned_namespaces: Vec<String>,
    /// `ConfigMaps` with results of kube-bench, as `namespace/name`; each key is the result of the node of that name,
    /// with or without `.json`. Bevis is then permitted to read these `ConfigMaps`, and no other.
    pub kube_bench_config_maps: Vec<String>,
    /// The namespace in which Jobs run kube-bench. Bevis is then permitted to read the logs of pods there.
    pub kube_bench_log_namespace: Option<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            cluster_admins: None,
            secret_readers: None,
            privileged_namespaces: vec!["kube-system".into(), "kube-public".into(), "kube-node-lease".into()],
            backup_days_min: 7,
            backup_days_max: 1825,
            restore_test_days: 180,
            quiet_hours: 24,
            report_days: 8,
            unscanned_namespaces: Vec::new(),
            kube_bench_config_maps: Vec::new(),
            kube_bench_log_namespace: None,
        }
    }
}
