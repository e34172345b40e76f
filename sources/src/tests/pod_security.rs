//! What a pod may do to its node.

use super::{Manifests, about, expect, said};
use crate::{
    error::ReadError,
    listed::Listed,
    policy::Policy,
    request::{DEPLOYMENTS, NAMESPACES, POD_SECURITY_POLICIES, POLICY_BINDINGS, VALIDATING_WEBHOOKS},
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
pod.engine_ready not_applicable 0/0 none
pod.policy_mechanism fail 2/7
  critical Namespace forgotten: none
  critical Namespace monitoring: none
pod.psa_level fail 4/7 excused_and_pinned [excused=kube-system; pinned=shop (v1.30)]
  high Namespace forgotten: unlabelled
  high Namespace monitoring: privileged
  low Namespace odd: invalid_version [value=1.30]
  low Namespace typo: invalid [value=Restricted]
pod.psp_legacy not_applicable 0/0 removed
pod.vap_bound not_applicable 0/0 none
pod.webhook_fail_closed not_applicable 0/0 none
",
    );
}

#[test]
fn where_the_plugin_is_off_labels_prove_nothing() {
    let judged = |command: &str, groups: &[&str]| {
        let manifests = format!(
            "{{kind: Namespace, metadata: {{name: bank, labels: {{pod-security.kubernetes.io/enforce: restricted}}}}}}
---
{{kind: Pod, metadata: {{name: a, namespace: kube-system, labels: {{component: kube-apiserver}}}}, spec: {{nodeName: one, containers: [{{command: [{command}]}}]}}}}"
        );
        let evaluation = evaluate(&modern(&manifests, groups), &Policy::default());
        about("pod.policy_mechanism", &evaluation) + &about("pod.psa_level", &evaluation)
    };
    for off in ["--disable-admission-plugins=ServiceAccount,PodSecurity", "--feature-gates=PodSecurity=false"] {
        expect(
            &judged(&format!("kube-apiserver, \"{off}\""), &[]),
            "
pod.policy_mechanism fail 1/1
  critical Namespace bank: none
pod.psa_level fail 1/1
  high StaticPod kube-system/kube-apiserver: plugin_off [nodes=one]
",
        );
    }
    let other = judged("kube-apiserver, --disable-admission-plugins=PodSecurity", &["kyverno.io"]);
    assert!(other.contains("pod.policy_mechanism needs_review 0/1 other_engine"), "{other}");
    let on = judged("kube-apiserver, --disable-admission-plugins=ServiceAccount", &[]);
    expect(&on, "pod.policy_mechanism pass 0/1\npod.psa_level pass 0/1");
    // Flags that cannot be read may be those that put it off.
    for unread in ["/bin/sh, -c, exec kube-apiserver", "kube-apiserver, --disable-admission-plugins=$(OFF)"] {
        expect(&judged(unread, &[]), "pod.policy_mechanism pass 0/1 unread 1\npod.psa_level pass 0/1 unread 1");
    }
}

#[test]
fn a_trial_of_no_level_is_said() {
    let labels = "pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/audit: Restricted";
    let namespace = format!("{{kind: Namespace, metadata: {{name: a, labels: {{{labels}}}}}}}");
    expect(
        &about("pod.psa_level", &evaluate(&modern(&namespace, &[]), &Policy::default())),
        "
pod.psa_level fail 1/1
  low Namespace a: invalid_trial [label=pod-security.kubernetes.io/audit; value=Restricted]
",
    );
}

#[test]
fn policy_may_list_privileged_namespaces() {
    let mut policy = Policy::default();
    policy.privileged_namespaces.extend(["monitoring".into(), "forgotten".into()]);
    let text = said(&evaluate(&modern(NAMESPACES_OF_ALL_KINDS, &[]), &policy));
    assert!(text.contains("pod.policy_mechanism pass 0/7"), "{text}");
    assert!(text.contains("excused=forgotten, kube-system, monitoring;"), "who is excused is named: {text}");
    assert!(!text.contains("Namespace monitoring"), "{text}");
}

#[test]
fn another_engine_makes_it_a_question_for_a_person() {
    let binding = r"
---
kind: ValidatingAdmissionPolicy
metadata: {name: no-root}
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
pod.engine_ready not_applicable 0/0 none
pod.policy_mechanism fail 1/1
  critical Namespace bank: none
pod.psa_level not_evaluated 0/0 no_admission [version=1.20]
pod.psp_legacy not_applicable 0/0 unused
pod.vap_bound not_applicable 0/0 none
pod.webhook_fail_closed not_applicable 0/0 none
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
pod.engine_ready not_applicable 0/0 none
pod.policy_mechanism needs_review 0/1 other_engine [count=1; engines=PodSecurityPolicy; namespaces=shop]
pod.psa_level not_evaluated 0/0 no_admission [version=1.20]
pod.psp_legacy needs_review 0/2 no_successor [count=1; namespaces=shop]
pod.vap_bound not_applicable 0/0 none
pod.webhook_fail_closed not_applicable 0/0 none
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
pod.engine_ready not_applicable 0/0 none
pod.policy_mechanism not_visible 0/0 forbidden [permission=list namespaces in the core API group]
pod.psa_level not_visible 0/0 forbidden [permission=list namespaces in the core API group]
pod.psp_legacy not_applicable 0/0 removed
pod.vap_bound not_applicable 0/0 none
pod.webhook_fail_closed not_applicable 0/0 none
",
    );
}

#[test]
fn a_binding_to_nothing_is_no_mechanism() {
    let binding = r"
---
kind: ValidatingAdmissionPolicyBinding
metadata: {name: no-root}
spec: {policyName: no-root, validationActions: [Deny]}
";
    let text = said(&evaluate(&modern(&format!("{NAMESPACES_OF_ALL_KINDS}{binding}"), &[]), &Policy::default()));
    assert!(text.contains("pod.policy_mechanism fail 2/7"), "{text}");
    assert!(text.contains("low ValidatingAdmissionPolicyBinding no-root: dangling [policy=no-root]"), "{text}");
}

pub(super) const ENGINES: &str = r#"
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: gatekeeper-validating-webhook-configuration}
webhooks:
  - {name: validation.gatekeeper.sh, failurePolicy: Ignore, clientConfig: {service: {name: x, namespace: y}}}
  - {name: check-ignore-label.gatekeeper.sh, failurePolicy: Fail}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: under-another-name}
webhooks: [{name: validate.kyverno.svc-fail, failurePolicy: Fail}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: somebody-else}
webhooks: [{name: x, failurePolicy: Ignore}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: gk, namespace: gatekeeper-system, labels: {control-plane: controller-manager, gatekeeper.sh/system: "yes"}}
status: {availableReplicas: 3}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: kyverno-admission-controller, namespace: kyverno}
status: {replicas: 1}
"#;

const BOTH: &[&str] = &["constraints.gatekeeper.sh/v1beta1", "kyverno.io"];

#[test]
fn an_engine_that_does_not_run_or_is_not_asked_is_no_guard() {
    let judged = |manifests: &str, groups: &[&str]| {
        let evaluation = evaluate(&modern(manifests, groups), &Policy::default());
        format!("{}{}", about("pod.engine_ready", &evaluation), about("pod.webhook_fail_closed", &evaluation))
    };
    expect(
        &judged(ENGINES, BOTH),
        "
pod.engine_ready fail 1/2
  high Deployment kyverno/kyverno-admission-controller: not_available
pod.webhook_fail_closed fail 1/3
  medium ValidatingWebhookConfiguration gatekeeper-validating-webhook-configuration (validation.gatekeeper.sh): ignores
",
    );
    // What is left of an engine that was removed.
    expect(
        &judged("", &["kyverno.io"]),
        "
pod.engine_ready fail 1/1
  high PolicyEngine Kyverno: no_webhook
pod.webhook_fail_closed not_applicable 0/0 none
",
    );
    // Installed under another name.
    let webhook = "{kind: ValidatingWebhookConfiguration, metadata: {name: gatekeeper-validating-webhook-configuration}, webhooks: [{name: x}]}";
    expect(
        &judged(webhook, &["templates.gatekeeper.sh"]),
        "pod.engine_ready error 0/0 unread 1 unread\npod.webhook_fail_closed pass 0/1",
    );
    let odd = webhook.replace("{name: x}", "{name: x, failurePolicy: Perhaps}");
    expect(
        &judged(&odd, &[]),
        "pod.engine_ready not_applicable 0/0 none\npod.webhook_fail_closed error 0/0 unread 1 unread",
    );
}

#[test]
fn engines_that_may_not_be_seen_are_not_absent() {
    let forbidden = || ReadError::Forbidden { permission: String::new() };
    let mut input = modern(ENGINES, BOTH);
    input.webhooks = Listed::failed(&VALIDATING_WEBHOOKS, &forbidden());
    let evaluation = evaluate(&input, &Policy::default());
    let permission = "list validatingwebhookconfigurations in admissionregistration.k8s.io";
    let text = about("pod.webhook_fail_closed", &evaluation);
    assert!(text.contains(&format!("not_visible 0/0 forbidden [permission={permission}]")), "{text}");
    input.deployments = Listed::failed(&DEPLOYMENTS, &forbidden()).into();
    let text = about("pod.engine_ready", &evaluate(&input, &Policy::default()));
    assert!(text.contains("not_visible 0/0 unread 2 forbidden"), "{text}");
    input.groups = None;
    let text = about("pod.engine_ready", &evaluate(&input, &Policy::default()));
    expect(&text, "pod.engine_ready not_visible 0/0 hidden [permission=get /apis]");
}

#[test]
fn an_admission_policy_without_a_binding_that_denies_does_nothing() {
    let policies = r"
{kind: ValidatingAdmissionPolicy, metadata: {name: alone}}
---
{kind: ValidatingAdmissionPolicy, metadata: {name: bound}}
---
{kind: ValidatingAdmissionPolicy, metadata: {name: audited}}
---
{kind: ValidatingAdmissionPolicyBinding, metadata: {name: b}, spec: {policyName: bound, validationActions: [Deny, Audit]}}
---
{kind: ValidatingAdmissionPolicyBinding, metadata: {name: c}, spec: {policyName: audited, validationActions: [Audit]}}
";
    let mut input = modern(policies, &[]);
    expect(
        &about("pod.vap_bound", &evaluate(&input, &Policy::default())),
        "
pod.vap_bound fail 2/3
  low ValidatingAdmissionPolicy alone: unbound
  low ValidatingAdmissionPolicy audited: not_denied
",
    );
    // A binding that was not understood may be the one.
    input.bindings.unread = 1;
    expect(&about("pod.vap_bound", &evaluate(&input, &Policy::default())), "pod.vap_bound pass 0/1 unread 3");
}
