//! Trivy Operator: what it holds of roles, and what it makes of all its reports by the controls of a benchmark.

use super::{
    World,
    object::{Meta, time},
    pods::owned_by,
    story::{Profile, Story, System},
    trivy::is_down,
    trivy_audit::{Failed, report},
};
use chrono::{DateTime, NaiveTime, Utc};
use serde_json::{Value, json};

/// The controls of the benchmark, each with its severity; the third is what the troubled cluster does not keep to.
const CONTROLS: &[(&str, &str)] = &[
    ("HostProcess", "HIGH"),
    ("Host Namespaces", "HIGH"),
    ("Privileged Containers", "HIGH"),
    ("Capabilities", "MEDIUM"),
    ("HostPath Volumes", "MEDIUM"),
    ("Host ports", "HIGH"),
    ("AppArmor", "HIGH"),
    ("SELinux", "MEDIUM"),
    ("/proc Mount Type", "MEDIUM"),
    ("Seccomp", "MEDIUM"),
    ("Sysctls", "MEDIUM"),
];

/// Puts reports on roles, and the compliance report.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if !story.profile.has(System::Trivy) || is_down(story, at) {
        return;
    }
    let updated = at.date_naive().and_time(NaiveTime::MIN).and_utc();
    let secrets: &[Failed] = &[("KSV-0041", "CRITICAL", "Manage secrets")];
    let role = ("ClusterRole", None, "cert-manager-controller-certificates");
    world.put_all("clusterrbacassessmentreports", [assessment(story, role, secrets, updated)]);
    for (_, namespace) in story.profile.teams() {
        let role = ("Role", Some(*namespace), "team");
        world.put_all("rbacassessmentreports", [assessment(story, role, &[], updated)]);
    }
    world.put_all("clustercompliancereports", [compliance(story, updated)]);
}

fn assessment(
    story: &Story,
    (of, namespace, role): (&'static str, Option<&'static str>, &str),
    failed: &[Failed],
    updated: DateTime<Utc>,
) -> Value {
    let labels = json!({ "trivy-operator.resource.kind": of, "trivy-operator.resource.name": role });
    let kind = if namespace.is_some() { "RbacAssessmentReport" } else { "ClusterRbacAssessmentReport" };
    let name = format!("{}-{role}", of.to_lowercase());
    let meta = Meta { kind, namespace, name: &name, created: updated, labels };
    let mut metadata = meta.json(story.seed);
    metadata["annotations"] = json!({ "trivy-operator.aquasecurity.github.io/report-ttl": "24h0m0s" });
    metadata["ownerReferences"] = json!([owned_by(story, of, namespace.unwrap_or_default(), role)]);
    json!({ "metadata": metadata, "report": report(failed, updated) })
}

fn compliance(story: &Story, updated: DateTime<Utc>) -> Value {
    let (name, title) = ("k8s-pss-baseline-0.1", "Kubernetes Pod Security Standards - Baseline");
    let kind = "ClusterComplianceReport";
    let meta = Meta { kind, namespace: None, name, created: story.day(-200), labels: Value::Null };
    let fails = |number: usize| if story.profile == Profile::Troubled && number == 3 { 2 } else { 0 };
    let numbered = || CONTROLS.iter().enumerate().map(|(at, control)| (at + 1, control));
    let controls: Vec<Value> = numbered()
        .map(|(number, (name, severity))| {
            json!({ "id": number.to_string(), "name": name, "severity": severity, "totalFail": fails(number) })
        })
        .collect();
    let failing = numbered().filter(|(number, _)| fails(*number) > 0).count();
    json!({
        "metadata": meta.json(story.seed),
        "spec": { "cron": "0 */6 * * *", "reportType": "summary", "compliance": {
            "id": name, "title": title, "version": "0.1", "controls": [], "relatedResources": [],
        } },
        "status": {
            "updateTimestamp": time(updated), "summary": { "failCount": failing, "passCount": CONTROLS.len() - failing },
            "summaryReport": { "id": name, "title": title, "controlCheck": controls },
        },
    })
}
