//! Reports of other scanners. Each speaks for what it examined, until a newer one does or it is too old.

use super::verdict::{Judge, Sentence, evaluation, fault, names, reason};
use crate::{
    error::ReadError,
    policy::Policy,
    pushed::{Found, Pushed, Silence},
    reader::Reader,
    reading::{Context, Part, Reading},
};
use chrono::TimeDelta;
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    finding::Subject,
    scan::Read,
    severity::Severity,
    source::Source,
};

const FINDINGS: &str = "ext.findings";

const FOUND: Sentence = fault(FINDINGS, "found", &["rule", "title", "text"]);
const NO_SENDER: Sentence = reason(FINDINGS, "no_sender", &[]);
const NEVER: Sentence = reason(FINDINGS, "never", &[]);
const OLD: Sentence = reason(FINDINGS, "old", &["reports"]);
const REVIEW: Sentence = reason(FINDINGS, "review", &["rules"]);

/// What the rules may say.
pub const SENTENCES: &[&[Sentence]] = &[&[FOUND, NO_SENDER, NEVER, OLD, REVIEW]];

/// What was sent.
#[derive(Clone, Debug)]
pub struct Input {
    pushed: Pushed,
    read: Read,
}

impl Input {
    /// Takes what was sent.
    pub async fn read<R: Reader>(reader: &R, policy: &Policy) -> Result<Self, ReadError> {
        let pushed = reader.pushed(Source::External).await?;
        let patience = TimeDelta::days(policy.report_days.into());
        Ok(Self { read: pushed.read(Source::External, Some(patience)), pushed })
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![(Part::Own, &self.read)]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluation([findings(&self.pushed, context.policy.report_days, context.received_now())])
    }

    fn never_ran(&self) -> bool {
        self.pushed.never_came()
    }
}

fn findings(pushed: &Pushed, report_days: u32, now: Instant) -> Judge {
    let mut judge = Judge::of(FINDINGS);
    let too_old = now - TimeDelta::days(report_days.into());
    let (mut old, mut review) = (Vec::new(), Vec::new());
    for report in &pushed.reports {
        judge.examine();
        if report.received_at <= too_old && !report.is_message {
            old.push(report.producer.as_str());
        }
        for found in &report.findings {
            // What a tool leaves to people is neither a failure nor in order.
            if found.severity == Severity::Info {
                review.push(found.rule.as_str());
            } else {
                let values =
                    [("rule", found.rule.clone()), ("title", found.title.clone()), ("text", found.text.clone())];
                judge.fail_as(found.severity, &FOUND, subject(found), values);
            }
        }
    }
    judge.miss(pushed.refused.saturating_add(pushed.cut_off));
    match pushed.silence(too_old) {
        Some(Silence::NoSender) => judge.otherwise(Outcome::NotEvaluated, &NO_SENDER, []),
        Some(Silence::Never) => judge.otherwise(Outcome::NotEvaluated, &NEVER, []),
        Some(Silence::Since(_)) if old.is_empty() => {
            judge.otherwise(
                Outcome::Stale,
                &OLD,
                [("reports", names(pushed.reports.iter().map(|r| r.producer.as_str())))],
            );
        }
        _ if !old.is_empty() => judge.otherwise(Outcome::Stale, &OLD, [("reports", names(old.iter().copied()))]),
        _ if !review.is_empty() => judge.otherwise(Outcome::NeedsReview, &REVIEW, [("rules", names(review))]),
        _ => return judge,
    }
    if !old.is_empty() || pushed.silence(too_old).is_some() {
        judge.keep_open();
    }
    judge
}

/// A subject fails each rule by itself.
fn subject(found: &Found) -> Subject {
    let key = found.subject.key.as_ref().map_or_else(|| found.rule.clone(), |key| format!("{} {key}", found.rule));
    Subject { key: Some(key), ..found.subject.clone() }
}
