//! What keeps pods running: deployments with their replica sets, stateful sets, daemon sets, cron jobs with a job each.

use super::{
    World,
    cast::cast,
    object::{Meta, time},
    pods::{self, labels, owned_by, spec},
    story::Story,
    workload::{Kind, Rollout, Workload},
};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Puts every workload, with its pods.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    for workload in cast(story, at) {
        let rollout = workload.rollout(story, at);
        let pods = pods::of(story, &workload, at);
        let count = i64::try_from(pods.len()).unwrap_or_default();
        world.put_all("pods", pods.iter().map(|pod| pod.json(story)));
        match workload.kind {
            Kind::Deployment => {
                world.put_all("deployments", [deployment(story, &workload, rollout)]);
                world.put_all("replicasets", replica_sets(story, &workload, rollout));
            }
            Kind::StatefulSet => world.put_all("statefulsets", [stateful_set(story, &workload, rollout)]),
            Kind::DaemonSet => world.put_all("daemonsets", [daemon_set(story, &workload, rollout, count)]),
            Kind::CronJob => {
                let ran = last_run(&workload, at);
                world.put_all("cronjobs", [cron_job(story, &workload, ran)]);
                world.put_all("jobs", [job(story, &workload, ran)]);
            }
        }
    }
}

fn metadata(story: &Story, workload: &Workload, kind: &str, rollout: Rollout) -> Value {
    let created = story.day(workload.came);
    let meta =
        Meta { kind, namespace: Some(workload.namespace), name: workload.name, created, labels: labels(workload) };
    let mut metadata = meta.json(story.seed);
    metadata["generation"] = (rollout.number + 1).max(1).into();
    metadata
}

fn template(workload: &Workload, rollout: Rollout) -> Value {
    json!({ "metadata": { "labels": labels(workload) }, "spec": spec(workload, &rollout.image(workload)) })
}

/// Pods that are ready.
fn ready(workload: &Workload, count: i64) -> i64 {
    if workload.ready { count } else { 0 }
}

fn deployment(story: &Story, workload: &Workload, rollout: Rollout) -> Value {
    let mut metadata = metadata(story, workload, "Deployment", rollout);
    let generation = metadata["generation"].clone();
    metadata["annotations"] = json!({ "deployment.kubernetes.io/revision": generation.to_string() });
    let (count, ready) = (workload.replicas, ready(workload, workload.replicas));
    json!({
        "metadata": metadata,
        "spec": {
            "replicas": count, "selector": { "matchLabels": labels(workload) }, "template": template(workload, rollout),
            "strategy": { "type": "RollingUpdate" }, "revisionHistoryLimit": 1,
        },
        "status": {
            "observedGeneration": generation, "replicas": count, "readyReplicas": ready, "availableReplicas": ready,
            "updatedReplicas": count,
            "conditions": [{
                "type": "Available", "status": if workload.ready { "True" } else { "False" }, "lastTransitionTime": time(rollout.since),
            }],
        },
    })
}

/// The one that runs, and the one before it, of which nothing runs.
fn replica_sets(story: &Story, workload: &Workload, rollout: Rollout) -> Vec<Value> {
    let before = Rollout {
        number: rollout.number - 1,
        since: rollout.since - TimeDelta::days(workload.every),
        built: rollout.built - TimeDelta::days(workload.every),
    };
    let before = (workload.every > 0).then_some((before, 0));
    [(rollout, workload.replicas)].into_iter().chain(before).map(|(rollout, count)| {
        let name = format!("{}-{}", workload.name, rollout.hash(story, workload));
        let mut labels = labels(workload);
        labels["pod-template-hash"] = rollout.hash(story, workload).into();
        let meta = Meta { kind: "ReplicaSet", namespace: Some(workload.namespace), name: &name, created: rollout.since, labels };
        let mut metadata = meta.json(story.seed);
        metadata["ownerReferences"] = json!([owned_by(story, "Deployment", workload.namespace, workload.name)]);
        json!({
            "metadata": metadata,
            "spec": { "replicas": count, "selector": { "matchLabels": self::labels(workload) }, "template": template(workload, rollout) },
            "status": { "observedGeneration": 1, "replicas": count, "readyReplicas": ready(workload, count) },
        })
    }).collect()
}

fn stateful_set(story: &Story, workload: &Workload, rollout: Rollout) -> Value {
    let metadata = metadata(story, workload, "StatefulSet", rollout);
    let generation = metadata["generation"].clone();
    let count = workload.replicas;
    json!({
        "metadata": metadata,
        "spec": {
            "replicas": count, "serviceName": workload.name, "selector": { "matchLabels": labels(workload) },
            "template": template(workload, rollout),
        },
        "status": {
            "observedGeneration": generation, "replicas": count, "readyReplicas": ready(workload, count),
            "availableReplicas": ready(workload, count), "currentReplicas": count,
        },
    })
}

fn daemon_set(story: &Story, workload: &Workload, rollout: Rollout, count: i64) -> Value {
    let metadata = metadata(story, workload, "DaemonSet", rollout);
    let generation = metadata["generation"].clone();
    let ready = ready(workload, count);
    json!({
        "metadata": metadata,
        "spec": { "selector": { "matchLabels": labels(workload) }, "template": template(workload, rollout) },
        "status": {
            "observedGeneration": generation, "desiredNumberScheduled": count, "currentNumberScheduled": count,
            "numberReady": ready, "numberAvailable": ready, "updatedNumberScheduled": count, "numberMisscheduled": 0,
        },
    })
}

/// When a cron job that runs daily last began.
fn last_run(workload: &Workload, at: DateTime<Utc>) -> DateTime<Utc> {
    let today = at.date_naive().and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(workload.schedule.1);
    if today + TimeDelta::hours(1) > at { today - TimeDelta::days(1) } else { today }
}

fn cron_job(story: &Story, workload: &Workload, ran: DateTime<Utc>) -> Value {
    let rollout = workload.rollout(story, ran);
    json!({
        "metadata": metadata(story, workload, "CronJob", rollout),
        "spec": {
            "schedule": workload.schedule.0, "suspend": false, "concurrencyPolicy": "Forbid",
            "jobTemplate": { "spec": { "template": template(workload, rollout) } },
        },
        "status": { "lastScheduleTime": time(ran), "lastSuccessfulTime": time(ran + TimeDelta::minutes(4)) },
    })
}

fn job(story: &Story, workload: &Workload, ran: DateTime<Utc>) -> Value {
    let name = format!("{}-{}", workload.name, ran.timestamp() / 60);
    let meta =
        Meta { kind: "Job", namespace: Some(workload.namespace), name: &name, created: ran, labels: labels(workload) };
    let mut metadata = meta.json(story.seed);
    metadata["ownerReferences"] = json!([owned_by(story, "CronJob", workload.namespace, workload.name)]);
    json!({
        "metadata": metadata,
        "spec": { "backoffLimit": 3, "template": template(workload, workload.rollout(story, ran)) },
        "status": {
            "succeeded": 1, "startTime": time(ran), "completionTime": time(ran + TimeDelta::minutes(4)),
            "conditions": [{ "type": "Complete", "status": "True", "lastTransitionTime": time(ran + TimeDelta::minutes(4)) }],
        },
    })
}
