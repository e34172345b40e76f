//! Whether constraints are in force.

use super::{ENFORCED, Input, action, denies, is_about_pods, of_constraint};
use crate::{
    objects::gatekeeper::{ByPod, Constraint},
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use model::evaluation::Outcome;

const NOT_DENIED: Sentence = fault(ENFORCED, "not_denied", &["action"]);
const NOT_ENFORCED: Sentence = fault(ENFORCED, "not_enforced", &[]);
const BROKEN_TEMPLATE: Sentence = fault(ENFORCED, "broken_template", &[]);
const NONE_ABOUT_PODS: Sentence = reason(ENFORCED, "none_about_pods", &[]);

pub(super) const SENTENCES: &[Sentence] = &[NOT_DENIED, NOT_ENFORCED, BROKEN_TEMPLATE, NONE_ABOUT_PODS];

/// `gk.enforced`: every template works, and every constraint about pods denies and is in force.
pub(super) fn enforced(input: &Input) -> Judge {
    let mut judge = input.judge(ENFORCED);
    for template in &input.templates.items {
        let status = template.status.as_ref();
        let by_pod = status.and_then(|status| status.by_pod.as_deref()).unwrap_or_default();
        match status.and_then(|status| status.created) {
            created if created == Some(false) || by_pod.iter().any(has_errors) => {
                judge.examine();
                judge.fail(&BROKEN_TEMPLATE, subject("ConstraintTemplate", None, template.metadata.name()), []);
            }
            Some(_) => judge.examine(),
            None => judge.doubt(),
        }
    }
    let about_pods = || input.all().filter(|(kind, _)| is_about_pods(kind));
    for (kind, constraint) in about_pods() {
        let subject = of_constraint(kind, constraint);
        match (denies(constraint), in_force(constraint)) {
            (Some(false), _) => judge.fail(&NOT_DENIED, subject, [("action", action(constraint).to_owned())]),
            (_, Some(false)) => judge.fail(&NOT_ENFORCED, subject, []),
            (Some(true), Some(true)) => {}
            _ => {
                judge.doubt();
                continue;
            }
        }
        judge.examine();
    }
    if about_pods().next().is_none() && input.all().next().is_some() {
        judge.otherwise(Outcome::NotApplicable, &NONE_ABOUT_PODS, []);
    }
    judge
}

fn has_errors(by_pod: &ByPod) -> bool {
    by_pod.errors.as_ref().is_some_and(|errors| !errors.is_empty())
}

/// Whether every pod of Gatekeeper says so, of the constraint as it is now; `None` where none says anything.
fn in_force(constraint: &Constraint) -> Option<bool> {
    let by_pod = constraint.status.as_ref()?.by_pod.as_deref()?;
    if by_pod.iter().any(|pod| pod.enforced == Some(false) || has_errors(pod)) {
        return Some(false);
    }
    let up_to_date = |pod: &ByPod| {
        pod.observed_generation.zip(constraint.metadata.generation).is_none_or(|(seen, current)| seen >= current)
    };
    let sure = !by_pod.is_empty() && by_pod.iter().all(|pod| pod.enforced == Some(true) && up_to_date(pod));
    sure.then_some(true)
}
