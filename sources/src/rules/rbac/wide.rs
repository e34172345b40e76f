//! Rights that are wider than they look: wildcards, Secrets, and ways to more rights.

use super::{
    ESCALATION, Input, SECRETS, Scope, WILDCARDS,
    administrators::{count_and_names, role_and_subject},
    grants::{Grant, Grants},
    powers::{CREATE_TOKENS, IMPERSONATE_ACCOUNTS, IN_A_NAMESPACE, Secrets, is_wildcard},
};
use crate::{
    policy::Policy,
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use k8s_openapi::{api::rbac::v1::PolicyRule, apimachinery::pkg::apis::meta::v1::ObjectMeta};
use model::{evaluation::Outcome, severity::Severity};

const WILDCARD: Sentence = fault(WILDCARDS, "wildcard", &["groups"]);
const READS: Sentence = fault(SECRETS, "reads", &["role", "subject"]);
const READS_NAMED: Sentence = fault(SECRETS, "reads_named", &["role", "subject"]);
const EVERYBODY_READS: Sentence = fault(SECRETS, "everybody", &["role", "subject"]);
const NO_READERS_LIST: Sentence = reason(SECRETS, "no_list", &["count", "subjects"]);
const HOLDS: Sentence = fault(ESCALATION, "holds", &["powers", "role", "subject"]);
const ADMINISTRATORS: Sentence = reason(ESCALATION, "administrators", &["count", "subjects"]);

pub(super) const SENTENCES: &[Sentence] =
    &[WILDCARD, READS, READS_NAMED, EVERYBODY_READS, NO_READERS_LIST, HOLDS, ADMINISTRATORS];

const BOOTSTRAPPING: (&str, &str) = ("kubernetes.io/bootstrapping", "rbac-defaults");

/// `rbac.no_wildcards`: no role allows every verb on every resource, but those that Kubernetes makes itself.
pub(super) fn wildcards(mut judge: Judge, input: &Input) -> Judge {
    let of_cluster = input.cluster_roles.items.iter().map(|role| ("ClusterRole", &role.metadata, role.rules.as_ref()));
    let of_namespaces = input.roles.items.iter().map(|role| ("Role", &role.metadata, role.rules.as_ref()));
    for (kind, metadata, rules) in of_cluster.chain(of_namespaces) {
        judge.examine();
        let wild: Vec<&PolicyRule> = rules.into_iter().flatten().filter(|rule| is_wildcard(rule)).collect();
        if wild.is_empty() || is_built_in(metadata) {
            continue;
        }
        let name = metadata.name.as_deref().unwrap_or_default();
        let groups = wild.iter().flat_map(|rule| rule.api_groups.iter().flatten());
        let groups = names(groups.map(|group| if group.is_empty() { "core" } else { group }));
        judge.fail(&WILDCARD, subject(kind, metadata.namespace.as_deref(), name), [("groups", groups)]);
    }
    judge
}

/// The label alone proves nothing, since anybody who may write a role may set it: the name must be reserved too.
fn is_built_in(metadata: &ObjectMeta) -> bool {
    let name = metadata.name.as_deref().unwrap_or_default();
    let labelled = metadata.labels.as_ref().and_then(|labels| labels.get(BOOTSTRAPPING.0));
    labelled.is_some_and(|value| value == BOOTSTRAPPING.1)
        && (name.starts_with("system:") || matches!(name, "cluster-admin" | "admin" | "edit" | "view"))
}

/// `rbac.secret_readers`: people who may read Secrets are approved, as readers or as administrators.
pub(super) fn secret_readers(mut judge: Judge, grants: &Grants<'_>, policy: &Policy) -> Judge {
    let mut unlisted = Vec::new();
    for grant in grants.iter().filter(|grant| grant.who.is_human()) {
        if grant.is_unknown() {
            judge.doubt();
        }
        let secrets = grant.powers().map_or(Secrets::None, |powers| powers.secrets);
        if secrets == Secrets::None {
            continue;
        }
        judge.examine();
        let who = grant.who.to_string();
        let values = role_and_subject(&grant);
        if grant.is_built_in_administrator() || approved(policy, &who) {
            continue;
        }
        if grant.who.is_everybody() {
            judge.fail_as(Severity::Critical, &EVERYBODY_READS, grant.subject(), values);
        } else if policy.secret_readers.is_none() {
            unlisted.push(who);
        } else if secrets == Secrets::Named {
            judge.fail_as(Severity::Medium, &READS_NAMED, grant.subject(), values);
        } else {
            judge.fail(&READS, grant.subject(), values);
        }
    }
    if !unlisted.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NO_READERS_LIST, count_and_names(&unlisted));
    }
    judge
}

fn approved(policy: &Policy, who: &str) -> bool {
    [&policy.secret_readers, &policy.cluster_admins].into_iter().flatten().flatten().any(|approved| approved == who)
}

/// `rbac.escalation_verbs`: nobody but Kubernetes itself and approved administrators holds a way to more rights.
///
/// The built-in roles `admin` and `edit`, bound in a namespace, let their holders act as its service accounts:
/// whoever may start pods there can do that anyway, so it is no escalation.
pub(super) fn escalation(mut judge: Judge, grants: &Grants<'_>, policy: &Policy) -> Judge {
    let mut unlisted = Vec::new();
    for grant in grants.iter().filter(|grant| !grant.who.is_system() && !grant.is_built_in_administrator()) {
        if grant.is_unknown() {
            judge.doubt();
        }
        judge.examine();
        let held = held(&grant);
        let who = grant.who.to_string();
        let is_administrator = grant.is_administrator() && grant.is_of_the_cluster();
        if held.is_empty() || policy.cluster_admins.as_ref().is_some_and(|approved| approved.contains(&who)) {
            continue;
        }
        if is_administrator && policy.cluster_admins.is_none() && !grant.who.is_everybody() {
            unlisted.push(who);
            continue;
        }
        let severity = if grant.is_of_the_cluster() { Severity::High } else { Severity::Medium };
        let [role, subject] = role_and_subject(&grant);
        judge.fail_as(severity, &HOLDS, grant.subject(), [("powers", names(held)), role, subject]);
    }
    if !unlisted.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &ADMINISTRATORS, count_and_names(&unlisted));
    }
    judge
}

fn held(grant: &Grant<'_>) -> Vec<&'static str> {
    let Some(powers) = grant.powers() else { return Vec::new() };
    let of_a_namespace = matches!(grant.scope, Scope::Namespace(_));
    let user_facing =
        of_a_namespace && grant.role.kind == "ClusterRole" && matches!(grant.role.name.as_str(), "admin" | "edit");
    let counts = |power: &&'static str| {
        (!of_a_namespace || IN_A_NAMESPACE.contains(power))
            && !(user_facing && [IMPERSONATE_ACCOUNTS, CREATE_TOKENS].contains(power))
    };
    powers.escalation.iter().copied().filter(counts).collect()
}
