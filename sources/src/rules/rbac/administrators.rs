//! Who is administrator: not everybody, only who is approved, and `system:masters` nowhere but where it is built in.

use super::{
    BASELINE, EVERYONE, MASTERS,
    grants::{Grant, Grants},
    subjects::Who,
};
use crate::{
    policy::Policy,
    rules::verdict::{Judge, Sentence, fault, names, reason},
};
use model::{evaluation::Outcome, severity::Severity};

const TO_EVERYBODY: Sentence = fault(EVERYONE, "cluster", &["role", "subject"]);
const TO_EVERYBODY_HERE: Sentence = fault(EVERYONE, "namespace", &["role", "subject"]);
const NOT_APPROVED: Sentence = fault(BASELINE, "not_approved", &["role", "subject"]);
const NO_LIST: Sentence = reason(BASELINE, "no_list", &["count", "subjects"]);
const NAMED: Sentence = fault(MASTERS, "named", &["role"]);

pub(super) const SENTENCES: &[Sentence] = &[TO_EVERYBODY, TO_EVERYBODY_HERE, NOT_APPROVED, NO_LIST, NAMED];

/// `rbac.no_admin_to_everyone`: no grant of everything to everybody, to every service account or to nobody in particular.
pub(super) fn everyone(mut judge: Judge, grants: &Grants<'_>) -> Judge {
    for grant in grants.iter() {
        let everybody = grant.who.is_everybody();
        if everybody && grant.is_unknown() {
            judge.doubt();
        }
        if !grant.is_administrator() {
            continue;
        }
        judge.examine();
        if everybody && grant.is_of_the_cluster() {
            judge.fail(&TO_EVERYBODY, grant.subject(), role_and_subject(&grant));
        } else if everybody {
            judge.fail_as(Severity::High, &TO_EVERYBODY_HERE, grant.subject(), role_and_subject(&grant));
        }
    }
    judge
}

/// `rbac.cluster_admin_baseline`: administrators of the whole cluster are built in or approved.
pub(super) fn baseline(mut judge: Judge, grants: &Grants<'_>, policy: &Policy) -> Judge {
    let mut unlisted = Vec::new();
    for grant in grants.iter().filter(Grant::is_of_the_cluster) {
        if grant.is_unknown() {
            judge.doubt();
        }
        if !grant.is_administrator() {
            continue;
        }
        judge.examine();
        let who = grant.who.to_string();
        match &policy.cluster_admins {
            _ if grant.is_built_in_administrator() => {}
            Some(approved) if approved.contains(&who) => {}
            Some(_) => judge.fail(&NOT_APPROVED, grant.subject(), role_and_subject(&grant)),
            None => unlisted.push(who),
        }
    }
    if !unlisted.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NO_LIST, count_and_names(&unlisted));
    }
    judge
}

/// `rbac.no_system_masters`: no binding but the built-in one names the group that no binding can take rights from.
pub(super) fn masters(mut judge: Judge, grants: &Grants<'_>) -> Judge {
    for grant in grants.iter() {
        judge.examine();
        let built_in = grant.is_built_in_administrator() && grant.role.name == "cluster-admin";
        if grant.who == Who::Group("system:masters") && !built_in {
            judge.fail(&NAMED, grant.subject(), [("role", grant.role())]);
        }
    }
    judge
}

pub(super) fn role_and_subject(grant: &Grant<'_>) -> [(&'static str, String); 2] {
    [("role", grant.role()), ("subject", grant.who.to_string())]
}

pub(super) fn count_and_names(subjects: &[String]) -> [(&'static str, String); 2] {
    let mut distinct: Vec<&str> = subjects.iter().map(String::as_str).collect();
    distinct.sort_unstable();
    distinct.dedup();
    [("count", distinct.len().to_string()), ("subjects", names(distinct))]
}
