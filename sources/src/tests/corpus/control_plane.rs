//! Control planes, kubelets, nodes and Dex, as other projects' tests and documentation have them: every file of
//! `apiserver-and-cloud`, `dex`, and the node of `kubernetes-api-roundtrip`.

use super::{corpus, objects};
use crate::{
    policy::{ConfigMapKey, Policy},
    tests::{Manifests, dex, expect, said},
};
use k8s_openapi::ByteString;
use model::{
    evaluation::{Evaluation, Outcome},
    source::Source,
};
use serde_json::{Value, json};
use std::path::Path;

/// The object as a cluster would show it: what another scanner found on a node is put where we look for it.
fn shown(object: &Value) -> Option<Value> {
    let data = &object["data"];
    match object["kind"].as_str()? {
        "Pod" => Some(object.clone()),
        "ControlPlaneInfo" => {
            let command: Vec<&str> = data["APIServerInfo"]["cmdLine"].as_str()?.split_whitespace().collect();
            let metadata =
                json!({ "name": "x", "namespace": "kube-system", "labels": { "component": "kube-apiserver" } });
            Some(json!({ "kind": "Pod", "metadata": metadata, "spec": { "containers": [{ "command": command }] } }))
        }
        "KubeletInfo" => {
            let file: ByteString = serde_json::from_value(data["configFile"]["content"].clone()).ok()?;
            let metadata = json!({ "name": "kubelet-config", "namespace": "kube-system" });
            let data = json!({ "kubelet": String::from_utf8(file.0).ok()? });
            Some(json!({ "kind": "ConfigMap", "metadata": metadata, "data": data }))
        }
        _ => None,
    }
}

/// What is seen to pass, to fail, or to be for a person, on one line a check.
fn seen(evaluation: &Evaluation) -> Vec<String> {
    let results = evaluation.results.iter().filter(|result| result.outcome != Outcome::NotVisible);
    let line = |result: &model::evaluation::CheckResult| {
        let faults = evaluation.observations.iter().filter(|seen| seen.check == result.check);
        let why: Vec<&str> = faults.map(|seen| seen.fault.as_str()).chain(result.reason.as_deref()).collect();
        format!("  {} {} {}", result.check, result.outcome, why.join(" ")).trim_end().to_owned()
    };
    results.map(line).collect()
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { files.extend(self::files(&entry.path())) } else { files.push(entry.path()) }
    }
    files.sort();
    files
}

#[test]
fn control_planes_that_another_scanner_judges() {
    let Some(corpus) = corpus() else { return };
    let mut told = Vec::new();
    let mut others = 0;
    for file in files(&corpus.join("apiserver-and-cloud")) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let all = Manifests(objects(&file, "").0.iter().filter_map(shown).collect());
        let seen = seen(&all.cluster(32, &[]).evaluate(Source::ApiServer, &Policy::default()));
        if seen.is_empty() {
            others += 1;
            continue;
        }
        told.push(name.replace("ensure-that-the-", "").replace("__test__", ": ").replace("__input__", " "));
        told.extend(seen.into_iter().filter(|line| !USUAL.contains(&line.trim_start())));
    }
    told.push(format!("{others} files without anything of a control plane: settings of clouds, files of nodes, roles"));
    expect(&(told.join("\n") + "\n"), CONTROL_PLANES);
}

/// What most of them show, being made by minikube; said below is what differs.
const USUAL: &[&str] = &[
    "auth.anonymous_off fail on",
    "auth.no_static_token_file pass",
    "auth.oidc_configured fail none",
    "authz.rbac_node_mode pass",
    "enc.apiserver_tls pass",
    "enc.etcd_tls needs_review external",
    "enc.secrets_at_rest fail none",
    "log.audit_backend fail none",
    "log.audit_policy fail none",
    "log.audit_rotation not_applicable no_file",
];

const CONTROL_PLANES: &str = "
anonymous-requests-to-kubelet-updated: no-cli-params kubelet-info.json
  authn.kubelet_anonymous_off pass
anonymous-requests-to-kubelet-updated: valid-cli kubelet-info.json
  authn.kubelet_anonymous_off pass
anonymous-requests-to-kubelet-updated: valid-config kubelet-info.json
  authn.kubelet_anonymous_off pass
audit-policy-content: failed-missing-argument control_plane_info.json
  enc.secrets_at_rest needs_review content
admission-control-plugin-NodeRestriction-is-set: passed 1.yaml
admission-control-plugin-NodeRestriction-is-set: rke2-args-fail 1.yaml
  authz.rbac_node_mode fail unset
  enc.etcd_tls error unread
admission-control-plugin-NodeRestriction-is-set: rke2-args 1.yaml
api-server-anonymous-auth-argument-is-set-to-false: rke2-args-fail 1.yaml
  authz.rbac_node_mode fail unset
  enc.etcd_tls error unread
api-server-audit-log-path-argument-is-set: rke2-args-fail 1.yaml
  authz.rbac_node_mode fail unset
  enc.etcd_tls error unread
api-server-audit-log-path-argument-is-set: rke2-args 1.yaml
  log.audit_backend pass
  log.audit_rotation needs_review unset
api-server-authorization-mode-argument-includes-RBAC: failed 1.yaml
  authz.rbac_node_mode fail no_rbac
api-server-authorization-mode-argument-includes-RBAC: failed 2.yaml
  authz.rbac_node_mode fail unset
api-server-authorization-mode-argument-includes-RBAC: rke2-args-fail 1.yaml
  authz.rbac_node_mode fail no_rbac
  enc.etcd_tls error unread
api-server-authorization-mode-argument-includes-RBAC: rke2-args 1.yaml
api-server-encryption-provider-config-argument-is-set-as-appropriate: failed 1.yaml
api-server-encryption-provider-config-argument-is-set-as-appropriate: failed control_plane_info.json
  enc.secrets_at_rest needs_review content
api-server-encryption-provider-config-argument-is-set-as-appropriate: rke2-args-fail 1.yaml
  authz.rbac_node_mode fail unset
  enc.etcd_tls error unread
k8s-audit-logs-enabled-native: rke2-args-fail 1.yaml
  authz.rbac_node_mode fail unset
  enc.etcd_tls error unread
k8s-audit-logs-enabled-native: rke2-args 1.yaml
  authz.rbac_node_mode fail unset
  enc.etcd_tls error unread
  log.audit_policy pass
k8s-audit-logs-enabled-native: test-passed apiserverpod.json
  log.audit_policy pass
27 files without anything of a control plane: settings of clouds, files of nodes, roles
";

#[test]
fn configurations_of_dex_are_told_apart_and_its_objects_are_never_asked_for() {
    let Some(corpus) = corpus() else { return };
    let policy = Policy {
        dex_config: Some(ConfigMapKey { namespace: "dex".into(), name: "dex".into(), key: "config.yaml".into() }),
        ..Policy::default()
    };
    let mut told = Vec::new();
    for file in files(&corpus.join("dex")) {
        let text = std::fs::read_to_string(&file).expect("a text");
        let metadata = json!({ "name": "dex", "namespace": "dex" });
        let map = json!({ "kind": "ConfigMap", "metadata": metadata, "data": { "config.yaml": text } });
        let evaluation = Manifests(vec![map]).cluster(32, &[]).evaluate(Source::Dex, &policy);
        let of_login = |line: &String| line.contains("static_login");
        let verdict = seen(&evaluation).into_iter().find(of_login).unwrap_or_else(|| "  no configuration".into());
        told.push(format!("{}{verdict}", file.file_name().expect("a name").to_string_lossy()));
    }
    expect(&(told.join("\n") + "\n"), DEX);
    assert!(!format!("{:?}", crate::request::asks(Source::Dex, &dex::policy())).contains("dex.coreos.com"));
}

const DEX: &str = "
authcodes.yaml  no configuration
authrequests.yaml  no configuration
connectors.yaml  no configuration
devicerequests.yaml  no configuration
devicetokens.yaml  no configuration
oauth2clients.yaml  no configuration
offlinesessionses.yaml  no configuration
passwords.yaml  no configuration
refreshtokens.yaml  no configuration
signingkeies.yaml  no configuration
config-ad-kubelogin.yaml  auth.dex_no_static_login pass
config.dist.yaml  auth.dex_no_static_login fail passwords
";

#[test]
fn a_node_with_every_field_set_is_understood() {
    let Some(corpus) = corpus() else { return };
    let all = objects(&corpus.join("kubernetes-api-roundtrip"), "v1.");
    expect(&said(&all.cluster(34, &[]).evaluate(Source::Nodes, &Policy::default())), NODE);
}

const NODE: &str = "
avl.redundancy needs_review 0/1 no_zones
cfg.version_supported pass 0/1 unread 1 facts [ends=2026-10-27; kernels=kernelVersionValue; kubelets=kubeletVersionValue; systems=osImageValue; version=v1.34.0]
log.clock_skew error 0/0 unread 2 unread
phy.region needs_review 0/1 no_list [regions=]
";
