//! What namespaces say of themselves.

use super::{Manifests, expect, said};
use crate::{error::ReadError, policy::Policy};
use model::source::Source;

pub(super) const LABELLED: &str = r#"
{kind: Namespace, metadata: {name: kube-system}}
---
{kind: Namespace, metadata: {name: shop, labels: {owner: team-a, class: personal, env: production}}}
---
{kind: Namespace, metadata: {name: lab, labels: {owner: "", class: none, env: test}}}
---
{kind: Namespace, metadata: {name: bare}}
"#;

fn judged(manifests: &str, policy: &Policy) -> String {
    said(&Manifests::read(manifests).cluster(32, &[]).evaluate(Source::Inventory, policy))
}

fn asking() -> Policy {
    Policy {
        namespace_labels: vec!["owner".into(), "class".into()],
        environment_label: Some("env".into()),
        environments: vec!["production".into()],
        ..Policy::default()
    }
}

#[test]
fn namespaces_have_the_labels_that_policy_asks_for() {
    expect(
        &judged(LABELLED, &asking()),
        "
env.separation fail 1/3
  low Namespace lab: other [environment=test]
out.classified fail 2/3
  low Namespace bare: unlabelled [labels=class, owner]
  low Namespace lab: unlabelled [labels=owner]
",
    );
    let good = "{kind: Namespace, metadata: {name: shop, labels: {owner: a, class: b, env: production}}}";
    expect(&judged(good, &asking()), "env.separation pass 0/1\nout.classified pass 0/1");
    let unlabelled = "{kind: Namespace, metadata: {name: shop, labels: {owner: a, class: b}}}";
    expect(
        &judged(unlabelled, &asking()),
        "env.separation needs_review 0/1 unknown [count=1; label=env; namespaces=shop]\nout.classified pass 0/1",
    );
}

#[test]
fn without_a_policy_a_person_must_judge() {
    let nothing_to_compare = "
env.separation needs_review 0/3 not_configured
out.classified needs_review 0/3 no_labels
";
    expect(&judged(LABELLED, &Policy::default()), nothing_to_compare);
    let half = Policy { environment_label: Some("env".into()), ..Policy::default() };
    expect(&judged(LABELLED, &half), nothing_to_compare);
}

#[test]
fn namespaces_that_were_not_read_are_not_in_order() {
    let broken = "{kind: Namespace, metadata: {name: odd, labels: [owner]}}";
    expect(
        &judged(broken, &asking()),
        "
env.separation error 0/0 unread 1 unread
out.classified error 0/0 unread 1 unread
",
    );
    // Namespaces of the system alone are no evidence of anything.
    expect(
        &judged("{kind: Namespace, metadata: {name: kube-system}}", &asking()),
        "
env.separation error 0/0 unread 1 unread
out.classified error 0/0 unread 1 unread
",
    );
    let forbidden = ReadError::Forbidden { permission: "x".into() };
    let manifests = Manifests::read(LABELLED);
    expect(
        &said(&manifests.cluster(32, &[]).failing("v1/namespaces", forbidden).evaluate(Source::Inventory, &asking())),
        "
env.separation not_visible 0/0 forbidden [permission=list namespaces in the core API group]
out.classified not_visible 0/0 forbidden [permission=list namespaces in the core API group]
",
    );
}
