//! Constraints of Gatekeeper: the instant of the test is 2026-06-30T12:00:00Z.

use super::{Manifests, about, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage, rules};
use model::{evaluation::Evaluation, scan::Coverage, source::Source};

const GROUPS: &[&str] = &["constraints.gatekeeper.sh/v1beta1", "templates.gatekeeper.sh/v1beta1"];

pub(super) const CONSTRAINTS_OF_ALL_KINDS: &str = r#"
apiVersion: templates.gatekeeper.sh/v1beta1
kind: ConstraintTemplate
metadata: {name: k8spspprivilegedcontainer}
status: {created: true, byPod: [{id: a}]}
---
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sPSPPrivilegedContainer
metadata: {name: no-privileged, generation: 1}
spec: {match: {kinds: [{apiGroups: [""], kinds: [Pod]}]}}
status:
  auditTimestamp: "2026-06-30T11:55:00Z"
  totalViolations: 2
  byPod: [{id: a, enforced: true, observedGeneration: 1}, {id: b, enforced: true, observedGeneration: 1}]
  violations:
    - {enforcementAction: deny, group: "", version: v1, kind: Pod, namespace: shop, name: web-6d88f6dcdd-k6bc5, message: "secret of web-6d88f6dcdd-k6bc5"}
    - {enforcementAction: deny, group: "", version: v1, kind: Pod, namespace: shop, name: web-6d88f6dcdd-tw9kd, message: "secret"}
---
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sPSPHostNamespace
metadata: {name: scoped}
spec: {enforcementAction: scoped, scopedEnforcementActions: [{action: deny, enforcementPoints: [{name: validation.gatekeeper.sh}]}]}
status: {auditTimestamp: "2026-06-30T11:31:00Z", totalViolations: 0, byPod: [{id: a, enforced: true}]}
---
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sRequiredLabels
metadata: {name: on-trial}
spec: {enforcementAction: dryrun}
status:
  auditTimestamp: "2026-06-30T11:55:00Z"
  totalViolations: 57
  violations: [{kind: Namespace, name: default, message: x}]
"#;

fn judged(manifests: &str) -> Evaluation {
    Manifests::read(manifests).cluster(32, GROUPS).evaluate(Source::Gatekeeper, &Policy::default())
}

#[test]
fn violations_are_told_by_workload_and_what_is_not_listed_is_said() {
    expect(
        &said(&judged(CONSTRAINTS_OF_ALL_KINDS)),
        "
gk.audit_fresh pass 0/3
gk.enforced pass 0/3
gk.violations fail 3/4 unread 1
  high Deployment shop/web (K8sPSPPrivilegedContainer/no-privileged): violates [action=deny; constraint=K8sPSPPrivilegedContainer/no-privileged]
  low K8sRequiredLabels on-trial: more [listed=1; total=57]
  low Namespace default (K8sRequiredLabels/on-trial): violates [action=dryrun; constraint=K8sRequiredLabels/on-trial]
",
    );
}

fn constraint(kind: &str, rest: &str) -> String {
    format!(
        "{{apiVersion: constraints.gatekeeper.sh/v1beta1, kind: {kind}, metadata: {{name: x, generation: 2}}, {rest}}}\n---\n"
    )
}

#[test]
fn an_audit_that_is_old_or_in_the_future_says_nothing_of_today() {
    for at in ["2026-06-30T11:29:00Z", "2026-06-30T12:30:00Z"] {
        let old = constraint("K8sA", &format!("status: {{auditTimestamp: {at:?}, totalViolations: 0}}"));
        let text = said(&judged(&old));
        assert!(text.contains("gk.violations stale 0/0 old\n"), "{text}");
        assert!(text.contains(&format!("high Constraint *: all_old [audit={at}]")), "{text}");
    }
    let fresh = constraint("K8sA", r#"status: {auditTimestamp: "2026-06-30T12:00:00Z", totalViolations: 0}"#);
    let old = constraint("K8sB", r#"status: {auditTimestamp: "2026-06-29T12:00:00Z", totalViolations: 0}"#);
    let text = said(&judged(&format!("{fresh}{old}")));
    assert!(text.contains("gk.violations pass 0/1 unread 1\n"), "{text}");
    assert!(text.contains("high K8sB x: old [audit=2026-06-29T12:00:00Z]"), "{text}");
}

#[test]
fn what_was_never_audited_has_no_result() {
    let text = said(&judged(&constraint("K8sA", "spec: {}")));
    expect(
        &text,
        "
gk.audit_fresh not_evaluated 0/0 never_audited
gk.enforced not_applicable 0/0 none_about_pods
gk.violations not_evaluated 0/0 never_audited
",
    );
}

#[test]
fn no_total_and_a_total_that_does_not_add_up_are_no_pass() {
    let at = r#"auditTimestamp: "2026-06-30T12:00:00Z""#;
    let without = constraint("K8sA", &format!("status: {{{at}}}"));
    expect(&about("gk.violations", &judged(&without)), "gk.violations error 0/0 unread 1 unread");
    for total in [0, -7] {
        let violations = "violations: [{kind: Pod, namespace: a, name: b}]";
        let wrong = constraint("K8sA", &format!("status: {{{at}, totalViolations: {total}, {violations}}}"));
        expect(
            &about("gk.violations", &judged(&wrong)),
            "
gk.violations fail 1/1 unread 1 disagrees [constraint=K8sA/x]
  medium Pod a/b (K8sA/x): violates [action=deny; constraint=K8sA/x]
",
        );
    }
}

#[test]
fn only_what_denies_and_is_loaded_is_in_force() {
    let by = |by: &str| format!("status: {{byPod: [{by}]}}");
    for (rest, expected) in [
        (by("{enforced: true, observedGeneration: 2}"), "gk.enforced pass 0/1"),
        (by("{enforced: true, observedGeneration: 1}"), "gk.enforced error 0/0 unread 1 unread"),
        (by(""), "gk.enforced error 0/0 unread 1 unread"),
        (by("{enforced: true}, {enforced: false}"), "gk.enforced fail 1/1\n  medium K8sPSPX x: not_enforced"),
        (by("{enforced: true, errors: [{code: x}]}"), "gk.enforced fail 1/1\n  medium K8sPSPX x: not_enforced"),
        ("spec: {enforcementAction: warn}".into(), "gk.enforced fail 1/1\n  medium K8sPSPX x: not_denied [action=warn]"),
        (
            "spec: {enforcementAction: scoped, scopedEnforcementActions: [{action: deny, enforcementPoints: [{name: vap.k8s.io}]}]}".into(),
            "gk.enforced error 0/0 unread 1 unread",
        ),
        (
            "spec: {enforcementAction: scoped, scopedEnforcementActions: [{action: deny, enforcementPoints: [{name: audit.gatekeeper.sh}]}]}".into(),
            "gk.enforced fail 1/1\n  medium K8sPSPX x: not_denied [action=scoped]",
        ),
    ] {
        expect(&about("gk.enforced", &judged(&constraint("K8sPSPX", &rest))), expected);
    }
    let broken = "{apiVersion: templates.gatekeeper.sh/v1beta1, kind: ConstraintTemplate, metadata: {name: t}, status: {created: true, byPod: [{errors: [{code: rego}]}]}}";
    expect(
        &about("gk.enforced", &judged(broken)),
        "gk.enforced fail 1/1\n  medium ConstraintTemplate t: broken_template",
    );
}

fn reading(manifests: &str, groups: &[&str], failing: Option<(&str, ReadError)>) -> (Coverage, String) {
    let manifests = Manifests::read(manifests);
    let mut cluster = manifests.cluster(32, groups);
    if let Some((name, error)) = failing {
        cluster = cluster.failing(name, error);
    }
    let reading = cluster.reading(Source::Gatekeeper, &Policy::default());
    (coverage(&*reading).0, said(&cluster.evaluate(Source::Gatekeeper, &Policy::default())))
}

#[test]
fn absent_idle_forbidden_and_vanished_are_told_apart() {
    let (seen, text) = reading("", &[], None);
    assert_eq!(seen, Coverage::Absent);
    assert!(
        text.contains(
            "gk.violations not_evaluated 0/0 absent [resource=templates.gatekeeper.sh/v1/constrainttemplates]"
        )
    );
    let (seen, text) = reading("", &["templates.gatekeeper.sh"], None);
    assert_eq!(seen, Coverage::NeverRan);
    assert!(text.contains("gk.enforced not_evaluated 0/0 never_ran"), "{text}");
    let refused = || ReadError::Forbidden { permission: String::new() };
    let kinds = "/apis/constraints.gatekeeper.sh/v1beta1";
    let (seen, text) = reading(CONSTRAINTS_OF_ALL_KINDS, GROUPS, Some((kinds, refused())));
    assert_eq!(seen, Coverage::Forbidden);
    assert!(text.contains("gk.violations not_visible 0/0 forbidden [permission=list * in constraints.gatekeeper.sh]"));
    let list = "constraints.gatekeeper.sh/v1beta1/k8spsphostnamespace";
    let (seen, text) = reading(CONSTRAINTS_OF_ALL_KINDS, GROUPS, Some((list, ReadError::Absent)));
    assert_eq!(seen, Coverage::Truncated);
    assert!(text.contains("gk.violations fail 3/3 unread 1"), "{text}");
    let (seen, _) = reading(CONSTRAINTS_OF_ALL_KINDS, GROUPS, Some((list, refused())));
    assert_eq!(seen, Coverage::Forbidden);
}

#[test]
fn a_constraint_that_is_not_understood_is_a_gap() {
    let text = said(&judged(&constraint("K8sPSPX", "status: {totalViolations: many}")));
    expect(
        &text,
        "
gk.audit_fresh error 0/0 unread 1 unread
gk.enforced error 0/0 unread 1 unread
gk.violations error 0/0 unread 1 unread
",
    );
}

#[test]
fn a_list_that_was_cut_is_no_whole_pass() {
    let manifests = Manifests::read(CONSTRAINTS_OF_ALL_KINDS);
    let cluster = manifests.cluster(32, GROUPS);
    let mut input = futures::executor::block_on(rules::gatekeeper::Input::read(&cluster)).expect("groups");
    input.constraints[0].list.unread = 7;
    let text = about("gk.audit_fresh", &rules::gatekeeper::evaluate(&input, &Policy::default(), super::now()));
    assert!(text.contains("unread 7"), "{text}");
}
