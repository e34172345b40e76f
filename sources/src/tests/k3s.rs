//! Control planes of K3s and RKE2: what their servers were started with, as they write it on their nodes.

use super::{Manifests, about, expect, said};
use crate::{policy::Policy, reading::coverage};
use model::{evaluation::Evaluation, scan::Coverage, source::Source};
use serde_json::json;

const CONTROL_PLANE: &str = "node-role.kubernetes.io/control-plane";

/// A node as K3s or RKE2 makes it.
fn node(name: &str, labels: &[&str], version: &str, arguments: &str) -> Manifests {
    let program = if version.contains("rke2") { "rke2" } else { "k3s" };
    let labels: serde_json::Map<String, serde_json::Value> =
        labels.iter().map(|label| ((*label).to_owned(), json!("true"))).collect();
    let annotations = json!({
        format!("{program}.io/node-args"): arguments,
        format!("{program}.io/node-env"): r#"{"K3S_TOKEN":"********"}"#,
        format!("{program}.io/node-config-hash"): "FBV4UQYLF2N7NH7EK42GKOTU5YA24TXB4WAYZHA5ZOFNGZHC4ZPA====",
    });
    Manifests(vec![json!({
        "kind": "Node",
        "apiVersion": "v1",
        "metadata": { "name": name, "labels": labels, "annotations": annotations },
        "status": { "nodeInfo": { "kubeletVersion": version } },
    })])
}

/// A server of K3s with these arguments.
fn server(name: &str, arguments: &[&str]) -> Manifests {
    let all: Vec<&str> = ["server"].iter().chain(arguments).copied().collect();
    node(name, &[CONTROL_PLANE], "v1.34.1+k3s1", &json!(all).to_string())
}

fn evaluate(manifests: &Manifests) -> (Evaluation, Coverage) {
    let mut cluster = manifests.cluster(34, &[]);
    cluster.hello.version = Some("v1.34.1+k3s1".into());
    let policy = Policy::default();
    let seen = coverage(&*cluster.reading(Source::ApiServer, &policy)).0;
    (cluster.evaluate(Source::ApiServer, &policy), seen)
}

#[track_caller]
fn check(id: &str, manifests: &Manifests, expected: &str) {
    expect(&about(id, &evaluate(manifests).0), &format!("{id} {expected}"));
}

#[test]
fn what_a_server_was_started_with_is_judged_as_flags_of_the_api_server_are() {
    let all = server(
        "a",
        &[
            "--secrets-encryption",
            "true",
            "--kube-apiserver-arg",
            "audit-policy-file=/etc/rancher/k3s/audit.yaml",
            "--kube-apiserver-arg",
            "audit-log-path=/var/log/k3s/audit.log",
            "--kube-apiserver-arg",
            "audit-log-maxage=30",
            "--kube-apiserver-arg",
            "audit-log-maxbackup=10",
            "--kube-apiserver-arg",
            "audit-log-maxsize=100",
            "--kube-apiserver-arg",
            "oidc-issuer-url=https://dex.example.org",
            "--kube-apiserver-arg",
            "oidc-client-id=kubernetes",
            "--token",
            "********",
        ],
    );
    let (evaluation, seen) = evaluate(&all);
    assert_eq!(seen, Coverage::Complete);
    expect(
        &said(&evaluation),
        "
auth.anonymous_off pass 0/1 arguments
auth.no_static_token_file pass 0/1 arguments
auth.oidc_configured pass 0/1 arguments
authn.kubelet_anonymous_off not_visible 0/0 no_flags [nodes=a]
authz.rbac_node_mode pass 0/1 arguments
enc.apiserver_tls pass 0/1 arguments
enc.etcd_tls not_visible 0/0 in_process
enc.secrets_at_rest needs_review 0/1 generated
log.audit_backend pass 0/1 arguments
log.audit_policy pass 0/1 arguments
log.audit_policy_content not_visible 0/0 unattached
log.audit_rotation pass 0/1 arguments
",
    );
}

#[test]
fn what_a_server_was_not_given_is_as_k3s_sets_it() {
    expect(
        &said(&evaluate(&server("a", &[])).0),
        "
auth.anonymous_off pass 0/1 arguments
auth.no_static_token_file pass 0/1 arguments
auth.oidc_configured fail 1/1 arguments
  high Server k3s: none
authn.kubelet_anonymous_off not_visible 0/0 no_flags [nodes=a]
authz.rbac_node_mode pass 0/1 arguments
enc.apiserver_tls pass 0/1 arguments
enc.etcd_tls not_visible 0/0 in_process
enc.secrets_at_rest fail 1/1 arguments
  high Server k3s: none
log.audit_backend fail 1/1 arguments
  critical Server k3s: none
log.audit_policy fail 1/1 arguments
  critical Server k3s: none
log.audit_policy_content not_visible 0/0 unattached
log.audit_rotation not_applicable 0/1 no_file
",
    );
    let given = |flag: &str| server("a", &["--kube-apiserver-arg", flag]);
    check("auth.anonymous_off", &given("anonymous-auth=true"), "fail 1/1 arguments\n  medium Server k3s: on");
    check("auth.anonymous_off", &given("authentication-config=/x"), "needs_review 0/1 file");
    check("authz.rbac_node_mode", &given("authorization-config=/x"), "needs_review 0/1 file");
    let of_its_own = server("a", &["--secrets-encryption", "--kube-apiserver-arg", "encryption-provider-config=/x"]);
    check("enc.secrets_at_rest", &of_its_own, "needs_review 0/1 content");
}

#[test]
fn servers_that_differ_are_one_finding() {
    let both = server("a", &["--secrets-encryption"]).with(server("b", &["--secrets-encryption", "false"]));
    check("enc.secrets_at_rest", &both, "fail 1/2 arguments\n  high Server k3s: mixed [nodes=b]");
}

#[test]
fn only_servers_with_an_api_server_count_and_one_that_does_not_tell_leaves_a_doubt() {
    let id = "log.audit_policy";
    let audited = || server("a", &["--kube-apiserver-arg", "audit-policy-file=/x"]);
    let etcd = node("b", &["node-role.kubernetes.io/etcd"], "v1.34.1+k3s1", r#"["server","--disable-apiserver"]"#);
    let agent = node("c", &[], "v1.34.1+k3s1", r#"["agent","--kube-apiserver-arg","x=y"]"#);
    check(id, &audited().with(etcd).with(agent), "pass 0/1 arguments");
    let silent = node("b", &[CONTROL_PLANE], "v1.34.1+k3s1", "no list");
    check(id, &audited().with(silent.clone()), "pass 0/1 unread 1 arguments");
    check(id, &silent, "not_visible 0/0 in_process");
}

#[test]
fn arguments_that_may_lack_what_stands_in_a_file_are_not_judged() {
    let old = node("a", &[CONTROL_PLANE], "v1.21.0+k3s1", r#"["server"]"#);
    let (evaluation, seen) = evaluate(&old);
    expect(&about("enc.secrets_at_rest", &evaluation), "enc.secrets_at_rest not_visible 0/0 in_process");
    assert_eq!(seen, Coverage::Hidden);
}

#[test]
fn a_pod_with_the_labels_of_an_api_server_is_none_where_k3s_runs_it() {
    let pod = Manifests::read(
        "
kind: Pod
apiVersion: v1
metadata: {name: kube-apiserver-a, namespace: kube-system, labels: {component: kube-apiserver}}
spec: {nodeName: a, containers: [{command: [kube-apiserver, --audit-policy-file=/x]}]}
",
    );
    check("log.audit_policy", &pod, "not_visible 0/0 in_process");
    check("log.audit_policy", &pod.with(server("a", &[])), "fail 1/1 arguments\n  critical Server k3s: none");
}

#[test]
fn flags_of_kubelets_are_judged_where_they_are_told() {
    let id = "authn.kubelet_anonymous_off";
    let kubelet = |name: &str, flags: &[&str]| {
        let flags = flags.iter().flat_map(|flag| ["--kubelet-arg", *flag]);
        node(name, &[], "v1.34.1+k3s1", &json!(["agent"].into_iter().chain(flags).collect::<Vec<_>>()).to_string())
    };
    let good = ["anonymous-auth=false", "authorization-mode=Webhook", "read-only-port=0"];
    check(id, &kubelet("a", &good), "pass 0/1 flags");
    check(id, &kubelet("a", &good).with(kubelet("b", &good[1..])), "not_visible 0/1 no_flags [nodes=b]");
    let stranger = ["anonymous-auth=false", "anonymous-auth=true"];
    check(
        id,
        &kubelet("a", &good).with(kubelet("b", &stranger)).with(kubelet("c", &[])),
        "fail 1/2 unread 1 flags\n  high Node b: anonymous",
    );
    let all = kubelet("a", &["authorization-mode=AlwaysAllow"]).with(kubelet("b", &["read-only-port=10255"]));
    check(id, &all, "fail 2/2 flags\n  high Node a: always_allow\n  high Node b: read_only_port [port=10255]");
    let strange = ["anonymous-auth=perhaps", "authorization-mode=Webhook", "read-only-port=0"];
    check(id, &kubelet("a", &strange), "not_visible 0/0 no_flags [nodes=a]");
}

#[test]
fn rke2_is_judged_by_its_pods_and_its_own_file_encrypts_until_somebody_turns_it_off() {
    let version = "v1.34.1+rke2r1";
    let pod = |file: &str| {
        Manifests::read(&format!(
            "
kind: Pod
apiVersion: v1
metadata: {{name: kube-apiserver-a, namespace: kube-system, labels: {{component: kube-apiserver}}}}
spec: {{nodeName: a, containers: [{{command: [kube-apiserver], args: [--encryption-provider-config={file}]}}]}}
"
        ))
    };
    let own = || pod("/var/lib/rancher/rke2/server/cred/encryption-config.json");
    let server = |name: &str| node(name, &[], version, r#"["server","--cni","canal"]"#);
    let judged = |manifests: &Manifests, version: &str| {
        let mut cluster = manifests.cluster(34, &[]);
        cluster.hello.version = Some(version.into());
        about("enc.secrets_at_rest", &cluster.evaluate(Source::ApiServer, &Policy::default()))
    };
    let all = own().with(server("a"));
    expect(&judged(&all, version), "enc.secrets_at_rest needs_review 0/1 generated");
    let all = pod("/etc/mine.yaml").with(server("a"));
    expect(&judged(&all, version), "enc.secrets_at_rest needs_review 0/1 content");
    expect(&judged(&own(), "v1.34.1"), "enc.secrets_at_rest needs_review 0/1 content");
    let all = own().with(server("a")).with(server("b"));
    expect(&judged(&all, version), "enc.secrets_at_rest needs_review 0/1 unread 1 generated");
}
