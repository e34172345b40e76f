//! The control plane: the flags of its pods, and what cannot be seen of it.

use super::{Manifests, about, expect, said};
use crate::{
    error::ReadError,
    policy::{ConfigMapKey, Policy},
    reading::coverage,
};
use model::{scan::Coverage, source::Source};
use serde_json::json;

/// A control plane as kubeadm makes it, with what is asked for besides.
const GOOD: &[&str] = &[
    "--anonymous-auth=false",
    "--authorization-mode=Node,RBAC",
    "--oidc-issuer-url=https://dex.example.org",
    "--oidc-client-id=kubernetes",
    "--audit-policy-file=/etc/kubernetes/audit.yaml",
    "--audit-log-path=/var/log/audit.log",
    "--audit-log-maxage=30",
    "--audit-log-maxbackup=10",
    "--audit-log-maxsize=100",
    "--encryption-provider-config=/etc/kubernetes/encryption.yaml",
    "--etcd-servers=https://127.0.0.1:2379",
    "--etcd-cafile=/ca",
    "--etcd-certfile=/crt",
    "--etcd-keyfile=/key",
];

const ETCD: &[&str] = &["--client-cert-auth=true", "--peer-client-cert-auth=true", "--trusted-ca-file=/ca"];

const KUBELET: &str = "
kind: ConfigMap
apiVersion: v1
metadata: {name: kubelet-config, namespace: kube-system}
data:
  kubelet: |
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    authentication: {anonymous: {enabled: false}, webhook: {enabled: true}}
    authorization: {mode: Webhook}
";

/// A static pod of a program, and its node.
fn replica(program: &str, node: &str, flags: &[&str]) -> Manifests {
    let flags: Vec<String> = flags.iter().map(|flag| format!("{flag:?}")).collect();
    Manifests::read(&format!(
        "
kind: Pod
apiVersion: v1
metadata: {{name: {program}-{node}, namespace: kube-system, labels: {{component: {program}, tier: control-plane}}}}
spec: {{nodeName: {node}, containers: [{{name: {program}, command: [{program}, {}]}}]}}
---
kind: Node
apiVersion: v1
metadata: {{name: {node}, labels: {{node-role.kubernetes.io/control-plane: ''}}}}
",
        flags.join(", ")
    ))
}

/// What a corrupted copy is made of.
pub(super) fn sample() -> Manifests {
    replica("kube-apiserver", "a", GOOD).with(replica("etcd", "a", ETCD)).with(Manifests::read(KUBELET))
}

/// Two API servers.
fn mixed(first: &[&str], second: &[&str]) -> Manifests {
    replica("kube-apiserver", "a", first).with(replica("kube-apiserver", "b", second))
}

/// The flags with some added; of a flag that is there twice, the last counts.
fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    GOOD.iter().chain(more).copied().collect()
}

/// The flags but those of these names.
fn without(names: &[&str]) -> Vec<&'static str> {
    GOOD.iter().filter(|flag| !names.iter().any(|name| flag.starts_with(&format!("--{name}=")))).copied().collect()
}

#[track_caller]
fn check(check: &str, manifests: &Manifests, expected: &str) {
    let evaluation = manifests.cluster(34, &[]).evaluate(Source::ApiServer, &Policy::default());
    expect(&about(check, &evaluation), expected);
}

#[track_caller]
fn check_flags(id: &str, flags: &[&str], expected: &str) {
    check(id, &replica("kube-apiserver", "a", flags), expected);
}

#[test]
fn what_is_in_order_passes_and_what_is_in_a_file_is_for_a_person() {
    let cluster = sample();
    let cluster = cluster.cluster(34, &[]);
    expect(
        &said(&cluster.evaluate(Source::ApiServer, &Policy::default())),
        "
auth.anonymous_off pass 0/1
auth.no_static_token_file pass 0/1
auth.oidc_configured pass 0/1
authn.kubelet_anonymous_off pass 0/1
authz.rbac_node_mode pass 0/1
enc.apiserver_tls pass 0/1
enc.etcd_tls pass 0/2
enc.secrets_at_rest needs_review 0/1 content
log.audit_backend pass 0/1
log.audit_policy pass 0/1
log.audit_policy_content not_visible 0/0 unattached
log.audit_rotation pass 0/1
",
    );
    assert_eq!(coverage(&*cluster.reading(Source::ApiServer, &Policy::default())), (Coverage::Complete, None));
}

#[test]
fn what_is_not_set_is_judged_by_its_default() {
    expect(
        &said(
            &replica("kube-apiserver", "a", &["--etcd-servers=http://127.0.0.1:2379"])
                .cluster(34, &[])
                .evaluate(Source::ApiServer, &Policy::default()),
        ),
        "
auth.anonymous_off fail 1/1
  medium StaticPod kube-system/kube-apiserver: on
auth.no_static_token_file pass 0/1
auth.oidc_configured fail 1/1
  high StaticPod kube-system/kube-apiserver: none
authn.kubelet_anonymous_off not_visible 0/0 no_config
authz.rbac_node_mode fail 1/1
  critical StaticPod kube-system/kube-apiserver: unset
enc.apiserver_tls pass 0/1
enc.etcd_tls fail 1/1
  critical StaticPod kube-system/kube-apiserver: plain
enc.secrets_at_rest fail 1/1
  high StaticPod kube-system/kube-apiserver: none
log.audit_backend fail 1/1
  critical StaticPod kube-system/kube-apiserver: none
log.audit_policy fail 1/1
  critical StaticPod kube-system/kube-apiserver: none
log.audit_policy_content not_visible 0/0 unattached
log.audit_rotation not_applicable 0/1 no_file
",
    );
}

#[test]
fn login_is_through_one_issuer_that_policy_knows() {
    let id = "auth.oidc_configured";
    check_flags(
        id,
        &with(&["--oidc-issuer-url=http://dex"]),
        "auth.oidc_configured fail 1/1\n  high StaticPod kube-system/kube-apiserver: insecure [issuer=http://dex]",
    );
    check_flags(
        id,
        &without(&["oidc-client-id"]),
        "auth.oidc_configured fail 1/1\n  high StaticPod kube-system/kube-apiserver: no_client [issuer=https://dex.example.org]",
    );
    check_flags(id, &["--authentication-config=/x"], "auth.oidc_configured needs_review 0/1 file");
    check_flags(
        id,
        &["--authentication-token-webhook-config-file=/x"],
        "auth.oidc_configured needs_review 0/1 webhook",
    );
    check_flags(id, &with(&["--oidc-issuer-url=$(ISSUER)"]), "auth.oidc_configured error 0/0 unread 1 unread");
    let policy = Policy { oidc_issuer: Some("https://login.example.org".into()), ..Policy::default() };
    expect(
        &about(id, &sample().cluster(34, &[]).evaluate(Source::ApiServer, &policy)),
        "auth.oidc_configured fail 1/1\n  high StaticPod kube-system/kube-apiserver: other_issuer [issuer=https://dex.example.org]",
    );
}

#[test]
fn who_decides_and_who_is_let_in() {
    let id = "authz.rbac_node_mode";
    check_flags(
        id,
        &["--authorization-mode=AlwaysAllow,RBAC"],
        "authz.rbac_node_mode fail 1/1\n  critical StaticPod kube-system/kube-apiserver: always_allow",
    );
    check_flags(
        id,
        &["--authorization-mode=Node"],
        "authz.rbac_node_mode fail 1/1\n  critical StaticPod kube-system/kube-apiserver: no_rbac [modes=Node]",
    );
    check_flags(
        id,
        &["--authorization-mode", "RBAC"],
        "authz.rbac_node_mode fail 1/1\n  medium StaticPod kube-system/kube-apiserver: no_node [modes=RBAC]",
    );
    check_flags(id, &["--authorization-config=/x"], "authz.rbac_node_mode needs_review 0/1 file");
    check_flags("auth.anonymous_off", &["--authentication-config=/x"], "auth.anonymous_off needs_review 0/1 file");
    check_flags("auth.anonymous_off", &["--anonymous-auth=no"], "auth.anonymous_off error 0/0 unread 1 unread");
    check_flags(
        "auth.no_static_token_file",
        &["--token-auth-file=/x", "--basic_auth_file", "/y"],
        "auth.no_static_token_file fail 1/1\n  high StaticPod kube-system/kube-apiserver: set [flags=--token-auth-file, --basic-auth-file]",
    );
}

#[test]
fn what_is_kept_of_the_audit_log_is_compared_with_policy() {
    let id = "log.audit_rotation";
    check_flags(
        id,
        &with(&["--audit-log-maxage=3", "--audit-log-maxbackup=2"]),
        "log.audit_rotation fail 1/1\n  medium StaticPod kube-system/kube-apiserver: short [settings=audit-log-maxage=3 (< 7), audit-log-maxbackup=2 (< 10)]",
    );
    check_flags(
        id,
        &with(&["--audit-log-maxage=0", "--audit-log-maxbackup=0", "--audit-log-maxsize=0"]),
        "log.audit_rotation pass 0/1",
    );
    check_flags(id, &with(&["--audit-log-maxage=soon"]), "log.audit_rotation error 0/0 unread 1 unread");
    check_flags(id, &["--audit-log-path=/x"], "log.audit_rotation needs_review 0/1 unset");
    check_flags(id, &["--audit-log-path=-"], "log.audit_rotation needs_review 0/1 stdout");
    check_flags(id, &["--audit-webhook-config-file=/x"], "log.audit_rotation not_applicable 0/1 no_file");
    check_flags("log.audit_backend", &["--audit-webhook-config-file=/x"], "log.audit_backend pass 0/1");
}

/// A cluster with this audit policy attached.
fn attached(text: &str) -> Manifests {
    let map = json!({ "apiVersion": "v1", "kind": "ConfigMap", "data": { "policy.yaml": text },
        "metadata": { "name": "audit-policy", "namespace": "kube-system" } });
    sample().with(Manifests(vec![map]))
}

fn audited() -> Policy {
    let (namespace, name, key) = ("kube-system".into(), "audit-policy".into(), "policy.yaml".into());
    Policy { audit_policy: Some(ConfigMapKey { namespace, name, key }), ..Policy::default() }
}

/// What is said of an audit policy with these rules.
fn content(rules: &str) -> String {
    let text = format!("apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules:\n{rules}\n");
    let all = attached(&text);
    about("log.audit_policy_content", &all.cluster(34, &[]).evaluate(Source::ApiServer, &audited()))
}

const WITHOUT_SECRETS: &str = "
- {level: Metadata, resources: [{resources: [secrets, configmaps, serviceaccounts/token]}, {group: authentication.k8s.io}]}";
const IN_ORDER: &str =
    "log.audit_policy_content needs_review 0/12 attached [config=kube-system/audit-policy (policy.yaml)]";

#[test]
fn an_audit_policy_that_is_attached_records_what_it_must_and_no_secrets_and_is_for_a_person_all_the_same() {
    for rules in [
        "- {level: Metadata}".to_owned(),
        format!("{WITHOUT_SECRETS}\n- {{level: RequestResponse}}"),
        format!("- {{level: None, nonResourceURLs: ['/healthz*']}}{WITHOUT_SECRETS}\n- {{level: Request}}"),
        // Rules that are for something else.
        format!(
            "- {{level: None, resources: [{{group: extensions}}, {{resources: [pods, endpoints, '*/status']}}]}}\n{WITHOUT_SECRETS}\n- {{level: Metadata}}"
        ),
        format!(
            "- {{level: None, verbs: [watch], resources: [{{resources: [events]}}]}}\n{WITHOUT_SECRETS}\n- {{level: Metadata}}"
        ),
    ] {
        expect(&content(&rules), IN_ORDER);
    }
}

#[test]
fn what_an_audit_policy_does_not_record_is_told_by_resource() {
    let subject = "  high ConfigMap kube-system/audit-policy";
    let streams = |rules: &str| format!("{rules}\n- {{level: Metadata}}");
    let exec = format!("log.audit_policy_content fail 1/12\n{subject} (pods/exec): unrecorded [verbs=create, get]");
    for named in ["pods/exec", "'*/exec'"] {
        expect(&content(&streams(&format!("- {{level: None, resources: [{{resources: [{named}]}}]}}"))), &exec);
    }
    let all_of_pods = format!(
        "log.audit_policy_content fail 3/12\n{subject} (pods/attach): unrecorded [verbs=create, get]\n\
         {subject} (pods/exec): unrecorded [verbs=create, get]\n{subject} (pods/portforward): unrecorded [verbs=create, get]"
    );
    expect(&content(&streams("- {level: None, resources: [{resources: ['pods/*']}]}")), &all_of_pods);
    let reads = format!("log.audit_policy_content fail 1/12\n{subject} (secrets): unrecorded [verbs=get, list, watch]");
    expect(
        &content(&streams("- {level: None, verbs: [get, list, watch], resources: [{resources: [secrets]}]}")),
        &reads,
    );
    // What no rule is for is not recorded, and neither is what is left out at every stage.
    let nothing = "log.audit_policy_content fail 8/12";
    assert!(content("- {level: Metadata, users: [alice]}").starts_with(nothing));
    assert!(content("- {level: Metadata, omitStages: [ResponseComplete]}").starts_with(nothing));
    // The first rule that fits counts.
    expect(&content("- {level: Metadata}\n- {level: None, resources: [{resources: [pods/exec]}]}"), IN_ORDER);
}

#[test]
fn bodies_that_hold_credentials_are_told_be_it_for_some_users_only() {
    let subject = "  high ConfigMap kube-system/audit-policy";
    let maps = format!(
        "log.audit_policy_content fail 1/12\n{subject} (configmaps requestObject): bodies [verbs=create, update]"
    );
    for bound in ["", "users: [alice], ", "namespaces: [kube-system], "] {
        let rule =
            format!("- {{level: Request, {bound}verbs: [create, update], resources: [{{resources: [configmaps]}}]}}");
        expect(&content(&format!("{rule}\n- {{level: Metadata}}")), &maps);
    }
    let all = content("- {level: RequestResponse}");
    assert!(all.starts_with("log.audit_policy_content fail 4/12"), "{all}");
    for resource in ["secrets", "configmaps", "serviceaccounts/token", "tokenreviews"] {
        assert!(all.contains(&format!("({resource} requestObject): bodies")), "{resource}: {all}");
    }
}

#[test]
fn what_an_audit_policy_leaves_out_in_part_is_for_a_person() {
    for bound in ["users: ['system:apiserver']", "userGroups: ['system:nodes']", "namespaces: [kube-system]"] {
        let rule = format!("- {{level: None, {bound}, resources: [{{resources: [secrets]}}]}}\n- {{level: Metadata}}");
        expect(
            &content(&rule),
            "log.audit_policy_content needs_review 0/12 partly [config=kube-system/audit-policy (policy.yaml); resources=secrets]",
        );
    }
    let named = "- {level: None, resources: [{resources: [secrets], resourceNames: [a]}]}\n- {level: Metadata}";
    assert!(content(named).contains("partly"), "{}", content(named));
}

#[test]
fn what_is_no_audit_policy_or_not_there_is_not_judged() {
    let id = "log.audit_policy_content";
    let none = "log.audit_policy_content not_visible 0/0 no_policy [config=kube-system/audit-policy (policy.yaml)]";
    for text in [
        "",
        "kind: Policy",
        "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: []",
        "apiVersion: kyverno.io/v1\nkind: Policy\nrules: [{level: Metadata}]",
        "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Everything}]",
        // A rule for something that is not known.
        "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata, planets: [mars]}]",
    ] {
        let all = attached(text);
        expect(&about(id, &all.cluster(34, &[]).evaluate(Source::ApiServer, &audited())), none);
    }
    let all = sample();
    expect(&about(id, &all.cluster(34, &[]).evaluate(Source::ApiServer, &audited())), none);
    let refused = ReadError::Forbidden { permission: "x".into() };
    let cluster = all.cluster(34, &[]).failing("v1/configmaps kube-system/audit-policy", refused);
    expect(
        &about(id, &cluster.evaluate(Source::ApiServer, &audited())),
        "log.audit_policy_content not_visible 0/0 forbidden [permission=get configmaps audit-policy in the core API group]",
    );
    assert_eq!(coverage(&*cluster.reading(Source::ApiServer, &audited())).0, Coverage::Forbidden);
}

#[test]
fn encryption_towards_the_database_and_outwards() {
    let id = "enc.etcd_tls";
    check_flags(id, GOOD, "enc.etcd_tls needs_review 0/1 external");
    check_flags(
        id,
        &without(&["etcd-keyfile"]),
        "enc.etcd_tls fail 1/1\n  critical StaticPod kube-system/kube-apiserver: no_certificate [flags=--etcd-keyfile]",
    );
    check_flags(
        id,
        &with(&["--etcd-servers-overrides=/events#http://e:2379"]),
        "enc.etcd_tls fail 1/1\n  critical StaticPod kube-system/kube-apiserver: plain",
    );
    check_flags(id, &["--etcd-servers=unix://kine.sock"], "enc.etcd_tls needs_review 0/1 other_store");
    let etcd = |flags: &[&str]| replica("kube-apiserver", "a", GOOD).with(replica("etcd", "a", flags));
    check(
        id,
        &etcd(&["--client-cert-auth=true", "--auto-tls"]),
        "enc.etcd_tls fail 1/2\n  critical StaticPod kube-system/etcd: weak_member [flags=--peer-client-cert-auth=false, --auto-tls=true]",
    );
    let plain: Vec<&str> = ETCD.iter().copied().chain(["--listen-client-urls=https://a:2379,http://b:2379"]).collect();
    let expected = "enc.etcd_tls fail 1/2\n  critical StaticPod kube-system/etcd: weak_member [flags=--listen-client-urls=http://]";
    check(id, &etcd(&plain), expected);
    check(id, &etcd(&["--config-file=/x"]), "enc.etcd_tls needs_review 0/2 member_file");
    let id = "enc.apiserver_tls";
    check_flags(
        id,
        &["--tls-min-version=VersionTLS11"],
        "enc.apiserver_tls fail 1/1\n  medium StaticPod kube-system/kube-apiserver: old [version=VersionTLS11]",
    );
    check_flags(id, &["--tls-min-version=TLS9"], "enc.apiserver_tls error 0/0 unread 1 unread");
    let old = replica("kube-apiserver", "a", GOOD);
    let evaluation = old.cluster(31, &[]).evaluate(Source::ApiServer, &Policy::default());
    expect(&about(id, &evaluation), "enc.apiserver_tls needs_review 0/1 default");
    check_flags(
        id,
        &["--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_CBC_SHA"],
        "enc.apiserver_tls fail 1/1\n  medium StaticPod kube-system/kube-apiserver: weak [ciphers=TLS_RSA_WITH_AES_128_CBC_SHA]",
    );
}

#[test]
fn replicas_that_differ_are_one_finding_whichever_answers() {
    let expected = "auth.anonymous_off fail 1/2\n  medium StaticPod kube-system/kube-apiserver: mixed [nodes=b]";
    check("auth.anonymous_off", &mixed(GOOD, &with(&["--anonymous-auth=true"])), expected);
    let two_issuers = mixed(GOOD, &with(&["--oidc-issuer-url=https://other.example.org"]));
    let expected = "auth.oidc_configured fail 1/2\n  high StaticPod kube-system/kube-apiserver: mixed [nodes=a, b]";
    check("auth.oidc_configured", &two_issuers, expected);
    let one_in_a_file = mixed(GOOD, &["--authorization-config=/x"]);
    check("authz.rbac_node_mode", &one_in_a_file, "authz.rbac_node_mode needs_review 0/2 file");
    let one_is_not_understood = mixed(GOOD, &with(&["--anonymous-auth=perhaps"]));
    check("auth.anonymous_off", &one_is_not_understood, "auth.anonymous_off pass 0/1 unread 1");
}

#[test]
fn an_api_server_that_is_not_seen_leaves_a_doubt() {
    let node = Manifests::read(
        "{kind: Node, apiVersion: v1, metadata: {name: b, labels: {node-role.kubernetes.io/master: ''}}}",
    );
    check("log.audit_policy", &sample().with(node), "log.audit_policy pass 0/1 unread 1");
    let shell = "
kind: Pod
apiVersion: v1
metadata: {name: kube-apiserver-a, namespace: kube-system, labels: {component: kube-apiserver}}
spec: {nodeName: a, containers: [{command: [/bin/sh, -c, exec kube-apiserver --anonymous-auth=false]}]}
";
    check("auth.anonymous_off", &Manifests::read(shell), "auth.anonymous_off error 0/0 unread 1 unread");
    let forbidden = ReadError::Forbidden { permission: "list nodes".into() };
    let cluster = sample();
    let evaluation =
        cluster.cluster(34, &[]).failing("v1/nodes", forbidden).evaluate(Source::ApiServer, &Policy::default());
    expect(&about("log.audit_policy", &evaluation), "log.audit_policy pass 0/1 unread 1");
}

#[test]
fn a_control_plane_that_cannot_be_seen_says_who_has_the_evidence() {
    let hidden = |version: &str, nodes: &str, expected: &str| {
        let manifests = Manifests::read(nodes);
        let mut cluster = manifests.cluster(34, &[]);
        cluster.hello.version = Some(version.into());
        expect(&about("log.audit_policy", &cluster.evaluate(Source::ApiServer, &Policy::default())), expected);
        assert_eq!(coverage(&*cluster.reading(Source::ApiServer, &Policy::default())).0, Coverage::Hidden);
    };
    let eks = "{kind: Node, apiVersion: v1, metadata: {name: a}, spec: {providerID: 'aws:///eu-north-1a/i-1'}}";
    hidden("v1.34.1-eks-113cf36", eks, "log.audit_policy not_visible 0/0 managed [platform=Amazon EKS]");
    hidden(
        "v1.34.1-gke.1200",
        "{kind: Node, apiVersion: v1, metadata: {name: a}}",
        "log.audit_policy not_visible 0/0 managed [platform=Google GKE]",
    );
    hidden(
        "v1.34.1+k3s1",
        "{kind: Node, apiVersion: v1, metadata: {name: a}}",
        "log.audit_policy not_visible 0/0 in_process",
    );
    hidden(
        "v1.34.1",
        "{kind: Node, apiVersion: v1, metadata: {name: a}}",
        "log.audit_policy not_visible 0/0 elsewhere",
    );
    let openshift = "{kind: Namespace, apiVersion: v1, metadata: {name: openshift-kube-apiserver}}";
    hidden("v1.34.1", openshift, "log.audit_policy not_visible 0/0 elsewhere");
    // Somebody's own pod with the labels of an API server is none, where the provider runs it.
    let fake = replica("kube-apiserver", "a", GOOD).with(Manifests::read(eks));
    let mut cluster = fake.cluster(34, &[]);
    cluster.hello.version = Some("v1.34.1-eks-113cf36".into());
    let said = about("log.audit_policy", &cluster.evaluate(Source::ApiServer, &Policy::default()));
    expect(&said, "log.audit_policy not_visible 0/0 managed [platform=Amazon EKS]");
}

#[test]
fn rke2_gives_its_flags_as_arguments() {
    let rke2 = "
kind: Pod
apiVersion: v1
metadata: {name: kube-apiserver-a, namespace: kube-system, labels: {component: kube-apiserver}}
spec: {nodeName: a, containers: [{command: [kube-apiserver], args: [--anonymous-auth=false]}]}
---
kind: Pod
apiVersion: v1
metadata: {name: etcd-a, namespace: kube-system, labels: {component: etcd}}
spec: {nodeName: a, containers: [{command: [etcd], args: [--config-file=/x], env: [{name: ETCD_NAME, value: secret}]}]}
";
    check("auth.anonymous_off", &Manifests::read(rke2), "auth.anonymous_off pass 0/1");
    check("enc.etcd_tls", &Manifests::read(rke2), "enc.etcd_tls needs_review 0/1 unread 1 member_file");
}

#[test]
fn pods_elsewhere_with_the_labels_of_an_api_server_are_none() {
    let mut tenant = sample();
    tenant.0.iter_mut().filter(|o| o["kind"] == "Pod").for_each(|pod| pod["metadata"]["namespace"] = "tenant".into());
    check("log.audit_policy", &tenant, "log.audit_policy not_visible 0/0 elsewhere");
}

#[test]
fn pods_that_may_not_be_read_or_are_cut_off_are_never_in_order() {
    let cluster = sample();
    let refused = ReadError::Forbidden { permission: "list pods".into() };
    let evaluation =
        cluster.cluster(34, &[]).failing("v1/pods", refused).evaluate(Source::ApiServer, &Policy::default());
    let expected = "log.audit_policy not_visible 0/0 forbidden [permission=list pods in the core API group]";
    expect(&about("log.audit_policy", &evaluation), expected);
    let broken = Manifests::read("{kind: Pod, apiVersion: v1, metadata: {name: x, namespace: kube-system}, spec: 7}");
    check("log.audit_policy", &sample().with(broken.clone()), "log.audit_policy pass 0/1 unread 1");
    check("log.audit_policy", &broken, "log.audit_policy error 0/0 unread 1 unread");
}
