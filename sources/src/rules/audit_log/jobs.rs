//! Jobs that delete old logs, and jobs that copy backups to another place.

use super::{Input, OFFSITE, RETENTION};
use crate::{
    objects::agents::workloads::{CronJob, JobContainer, Variable},
    policy::Policy,
    request::CRON_JOBS,
    rules::{
        daemons::repository,
        velero::cron::Rhythm,
        verdict::{Judge, Sentence, fault, names, reason, subject},
    },
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome, finding::Subject};

const SUSPENDED: Sentence = fault(RETENTION, "suspended", &[]);
const NEVER: Sentence = fault(RETENTION, "never", &[]);
const OLD: Sentence = fault(RETENTION, "old", &["last"]);
const TOO_SHORT: Sentence = fault(RETENTION, "too_short", &["days", "min"]);
const TOO_LONG: Sentence = fault(RETENTION, "too_long", &["days", "max"]);
const UNKNOWN_DAYS: Sentence = reason(RETENTION, "unknown_days", &["jobs"]);
const NONE: Sentence = reason(RETENTION, "none", &[]);

const COPY_SUSPENDED: Sentence = fault(OFFSITE, "suspended", &[]);
const COPY_NEVER: Sentence = fault(OFFSITE, "never", &["schedule"]);
const COPY_OLD: Sentence = fault(OFFSITE, "old", &["last", "schedule"]);
const COPY_NONE: Sentence = reason(OFFSITE, "none", &[]);

pub(super) const SENTENCES: &[Sentence] =
    &[SUSPENDED, NEVER, OLD, TOO_SHORT, TOO_LONG, UNKNOWN_DAYS, NONE, COPY_SUSPENDED, COPY_NEVER, COPY_OLD, COPY_NONE];

/// How long ago a job that deletes old logs must have ended well.
const WITHIN: TimeDelta = TimeDelta::hours(48);
/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// When a job last ended well.
enum Last {
    Since,
    Before(Instant),
    Never,
    /// It is too new, or what it says is nonsense.
    Unknown,
}

/// Whether a job ended well since an instant.
fn last(job: &CronJob, since: Instant, now: Instant) -> Last {
    let ended = job.status.as_ref().and_then(|status| status.last_successful_time);
    match ended {
        Some(ended) if ended.signed_duration_since(now) > SKEW => Last::Unknown,
        Some(ended) if ended >= since => Last::Since,
        Some(ended) => Last::Before(ended),
        None if job.metadata.creation_timestamp.is_some_and(|made| made > since) => Last::Unknown,
        None => Last::Never,
    }
}

/// `log.retention_job`: old logs are deleted when they should be, by a job that runs.
pub(super) fn retention(input: &Input, policy: &Policy, now: Instant) -> Judge {
    let mut judge = Judge::of(RETENTION).needs(&CRON_JOBS, &input.cron_jobs);
    let jobs: Vec<&CronJob> = input.cron_jobs.items.iter().filter(|job| deletes_logs(job)).collect();
    let mut unknown = Vec::new();
    for job in &jobs {
        judge.examine();
        if is_suspended(job) {
            judge.fail(&SUSPENDED, of_job(job), []);
        } else {
            match last(job, now - WITHIN, now) {
                Last::Since => {}
                Last::Before(ended) => judge.fail(&OLD, of_job(job), [("last", ended.date_naive().to_string())]),
                Last::Never => judge.fail(&NEVER, of_job(job), []),
                Last::Unknown => judge.doubt(),
            }
        }
        // How long is kept is beside whether the job runs, so under a key of its own.
        let kept = Subject { key: Some("RETAIN_DAYS".into()), ..of_job(job) };
        let days: Vec<Option<u32>> = days(job).collect();
        match (days.iter().flatten().min(), days.iter().flatten().max()) {
            _ if days.is_empty() || days.contains(&None) => unknown.push(job.metadata.name()),
            (Some(days), _) if *days < policy.log_days_min => {
                judge.fail(&TOO_SHORT, kept, [("days", days.to_string()), ("min", policy.log_days_min.to_string())]);
            }
            (_, Some(days)) if *days > policy.log_days_max => {
                judge.fail(&TOO_LONG, kept, [("days", days.to_string()), ("max", policy.log_days_max.to_string())]);
            }
            _ => {}
        }
    }
    if !unknown.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNKNOWN_DAYS, [("jobs", names(unknown))]);
    } else if jobs.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &NONE, []);
    }
    judge
}

/// `bak.offsite`: jobs that copy backups to another place ended well within two intervals.
pub(super) fn offsite(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(OFFSITE).needs(&CRON_JOBS, &input.cron_jobs);
    let jobs: Vec<&CronJob> = input.cron_jobs.items.iter().filter(|job| copies(job)).collect();
    for job in &jobs {
        let schedule = job.spec.as_ref().and_then(|spec| spec.schedule.clone()).unwrap_or_default();
        let expected = rhythm(job, now).and_then(|rhythm| rhythm.expected(now));
        let Some(expected) = expected else {
            judge.doubt();
            continue;
        };
        judge.examine();
        if is_suspended(job) {
            judge.fail(&COPY_SUSPENDED, of_job(job), []);
            continue;
        }
        match last(job, expected.before, now) {
            Last::Since => {}
            Last::Before(ended) => {
                let values = [("last", ended.date_naive().to_string()), ("schedule", schedule)];
                judge.fail(&COPY_OLD, of_job(job), values);
            }
            Last::Never => judge.fail(&COPY_NEVER, of_job(job), [("schedule", schedule)]),
            Last::Unknown => judge.doubt(),
        }
    }
    if jobs.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &COPY_NONE, []);
    }
    judge
}

fn rhythm(job: &CronJob, now: Instant) -> Option<Rhythm> {
    let spec = job.spec.as_ref()?;
    let schedule = spec.schedule.as_deref()?;
    match spec.time_zone.as_deref().filter(|zone| !zone.is_empty()) {
        Some(zone) => Rhythm::parse(&format!("CRON_TZ={zone} {schedule}"), now),
        None => Rhythm::parse(schedule, now),
    }
}

fn of_job(job: &CronJob) -> Subject {
    subject("CronJob", job.metadata.namespace.as_deref(), job.metadata.name())
}

fn is_suspended(job: &CronJob) -> bool {
    job.spec.as_ref().and_then(|spec| spec.suspend) == Some(true)
}

fn containers(job: &CronJob) -> impl Iterator<Item = &JobContainer> {
    let template = job.spec.as_ref().and_then(|spec| spec.job_template.as_ref()?.spec.as_ref()?.template.as_ref());
    template.and_then(|template| template.spec.as_ref()?.containers.as_ref()).into_iter().flatten()
}

fn days(job: &CronJob) -> impl Iterator<Item = Option<u32>> {
    containers(job).flat_map(|container| container.env.iter().flatten()).filter_map(|variable| match variable {
        Variable::RetainDays(days) => Some(*days),
        Variable::Other => None,
    })
}

/// A job of the log manager: by its script, or by saying how long logs are kept under the name of such a job.
fn deletes_logs(job: &CronJob) -> bool {
    let scripts = containers(job).flat_map(|container| container.command.iter().flatten());
    let is_named = job.metadata.name().ends_with("-retention");
    scripts.into_iter().any(|word| word.ends_with("/retention.sh")) || (is_named && days(job).next().is_some())
}

fn copies(job: &CronJob) -> bool {
    let by_image = |container: &JobContainer| {
        container.image.as_deref().is_some_and(|image| {
            let repository = repository(image);
            repository.rsplit('/').next().unwrap_or_default().contains("rclone")
        })
    };
    containers(job).any(by_image)
}
