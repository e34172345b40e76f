//! How much memory a large cluster's reports take. Not run by default, since it is about the process as a whole:
//! `cargo test --release -p sources large_clusters -- --ignored --nocapture`.

use crate::{
    listed::{Gathering, Listed},
    objects::{running::Pod, trivy::VulnerabilityReport},
    page::Page,
    policy::Policy,
    request::VULNERABILITY_REPORTS,
    rules::trivy::{Input, evaluate},
};
use serde_json::{Value, json};
use std::sync::Arc;

const REPORTS: usize = 5_000;
const ENTRIES: usize = 20;
const PAGE: usize = 50;
const LIMIT_MB: usize = 200;

fn report(number: usize, fixable: bool) -> Value {
    let entry = |entry: usize| {
        json!({
            "vulnerabilityID": format!("CVE-2026-{:05}", number * 7 % 9000 + entry), "resource": format!("package-{entry}"),
            "installedVersion": "1.2.3-4+deb12u1", "fixedVersion": if fixable || entry.is_multiple_of(8) { "1.2.3-4+deb12u5" } else { "" },
            "severity": if fixable || entry.is_multiple_of(4) { "HIGH" } else { "MEDIUM" },
            "title": "t".repeat(80), "description": "d".repeat(600), "primaryLink": "l".repeat(60),
            "links": ["l".repeat(60), "l".repeat(60)], "target": "shop/web:2.1 (debian 12.5)", "packagePURL": "p".repeat(80),
        })
    };
    let entries: Vec<Value> = (0..ENTRIES).map(entry).collect();
    let high = entries.iter().filter(|entry| entry["severity"] == "HIGH").count();
    json!({
        "kind": "VulnerabilityReport",
        "metadata": { "name": format!("replicaset-web-{number}-6d4cf56db6-web"), "namespace": "shop", "labels": {
            "trivy-operator.resource.kind": "ReplicaSet", "trivy-operator.resource.name": format!("web-{number}-6d4cf56db6"),
            "trivy-operator.container.name": "web" } },
        "report": { "updateTimestamp": "2026-06-30T02:00:00Z", "os": {}, "vulnerabilities": entries,
            "artifact": { "digest": format!("sha256:{number:064}"), "tag": "2.1" },
            "summary": { "criticalCount": 0, "highCount": high, "mediumCount": ENTRIES - high, "lowCount": 0, "unknownCount": 0 } },
    })
}

fn pod(number: usize) -> Pod {
    let name = format!("web-{number}-6d4cf56db6");
    let pod = json!({
        "metadata": { "name": format!("{name}-abcde"), "namespace": "shop", "labels": { "pod-template-hash": "6d4cf56db6" },
            "ownerReferences": [{ "kind": "ReplicaSet", "name": name, "controller": true }] },
        "spec": { "containers": [{ "name": "web", "image": "registry.example.org/shop/web:2.1" }] },
        "status": { "phase": "Running", "containerStatuses": [{ "name": "web", "imageID": format!("x@sha256:{number:064}") }] },
    });
    serde_json::from_value(pod).expect("a pod")
}

/// Megabytes that the process holds, or held at most.
fn megabytes(field: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with(field)).expect("a figure");
    line.split_whitespace().nth(1).expect("a number").parse::<usize>().expect("a number") / 1024
}

fn hold(fixable: bool) {
    let before = megabytes("VmRSS");
    let mut gathering = Gathering::default();
    for first in (0..REPORTS).step_by(PAGE) {
        let items: Vec<Value> = (first..first + PAGE).map(|number| report(number, fixable)).collect();
        let body = json!({ "kind": "List", "metadata": {}, "items": items }).to_string();
        let page = Page::split(body.into(), "GET /test").expect("a page");
        gathering.take(page.parse::<VulnerabilityReport>(usize::MAX));
    }
    let vulnerabilities = gathering.listed(&VULNERABILITY_REPORTS);
    let read = megabytes("VmRSS").saturating_sub(before);
    let pods = Listed { items: (0..REPORTS).map(pod).collect(), ..Listed::of_page(&VULNERABILITY_REPORTS, EMPTY) };
    let input = Input {
        vulnerabilities,
        secrets: Listed::of_page(&VULNERABILITY_REPORTS, EMPTY),
        audits: Listed::of_page(&VULNERABILITY_REPORTS, EMPTY),
        infra: Listed::of_page(&VULNERABILITY_REPORTS, EMPTY),
        cluster_infra: Listed::of_page(&VULNERABILITY_REPORTS, EMPTY),
        roles: Listed::of_page(&VULNERABILITY_REPORTS, EMPTY),
        cluster_roles: Listed::of_page(&VULNERABILITY_REPORTS, EMPTY),
        compliance: Listed::of_page(&VULNERABILITY_REPORTS, EMPTY),
        pods: Arc::new(pods),
    };
    let evaluation = evaluate(&input, &Policy::default(), super::now());
    let (findings, held, most) = (
        evaluation.observations.len(),
        megabytes("VmRSS").saturating_sub(before),
        megabytes("VmHWM").saturating_sub(before),
    );
    println!(
        "{} vulnerabilities in {REPORTS} reports, {findings} findings: read {read} MB, with all findings {held} MB, at most {most} MB",
        REPORTS * ENTRIES
    );
    assert!(most < LIMIT_MB, "{most} MB");
}

const EMPTY: &[u8] = br#"{"kind":"List","items":[]}"#;

#[test]
#[ignore = "about the memory of the process as a whole; run it alone"]
fn reports_of_large_clusters_are_held_in_little_memory() {
    hold(false);
}

#[test]
#[ignore = "about the memory of the process as a whole; run it alone"]
fn reports_of_large_clusters_in_which_everything_is_grave_are_held_in_little_memory() {
    hold(true);
}
