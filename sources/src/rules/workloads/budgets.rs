//! Whether maintenance of a node leaves enough pods running.

use super::{BUDGET, Input};
use crate::{
    objects::workloads::DisruptionBudget,
    request::{DEPLOYMENTS, DISRUPTION_BUDGETS, STATEFUL_SETS},
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use model::evaluation::Outcome;
use std::collections::BTreeMap;

const NO_BUDGET: Sentence = fault(BUDGET, "none", &[]);
const NO_REPLICAS: Sentence = reason(BUDGET, "no_replicas", &[]);

pub(super) const SENTENCES: &[Sentence] = &[NO_BUDGET, NO_REPLICAS];

/// `avl.disruption_budget`: a budget speaks for every Deployment and StatefulSet of two pods or more.
pub(super) fn budgets(input: &Input) -> Judge {
    let mut judge = Judge::of(BUDGET)
        .needs(&DEPLOYMENTS, &input.deployments)
        .needs(&STATEFUL_SETS, &input.stateful_sets)
        .needs(&DISRUPTION_BUDGETS, &input.budgets);
    let mut by_namespace: BTreeMap<&str, Vec<&DisruptionBudget>> = BTreeMap::new();
    for budget in &input.budgets.items {
        by_namespace.entry(budget.metadata.namespace.as_deref().unwrap_or_default()).or_default().push(budget);
    }
    let may_be_unseen = !input.budgets.was_read() || input.budgets.unread > 0;
    let of_deployments = input.deployments.items.iter().map(|workload| ("Deployment", workload));
    let of_sets = input.stateful_sets.items.iter().map(|workload| ("StatefulSet", workload));
    let (none, mut several) = (BTreeMap::new(), false);
    for (kind, workload) in of_deployments.chain(of_sets) {
        if workload.spec.replicas.unwrap_or(1) < 2 {
            continue;
        }
        several = true;
        let namespace = workload.metadata.namespace.as_deref().unwrap_or_default();
        let template = workload.spec.template.metadata.as_ref();
        let labels = template.and_then(|metadata| metadata.labels.as_ref()).unwrap_or(&none);
        let selects =
            |budget: &&DisruptionBudget| budget.spec.selector.as_ref().map_or(Some(false), |s| s.selects(labels));
        let answers: Vec<_> = by_namespace.get(namespace).into_iter().flatten().map(selects).collect();
        if answers.contains(&Some(true)) {
            judge.examine();
        } else if may_be_unseen || answers.contains(&None) {
            judge.doubt();
        } else {
            judge.examine();
            judge.fail(&NO_BUDGET, subject(kind, Some(namespace), workload.metadata.name()), []);
        }
    }
    if !several {
        judge.otherwise(Outcome::NotApplicable, &NO_REPLICAS, []);
    }
    judge
}
