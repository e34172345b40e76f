//! Where backups are stored, and whether they have been restored.

use super::{Input, LOCATION, RESTORE_TEST, duration};
use crate::{
    objects::velero::BackupLocation,
    policy::Policy,
    request::{BACKUP_LOCATIONS, RESTORES},
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome, finding::Subject, severity::Severity};

const UNAVAILABLE: Sentence = fault(LOCATION, "unavailable", &[]);
const NOT_VALIDATED: Sentence = fault(LOCATION, "not_validated", &["frequency"]);
const INSECURE: Sentence = fault(LOCATION, "insecure", &[]);
const NO_LOCATION: Sentence = fault(LOCATION, "none", &[]);
const UNKNOWN: Sentence = reason(LOCATION, "unknown", &["locations"]);
const RESTORE_NEVER: Sentence = fault(RESTORE_TEST, "never", &["days"]);
const RESTORE_OLD: Sentence = fault(RESTORE_TEST, "old", &["days", "last"]);

pub(super) const SENTENCES: &[Sentence] =
    &[UNAVAILABLE, NOT_VALIDATED, INSECURE, NO_LOCATION, UNKNOWN, RESTORE_NEVER, RESTORE_OLD];

/// How often Velero looks at a location where nothing is said.
const DEFAULT_FREQUENCY: TimeDelta = TimeDelta::minutes(1);
/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);

enum Health {
    Good,
    Unavailable,
    /// Velero should have looked again, and has not.
    NotValidated(TimeDelta),
    /// It does not say, or does not look.
    Unknown,
}

/// `bak.location`: every location is available, looked at lately, and reached safely.
pub(super) fn locations(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(LOCATION).needs(&BACKUP_LOCATIONS, &input.locations);
    let mut unknown = Vec::new();
    for location in &input.locations.items {
        judge.examine();
        let subject =
            subject("BackupStorageLocation", location.metadata.namespace.as_deref(), location.metadata.name());
        // A location that is only read from is where restores come from, not where backups go.
        let read_only = location.spec.access_mode.as_deref() == Some("ReadOnly");
        let severity = if read_only { Severity::Medium } else { Severity::Critical };
        if is_insecure(location) {
            // Beside its health, so under a key of its own.
            let transport = Subject { key: Some("transport".into()), ..subject.clone() };
            judge.fail_as(Severity::High, &INSECURE, transport, []);
        }
        match health(location, now) {
            Health::Good => {}
            Health::Unavailable => judge.fail_as(severity, &UNAVAILABLE, subject, []),
            Health::NotValidated(frequency) => {
                judge.fail_as(severity, &NOT_VALIDATED, subject, [("frequency", seconds(frequency))]);
            }
            Health::Unknown => unknown.push(location.metadata.name()),
        }
    }
    if input.locations.items.is_empty() && judge.saw_all() {
        judge.fail(&NO_LOCATION, subject("BackupStorageLocation", None, "*"), []);
    }
    if !unknown.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNKNOWN, [("locations", super::super::verdict::names(unknown))]);
    }
    judge
}

fn health(location: &BackupLocation, now: Instant) -> Health {
    let status = location.status.as_ref();
    let frequency = location.spec.validation_frequency.as_deref().map_or(Some(DEFAULT_FREQUENCY), duration::parse);
    match status.and_then(|status| status.phase.as_deref()) {
        Some("Unavailable") => return Health::Unavailable,
        Some("Available") => {}
        _ => return Health::Unknown,
    }
    let Some(looked) = status.and_then(|status| status.last_validation_time) else { return Health::Unknown };
    let age = now.signed_duration_since(looked);
    match frequency {
        Some(frequency) if frequency > TimeDelta::zero() && age >= -SKEW => {
            let allowed = frequency.checked_mul(3).unwrap_or(TimeDelta::MAX);
            if age < allowed { Health::Good } else { Health::NotValidated(frequency) }
        }
        // Switched off, not understood, or from the future: what it says may be of any age.
        _ => Health::Unknown,
    }
}

fn is_insecure(location: &BackupLocation) -> bool {
    let setting = |key: &str| location.spec.config.as_ref().and_then(|config| config.get(key)).map(String::as_str);
    setting("s3Url").is_some_and(|url| url.trim().to_ascii_lowercase().starts_with("http://"))
        || setting("insecureSkipTLSVerify").is_some_and(|skip| skip.eq_ignore_ascii_case("true"))
}

/// `bak.restore_test`: a restore was completed within the days that policy asks for.
pub(super) fn restore_test(input: &Input, policy: &Policy, now: Instant) -> Judge {
    let mut judge = Judge::of(RESTORE_TEST).needs(&RESTORES, &input.restores);
    let completed = input.restores.items.iter().filter_map(|restore| {
        let status = restore.status.as_ref()?;
        let whole = status.phase.as_deref() == Some("Completed") && status.errors.unwrap_or_default() == 0;
        status.completion_timestamp.filter(|ended| whole && ended.signed_duration_since(now) <= SKEW)
    });
    let last = completed.max();
    let days = policy.restore_test_days;
    let recent = last.is_some_and(|last| now.signed_duration_since(last) <= TimeDelta::days(days.into()));
    if !recent && !judge.saw_all() {
        // One that could not be read may be recent.
        return judge;
    }
    judge.examine();
    let subject = subject("Restore", None, "*");
    match last {
        _ if recent => {}
        Some(last) => {
            let last = last.date_naive().to_string();
            judge.fail(&RESTORE_OLD, subject, [("days", days.to_string()), ("last", last)]);
        }
        None => judge.fail(&RESTORE_NEVER, subject, [("days", days.to_string())]),
    }
    judge
}

fn seconds(duration: TimeDelta) -> String {
    format!("{} s", duration.num_seconds())
}
