//! Whether containers say what they need.

use super::{Input, REQUESTS, Unit};
use crate::{
    objects::workloads::{LimitRangeItem, Resources},
    request::LIMIT_RANGES,
    rules::verdict::{Judge, Sentence, fault, names},
};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

const MISSING: Sentence = fault(REQUESTS, "missing", &["resources"]);

pub(super) const SENTENCES: &[Sentence] = &[MISSING];

/// `cap.requests`: every container asks for processor time and memory, by itself, with its pod, or by the default of its namespace.
pub(super) fn requests(judge: Judge, input: &Input, units: &[Unit<'_>]) -> Judge {
    let mut judge = judge.needs(&LIMIT_RANGES, &input.limit_ranges);
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
        let missing: Vec<&str> = ["cpu", "memory"].into_iter().filter(|name| !asked(name)).collect();
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
    judge
}

fn asks(resources: &Resources, name: &str) -> bool {
    has(resources.requests.as_ref(), name) || has(resources.limits.as_ref(), name)
}

fn has(resources: Option<&BTreeMap<String, IgnoredAny>>, name: &str) -> bool {
    resources.is_some_and(|resources| resources.contains_key(name))
}
