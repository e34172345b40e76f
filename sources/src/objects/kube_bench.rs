//! Where results of kube-bench are kept: Starboard's reports, and `ConfigMaps` that a policy names.

use super::meta::Meta;
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// `aquasecurity.github.io/v1alpha1` `CISKubeBenchReport`: the results of one node, whose name it has.
#[derive(Clone, Debug, Deserialize)]
pub struct CisReport {
    /// Its metadata.
    pub metadata: Meta,
    /// The results; understood by [`crate::intake::kube_bench`].
    pub report: Value,
}

/// A `ConfigMap`, of which each key is the result of a node.
#[derive(Clone, Debug, Deserialize)]
pub struct ResultMap {
    /// Its metadata.
    pub metadata: ResultMeta,
    /// The results.
    #[serde(default)]
    pub data: Option<BTreeMap<String, String>>,
}

/// The metadata of a `ConfigMap`, as far as they tell when its data was written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultMeta {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// When it was made.
    #[serde(default)]
    pub creation_timestamp: Option<DateTime<Utc>>,
    /// Who wrote what, and when.
    #[serde(default)]
    pub managed_fields: Option<Vec<Managed>>,
}

/// An entry of `managedFields`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Managed {
    /// When it was last written.
    #[serde(default)]
    pub time: Option<DateTime<Utc>>,
    /// What was written.
    #[serde(default)]
    pub fields_v1: Option<Fields>,
}

/// What was written, as far as it is used.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Fields {
    /// Whether the data was.
    #[serde(default, rename = "f:data")]
    pub data: Option<serde::de::IgnoredAny>,
}

impl ResultMap {
    /// When its data was written: by whoever wrote data last, or when it was made where nothing tells.
    pub fn written(&self) -> Option<DateTime<Utc>> {
        let of_data = |entry: &&Managed| entry.fields_v1.as_ref().is_some_and(|fields| fields.data.is_some());
        let entries = self.metadata.managed_fields.iter().flatten();
        entries.filter(of_data).filter_map(|entry| entry.time).max().or(self.metadata.creation_timestamp)
    }
}

impl Named for CisReport {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for ResultMap {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
