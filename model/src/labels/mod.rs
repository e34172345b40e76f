//! Labels of Kubernetes objects, as far as a policy names them to be kept, and selectors of them.

mod parse;
mod selector;
#[cfg(test)]
mod tests;

pub use parse::BadSelector;
pub use selector::{Carried, Operator, Selector, Term};

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The kept labels of an object as it was read, by key: nothing where it has none of that key. A key that is not there was
/// not kept when the object was read, so that nothing is known of it.
pub type KeptLabels = BTreeMap<String, Option<String>>;

/// The kinds of objects of which labels are kept, as subjects of findings have them. The same as `carries_labels` of the
/// schema.
pub const KINDS: &[&str] = &["CronJob", "DaemonSet", "Deployment", "Job", "Namespace", "StatefulSet"];

/// The kept labels of the objects of one kind, of which all were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelsOfKind {
    /// The kind, one of [`KINDS`].
    pub kind: String,
    /// Each object by its namespace, empty for a namespace itself, and its name.
    pub objects: Vec<(String, String, KeptLabels)>,
}

/// The keys of the labels that are kept of namespaces and workloads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct LabelKeys(BTreeSet<String>);

/// Why a list of keys is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKeys {
    /// Not a key as Kubernetes has them.
    #[error(
        "{0:?} is no key of a label: it is a name of at most 63 characters, with an optional DNS prefix and a slash"
    )]
    Key(String),
    /// Too many.
    #[error("labels of at most {most} keys are kept", most = LabelKeys::MOST)]
    TooMany,
}

impl LabelKeys {
    /// Keys that are kept at most.
    pub const MOST: usize = 20;

    /// The keys in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// What is kept of an object's labels. A value that Kubernetes would not have is not known.
    pub fn kept(&self, labels: Option<&BTreeMap<String, String>>) -> KeptLabels {
        let kept = |key: &String| match labels.and_then(|labels| labels.get(key)) {
            None => Some((key.clone(), None)),
            Some(value) => is_value(value).then(|| (key.clone(), Some(value.clone()))),
        };
        self.0.iter().filter_map(kept).collect()
    }
}

/// The keys that Kubernetes recommends, and those that mostly name an environment and a tier.
impl Default for LabelKeys {
    fn default() -> Self {
        let keys = [
            "app.kubernetes.io/component",
            "app.kubernetes.io/name",
            "app.kubernetes.io/part-of",
            "env",
            "environment",
            "tier",
        ];
        Self(keys.map(String::from).into())
    }
}

impl TryFrom<Vec<String>> for LabelKeys {
    type Error = BadKeys;

    fn try_from(keys: Vec<String>) -> Result<Self, BadKeys> {
        if let Some(bad) = keys.iter().find(|key| !is_key(key)) {
            return Err(BadKeys::Key(bad.chars().take(100).collect()));
        }
        let keys = Self(keys.into_iter().collect());
        if keys.0.len() > Self::MOST { Err(BadKeys::TooMany) } else { Ok(keys) }
    }
}

impl From<LabelKeys> for Vec<String> {
    fn from(keys: LabelKeys) -> Self {
        keys.0.into_iter().collect()
    }
}

/// Whether a text is a key as Kubernetes has them: a name, and before it a DNS subdomain and a slash or neither.
fn is_key(text: &str) -> bool {
    match text.split_once('/') {
        None => is_name(text),
        Some((prefix, name)) => is_subdomain(prefix) && is_name(name),
    }
}

/// Whether a text is the value of a label: a name, or nothing.
fn is_value(text: &str) -> bool {
    text.is_empty() || is_name(text)
}

fn is_name(text: &str) -> bool {
    text.len() <= 63
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn is_subdomain(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.ends_with(|c: char| c.is_ascii_alphanumeric())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.len() <= 253 && text.split('.').all(part)
}
