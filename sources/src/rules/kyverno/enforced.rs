//! Whether policies are in use, and those about pods keep anything out.

use super::{ENFORCED, Input};
use crate::{
    listed::Listed,
    objects::meta::Bare,
    rules::verdict::{Judge, Sentence, fault, names, reason},
};
use model::{evaluation::Outcome, scan::Coverage, severity::Severity};

const NOT_READY: Sentence = fault(ENFORCED, "not_ready", &[]);
const AUDITS: Sentence = fault(ENFORCED, "audits", &["rules"]);
const OVERRIDDEN: Sentence = fault(ENFORCED, "overridden", &["namespaces"]);
const NONE_ABOUT_PODS: Sentence = reason(ENFORCED, "none_about_pods", &[]);
const EXCEPTIONS: Sentence = reason(ENFORCED, "exceptions", &["exceptions"]);

pub(super) const SENTENCES: &[Sentence] = &[NOT_READY, AUDITS, OVERRIDDEN, NONE_ABOUT_PODS, EXCEPTIONS];

/// `kyv.enforced`: every policy is ready, and those about pods enforce. Exceptions are named.
pub(super) fn enforced(input: &Input) -> Judge {
    let mut judge = input.judge(ENFORCED);
    let mut about_pods = false;
    for policy in input.policies() {
        let enforces = !policy.about_pods || policy.validates.only_audit.is_empty();
        about_pods |= policy.about_pods && policy.validates.any;
        let exempt = policy.about_pods && !policy.validates.audited_namespaces.is_empty();
        match policy.ready {
            Some(false) => judge.fail(&NOT_READY, policy.subject(), []),
            _ if !enforces => {
                let rules = names(policy.validates.only_audit.iter().copied());
                judge.fail(&AUDITS, policy.subject(), [("rules", rules)]);
            }
            _ if exempt => {
                let namespaces = names(policy.validates.audited_namespaces.iter().copied());
                judge.fail_as(Severity::Low, &OVERRIDDEN, policy.subject(), [("namespaces", namespaces)]);
            }
            Some(true) => {}
            None => {
                judge.doubt();
                continue;
            }
        }
        judge.examine();
    }
    let excepted: Vec<String> = input.exceptions.iter().flat_map(|(_, _, list)| &list.items).map(name).collect();
    if !excepted.is_empty() {
        judge.remark(&EXCEPTIONS, [("exceptions", names(excepted.iter().map(String::as_str)))]);
    }
    // Exceptions that may not be read may be any.
    let hidden = |list: &Listed<Bare>| !list.was_read() && list.read.coverage != Coverage::Absent;
    let unseen = input.exceptions.iter().any(|(_, _, list)| list.unread > 0 || hidden(list));
    if unseen {
        judge.doubt();
    }
    if !about_pods {
        judge.otherwise(Outcome::NotApplicable, &NONE_ABOUT_PODS, []);
    }
    judge
}

fn name(exception: &Bare) -> String {
    let name = exception.metadata.name();
    exception.metadata.namespace.as_ref().map_or_else(|| name.to_owned(), |namespace| format!("{namespace}/{name}"))
}
