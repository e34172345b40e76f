//! OpenShift's control plane: what its API servers are told, and what their operator says of it.

use super::{Manifests, about, expect};
use crate::{error::ReadError, policy::Policy, reading::coverage};
use model::{scan::Coverage, source::Source};

const AT_REST: &str = "enc.secrets_at_rest";
const POLICY: &str = "log.audit_policy";
const SETTINGS: &str = "config.openshift.io/v1/apiservers cluster";
const OPERATOR: &str = "operator.openshift.io/v1/kubeapiservers cluster";

const NAMESPACE: &str = "{kind: Namespace, apiVersion: v1, metadata: {name: openshift-kube-apiserver}}";
const SERVER: &str = "
kind: Pod
apiVersion: v1
metadata: {name: kube-apiserver-a, namespace: openshift-kube-apiserver, labels: {app: openshift-kube-apiserver, apiserver: 'true'}}
spec: {nodeName: a, containers: [{command: [/bin/bash, -ec], args: [exec hyperkube kube-apiserver --openshift-config=/x]}]}
";

/// A cluster whose API servers are told this.
fn told(spec: &str) -> Manifests {
    let settings =
        format!("{{kind: APIServer, apiVersion: config.openshift.io/v1, metadata: {{name: cluster}}, spec: {spec}}}");
    Manifests::read(NAMESPACE).with(Manifests::read(SERVER)).with(Manifests::read(&settings))
}

/// What the operator says of encryption.
fn operator(status: &str, reason: &str) -> Manifests {
    Manifests::read(&format!(
        "
kind: KubeAPIServer
apiVersion: operator.openshift.io/v1
metadata: {{name: cluster}}
spec: {{managementState: Managed}}
status: {{conditions: [{{type: Available, status: 'True'}}, {{type: Encrypted, status: '{status}', reason: {reason}}}]}}
"
    ))
}

fn encrypted() -> Manifests {
    operator("True", "EncryptionCompleted")
}

#[track_caller]
fn check(id: &str, manifests: &Manifests, expected: &str) {
    check_without(id, manifests, &[], expected);
}

/// The same where these may not be read.
#[track_caller]
fn check_without(id: &str, manifests: &Manifests, refused: &[&str], expected: &str) {
    let forbidden = || ReadError::Forbidden { permission: "x".into() };
    let cluster = refused.iter().fold(manifests.cluster(34, &[]), |cluster, name| cluster.failing(name, forbidden()));
    expect(&about(id, &cluster.evaluate(Source::ApiServer, &Policy::default())), &format!("{id} {expected}"));
}

#[test]
fn secrets_are_encrypted_where_that_is_asked_for_and_the_operator_says_so() {
    let aes = told("{encryption: {type: aescbc}}");
    check(AT_REST, &aes.clone().with(encrypted()), "pass 0/1 encrypted [type=aescbc]");
    check(
        AT_REST,
        &told("{encryption: {type: aesgcm}}").with(operator("False", "EncryptionInProgress")),
        "fail 1/1\n  high APIServer cluster: unfinished [type=aesgcm; why=EncryptionInProgress]",
    );
    check(AT_REST, &told("{encryption: {type: KMS}}"), "needs_review 0/1 unconfirmed [type=KMS]");
    check(AT_REST, &aes.with(operator("Unknown", "x")), "needs_review 0/1 unconfirmed [type=aescbc]");
    check(AT_REST, &told("{encryption: {type: rot13}}").with(encrypted()), "error 0/0 unread 1 unread");
}

#[test]
fn nothing_is_encrypted_where_nothing_is_said() {
    let fails = "fail 1/1\n  high APIServer cluster: identity";
    for spec in ["{}", "{encryption: {}}", "{encryption: {type: ''}}", "{encryption: {type: identity}}"] {
        check(AT_REST, &told(spec), fails);
        check(AT_REST, &told(spec).with(operator("False", "EncryptionDisabled")), fails);
        check(AT_REST, &told(spec).with(encrypted()), "needs_review 0/1 undeclared");
    }
}

#[test]
fn the_audit_log_records_by_a_profile() {
    check(POLICY, &told("{}"), "pass 0/1 profile [profile=Default]");
    check(
        POLICY,
        &told("{audit: {profile: WriteRequestBodies, customRules: [{group: admins, profile: AllRequestBodies}]}}"),
        "pass 0/1 profile [profile=WriteRequestBodies]",
    );
    check(POLICY, &told("{audit: {profile: None}}"), "fail 1/1\n  critical APIServer cluster: nothing");
    let some = told("{audit: {profile: None, customRules: [{group: 'system:authenticated', profile: Default}]}}");
    check(POLICY, &some, "error 0/0 unread 1 unread");
    check(
        POLICY,
        &told("{audit: {profile: Default, customRules: [{group: 'system:authenticated', profile: None}]}}"),
        "needs_review 0/1 excepted [groups=system:authenticated; profile=Default]",
    );
    check(POLICY, &told("{audit: {profile: Some}}"), "error 0/0 unread 1 unread");
}

#[test]
fn what_may_not_be_read_or_is_not_told_is_not_visible() {
    let aes = told("{encryption: {type: aescbc}}").with(encrypted());
    let settings = "get apiservers cluster in config.openshift.io";
    check_without(AT_REST, &aes, &[SETTINGS], &format!("not_visible 0/0 forbidden [permission={settings}]"));
    check_without(POLICY, &aes, &[SETTINGS], &format!("not_visible 0/0 forbidden [permission={settings}]"));
    let operator = "get kubeapiservers cluster in operator.openshift.io";
    check_without(AT_REST, &aes, &[OPERATOR], &format!("not_visible 0/1 forbidden [permission={operator}]"));
    check_without(AT_REST, &told("{}"), &[OPERATOR], "fail 1/1 unread 1\n  high APIServer cluster: identity");
    let bare = Manifests::read(NAMESPACE).with(Manifests::read(SERVER));
    check(AT_REST, &bare, "not_visible 0/0 openshift");
    check(AT_REST, &told("7"), "error 0/0 unread 1 unread");
    check("log.audit_backend", &aes, "not_visible 0/0 openshift");
    check("enc.etcd_tls", &aes, "not_visible 0/0 openshift");
    let seen = |manifests: &Manifests, refused: Option<&str>| {
        let forbidden =
            |name| manifests.cluster(34, &[]).failing(name, ReadError::Forbidden { permission: "x".into() });
        let cluster = refused.map_or_else(|| manifests.cluster(34, &[]), forbidden);
        coverage(&*cluster.reading(Source::ApiServer, &Policy::default())).0
    };
    assert_eq!(seen(&aes, None), Coverage::Complete);
    assert_eq!(seen(&aes, Some(OPERATOR)), Coverage::Forbidden);
    assert_eq!(seen(&bare, None), Coverage::Hidden);
}

#[test]
fn a_control_plane_that_is_hosted_elsewhere_is_not_judged_by_what_stands_here() {
    let mut hosted = told("{}").with(encrypted());
    hosted.0.retain(|object| object["kind"] != "Pod");
    check(AT_REST, &hosted, "not_visible 0/0 elsewhere");
    let cluster = hosted.cluster(34, &[]);
    assert_eq!(coverage(&*cluster.reading(Source::ApiServer, &Policy::default())).0, Coverage::Hidden);
}
