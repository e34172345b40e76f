//! Where backups are stored, and whether they have been restored.

use super::{Input, LOCATION, RESTORE_TEST, TLS};
use crate::{
    objects::velero::BackupLocation,
    policy::Policy,
    request::{BACKUP_LOCATIONS, RESTORES},
    rules::{
        duration,
        verdict::{Judge, Sentence, fault, names, reason, subject},
    },
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome, finding::Subject, severity::Severity};

const UNAVAILABLE: Sentence = fault(LOCATION, "unavailable", &[]);
const NOT_VALIDATED: Sentence = fault(LOCATION, "not_validated", &["frequency"]);
const NO_LOCATION: Sentence = fault(LOCATION, "none", &[]);
const UNKNOWN: Sentence = reason(LOCATION, "unknown", &["locations"]);
const INSECURE: Sentence = fault(TLS, "insecure", &[]);
const UNVERIFIED: Sentence = fault(TLS, "unverified", &[]);
const ADDRESS_UNKNOWN: Sentence = reason(TLS, "unknown", &["locations"]);
const NO_LOCATION_TLS: Sentence = reason(TLS, "none", &[]);
const RESTORE_NEVER: Sentence = fault(RESTORE_TEST, "never", &["days"]);
const RESTORE_OLD: Sentence = fault(RESTORE_TEST, "old", &["days", "last"]);

pub(super) const SENTENCES: &[Sentence] = &[
    UNAVAILABLE,
    NOT_VALIDATED,
    NO_LOCATION,
    UNKNOWN,
    INSECURE,
    UNVERIFIED,
    ADDRESS_UNKNOWN,
    NO_LOCATION_TLS,
    RESTORE_NEVER,
    RESTORE_OLD,
];

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

/// `bak.location`: every location is available, and was looked at lately.
pub(super) fn locations(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(LOCATION).needs(&BACKUP_LOCATIONS, &input.locations);
    let mut unknown = Vec::new();
    for location in &input.locations.items {
        judge.examine();
        let subject = location_subject(location);
        // A location that is only read from is where restores come from, not where backups go.
        let read_only = location.spec.access_mode.as_deref() == Some("ReadOnly");
        let severity = if read_only { Severity::Medium } else { Severity::Critical };
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
        judge.examine();
        judge.fail(&NO_LOCATION, subject("BackupStorageLocation", None, "*"), []);
    }
    if !unknown.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNKNOWN, [("locations", names(unknown))]);
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

fn location_subject(location: &BackupLocation) -> Subject {
    subject("BackupStorageLocation", location.metadata.namespace.as_deref(), location.metadata.name())
}

enum Transport {
    Tls,
    Plain,
    Unverified,
    Unknown,
}

/// Settings that hold an address of the storage, by the plug-ins for S3 and Azure.
const ADDRESSES: &[&str] = &["s3Url", "publicUrl", "storageAccountURI"];
/// Providers whose plug-ins reach their own cloud over TLS where no address is set.
const CLOUDS: &[&str] = &["aws", "azure", "gcp"];

/// `bak.location_tls`: every location is reached over TLS, and its certificate is verified.
pub(super) fn locations_tls(input: &Input) -> Judge {
    let mut judge = Judge::of(TLS).needs(&BACKUP_LOCATIONS, &input.locations);
    let mut unknown = Vec::new();
    for location in &input.locations.items {
        judge.examine();
        match transport(location) {
            Transport::Tls => {}
            Transport::Plain => judge.fail(&INSECURE, location_subject(location), []),
            Transport::Unverified => judge.fail(&UNVERIFIED, location_subject(location), []),
            Transport::Unknown => unknown.push(location.metadata.name()),
        }
    }
    if !unknown.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &ADDRESS_UNKNOWN, [("locations", names(unknown))]);
    } else if input.locations.items.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &NO_LOCATION_TLS, []);
    }
    judge
}

fn transport(location: &BackupLocation) -> Transport {
    let setting = |key: &str| location.spec.config.as_ref()?.get(key).map(|value| value.trim().to_ascii_lowercase());
    let addresses: Vec<String> =
        ADDRESSES.iter().filter_map(|key| setting(key)).filter(|address| !address.is_empty()).collect();
    let provider = location.spec.provider.as_deref().unwrap_or_default();
    let provider = provider.strip_prefix("velero.io/").unwrap_or(provider);
    if addresses.iter().any(|address| address.starts_with("http://")) {
        Transport::Plain
    } else if setting("insecureSkipTLSVerify").is_some_and(|skip| matches!(skip.as_str(), "true" | "t" | "1")) {
        Transport::Unverified
    } else if addresses.iter().all(|address| address.starts_with("https://"))
        && (!addresses.is_empty() || CLOUDS.contains(&provider))
    {
        Transport::Tls
    } else {
        Transport::Unknown
    }
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
