//! What the organisation has approved for a cluster.

use chrono::NaiveDate;
use model::labels::LabelKeys;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who administers the clusters that a cluster is paired with, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SisterAdmins {
    /// People and groups of people, as policies write them.
    pub names: BTreeSet<String>,
    /// Whether that is all of them: every such cluster was wholly read of late.
    pub are_all: bool,
}

/// `[cluster.policy]`: what the organisation has approved for a cluster. Verdicts compare with it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Subjects that may be cluster administrators, as `Group:ops` or `ServiceAccount:flux-system/flux`.
    pub cluster_admins: Option<Vec<String>>,
    /// Subjects that may read Secrets.
    pub secret_readers: Option<Vec<String>>,
    /// Subjects that may run commands in pods, attach to them or tunnel into them.
    pub exec_users: Option<Vec<String>>,
    /// The administrators of the cluster that keeps this one's logs; empty where there is no such cluster.
    pub sister_admins: Option<Vec<String>>,
    /// The same, as the newest readings of the clusters that this one is paired with saw them; what is configured goes before.
    #[serde(skip)]
    pub sister_admins_seen: Option<SisterAdmins>,
    /// Of those, the ones approved as administrators of both.
    pub admins_of_both: Vec<String>,
    /// The name of the cluster that keeps this one's logs and its login service, where it is not told by the clusters
    /// themselves.
    pub management_cluster: Option<String>,
    /// Namespaces that may be privileged (system namespaces are listed by default).
    pub privileged_namespaces: Vec<String>,
    /// Namespaces of the system itself, of which neither network policies nor quotas nor labels are asked.
    pub system_namespaces: Vec<String>,
    /// What may be reached from outside, as `Service:ingress/nginx` or `Host:shop.example.org`;
    /// `Host:*.example.org` stands for every host below.
    pub exposed: Option<Vec<String>>,
    /// Registries that images may come from, or paths below one, as `ghcr.io/our-team`.
    pub trusted_registries: Option<Vec<String>>,
    /// Classes of storage that the provider encrypts without being asked.
    pub encrypted_storage: Option<Vec<String>>,
    /// Days after which a volume must be gone that nobody claims any longer.
    pub released_volume_days: u32,
    /// Labels that every namespace must have, as those that name its owner and what it holds.
    pub namespace_labels: Vec<String>,
    /// The label of a namespace that names the team that owns it. Trends can be told by it.
    pub team_label: Option<String>,
    /// The labels of namespaces and workloads that are kept, by their keys: risk acceptances can be asked for by them.
    pub label_keys: LabelKeys,
    /// The label of a namespace that names its environment.
    pub environment_label: Option<String>,
    /// The environments that belong in this cluster, as values of that label.
    pub environments: Vec<String>,
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
    /// The ConfigMap to which the audit policy is attached, which is otherwise in a file of the control nodes.
    pub audit_policy: Option<ConfigMapKey>,
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
    /// By what it is shown that what is stored of logs cannot be altered. Declared, so never a pass.
    pub log_store_lock: Option<StoreLock>,
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
    /// Hours without a further event after which events that were sent count as over.
    pub quiet_hours: u32,
    /// Days after which a report that was sent is too old to speak for what is now.
    pub report_days: u32,
    /// Days that a critical or high vulnerability with a correction may stay, counted from its publication.
    pub fixable_days: u32,
    /// Namespaces that Trivy Operator is told to leave out: nothing is said of what runs there.
    pub unscanned_namespaces: Vec<String>,
    /// `ConfigMaps` with results of kube-bench, as `namespace/name`; each key is the result of the node of that name,
    /// with or without `.json`. Bevis is then permitted to read these `ConfigMaps`, and no other.
    pub kube_bench_config_maps: Vec<String>,
    /// The namespace in which Jobs run kube-bench. Bevis is then permitted to read the logs of pods there.
    pub kube_bench_log_namespace: Option<String>,
}

/// That what a store holds can be neither altered nor erased, as the organisation declares it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StoreLock {
    /// The store, as `s3://audit`.
    pub store: String,
    /// Where the evidence is kept, as `https://wiki.example.org/object-lock`.
    pub evidence: String,
    /// The last day on which it counts, as `2027-01-31`.
    pub expires: NaiveDate,
}

/// An entry of a ConfigMap.
#[derive(Clone, Debug, Deserialize, Serialize)]
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
            exec_users: None,
            sister_admins: None,
            sister_admins_seen: None,
            admins_of_both: Vec::new(),
            management_cluster: None,
            privileged_namespaces: vec!["kube-system".into(), "kube-public".into(), "kube-node-lease".into()],
            system_namespaces: vec!["kube-system".into(), "kube-public".into(), "kube-node-lease".into()],
            exposed: None,
            trusted_registries: None,
            encrypted_storage: None,
            released_volume_days: 30,
            namespace_labels: Vec::new(),
            team_label: None,
            label_keys: LabelKeys::default(),
            environment_label: None,
            environments: Vec::new(),
            backup_days_min: 7,
            backup_days_max: 1825,
            restore_test_days: 180,
            audit_log_days_min: 7,
            audit_log_files_min: 10,
            audit_log_mb_min: 100,
            audit_policy: None,
            oidc_issuer: None,
            dex_static_login: None,
            dex_config: None,
            approved_regions: None,
            log_destination: None,
            log_store_lock: None,
            log_forwarders: Vec::new(),
            log_days_min: 30,
            log_days_max: 1825,
            alert_receiver: None,
            gatekeeper_audit_seconds: 600,
            quiet_hours: 24,
            report_days: 8,
            fixable_days: 30,
            unscanned_namespaces: Vec::new(),
            kube_bench_config_maps: Vec::new(),
            kube_bench_log_namespace: None,
        }
    }
}
