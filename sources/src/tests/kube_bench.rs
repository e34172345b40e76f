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
    let good = result(&[test("4.1.1", "PASS", true), test("4.2.2", "PASS", false)]).to_string();
    let bad =
        result(&[test("4.1.1", "FAIL", true), test("4.2.2", "FAIL", false), test("4.1.3", "WARN", false)]).to_string();
    let manual =
        result(&[test("4.1.1", "PASS", true), test("4.1.10", "WARN", false), test("4.2.2", "INFO", true)]).to_string();
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
  medium Node one (cis-1.12 4.2.2): unscored [test=4.2.2; title=Ask 4.2.2]
",
        ),
        (lately, &*manual, Some(&*good), "cfg.cis needs_review 0/3 by_hand [count=2; tests=4.1.10, 4.2.2]"),
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
  medium Node one (cis-1.12 4.2.2): unscored [test=4.2.2; title=Ask 4.2.2]
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

/// A control with these tests.
fn part(id: &str, kind: &str, tests: &[&str]) -> Value {
    let results: Vec<Value> = tests.iter().map(|number| test(number, "PASS", true)).collect();
    json!({ "id": id, "version": "cis-1.12", "node_type": kind, "text": "", "tests": [{ "section": "", "results": results }] })
}

#[test]
fn a_node_is_examined_by_every_part_of_the_benchmark_that_applies_to_it() {
    let node = || part("4", "node", &["4.1.1", "4.2.1"]);
    let master = || part("1", "master", &["1.1.1", "1.2.1", "1.3.1", "1.4.1"]);
    let (etcd, plane) = (|| part("2", "etcd", &["2.1"]), || part("3", "controlplane", &["3.1.1"]));
    let nodes = |more: &str| {
        let one = "{kind: Node, metadata: {name: one, labels: {node-role.kubernetes.io/control-plane: ''}}}";
        Manifests::read(&format!("{one}\n---\n{{kind: Node, metadata: {{name: two{more}}}}}"))
    };
    let of = |nodes: &Manifests, one: &[Value], two: &[Value]| {
        let text = |parts: &[Value]| json!(parts).to_string();
        let all = map("2026-06-10T00:00:00Z", &[("one", text(one)), ("two", text(two))]);
        said(&all.with(nodes.clone()).cluster(32, &[]).evaluate(Source::KubeBench, &policy()))
    };
    let plain = nodes("");
    expect(&of(&plain, &[master(), etcd(), plane(), node()], &[node()]), "cfg.cis pass 0/10");
    expect(
        &of(&plain, &[node()], &[node()]),
        "cfg.cis needs_review 0/4 unread 1 parts [nodes=one (master, etcd, controlplane)]",
    );
    expect(
        &of(&plain, &[master(), etcd(), plane()], &[part("4", "node", &["4.1.1"])]),
        "cfg.cis needs_review 0/7 unread 2 parts [nodes=one (node), two (node)]",
    );
    let half = part("1", "master", &["1.1.1", "1.2.1"]);
    expect(
        &of(&plain, &[half, etcd(), plane(), node()], &[node()]),
        "cfg.cis needs_review 0/8 unread 1 parts [nodes=one (master)]",
    );
    // Where labels say which nodes run etcd, those do, and no others.
    let labelled = nodes(", labels: {node-role.kubernetes.io/etcd: ''}");
    expect(&of(&labelled, &[master(), plane(), node()], &[etcd(), node()]), "cfg.cis pass 0/10");
    // The tests of a STIG are not numbered by sections.
    let stig = || part("4", "node", &["V-242387"]);
    expect(&of(&labelled, &[master(), plane(), stig()], &[etcd(), stig()]), "cfg.cis pass 0/8");
}

#[test]
fn a_run_without_a_test_examined_nothing() {
    let good = result(&[test("4.1.1", "PASS", true), test("4.2.1", "PASS", true)]).to_string();
    let none = json!([{ "id": "4", "version": "cis-1.12", "node_type": "node", "text": "", "tests": [] }]).to_string();
    let of =
        |one: &str, two: &str| judged(map("2026-06-10T00:00:00Z", &[("one", one.to_owned()), ("two", two.to_owned())]));
    assert!(of(&none, &none).starts_with("cfg.cis error 0/0"), "{}", of(&none, &none));
    assert!(of(&none, &good).starts_with("cfg.cis pass 0/2 unread 2"), "{}", of(&none, &good));
}

#[test]
fn totals_are_compared_and_unknown_words_are_gaps() {
    let mut wrong = result(&[test("4.1.1", "PASS", true), test("4.2.1", "PASS", true)]);
    wrong["Totals"]["total_fail"] = json!(3);
    let good = result(&[test("4.1.1", "PASS", true), test("4.2.1", "PASS", true)]).to_string();
    let both = |one: &Value| judged(map("2026-06-10T00:00:00Z", &[("one", one.to_string()), ("two", good.clone())]));
    expect(&both(&wrong), "cfg.cis error 0/4 unread 1 totals [nodes=one]");
    let mut word = result(&[test("4.1.1", "PASS", true), test("4.2.2", "FINE", true), test("4.2.1", "PASS", true)]);
    for totals in ["/Totals", "/Controls/0", "/Controls/0/tests/0"] {
        assert!(word.pointer_mut(totals).is_some());
    }
    word["Controls"][0]["tests"][0]["results"][1]["scored"] = json!("yes");
    expect(&both(&word), "cfg.cis pass 0/4 unread 1");
}

#[test]
fn logs_are_read_where_the_policy_names_a_namespace() {
    let text = |status: &str| {
        format!(
            "I0630 klog\n[INFO] 4 Worker\n{}\n{}\nbye [1]\n",
            result(&[test("4.1.1", status, true), test("4.2.1", "PASS", true)]),
            "{}"
        )
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
    expect(&said(&all.cluster(32, &[]).evaluate(Source::KubeBench, &policy)), "cfg.cis pass 0/4");
    let refused = ReadError::Forbidden { permission: "x".into() };
    let cluster = all.cluster(32, &[]).failing("v1/pods/log audit/c", refused);
    expect(
        &said(&cluster.evaluate(Source::KubeBench, &policy)),
        "cfg.cis not_visible 0/2 unread 1 forbidden [permission=get pods/log in namespace audit]",
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
