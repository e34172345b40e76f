//! Gatekeeper: templates, and constraints with what the audit found last.

use super::{
    World,
    cast::cast,
    object::{Meta, time},
    story::{Profile, Story, System},
    systems::definition,
    workload::{Guise, Workload},
};
use crate::cluster::resources::by_plural;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Violations that a constraint lists at most.
const LISTED: usize = 20;

/// A constraint: its resource, its name, and what it forbids in a workload.
struct Constraint {
    plural: &'static str,
    name: &'static str,
    forbids: fn(&Workload) -> Option<String>,
}

const CONSTRAINTS: &[Constraint] = &[
    Constraint {
        plural: "k8spspprivilegedcontainer",
        name: "no-privileged-containers",
        forbids: |workload| {
            let privileged = workload.guise == Guise::Privileged;
            privileged.then(|| {
                format!("Privileged container is not allowed: {}, securityContext.privileged: true", workload.name)
            })
        },
    },
    Constraint {
        plural: "k8spsphostnamespace",
        name: "no-host-namespaces",
        forbids: |workload| {
            let shares =
                workload.guise == Guise::Host || (workload.guise == Guise::Privileged && workload.name == "falco");
            shares.then(|| format!("Sharing the host namespace is not allowed: {}", workload.name))
        },
    },
    Constraint {
        plural: "k8spspallowedusers",
        name: "no-root-users",
        forbids: |workload| {
            let root = matches!(workload.guise, Guise::Root | Guise::Privileged);
            root.then(|| format!("Container {} is attempting to run as disallowed user 0", workload.name))
        },
    },
    Constraint {
        plural: "k8sallowedrepos",
        name: "require-harbor-repo",
        forbids: |workload| {
            let own = workload.image.starts_with("registry.nordlys.example/");
            (!own).then(|| format!("container <{}> has an invalid image repo <{}>", workload.name, workload.image))
        },
    },
    Constraint {
        plural: "k8sresourcerequests",
        name: "require-resource-requests",
        forbids: |workload| {
            (!workload.requests).then(|| format!("Container \"{}\" has no resource requests", workload.name))
        },
    },
    Constraint { plural: "k8srequirenetworkpolicy", name: "require-networkpolicy", forbids: |_| None },
];

/// Puts templates and constraints.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if !story.profile.has(System::Gatekeeper) {
        return;
    }
    let teams = story.profile.teams();
    let cast: Vec<Workload> =
        cast(story, at).into_iter().filter(|w| teams.iter().any(|(_, own)| *own == w.namespace)).collect();
    for constraint in CONSTRAINTS {
        world.put_all("constrainttemplates", [template(story, constraint.plural)]);
        world.put_all("customresourcedefinitions", definition(story, constraint.plural));
        world.put_all(constraint.plural, [json(story, constraint, &cast, at)]);
    }
}

fn template(story: &Story, plural: &str) -> Value {
    let kind = by_plural(plural).map_or("", |resource| resource.kind);
    let meta = Meta {
        kind: "ConstraintTemplate",
        namespace: None,
        name: plural,
        created: story.day(-300),
        labels: Value::Null,
    };
    json!({
        "metadata": meta.json(story.seed),
        "spec": {
            "crd": { "spec": { "names": { "kind": kind } } },
            "targets": [{ "target": "admission.k8s.gatekeeper.sh", "rego": format!("package {plural}") }],
        },
        "status": { "created": true, "byPod": [{ "id": "gatekeeper-audit", "observedGeneration": 1, "operations": ["audit", "status"] }] },
    })
}

/// What is done with a violation. Staging only looks; elsewhere one constraint is still new.
fn action(story: &Story, constraint: &Constraint, at: DateTime<Utc>) -> &'static str {
    match (story.profile, constraint.name) {
        (Profile::Staging, _) => "dryrun",
        (_, "require-resource-requests") if story.hours(at) < 62 * 24 => "warn",
        _ => "deny",
    }
}

/// When the audit last ended: each ten minutes, unless it stands still.
fn audited(story: &Story, at: DateTime<Utc>) -> DateTime<Utc> {
    let still = story.profile == Profile::Management && story.between(at, 90, 20..23);
    if still { story.day(20 + 90 * (story.hours(at) / 24 / 90)) } else { at }
}

fn json(story: &Story, constraint: &Constraint, cast: &[Workload], at: DateTime<Utc>) -> Value {
    let action = action(story, constraint, at);
    let kind = by_plural(constraint.plural).map_or("", |resource| resource.kind);
    let meta = Meta { kind, namespace: None, name: constraint.name, created: story.day(-300), labels: Value::Null };
    let mut violations: Vec<Value> = cast
        .iter()
        .filter_map(|workload| {
            let message = (constraint.forbids)(workload)?;
            Some(json!({
                "group": "apps", "version": "v1", "kind": format!("{:?}", workload.kind), "name": workload.name,
                "namespace": workload.namespace, "message": message, "enforcementAction": action,
            }))
        })
        .collect();
    // On staging, an experiment leaves more behind than is listed.
    if story.profile == Profile::Staging && constraint.plural == "k8sallowedrepos" && story.between(at, 45, 20..26) {
        violations.extend((0..27).map(|number| {
            json!({
                "group": "", "version": "v1", "kind": "Pod", "name": format!("load-generator-{number}"), "namespace": "load-test",
                "message": "container <load> has an invalid image repo <docker.io/grafana/k6>", "enforcementAction": action,
            })
        }));
    }
    let total = violations.len();
    violations.truncate(LISTED);
    let parts =
        [("gatekeeper-audit", json!(["audit", "status"])), ("gatekeeper-controller-manager", json!(["webhook"]))];
    let by_pod: Vec<Value> = parts
        .into_iter()
        .map(
            |(id, operations)| json!({ "id": id, "enforced": true, "observedGeneration": 1, "operations": operations }),
        )
        .collect();
    json!({
        "metadata": meta.json(story.seed),
        "spec": {
            "enforcementAction": action,
            "match": { "kinds": [{ "apiGroups": [""], "kinds": ["Pod"] }], "excludedNamespaces": ["kube-system", "gatekeeper-system"] },
        },
        "status": {
            "auditTimestamp": time(audited(story, at)), "totalViolations": total, "violations": violations, "byPod": by_pod,
        },
    })
}
