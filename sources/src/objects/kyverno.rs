//! Policies of Kyverno: `kyverno.io` (patterns) and `policies.kyverno.io` (expressions).

use super::meta::{Condition, Meta};
use crate::page::Named;
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// A `ClusterPolicy` or Policy of `kyverno.io`.
#[derive(Clone, Debug, Deserialize)]
pub struct PatternPolicy {
    /// Its metadata.
    pub metadata: Meta,
    /// What it does.
    pub spec: PatternSpec,
    /// What Kyverno says of it.
    #[serde(default)]
    pub status: Option<PolicyStatus>,
}

/// What a policy does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PatternSpec {
    /// `Enforce` or `Audit`, in older versions in small letters; of rules that do not say it themselves.
    pub validation_failure_action: Option<String>,
    /// Namespaces where it does something else.
    pub validation_failure_action_overrides: Option<Vec<Override>>,
    /// `false`: it is not asked when something is handed in.
    pub admission: Option<bool>,
    /// Its rules.
    pub rules: Option<Vec<Rule>>,
}

/// Namespaces where a policy does something else.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Override {
    /// `Enforce` or `Audit`.
    pub action: Option<String>,
    /// The namespaces.
    pub namespaces: Option<Vec<String>>,
}

/// A rule.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Rule {
    /// Its name.
    pub name: Option<String>,
    /// What it is about.
    #[serde(rename = "match")]
    pub matches: Option<Match>,
    /// What it is not about.
    pub exclude: Option<IgnoredAny>,
    /// What it asks for.
    pub validate: Option<Validate>,
    /// Images whose signatures it verifies.
    pub verify_images: Option<Vec<VerifyImages>>,
}

/// What a rule asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Validate {
    /// `Enforce` or `Audit`.
    pub failure_action: Option<String>,
    /// Namespaces where it does something else.
    pub failure_action_overrides: Option<Vec<Override>>,
    /// A profile of the Pod Security Standards.
    pub pod_security: Option<IgnoredAny>,
}

/// Images whose signatures are verified.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VerifyImages {
    /// `Enforce` or `Audit`.
    pub failure_action: Option<String>,
    /// Which images; `*` is all.
    pub image_references: Option<Vec<String>>,
}

/// What a rule is about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Match {
    /// One of these.
    pub any: Option<Vec<Filter>>,
    /// All of these.
    pub all: Option<Vec<Filter>>,
}

/// A filter of objects.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Filter {
    /// By what they are.
    pub resources: Option<BTreeMap<String, Option<IgnoredAny>>>,
    /// By who hands them in.
    pub subjects: Option<IgnoredAny>,
    /// By that one's roles.
    pub roles: Option<IgnoredAny>,
    /// By that one's roles in the whole cluster.
    pub cluster_roles: Option<IgnoredAny>,
}

/// A policy of `policies.kyverno.io`.
#[derive(Clone, Debug, Deserialize)]
pub struct ExpressionPolicy {
    /// Its metadata.
    pub metadata: Meta,
    /// What it does.
    pub spec: ExpressionSpec,
    /// What Kyverno says of it.
    #[serde(default)]
    pub status: Option<PolicyStatus>,
}

/// What a policy does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ExpressionSpec {
    /// `Deny`, `Warn`, `Audit`.
    pub validation_actions: Option<Vec<String>>,
    /// When it is asked.
    pub evaluation: Option<Asked>,
    /// Which objects it is about.
    pub match_constraints: Option<BTreeMap<String, Option<IgnoredAny>>>,
    /// Which of those.
    pub match_conditions: Option<Vec<IgnoredAny>>,
    /// Which images.
    pub match_image_references: Option<Vec<ImageReference>>,
}

/// When a policy is asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// When something is handed in.
    pub admission: Option<Enabled>,
}

/// Whether something is done.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Enabled {
    /// It is, unless this is `false`.
    pub enabled: Option<bool>,
}

/// Which images a policy is about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ImageReference {
    /// A pattern; `*` is all.
    pub glob: Option<String>,
}

/// What Kyverno says of a policy.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PolicyStatus {
    /// Whether it is in use, in older versions.
    pub ready: Option<bool>,
    /// `Ready` among them.
    pub conditions: Option<Vec<Condition>>,
    /// The same in `policies.kyverno.io`.
    pub condition_status: Option<ConditionStatus>,
}

/// Whether a policy is in use.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConditionStatus {
    /// Whether it is.
    pub ready: Option<bool>,
}

impl PolicyStatus {
    /// Whether the policy is in use; `None` where Kyverno does not say.
    pub fn is_ready(&self) -> Option<bool> {
        let condition = self.conditions.iter().flatten().find(|condition| condition.kind.as_deref() == Some("Ready"));
        let by_condition = condition.map(|condition| condition.status.as_deref() == Some("True"));
        by_condition.or_else(|| self.condition_status.as_ref()?.ready).or(self.ready)
    }
}

impl Named for PatternPolicy {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for ExpressionPolicy {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
