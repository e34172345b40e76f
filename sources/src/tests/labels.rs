//! The labels that are kept: of namespaces and workloads, and only where all of them were read.

use super::Manifests;
use crate::{error::ReadError, policy::Policy};
use model::source::Source;
use std::fmt::Write;

const LABELLED: &str = r#"
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {env: test, secret: x, kubernetes.io/metadata.name: shop}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: bare}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop, labels: {tier: front, env: "not one"}},
 spec: {template: {metadata: {labels: {env: prod}}, spec: {containers: [{name: a}]}}}}
---
{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: shop, labels: {env: ""}},
 spec: {template: {spec: {containers: [{name: a}]}}}}
---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly, namespace: shop, labels: {env: dev}},
 spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}}}
---
{apiVersion: batch/v1, kind: Job, metadata: {name: nightly-1, namespace: shop, labels: {env: dev}, ownerReferences: [{kind: CronJob, name: nightly}]},
 spec: {template: {spec: {containers: [{name: a}]}}}}
---
{apiVersion: batch/v1, kind: Job, metadata: {name: once, namespace: shop}, spec: {template: {spec: {containers: [{name: a}]}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: lone, namespace: shop, labels: {env: test}}, spec: {containers: [{name: a}]}}
"#;

fn policy() -> Policy {
    Policy { label_keys: vec!["env".to_owned(), "tier".to_owned()].try_into().expect("keys"), ..Policy::default() }
}

/// What is kept, by two sources, as text: a line a kind, and under it a line an object.
fn kept(manifests: &Manifests, failing: Option<(&str, &ReadError)>) -> String {
    let mut text = String::new();
    for source in [Source::Inventory, Source::Workloads] {
        let mut cluster = manifests.cluster(32, &["policy/v1"]);
        if let Some((name, error)) = failing {
            cluster = cluster.failing(name, error.clone());
        }
        for of_kind in cluster.reading(source, &policy()).labels(&policy().label_keys) {
            writeln!(text, "{}", of_kind.kind).expect("memory");
            for (namespace, name, labels) in of_kind.objects {
                let labels: Vec<String> = labels
                    .into_iter()
                    .map(|(key, value)| value.map_or(format!("!{key}"), |value| format!("{key}={value}")))
                    .collect();
                writeln!(text, "  {namespace}/{name} {}", labels.join(" ")).expect("memory");
            }
        }
    }
    text
}

#[test]
fn the_labels_that_a_policy_names_are_kept_and_no_others() {
    let expected = "\
Namespace
  /bare !env !tier
  /shop env=test !tier
Deployment
  shop/web tier=front
StatefulSet
  shop/db env= !tier
DaemonSet
Job
  shop/once !env !tier
CronJob
  shop/nightly env=dev !tier
";
    assert_eq!(kept(&Manifests::read(LABELLED), None), expected, "a value that cannot be one is not known");
}

#[test]
fn of_what_was_not_all_read_nothing_is_said() {
    let all = kept(&Manifests::read(LABELLED), None);
    let kinds =
        |text: &str| text.lines().filter(|line| !line.starts_with(' ')).map(ToOwned::to_owned).collect::<Vec<_>>();
    let forbidden = || ReadError::Forbidden { permission: "x".into() };
    for (name, error, kind) in [
        ("v1/namespaces", forbidden(), "Namespace"),
        ("apps/v1/deployments", forbidden(), "Deployment"),
        ("apps/v1/statefulsets", ReadError::Absent, "StatefulSet"),
        ("batch/v1/jobs", forbidden(), "Job"),
    ] {
        let left = kinds(&kept(&Manifests::read(LABELLED), Some((name, &error))));
        let expected: Vec<String> = kinds(&all).into_iter().filter(|it| it != kind).collect();
        assert_eq!(left, expected, "{name}");
    }
    for (broken, kind) in [
        ("{apiVersion: v1, kind: Namespace, metadata: {name: 7}}", "Namespace"),
        ("{apiVersion: apps/v1, kind: DaemonSet, metadata: 7}", "DaemonSet"),
    ] {
        let left = kinds(&kept(&Manifests::read(LABELLED).with(Manifests::read(broken)), None));
        let expected: Vec<String> = kinds(&all).into_iter().filter(|it| it != kind).collect();
        assert_eq!(left, expected, "{broken}");
    }
}
