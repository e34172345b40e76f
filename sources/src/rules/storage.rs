//! Where data is kept: whether it is encrypted there (`enc.storage`), and whether it is gone when it should be
//! (`out.released_volumes`).
//!
//! Whether a disk is encrypted is mostly a statement of the provider: a cluster shows no more than what was asked of the driver.

use super::verdict::{Judge, Sentence, evaluation, fault, names, reason, subject};
use crate::{
    listed::Listed,
    objects::storage::{StorageClass, Volume},
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{STORAGE_CLASSES, VOLUMES},
};
use chrono::TimeDelta;
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    finding::Subject,
    scan::Read,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Volumes.
    pub volumes: Listed<Volume>,
    /// Classes.
    pub classes: Listed<StorageClass>,
}

impl Input {
    /// Reads volumes and classes.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self { volumes: reader.list(&VOLUMES).await, classes: reader.list(&STORAGE_CLASSES).await }
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![(Part::Own, &self.volumes.read), (Part::Own, &self.classes.read)]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy, context.now)
    }
}

const ENCRYPTION: &str = "enc.storage";
const RELEASED: &str = "out.released_volumes";

const SWITCHED_OFF: Sentence = fault(ENCRYPTION, "switched_off", &[]);
const NOT_LISTED: Sentence = fault(ENCRYPTION, "not_listed", &[]);
const NOT_SHOWN: Sentence = reason(ENCRYPTION, "not_shown", &["count", "storage"]);
const NO_VOLUMES: Sentence = reason(ENCRYPTION, "no_volumes", &[]);
const LEFT_OVER: Sentence = fault(RELEASED, "left_over", &["claim", "days", "since"]);
const SINCE_UNKNOWN: Sentence = reason(RELEASED, "since_unknown", &["count", "volumes"]);
const NONE: Sentence = reason(RELEASED, "none", &[]);

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[&[SWITCHED_OFF, NOT_LISTED, NOT_SHOWN, NO_VOLUMES, LEFT_OVER, SINCE_UNKNOWN, NONE]];

/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// Judges the checks of storage.
pub fn evaluate(input: &Input, policy: &Policy, now: Instant) -> Evaluation {
    evaluation([encryption(input, policy), released(input, policy, now)])
}

/// What the parameters of a class say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encrypted {
    Yes,
    No,
    Unsaid,
}

/// Parameters that are only there to encrypt: keys of Azure, Google and Amazon.
const KEYS: &[&str] = &["diskencryptionsetid", "disk-encryption-kms-key", "kmskeyid"];

fn encrypted(class: &StorageClass) -> Encrypted {
    let parameters = class.parameters.iter().flatten();
    let mut found = Encrypted::Unsaid;
    for (key, value) in parameters {
        let (key, value) = (key.to_ascii_lowercase(), value.trim().to_ascii_lowercase());
        match (key.as_str(), value.as_str()) {
            // Of the drivers of Amazon and Ceph.
            ("encrypted", "true") => found = Encrypted::Yes,
            ("encrypted", "false") => return Encrypted::No,
            (key, value) if KEYS.contains(&key) && !value.is_empty() => found = Encrypted::Yes,
            _ => {}
        }
    }
    found
}

/// `enc.storage`: every class that volumes are made from asks for encryption, or is on the list of those that are encrypted.
fn encryption(input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(ENCRYPTION).needs(&VOLUMES, &input.volumes).needs(&STORAGE_CLASSES, &input.classes);
    let classes: BTreeMap<&str, &StorageClass> = input.classes.items.iter().map(|c| (c.metadata.name(), c)).collect();
    let mut not_shown = BTreeSet::new();
    for subject in storage(input) {
        let said = classes.get(subject.name.as_str()).map_or(Encrypted::Unsaid, |class| encrypted(class));
        let is_class = subject.kind == "StorageClass";
        let listed = is_class && policy.encrypted_storage.iter().flatten().any(|listed| *listed == subject.name);
        match said {
            Encrypted::Yes if is_class => {}
            Encrypted::No if is_class => judge.fail(&SWITCHED_OFF, subject, []),
            _ if listed => {}
            // A class that could not be read may ask for it.
            _ if is_class && input.classes.unread > 0 && !classes.contains_key(subject.name.as_str()) => {
                judge.doubt();
                continue;
            }
            _ if policy.encrypted_storage.is_some() => judge.fail(&NOT_LISTED, subject, []),
            _ => drop(not_shown.insert(subject.to_string())),
        }
        judge.examine();
    }
    if !not_shown.is_empty() {
        let values = [("count", not_shown.len().to_string()), ("storage", names(not_shown.iter().map(String::as_str)))];
        judge.otherwise(Outcome::NeedsReview, &NOT_SHOWN, values);
    } else if input.volumes.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NO_VOLUMES, []);
    }
    judge
}

/// What volumes are made from: their classes, or themselves where they have none.
fn storage(input: &Input) -> BTreeSet<Subject> {
    let of_volume = |volume: &Volume| match volume.spec.storage_class_name.as_deref() {
        Some(class) if !class.is_empty() => subject("StorageClass", None, class),
        _ => subject("PersistentVolume", None, volume.metadata.name()),
    };
    input.volumes.items.iter().map(of_volume).collect()
}

/// `out.released_volumes`: no volume keeps the data of a claim that is long gone.
fn released(input: &Input, policy: &Policy, now: Instant) -> Judge {
    let mut judge = Judge::of(RELEASED).needs(&VOLUMES, &input.volumes);
    let days = policy.released_volume_days;
    let mut since_unknown = Vec::new();
    for volume in &input.volumes.items {
        let status = volume.status.as_ref();
        match status.and_then(|status| status.phase.as_deref()) {
            Some("Pending" | "Available" | "Bound") => {}
            Some("Released" | "Failed") => {
                let since = status.and_then(|status| status.last_phase_transition_time);
                match since.filter(|since| since.signed_duration_since(now) <= SKEW) {
                    None => since_unknown.push(volume.metadata.name()),
                    Some(since) if now.signed_duration_since(since) > TimeDelta::days(days.into()) => {
                        let values = [
                            ("claim", claim(volume)),
                            ("days", days.to_string()),
                            ("since", since.date_naive().to_string()),
                        ];
                        judge.fail(&LEFT_OVER, subject("PersistentVolume", None, volume.metadata.name()), values);
                    }
                    Some(_) => {}
                }
            }
            _ => {
                judge.doubt();
                continue;
            }
        }
        judge.examine();
    }
    if !since_unknown.is_empty() {
        let values = [("count", since_unknown.len().to_string()), ("volumes", names(since_unknown))];
        judge.otherwise(Outcome::NeedsReview, &SINCE_UNKNOWN, values);
    } else if input.volumes.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NONE, []);
    }
    judge
}

/// Who claimed a volume, as `shop/data`.
fn claim(volume: &Volume) -> String {
    let part = |part: Option<&String>| part.map_or("-", String::as_str).to_owned();
    volume.spec.claim_ref.as_ref().map_or_else(
        || "-".to_owned(),
        |claim| format!("{}/{}", part(claim.namespace.as_ref()), part(claim.name.as_ref())),
    )
}
