//! What kubeadm gives to every kubelet: a YAML text in a ConfigMap, which may be anything.

use super::{Manifests, about, expect};
use crate::{error::ReadError, policy::Policy};
use model::{evaluation::CheckResult, source::Source};
use serde_json::json;

const ID: &str = "authn.kubelet_anonymous_off";
const NAME: &str = "v1/configmaps kube-system/kubelet-config";

fn config(kubelet: &str) -> Manifests {
    let metadata = json!({ "name": "kubelet-config", "namespace": "kube-system" });
    Manifests(vec![json!({ "kind": "ConfigMap", "metadata": metadata, "data": { "kubelet": kubelet } })])
}

fn result(manifests: &Manifests) -> CheckResult {
    let evaluation = manifests.cluster(34, &[]).evaluate(Source::ApiServer, &Policy::default());
    evaluation.results.into_iter().find(|result| result.check.as_str() == ID).expect("judged")
}

#[track_caller]
fn check(kubelet: &str, expected: &str) {
    let evaluation = config(kubelet).cluster(34, &[]).evaluate(Source::ApiServer, &Policy::default());
    expect(&about(ID, &evaluation), &format!("{ID} {expected}"));
}

#[test]
fn what_is_not_said_is_safe_and_what_is_said_is_judged() {
    let fails = |fault: &str| format!("fail 1/1\n  high ConfigMap kube-system/kubelet-config: {fault}");
    let of = |more: &str| format!("{{apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration{more}}}");
    check(&of(""), "pass 0/1");
    check("apiVersion: kubelet.config.k8s.io/v1beta1", "pass 0/1");
    check(&of(", authentication: {anonymous: {enabled: true}}"), &fails("anonymous"));
    check(&of(", authorization: {mode: AlwaysAllow}"), &fails("always_allow"));
    check(&of(", readOnlyPort: 10255"), &fails("read_only_port [port=10255]"));
}

#[test]
fn what_is_not_understood_is_not_in_order() {
    let prefix = "apiVersion: kubelet.config.k8s.io/v1beta1\n";
    let bomb =
        (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |bomb, n| bomb + &format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1));
    let strange = [
        String::new(),
        "[]".into(),
        "kind: KubeletConfiguration".into(),
        "{apiVersion: kubelet.config.k8s.io/v1beta1, kind: Other}".into(),
        format!("{prefix}authorization: {{mode: 7}}"),
        format!("{prefix}authorization: {{mode: Maybe}}"),
        format!("{prefix}authentication: {{anonymous: {{enabled: perhaps}}}}"),
        format!("{prefix}readOnlyPort: 0\nreadOnlyPort: 10255"),
        format!("{prefix}{bomb}"),
        format!("{prefix}authentication: {}", "[".repeat(100_000)),
    ];
    for text in strange {
        let result = result(&config(&text));
        assert!(result.unread > 0 && result.failed == 0, "{text:.80}: {result:?}");
    }
}

#[test]
fn settings_that_are_not_there_or_may_not_be_read_are_not_visible() {
    let nothing = Manifests::default();
    let said =
        |cluster: &super::manifests::Cluster<'_>| about(ID, &cluster.evaluate(Source::ApiServer, &Policy::default()));
    expect(&said(&nothing.cluster(34, &[])), &format!("{ID} not_visible 0/0 no_config"));
    let refused = nothing.cluster(34, &[]).failing(NAME, ReadError::Forbidden { permission: "x".into() });
    let missing = "get configmaps kubelet-config in the core API group";
    expect(&said(&refused), &format!("{ID} not_visible 0/0 forbidden [permission={missing}]"));
    let broken = Manifests(vec![
        json!({ "kind": "ConfigMap", "metadata": { "name": "kubelet-config", "namespace": "kube-system" }, "data": 7 }),
    ]);
    expect(&said(&broken.cluster(34, &[])), &format!("{ID} error 0/0 unread 1 unread"));
}
