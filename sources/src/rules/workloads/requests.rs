//! Whether containers say what they need, and whether what a namespace may ask for in all is bounded.

use super::{Input, REQUESTS, Unit};
use crate::{
    objects::workloads::{LimitRangeItem, ResourceQuota, Resources},
    policy::Policy,
    request::{LIMIT_RANGES, RESOURCE_QUOTAS},
    rules::verdict::{Judge, Sentence, fault, names, subject},
};
use model::finding::Extent;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};

const MISSING: Sentence = fault(REQUESTS, "missing", &["resources"]);
const UNBOUNDED: Sentence = fault(REQUESTS, "unbounded", &["resources"]);

pub(super) const SENTENCES: &[Sentence] = &[MISSING, UNBOUNDED];

/// What must be asked for, and be bounded.
const RESOURCES: [&str; 2] = ["cpu", "memory"];

/// `cap.requests`: every container asks for processor time and memory, by itself, with its pod, or by the default of its
/// namespace; and a quota bounds what each namespace asks for in all.
pub(super) fn requests(judge: Judge, input: &Input, units: &[Unit<'_>], policy: &Policy) -> Judge {
    let mut judge = judge.needs(&LIMIT_RANGES, &input.limit_ranges).needs(&RESOURCE_QUOTAS, &input.quotas);
    asked_for(&mut judge, input, units);
    bounded(&mut judge, input, units, policy);
    judge
}

fn asked_for(judge: &mut Judge, input: &Input, units: &[Unit<'_>]) {
    let mut defaults: BTreeMap<&str, Vec<&LimitRangeItem>> = BTreeMap::new();
    for range in &input.limit_ranges.items {
        let of_containers = range.spec.limits.iter().flatten().filter(|item| item.kind.as_deref() == Some("Container"));
        defaults.entry(range.metadata.namespace.as_deref().unwrap_or_default()).or_default().extend(of_containers);
    }
    let may_have_defaults = !input.limit_ranges.was_read() || input.limit_ranges.unread > 0;
    if !units.iter().any(|unit| unit.is_main) {
        // What runs has a container that runs for as long: not to see any is to have seen nothing.
        judge.doubt();
    }
    for unit in units.iter().filter(|unit| unit.is_main) {
        let namespace = unit.subject.namespace.as_deref().unwrap_or_default();
        let defaults = defaults.get(namespace).map(Vec::as_slice).unwrap_or_default();
        let asked = |name: &str| {
            [unit.container.resources.as_ref(), unit.pod.resources.as_ref()]
                .into_iter()
                .flatten()
                .any(|held| asks(held, name))
                || defaults
                    .iter()
                    .any(|item| has(item.default_request.as_ref(), name) || has(item.default.as_ref(), name))
        };
        let missing: Vec<&str> = RESOURCES.into_iter().filter(|name| !asked(name)).collect();
        if !missing.is_empty() && may_have_defaults {
            // A default that could not be read may fill it in.
            judge.doubt();
            continue;
        }
        judge.examine();
        if !missing.is_empty() {
            judge.fail(&MISSING, unit.subject.clone(), [("resources", names(missing))]);
        }
    }
}

/// What platforms call the namespaces that are theirs: whoever uses the platform sets no quota there.
const OF_PLATFORMS: [&str; 8] =
    ["openshift-", "kube-", "cattle-", "calico-", "tigera-", "gke-managed-", "gmp-", "eks-"];

/// Of every namespace in which something runs, but those of the system and of the platform.
fn bounded(judge: &mut Judge, input: &Input, units: &[Unit<'_>], policy: &Policy) {
    let mut quotas: BTreeMap<&str, Vec<&ResourceQuota>> = BTreeMap::new();
    for quota in &input.quotas.items {
        quotas.entry(quota.metadata.namespace.as_deref().unwrap_or_default()).or_default().push(quota);
    }
    let may_be_unseen = !input.quotas.was_read() || input.quotas.unread > 0;
    let is_own = |namespace: &&str| {
        !policy.system_namespaces.iter().any(|system| system == namespace)
            && !OF_PLATFORMS.iter().any(|platform| namespace.starts_with(platform))
    };
    let namespaces = units.iter().filter(|unit| unit.is_main).filter_map(|unit| unit.subject.namespace.as_deref());
    for namespace in namespaces.filter(is_own).collect::<BTreeSet<&str>>() {
        let quotas = quotas.get(namespace).map(Vec::as_slice).unwrap_or_default();
        let unbounded: Vec<&str> =
            RESOURCES.into_iter().filter(|name| !quotas.iter().any(|quota| bounds(quota, name))).collect();
        let is_whole = |name: &&str| quotas.iter().any(|quota| quota.is_of_all_pods() && bounds(quota, name));
        if RESOURCES.iter().all(is_whole) {
            judge.examine();
        } else if unbounded.is_empty() || may_be_unseen {
            // Those of some pods may leave out others, and one that was not read may bound them all.
            judge.doubt_in(Extent::of_object("Namespace", None, namespace));
        } else {
            judge.examine();
            judge.fail(&UNBOUNDED, subject("Namespace", None, namespace), [("resources", names(unbounded))]);
        }
    }
}

fn bounds(quota: &ResourceQuota, name: &str) -> bool {
    let hard = quota.spec.hard.as_ref();
    has(hard, name) || has(hard, &format!("requests.{name}")) || has(hard, &format!("limits.{name}"))
}

fn asks(resources: &Resources, name: &str) -> bool {
    has(resources.requests.as_ref(), name) || has(resources.limits.as_ref(), name)
}

fn has(resources: Option<&BTreeMap<String, IgnoredAny>>, name: &str) -> bool {
    resources.is_some_and(|resources| resources.contains_key(name))
}
