//! Validating admission policies, which the API server judges itself (since Kubernetes 1.30).

use super::{Input, VAP_BOUND};
use crate::{
    objects::policy::{PolicyBinding, PolicyBindingSpec},
    request::{ADMISSION_POLICIES, POLICY_BINDINGS},
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use model::{evaluation::Outcome, scan::Coverage};

const UNBOUND: Sentence = fault(VAP_BOUND, "unbound", &[]);
const NOT_DENIED: Sentence = fault(VAP_BOUND, "not_denied", &[]);
const DANGLING: Sentence = fault(VAP_BOUND, "dangling", &["policy"]);
const NONE: Sentence = reason(VAP_BOUND, "none", &[]);

pub(super) const SENTENCES: &[Sentence] = &[UNBOUND, NOT_DENIED, DANGLING, NONE];

fn spec(binding: &PolicyBinding) -> Option<&PolicyBindingSpec> {
    binding.spec.as_ref()
}

fn policy(binding: &PolicyBinding) -> &str {
    spec(binding).and_then(|spec| spec.policy_name.as_deref()).unwrap_or_default()
}

fn denies(binding: &PolicyBinding) -> bool {
    let actions = spec(binding).and_then(|spec| spec.validation_actions.as_ref());
    actions.is_some_and(|actions| actions.iter().any(|action| action == "Deny"))
}

/// Whether a policy with that name is there, or may be.
fn may_exist(input: &Input, name: &str) -> bool {
    let list = &input.admission_policies;
    !list.was_read() || list.unread > 0 || list.items.iter().any(|policy| policy.metadata.name() == name)
}

/// Whether any such policy may keep something out.
pub(super) fn is_in_force(input: &Input) -> bool {
    // One that could not be understood may be the one that denies.
    let bindings = &input.bindings;
    bindings.unread > 0 || bindings.items.iter().any(|binding| denies(binding) && may_exist(input, policy(binding)))
}

/// `pod.vap_bound`: every policy is bound, and denies; without a binding it does nothing.
pub(super) fn bound(input: &Input) -> Judge {
    let mut judge = Judge::of(VAP_BOUND);
    let both = [&input.admission_policies.read, &input.bindings.read];
    if both.iter().all(|read| read.coverage == Coverage::Absent) {
        judge.otherwise(Outcome::NotApplicable, &NONE, []);
        return judge;
    }
    judge = judge.needs(&ADMISSION_POLICIES, &input.admission_policies).needs(&POLICY_BINDINGS, &input.bindings);
    let bindings_known = input.bindings.was_read() && input.bindings.unread == 0;
    for one in &input.admission_policies.items {
        let name = one.metadata.name();
        let mut bindings = input.bindings.items.iter().filter(|binding| policy(binding) == name).peekable();
        let is_bound = bindings.peek().is_some();
        let fault = match (is_bound, bindings.any(denies)) {
            (_, true) => {
                judge.examine();
                continue;
            }
            (true, false) => &NOT_DENIED,
            (false, false) => &UNBOUND,
        };
        if bindings_known {
            judge.examine();
            judge.fail(fault, subject("ValidatingAdmissionPolicy", None, name), []);
        } else {
            judge.doubt();
        }
    }
    for binding in input.bindings.items.iter().filter(|binding| !may_exist(input, policy(binding))) {
        let subject = subject("ValidatingAdmissionPolicyBinding", None, binding.metadata.name());
        judge.examine();
        judge.fail(&DANGLING, subject, [("policy", policy(binding).to_owned())]);
    }
    if input.admission_policies.items.is_empty() && input.bindings.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NONE, []);
    }
    judge
}
