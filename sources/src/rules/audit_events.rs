//! Audit events that the API server sends: whether they arrive, and what people did with privileges.

use super::verdict::{Judge, Sentence, evaluation, fault, reason};
use crate::{
    error::ReadError,
    pushed::{Pushed, Silence, hours, instant},
    reader::Reader,
    reading::{Context, Part, Reading},
};
use chrono::TimeDelta;
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    scan::Read,
    source::Source,
};

/// An API server is never this long without a request: its own parts ask all the time.
const HEARTBEAT: TimeDelta = TimeDelta::minutes(15);

const ARRIVE: &str = "log.audit_heartbeat";
const PRIVILEGED: &str = "log.privileged_events";

const NO_SENDER: Sentence = reason(ARRIVE, "no_sender", &[]);
const NEVER: Sentence = reason(ARRIVE, "never", &[]);
const SILENT: Sentence = reason(ARRIVE, "silent", &["since"]);
const NO_SENDER_PRIVILEGED: Sentence = reason(PRIVILEGED, "no_sender", &[]);
const NEVER_PRIVILEGED: Sentence = reason(PRIVILEGED, "never", &[]);
const SILENT_PRIVILEGED: Sentence = reason(PRIVILEGED, "silent", &["since"]);
/// A fault for each rule of [`crate::intake::audit::Rule`], under its word.
const FAULTS: &[Sentence] = &[
    fault(PRIVILEGED, "exec", &[]),
    fault(PRIVILEGED, "secret_read", &[]),
    fault(PRIVILEGED, "rbac_change", &[]),
    fault(PRIVILEGED, "system_masters", &[]),
    fault(PRIVILEGED, "impersonation", &[]),
    fault(PRIVILEGED, "anonymous", &[]),
];

/// What the rules may say.
pub const SENTENCES: &[&[Sentence]] =
    &[&[NO_SENDER, NEVER, SILENT, NO_SENDER_PRIVILEGED, NEVER_PRIVILEGED, SILENT_PRIVILEGED], FAULTS];

/// What was sent.
#[derive(Clone, Debug)]
pub struct Input {
    pushed: Pushed,
    read: Read,
}

impl Input {
    /// Takes what was sent.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let pushed = reader.pushed(Source::AuditEvents).await?;
        Ok(Self { read: pushed.read(Source::AuditEvents, Some(HEARTBEAT)), pushed })
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![(Part::Own, &self.read)]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        let now = context.received_now();
        let mut heartbeat = Judge::of(ARRIVE);
        alive(&mut heartbeat, &self.pushed, now, [&NO_SENDER, &NEVER, &SILENT]);
        evaluation([heartbeat, privileged(&self.pushed, context.policy.quiet_hours, now)])
    }

    fn never_ran(&self) -> bool {
        self.pushed.never_came()
    }
}

fn privileged(pushed: &Pushed, quiet_hours: u32, now: Instant) -> Judge {
    let mut judge = Judge::of(PRIVILEGED);
    for group in pushed.groups_since(now - hours(quiet_hours)) {
        judge.examine();
        match FAULTS.iter().find(|fault| fault.name == group.rule) {
            Some(fault) => judge.fail_as(group.severity, fault, group.subject.clone(), []),
            None => judge.doubt(),
        }
    }
    judge.miss(pushed.refused.saturating_add(pushed.cut_off));
    alive(&mut judge, pushed, now, [&NO_SENDER_PRIVILEGED, &NEVER_PRIVILEGED, &SILENT_PRIVILEGED]);
    judge
}

/// Nothing passes, and nothing is closed, unless events arrive.
fn alive(judge: &mut Judge, pushed: &Pushed, now: Instant, [no_sender, never, silent]: [&Sentence; 3]) {
    match pushed.silence(now - HEARTBEAT) {
        None => judge.examine(),
        Some(why) => {
            match why {
                Silence::NoSender => judge.otherwise(Outcome::NotEvaluated, no_sender, []),
                Silence::Never => judge.otherwise(Outcome::NotEvaluated, never, []),
                Silence::Since(since) => judge.otherwise(Outcome::Stale, silent, [("since", instant(since))]),
            }
            judge.keep_open();
        }
    }
}
