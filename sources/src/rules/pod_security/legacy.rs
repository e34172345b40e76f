//! PodSecurityPolicy, until Kubernetes 1.24.

use super::{Input, LEGACY, Level, level_of, may_be_privileged, name};
use crate::{
    objects::policy::{HostPath, PodSecurityPolicySpec},
    policy::Policy,
    request::POD_SECURITY_POLICIES,
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use k8s_openapi::api::core::v1::Namespace;
use model::{evaluation::Outcome, scan::Coverage};

const REMOVED: Sentence = reason(LEGACY, "removed", &[]);
const UNUSED: Sentence = reason(LEGACY, "unused", &[]);
const PLUGIN_UNKNOWN: Sentence = reason(LEGACY, "plugin_unknown", &["count"]);
const NO_SUCCESSOR: Sentence = reason(LEGACY, "no_successor", &["count", "namespaces"]);
const PERMISSIVE: Sentence = fault(LEGACY, "permissive", &[]);

pub(super) const SENTENCES: &[Sentence] = &[REMOVED, UNUSED, PLUGIN_UNKNOWN, NO_SUCCESSOR, PERMISSIVE];

/// PodSecurityPolicy is gone since 1.25.
const POLICIES_UNTIL: u32 = 24;

/// `pod.psp_legacy`: until Kubernetes 1.24, whether a restrictive PodSecurityPolicy exists.
///
/// That its admission plug-in is on cannot be seen, so the best that can be said is that a person must show it.
pub(super) fn legacy(input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(LEGACY);
    if input.policies.read.coverage == Coverage::Absent && input.minor.is_none_or(|minor| minor > POLICIES_UNTIL) {
        judge.otherwise(Outcome::NotApplicable, &REMOVED, []);
        return judge;
    }
    judge = judge.needs(&POD_SECURITY_POLICIES, &input.policies);
    let restrictive = input.policies.items.iter().filter(|policy| is_restrictive(&policy.spec)).count();
    for policy in &input.policies.items {
        judge.examine();
        if restrictive == 0 && judge_is_certain(input) {
            judge.fail(&PERMISSIVE, subject("PodSecurityPolicy", None, policy.metadata.name()), []);
        }
    }
    if input.policies.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &UNUSED, []);
        return judge;
    }
    let count = ("count", restrictive.to_string());
    let without: Vec<&str> = without_successor(input, policy).collect();
    if without.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &PLUGIN_UNKNOWN, [count]);
    } else {
        judge.otherwise(Outcome::NeedsReview, &NO_SUCCESSOR, [count, ("namespaces", names(without))]);
    }
    judge
}

/// Namespaces that will have nothing when these policies end, as far as labels tell.
fn without_successor<'a>(input: &'a Input, policy: &'a Policy) -> impl Iterator<Item = &'a str> {
    let open = |namespace: &&'a Namespace| {
        !may_be_privileged(policy, name(namespace)) && matches!(level_of(namespace), Level::None | Level::Privileged)
    };
    input.namespaces.items.iter().filter(open).map(name)
}

/// A policy that could not be read may be the restrictive one.
fn judge_is_certain(input: &Input) -> bool {
    input.policies.unread == 0
}

fn is_restrictive(spec: &PodSecurityPolicySpec) -> bool {
    let off = |flag: Option<bool>| flag != Some(true);
    let has = |values: &Option<Vec<String>>, value: &str| values.iter().flatten().any(|held| held == value);
    let host_paths = has(&spec.volumes, "*") || has(&spec.volumes, "hostPath");
    let read_only =
        |paths: &Vec<_>| !paths.is_empty() && paths.iter().all(|path: &HostPath| path.read_only == Some(true));
    off(spec.privileged)
        && off(spec.host_network)
        && off(spec.host_pid)
        && off(spec.host_ipc)
        && !has(&spec.allowed_capabilities, "*")
        && (!host_paths || spec.allowed_host_paths.as_ref().is_some_and(read_only))
}
