//! Reports of policy engines: the instant of the test is 2026-06-30T12:00:00Z, 1782820800 seconds after 1970.

use super::{Manifests, expect, said};
use crate::{error::ReadError, policy::Policy, reading::coverage, rules};
use model::{scan::Coverage, source::Source};

const GROUPS: &[&str] = &["wgpolicyk8s.io/v1alpha1", "wgpolicyk8s.io/v1alpha2", "openreports.io/v1alpha1"];

pub(super) const REPORTS_OF_ALL_KINDS: &str = r#"
apiVersion: wgpolicyk8s.io/v1alpha2
kind: PolicyReport
metadata: {name: 0a1b2c, namespace: shop, labels: {app.kubernetes.io/managed-by: kyverno}}
scope: {apiVersion: v1, kind: Pod, namespace: shop, name: web-6d88f6dcdd-k6bc5}
summary: {pass: 1, fail: 1, warn: 0, error: 0, skip: 1}
results:
  - {policy: no-root, rule: uid, result: fail, severity: high, message: secret, source: kyverno, scored: true, properties: {process: background scan}, timestamp: {seconds: 1782820000, nanos: 0}}
  - {policy: labels, rule: team, result: pass, source: kyverno}
  - {policy: excepted, result: skip, source: kyverno, properties: {exceptions: x}}
---
apiVersion: wgpolicyk8s.io/v1alpha2
kind: PolicyReport
metadata: {name: 3d4e5f, namespace: shop, labels: {app.kubernetes.io/managed-by: kyverno}}
scope: {kind: Pod, namespace: shop, name: web-6d88f6dcdd-tw9kd}
results: [{policy: no-root, rule: uid, result: pass}, {policy: labels, rule: team, result: pass}]
---
apiVersion: openreports.io/v1alpha1
kind: Report
metadata: {name: 0a1b2c, namespace: shop}
source: kyverno
scope: {kind: Pod, namespace: shop, name: web-6d88f6dcdd-k6bc5}
results: [{policy: no-root, rule: uid, result: fail, severity: high}]
---
apiVersion: wgpolicyk8s.io/v1alpha2
kind: ClusterPolicyReport
metadata: {name: nodes, creationTimestamp: "2026-06-30T11:00:00Z"}
results: [{policy: kernel, result: warn, source: other, resources: [{kind: Node, name: n1}, {kind: Node, name: n2}]}]
"#;

fn judged(manifests: &str) -> String {
    said(&Manifests::read(manifests).cluster(32, GROUPS).evaluate(Source::PolicyReport, &Policy::default()))
}

fn report(rest: &str) -> String {
    format!(
        "{{apiVersion: wgpolicyk8s.io/v1alpha2, kind: PolicyReport, metadata: {{name: r, namespace: a, creationTimestamp: \"2026-06-30T11:00:00Z\"}}, {rest}}}"
    )
}

#[test]
fn a_result_counts_once_whatever_number_of_reports_hold_it() {
    expect(
        &judged(REPORTS_OF_ALL_KINDS),
        "
kyv.results fail 1/4 warned [policies=kernel]
  high Deployment shop/web (kyverno: no-root/uid): fails [policy=no-root/uid; producer=kyverno]
",
    );
}

#[test]
fn every_word_has_its_meaning() {
    for (results, expected) in [
        ("{policy: p, result: pass}", "pass 0/1"),
        ("{policy: p, result: warn}", "needs_review 0/1 warned [policies=p]"),
        ("{policy: p, result: skip}", "not_applicable 0/0 all_skipped"),
        ("{policy: p, result: error}", "error 0/0 unread 1 unread"),
        ("{policy: p, result: error}, {policy: q, result: pass}", "error 0/1 unread 1 engine_failed [policies=p]"),
        ("{policy: p, result: PASS}", "error 0/0 unread 1 unread"),
        ("{policy: p}", "error 0/0 unread 1 unread"),
        ("{policy: p, result: fail}", "fail 1/1\n  medium PolicyReport a/r (-: p): fails [policy=p; producer=-]"),
        (
            "{policy: p, result: fail, severity: dire}",
            "fail 1/1\n  unknown PolicyReport a/r (-: p): fails [policy=p; producer=-]",
        ),
        (
            "{policy: p, result: pass}, {policy: p, result: fail, severity: low}",
            "fail 1/1\n  low PolicyReport a/r (-: p): fails [policy=p; producer=-]",
        ),
    ] {
        expect(&judged(&report(&format!("results: [{results}]"))), &format!("kyv.results {expected}"));
    }
}

#[test]
fn a_summary_that_does_not_add_up_is_not_believed() {
    expect(&judged(&report("results: []")), "kyv.results not_evaluated 0/0 no_result");
    for summary in ["{pass: 2}", "{pass: 1, fail: 1}", "{pass: 1, error: -1}", "{pass: 1, skip: 3}"] {
        let text = judged(&report(&format!("summary: {summary}, results: [{{policy: p, result: pass}}]")));
        expect(&text, "kyv.results error 0/1 unread 1 disagrees [report=PolicyReport a/r]");
    }
    let limited = "configuration: {limits: {maxResults: 1}}";
    let text =
        judged(&report(&format!("{limited}, summary: {{pass: 9, skip: 3}}, results: [{{policy: p, result: pass}}]")));
    expect(&text, "kyv.results pass 0/1");
    let text =
        judged(&report(&format!("{limited}, summary: {{pass: 1, fail: 3}}, results: [{{policy: p, result: pass}}]")));
    expect(&text, "kyv.results error 0/1 unread 1 disagrees [report=PolicyReport a/r]");
}

#[test]
fn a_background_scan_that_has_stopped_says_nothing_of_today() {
    let at = |seconds: i64| {
        let scanned = "properties: {process: background scan}";
        judged(&report(&format!(
            "results: [{{policy: p, result: pass, source: kyverno, {scanned}, timestamp: {{seconds: {seconds}}}}}]"
        )))
    };
    expect(&at(1_782_820_800), "kyv.results pass 0/1");
    expect(&at(1_782_730_000), "kyv.results stale 0/0 old [producers=kyverno]");
    expect(&at(1_782_830_000), "kyv.results stale 0/0 old [producers=kyverno]");
    expect(&at(i64::MAX), "kyv.results stale 0/0 old [producers=kyverno]");
    let failed = "{policy: q, result: fail, source: kyverno}";
    let text = judged(&report(&format!(
        "results: [{failed}, {{policy: p, result: pass, source: kyverno, properties: {{process: background scan}}, timestamp: {{seconds: 1782730000}}}}]"
    )));
    assert!(text.starts_with("kyv.results fail 1/1 unread 1"), "what failed is the newest that is known: {text}");
}

#[test]
fn an_engine_that_has_stopped_passes_nothing_for_ever() {
    let by = |process: &str, seconds: i64| {
        let timestamp = format!("timestamp: {{seconds: {seconds}}}");
        report(&format!("results: [{{policy: p, result: pass, source: kubewarden, {process}{timestamp}}}]"))
    };
    let at = |seconds: i64| judged(&by("", seconds));
    expect(&at(1_782_820_800), "kyv.results pass 0/1");
    expect(&at(1_782_660_000), "kyv.results pass 0/1");
    expect(&at(1_782_640_000), "kyv.results stale 0/0 old [producers=kubewarden]");
    expect(&at(1_782_830_000), "kyv.results stale 0/0 old [producers=kubewarden]");
    // Nobody may have changed anything for long: then nothing tells whether it still runs.
    let admitted = by("properties: {process: admission review}, ", 1_782_640_000);
    expect(&judged(&admitted), "kyv.results pass 0/1");
    let long_ago = admitted.replace("2026-06-30T11", "2026-06-20T11");
    expect(&judged(&long_ago), "kyv.results needs_review 0/1 undated [producers=kubewarden]");
    // Falcosidekick writes the second of the minute: then the report's own time counts, where it is new.
    let falco = report("results: [{policy: p, result: pass, source: Falco, timestamp: {seconds: 12}}]");
    expect(&judged(&falco), "kyv.results pass 0/1");
    let undated = "kyv.results needs_review 0/1 undated [producers=Falco]";
    expect(&judged(&falco.replace("2026-06-30T11", "2026-06-20T11")), undated);
    expect(&judged(&falco.replace("creationTimestamp", "x")), undated);
}

#[test]
fn a_group_that_is_served_in_an_unknown_version_is_not_absent() {
    let nothing = Manifests::default();
    let cluster = nothing.cluster(32, &["openreports.io/v9"]);
    let judged = cluster.evaluate(Source::PolicyReport, &Policy::default());
    expect(&said(&judged), "kyv.results error 0/0 unread 2 unread");
    assert_eq!(coverage(&*cluster.reading(Source::PolicyReport, &Policy::default())).0, Coverage::Truncated);
    let all = Manifests::read(&report("results: [{policy: p, result: pass}]"));
    let both = all.cluster(32, &["wgpolicyk8s.io/v1alpha2", "openreports.io/v9"]);
    expect(&said(&both.evaluate(Source::PolicyReport, &Policy::default())), "kyv.results pass 0/1 unread 2");
}

#[test]
fn absent_idle_and_forbidden_are_told_apart_and_old_versions_are_read() {
    let seen = |manifests: &str, groups: &[&str], failing: Option<&str>| {
        let manifests = Manifests::read(manifests);
        let mut cluster = manifests.cluster(32, groups);
        if let Some(name) = failing {
            cluster = cluster.failing(name, ReadError::Forbidden { permission: String::new() });
        }
        let reading = cluster.reading(Source::PolicyReport, &Policy::default());
        (coverage(&*reading).0, said(&cluster.evaluate(Source::PolicyReport, &Policy::default())))
    };
    let (coverage, text) = seen("", &["apps"], None);
    assert_eq!(coverage, Coverage::Absent);
    expect(&text, "kyv.results not_evaluated 0/0 absent [resource=wgpolicyk8s.io/v1alpha2/policyreports]");
    let (coverage, text) = seen("", &["wgpolicyk8s.io/v1beta1"], None);
    assert_eq!(coverage, Coverage::NeverRan);
    expect(&text, "kyv.results not_evaluated 0/0 never_ran");
    let (coverage, text) = seen("", GROUPS, Some("openreports.io/v1alpha1/reports"));
    assert_eq!(coverage, Coverage::Forbidden);
    expect(&text, "kyv.results not_visible 0/0 forbidden [permission=list reports in openreports.io]");
    let (_, text) =
        seen("", &["wgpolicyk8s.io/v1alpha1", "wgpolicyk8s.io/v1beta1"], Some("wgpolicyk8s.io/v1beta1/policyreports"));
    assert!(text.contains("not_visible"), "the newest version is asked for: {text}");
    let old = "{apiVersion: wgpolicyk8s.io/v1alpha1, kind: PolicyReport, metadata: {name: r, namespace: a}, results: [{policy: p, status: fail}]}";
    let (_, text) = seen(old, &["wgpolicyk8s.io/v1alpha1"], None);
    assert!(text.contains("kyv.results fail 1/1"), "{text}");
}

#[test]
fn a_report_that_is_not_understood_is_a_gap() {
    expect(&judged(&report("results: {policy: p}")), "kyv.results error 0/0 unread 1 unread");
    let hostile = report("results: [{policy: \"<script>\\e[31m\", result: fail, severity: low}]");
    let text = judged(&hostile);
    assert!(text.contains("policy=<script> [31m"), "{text}");
}

#[test]
fn a_list_that_was_cut_is_no_whole_pass() {
    let manifests = Manifests::read(REPORTS_OF_ALL_KINDS);
    let cluster = manifests.cluster(32, GROUPS);
    let mut input = futures::executor::block_on(rules::policy_report::Input::read(&cluster)).expect("groups");
    input.reports[0].1.unread = 7;
    let text = said(&rules::policy_report::evaluate(&input, super::now()));
    assert!(text.contains("unread 7"), "{text}");
}
