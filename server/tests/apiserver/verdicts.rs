//! What is said of real objects in a real API server.

use crate::{
    Ending,
    api::Api,
    process::{ADMIN, ApiServer},
    reading::{coverages, failing, scans, target, told, with_token},
};
use model::scan::Coverage;
use serde_json::Value;
use server::config::ScanSettings;
use std::path::{Path, PathBuf};

#[expect(clippy::disallowed_methods, reason = "a test is told where its input is")]
fn corpus_folder() -> Result<PathBuf, Ending> {
    let named = std::env::var("BEVIS_CORPUS").ok().map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"));
    let absent = || Ending::Skipped(format!("{} is not there; name it with BEVIS_CORPUS", folder.display()));
    if folder.is_dir() { Ok(folder) } else { Err(absent()) }
}

/// Every object in the YAML files below a folder; files that are no YAML are passed over.
fn objects(folder: &Path) -> Vec<Value> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(objects(&path));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for mut document in serde_saphyr::from_multiple::<Value>(&text).unwrap_or_default() {
            fill_empty_defaults(&mut document);
            match document.get("items").and_then(Value::as_array) {
                Some(items) => found.extend(items.iter().cloned()),
                None => found.push(document),
            }
        }
    }
    found
}

/// Kubernetes 1.20 does not take an empty text as a default in a CRD's schema; nothing that is read needs it.
fn fill_empty_defaults(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.get("default").is_some_and(|default| default == "" || default.is_null()) {
                map.insert("default".into(), "unset".into());
            }
            map.values_mut().for_each(fill_empty_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(fill_empty_defaults),
        _ => {}
    }
}

/// Nothing but what the API server makes itself at start.
pub(crate) async fn as_made(server: &ApiServer) -> Ending {
    let target = target(server, &with_token(server, ADMIN), ScanSettings::default()).expect("a target");
    let scans = scans(&target).await;
    assert!(scans[0].version.as_deref().is_some_and(|version| version.starts_with("v1.")), "{:?}", scans[0].version);
    assert!(scans[0].reads.iter().map(|read| read.objects).sum::<u32>() > 100, "{:?}", scans[0].reads);
    let text = told(&scans);
    assert!(text.contains("rbac.cluster_admin_baseline pass"), "{text}");
    assert!(text.contains("rbac.no_admin_to_everyone pass"), "{text}");
    assert!(text.contains("rbac.no_system_masters pass"), "{text}");
    assert!(text.contains("rbac.no_unauthenticated_grants pass"), "{text}");
    assert!(text.contains("rbac.no_wildcards pass"), "{text}");
    assert!(text.contains("rbac.escalation_verbs pass"), "{text}");
    assert!(text.contains("rbac.secret_readers pass"), "{text}");
    assert!(text.contains("cert.valid not_evaluated 0 absent"), "{text}");
    assert!(text.contains("bak.recent not_evaluated 0 absent"), "{text}");
    Ending::Passed
}

/// The projects' own CRDs: first not there, then there and empty.
pub(crate) async fn installed(server: &ApiServer) -> Ending {
    let corpus = match corpus_folder() {
        Ok(corpus) => corpus,
        Err(skipped) => return skipped,
    };
    let api = Api::new(server, ADMIN).expect("a client");
    for folder in ["cert-manager/crds", "velero/crds"] {
        for crd in objects(&corpus.join(folder)) {
            api.load(&crd).await.expect("an answer");
        }
    }
    for refused in api.refused.lock().await.iter() {
        println!("apiserver: refused: {refused}");
    }
    let target = target(server, &with_token(server, ADMIN), ScanSettings::default()).expect("a target");
    for _ in 0..50 {
        let read = coverages(&scans(&target).await);
        if read == [Coverage::Complete, Coverage::Complete, Coverage::Complete, Coverage::NeverRan] {
            return Ending::Passed;
        }
        // The API server takes a moment to serve what a CRD declares.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    Ending::Failed("the CRDs are not served".into())
}

/// Objects with the status that their controllers would write.
const OBSERVED: &str = r#"
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: ran-out, namespace: shop}
spec: {secretName: ran-out, dnsNames: [shop.example.org], issuerRef: {name: ca, kind: ClusterIssuer}}
status:
  conditions: [{type: Ready, status: "True", lastTransitionTime: "2020-01-01T00:00:00Z"}]
  notBefore: "2020-01-01T00:00:00Z"
  notAfter: "2020-03-31T00:00:00Z"
  renewalTime: "2020-03-01T00:00:00Z"
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: trial}
spec: {acme: {server: "https://acme-staging-v02.api.letsencrypt.org/directory", privateKeySecretRef: {name: trial}}}
status: {conditions: [{type: Ready, status: "True"}]}
---
apiVersion: velero.io/v1
kind: Schedule
metadata: {name: daily, namespace: velero}
spec: {schedule: "0 0 * * *", template: {ttl: 48h, includedNamespaces: [shop]}}
status: {phase: Enabled}
---
apiVersion: velero.io/v1
kind: Backup
metadata: {name: daily-20200101000000, namespace: velero, labels: {velero.io/schedule-name: daily}}
spec: {}
status: {phase: PartiallyFailed, startTimestamp: "2020-01-01T00:00:00Z", errors: 2}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: bank}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
"#;

/// What is said of all of that.
const VERDICTS: &str = "
rbac complete
  rbac.cluster_admin_baseline needs_review 0 no_list
  rbac.default_sa error 0 unread
  rbac.escalation_verbs fail 1 -
  rbac.exec_rights needs_review 0 no_list
  rbac.groups_not_users fail 3 -
  rbac.no_admin_to_everyone pass 0 -
  rbac.no_system_masters pass 0 -
  rbac.no_unauthenticated_grants pass 0 -
  rbac.no_wildcards fail 2 -
  rbac.secret_readers needs_review 0 no_list
  rbac.separation needs_review 0 not_told
pod_security complete
  pod.engine_ready not_applicable 0 none
  pod.policy_mechanism needs_review 0 other_engine
  pod.psa_level not_evaluated 0 no_admission
  pod.psp_legacy needs_review 0 no_successor
  pod.vap_bound not_applicable 0 none
  pod.webhook_fail_closed not_applicable 0 none
pods complete
  pod.baseline not_evaluated 0 none
  pod.no_privileged not_evaluated 0 none
  pod.non_root not_evaluated 0 none
  pod.restricted not_evaluated 0 none
gatekeeper absent
  gk.audit_fresh not_evaluated 0 absent
  gk.enforced not_evaluated 0 absent
  gk.violations not_evaluated 0 absent
kyverno absent
  img.signatures not_evaluated 0 absent
  kyv.enforced not_evaluated 0 absent
policy_report absent
  kyv.results not_evaluated 0 absent
cert_manager complete
  cert.expiring fail 1 -
  cert.issuers fail 1 -
  cert.key_strength needs_review 0 rotation_unset
  cert.requests not_applicable 0 none
  cert.valid fail 1 -
velero complete
  bak.coverage fail 1 -
  bak.enabled pass 0 -
  bak.failed fail 1 -
  bak.location fail 1 -
  bak.location_tls pass 0 -
  bak.recent error 0 unread
  bak.restore_test fail 1 -
  bak.retention fail 1 -
api_server hidden
  auth.anonymous_off not_visible 0 elsewhere
  auth.no_static_token_file not_visible 0 elsewhere
  auth.oidc_configured not_visible 0 elsewhere
  authn.kubelet_anonymous_off not_visible 0 no_config
  authz.rbac_node_mode not_visible 0 elsewhere
  enc.apiserver_tls not_visible 0 elsewhere
  enc.etcd_tls not_visible 0 elsewhere
  enc.secrets_at_rest not_visible 0 elsewhere
  log.audit_backend not_visible 0 elsewhere
  log.audit_policy not_visible 0 elsewhere
  log.audit_policy_content not_visible 0 unattached
  log.audit_rotation not_visible 0 elsewhere
dex absent
  auth.dex_no_static_login not_evaluated 0 not_installed
  auth.dex_ready not_evaluated 0 not_installed
  auth.issuer_reachable not_evaluated 0 undeclared
nodes complete
  avl.redundancy error 0 unread
  cfg.version_supported fail 1 -
  log.clock_skew pass 0 -
  phy.region error 0 unread
audit_log complete
  bak.offsite not_evaluated 0 none
  log.audit_forwarded not_visible 0 hidden
  log.forwarder_ready not_evaluated 0 none
  log.immutable_store not_visible 0 undeclared
  log.retention_job not_evaluated 0 none
  log.shipping_destination not_evaluated 0 none
falco absent
  det.alert_route not_evaluated 0 none
  det.falco_coverage not_evaluated 0 none
network complete
  enc.ingress_tls not_applicable 0 none
  net.default_deny fail 10 -
  net.exposed not_applicable 0 none
workloads complete
  avl.disruption_budget not_applicable 0 no_replicas
  cap.requests error 0 unread
  img.immutable_ref error 0 unread
  img.trusted_registry error 0 unread
  sec.env error 0 unread
storage complete
  enc.storage not_applicable 0 no_volumes
  out.released_volumes not_applicable 0 none
inventory complete
  env.separation needs_review 0 not_configured
  out.classified needs_review 0 no_labels
trivy absent
  cfg.audit not_evaluated 0 absent
  cfg.infra not_evaluated 0 absent
  sec.exposed not_evaluated 0 absent
  vul.coverage not_evaluated 0 absent
  vul.critical_fixable not_evaluated 0 absent
  vul.eosl not_evaluated 0 absent
kube_bench absent
  cfg.cis not_evaluated 0 absent
custom complete
rbac.escalation_verbs RoleBinding kube-system/pod (User:jane): holds
rbac.groups_not_users ClusterRoleBinding bevis-reader (User:limited): person
rbac.groups_not_users RoleBinding default/pod (User:jane): person
rbac.groups_not_users RoleBinding kube-system/pod (User:jane): person
rbac.no_wildcards ClusterRole test: wildcard
rbac.no_wildcards Role kube-system/test: wildcard
cert.expiring Certificate shop/ran-out: soon
cert.issuers ClusterIssuer trial: staging
cert.valid Certificate shop/ran-out: expired
bak.coverage Namespace bank: not_covered
bak.failed Schedule velero/daily: partial
bak.location BackupStorageLocation openshift-adp-operator/example-dpa-1: unavailable
bak.restore_test Restore *: never
bak.retention Schedule velero/daily: too_short
cfg.version_supported APIServer *: ended
net.default_deny Namespace bank (egress): no_egress
net.default_deny Namespace bank (ingress): no_ingress
net.default_deny Namespace default (egress): no_egress
net.default_deny Namespace default (ingress): no_ingress
net.default_deny Namespace openshift-adp-operator (egress): no_egress
net.default_deny Namespace openshift-adp-operator (ingress): no_ingress
net.default_deny Namespace shop (egress): no_egress
net.default_deny Namespace shop (ingress): no_ingress
net.default_deny Namespace velero (egress): no_egress
net.default_deny Namespace velero (ingress): no_ingress
";

/// Certificates, backups, bindings and policies of the projects' own documentation and tests.
pub(crate) async fn corpus(server: &ApiServer) -> Ending {
    let corpus = match corpus_folder() {
        Ok(corpus) => corpus,
        Err(skipped) => return skipped,
    };
    let api = Api::new(server, ADMIN).expect("a client");
    let (mut loaded, mut refused) = (0, 0);
    let folders = [
        "cert-manager/samples",
        "velero/doc-samples",
        "velero/status-samples",
        "rbac",
        "psp",
        "apiserver-and-cloud/kubescape-test-inputs",
    ];
    for object in folders.iter().flat_map(|folder| objects(&corpus.join(folder))) {
        if object["metadata"]["name"].is_string() && api.load(&object).await.expect("an answer") {
            loaded += 1;
        } else {
            refused += 1;
        }
    }
    api.load_all(OBSERVED).await.expect("loaded");
    println!("apiserver: corpus: {loaded} objects loaded, {refused} of other kinds or refused by the API server");
    assert!(loaded >= 20, "{loaded}");
    let target = target(server, &with_token(server, ADMIN), ScanSettings::default()).expect("a target");
    let scans = scans(&target).await;
    let failing: Vec<String> = scans.iter().flat_map(|scan| failing(&scan.evaluation)).collect();
    assert_eq!(format!("{}{}", told(&scans), failing.join("\n")).trim(), VERDICTS.trim());
    Ending::Passed
}
