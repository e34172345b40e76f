//! Alerts that Falco sends. An incident is over when it was quiet for long enough, and Falco is known to live;
//! silence alone is no proof of anything.

use super::verdict::{Judge, Sentence, evaluation, fault, reason};
use crate::{
    error::ReadError,
    pushed::{Pushed, Silence, hours, instant},
    reader::Reader,
    reading::{Context, Part, Reading},
};
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    scan::Read,
    severity::Severity,
    source::Source,
};

/// The rule by which Falco says that it could not keep up.
pub const DROPS_RULE: &str = "Falco internal: syscall event drop";
/// Hours within which anything must have come: an alert, or a test event.
const SIGN_OF_LIFE: u32 = 24;

const EVENTS: &str = "det.falco_events";
const DROPS: &str = "det.falco_drops";

const SEEN: Sentence = fault(EVENTS, "seen", &["rule"]);
const NO_SENDER: Sentence = reason(EVENTS, "no_sender", &[]);
const NEVER: Sentence = reason(EVENTS, "never", &[]);
const SILENT: Sentence = reason(EVENTS, "silent", &["since"]);
const DROPPED: Sentence = fault(DROPS, "dropped", &[]);
const NO_SENDER_DROPS: Sentence = reason(DROPS, "no_sender", &[]);
const NEVER_DROPS: Sentence = reason(DROPS, "never", &[]);
const SILENT_DROPS: Sentence = reason(DROPS, "silent", &["since"]);

/// What the rules may say.
pub const SENTENCES: &[&[Sentence]] =
    &[&[SEEN, NO_SENDER, NEVER, SILENT, DROPPED, NO_SENDER_DROPS, NEVER_DROPS, SILENT_DROPS]];

/// What was sent.
#[derive(Clone, Debug)]
pub struct Input {
    pushed: Pushed,
    read: Read,
}

impl Input {
    /// Takes what was sent.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let pushed = reader.pushed(Source::FalcoEvents).await?;
        Ok(Self { read: pushed.read(Source::FalcoEvents, Some(hours(SIGN_OF_LIFE))), pushed })
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![(Part::Own, &self.read)]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        let now = context.received_now();
        evaluation([events(&self.pushed, context.policy.quiet_hours, now), drops(&self.pushed, now)])
    }

    fn never_ran(&self) -> bool {
        self.pushed.never_came()
    }
}

fn events(pushed: &Pushed, quiet_hours: u32, now: Instant) -> Judge {
    let mut judge = Judge::of(EVENTS);
    for group in pushed.groups_since(now - hours(quiet_hours)).filter(|group| group.rule != DROPS_RULE) {
        judge.examine();
        judge.fail_as(group.severity, &SEEN, group.subject.clone(), [("rule", group.rule.clone())]);
    }
    alive(&mut judge, pushed, now, [&NO_SENDER, &NEVER, &SILENT]);
    judge
}

fn drops(pushed: &Pushed, now: Instant) -> Judge {
    let mut judge = Judge::of(DROPS);
    for group in pushed.groups_since(now - hours(SIGN_OF_LIFE)).filter(|group| group.rule == DROPS_RULE) {
        judge.examine();
        judge.fail_as(Severity::Medium, &DROPPED, group.subject.clone(), []);
    }
    alive(&mut judge, pushed, now, [&NO_SENDER_DROPS, &NEVER_DROPS, &SILENT_DROPS]);
    judge
}

/// Nothing passes, and nothing is closed, unless Falco was heard of lately.
fn alive(judge: &mut Judge, pushed: &Pushed, now: Instant, [no_sender, never, silent]: [&Sentence; 3]) {
    judge.miss(pushed.refused.saturating_add(pushed.cut_off));
    match pushed.silence(now - hours(SIGN_OF_LIFE)) {
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
