//! kube-bench: a run each week, whose results are kept in a config map, in the log of a job, or by Starboard.

use super::{
    World,
    nodes::{self, Node},
    object::{Meta, time},
    story::{Profile, Story},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// The namespace of its jobs and config maps.
const NAMESPACE: &str = "kube-bench";

/// A test: section, number, text, whether it is scored.
type Test = (&'static str, &'static str, &'static str, bool);

const MASTER: &[Test] = &[
    (
        "1.1",
        "1.1.1",
        "Ensure that the API server pod specification file permissions are set to 600 or more restrictive",
        true,
    ),
    ("1.1", "1.1.12", "Ensure that the etcd data directory ownership is set to etcd:etcd", true),
    ("1.2", "1.2.1", "Ensure that the --anonymous-auth argument is set to false", false),
    ("1.2", "1.2.5", "Ensure that the --kubelet-certificate-authority argument is set as appropriate", true),
    ("1.2", "1.2.16", "Ensure that the --audit-log-path argument is set", true),
    ("1.2", "1.2.17", "Ensure that the --audit-log-maxage argument is set to 30 or as appropriate", true),
    ("1.2", "1.2.27", "Ensure that the --encryption-provider-config argument is set as appropriate", false),
    ("1.3", "1.3.2", "Ensure that the --profiling argument is set to false", true),
    ("1.4", "1.4.1", "Ensure that the --profiling argument is set to false", true),
];
const ETCD: &[Test] = &[
    ("2", "2.1", "Ensure that the --cert-file and --key-file arguments are set as appropriate", true),
    ("2", "2.2", "Ensure that the --client-cert-auth argument is set to true", true),
    ("2", "2.3", "Ensure that the --auto-tls argument is not set to true", true),
];
const CONTROL_PLANE: &[Test] = &[
    ("3.1", "3.1.1", "Client certificate authentication should not be used for users", false),
    ("3.2", "3.2.1", "Ensure that a minimal audit policy is created", false),
];
const NODE: &[Test] = &[
    ("4.1", "4.1.1", "Ensure that the kubelet service file permissions are set to 600 or more restrictive", true),
    (
        "4.1",
        "4.1.5",
        "Ensure that the --kubeconfig kubelet.conf file permissions are set to 600 or more restrictive",
        true,
    ),
    ("4.2", "4.2.1", "Ensure that the --anonymous-auth argument is set to false", true),
    ("4.2", "4.2.2", "Ensure that the --authorization-mode argument is not set to AlwaysAllow", true),
    ("4.2", "4.2.6", "Ensure that the --make-iptables-util-chains argument is set to true", true),
    ("4.2", "4.2.13", "Ensure that a limit is set on pod PIDs", false),
];

/// Puts the results of the last run.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    let Some(ran) = last_run(story, at) else { return };
    let nodes = nodes::all(story);
    match story.profile {
        Profile::Healthy | Profile::Management | Profile::Managed => {
            world.put_all("configmaps", [config_map(story, &nodes, ran)]);
        }
        Profile::Troubled => {
            for node in &nodes {
                let (pod, name) = pod(story, node, ran);
                world.put_all("pods", [pod]);
                let text = format!("I1102 no config file found, using defaults\n{}\n", result(story, node, ran));
                world.put_log(NAMESPACE, &name, text);
            }
        }
        Profile::Edge => world.put_all("ciskubebenchreports", nodes.iter().map(|node| starboard(story, node, ran))),
        Profile::Staging => {}
    }
}

/// Each Monday at four. On the troubled cluster nobody has run it since day 63.
fn last_run(story: &Story, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let at = if story.profile == Profile::Troubled { at.min(story.day(63)) } else { at };
    // Staging's nodes send theirs instead.
    (story.profile != Profile::Staging).then(|| monday(at))
}

/// The last Monday at four.
pub(super) fn monday(at: DateTime<Utc>) -> DateTime<Utc> {
    // The first of January 1970 was a Thursday.
    let monday = TimeDelta::days(4) + TimeDelta::hours(4);
    at - TimeDelta::seconds((at - monday).timestamp().rem_euclid(7 * 86_400))
}

fn status(story: &Story, node: &Node, (_, number, _, scored): &Test, ran: DateTime<Utc>) -> &'static str {
    let fails = match (story.profile, *number) {
        (Profile::Troubled, "1.2.17") | (Profile::Edge, "4.2.1" | "1.2.16" | "1.2.17" | "1.1.12") => true,
        (Profile::Troubled, "4.1.5") => story.hours(ran) < 47 * 24,
        // A new node comes up with the settings of last year, until the next run.
        (Profile::Healthy, "4.1.1") => node.number == 3 && story.between(ran, 60, 16..28),
        _ => false,
    };
    match (fails, scored) {
        (true, _) => "FAIL",
        (false, true) => "PASS",
        (false, false) => "WARN",
    }
}

fn controls(story: &Story, node: &Node, ran: DateTime<Utc>) -> Vec<(&'static str, &'static str, Vec<Value>)> {
    let managed = story.profile == Profile::Managed;
    let of_control_plane = [("1", "master", MASTER), ("2", "etcd", ETCD), ("3", "controlplane", CONTROL_PLANE)];
    let of_control_plane = of_control_plane.into_iter().filter(|_| node.control_plane);
    of_control_plane
        .chain([(if managed { "3" } else { "4" }, "node", NODE)])
        .map(|(id, kind, tests)| {
            let results = tests.iter().map(|test| {
                let (section, number, text, scored) = test;
                let status = status(story, node, test, ran);
                json!({
                    "section": section, "test_number": number, "test_desc": text, "status": status, "scored": scored,
                    "remediation": "Set it as the benchmark asks.", "audit": "", "AuditEnv": "", "AuditConfig": "",
                    "type": if *scored { "" } else { "manual" }, "test_info": [], "actual_value": "", "expected_result": "",
                    "IsMultiple": false,
                })
            });
            (id, kind, results.collect())
        })
        .collect()
}

fn totals(results: &[Value]) -> Value {
    let count = |status: &str| results.iter().filter(|result| result["status"] == status).count();
    json!({ "total_pass": count("PASS"), "total_fail": count("FAIL"), "total_warn": count("WARN"), "total_info": 0 })
}

/// By section, as kube-bench writes them.
fn sections(results: &[Value]) -> Vec<Value> {
    let mut sections: Vec<(Value, Vec<Value>)> = Vec::new();
    for result in results {
        let mut result = result.clone();
        let section = result.as_object_mut().and_then(|fields| fields.remove("section")).unwrap_or_default();
        match sections.last_mut() {
            Some((last, results)) if *last == section => results.push(result),
            _ => sections.push((section, vec![result])),
        }
    }
    let each = sections.into_iter().map(|(section, results)| {
        let count = totals(&results);
        json!({
            "section": section, "type": "", "desc": "Settings", "results": results, "pass": count["total_pass"],
            "fail": count["total_fail"], "warn": count["total_warn"], "info": 0,
        })
    });
    each.collect()
}

/// What one run writes.
pub(super) fn result(story: &Story, node: &Node, ran: DateTime<Utc>) -> Value {
    let version = match story.profile {
        Profile::Managed => "eks-1.7.0",
        Profile::Edge => "cis-1.24",
        _ => "cis-1.12",
    };
    let controls = controls(story, node, ran);
    let all: Vec<Value> = controls.iter().flat_map(|(_, _, results)| results.clone()).collect();
    let controls: Vec<Value> = controls
        .iter()
        .map(|(id, kind, results)| {
            let mut control = totals(results);
            control["id"] = (*id).into();
            control["version"] = version.into();
            control["detected_version"] = story.version(ran).split('.').take(2).collect::<Vec<_>>().join(".").into();
            control["text"] = "Security Configuration".into();
            control["node_type"] = (*kind).into();
            control["tests"] = sections(results).into();
            control
        })
        .collect();
    json!({ "Controls": controls, "Totals": totals(&all) })
}

fn config_map(story: &Story, nodes: &[Node], ran: DateTime<Utc>) -> Value {
    let meta = Meta {
        kind: "ConfigMap",
        namespace: Some(NAMESPACE),
        name: "kube-bench-results",
        created: story.day(-200),
        labels: Value::Null,
    };
    let mut metadata = meta.json(story.seed);
    metadata["managedFields"] = json!([{
        "manager": "kubectl", "operation": "Update", "apiVersion": "v1", "time": time(ran), "fieldsType": "FieldsV1",
        "fieldsV1": { "f:data": {} },
    }]);
    let data: serde_json::Map<String, Value> =
        nodes.iter().map(|node| (format!("{}.json", node.name), result(story, node, ran).to_string().into())).collect();
    json!({ "metadata": metadata, "data": data })
}

fn pod(story: &Story, node: &Node, ran: DateTime<Utc>) -> (Value, String) {
    let name = format!("kube-bench-{}", node.name);
    let labels = json!({ "app": "kube-bench", "job-name": name });
    let meta = Meta { kind: "Pod", namespace: Some(NAMESPACE), name: &name, created: ran, labels };
    let ended = json!({ "terminated": { "exitCode": 0, "reason": "Completed", "finishedAt": time(ran + TimeDelta::minutes(1)) } });
    let mut metadata = meta.json(story.seed);
    metadata["ownerReferences"] = json!([super::pods::owned_by(story, "Job", NAMESPACE, &name)]);
    let image = "docker.io/aquasec/kube-bench:v0.12.0";
    let pod = json!({
        "metadata": metadata,
        "spec": {
            "nodeName": node.name, "hostPID": true, "restartPolicy": "Never",
            "containers": [{ "name": "kube-bench", "image": image, "command": ["kube-bench", "run", "--json"] }],
        },
        "status": {
            "phase": "Succeeded", "startTime": time(ran),
            "containerStatuses": [{ "name": "kube-bench", "image": image, "imageID": image, "ready": false, "restartCount": 0, "state": ended }],
        },
    });
    (pod, name)
}

fn starboard(story: &Story, node: &Node, ran: DateTime<Utc>) -> Value {
    let created = story.day(-300);
    let meta = Meta { kind: "CISKubeBenchReport", namespace: None, name: &node.name, created, labels: Value::Null };
    let controls = controls(story, node, ran);
    let all: Vec<Value> = controls.iter().flat_map(|(_, _, results)| results.clone()).collect();
    let sections: Vec<Value> = controls
        .iter()
        .map(|(id, kind, results)| {
            let count = totals(results);
            json!({
                "id": id, "version": "cis-1.24", "detected_version": "1.24", "text": "Security Configuration", "node_type": kind,
                "tests": sections(results), "total_pass": count["total_pass"], "total_fail": count["total_fail"],
                "total_warn": count["total_warn"], "total_info": 0,
            })
        })
        .collect();
    let count = totals(&all);
    json!({
        "metadata": meta.json(story.seed),
        "report": {
            "updateTimestamp": time(ran), "scanner": { "name": "kube-bench", "vendor": "Aqua Security", "version": "v0.6.9" },
            "sections": sections,
            "summary": { "passCount": count["total_pass"], "failCount": count["total_fail"], "warnCount": count["total_warn"], "infoCount": 0 },
        },
    })
}
