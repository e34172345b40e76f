//! `v1`: objects of Kubernetes itself that several sources read, as far as they are used.
//!
//! Never the value of a variable. Command lines are kept while a source is judged; only flags that a rule knows are told.

use super::meta::Meta;
use crate::page::Named;
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// A Pod.
#[derive(Clone, Debug, Deserialize)]
pub struct Pod {
    /// Its metadata.
    pub metadata: Meta,
    /// What it runs.
    pub spec: PodSpec,
}

/// What a pod runs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodSpec {
    /// The node that it runs on.
    #[serde(default)]
    pub node_name: Option<String>,
    /// Its containers.
    #[serde(default)]
    pub containers: Option<Vec<Container>>,
}

/// A container.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Container {
    /// Its image.
    pub image: Option<String>,
    /// The program, instead of the image's.
    pub command: Option<Vec<String>>,
    /// What is given to the program.
    pub args: Option<Vec<String>>,
    /// Environment variables, without values.
    pub env: Option<Vec<EnvVar>>,
    /// Objects whose entries all become environment variables; only that there are some is kept.
    pub env_from: Option<Vec<IgnoredAny>>,
}

/// An environment variable; its value is never kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EnvVar {
    /// Its name.
    pub name: Option<String>,
}

/// A ConfigMap, asked for by name.
#[derive(Clone, Debug, Deserialize)]
pub struct ConfigMap {
    /// Its metadata.
    pub metadata: Meta,
    /// Its entries.
    #[serde(default)]
    pub data: Option<BTreeMap<String, String>>,
}

impl ConfigMap {
    /// The text of an entry.
    pub fn entry(&self, key: &str) -> Option<&str> {
        self.data.as_ref()?.get(key).map(String::as_str)
    }
}

impl Named for Pod {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for ConfigMap {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
