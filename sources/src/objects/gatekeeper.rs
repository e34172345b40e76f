//! Gatekeeper: constraints (`constraints.gatekeeper.sh/v1beta1`, one kind a template) and their templates
//! (`templates.gatekeeper.sh`).

use super::meta::Meta;
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::{Deserialize, de::IgnoredAny};

/// A constraint, of whatever kind.
#[derive(Clone, Debug, Deserialize)]
pub struct Constraint {
    /// Its metadata.
    pub metadata: Meta,
    /// What it does.
    #[serde(default)]
    pub spec: ConstraintSpec,
    /// What Gatekeeper says of it.
    #[serde(default)]
    pub status: Option<ConstraintStatus>,
}

/// What a constraint does with a violation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConstraintSpec {
    /// `deny`, `dryrun`, `warn`, `scoped`; `deny` where it is not said.
    pub enforcement_action: Option<String>,
    /// What it does at which place, where it is `scoped`.
    pub scoped_enforcement_actions: Option<Vec<ScopedAction>>,
}

/// What a constraint does at some places.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ScopedAction {
    /// `deny`, `dryrun`, `warn`.
    pub action: Option<String>,
    /// The places.
    pub enforcement_points: Option<Vec<EnforcementPoint>>,
}

/// A place where a constraint is enforced.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EnforcementPoint {
    /// As `validation.gatekeeper.sh`; `*` is all.
    pub name: Option<String>,
}

/// What Gatekeeper says of a constraint.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConstraintStatus {
    /// When its last audit began.
    pub audit_timestamp: Option<DateTime<Utc>>,
    /// How many violations there are.
    pub total_violations: Option<i64>,
    /// Some of them; 20 unless Gatekeeper is told otherwise.
    pub violations: Option<Vec<Violation>>,
    /// What each pod of Gatekeeper says.
    pub by_pod: Option<Vec<ByPod>>,
}

/// An object that violates a constraint. The message is not kept: it may quote the object.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Violation {
    /// The object's kind.
    pub kind: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
}

/// What a pod of Gatekeeper says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ByPod {
    /// Whether it enforces the constraint.
    pub enforced: Option<bool>,
    /// The generation of the specification that it speaks of.
    pub observed_generation: Option<i64>,
    /// What went wrong.
    pub errors: Option<Vec<IgnoredAny>>,
}

/// A template, which makes a kind of constraint.
#[derive(Clone, Debug, Deserialize)]
pub struct ConstraintTemplate {
    /// Its metadata.
    pub metadata: Meta,
    /// What Gatekeeper says of it.
    #[serde(default)]
    pub status: Option<TemplateStatus>,
}

/// What Gatekeeper says of a template.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TemplateStatus {
    /// Whether its kind was made.
    pub created: Option<bool>,
    /// What each pod of Gatekeeper says.
    pub by_pod: Option<Vec<ByPod>>,
}

impl Named for Constraint {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for ConstraintTemplate {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
