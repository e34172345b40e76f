//! Objects from the projects' own tests and documentation, where they are at hand: `../shared/corpus` beside the
//! repository, or the folder that `BEVIS_CORPUS` names. They are not part of the repository.

mod control_plane;
mod falco;
mod gatekeeper;
mod k8s_audit;
mod kube_bench;
mod kyverno;
mod log_forwarders;
mod native;
mod pods;
mod policy_report;
mod trivy;

use super::{Manifests, about, expect, now, said};
use crate::{policy::Policy, rules};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fmt::Write,
    io::Write as _,
    path::{Path, PathBuf},
};

/// The folder, or `None`, said aloud.
#[expect(clippy::disallowed_methods, reason = "a test is told where its input is")]
pub(super) fn corpus() -> Option<PathBuf> {
    let named = std::env::var("BEVIS_CORPUS").ok().map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"));
    if folder.is_dir() {
        return Some(folder);
    }
    // Past the capture of the test program, so that it is seen, and counted as skipped by scripts/counts.
    let line = format!("SKIPPED corpus: {} is not there; name the folder with BEVIS_CORPUS\n", folder.display());
    std::io::stderr().write_all(line.as_bytes()).expect("standard error");
    None
}

/// The files below a folder whose path holds `part`, in order.
pub(super) fn files(folder: &Path, part: &str) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains(part) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The documents of a file; `None` where it is no YAML or JSON.
pub(super) fn documents(path: &Path) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    serde_saphyr::from_multiple(&text).inspect_err(|error| println!("passed over {}: {error}", path.display())).ok()
}

/// Objects of documents, lists taken apart.
pub(super) fn of_documents(documents: impl IntoIterator<Item = Value>) -> Manifests {
    let mut found = Manifests::default();
    for document in documents {
        match document.get("items") {
            Some(Value::Array(items)) => found.0.extend(items.iter().cloned()),
            _ if document.is_object() => found.0.push(document),
            _ => {}
        }
    }
    found
}

/// Every object of the YAML and JSON files below a folder whose name holds `part`. Files that are no manifests are passed over.
pub(super) fn objects(folder: &Path, part: &str) -> Manifests {
    of_documents(files(folder, part).iter().filter_map(|path| documents(path)).flatten())
}

/// Every file below a folder with what is in it, by its path in the folder.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let named = |path: PathBuf| {
        let name = path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned();
        (name, std::fs::read(&path).expect("a file"))
    };
    let mut contents: Vec<(String, Vec<u8>)> = files(folder, "").into_iter().map(named).collect();
    contents.sort();
    contents
}

/// What a source says of every file below these folders of the corpus, each by itself: each verdict with its files.
pub(super) fn verdicts(folders: &[&str], say: impl Fn(Manifests) -> String) -> Option<String> {
    let corpus = corpus()?;
    let mut of_verdict: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in folders.iter().flat_map(|folder| files(&corpus.join(folder), "")) {
        let name = path.strip_prefix(&corpus).expect("below it").display().to_string();
        let objects = objects(&path, "");
        let verdict = if objects.0.is_empty() { "no object\n".into() } else { say(objects) };
        of_verdict.entry(verdict).or_default().push(name);
    }
    let mut text = String::new();
    for (verdict, files) in of_verdict {
        for file in &files {
            writeln!(text, "# {file}").expect("a String takes everything");
        }
        writeln!(text, "{verdict}").expect("a String takes everything");
    }
    Some(text)
}

/// Compares with a text beside this file; `BEVIS_WRITE=1` writes it anew, to be read before it is committed.
#[track_caller]
pub(super) fn expect_file(actual: &str, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/corpus").join(name);
    if std::env::var_os("BEVIS_WRITE").is_some() {
        std::fs::write(&path, actual).expect("a snapshot");
    }
    assert_eq!(
        actual,
        std::fs::read_to_string(&path).unwrap_or_default(),
        "{name}: see with BEVIS_WRITE=1 and git diff"
    );
}

/// The roles that the bindings of the corpus name, as Kubernetes makes them, as far as a verdict needs them.
const ROLES: &str = r#"
kind: ClusterRole
metadata: {name: cluster-admin, labels: {kubernetes.io/bootstrapping: rbac-defaults}}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
---
kind: ClusterRole
metadata: {name: "system:discovery"}
rules: [{nonResourceURLs: [/api, /api/*, /apis, /apis/*, /healthz, /version], verbs: [get]}]
---
kind: ClusterRole
metadata: {name: "system:basic-user"}
rules: [{apiGroups: [authorization.k8s.io], resources: [selfsubjectaccessreviews], verbs: [create]}]
---
kind: ClusterRole
metadata: {name: "system:public-info-viewer"}
rules: [{nonResourceURLs: [/healthz, /version], verbs: [get]}]
"#;

#[test]
fn the_bootstrap_bindings_of_kubernetes_are_in_order() {
    let Some(corpus) = corpus() else { return };
    let judged = |part: &str| {
        let mut all = objects(&corpus.join("rbac"), part);
        // The old ones were recorded in a version that is no longer served; their form is the same.
        all.0.iter_mut().for_each(|object| object["apiVersion"] = "rbac.authorization.k8s.io/v1".into());
        said(&rules::rbac::evaluate(&all.with(Manifests::read(ROLES)).rbac(), &Policy::default()))
    };
    expect(
        &judged("bindings.yaml"),
        "
rbac.cluster_admin_baseline pass 0/1
rbac.default_sa error 0/0 unread 1 unread
rbac.escalation_verbs pass 0/4
rbac.exec_rights pass 0/0
rbac.groups_not_users pass 0/4
rbac.no_admin_to_everyone pass 0/1
rbac.no_system_masters pass 0/10
rbac.no_unauthenticated_grants pass 0/10
rbac.no_wildcards pass 0/4
rbac.secret_readers pass 0/0
rbac.separation needs_review 0/0 not_told
",
    );
    expect(
        &judged("old-v1beta1"),
        "
rbac.cluster_admin_baseline pass 0/1
rbac.default_sa error 0/0 unread 1 unread
rbac.escalation_verbs pass 0/4
rbac.exec_rights pass 0/0
rbac.groups_not_users pass 0/4
rbac.no_admin_to_everyone pass 0/1
rbac.no_system_masters pass 0/8
rbac.no_unauthenticated_grants fail 2/8
  low ClusterRoleBinding system:basic-user (Group:system:unauthenticated): discovery [role=ClusterRole/system:basic-user; subject=Group:system:unauthenticated]
  low ClusterRoleBinding system:discovery (Group:system:unauthenticated): discovery [role=ClusterRole/system:discovery; subject=Group:system:unauthenticated]
rbac.no_wildcards pass 0/4
rbac.secret_readers pass 0/0
rbac.separation needs_review 0/0 not_told
",
    );
}

#[test]
fn bindings_that_another_scanner_finds_are_found() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("apiserver-and-cloud/kubescape-test-inputs");
    let judged = |part: &str, check: &str| {
        let all = objects(&folder, part).with(Manifests::read(ROLES));
        about(check, &rules::rbac::evaluate(&all.rbac(), &Policy::default()))
    };
    for (part, check, expected) in [
        // That scanner counts the built-in role for version and health; we expect it.
        (
            "anonymous-access-enabled__test__fail",
            "rbac.no_unauthenticated_grants",
            "rbac.no_unauthenticated_grants pass 0/2",
        ),
        (
            "cluster-admin-role__test__clusterrole-c",
            "rbac.cluster_admin_baseline",
            "rbac.cluster_admin_baseline needs_review 0/2 no_list [count=2; subjects=Group:dev, Group:manager]",
        ),
        // A binding of the cluster cannot bind the role of a namespace: the API server refuses it, and it grants nothing.
        ("cluster-admin-role__test__role-c", "rbac.cluster_admin_baseline", "rbac.cluster_admin_baseline pass 0/0"),
        (
            "rule-list-all-cluster-admins-v1",
            "rbac.no_wildcards",
            "rbac.no_wildcards fail 2/6\n  high ClusterRole test: wildcard [groups=core]\n  high Role kube-system/test: wildcard [groups=*]",
        ),
        (
            "rule-list-all-cluster-admins-v1",
            "rbac.escalation_verbs",
            "
rbac.escalation_verbs fail 1/2
  medium RoleBinding kube-system/pod (User:jane): holds [powers=create serviceaccounts/token, impersonate serviceaccounts; role=ClusterRole/test; subject=User:jane]
",
        ),
    ] {
        expect(&judged(part, check), expected);
    }
}

#[test]
fn roles_and_namespaces_with_every_field_set_are_understood() {
    let Some(corpus) = corpus() else { return };
    let all = objects(&corpus.join("kubernetes-api-roundtrip"), "v1.");
    let rbac = all.rbac();
    let read = (rbac.cluster_roles.items.len(), rbac.cluster_role_bindings.items.len(), rbac.role_bindings.items.len());
    assert_eq!((read, rbac.cluster_roles.unread + rbac.role_bindings.unread), ((1, 1, 1), 0));
    expect(
        &said(&rules::pod_security::evaluate(&all.pod_security(32, &[]), &Policy::default())),
        "
pod.engine_ready not_applicable 0/0 none
pod.policy_mechanism fail 1/1
  critical Namespace nameValue: none
pod.psa_level fail 1/1
  high Namespace nameValue: unlabelled
pod.psp_legacy not_applicable 0/0 unused
pod.vap_bound fail 2/2
  low ValidatingAdmissionPolicy nameValue: unbound
  low ValidatingAdmissionPolicyBinding nameValue: dangling [policy=policyNameValue]
pod.webhook_fail_closed not_applicable 0/0 none
",
    );
}

#[test]
fn legacy_policies_of_the_documentation_are_told_apart() {
    let Some(corpus) = corpus() else { return };
    let legacy = |all: &Manifests| {
        about("pod.psp_legacy", &rules::pod_security::evaluate(&all.pod_security(20, &[]), &Policy::default()))
    };
    expect(&legacy(&objects(&corpus.join("psp"), "")), "pod.psp_legacy needs_review 0/3 plugin_unknown [count=2]");
    for (file, expected) in [
        ("baseline-psp", "needs_review 0/1 plugin_unknown [count=1]"),
        ("privileged-psp", "fail 1/1\n  info PodSecurityPolicy privileged: permissive"),
        ("restricted-psp", "needs_review 0/1 plugin_unknown [count=1]"),
    ] {
        expect(&legacy(&objects(&corpus.join("psp"), file)), &format!("pod.psp_legacy {expected}"));
    }
}

#[test]
fn certificates_of_the_documentation_have_no_status_and_are_not_in_order() {
    let Some(corpus) = corpus() else { return };
    let all = objects(&corpus.join("cert-manager/samples"), "");
    expect(
        &said(&rules::cert_manager::evaluate(&all.cert_manager(), now())),
        "
cert.expiring error 0/0 unread 2 unread
cert.issuers fail 1/1
  high Issuer default/selfsigned-issuer: not_ready [reason=-]
cert.key_strength needs_review 0/2 rotation_unset [certificates=Certificate default/test1, Certificate default/test2; count=2]
cert.requests not_applicable 0/0 none
cert.valid fail 2/2
  high Certificate default/test1: not_ready [reason=-]
  high Certificate default/test2: not_ready [reason=-]
",
    );
}

#[test]
fn backups_of_the_documentation_are_judged() {
    let Some(corpus) = corpus() else { return };
    let all = objects(&corpus.join("velero"), "samples");
    // Its one schedule has maps where the CRD asks for lists, so that no API server would hold it.
    expect(
        &said(&rules::velero::evaluate(&all.velero(), &Policy::default(), now())),
        "
bak.coverage error 0/0 unread 1 unread
bak.enabled error 0/0 unread 1 unread
bak.failed error 0/0 unread 1 unread
bak.location fail 1/4
  critical BackupStorageLocation openshift-adp-operator/example-dpa-1: unavailable
bak.location_tls pass 0/4
bak.recent error 0/0 unread 1 unread
bak.restore_test fail 1/1
  medium Restore *: never [days=180]
bak.retention error 0/0 unread 1 unread
",
    );
}
