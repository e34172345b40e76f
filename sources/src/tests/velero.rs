//! Backups: the instant of the test is Tuesday 2026-06-30T12:00:00Z.

use super::{Manifests, about, expect, now, said};
use crate::{
    error::ReadError,
    listed::Listed,
    policy::Policy,
    request::{BACKUPS, SCHEDULES, VOLUME_CLAIMS},
    rules::velero::evaluate,
};

pub(super) const GOOD: &str = r#"
kind: Schedule
metadata: {name: daily, namespace: velero, creationTimestamp: "2026-01-01T00:00:00Z"}
spec: {schedule: "0 0 * * *", template: {ttl: 720h0m0s}}
status: {phase: Enabled, lastBackup: "2026-06-30T00:00:00Z"}
---
kind: Backup
metadata: {name: daily-20260630000000, namespace: velero, labels: {velero.io/schedule-name: daily}}
status: {phase: Completed, startTimestamp: "2026-06-30T00:00:03Z", completionTimestamp: "2026-06-30T00:04:00Z", csiVolumeSnapshotsCompleted: 1}
---
kind: BackupStorageLocation
metadata: {name: default, namespace: velero}
spec: {config: {s3Url: "https://minio.example.org"}}
status: {phase: Available, lastValidationTime: "2026-06-30T11:59:30Z"}
---
kind: Restore
metadata: {name: tried, namespace: velero}
status: {phase: Completed, completionTimestamp: "2026-05-01T10:00:00Z"}
---
{kind: Namespace, metadata: {name: shop}}
---
{kind: PersistentVolumeClaim, metadata: {name: data, namespace: shop}}
"#;

fn check(check: &str, manifests: &str, expected: &str) {
    let input = Manifests::read(manifests).velero();
    expect(&about(check, &evaluate(&input, &Policy::default(), now())), expected);
}

#[test]
fn what_is_in_order_passes() {
    expect(
        &said(&evaluate(&Manifests::read(GOOD).velero(), &Policy::default(), now())),
        "
bak.coverage pass 0/1
bak.enabled pass 0/1
bak.failed pass 0/1
bak.location pass 0/1
bak.location_tls pass 0/1
bak.recent pass 0/1
bak.restore_test pass 0/1
bak.retention pass 0/1
",
    );
}

#[test]
fn not_installed_and_never_used_are_not_in_order() {
    let mut input = Manifests::default().velero();
    let text = said(&evaluate(&input, &Policy::default(), now()));
    assert_eq!(text.matches("not_evaluated 0/0 never_ran").count(), 8, "{text}");
    input.schedules = Listed::failed(&SCHEDULES, &ReadError::Absent);
    input.backups = Listed::failed(&BACKUPS, &ReadError::Absent);
    input.locations = Listed::failed(&crate::request::BACKUP_LOCATIONS, &ReadError::Absent);
    input.restores = Listed::failed(&crate::request::RESTORES, &ReadError::Absent);
    let text = said(&evaluate(&input, &Policy::default(), now()));
    assert_eq!(text.matches("not_evaluated 0/0 absent").count(), 8, "{text}");
}

/// A schedule and when its newest completed backup began, and what is said of it.
fn recent(schedule: &str, began: &str) -> String {
    let manifests = format!(
        "
kind: Schedule
metadata: {{name: s, namespace: velero, creationTimestamp: \"2026-01-01T00:00:00Z\"}}
spec: {{schedule: \"{schedule}\"}}
status: {{phase: Enabled}}
---
kind: Backup
metadata: {{name: s-1, namespace: velero, labels: {{velero.io/schedule-name: s}}}}
status: {{phase: Completed, startTimestamp: \"{began}\"}}
"
    );
    let evaluation = evaluate(&Manifests::read(&manifests).velero(), &Policy::default(), now());
    let result = evaluation.results.iter().find(|result| result.check.as_str() == "bak.recent").expect("bak.recent");
    let worst = evaluation.observations.iter().find(|seen| seen.check.as_str() == "bak.recent");
    worst.map_or_else(|| result.outcome.to_string(), |seen| format!("{} {}", result.outcome, seen.severity))
}

#[test]
fn a_backup_is_recent_by_its_schedule_s_own_rhythm() {
    for (schedule, began, expected) in [
        ("@daily", "2026-06-30T00:00:00Z", "pass"),
        ("@daily", "2026-06-29T11:00:00Z", "pass"),
        ("@daily", "2026-06-29T09:00:00Z", "fail high"),
        ("@daily", "2026-06-20T00:00:00Z", "fail critical"),
        ("0 0 * * *", "2026-06-30T00:00:05Z", "pass"),
        // The pod may be in another time zone, so a shift of some hours is no fault, unless the schedule names one.
        ("0 0 * * *", "2026-06-29T22:00:05Z", "pass"),
        ("TZ=UTC 0 0 * * *", "2026-06-29T22:00:05Z", "fail high"),
        ("CRON_TZ=Europe/Copenhagen 0 0 * * *", "2026-06-29T22:00:05Z", "pass"),
        ("CRON_TZ=Europe/Copenhagen 0 0 * * *", "2026-06-29T20:00:00Z", "fail high"),
        ("CRON_TZ=UTC 0 0 * * *", "2026-06-29T22:00:05Z", "fail high"),
        // Due at 11:00, and there is grace of two hours.
        ("CRON_TZ=UTC 0 11 * * *", "2026-06-29T11:00:00Z", "pass"),
        ("CRON_TZ=UTC 0 9 * * *", "2026-06-29T09:00:00Z", "fail high"),
        ("@every 24h", "2026-06-29T11:00:00Z", "pass"),
        ("@every 24h", "2026-06-29T09:00:00Z", "fail high"),
        ("@every 6h", "2026-06-30T05:00:00Z", "pass"),
        ("@every 1h", "2026-06-29T05:00:00Z", "fail critical"),
        ("0 */6 * * *", "2026-06-30T06:00:00Z", "pass"),
        ("0 */6 * * *", "2026-06-30T03:00:00Z", "fail high"),
        ("*/5 * * * *", "2026-06-30T10:00:00Z", "pass"),
        ("*/5 * * * *", "2026-06-30T09:00:00Z", "fail critical"),
        // On Tuesday, a Saturday's backup of a weekly schedule is recent; that of the Saturday before is not.
        ("0 3 * * 6", "2026-06-27T03:00:00Z", "pass"),
        ("0 3 * * 6", "2026-06-20T03:00:00Z", "fail high"),
        ("0 3 * * MON-FRI", "2026-06-30T03:00:00Z", "pass"),
        ("0 3 * * MON-FRI", "2026-06-29T03:00:00Z", "fail high"),
        ("0 3 * * MON-FRI", "2026-06-26T03:00:00Z", "fail critical"),
        ("0 0 1 1 *", "2026-01-01T00:00:00Z", "pass"),
        ("0 0 1 * *", "2026-06-01T00:00:00Z", "pass"),
        // What begins in the future proves nothing.
        ("@daily", "2027-01-01T00:00:00Z", "fail critical"),
        // What cannot be understood is not judged.
        ("whenever", "2026-06-30T00:00:00Z", "error"),
        ("@every -1h", "2026-06-30T00:00:00Z", "error"),
        ("", "2026-06-30T00:00:00Z", "error"),
        ("0 0 30 2 *", "2026-06-30T00:00:00Z", "error"),
    ] {
        assert_eq!(recent(schedule, began), expected, "{schedule} with a backup of {began}");
    }
}

#[test]
fn a_running_backup_gives_time_and_a_failed_one_does_not() {
    let running = |phase: &str, began: &str| {
        format!(
            r#"
kind: Schedule
metadata: {{name: s, namespace: velero, creationTimestamp: "2026-01-01T00:00:00Z"}}
spec: {{schedule: "CRON_TZ=UTC 0 9 * * *"}}
status: {{phase: Enabled}}
---
kind: Backup
metadata: {{name: s-1, namespace: velero, labels: {{velero.io/schedule-name: s}}}}
status: {{phase: Completed, startTimestamp: "2026-06-29T09:00:00Z"}}
---
kind: Backup
metadata: {{name: s-2, namespace: velero, labels: {{velero.io/schedule-name: s}}}}
status: {{phase: {phase}, startTimestamp: "{began}"}}
"#
        )
    };
    check("bak.recent", &running("InProgress", "2026-06-30T09:00:00Z"), "bak.recent pass 0/1");
    let failing = "
bak.recent fail 1/1
  high Schedule velero/s: none [schedule=CRON_TZ=UTC 0 9 * * *]
";
    check("bak.recent", &running("PartiallyFailed", "2026-06-30T09:00:00Z"), failing);
    check(
        "bak.failed",
        &running("PartiallyFailed", "2026-06-30T09:00:00Z"),
        "
bak.failed fail 1/1
  medium Schedule velero/s: partial [phase=PartiallyFailed]
",
    );
    check(
        "bak.failed",
        &running("Failed", "2026-06-30T09:00:00Z"),
        "
bak.failed fail 1/1
  high Schedule velero/s: failed [phase=Failed]
",
    );
    check(
        "bak.failed",
        &running("InProgress", "2026-06-28T09:00:00Z"),
        "
bak.failed fail 1/1
  high Schedule velero/s: stuck [phase=InProgress]
",
    );
}

#[test]
fn backups_of_other_clusters_and_of_nobody_do_not_count() {
    let strangers = r#"
kind: Schedule
metadata: {name: s, namespace: velero, creationTimestamp: "2026-01-01T00:00:00Z"}
spec: {schedule: "@daily"}
status: {phase: Enabled}
---
kind: Backup
metadata: {name: theirs, namespace: velero, labels: {velero.io/schedule-name: of-another-cluster}}
status: {phase: Completed, startTimestamp: "2026-06-30T00:00:00Z"}
---
kind: Backup
metadata: {name: by-hand, namespace: velero}
status: {phase: Completed, startTimestamp: "2026-06-30T00:00:00Z"}
"#;
    check(
        "bak.recent",
        strangers,
        "
bak.recent fail 1/1
  critical Schedule velero/s: none [schedule=@daily]
",
    );
}

#[test]
fn a_backup_that_could_not_be_read_may_be_the_one() {
    let mut input = Manifests::read(&GOOD.replace("\"2026-06-30T00:00:03Z\"", "\"2026-06-01T00:00:03Z\"")).velero();
    input.backups.unread = 1;
    let text = about("bak.recent", &evaluate(&input, &Policy::default(), now()));
    assert_eq!(text, "bak.recent error 0/0 unread 2 unread\n");
}

#[test]
fn schedules_are_enabled_or_say_why_not() {
    let schedules = r#"
{kind: Schedule, metadata: {name: paused, namespace: velero}, spec: {schedule: "@daily", paused: true}, status: {phase: Enabled}}
---
{kind: Schedule, metadata: {name: wrong, namespace: velero}, spec: {schedule: "@daily"}, status: {phase: FailedValidation}}
---
{kind: Schedule, metadata: {name: new, namespace: velero, creationTimestamp: "2026-06-30T11:59:00Z"}, spec: {schedule: "@daily"}}
---
{kind: Schedule, metadata: {name: ignored, namespace: velero, creationTimestamp: "2026-06-01T11:59:00Z"}, spec: {schedule: "@daily"}}
"#;
    check(
        "bak.enabled",
        schedules,
        "
bak.enabled fail 3/3 unread 1
  high Schedule velero/ignored: not_accepted [phase=-]
  high Schedule velero/paused: paused
  high Schedule velero/wrong: invalid
",
    );
    check("bak.recent", schedules, "bak.recent not_evaluated 0/0 none_active");
}

#[test]
fn retention_lies_within_what_was_agreed() {
    let schedule = |ttl: &str| {
        let template = if ttl.is_empty() { "{}".into() } else { format!("{{ttl: {ttl}}}") };
        format!("{{kind: Schedule, metadata: {{name: s, namespace: velero}}, spec: {{template: {template}}}}}")
    };
    for (ttl, expected) in [
        ("", "bak.retention pass 0/1"),
        ("720h0m0s", "bak.retention pass 0/1"),
        ("0s", "bak.retention pass 0/1"),
        ("72h", "bak.retention fail 1/1\n  medium Schedule velero/s: too_short [days=7; ttl=72h]"),
        ("50000h", "bak.retention fail 1/1\n  medium Schedule velero/s: too_long [days=1825; ttl=50000h]"),
        ("forever", "bak.retention error 0/0 unread 1 unread"),
    ] {
        check("bak.retention", &schedule(ttl), expected);
    }
}

#[test]
fn locations_are_available_and_looked_at() {
    let locations = r#"
kind: BackupStorageLocation
metadata: {name: down, namespace: velero}
spec: {config: {s3Url: "http://minio:9000", insecureSkipTLSVerify: "true"}}
status: {phase: Unavailable, lastValidationTime: "2026-06-30T11:59:30Z"}
---
kind: BackupStorageLocation
metadata: {name: forgotten, namespace: velero}
spec: {validationFrequency: 10m}
status: {phase: Available, lastValidationTime: "2026-06-30T11:00:00Z"}
---
kind: BackupStorageLocation
metadata: {name: slow, namespace: velero}
spec: {validationFrequency: 1h}
status: {phase: Available, lastValidationTime: "2026-06-30T10:00:00Z"}
---
kind: BackupStorageLocation
metadata: {name: archive, namespace: velero}
spec: {accessMode: ReadOnly}
status: {phase: Unavailable}
---
kind: BackupStorageLocation
metadata: {name: unwatched, namespace: velero}
spec: {validationFrequency: 0s}
status: {phase: Available, lastValidationTime: "2026-06-30T11:59:30Z"}
---
kind: BackupStorageLocation
metadata: {name: from-the-future, namespace: velero}
status: {phase: Available, lastValidationTime: "2027-06-30T11:59:30Z"}
"#;
    check(
        "bak.location",
        locations,
        "
bak.location fail 3/6
  medium BackupStorageLocation velero/archive: unavailable
  critical BackupStorageLocation velero/down: unavailable
  critical BackupStorageLocation velero/forgotten: not_validated [frequency=600 s]
",
    );
    let unsure = locations.split("---").skip(4).collect::<Vec<_>>().join("---");
    check("bak.location", &unsure, "bak.location needs_review 0/2 unknown [locations=from-the-future, unwatched]");
    check(
        "bak.location",
        "{kind: Schedule, metadata: {name: s, namespace: velero}}",
        "bak.location fail 1/1\n  critical BackupStorageLocation *: none",
    );
}

#[test]
fn locations_are_reached_over_verified_tls() {
    for (spec, expected) in [
        ("{config: {s3Url: 'https://minio.example.org'}}", "pass 0/1"),
        ("{provider: aws}", "pass 0/1"),
        ("{provider: velero.io/azure, config: {storageAccountURI: 'https://a.blob.core.windows.net'}}", "pass 0/1"),
        (
            "{provider: aws, config: {s3Url: ' HTTP://minio:9000'}}",
            "fail 1/1\n  high BackupStorageLocation velero/l: insecure",
        ),
        (
            "{provider: aws, config: {s3Url: 'https://minio', publicUrl: 'http://minio'}}",
            "fail 1/1\n  high BackupStorageLocation velero/l: insecure",
        ),
        (
            "{provider: aws, config: {insecureSkipTLSVerify: 'True'}}",
            "fail 1/1\n  high BackupStorageLocation velero/l: unverified",
        ),
        // Where it goes is not said.
        ("{}", "needs_review 0/1 unknown [locations=l]"),
        ("{provider: example.org/tape}", "needs_review 0/1 unknown [locations=l]"),
        ("{provider: aws, config: {s3Url: 'minio:9000'}}", "needs_review 0/1 unknown [locations=l]"),
        ("{config: {s3Url: [https]}}", "error 0/0 unread 1 unread"),
    ] {
        let location =
            format!("{{kind: BackupStorageLocation, metadata: {{name: l, namespace: velero}}, spec: {spec}}}");
        check("bak.location_tls", &location, &format!("bak.location_tls {expected}"));
    }
    let none = "{kind: Schedule, metadata: {name: s, namespace: velero}}";
    check("bak.location_tls", none, "bak.location_tls not_evaluated 0/0 none");
}

#[test]
fn restores_are_tried_now_and_then() {
    let restore = |phase: &str, ended: &str| {
        format!(
            "{GOOD}\n---\n{{kind: Restore, metadata: {{name: r, namespace: velero}}, status: {{phase: {phase}, completionTimestamp: \"{ended}\"}}}}"
        )
        .replace("phase: Completed, completionTimestamp: \"2026-05-01", "phase: Failed, completionTimestamp: \"2026-05-01")
    };
    check("bak.restore_test", &restore("Completed", "2026-02-01T00:00:00Z"), "bak.restore_test pass 0/1");
    let old = "bak.restore_test fail 1/1\n  medium Restore *: old [days=180; last=2025-12-01]";
    check("bak.restore_test", &restore("Completed", "2025-12-01T00:00:00Z"), old);
    let never = "bak.restore_test fail 1/1\n  medium Restore *: never [days=180]";
    check("bak.restore_test", &restore("PartiallyFailed", "2026-06-01T00:00:00Z"), never);
    check("bak.restore_test", &restore("Completed", "2028-06-01T00:00:00Z"), never);
}

/// What is said of the namespace `shop` when its schedule has this template.
fn covered(template: &str) -> String {
    let manifests = GOOD.replace("{ttl: 720h0m0s}", template);
    let evaluation = evaluate(&Manifests::read(&manifests).velero(), &Policy::default(), now());
    let result =
        evaluation.results.iter().find(|result| result.check.as_str() == "bak.coverage").expect("bak.coverage");
    result.outcome.to_string()
}

#[test]
fn a_namespace_is_covered_if_a_schedule_admits_it() {
    for (template, expected) in [
        ("{}", "pass"),
        ("{includedNamespaces: ['*']}", "pass"),
        ("{includedNamespaces: [shop, bank]}", "pass"),
        ("{includedNamespaces: [sh*]}", "pass"),
        ("{includedNamespaces: [bank]}", "fail"),
        ("{excludedNamespaces: [shop]}", "fail"),
        ("{excludedNamespaces: ['s*']}", "fail"),
        ("{includedResources: [deployments]}", "fail"),
        ("{includedResources: [persistentvolumeclaims, persistentvolumes]}", "pass"),
        ("{excludedResources: [pvc]}", "fail"),
        ("{excludedNamespaceScopedResources: [persistentvolumeclaims]}", "fail"),
        ("{labelSelector: {matchLabels: {backup: 'yes'}}}", "needs_review"),
        ("{labelSelector: {}}", "pass"),
        ("{orLabelSelectors: [{matchLabels: {a: b}}]}", "needs_review"),
        ("{snapshotVolumes: false}", "needs_review"),
        ("{snapshotVolumes: false, defaultVolumesToFsBackup: true}", "pass"),
        ("{resourcePolicy: {kind: configmap, name: skip}}", "needs_review"),
    ] {
        assert_eq!(covered(template), expected, "{template}");
    }
}

#[test]
fn a_schedule_that_copies_no_volume_covers_no_data() {
    let without = GOOD.replace(", csiVolumeSnapshotsCompleted: 1", "");
    let open = "bak.coverage needs_review 0/1 no_copies [count=1; namespaces=shop]";
    check("bak.coverage", &without, open);
    check("bak.coverage", &GOOD.replace("csiVolumeSnapshotsCompleted: 1", "csiVolumeSnapshotsCompleted: 0"), open);
    check("bak.coverage", &GOOD.replace("ttl: 720h0m0s", "snapshotVolumes: true").replace(", csiV", ", x"), open);
    check("bak.coverage", &GOOD.replace("phase: Completed, start", "phase: PartiallyFailed, start"), open);
    let by_provider = GOOD.replace("csiVolumeSnapshotsCompleted", "volumeSnapshotsCompleted");
    check("bak.coverage", &by_provider, "bak.coverage pass 0/1");
    let by_file = without.replace("ttl: 720h0m0s", "defaultVolumesToFsBackup: true");
    check("bak.coverage", &by_file, "bak.coverage pass 0/1");
    // What the server's own settings say stands in the backups alone; of data that is moved no snapshot is told.
    let asked = |spec: &str, status: &str| {
        without.replace(
            "status: {phase: Completed, start",
            &format!("spec: {{{spec}}}\nstatus: {{phase: Completed, {status}start"),
        )
    };
    check("bak.coverage", &asked("defaultVolumesToFsBackup: true", ""), "bak.coverage pass 0/1");
    check(
        "bak.coverage",
        &asked("snapshotMoveData: true", "backupItemOperationsCompleted: 2, "),
        "bak.coverage pass 0/1",
    );
    check("bak.coverage", &asked("snapshotMoveData: true", ""), open);
}

#[test]
fn what_is_labelled_out_is_told() {
    let out = GOOD
        .replace("metadata: {name: shop}", "metadata: {name: shop, labels: {velero.io/exclude-from-backup: 'true'}}");
    check("bak.coverage", &out, "bak.coverage fail 1/1\n  high Namespace shop: labelled_out");
    let paused = GOOD.replace("template:", "paused: true, template:");
    check("bak.coverage", &paused, "bak.coverage fail 1/1\n  high Namespace shop: not_covered");
    let mut input = Manifests::read(GOOD).velero();
    input.claims = Listed::failed(&VOLUME_CLAIMS, &ReadError::Forbidden { permission: String::new() }).into();
    let text = about("bak.coverage", &evaluate(&input, &Policy::default(), now()));
    assert_eq!(
        text,
        "bak.coverage not_visible 0/0 forbidden [permission=list persistentvolumeclaims in the core API group]\n"
    );
}
