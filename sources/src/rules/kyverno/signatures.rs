//! Whether only signed images are let in.

use super::{Input, SIGNATURES};
use crate::rules::verdict::{Judge, Sentence, fault, names, reason};
use model::evaluation::Outcome;

const AUDITS: Sentence = fault(SIGNATURES, "audits", &[]);
const NOT_READY: Sentence = fault(SIGNATURES, "not_ready", &[]);
const NONE: Sentence = reason(SIGNATURES, "none", &[]);
const LIMITED: Sentence = reason(SIGNATURES, "limited", &["policies"]);

pub(super) const SENTENCES: &[Sentence] = &[AUDITS, NOT_READY, NONE, LIMITED];

/// `img.signatures`: a policy verifies the signatures of all images, and enforces. One that is about some images or
/// namespaces alone is for a person to judge, and so is a cluster without one, since something else may do it.
pub(super) fn signatures(input: &Input) -> Judge {
    let mut judge = input.judge(SIGNATURES);
    let mut some = Vec::new();
    let mut verifies_all = false;
    for policy in input.policies().filter(|policy| policy.verifies.any) {
        match (policy.ready, policy.verifies.only_audit.is_empty()) {
            (Some(false), _) => judge.fail(&NOT_READY, policy.subject(), []),
            (_, false) => judge.fail(&AUDITS, policy.subject(), []),
            (Some(true), true) => {
                verifies_all |= policy.verifies_all;
                some.push(policy.name());
            }
            (None, true) => {
                judge.doubt();
                continue;
            }
        }
        judge.examine();
    }
    if some.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NONE, []);
    } else if !verifies_all {
        judge.otherwise(Outcome::NeedsReview, &LIMITED, [("policies", names(some))]);
    }
    judge
}
