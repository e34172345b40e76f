//! Trivy Operator: what it found in the settings of workloads, of the control plane and of nodes.

use super::{
    World,
    cast::cast,
    nodes,
    object::{Meta, time},
    pods::owned_by,
    story::{Profile, Story, System},
    trivy::{Scanned, is_down, scanner},
    workload::{Guise, Workload},
};
use chrono::{DateTime, NaiveTime, Utc};
use serde_json::{Value, json};

/// A check that fails: its id, severity and title.
pub(super) type Failed = (&'static str, &'static str, &'static str);

/// Puts reports on settings.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if !story.profile.has(System::Trivy) {
        return;
    }
    for workload in cast(story, at) {
        let Some(scanned) = Scanned::of(story, &workload, at) else { continue };
        let report = json!({
            "metadata": scanned.metadata(story, "ConfigAuditReport", false), "report": report(&settings(&workload), scanned.updated),
        });
        world.put_all("configauditreports", [report]);
    }
    let updated = at.date_naive().and_time(NaiveTime::MIN).and_utc();
    if !is_down(story, at) {
        infrastructure(world, story, updated);
    }
}

fn settings(workload: &Workload) -> Vec<Failed> {
    let mut failed = Vec::new();
    if workload.guise != Guise::Restricted {
        failed.push(("KSV-0014", "HIGH", "Root file system is not read-only"));
        failed.push(("KSV-0012", "MEDIUM", "Runs as root user"));
    }
    if workload.guise == Guise::Privileged {
        failed.push(("KSV-0017", "HIGH", "Privileged"));
    }
    if !workload.sees.is_empty() {
        failed.push(("KSV-0023", "MEDIUM", "hostPath volumes mounted"));
    }
    if !workload.requests {
        failed.push(("KSV-0015", "LOW", "CPU requests not specified"));
    }
    failed
}

/// What the operator writes: by default only what fails.
pub(super) fn report(failed: &[Failed], updated: DateTime<Utc>) -> Value {
    let count = |severity: &str| failed.iter().filter(|(_, other, _)| *other == severity).count();
    let checks: Vec<Value> = failed
        .iter()
        .map(|(id, severity, title)| {
            json!({
                "checkID": id, "severity": severity, "title": title, "success": false, "category": "Kubernetes Security Check",
                "description": title, "messages": [title], "remediation": "Change the setting.",
            })
        })
        .collect();
    json!({
        "updateTimestamp": time(updated), "scanner": scanner(), "checks": checks,
        "summary": {
            "criticalCount": count("CRITICAL"), "highCount": count("HIGH"), "mediumCount": count("MEDIUM"), "lowCount": count("LOW"),
        },
    })
}

/// Control plane and nodes; of a managed cluster only the nodes.
fn infrastructure(world: &mut World, story: &Story, updated: DateTime<Utc>) {
    let troubled = story.profile == Profile::Troubled;
    for node in nodes::all(story) {
        let labels = json!({ "trivy-operator.resource.kind": "Node", "trivy-operator.resource.name": node.name });
        let name = format!("node-{}", node.name);
        let meta =
            Meta { kind: "ClusterInfraAssessmentReport", namespace: None, name: &name, created: updated, labels };
        let mut metadata = meta.json(story.seed);
        metadata["ownerReferences"] = json!([owned_by(story, "Node", "", &node.name)]);
        let open: &[Failed] = &[("KCV-0077", "HIGH", "Ensure that the kubelet.conf file permissions are set to 600")];
        let failed = if troubled && story.hours(updated) < 47 * 24 { open } else { &[] };
        world.put_all(
            "clusterinfraassessmentreports",
            [json!({ "metadata": metadata, "report": report(failed, updated) })],
        );
        for component in ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"] {
            if node.control_plane {
                world.put_all("infraassessmentreports", [static_pod(story, component, &node.name, updated)]);
            }
        }
    }
}

fn static_pod(story: &Story, component: &str, node: &str, updated: DateTime<Utc>) -> Value {
    let pod = format!("{component}-{node}");
    let labels = json!({
        "trivy-operator.resource.kind": "Pod", "trivy-operator.resource.name": pod, "trivy-operator.resource.namespace": "kube-system",
    });
    let name = format!("pod-{pod}");
    let kind = "InfraAssessmentReport";
    let meta = Meta { kind, namespace: Some("kube-system"), name: &name, created: updated, labels };
    let open: &[Failed] = &[
        ("KCV-0029", "CRITICAL", "Ensure that the --encryption-provider-config argument is set as appropriate"),
        ("KCV-0020", "LOW", "Ensure that the --audit-log-maxage argument is set to 30 or as appropriate"),
    ];
    let encrypted = story.hours(updated) >= 70 * 24;
    let failed = match (story.profile, component) {
        (Profile::Troubled | Profile::Staging, "kube-apiserver") if story.profile == Profile::Troubled && encrypted => {
            &open[1..]
        }
        (Profile::Troubled | Profile::Staging, "kube-apiserver") => open,
        _ => &[],
    };
    json!({ "metadata": meta.json(story.seed), "report": report(failed, updated) })
}
