//! What clusters send: events that are over, and silence that proves nothing.

use super::{Manifests, expect, said};
use crate::{policy::Policy, reading::coverage};
use model::{scan::Coverage, source::Source};

fn judged(source: Source, pushed: &str) -> String {
    let text = format!("kind: Pushed\nmetadata: {{ name: {source} }}\npushed:\n{pushed}");
    said(&Manifests::read(&text).cluster(32, &[]).evaluate(source, &Policy::default()))
}

const SHELL: &str = "
  - rule: Terminal shell in container
    subject: { kind: Workload, namespace: shop, name: web, key: shell }
    severity: medium
    last_at: 2026-06-30T10:00:00Z
  - rule: Write below etc
    subject: { kind: Workload, namespace: shop, name: db, key: write }
    severity: high
    last_at: 2026-06-29T10:00:00Z
";

#[test]
fn alerts_are_over_after_a_day_without_one() {
    let alive = format!("  expected: true\n  newest_at: 2026-06-30T11:00:00Z\n  groups:{SHELL}");
    expect(
        &judged(Source::FalcoEvents, &alive),
        "
det.falco_drops pass 0/1
det.falco_events fail 1/2
  medium Workload shop/web (shell): seen [rule=Terminal shell in container]
",
    );
}

#[test]
fn silence_passes_nothing_and_closes_nothing() {
    expect(
        &judged(Source::FalcoEvents, "  expected: true\n  newest_at: 2026-06-29T12:00:00Z"),
        "
det.falco_drops stale 0/0 silent [since=2026-06-29T12:00:00Z]
det.falco_events stale 0/0 silent [since=2026-06-29T12:00:00Z]
",
    );
    // The newest sign of life was an event of this group, and of nothing else anything is known.
    let old = "  newest_at: 2026-06-29T11:00:00Z\n  groups:
  - { rule: Falco internal: syscall event drop, subject: { kind: Cluster, name: '*' }, severity: high, last_at: 2026-06-30T11:00:00Z }";
    let old = old.replace("rule: Falco internal: syscall event drop", "rule: 'Falco internal: syscall event drop'");
    expect(
        &judged(Source::FalcoEvents, &old),
        "
det.falco_drops fail 1/1 unread 1
  medium Cluster *: dropped
det.falco_events stale 0/0 silent [since=2026-06-29T11:00:00Z]
",
    );
    expect(
        &judged(Source::AuditEvents, "  expected: true\n  newest_at: 2026-06-30T11:44:59Z"),
        "
log.audit_heartbeat stale 0/0 silent [since=2026-06-30T11:44:59Z]
log.privileged_events stale 0/0 silent [since=2026-06-30T11:44:59Z]
",
    );
    expect(
        &judged(Source::AuditEvents, "  expected: false"),
        "
log.audit_heartbeat not_evaluated 0/0 no_sender
log.privileged_events not_evaluated 0/0 no_sender
",
    );
}

#[test]
fn what_was_refused_is_not_in_order() {
    expect(
        &judged(Source::AuditEvents, "  expected: true\n  newest_at: 2026-06-30T11:59:00Z\n  refused: 2\n  cut_off: 1"),
        "
log.audit_heartbeat pass 0/1
log.privileged_events pass 0/1 unread 3
",
    );
}

#[test]
fn reports_speak_until_they_are_too_old() {
    let found = |severity: &str| {
        format!(
            "{{ rule: R1, title: A rule, severity: {severity}, subject: {{ kind: File, name: a.rs }}, text: is wrong }}"
        )
    };
    let report = |producer: &str, day: u32, findings: &str| {
        format!("  - {{ producer: '{producer}', received_at: 2026-06-{day}T12:00:00Z, findings: [{findings}] }}\n")
    };
    let head = "  expected: true\n  newest_at: 2026-06-30T11:00:00Z\n  reports:\n";
    let of = |reports: &[String]| judged(Source::External, &format!("{head}{}", reports.concat()));
    expect(&of(&[report("x: a", 29, "")]), "ext.findings pass 0/1");
    expect(
        &of(&[report("x: a", 29, &found("high")), report("x: b", 20, "")]),
        "
ext.findings fail 1/2 unread 1
  high File a.rs (R1): found [rule=R1; text=is wrong; title=A rule]
",
    );
    expect(&of(&[report("x: a", 29, ""), report("x: b", 20, "")]), "ext.findings stale 0/2 old [reports=x: b]");
    expect(&of(&[report("x: a", 29, &found("info"))]), "ext.findings needs_review 0/1 review [rules=R1]");
}

#[test]
fn results_of_kube_bench_that_were_sent_count_beside_those_that_are_read() {
    let judged = |status: &str| {
        let text = format!(
            "
kind: Node
apiVersion: v1
metadata: {{ name: worker-1 }}
---
kind: Pushed
metadata: {{ name: kube_bench }}
pushed:
  expected: true
  newest_at: 2026-06-30T11:00:00Z
  benchmarks:
  - node: worker-1
    received_at: 2026-06-30T11:00:00Z
    results:
      refused: []
      contradictions: []
      controls:
      - id: '4'
        version: cis-1.12
        node_type: node
        tests:
        - {{ number: 4.1.1, title: a file, remediation: '', status: {status}, scored: true }}
        - {{ number: 4.2.1, title: a flag, remediation: '', status: Pass, scored: true }}"
        );
        said(&Manifests::read(&text).cluster(32, &[]).evaluate(Source::KubeBench, &Policy::default()))
    };
    expect(&judged("Pass"), "cfg.cis pass 0/2");
    assert!(judged("Fail").starts_with("cfg.cis fail 1/2"), "{}", judged("Fail"));
    assert!(judged("Warn").starts_with("cfg.cis needs_review"), "{}", judged("Warn"));
}

#[test]
fn a_source_that_nobody_sends_any_longer_says_so_itself() {
    let of = |source: Source, pushed: &str| {
        let text = format!(
            "kind: Pushed\nmetadata: {{ name: {source} }}\npushed:\n  asked_at: 2026-06-30T12:00:00Z\n{pushed}"
        );
        let manifests = Manifests::read(&text);
        coverage(&*manifests.cluster(32, &[]).reading(source, &Policy::default()))
    };
    for (source, newest, expected) in [
        (Source::FalcoEvents, "2026-06-29T12:00:01Z", Coverage::Complete),
        (Source::FalcoEvents, "2026-06-29T12:00:00Z", Coverage::Stale),
        (Source::AuditEvents, "2026-06-30T11:45:01Z", Coverage::Complete),
        (Source::AuditEvents, "2026-06-30T11:45:00Z", Coverage::Stale),
        (Source::External, "2026-06-22T12:00:01Z", Coverage::Complete),
        (Source::External, "2026-06-22T12:00:00Z", Coverage::Stale),
    ] {
        // A token that has expired meanwhile changes nothing of that.
        for expected_still in [true, false] {
            let pushed = format!("  expected: {expected_still}\n  newest_at: {newest}");
            assert_eq!(of(source, &pushed).0, expected, "{source} {newest}");
        }
        let (begun, why) = of(source, "  expected: false");
        assert_eq!(begun, Coverage::Absent);
        assert!(why.is_some_and(|why| why.contains("nothing was sent yet: bevis token create")));
        assert_eq!(of(source, "  expected: true").0, Coverage::NeverRan);
    }
    let silent = of(Source::FalcoEvents, "  expected: true\n  newest_at: 2026-06-28T12:00:00Z").1.unwrap_or_default();
    assert!(silent.contains("nothing came since 2026-06-28T12:00:00Z"), "{silent}");
}
