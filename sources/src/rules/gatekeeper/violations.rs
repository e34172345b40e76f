//! Whether anything violates a constraint.

use super::{Audit, Input, VIOLATIONS, action, denies, is_about_pods, of_constraint};
use crate::{
    objects::gatekeeper::{Constraint, ConstraintStatus, Violation},
    owner::Owner,
    rules::verdict::{Judge, Sentence, fault, reason},
};
use model::{evaluation::Outcome, finding::Subject, severity::Severity};
use std::collections::BTreeSet;

const VIOLATES: Sentence = fault(VIOLATIONS, "violates", &["constraint", "action"]);
const MORE: Sentence = fault(VIOLATIONS, "more", &["listed", "total"]);
const DISAGREES: Sentence = reason(VIOLATIONS, "disagrees", &["constraint"]);
const NEVER_AUDITED: Sentence = reason(VIOLATIONS, "never_audited", &[]);
const OLD: Sentence = reason(VIOLATIONS, "old", &[]);

pub(super) const SENTENCES: &[Sentence] = &[VIOLATES, MORE, DISAGREES, NEVER_AUDITED, OLD];

/// `gk.violations`: the last audit of every constraint found none.
pub(super) fn violations(input: &Input, audited: &impl Fn(&Constraint) -> Audit) -> Judge {
    let mut judge = input.judge(VIOLATIONS);
    let (mut fresh, mut old, mut never) = (false, 0, 0);
    for (kind, constraint) in input.all() {
        match (audited(constraint), &constraint.status) {
            (Audit::Fresh, Some(status)) => {
                fresh = true;
                judge_constraint(&mut judge, kind, constraint, status);
            }
            (Audit::Old(_), _) => old += 1,
            _ => never += 1,
        }
    }
    if fresh {
        (0..old + never).for_each(|_| judge.doubt());
    } else if old > 0 {
        judge.otherwise(Outcome::Stale, &OLD, []);
    } else if never > 0 {
        judge.otherwise(Outcome::NotEvaluated, &NEVER_AUDITED, []);
    }
    judge
}

fn judge_constraint(judge: &mut Judge, kind: &str, constraint: &Constraint, status: &ConstraintStatus) {
    let severity = severity(kind, constraint);
    let name = format!("{kind}/{}", constraint.metadata.name());
    let listed = status.violations.as_deref().unwrap_or_default();
    let subjects: BTreeSet<Subject> = listed.iter().map(|violation| violator(violation, &name)).collect();
    if subjects.is_empty() && status.total_violations.is_some() {
        judge.examine();
    }
    for subject in subjects {
        judge.examine();
        judge.fail_as(
            severity,
            &VIOLATES,
            subject,
            [("constraint", name.clone()), ("action", action(constraint).to_owned())],
        );
    }
    match status.total_violations.map(usize::try_from) {
        Some(Ok(total)) if total == listed.len() => {}
        Some(Ok(total)) if total > listed.len() => {
            let values = [("listed", listed.len().to_string()), ("total", total.to_string())];
            judge.examine();
            judge.fail_as(severity, &MORE, of_constraint(kind, constraint), values);
            // Which ones are listed changes from audit to audit: one that is no longer there may not be mended.
            judge.doubt();
        }
        Some(_) => judge.disagree(&DISAGREES, [("constraint", name)]),
        // Without a total, what is listed may be all or a part.
        None => judge.doubt(),
    }
}

/// What is not denied is on trial. What pods may do to their node weighs more than the rest.
fn severity(kind: &str, constraint: &Constraint) -> Severity {
    match (denies(constraint), is_about_pods(kind)) {
        (Some(false), _) => Severity::Low,
        (_, true) => Severity::High,
        (_, false) => Severity::Medium,
    }
}

fn violator(violation: &Violation, constraint: &str) -> Subject {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let Owner { kind, name } = Owner::of_named(&text(&violation.kind), &text(&violation.name));
    let namespace = violation.namespace.clone().filter(|namespace| !namespace.is_empty());
    Subject { kind, namespace, name, key: Some(constraint.to_owned()) }
}
