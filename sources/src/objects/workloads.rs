//! Workloads: `apps/v1`, `batch/v1` and pods, as far as their templates are judged; disruption budgets.

use super::{
    meta::{Meta, Owned, unlabelled},
    selector::LabelSelector,
};
use crate::page::Named;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, Visitor},
};
use std::{collections::BTreeMap, fmt};

/// A Deployment, StatefulSet, DaemonSet or Job.
#[derive(Clone, Debug, Deserialize)]
pub struct Workload {
    /// Its metadata.
    pub metadata: Owned,
    /// What it runs.
    pub spec: WorkloadSpec,
}

/// What a workload runs.
#[derive(Clone, Debug, Deserialize)]
pub struct WorkloadSpec {
    /// How many pods; one where nothing is said.
    #[serde(default)]
    pub replicas: Option<i64>,
    /// What every pod is made from.
    pub template: Template,
}

/// What pods are made from.
#[derive(Clone, Debug, Deserialize)]
pub struct Template {
    /// Their metadata.
    #[serde(default)]
    pub metadata: Option<TemplateMeta>,
    /// What they run.
    pub spec: PodTemplate,
}

/// What a template says of its pods.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TemplateMeta {
    /// Their labels.
    #[serde(default)]
    pub labels: Option<BTreeMap<String, String>>,
}

/// A CronJob.
#[derive(Clone, Debug, Deserialize)]
pub struct CronJob {
    /// Its metadata.
    pub metadata: Owned,
    /// What it runs.
    pub spec: CronJobSpec,
}

/// What a CronJob runs.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CronJobSpec {
    /// What every Job is made from.
    pub job_template: JobTemplate,
}

/// What Jobs are made from.
#[derive(Clone, Debug, Deserialize)]
pub struct JobTemplate {
    /// What they run.
    pub spec: WorkloadSpec,
}

/// A pod that no template speaks for.
#[derive(Clone, Debug, Deserialize)]
pub struct LonePod {
    /// Its metadata.
    #[serde(deserialize_with = "unlabelled")]
    pub metadata: Owned,
    /// What it runs.
    pub spec: PodTemplate,
}

/// What a pod runs.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodTemplate {
    /// Containers; there is at least one.
    pub containers: Vec<Container>,
    /// Containers that run before them.
    #[serde(default)]
    pub init_containers: Option<Vec<Container>>,
    /// What all of them may use together.
    #[serde(default)]
    pub resources: Option<Resources>,
}

/// A container.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Container {
    /// Its name.
    pub name: Option<String>,
    /// Its image.
    pub image: Option<String>,
    /// What it may use.
    pub resources: Option<Resources>,
    /// Environment variables, without their values.
    pub env: Option<Vec<Variable>>,
}

/// What may be used, by the names of resources alone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Resources {
    /// What is set aside.
    pub requests: Option<BTreeMap<String, IgnoredAny>>,
    /// What is the most; it is set aside too where no request is made.
    pub limits: Option<BTreeMap<String, IgnoredAny>>,
}

/// An environment variable.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Variable {
    /// Its name.
    pub name: Option<String>,
    /// What kind of value is written down for it; the value itself is never kept.
    pub value: Literal,
}

/// What is written down as the value of a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Literal {
    /// Nothing, or what can be no secret: a switch, a path, or the name of another variable.
    #[default]
    Harmless,
    /// Anything else.
    Text,
}

impl<'de> Deserialize<'de> for Literal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LiteralVisitor)
    }
}

struct LiteralVisitor;

impl Visitor<'_> for LiteralVisitor {
    type Value = Literal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or nothing")
    }

    fn visit_str<E>(self, value: &str) -> Result<Literal, E> {
        const SWITCHES: &[&str] = &["", "true", "false", "yes", "no", "on", "off", "0", "1"];
        let is_switch = SWITCHES.iter().any(|switch| value.trim().eq_ignore_ascii_case(switch));
        let is_reference = value.starts_with("$(") && value.ends_with(')');
        let of_path = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        let is_path = value.starts_with('/') && value.matches('/').count() > 1 && value.chars().all(of_path);
        Ok(if is_switch || is_reference || is_path { Literal::Harmless } else { Literal::Text })
    }

    fn visit_unit<E>(self) -> Result<Literal, E> {
        Ok(Literal::Harmless)
    }
}

/// A PodDisruptionBudget.
#[derive(Clone, Debug, Deserialize)]
pub struct DisruptionBudget {
    /// Its metadata.
    pub metadata: Meta,
    /// Which pods it keeps running.
    pub spec: DisruptionBudgetSpec,
}

/// Which pods a budget keeps running.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DisruptionBudgetSpec {
    /// The pods; none where it is missing, all where it is empty.
    pub selector: Option<LabelSelector>,
}

/// The defaults of a namespace.
#[derive(Clone, Debug, Deserialize)]
pub struct LimitRange {
    /// Its metadata.
    pub metadata: Meta,
    /// The defaults.
    pub spec: LimitRangeSpec,
}

/// The defaults of a namespace.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LimitRangeSpec {
    /// By what they are for.
    pub limits: Option<Vec<LimitRangeItem>>,
}

/// Defaults for one kind of thing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LimitRangeItem {
    /// `Container`, `Pod`, `PersistentVolumeClaim`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Requests of who makes none, by the names of resources.
    pub default_request: Option<BTreeMap<String, IgnoredAny>>,
    /// Limits of who has none, by the names of resources; they become requests too.
    pub default: Option<BTreeMap<String, IgnoredAny>>,
}

/// What a namespace may ask for in all.
#[derive(Clone, Debug, Deserialize)]
pub struct ResourceQuota {
    /// Its metadata.
    pub metadata: Meta,
    /// What it bounds.
    #[serde(default)]
    pub spec: ResourceQuotaSpec,
}

/// What a quota bounds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceQuotaSpec {
    /// The bounds, by the names of resources alone.
    pub hard: Option<BTreeMap<String, IgnoredAny>>,
    /// Pods that it is for; all where nothing is said.
    pub scopes: Option<Vec<IgnoredAny>>,
    /// The same, by their priority.
    pub scope_selector: Option<IgnoredAny>,
}

impl ResourceQuota {
    /// Whether it bounds all pods of its namespace together.
    pub fn is_of_all_pods(&self) -> bool {
        self.spec.scopes.as_ref().is_none_or(Vec::is_empty) && self.spec.scope_selector.is_none()
    }
}

macro_rules! named {
    ($($kind:ident),+) => {
        $(impl Named for $kind {
            fn name(&self) -> Option<&str> {
                self.metadata.name.as_deref()
            }
        })+
    };
}

named!(Workload, CronJob, LonePod, DisruptionBudget, LimitRange, ResourceQuota);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_value_only_its_kind_is_kept() {
        for (value, expected) in [
            (r#""hunter2""#, Literal::Text),
            (r#""/x+y==""#, Literal::Text),
            (r#""""#, Literal::Harmless),
            ("null", Literal::Harmless),
            (r#""True""#, Literal::Harmless),
            (r#""$(DB_PASSWORD)""#, Literal::Harmless),
            (r#""/run/secrets/db""#, Literal::Harmless),
        ] {
            assert_eq!(serde_json::from_str::<Literal>(value).ok(), Some(expected), "{value}");
        }
        assert!(serde_json::from_str::<Literal>("[1]").is_err());
    }
}
