//! Policies of Kyverno: `kyv.enforced`, `img.signatures`. What they found is in its reports: see [`super::policy_report`].
//!
//! A policy in `Audit` keeps nothing out, and one that is not ready is not asked.

mod enforced;
mod policy;
mod signatures;

use super::{
    installed,
    verdict::{Judge, Sentence, evaluation, reason},
};
use crate::{
    error::ReadError,
    listed::Listed,
    objects::{
        deployment::Deployment,
        kyverno::{ExpressionPolicy, PatternPolicy},
        meta::Bare,
    },
    page::Named,
    reader::{Groups, Readable, Reader, Serving},
    reading::{Context, Part, Reading},
    request::{
        EXPRESSION_EXCEPTIONS, IMAGE_POLICIES, KYVERNO_CLUSTER_POLICIES, KYVERNO_POLICIES, NAMESPACED_IMAGE_POLICIES,
        NAMESPACED_VALIDATING_POLICIES, PATTERN_EXCEPTIONS, Resource, VALIDATING_POLICIES,
    },
};
use model::{
    evaluation::{Evaluation, Outcome},
    scan::{Coverage, Read},
};
use policy::Policy;
use std::sync::Arc;

/// Objects of one kind, and how they were asked for.
pub type Asked<T> = (Part, Resource, Listed<T>);

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// How asking for API groups went.
    pub groups: Read,
    /// Policies of `kyverno.io`.
    pub patterns: Vec<Asked<PatternPolicy>>,
    /// Policies of `policies.kyverno.io`.
    pub expressions: Vec<Asked<ExpressionPolicy>>,
    /// What is excepted from policies.
    pub exceptions: Vec<Asked<Bare>>,
    /// The controllers among them, where any policy is served: their version.
    pub deployments: Option<Arc<Listed<Deployment>>>,
}

/// Versions of `policies.kyverno.io`, the newest first.
const EXPRESSIONS: &[&str] = &["v1", "v1beta1", "v1alpha1"];
/// Versions of either group that are known. Not all of them serve every kind.
const KNOWN: &[&str] = &["v1", "v1beta1", "v1alpha1", "v2", "v2beta1", "v2alpha1"];

/// Images of its controllers, which are released together; what else is called Kyverno has versions of its own.
const IMAGES: &[&str] =
    &["kyverno/kyverno", "kyverno/background-controller", "kyverno/cleanup-controller", "kyverno/reports-controller"];

impl Input {
    /// Reads policies and exceptions in the newest versions that are served.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let groups = reader.groups().await?;
        let legacy = &["v1", "v2beta1"];
        let mut patterns = ask(reader, &groups, legacy, Part::Own, &[KYVERNO_CLUSTER_POLICIES, KYVERNO_POLICIES]).await;
        let mut expressions = ask(reader, &groups, EXPRESSIONS, Part::Own, &[VALIDATING_POLICIES]).await;
        // Not served by the first versions of the group.
        let later = [IMAGE_POLICIES, NAMESPACED_VALIDATING_POLICIES, NAMESPACED_IMAGE_POLICIES];
        expressions.extend(ask(reader, &groups, EXPRESSIONS, Part::Optional, &later).await);
        let versions = &["v2", "v2beta1", "v2alpha1"];
        let mut exceptions = ask(reader, &groups, versions, Part::Optional, &[PATTERN_EXCEPTIONS]).await;
        exceptions.extend(ask(reader, &groups, EXPRESSIONS, Part::Optional, &[EXPRESSION_EXCEPTIONS]).await);
        if patterns.is_empty() && expressions.is_empty() {
            let absent = Listed::failed(&KYVERNO_CLUSTER_POLICIES, &ReadError::Absent);
            patterns.push((Part::Own, KYVERNO_CLUSTER_POLICIES, absent));
        }
        let own: Vec<&Read> = parts(&patterns).chain(parts(&expressions)).map(|(_, read)| read).collect();
        let deployments = installed::controllers(reader, &own).await;
        Ok(Self { groups: groups.read.clone(), patterns, expressions, exceptions, deployments })
    }

    /// Begins with a check, and with the policies that it needs.
    fn judge(&self, check: &'static str) -> Judge {
        let judge = needs(Judge::of(check), &self.patterns);
        needs(judge, &self.expressions)
    }

    /// Every policy.
    fn policies(&self) -> impl Iterator<Item = Policy<'_>> {
        let patterns = self
            .patterns
            .iter()
            .flat_map(|(_, resource, list)| list.items.iter().map(move |policy| Policy::of_patterns(resource, policy)));
        let expressions = self.expressions.iter().flat_map(|(_, resource, list)| {
            list.items.iter().map(move |policy| Policy::of_expressions(resource, policy))
        });
        patterns.chain(expressions)
    }
}

/// Lists these resources in the newest of these versions that their group is served in, if it is.
async fn ask<R: Reader, T: Readable>(
    reader: &R,
    groups: &Groups,
    versions: &[&'static str],
    part: Part,
    resources: &[Resource],
) -> Vec<Asked<T>> {
    let mut asked = Vec::new();
    for resource in resources {
        let known = groups.serving(resource.group, KNOWN);
        let (resource, list) = match (groups.serving(resource.group, versions), known) {
            (Serving::In(version), _) => {
                let resource = resource.at(version);
                let list = reader.list(&resource).await;
                (resource, list)
            }
            // Where groups may not be read, the usual version is tried.
            (Serving::Hidden, _) => (resource.clone(), reader.list(resource).await),
            (_, Serving::Otherwise(versions)) => (resource.clone(), Listed::of_unknown_version(resource, &versions)),
            _ => continue,
        };
        asked.push((part, resource, list));
    }
    asked
}

fn needs<T: Named>(judge: Judge, lists: &[Asked<T>]) -> Judge {
    let counts = |part: Part, list: &Listed<T>| part != Part::Optional || list.read.coverage != Coverage::Absent;
    lists
        .iter()
        .filter(|(part, _, list)| counts(*part, list))
        .fold(judge, |judge, (_, resource, list)| judge.needs(resource, list))
}

fn parts<T>(lists: &[Asked<T>]) -> impl Iterator<Item = (Part, &Read)> {
    lists.iter().map(|(part, _, list)| (*part, &list.read))
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        let lists = parts(&self.patterns).chain(parts(&self.expressions)).chain(parts(&self.exceptions));
        let controllers = self.deployments.iter().map(|list| (Part::Aside, &list.read));
        [(Part::Beside, &self.groups)].into_iter().chain(lists).chain(controllers).collect()
    }

    fn evaluate(&self, _context: &Context<'_>) -> Evaluation {
        evaluate(self)
    }

    fn never_ran(&self) -> bool {
        let nothing = |part: Part, read: &Read, unread: u32| match read.coverage {
            Coverage::Absent => part == Part::Optional,
            _ => read.coverage == Coverage::Complete && unread == 0,
        };
        self.policies().next().is_none()
            && self.patterns.iter().all(|(part, _, list)| nothing(*part, &list.read, list.unread))
            && self.expressions.iter().all(|(part, _, list)| nothing(*part, &list.read, list.unread))
    }

    fn version(&self) -> Option<String> {
        installed::version(self.deployments.as_ref(), |repository| {
            IMAGES.iter().any(|image| repository.ends_with(image))
        })
    }
}

const ENFORCED: &str = "kyv.enforced";
const SIGNATURES: &str = "img.signatures";

const NEVER_RAN: &[Sentence] = &[reason(ENFORCED, "never_ran", &[]), reason(SIGNATURES, "never_ran", &[])];

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[NEVER_RAN, enforced::SENTENCES, signatures::SENTENCES];

/// Judges the checks of Kyverno's policies.
pub fn evaluate(input: &Input) -> Evaluation {
    if input.never_ran() {
        return evaluation(NEVER_RAN.iter().map(|why| {
            let mut judge = Judge::of(why.check);
            judge.otherwise(Outcome::NotEvaluated, why, []);
            judge
        }));
    }
    evaluation([enforced::enforced(input), signatures::signatures(input)])
}
