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
    /// Days for which the API server must keep its audit log on the node at least.
    pub audit_log_days_min: u32,
    /// Files of it that must be kept at least.
    pub audit_log_files_min: u32,
    /// Megabytes that one of them must hold at least.
    pub audit_log_mb_min: u32,
    /// The issuer that people log in with, as `https://dex.example.org`. Only an address that is declared here is asked.
    pub oidc_issuer: Option<String>,
    /// Whether Dex lets people log in with passwords of its own, as the organisation declares it.
    pub dex_static_login: Option<bool>,
    /// The ConfigMap that holds Dex's configuration; it is read only where it is named here, since it may hold credentials.
    pub dex_config: Option<ConfigMapKey>,
    /// Regions in which nodes may run, as `topology.kubernetes.io/region` names them.
    pub approved_regions: Option<Vec<String>>,
    /// Where logs are sent, as `https://logs.example.org`, where no operator in the cluster tells it. What is declared
    /// is never a pass: a person vouches for it.
    pub log_destination: Option<String>,
    /// DaemonSets that forward logs, as `namespace/name`, beside those that are known by image or label.
    pub log_forwarders: Vec<String>,
    /// Days that logs are kept at least.
    pub log_days_min: u32,
    /// Days that logs are kept at most.
    pub log_days_max: u32,
    /// Who receives alerts of runtime detection, as `on-call@example.org`. Declared, so never a pass.
    pub alert_receiver: Option<String>,
    /// Seconds between two audits of Gatekeeper, as its `--audit-interval` says. Three missed make its results stale.
    pub gatekeeper_audit_seconds: u32,
}

/// An entry of a ConfigMap.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigMapKey {
    /// The namespace.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The entry.
    #[serde(default = "config_yaml")]
    pub key: String,
}

fn config_yaml() -> String {
    "config.yaml".into()
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
            audit_log_days_min: 7,
            audit_log_files_min: 10,
            audit_log_mb_min: 100,
            oidc_issuer: None,
            dex_static_login: None,
            dex_config: None,
            approved_regions: None,
            log_destination: None,
            log_forwarders: Vec::new(),
            log_days_min: 30,
            log_days_max: 1825,
            alert_receiver: None,
            gatekeeper_audit_seconds: 600,
        }
    }
}
