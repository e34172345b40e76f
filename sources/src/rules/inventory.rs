//! Whether namespaces say whose they are and what they hold (`out.classified`), and whether test is kept apart from
//! production (`env.separation`). Which labels say so is for the policy to name.

use super::verdict::{Judge, Sentence, evaluation, fault, names, reason, subject};
use crate::{
    listed::Listed,
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading, labels_of},
    request::NAMESPACES,
};
use k8s_openapi::api::core::v1::Namespace;
use model::{
    evaluation::{Evaluation, Outcome},
    labels::{LabelKeys, LabelsOfKind},
    scan::{Coverage, Read},
};
use std::{collections::BTreeMap, sync::Arc};

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Namespaces.
    pub namespaces: Arc<Listed<Namespace>>,
}

impl Input {
    /// Reads namespaces.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self { namespaces: reader.shared(&NAMESPACES).await }
    }

    /// Namespaces by name, but those of the system itself.
    fn own<'a>(&'a self, policy: &'a Policy) -> impl Iterator<Item = (&'a str, &'a Namespace)> {
        let named = self.namespaces.items.iter().map(|it| (it.metadata.name.as_deref().unwrap_or_default(), it));
        named.filter(|(name, _)| !policy.system_namespaces.iter().any(|system| system == name))
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![(Part::Own, &self.namespaces.read)]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }

    fn teams(&self, policy: &Policy) -> Option<BTreeMap<String, String>> {
        let read = &self.namespaces.read;
        if read.coverage != Coverage::Complete || read.malformed > 0 {
            return None;
        }
        let Some(key) = policy.team_label.as_deref() else { return Some(BTreeMap::new()) };
        let named = self.namespaces.items.iter().filter_map(|namespace| {
            let name = namespace.metadata.name.clone()?;
            Some((name, label(namespace, key)?.to_owned()))
        });
        Some(named.collect())
    }

    fn labels(&self, keys: &LabelKeys) -> Vec<LabelsOfKind> {
        let kept = labels_of("Namespace", &self.namespaces, |it| {
            Some((None, it.metadata.name.as_deref()?, keys.kept(it.metadata.labels.as_ref())))
        });
        kept.into_iter().collect()
    }
}

const CLASSIFIED: &str = "out.classified";
const SEPARATION: &str = "env.separation";

const UNLABELLED: Sentence = fault(CLASSIFIED, "unlabelled", &["labels"]);
const NO_LABELS: Sentence = reason(CLASSIFIED, "no_labels", &[]);
const OTHER: Sentence = fault(SEPARATION, "other", &["environment"]);
const NOT_CONFIGURED: Sentence = reason(SEPARATION, "not_configured", &[]);
const UNKNOWN: Sentence = reason(SEPARATION, "unknown", &["count", "label", "namespaces"]);

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[&[UNLABELLED, NO_LABELS, OTHER, NOT_CONFIGURED, UNKNOWN]];

/// Judges the checks of the inventory.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    evaluation([classified(input, policy), separation(input, policy)])
}

fn begin(check: &'static str, input: &Input, policy: &Policy) -> Judge {
    let mut judge = Judge::of(check).needs(&NAMESPACES, &input.namespaces);
    if input.own(policy).next().is_none() && judge.saw_all() {
        // Every cluster has some: not to see any is to have seen nothing.
        judge.doubt();
    }
    judge
}

fn label<'a>(namespace: &'a Namespace, key: &str) -> Option<&'a str> {
    let value = namespace.metadata.labels.as_ref()?.get(key)?;
    Some(value.as_str()).filter(|value| !value.is_empty())
}

/// `out.classified`: every namespace has the labels that policy asks for.
fn classified(input: &Input, policy: &Policy) -> Judge {
    let mut judge = begin(CLASSIFIED, input, policy);
    let wanted = &policy.namespace_labels;
    for (name, namespace) in input.own(policy) {
        judge.examine();
        let missing: Vec<&str> =
            wanted.iter().map(String::as_str).filter(|key| label(namespace, key).is_none()).collect();
        if !missing.is_empty() {
            judge.fail(&UNLABELLED, subject("Namespace", None, name), [("labels", names(missing))]);
        }
    }
    if wanted.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &NO_LABELS, []);
    }
    judge
}

/// `env.separation`: no namespace is of an environment that does not belong in this cluster.
fn separation(input: &Input, policy: &Policy) -> Judge {
    let mut judge = begin(SEPARATION, input, policy);
    let (Some(key), false) = (policy.environment_label.as_deref(), policy.environments.is_empty()) else {
        judge.otherwise(Outcome::NeedsReview, &NOT_CONFIGURED, []);
        input.own(policy).for_each(|_| judge.examine());
        return judge;
    };
    let mut unknown = Vec::new();
    for (name, namespace) in input.own(policy) {
        judge.examine();
        match label(namespace, key) {
            Some(environment) if policy.environments.iter().any(|own| own == environment) => {}
            Some(environment) => {
                judge.fail(&OTHER, subject("Namespace", None, name), [("environment", environment.into())]);
            }
            None => unknown.push(name),
        }
    }
    if !unknown.is_empty() {
        let count = unknown.len().to_string();
        let values = [("count", count), ("label", key.to_owned()), ("namespaces", names(unknown))];
        judge.otherwise(Outcome::NeedsReview, &UNKNOWN, values);
    }
    judge
}
