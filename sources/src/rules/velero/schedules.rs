//! Whether schedules run, and how long their backups are kept.

use super::{ENABLED, Input, RETENTION, backups::schedule_subject};
use crate::{
    policy::Policy,
    request::SCHEDULES,
    rules::{
        duration,
        verdict::{Judge, Sentence, fault, reason},
    },
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome};

const PAUSED: Sentence = fault(ENABLED, "paused", &[]);
const INVALID: Sentence = fault(ENABLED, "invalid", &[]);
const NOT_ACCEPTED: Sentence = fault(ENABLED, "not_accepted", &["phase"]);
const NO_SCHEDULE: Sentence = reason(ENABLED, "no_schedule", &[]);
const TOO_SHORT: Sentence = fault(RETENTION, "too_short", &["days", "ttl"]);
const TOO_LONG: Sentence = fault(RETENTION, "too_long", &["days", "ttl"]);
const NO_SCHEDULE_RETENTION: Sentence = reason(RETENTION, "no_schedule", &[]);

pub(super) const SENTENCES: &[Sentence] =
    &[PAUSED, INVALID, NOT_ACCEPTED, NO_SCHEDULE, TOO_SHORT, TOO_LONG, NO_SCHEDULE_RETENTION];

/// How long Velero may take to look at a new schedule.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// What Velero keeps a backup for where nothing is said.
const DEFAULT_TTL: TimeDelta = TimeDelta::days(30);

/// `bak.enabled`: accepted by Velero, and not paused.
pub(super) fn enabled(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(ENABLED).needs(&SCHEDULES, &input.schedules);
    for schedule in &input.schedules.items {
        let subject = schedule_subject(schedule);
        let phase =
            schedule.status.as_ref().and_then(|status| status.phase.as_deref()).filter(|phase| !phase.is_empty());
        let new = schedule.metadata.creation_timestamp.is_some_and(|made| now.signed_duration_since(made) <= PATIENCE);
        match (schedule.spec.paused, phase) {
            (Some(true), _) => judge.fail(&PAUSED, subject, []),
            (_, Some("Enabled")) => {}
            (_, Some("FailedValidation")) => judge.fail(&INVALID, subject, []),
            (_, None | Some("New")) if new => {
                judge.doubt();
                continue;
            }
            (_, phase) => judge.fail(&NOT_ACCEPTED, subject, [("phase", phase.unwrap_or("-").into())]),
        }
        judge.examine();
    }
    if input.schedules.items.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NO_SCHEDULE, []);
    }
    judge
}

/// `bak.retention`: kept for as long as policy asks, and no longer than it allows.
pub(super) fn retention(input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(RETENTION).needs(&SCHEDULES, &input.schedules);
    for schedule in &input.schedules.items {
        let template = schedule.spec.template.as_ref();
        let written = template.and_then(|template| template.ttl.as_deref()).filter(|ttl| !ttl.is_empty());
        let Some(ttl) = written.map_or(Some(DEFAULT_TTL), duration::parse) else {
            judge.doubt();
            continue;
        };
        let ttl = if ttl.is_zero() { DEFAULT_TTL } else { ttl };
        judge.examine();
        let values = |days: u32| [("days", days.to_string()), ("ttl", written.unwrap_or("720h").to_owned())];
        if ttl < TimeDelta::days(policy.backup_days_min.into()) {
            judge.fail(&TOO_SHORT, schedule_subject(schedule), values(policy.backup_days_min));
        } else if ttl > TimeDelta::days(policy.backup_days_max.into()) {
            judge.fail(&TOO_LONG, schedule_subject(schedule), values(policy.backup_days_max));
        }
    }
    if input.schedules.items.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NO_SCHEDULE_RETENTION, []);
    }
    judge
}
