//! Velero: where backups go, when they are made, what became of each, and whether restoring was tried.

use super::{
    World,
    object::{Meta, time},
    story::{Profile, Story, System},
};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// A schedule: its name, cron line, hour, days between, days kept, namespaces (none is all).
struct Plan {
    name: &'static str,
    cron: &'static str,
    hour: u32,
    every_days: i64,
    keep_days: i64,
    namespaces: &'static [&'static str],
    paused: bool,
}

/// Puts locations, which are looked at every minute.
pub(super) fn locations(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if story.profile.has(System::Velero) {
        world.serve_velero();
        world.put_all("backupstoragelocations", [location(story, at)]);
    }
}

/// Puts schedules, backups and restores.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if !story.profile.has(System::Velero) {
        return;
    }
    for plan in plans(story, at) {
        let made = backups(story, &plan, at);
        let newest = made.iter().map(|(started, _)| *started).max();
        world.put_all("schedules", [schedule(story, &plan, newest)]);
        for (started, phase) in made {
            world.put_all("backups", [backup(story, &plan, started, phase)]);
        }
    }
    world.put_all("restores", restores(story, at));
}

fn plans(story: &Story, at: DateTime<Utc>) -> Vec<Plan> {
    let daily = Plan {
        name: "daily",
        cron: "0 1 * * *",
        hour: 1,
        every_days: 1,
        keep_days: 30,
        namespaces: &[],
        paused: false,
    };
    let weekly = Plan {
        name: "weekly",
        cron: "30 2 * * 0",
        hour: 2,
        every_days: 7,
        keep_days: 90,
        namespaces: &[],
        paused: false,
    };
    match story.profile {
        Profile::Healthy | Profile::Management | Profile::Managed => vec![daily, weekly],
        Profile::Troubled => vec![
            Plan { name: "daily-shops", namespaces: &["webshop", "payments", "customer-portal", "warehouse"], ..daily },
            // Paused during a migration on day 10, and forgotten.
            Plan {
                name: "legacy",
                namespaces: &["legacy-booking"],
                keep_days: 14,
                paused: story.hours(at) >= 10 * 24,
                ..daily
            },
            Plan { name: "lake-snapshots", namespaces: &["data-lake"], keep_days: 2, ..daily },
        ],
        Profile::Edge => vec![Plan { name: "nightly", keep_days: 10, ..daily }],
        Profile::Staging => Vec::new(),
    }
}

/// The backups that still exist, with their phase, oldest first.
fn backups(story: &Story, plan: &Plan, at: DateTime<Utc>) -> Vec<(DateTime<Utc>, &'static str)> {
    let Some(hour) = NaiveTime::from_hms_opt(plan.hour, 0, 0) else { return Vec::new() };
    let oldest = at - TimeDelta::days(plan.keep_days);
    (0..=plan.keep_days)
        .rev()
        .map(|ago| (at - TimeDelta::days(ago)).date_naive())
        .filter(|day| plan.every_days == 1 || chrono::Datelike::weekday(day) == chrono::Weekday::Sun)
        .map(|day| day.and_time(hour).and_utc())
        .filter(|started| *started <= at && *started > oldest && !(plan.paused && story.hours(*started) >= 10 * 24))
        .map(|started| {
            (started, if at - started < TimeDelta::minutes(7) { "InProgress" } else { outcome(story, plan, started) })
        })
        .collect()
}

fn outcome(story: &Story, plan: &Plan, started: DateTime<Utc>) -> &'static str {
    let luck = story.pick(&format!("{}/{}", plan.name, started.date_naive()), 100);
    let down = bucket_away(story, started);
    match story.profile {
        Profile::Healthy if story.between(started, 50, 17..18) => "Failed",
        Profile::Troubled | Profile::Edge if down => "Failed",
        Profile::Troubled if luck < 12 => "PartiallyFailed",
        Profile::Troubled if luck < 16 => "Failed",
        _ => "Completed",
    }
}

/// The troubled cluster's bucket refuses its credentials for days on end.
fn bucket_away(story: &Story, at: DateTime<Utc>) -> bool {
    match story.profile {
        Profile::Troubled => story.between(at, 21, 6..9),
        Profile::Edge => story.between(at, 30, 26..28),
        Profile::Healthy | Profile::Management | Profile::Managed | Profile::Staging => false,
    }
}

fn metadata(story: &Story, kind: &str, name: &str, created: DateTime<Utc>, labels: Value) -> Value {
    Meta { kind, namespace: Some("velero"), name, created, labels }.json(story.seed)
}

fn location(story: &Story, at: DateTime<Utc>) -> Value {
    let edge = story.profile == Profile::Edge;
    let config = if edge {
        json!({ "region": "minio", "s3ForcePathStyle": "true", "s3Url": "http://minio.plant.nordlys.example:9000" })
    } else {
        json!({ "region": "eu-north-1", "s3ForcePathStyle": "true", "s3Url": "https://objects.nordlys.example" })
    };
    let mut status = json!({
        "phase": "Available", "lastValidationTime": time(at - TimeDelta::seconds(at.timestamp().rem_euclid(60))),
        "lastSyncedTime": time(at - TimeDelta::seconds(at.timestamp().rem_euclid(60))),
    });
    if bucket_away(story, at) {
        status["phase"] = "Unavailable".into();
        status["message"] = "BackupStorageLocation \"default\" is unavailable: rpc error: code = Unknown desc = operation error S3: ListObjectsV2, \
                             https response error StatusCode: 403, AccessDenied"
            .into();
    }
    json!({
        "metadata": metadata(story, "BackupStorageLocation", "default", story.day(-380), Value::Null),
        "spec": {
            "provider": "aws", "default": true, "accessMode": "ReadWrite", "validationFrequency": "1m0s", "backupSyncPeriod": "1m0s",
            "objectStorage": { "bucket": format!("backup-{}", story.domain.replace('.', "-")), "prefix": "velero" },
            "credential": { "name": "bucket", "key": "credentials" },
            "config": config,
        },
        "status": status,
    })
}

fn template(plan: &Plan) -> Value {
    let mut template = json!({
        "ttl": format!("{}h0m0s", plan.keep_days * 24), "storageLocation": "default",
        "snapshotVolumes": true, "defaultVolumesToFsBackup": false, "metadata": {}, "hooks": {},
    });
    let all = plan.namespaces.is_empty();
    template["includedNamespaces"] = if all { json!(["*"]) } else { json!(plan.namespaces) };
    template
}

fn schedule(story: &Story, plan: &Plan, newest: Option<DateTime<Utc>>) -> Value {
    let mut status = json!({ "phase": "Enabled" });
    if let Some(newest) = newest {
        status["lastBackup"] = time(newest).into();
    }
    json!({
        "metadata": metadata(story, "Schedule", plan.name, story.day(-300), Value::Null),
        "spec": { "schedule": plan.cron, "paused": plan.paused, "useOwnerReferencesInBackup": false, "template": template(plan) },
        "status": status,
    })
}

fn backup(story: &Story, plan: &Plan, started: DateTime<Utc>, phase: &str) -> Value {
    let name = format!("{}-{}", plan.name, started.format("%Y%m%d%H%M%S"));
    let labels = json!({ "velero.io/schedule-name": plan.name, "velero.io/storage-location": "default" });
    let mut metadata = metadata(story, "Backup", &name, started, labels);
    metadata["annotations"] = json!({
        "velero.io/source-cluster-k8s-gitversion": format!("v{}", story.version(started)),
        "velero.io/resource-timeout": "10m0s",
    });
    let total = 1400 + story.pick(&name, 600);
    let mut status = json!({
        "phase": phase, "version": 1, "formatVersion": "1.1.0",
        "startTimestamp": time(started), "expiration": time(started + TimeDelta::days(plan.keep_days)),
        "progress": { "totalItems": total, "itemsBackedUp": total },
    });
    if phase != "InProgress" {
        status["completionTimestamp"] = time(started + TimeDelta::seconds(240 + story.pick(&name, 150))).into();
    }
    match phase {
        "PartiallyFailed" => status["errors"] = 2.into(),
        "Failed" => {
            status["errors"] = 1.into();
            status["failureReason"] = "error checking if backup already exists in object storage: AccessDenied".into();
        }
        "Completed" => {
            let volumes = 8 + story.pick(&format!("{name}/volumes"), 4);
            status["csiVolumeSnapshotsAttempted"] = volumes.into();
            status["csiVolumeSnapshotsCompleted"] = volumes.into();
        }
        _ => {}
    }
    json!({ "metadata": metadata, "spec": template(plan), "status": status })
}

/// Restoring is tried every month where it is taken seriously.
fn restores(story: &Story, at: DateTime<Utc>) -> Vec<Value> {
    let days: Vec<i64> = match story.profile {
        Profile::Healthy | Profile::Management => {
            (-2..=(story.hours(at) / 24) / 30).map(|month| month * 30 + 6).collect()
        }
        Profile::Troubled => vec![-231],
        Profile::Managed => vec![31],
        Profile::Staging | Profile::Edge => Vec::new(),
    };
    let from = if story.profile == Profile::Troubled { "daily-shops" } else { "daily" };
    days.into_iter()
        .map(|day| story.day(day) + TimeDelta::hours(9))
        .filter(|started| *started <= at)
        .map(|started| {
            let name = format!("restore-test-{}", started.format("%Y%m%d"));
            let night = started.date_naive().and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(1);
            json!({
                "metadata": metadata(story, "Restore", &name, started, Value::Null),
                "spec": {
                    "backupName": format!("{from}-{}", night.format("%Y%m%d%H%M%S")),
                    "includedNamespaces": ["webshop"], "namespaceMapping": { "webshop": "restore-test" },
                },
                "status": {
                    "phase": "Completed", "startTimestamp": time(started), "completionTimestamp": time(started + TimeDelta::minutes(6)),
                    "progress": { "totalItems": 312, "itemsRestored": 312 }, "warnings": 1,
                },
            })
        })
        .collect()
}
