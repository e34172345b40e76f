//! Reports of Kyverno: one for each workload of the applications, in the group that the version of Kyverno writes.

use super::{
    World,
    cast::cast,
    kyverno::POLICIES,
    object::{Meta, uid_of},
    story::{Profile, Story, System},
    workload::Workload,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Puts the reports.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if !story.profile.has(System::Kyverno) || is_silent(story, at) {
        return;
    }
    let plural = if story.profile == Profile::Managed { "reports" } else { "policyreports" };
    let teams = story.profile.teams();
    for workload in cast(story, at) {
        if teams.iter().any(|(_, namespace)| *namespace == workload.namespace) {
            world.put_all(plural, [report(story, &workload, at)]);
        }
    }
}

/// The reports controller of the managed cluster loses its reports with an upgrade, and writes them anew three days later.
fn is_silent(story: &Story, at: DateTime<Utc>) -> bool {
    story.profile == Profile::Managed && story.between(at, 120, 90..93)
}

fn report(story: &Story, workload: &Workload, at: DateTime<Utc>) -> Value {
    let kind = format!("{:?}", workload.kind);
    let uid = uid_of(story.seed, &kind, Some(workload.namespace), workload.name);
    let is_open = story.profile == Profile::Managed;
    // Each workload is scanned once a day, at an hour of its own.
    let hour = TimeDelta::hours(story.pick(&uid, 24));
    let since_midnight = (at - hour).timestamp().rem_euclid(86_400);
    let scanned = at - TimeDelta::seconds(since_midnight);
    let mut counts = [0_u32; 3];
    let results: Vec<Value> = POLICIES
        .iter()
        .map(|policy| {
            let excepted = workload.namespace == "legacy-print" && policy.name == "disallow-latest-tag";
            let (at, result) = match (excepted, (policy.forbids)(workload)) {
                (true, _) => (2, "skip"),
                (false, true) => (1, "fail"),
                (false, false) => (0, "pass"),
            };
            counts[at] += 1;
            let mut properties = json!({ "process": "background scan" });
            if excepted {
                properties["exceptions"] = "spooler".into();
            }
            json!({
                "source": "kyverno", "policy": policy.name, "rule": policy.rule, "category": policy.category,
                "severity": policy.severity, "result": result, "scored": true, "properties": properties,
                "message": if result == "fail" { policy.message } else { "validation rule passed." },
                "timestamp": { "seconds": scanned.timestamp(), "nanos": 0 },
            })
        })
        .collect();
    let labels = json!({ "app.kubernetes.io/managed-by": "kyverno" });
    let report_kind = if is_open { "Report" } else { "PolicyReport" };
    let created = story.day(workload.came);
    let meta = Meta { kind: report_kind, namespace: Some(workload.namespace), name: &uid, created, labels };
    let version = if kind == "CronJob" { "batch/v1" } else { "apps/v1" };
    let [pass, fail, skip] = counts;
    let mut report = json!({
        "metadata": meta.json(story.seed),
        "scope": { "apiVersion": version, "kind": kind, "namespace": workload.namespace, "name": workload.name, "uid": uid },
        "summary": { "pass": pass, "fail": fail, "warn": 0, "error": 0, "skip": skip },
        "results": results,
    });
    if is_open {
        report["source"] = "kyverno".into();
    }
    report
}
