//! The login service, and the issuer that people log in with.

use super::{Manifests, about, expect, said};
use crate::{
    error::ReadError,
    policy::{ConfigMapKey, Policy},
    reading::coverage,
    request::asks,
};
use model::{scan::Coverage, source::Source};

const DEX: &str = r#"
kind: Deployment
apiVersion: apps/v1
metadata: {name: dex, namespace: dex, generation: 2, labels: {app.kubernetes.io/name: dex}}
spec: {replicas: 2, template: {spec: {containers: [{image: "ghcr.io/dexidp/dex:v2.41.1"}]}}}
status: {observedGeneration: 2, availableReplicas: 2}
"#;

const ISSUER: &str = "
kind: Issuer
url: https://dex.example.org
document:
  issuer: https://dex.example.org
  jwks_uri: https://dex.example.org/keys
  id_token_signing_alg_values_supported: [RS256]
";

const CONFIG: &str = "
kind: ConfigMap
apiVersion: v1
metadata: {name: dex, namespace: dex}
data:
  config.yaml: |
    issuer: https://dex.example.org
    enablePasswordDB: false
    connectors: [{type: oidc, id: azure, config: {clientSecret: hunter2}}]
";

const SERVER: &str = "
kind: Pod
apiVersion: v1
metadata: {name: kube-apiserver-a, namespace: kube-system, labels: {component: kube-apiserver}}
spec: {containers: [{command: [kube-apiserver, '--oidc-issuer-url=https://dex.example.org']}]}
";

/// What a corrupted copy is made of.
pub(super) const SAMPLES: &[&str] = &[DEX, ISSUER, CONFIG];

/// A policy that names everything.
pub(super) fn policy() -> Policy {
    Policy {
        oidc_issuer: Some("https://dex.example.org".into()),
        dex_config: Some(ConfigMapKey { namespace: "dex".into(), name: "dex".into(), key: "config.yaml".into() }),
        ..Policy::default()
    }
}

#[track_caller]
fn check(check: &str, manifests: &str, policy: &Policy, expected: &str) {
    expect(&about(check, &Manifests::read(manifests).cluster(34, &[]).evaluate(Source::Dex, policy)), expected);
}

#[test]
fn what_is_in_order_passes() {
    let all = Manifests::read(&[&SAMPLES.join("---"), SERVER].join("---"));
    let cluster = all.cluster(34, &[]);
    expect(
        &said(&cluster.evaluate(Source::Dex, &policy())),
        "
auth.dex_no_static_login pass 0/1
auth.dex_ready pass 0/1
auth.issuer_reachable pass 0/1
",
    );
    let reading = cluster.reading(Source::Dex, &policy());
    assert_eq!((coverage(&*reading), reading.version()), ((Coverage::Complete, None), Some("v2.41.1".into())));
}

#[test]
fn without_a_policy_nothing_is_asked_and_nothing_is_in_order() {
    let asked: Vec<String> = asks(Source::Dex, &Policy::default()).iter().map(|ask| format!("{ask:?}")).collect();
    assert!(
        !asked.iter().any(|ask| ask.contains("Issuer") || ask.contains("configmaps") || ask.contains("dex.coreos.com"))
    );
    expect(
        &said(&Manifests::read(DEX).cluster(34, &[]).evaluate(Source::Dex, &Policy::default())),
        "
auth.dex_no_static_login not_visible 0/0 undeclared
auth.dex_ready pass 0/1
auth.issuer_reachable not_evaluated 0/0 undeclared
",
    );
}

#[test]
fn pods_of_dex_must_be_available_and_two() {
    let state = |replicas: i64, available: &str, expected: &str| {
        let manifests =
            DEX.replace("replicas: 2", &format!("replicas: {replicas}")).replace(", availableReplicas: 2", available);
        check("auth.dex_ready", &manifests, &Policy::default(), expected);
    };
    state(2, "", "auth.dex_ready fail 1/1\n  high Deployment dex/dex: down");
    state(0, "", "auth.dex_ready fail 1/1\n  high Deployment dex/dex: stopped");
    state(3, ", availableReplicas: 2", "auth.dex_ready fail 1/1\n  medium Deployment dex/dex: degraded");
    state(1, ", availableReplicas: 1", "auth.dex_ready fail 1/1\n  low Deployment dex/dex: single");
    let outdated = DEX.replace("observedGeneration: 2", "observedGeneration: 1");
    check("auth.dex_ready", &outdated, &Policy::default(), "auth.dex_ready error 0/0 unread 1 unread");
    let no_status = DEX.replace("status: {observedGeneration: 2, availableReplicas: 2}", "");
    check("auth.dex_ready", &no_status, &Policy::default(), "auth.dex_ready error 0/0 unread 1 unread");
}

#[test]
fn dex_is_known_by_label_name_or_image_and_that_of_argo_cd_is_another() {
    let found = |labels: &str, name: &str, image: &str| {
        let manifests = Manifests::read(&format!(
            "{{kind: Deployment, apiVersion: apps/v1, metadata: {{name: {name}, labels: {{{labels}}}}}, spec: {{template: {{spec: {{containers: [{{image: '{image}'}}]}}}}}}}}"
        ));
        coverage(&*manifests.cluster(34, &[]).reading(Source::Dex, &Policy::default())).0 == Coverage::Complete
    };
    assert!(found("app.kubernetes.io/name: dex", "x", "y"));
    assert!(found("", "dex", "y"));
    assert!(found("", "login", "quay.io/dexidp/dex@sha256:00"));
    assert!(!found("", "login", "example.org/index:1"));
    assert!(!found("app.kubernetes.io/part-of: argocd", "argocd-dex-server", "ghcr.io/dexidp/dex:v2.41.1"));
}

#[test]
fn not_installed_is_not_in_order_and_in_a_workload_cluster_it_is_elsewhere() {
    let nothing = Manifests::default();
    let cluster = nothing.cluster(34, &[]);
    expect(
        &said(&cluster.evaluate(Source::Dex, &Policy::default())),
        "
auth.dex_no_static_login not_evaluated 0/0 not_installed
auth.dex_ready not_evaluated 0/0 not_installed
auth.issuer_reachable not_evaluated 0/0 undeclared
",
    );
    assert_eq!(coverage(&*cluster.reading(Source::Dex, &Policy::default())).0, Coverage::Absent);
    let welkin: Vec<String> = ["cert-manager", "monitoring", "velero"]
        .map(|name| {
            format!("{{kind: Namespace, apiVersion: v1, metadata: {{name: {name}, labels: {{owner: operator}}}}}}")
        })
        .to_vec();
    check("auth.dex_ready", &welkin.join("\n---\n"), &Policy::default(), "auth.dex_ready not_applicable 0/0 elsewhere");
    // The issuer is judged wherever it runs.
    let issuer = Manifests::read(&[&welkin.join("\n---\n"), ISSUER, SERVER].join("\n---\n"));
    let policy = Policy { oidc_issuer: policy().oidc_issuer, ..Policy::default() };
    let cluster = issuer.cluster(34, &[]);
    expect(&about("auth.issuer_reachable", &cluster.evaluate(Source::Dex, &policy)), "auth.issuer_reachable pass 0/1");
    assert_eq!(coverage(&*cluster.reading(Source::Dex, &policy)).0, Coverage::Complete);
    let refused = ReadError::Forbidden { permission: "x".into() };
    let cluster = nothing.cluster(34, &[]).failing("apps/v1/deployments", refused);
    expect(
        &said(&cluster.evaluate(Source::Dex, &Policy::default())),
        "
auth.dex_no_static_login not_visible 0/0 undeclared
auth.dex_ready not_visible 0/0 forbidden [permission=list deployments in apps]
auth.issuer_reachable not_evaluated 0/0 undeclared
",
    );
    assert_eq!(coverage(&*cluster.reading(Source::Dex, &Policy::default())).0, Coverage::Forbidden);
}

#[test]
fn what_is_only_declared_is_never_a_pass() {
    let id = "auth.dex_no_static_login";
    let declared = |value| Policy { dex_static_login: Some(value), ..Policy::default() };
    check(id, DEX, &declared(false), "auth.dex_no_static_login needs_review 0/0 declared_off");
    check(id, DEX, &declared(true), "auth.dex_no_static_login fail 1/1\n  high Dex *: declared");
}

#[test]
fn local_logins_are_found_in_the_configuration() {
    let id = "auth.dex_no_static_login";
    let fails = |fault: &str| format!("auth.dex_no_static_login fail 1/1\n  high Dex *: {fault}");
    check(id, &CONFIG.replace("DB: false", "DB: true"), &policy(), &fails("passwords"));
    check(
        id,
        &CONFIG.replace("enablePasswordDB: false", "staticPasswords: [{email: a, hash: b}]"),
        &policy(),
        &fails("passwords"),
    );
    check(id, &CONFIG.replace("type: oidc", "type: mockCallback"), &policy(), &fails("mock [connectors=mockCallback]"));
    let contradicted = Policy { dex_static_login: Some(true), ..policy() };
    check(id, CONFIG, &contradicted, &fails("declared"));
    let expected = "auth.dex_no_static_login not_visible 0/0 no_config [config=dex/dex (config.yaml)]";
    check(id, DEX, &policy(), expected);
    check(id, &CONFIG.replace("issuer:", "other:"), &policy(), expected);
    check(id, &CONFIG.replace("config.yaml:", "other.yaml:"), &policy(), expected);
    let config = Manifests::read(CONFIG);
    let reading = config.cluster(34, &[]).reading(Source::Dex, &policy());
    assert!(reading.parts().iter().all(|(_, read)| !format!("{read:?}").contains("hunter2")));
}

#[test]
fn the_issuer_must_be_who_it_says_and_who_the_api_servers_trust() {
    let id = "auth.issuer_reachable";
    let fails = |fault: &str| format!("auth.issuer_reachable fail 1/1\n  high Issuer https://dex.example.org: {fault}");
    check(
        id,
        &ISSUER.replace("  issuer: https://dex", "  issuer: https://evil"),
        &policy(),
        &fails("other [issuer=https://evil.example.org]"),
    );
    check(id, &ISSUER.replace("jwks_uri: https", "jwks_uri: http"), &policy(), &fails("no_keys"));
    check(id, &ISSUER.replace("[RS256]", "[RS256, none, HS256]"), &policy(), &fails("weak [algorithms=HS256, none]"));
    check(id, DEX, &policy(), &fails("no_document"));
    let server = SERVER.replace("dex.example.org", "other.example.org");
    check(id, &[ISSUER, &server].join("---"), &policy(), &fails("untrusted [trusted=https://other.example.org]"));
}

#[test]
fn an_issuer_that_is_not_compared_with_what_the_api_servers_trust_is_no_pass() {
    let id = "auth.issuer_reachable";
    check(id, &[ISSUER, SERVER].join("---"), &policy(), "auth.issuer_reachable pass 0/1");
    check(id, ISSUER, &policy(), "auth.issuer_reachable not_visible 0/1 unseen");
    let file = SERVER.replace("--oidc-issuer-url=https://dex.example.org", "--authentication-config=/etc/a.yaml");
    check(id, &[ISSUER, &file].join("---"), &policy(), "auth.issuer_reachable needs_review 0/1 not_compared");
    let one_of_two = file.replace("kube-apiserver-a", "kube-apiserver-b");
    check(
        id,
        &[ISSUER, SERVER, &one_of_two].join("---"),
        &policy(),
        "auth.issuer_reachable needs_review 0/1 not_compared",
    );
    let all = Manifests::read(&[ISSUER, SERVER].join("---"));
    let refused = ReadError::Forbidden { permission: "list pods".into() };
    let judged = all.cluster(34, &[]).failing("v1/pods", refused).evaluate(Source::Dex, &policy());
    expect(&about(id, &judged), "auth.issuer_reachable not_visible 0/1 unseen");
}

#[test]
fn an_issuer_that_does_not_answer_says_nothing_of_the_cluster() {
    let all = Manifests::read(&[DEX, CONFIG].join("---"));
    let silent = ReadError::Connect { server: "https://dex.example.org".into(), cause: "refused".into() };
    let cluster = all.cluster(34, &[]).failing("issuer https://dex.example.org", silent);
    expect(
        &said(&cluster.evaluate(Source::Dex, &policy())),
        "
auth.dex_no_static_login pass 0/1
auth.dex_ready pass 0/1
auth.issuer_reachable error 0/0 unanswered [issuer=https://dex.example.org]
",
    );
    assert_eq!(coverage(&*cluster.reading(Source::Dex, &policy())).0, Coverage::Complete);
}

#[test]
fn who_serves_the_login_and_who_trusts_it_is_told() {
    const INGRESSES: &str = "
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: dex, namespace: dex}
spec: {rules: [{host: dex.example.org}]}
---
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: shop, namespace: shop}
spec: {rules: [{host: shop.example.org}]}
";
    const SERVER: &str = "
kind: Pod
apiVersion: v1
metadata: {name: kube-apiserver-a, namespace: kube-system, labels: {component: kube-apiserver}}
spec: {nodeName: a, containers: [{name: kube-apiserver, command: [kube-apiserver, --oidc-issuer-url=https://dex.example.org]}]}
";
    let facts = |cluster: super::manifests::Cluster<'_>| cluster.reading(Source::Dex, &Policy::default()).facts().login;
    let set = |text: &str| text.split_whitespace().map(ToOwned::to_owned).collect();
    let both = Manifests::read(&[DEX, INGRESSES, SERVER].join("---"));
    let login = facts(both.cluster(34, &[])).expect("all was read");
    assert_eq!((login.trusted, login.served), (set("https://dex.example.org"), set("dex.example.org")));
    let trusts = Manifests::read(&[INGRESSES, SERVER].join("---"));
    let login = facts(trusts.cluster(34, &[])).expect("all was read");
    assert_eq!(
        (login.trusted, login.served),
        (set("https://dex.example.org"), set("")),
        "without Dex nothing is served"
    );
    let forbidden = || ReadError::Forbidden { permission: "list ingresses".into() };
    assert_eq!(facts(both.cluster(34, &[]).failing("networking.k8s.io/v1/ingresses", forbidden())), None);
    assert_eq!(facts(both.cluster(34, &[]).failing("v1/pods", forbidden())), None);
}
