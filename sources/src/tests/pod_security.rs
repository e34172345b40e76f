//! What a pod may do to its node.

use super::{Manifests, expect, said};
use crate::{
    error::ReadError,
    listed::Listed,
    policy::Policy,
    request::{NAMESPACES, POD_SECURITY_POLICIES, POLICY_BINDINGS},
    rules::pod_security::{Input, evaluate},
};

pub(super) const NAMESPACES_OF_ALL_KINDS: &str = r#"
{kind: Namespace, metadata: {name: kube-system}}
---
{kind: Namespace, metadata: {name: monitoring, labels: {pod-security.kubernetes.io/enforce: privileged}}}
---
{kind: Namespace, metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.30}}}
---
{kind: Namespace, metadata: {name: bank, labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/enforce-version: latest}}}
---
{kind: Namespace, metadata: {name: forgotten}}
---
{kind: Namespace, metadata: {name: typo, labels: {pod-security.kubernetes.io/enforce: Restricted}}}
---
{kind: Namespace, metadata: {name: odd, labels: {pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: "1.30"}}}
"#;

fn absent<T>(resource: &crate::request::Resource) -> Listed<T> {
    Listed::failed(resource, &ReadError::Absent)
}

fn modern(manifests: &str, groups: &[&str]) -> Input {
    Input { policies: absent(&POD_SECURITY_POLICIES), ..Manifests::read(manifests).pod_security(32, groups) }
}

#[test]
fn labels_are_judged_by_what_the_api_server_makes_of_them() {
    expect(
        &said(&evaluate(&modern(NAMESPACES_OF_ALL_KINDS, &["apps"]), &Policy::default())),
        "
pod.policy_mechanism fail 2/7
  critical Namespace forgotten: none
  critical Namespace monitoring: none
pod.psa_level fail 4/7
  high Namespace forgotten: unlabelled
  high Namespace monitoring: privileged
  low Namespace odd: invalid_version [value=1.30]
  low Namespace typo: invalid [value=Restricted]
pod.psp_legacy not_applicable 0/0 removed
",
    );
}

#[test]
fn policy_may_list_privileged_namespaces() {
    let mut policy = Policy::default();
    policy.privileged_namespaces.extend(["monitoring".into(), "forgotten".into()]);
    let text = said(&evaluate(&modern(NAMESPACES_OF_ALL_KINDS, &[]), &policy));
    assert!(text.contains("pod.policy_mechanism pass 0/7"), "{text}");
    assert!(!text.contains("monitoring"), "{text}");
}

#[test]
fn another_engine_makes_it_a_question_for_a_person() {
    let binding = r"
---
kind: ValidatingAdmissionPolicyBinding
metadata: {name: no-root}
spec: {policyName: no-root, validationActions: [Deny]}
";
    for (groups, more, engine) in [
        (vec!["kyverno.io", "policies.kyverno.io"], "", "Kyverno"),
        (vec!["constraints.gatekeeper.sh"], "", "Gatekeeper"),
        (vec![], binding, "ValidatingAdmissionPolicy"),
    ] {
        let text = said(&evaluate(&modern(&format!("{NAMESPACES_OF_ALL_KINDS}{more}"), &groups), &Policy::default()));
        let expected = format!(
            "pod.policy_mechanism needs_review 0/7 other_engine [count=2; engines={engine}; namespaces=forgotten, monitoring]"
        );
        assert!(text.contains(&expected), "{text}");
    }
}

#[test]
fn an_engine_that_cannot_be_seen_is_neither_there_nor_absent() {
    let forbidden = ReadError::Forbidden { permission: String::new() };
    let mut input = modern(NAMESPACES_OF_ALL_KINDS, &[]);
    input.bindings = Listed::failed(&POLICY_BINDINGS, &forbidden);
    let text = said(&evaluate(&input, &Policy::default()));
    assert!(text.contains("pod.policy_mechanism not_visible 0/7 groups_hidden [count=2;"), "{text}");
    input.groups = None;
    let text = said(&evaluate(&input, &Policy::default()));
    assert!(text.contains("groups_hidden [count=2; permission=get /apis]"), "{text}");
}

#[test]
fn before_1_23_labels_mean_nothing() {
    let labelled =
        "{kind: Namespace, metadata: {name: bank, labels: {pod-security.kubernetes.io/enforce: restricted}}}";
    let input = Manifests::read(labelled).pod_security(20, &["policy"]);
    expect(
        &said(&evaluate(&input, &Policy::default())),
        "
pod.policy_mechanism fail 1/1
  critical Namespace bank: none
pod.psa_level not_evaluated 0/0 no_admission [version=1.20]
pod.psp_legacy not_applicable 0/0 unused
",
    );
}

#[test]
fn a_restrictive_legacy_policy_still_needs_a_person() {
    let policies = r"
{kind: Namespace, metadata: {name: shop}}
---
{kind: PodSecurityPolicy, metadata: {name: open}, spec: {privileged: true, volumes: ['*']}}
---
{kind: PodSecurityPolicy, metadata: {name: strict}, spec: {privileged: false, volumes: [configMap, secret]}}
";
    let input = Manifests::read(policies).pod_security(20, &[]);
    expect(
        &said(&evaluate(&input, &Policy::default())),
        "
pod.policy_mechanism needs_review 0/1 other_engine [count=1; engines=PodSecurityPolicy; namespaces=shop]
pod.psa_level not_evaluated 0/0 no_admission [version=1.20]
pod.psp_legacy needs_review 0/2 plugin_unknown [count=1]
",
    );
}

#[test]
fn only_permissive_legacy_policies_fail() {
    for spec in [
        "{privileged: true}",
        "{hostPID: true}",
        "{hostNetwork: true}",
        "{hostIPC: true}",
        "{volumes: [hostPath]}",
        "{allowedCapabilities: ['*']}",
    ] {
        let policy = format!("{{kind: PodSecurityPolicy, metadata: {{name: open}}, spec: {spec}}}");
        let text = said(&evaluate(&Manifests::read(&policy).pod_security(24, &[]), &Policy::default()));
        assert!(text.contains("info PodSecurityPolicy open: permissive"), "{spec}: {text}");
    }
}

#[test]
fn namespaces_that_may_not_be_read_hide_everything() {
    let forbidden = ReadError::Forbidden { permission: String::new() };
    let input = Input { namespaces: Listed::failed(&NAMESPACES, &forbidden).into(), ..modern("", &[]) };
    expect(
        &said(&evaluate(&input, &Policy::default())),
        "
pod.policy_mechanism not_visible 0/0 forbidden [permission=list namespaces in the core API group]
pod.psa_level not_visible 0/0 forbidden [permission=list namespaces in the core API group]
pod.psp_legacy not_applicable 0/0 removed
",
    );
}
