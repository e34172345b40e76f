//! People: who may enter running pods, who is named one by one, and who administers two clusters.

use super::{
    EXEC, PEOPLE, SEPARATION,
    administrators::{count_and_names, role_and_subject},
    grants::{Grant, Grants},
    subjects::Who,
};
use crate::{
    policy::Policy,
    rules::verdict::{Judge, Sentence, fault, names, reason},
};
use model::{evaluation::Outcome, severity::Severity};
use std::collections::BTreeSet;

const ENTERS: Sentence = fault(EXEC, "enters", &["powers", "role", "subject"]);
const EVERYBODY_ENTERS: Sentence = fault(EXEC, "everybody", &["powers", "role", "subject"]);
const NO_LIST: Sentence = reason(EXEC, "no_list", &["count", "subjects"]);
const PERSON: Sentence = fault(PEOPLE, "person", &["role", "subject"]);
const OF_BOTH: Sentence = fault(SEPARATION, "of_both", &["role", "subject"]);
const NOT_TOLD: Sentence = reason(SEPARATION, "not_told", &[]);
const NO_SISTER: Sentence = reason(SEPARATION, "no_sister", &[]);

pub(super) const SENTENCES: &[Sentence] = &[ENTERS, EVERYBODY_ENTERS, NO_LIST, PERSON, OF_BOTH, NOT_TOLD, NO_SISTER];

/// `rbac.exec_rights`: people who may run commands in pods, attach to them or tunnel into them are approved.
pub(super) fn exec_rights(mut judge: Judge, grants: &Grants<'_>, policy: &Policy) -> Judge {
    let approved = |who: &String| {
        [&policy.exec_users, &policy.cluster_admins].into_iter().flatten().any(|approved| approved.contains(who))
    };
    let mut unlisted = Vec::new();
    for grant in grants.iter().filter(|grant| grant.who.is_human()) {
        if grant.is_unknown() {
            judge.doubt();
        }
        let Some(powers) = grant.powers().filter(|powers| !powers.enters.is_empty()) else { continue };
        judge.examine();
        let who = grant.who.to_string();
        if grant.is_built_in_administrator() || approved(&who) {
            continue;
        }
        let [role, subject] = role_and_subject(&grant);
        let values = [("powers", names(powers.enters.iter().copied())), role, subject];
        if grant.who.is_everybody() {
            judge.fail_as(Severity::Critical, &EVERYBODY_ENTERS, grant.subject(), values);
        } else if policy.exec_users.is_none() {
            unlisted.push(who);
        } else {
            judge.fail(&ENTERS, grant.subject(), values);
        }
    }
    if !unlisted.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NO_LIST, count_and_names(&unlisted));
    }
    judge
}

/// `rbac.groups_not_users`: rights are given to groups, whose members the identity provider knows.
pub(super) fn groups_not_users(mut judge: Judge, grants: &Grants<'_>) -> Judge {
    for grant in grants.iter().filter(|grant| grant.who.is_human()) {
        judge.examine();
        if matches!(grant.who, Who::User(_)) && !grant.who.is_everybody() {
            judge.fail(&PERSON, grant.subject(), role_and_subject(&grant));
        }
    }
    judge
}

/// Groups that everybody is in who reaches the API server, logged in or not.
const OF_ALL: [&str; 2] = ["Group:system:authenticated", "Group:system:unauthenticated"];

/// `rbac.separation`: no administrator of a sister cluster is one here, but those whom policy lists for both. A sister is the
/// cluster that keeps this one's logs, or one whose logs this one keeps.
///
/// Names are compared as bindings write them: who is a member of a group cannot be seen from a cluster, but for the groups that
/// everybody is in.
pub(super) fn separation(mut judge: Judge, grants: &Grants<'_>, policy: &Policy) -> Judge {
    let sister: BTreeSet<&str> = match (&policy.sister_admins, &policy.sister_admins_seen) {
        (Some(told), _) if told.is_empty() => {
            judge.otherwise(Outcome::NotApplicable, &NO_SISTER, []);
            return judge;
        }
        (Some(told), _) => told.iter().map(String::as_str).collect(),
        (None, Some(seen)) => seen.names.iter().map(String::as_str).collect(),
        // Nobody is known, and nothing is closed for that: what was found may still be so.
        (None, None) => BTreeSet::new(),
    };
    let everybody_there = OF_ALL.iter().any(|who| sister.contains(who));
    let seen = policy.sister_admins_seen.as_ref();
    let are_all = policy.sister_admins.is_some() || seen.is_some_and(|seen| seen.are_all);
    for grant in grants.iter().filter(|grant| grant.who.is_human()).filter(Grant::is_of_the_cluster) {
        let who = grant.who.to_string();
        if grant.is_unknown() && sister.contains(who.as_str()) {
            judge.doubt();
        }
        if !grant.is_administrator() || grant.is_built_in_administrator() {
            continue;
        }
        judge.examine();
        let is_of_both =
            everybody_there || sister.contains(who.as_str()) || (grant.who.is_everybody() && !sister.is_empty());
        if is_of_both && !policy.admins_of_both.contains(&who) {
            judge.fail(&OF_BOTH, grant.subject(), role_and_subject(&grant));
        } else if !are_all {
            judge.doubt();
        }
    }
    if !are_all {
        judge.otherwise(Outcome::NeedsReview, &NOT_TOLD, []);
    }
    judge
}
