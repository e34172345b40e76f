//! Whether Dex runs, and would outlive the loss of a pod.

use super::Input;
use crate::{
    objects::deployment::Deployment,
    request::DEPLOYMENTS,
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use model::{evaluation::Outcome, severity::Severity};

const READY: &str = "auth.dex_ready";

const DOWN: Sentence = fault(READY, "down", &[]);
const STOPPED: Sentence = fault(READY, "stopped", &[]);
const DEGRADED: Sentence = fault(READY, "degraded", &[]);
const SINGLE: Sentence = fault(READY, "single", &[]);
const ELSEWHERE: Sentence = reason(READY, "elsewhere", &[]);
const NOT_INSTALLED: Sentence = reason(READY, "not_installed", &[]);

pub(super) const SENTENCES: &[Sentence] = &[DOWN, STOPPED, DEGRADED, SINGLE, ELSEWHERE, NOT_INSTALLED];

/// `auth.dex_ready`: every pod that Dex asks for is available, and there are two at least.
pub(super) fn ready(input: &Input) -> Judge {
    let mut judge = Judge::of(READY).needs(&DEPLOYMENTS, &input.deployments);
    for deployment in input.dex() {
        let status = deployment.status.as_ref();
        let observed = status.and_then(|status| status.observed_generation);
        if status.is_none() || observed.zip(deployment.metadata.generation).is_some_and(|(seen, now)| seen < now) {
            // What there is of it is not said, or said of what was asked for before.
            judge.doubt();
            continue;
        }
        judge.examine();
        judge_replicas(&mut judge, deployment);
    }
    if input.dex().next().is_none() {
        if input.is_elsewhere() {
            judge.otherwise(Outcome::NotApplicable, &ELSEWHERE, []);
        } else {
            judge.otherwise(Outcome::NotEvaluated, &NOT_INSTALLED, []);
        }
    }
    judge
}

fn judge_replicas(judge: &mut Judge, deployment: &Deployment) {
    let wanted = deployment.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(1);
    // Kubernetes leaves a count of none out.
    let available = deployment.status.as_ref().and_then(|status| status.available_replicas).unwrap_or(0);
    let subject = subject("Deployment", deployment.metadata.namespace.as_deref(), deployment.metadata.name());
    if wanted <= 0 {
        judge.fail(&STOPPED, subject, []);
    } else if available <= 0 {
        judge.fail(&DOWN, subject, []);
    } else if available < wanted {
        judge.fail_as(Severity::Medium, &DEGRADED, subject, []);
    } else if wanted < 2 {
        judge.fail_as(Severity::Low, &SINGLE, subject, []);
    }
}
