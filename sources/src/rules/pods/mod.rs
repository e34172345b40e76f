//! What running pods may do: `pod.no_privileged`, `pod.non_root`, `pod.baseline`, `pod.restricted`.
//!
//! Labels of namespaces say nothing about pods that were there before them, so the pods are judged themselves, by the
//! Pod Security Standards. A finding is about the workload that made the pods; see [`crate::owner`].

mod controls;

use super::verdict::{Judge, Sentence, evaluation, fault, names, reason};
use crate::{
    listed::Listed,
    objects::core::Pod,
    owner::Owner,
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::PODS,
};
use controls::{CONTROLS, Places};
use model::{
    evaluation::{Evaluation, Outcome},
    finding::{Extent, Subject},
    scan::Read,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Pods.
    pub pods: Arc<Listed<Pod>>,
}

impl Input {
    /// Reads pods.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self { pods: reader.shared(&PODS).await }
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![(Part::Own, &self.pods.read)]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }
}

const NO_PRIVILEGED: &str = "pod.no_privileged";
const NON_ROOT: &str = "pod.non_root";
const BASELINE: &str = "pod.baseline";
const RESTRICTED: &str = "pod.restricted";

/// What is said of a check.
struct Says {
    check: &'static str,
    broken: Sentence,
    excused: Sentence,
    none: Sentence,
}

const fn says(check: &'static str) -> Says {
    Says {
        check,
        broken: fault(check, "broken", &["fields"]),
        excused: reason(check, "excused", &["namespaces"]),
        none: reason(check, "none", &[]),
    }
}

const OF_HOST: Says = says(NO_PRIVILEGED);
const OF_ROOT: Says = says(NON_ROOT);
const OF_BASELINE: Says = says(BASELINE);
const OF_RESTRICTED: Says = says(RESTRICTED);

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[
    &[OF_HOST.broken, OF_HOST.excused, OF_HOST.none],
    &[OF_ROOT.broken, OF_ROOT.excused, OF_ROOT.none],
    &[OF_BASELINE.broken, OF_BASELINE.excused, OF_BASELINE.none],
    &[OF_RESTRICTED.broken, OF_RESTRICTED.excused, OF_RESTRICTED.none],
];

/// Where a workload breaks each control, by the control's place in the table.
type Broken = BTreeMap<usize, Places>;

/// Judges the checks of running pods.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    let mut workloads: BTreeMap<(&str, Owner), Broken> = BTreeMap::new();
    let mut unclear = Vec::new();
    for pod in &input.pods.items {
        let owner = Owner::of_pod(pod);
        if has_ended(pod, &owner) {
            continue;
        }
        if pod.spec.containers.as_ref().is_none_or(Vec::is_empty) {
            // No API server holds such a pod: what it would show was lost on the way.
            unclear.push(Extent::of_object(&owner.kind, pod.metadata.namespace.as_deref(), &owner.name));
            continue;
        }
        let namespace = pod.metadata.namespace.as_deref().unwrap_or_default();
        let broken = workloads.entry((namespace, owner)).or_default();
        for (number, control) in CONTROLS.iter().enumerate() {
            let places = (control.broken)(pod);
            if !places.is_empty() {
                broken.entry(number).or_default().extend(places);
            }
        }
    }
    let judged = [OF_HOST, OF_ROOT, OF_BASELINE, OF_RESTRICTED].map(|says| {
        let mut judge = Judge::of(says.check).needs(&PODS, &input.pods);
        unclear.iter().cloned().for_each(|extent| judge.doubt_in(extent));
        judge_workloads(judge, &says, &workloads, policy)
    });
    evaluation(judged)
}

/// A pod that has ended runs no more. One of a Job has always ended when it is looked at, and shows what comes next.
fn has_ended(pod: &Pod, owner: &Owner) -> bool {
    let phase = pod.status.as_ref().and_then(|status| status.phase.as_deref());
    matches!(phase, Some("Succeeded" | "Failed")) && !matches!(owner.kind.as_str(), "Job" | "CronJob")
}

fn judge_workloads(
    mut judge: Judge,
    says: &Says,
    workloads: &BTreeMap<(&str, Owner), Broken>,
    policy: &Policy,
) -> Judge {
    let mut excused = BTreeSet::new();
    for ((namespace, owner), broken) in workloads {
        judge.examine();
        let fields: Vec<String> = broken
            .iter()
            .filter(|(number, _)| CONTROLS[**number].check == says.check)
            .map(|(number, places)| field(CONTROLS[*number].field, places))
            .collect();
        if fields.is_empty() {
            continue;
        }
        if policy.privileged_namespaces.iter().any(|allowed| allowed == namespace) {
            excused.insert(*namespace);
            continue;
        }
        let subject = Subject {
            kind: owner.kind.clone(),
            namespace: Some((*namespace).to_owned()),
            name: owner.name.clone(),
            key: None,
        };
        judge.fail(&says.broken, subject, [("fields", fields.join(", "))]);
    }
    if !excused.is_empty() {
        judge.remark(&says.excused, [("namespaces", names(excused))]);
    }
    if workloads.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &says.none, []);
    }
    judge
}

/// A field, and in which containers or volumes it is, as `privileged (app, proxy)`.
fn field(name: &str, places: &Places) -> String {
    let within: Vec<&str> = places.iter().map(String::as_str).filter(|place| !place.is_empty()).collect();
    if within.is_empty() { name.to_owned() } else { format!("{name} ({})", names(within)) }
}

/// The profile that a pod meets, for the comparison with the samples of Kubernetes.
#[cfg(test)]
pub(crate) fn level(pod: &Pod) -> &'static str {
    let breaks = |checks: &[&str]| {
        CONTROLS.iter().any(|control| checks.contains(&control.check) && !(control.broken)(pod).is_empty())
    };
    if breaks(&[NO_PRIVILEGED, BASELINE]) {
        "privileged"
    } else if breaks(&[NON_ROOT, RESTRICTED]) {
        "baseline"
    } else {
        "restricted"
    }
}
