//! Policies of Kyverno.

use super::{Manifests, about, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage, rules};
use model::{evaluation::Evaluation, scan::Coverage, source::Source};

const GROUPS: &[&str] = &["kyverno.io/v1", "kyverno.io/v2", "policies.kyverno.io/v1alpha1", "policies.kyverno.io/v1"];

pub(super) const POLICIES_OF_ALL_KINDS: &str = r#"
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: no-host-path, annotations: {policies.kyverno.io/category: Pod Security Standards (Baseline)}}
spec:
  validationFailureAction: Audit
  background: true
  rules: [{name: host-path, match: {any: [{resources: {kinds: [Pod]}, subjects: [{kind: User, name: x}]}]}, validate: {failureAction: Enforce, pattern: {}}}]
status: {conditions: [{type: Ready, status: "True"}]}
---
apiVersion: kyverno.io/v1
kind: Policy
metadata: {name: profile, namespace: shop}
spec: {validationFailureAction: audit, rules: [{name: restricted, validate: {podSecurity: {level: restricted}}}]}
status: {ready: true}
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: half, annotations: {policies.kyverno.io/category: Pod Security}}
spec:
  validationFailureAction: enforce
  validationFailureActionOverrides: [{action: audit, namespaces: [legacy, old]}, {action: enforce, namespaces: [x]}]
  rules: [{name: a, validate: {}}]
status: {ready: true}
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: labels}
spec: {rules: [{name: a, mutate: {}}]}
status: {conditions: [{type: Ready, status: "False"}]}
---
apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: {name: new, annotations: {policies.kyverno.io/category: Pod Security Standards (Restricted)}}
spec: {validationActions: [Audit, Warn], matchConstraints: {resourceRules: []}}
status: {conditionStatus: {ready: true}}
---
apiVersion: policies.kyverno.io/v1
kind: ImageValidatingPolicy
metadata: {name: signed}
spec: {validationActions: [Deny], matchConstraints: {resourceRules: []}, matchImageReferences: [{glob: "*"}]}
status: {conditionStatus: {ready: true}}
---
apiVersion: kyverno.io/v2
kind: PolicyException
metadata: {name: agent, namespace: monitoring}
"#;

fn judged(manifests: &str) -> Evaluation {
    Manifests::read(manifests).cluster(32, GROUPS).evaluate(Source::Kyverno, &Policy::default())
}

#[test]
fn only_what_enforces_and_is_ready_is_in_force() {
    expect(
        &said(&judged(POLICIES_OF_ALL_KINDS)),
        "
img.signatures pass 0/1
kyv.enforced fail 4/6 exceptions [exceptions=monitoring/agent]
  low ClusterPolicy half: overridden [namespaces=legacy, old]
  medium ClusterPolicy labels: not_ready
  medium Policy shop/profile: audits [rules=restricted]
  medium ValidatingPolicy new: audits [rules=new]
",
    );
}

fn policy(rest: &str) -> String {
    format!(
        "{{apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: {{name: p, annotations: {{policies.kyverno.io/category: Pod Security}}}}, {rest}}}\n---\n"
    )
}

const READY: &str = r#"status: {conditions: [{type: Ready, status: "True"}]}"#;

#[test]
fn what_is_said_of_a_policy_about_pods() {
    for (rest, expected) in [
        (format!("spec: {{validationFailureAction: Enforce, rules: [{{validate: {{}}}}]}}, {READY}"), "pass 0/1"),
        ("spec: {validationFailureAction: Enforce, rules: [{validate: {}}]}".into(), "error 0/0 unread 1 unread"),
        (
            format!(
                "spec: {{validationFailureAction: Enforce, admission: false, rules: [{{name: r, validate: {{}}}}]}}, {READY}"
            ),
            "fail 1/1\n  medium ClusterPolicy p: audits [rules=r]",
        ),
        (
            format!("spec: {{rules: [{{name: r, validate: {{}}}}]}}, {READY}"),
            "fail 1/1\n  medium ClusterPolicy p: audits [rules=r]",
        ),
        (format!("spec: {{rules: [{{generate: {{}}}}]}}, {READY}"), "not_applicable 0/1 none_about_pods"),
        (format!("spec: {{rules: many}}, {READY}"), "error 0/0 unread 1 unread"),
    ] {
        expect(&about("kyv.enforced", &judged(&policy(&rest))), &format!("kyv.enforced {expected}"));
    }
}

#[test]
fn signatures_pass_only_where_all_images_are_verified() {
    let verifies = |matches: &str, images: &str, action: &str| {
        let rule = format!(
            "{{match: {{{matches}}}, verifyImages: [{{imageReferences: [{images}], failureAction: {action}}}]}}"
        );
        about("img.signatures", &judged(&policy(&format!("spec: {{rules: [{rule}]}}, {READY}"))))
    };
    let pods = "any: [{resources: {kinds: [Pod]}}]";
    expect(&verifies(pods, r#""*""#, "Enforce"), "img.signatures pass 0/1");
    expect(&verifies(pods, "ghcr.io/*", "Enforce"), "img.signatures needs_review 0/1 limited [policies=p]");
    let some = "any: [{resources: {kinds: [Pod], namespaces: [prod]}}]";
    expect(&verifies(some, r#""*""#, "Enforce"), "img.signatures needs_review 0/1 limited [policies=p]");
    expect(
        &verifies("resources: {kinds: [Pod]}", r#""*""#, "Enforce"),
        "img.signatures needs_review 0/1 limited [policies=p]",
    );
    expect(&verifies(pods, r#""*""#, "Audit"), "img.signatures fail 1/1\n  medium ClusterPolicy p: audits");
    expect(
        &about("img.signatures", &judged(&policy(&format!("spec: {{}}, {READY}")))),
        "img.signatures needs_review 0/0 none",
    );
}

#[test]
fn absent_idle_and_forbidden_are_told_apart() {
    let seen = |manifests: &str, groups: &[&str], failing: Option<(&str, ReadError)>| {
        let manifests = Manifests::read(manifests);
        let mut cluster = manifests.cluster(32, groups);
        if let Some((name, error)) = failing {
            cluster = cluster.failing(name, error);
        }
        let reading = cluster.reading(Source::Kyverno, &Policy::default());
        (coverage(&*reading).0, said(&cluster.evaluate(Source::Kyverno, &Policy::default())))
    };
    let refused = || ReadError::Forbidden { permission: String::new() };
    let (coverage, text) = seen("", &["apps"], None);
    assert_eq!(coverage, Coverage::Absent);
    assert!(text.contains("kyv.enforced not_evaluated 0/0 absent [resource=kyverno.io/v1/clusterpolicies]"), "{text}");
    let (coverage, text) = seen("", GROUPS, None);
    assert_eq!(coverage, Coverage::NeverRan);
    assert!(text.contains("kyv.enforced not_evaluated 0/0 never_ran"), "{text}");
    let (coverage, text) = seen("", GROUPS, Some(("kyverno.io/v1/policies", refused())));
    assert_eq!(coverage, Coverage::Forbidden);
    assert!(
        text.contains("img.signatures not_visible 0/0 forbidden [permission=list policies in kyverno.io]"),
        "{text}"
    );
    // The first versions of the group do not serve it.
    let gone = ("policies.kyverno.io/v1/imagevalidatingpolicies", ReadError::Absent);
    let good = policy(&format!("spec: {{validationFailureAction: Enforce, rules: [{{validate: {{}}}}]}}, {READY}"));
    let (coverage, text) = seen(&good, GROUPS, Some(gone));
    assert_eq!(coverage, Coverage::Complete);
    assert!(text.contains("kyv.enforced pass 0/1\n"), "{text}");
    let (coverage, text) = seen(&good, GROUPS, Some(("kyverno.io/v2/policyexceptions", refused())));
    assert_eq!(coverage, Coverage::Forbidden);
    assert!(text.contains("kyv.enforced pass 0/1 unread 1\n"), "{text}");
}

#[test]
fn a_group_that_is_served_in_an_unknown_version_is_not_absent() {
    let good = policy(&format!("spec: {{validationFailureAction: Enforce, rules: [{{validate: {{}}}}]}}, {READY}"));
    let of = |groups: &[&str]| {
        let judged = Manifests::read(&good).cluster(32, groups).evaluate(Source::Kyverno, &Policy::default());
        about("kyv.enforced", &judged)
    };
    expect(&of(&["kyverno.io/v9"]), "kyv.enforced error 0/0 unread 3 unread");
    expect(&of(&["kyverno.io/v1"]), "kyv.enforced pass 0/1");
    let newer = of(&["kyverno.io/v1", "policies.kyverno.io/v9"]);
    assert!(newer.starts_with("kyv.enforced pass 0/1 unread"), "{newer}");
}

#[test]
fn a_list_that_was_cut_is_no_whole_pass() {
    let manifests = Manifests::read(POLICIES_OF_ALL_KINDS);
    let cluster = manifests.cluster(32, GROUPS);
    let mut input = futures::executor::block_on(rules::kyverno::Input::read(&cluster)).expect("groups");
    input.patterns[0].2.unread = 7;
    let text = about("img.signatures", &rules::kyverno::evaluate(&input));
    assert!(text.contains("unread 7"), "{text}");
}
