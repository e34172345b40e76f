//! Whether schedules yield backups, and good ones.

use super::{FAILED, Input, RECENT, cron::Rhythm};
use crate::{
    objects::velero::{Backup, Schedule},
    request::{BACKUPS, SCHEDULES},
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome, finding::Subject, severity::Severity};
use std::collections::HashMap;

const NO_RECENT: Sentence = fault(RECENT, "none", &["schedule"]);
const NO_SCHEDULE: Sentence = reason(RECENT, "no_schedule", &[]);
const NONE_ACTIVE: Sentence = reason(RECENT, "none_active", &[]);
const LAST_FAILED: Sentence = fault(FAILED, "failed", &["phase"]);
const LAST_PARTIAL: Sentence = fault(FAILED, "partial", &["phase"]);
const STUCK: Sentence = fault(FAILED, "stuck", &["phase"]);
const NO_SCHEDULE_FAILED: Sentence = reason(FAILED, "no_schedule", &[]);

pub(super) const SENTENCES: &[Sentence] =
    &[NO_RECENT, NO_SCHEDULE, NONE_ACTIVE, LAST_FAILED, LAST_PARTIAL, STUCK, NO_SCHEDULE_FAILED];

/// A backup that runs for longer will not end.
const LONGEST_RUN: TimeDelta = TimeDelta::hours(24);
/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// Backups by namespace and schedule.
pub(super) struct BySchedule<'a>(HashMap<&'a str, HashMap<&'a str, Vec<&'a Backup>>>);

impl<'a> BySchedule<'a> {
    pub(super) fn of(backups: &'a [Backup], now: Instant) -> Self {
        let mut of_schedule: HashMap<_, HashMap<_, Vec<_>>> = HashMap::new();
        for backup in backups {
            // What begins in the future is no proof of anything.
            let possible = began(backup).is_none_or(|began| began.signed_duration_since(now) <= SKEW);
            if let Some(schedule) = backup.metadata.label("velero.io/schedule-name").filter(|_| possible) {
                let namespace = backup.metadata.namespace.as_deref().unwrap_or_default();
                of_schedule.entry(namespace).or_default().entry(schedule).or_default().push(backup);
            }
        }
        Self(of_schedule)
    }

    /// Whether the newest completed backup of a schedule holds a copy of any volume.
    pub(super) fn copies_volumes(&self, schedule: &Schedule) -> bool {
        let completed = self.get(schedule).iter().filter(|backup| phase(backup) == "Completed");
        let newest = completed.max_by_key(|backup| began(backup));
        newest.is_some_and(|backup| backup.copies_volumes())
    }

    fn get(&self, schedule: &Schedule) -> &[&'a Backup] {
        let namespace = schedule.metadata.namespace.as_deref().unwrap_or_default();
        let of_namespace = self.0.get(namespace);
        of_namespace.and_then(|named| named.get(schedule.metadata.name())).map(Vec::as_slice).unwrap_or_default()
    }
}

fn phase(backup: &Backup) -> &str {
    backup.status.as_ref().and_then(|status| status.phase.as_deref()).unwrap_or("New")
}

fn began(backup: &Backup) -> Option<Instant> {
    backup.status.as_ref().and_then(|status| status.start_timestamp).or(backup.metadata.creation_timestamp)
}

/// Whether it is still on its way, by the words of all versions.
fn is_running(backup: &Backup) -> bool {
    !matches!(phase(backup), "Completed" | "PartiallyFailed" | "Failed" | "FailedValidation" | "Deleting")
}

pub(super) fn schedule_subject(schedule: &Schedule) -> Subject {
    subject("Schedule", schedule.metadata.namespace.as_deref(), schedule.metadata.name())
}

pub(super) fn is_active(schedule: &Schedule) -> bool {
    schedule.spec.paused != Some(true)
        && schedule.status.as_ref().and_then(|status| status.phase.as_deref()) == Some("Enabled")
}

/// `bak.recent`: the newest completed backup of every active schedule is as new as the schedule promises.
pub(super) fn recent(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(RECENT).needs(&SCHEDULES, &input.schedules).needs(&BACKUPS, &input.backups);
    let backups = BySchedule::of(&input.backups.items, now);
    for schedule in input.schedules.items.iter().filter(|schedule| is_active(schedule)) {
        let text = schedule.spec.schedule.as_deref().unwrap_or_default();
        let Some(expected) = Rhythm::parse(text, now).and_then(|rhythm| rhythm.expected(now)) else {
            judge.doubt();
            continue;
        };
        let of_schedule = backups.get(schedule);
        let completed = of_schedule.iter().filter(|backup| phase(backup) == "Completed");
        let newest = completed.filter_map(|backup| began(backup)).max();
        let since_due = |backup: &&&Backup| {
            let began = began(backup);
            is_running(backup)
                && began.is_some_and(|began| began >= expected.since && now.signed_duration_since(began) <= LONGEST_RUN)
        };
        let needed = if of_schedule.iter().any(|backup| since_due(&backup)) { expected.before } else { expected.since };
        if newest.is_some_and(|newest| newest >= needed) {
            judge.examine();
        } else if is_young(schedule, needed) || input.backups.unread > 0 {
            // Nothing was due yet, or what could not be read may be the one.
            judge.doubt();
        } else {
            judge.examine();
            let late = newest.is_none_or(|newest| newest < expected.long_ago);
            let severity = if late { Severity::Critical } else { Severity::High };
            judge.fail_as(severity, &NO_RECENT, schedule_subject(schedule), [("schedule", text.into())]);
        }
    }
    if input.schedules.items.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NO_SCHEDULE, []);
    } else if !input.schedules.items.iter().any(is_active) {
        judge.otherwise(Outcome::NotEvaluated, &NONE_ACTIVE, []);
    }
    judge
}

/// Whether a schedule is younger than the backup that it would owe.
fn is_young(schedule: &Schedule, needed: Instant) -> bool {
    schedule.metadata.creation_timestamp.is_some_and(|created| created > needed)
}

/// `bak.failed`: the last backup of every schedule ended well, and none hangs.
pub(super) fn failed(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(FAILED).needs(&SCHEDULES, &input.schedules).needs(&BACKUPS, &input.backups);
    let backups = BySchedule::of(&input.backups.items, now);
    for schedule in &input.schedules.items {
        let of_schedule = backups.get(schedule);
        let hangs = |backup: &&&Backup| {
            is_running(backup) && began(backup).is_some_and(|began| now.signed_duration_since(began) > LONGEST_RUN)
        };
        let ended = of_schedule.iter().filter(|backup| !is_running(backup) && phase(backup) != "Deleting");
        let last = ended.max_by_key(|backup| began(backup));
        let (hanging, subject) = (of_schedule.iter().find(hangs), schedule_subject(schedule));
        let Some(last) = last.or(hanging) else {
            judge.doubt();
            continue;
        };
        judge.examine();
        let errors = last.status.as_ref().and_then(|status| status.errors).unwrap_or_default() > 0;
        let words = |backup: &Backup| [("phase", phase(backup).to_owned())];
        match (phase(last), hanging) {
            ("Failed" | "FailedValidation", _) => judge.fail(&LAST_FAILED, subject, words(last)),
            (_, Some(hanging)) => judge.fail(&STUCK, subject, words(hanging)),
            ("PartiallyFailed", None) => judge.fail_as(Severity::Medium, &LAST_PARTIAL, subject, words(last)),
            ("Completed", None) if errors => judge.fail_as(Severity::Medium, &LAST_PARTIAL, subject, words(last)),
            _ => {}
        }
    }
    if input.schedules.items.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NO_SCHEDULE_FAILED, []);
    }
    judge
}
