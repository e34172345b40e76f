//! Reports of policy engines: `PolicyReport` (`wgpolicyk8s.io`, `reports.x-k8s.io`) and `Report` (`openreports.io`),
//! each also of the whole cluster. Their form is the same. Messages are not kept: they may quote the object.

use super::meta::Meta;
use crate::page::Named;
use serde::{Deserialize, de::IgnoredAny};

/// A report.
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// Its metadata.
    pub metadata: Meta,
    /// What all its results are about.
    #[serde(default)]
    pub scope: Option<About>,
    /// Who made it.
    #[serde(default)]
    pub source: Option<String>,
    /// How it was made.
    #[serde(default)]
    pub configuration: Option<Configuration>,
    /// How many results of each kind there are.
    #[serde(default)]
    pub summary: Option<Summary>,
    /// The results.
    #[serde(default)]
    pub results: Option<Vec<ReportResult>>,
}

/// How a report was made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Configuration {
    /// Which results were left out of it.
    pub limits: Option<IgnoredAny>,
}

/// How many results of each kind there are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// In order.
    pub pass: Option<i64>,
    /// Not in order.
    pub fail: Option<i64>,
    /// Perhaps not in order.
    pub warn: Option<i64>,
    /// Not judged: the engine failed.
    pub error: Option<i64>,
    /// Not judged: it did not apply.
    pub skip: Option<i64>,
}

/// A result.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReportResult {
    /// Who made it.
    pub source: Option<String>,
    /// The policy.
    pub policy: Option<String>,
    /// The rule of the policy.
    pub rule: Option<String>,
    /// `critical`, `high`, `medium`, `low`, `info`.
    pub severity: Option<String>,
    /// `pass`, `fail`, `warn`, `error`, `skip`; `status` in `v1alpha1`.
    #[serde(alias = "status")]
    pub result: Option<String>,
    /// What it is about.
    pub resources: Option<Vec<About>>,
    /// What else the engine says.
    pub properties: Option<Properties>,
    /// When it was made.
    pub timestamp: Option<Timestamp>,
}

/// What a result is about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct About {
    /// The kind.
    pub kind: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The name.
    pub name: Option<String>,
}

/// What an engine says besides, as far as it is used.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Properties {
    /// `background scan` or `admission review`, by Kyverno.
    pub process: Option<String>,
}

/// An instant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Timestamp {
    /// Seconds since 1970.
    pub seconds: Option<i64>,
}

impl Named for Report {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
