//! Results of kube-bench: the instant of the test is 2026-06-30T12:00:00Z.

use super::{Manifests, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage};
use model::{scan::Coverage, source::Source};
use serde_json::{Value, json};

pub(super) const NODES: &str = r"
kind: Node
metadata: {name: one}
---
kind: Node
metadata: {name: two}
";

fn test(number: &str, status: &str, scored: bool) -> Value {
    json!({ "test_number": number, "test_desc": format!("Ask {number}"), "remediation": "Do", "status": status, "scored": scored,
        "actual_value": "--token=not to be seen" })
}

/// A result with these tests and with totals that they come to.
pub(super) fn result(tests: &[Value]) -> Value {
    let of = |status: &str| tests.iter().filter(|test| test["status"] == status).count();
    let totals = json!({ "total_pass": of("PASS"), "total_fail": of("FAIL"), "total_warn": of("WARN"), "total_info": of("INFO") });
    let mut control = json!({ "id": "4", "version": "cis-1.12", "node_type": "node", "text": "Worker",
        "tests": [{ "section": "4.1", "pass": of("PASS"), "fail": of("FAIL"), "warn": of("WARN"), "info": of("INFO"), "results": tests }] });
    for (key, value) in totals.as_object().expect("totals") {
        control[key] = value.clone();
    }
    json!({ "Controls": [control], "Totals": totals })
}

fn map(at: &str, results: &[(&str, String)]) -> Manifests {
    let data: serde_json::Map<String, Value> =
        results.iter().map(|(node, text)| ((*node).into(), json!(text))).collect();
    Manifests(vec![json!({ "kind": "ConfigMap", "data": data, "metadata": { "name": "results", "namespace": "audit",
        "creationTimestamp": "2025-01-01T00:00:00Z",
        "managedFields": [{ "time": at, "fieldsV1": { "f:data": { "f:one": {} } } },
            { "time": "2026-06-30T00:00:00Z", "fieldsV1": { "f:metadata": { "f:annotations": {} } } }] } })])
}

fn policy() -> Policy {
    Policy { kube_bench_config_maps: vec!["audit/results".into()], ..Policy::default() }
}

fn judged(all: Manifests) -> String {
    said(&all.with(Manifests::read(NODES)).cluster(32, &[]).evaluate(Source::KubeBench, &policy()))
}

#[test]
fn every_node_must_be_examined_lately_and_wholly() {
    let good = result(&[test("4.1.1", "PASS", true), test("4.1.2", "PASS", false)]).to_string();
    let bad =
        result(&[test("4.1.1", "FAIL", true), test("4.1.2", "FAIL", false), test("4.1.3", "WARN", false)]).to_string();
    let manual =
        result(&[test("4.1.1", "PASS", true), test("4.1.10", "WARN", false), test("4.1.2", "INFO", true)]).to_string();
    let cut = &good[..good.len() - 3];
    let lately = "2026-06-10T00:00:00Z";
    for (at, one, two, expected) in [
        (lately, &*good, Some(&*good), "cfg.cis pass 0/4"),
        (
            lately,
            &*bad,
            Some(&*good),
            "
cfg.cis fail 2/4
  high Node one (cis-1.12 4.1.1): scored [test=4.1.1; title=Ask 4.1.1]
  medium Node one (cis-1.12 4.1.2): unscored [test=4.1.2; title=Ask 4.1.2]
",
        ),
        (lately, &*manual, Some(&*good), "cfg.cis needs_review 0/3 by_hand [count=2; tests=4.1.10, 4.1.2]"),
        (lately, &*good, None, "cfg.cis pass 0/2 unread 1"),
        (lately, cut, Some(&*good), "cfg.cis pass 0/2 unread 3"),
        (lately, "nothing of the kind", None, "cfg.cis error 0/0 unread 4 unread"),
        ("2026-05-01T00:00:00Z", &*good, Some(&*good), "cfg.cis stale 0/0 old [days=30]"),
        ("2026-07-01T00:00:00Z", &*good, Some(&*good), "cfg.cis stale 0/0 old [days=30]"),
        (
            "2026-05-01T00:00:00Z",
            &*bad,
            Some(&*good),
            "
cfg.cis fail 2/0 unread 2
  high Node one (cis-1.12 4.1.1): scored [test=4.1.1; title=Ask 4.1.1]
  medium Node one (cis-1.12 4.1.2): unscored [test=4.1.2; title=Ask 4.1.2]
",
        ),
    ] {
        let results: Vec<(&str, String)> = [("one.json", Some(one)), ("two", two)]
            .into_iter()
            .filter_map(|(node, text)| Some((node, text?.to_owned())))
            .collect();
        expect(&judged(map(at, &results)), expected);
    }
}

#[test]
fn totals_are_compared_and_unknown_words_are_gaps() {
    let mut wrong = result(&[test("4.1.1", "PASS", true)]);
    wrong["Totals"]["total_fail"] = json!(3);
    let good = result(&[test("4.1.1", "PASS", true)]).to_string();
    let both = |one: &Value| judged(map("2026-06-10T00:00:00Z", &[("one", one.to_string()), ("two", good.clone())]));
    expect(&both(&wrong), "cfg.cis error 0/2 unread 1 totals [nodes=one]");
    let mut word = result(&[test("4.1.1", "PASS", true), test("4.1.2", "FINE", true)]);
    for totals in ["/Totals", "/Controls/0", "/Controls/0/tests/0"] {
        assert!(word.pointer_mut(totals).is_some());
    }
    word["Controls"][0]["tests"][0]["results"][1]["scored"] = json!("yes");
    expect(&both(&word), "cfg.cis pass 0/2 unread 1");
}

#[test]
fn logs_are_read_where_the_policy_names_a_namespace() {
    let text = |status: &str| {
        format!("I0630 klog\n[INFO] 4 Worker\n{}\n{}\nbye [1]\n", result(&[test("4.1.1", status, true)]), "{}")
    };
    let pod = |name: &str, node: &str, at: &str, phase: &str| {
        json!({ "kind": "Pod", "metadata": { "name": name, "namespace": "audit", "creationTimestamp": at, "labels": { "app": "kube-bench" } },
            "spec": { "nodeName": node }, "status": { "phase": phase } })
    };
    let log = |pod: &str, status: &str| json!({ "kind": "Log", "metadata": { "name": pod, "namespace": "audit" }, "text": text(status) });
    let all = Manifests(vec![
        pod("a", "one", "2026-06-01T00:00:00Z", "Succeeded"),
        log("a", "FAIL"),
        pod("b", "one", "2026-06-20T00:00:00Z", "Succeeded"),
        log("b", "PASS"),
        pod("c", "two", "2026-06-20T00:00:00Z", "Succeeded"),
        log("c", "PASS"),
        pod("d", "two", "2026-06-21T00:00:00Z", "Running"),
    ])
    .with(Manifests::read(NODES));
    let policy = Policy { kube_bench_log_namespace: Some("audit".into()), ..Policy::default() };
    // The newest result of a node counts.
    expect(&said(&all.cluster(32, &[]).evaluate(Source::KubeBench, &policy)), "cfg.cis pass 0/2");
    let refused = ReadError::Forbidden { permission: "x".into() };
    let cluster = all.cluster(32, &[]).failing("v1/pods/log audit/c", refused);
    expect(
        &said(&cluster.evaluate(Source::KubeBench, &policy)),
        "cfg.cis not_visible 0/1 unread 1 forbidden [permission=get pods/log in namespace audit]",
    );
    assert_eq!(coverage(&*cluster.reading(Source::KubeBench, &policy)).0, Coverage::Forbidden);
}

#[test]
fn absent_not_named_and_not_there_are_told_apart() {
    let nodes = Manifests::read(NODES);
    let absent =
        || nodes.cluster(32, &[]).failing("aquasecurity.github.io/v1alpha1/ciskubebenchreports", ReadError::Absent);
    let unnamed = Policy::default();
    expect(
        &said(&absent().evaluate(Source::KubeBench, &unnamed)),
        "cfg.cis not_evaluated 0/0 absent [resource=aquasecurity.github.io/v1alpha1/ciskubebenchreports]",
    );
    assert_eq!(coverage(&*absent().reading(Source::KubeBench, &unnamed)).0, Coverage::Absent);
    expect(&said(&nodes.cluster(32, &[]).evaluate(Source::KubeBench, &unnamed)), "cfg.cis not_evaluated 0/0 not_named");
    expect(&said(&absent().evaluate(Source::KubeBench, &policy())), "cfg.cis not_evaluated 0/0 none");
}

#[test]
fn what_a_test_saw_is_never_kept() {
    let all = map("2026-06-10T00:00:00Z", &[("one", result(&[test("4.1.1", "FAIL", true)]).to_string())]);
    assert!(!format!("{:?}", all.kube_bench(&policy())).contains("not to be seen"));
}
