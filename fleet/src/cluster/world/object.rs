//! One object, kept as the text that goes over the wire.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// A Kubernetes object as JSON text, with what it is found by.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its namespace, if it lives in one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// The JSON.
    pub text: Arc<str>,
    labels: Map<String, Value>,
}

impl Object {
    /// Takes any JSON; name and namespace are empty where it has none.
    #[expect(clippy::needless_pass_by_value, reason = "an object is given away")]
    pub fn new(value: Value) -> Self {
        let metadata = &value["metadata"];
        Self {
            namespace: metadata["namespace"].as_str().map(Into::into),
            name: metadata["name"].as_str().unwrap_or_default().into(),
            text: value.to_string().into(),
            labels: metadata["labels"].as_object().cloned().unwrap_or_default(),
        }
    }

    /// The JSON as a value.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    pub(super) fn key(&self) -> (&str, &str) {
        (self.namespace.as_deref().unwrap_or_default(), &self.name)
    }

    /// Whether a label selector of equalities and bare names matches.
    pub(crate) fn matches(&self, selector: &str) -> bool {
        selector.split(',').filter(|part| !part.is_empty()).all(|part| match part.split_once('=') {
            Some((name, value)) => self.labels.get(name).and_then(Value::as_str) == Some(value.trim_start_matches('=')),
            None => self.labels.contains_key(part),
        })
    }
}

/// What `metadata` is made of.
pub(super) struct Meta<'a> {
    pub(super) kind: &'a str,
    pub(super) namespace: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) created: DateTime<Utc>,
    pub(super) labels: Value,
}

impl Meta<'_> {
    /// The JSON, with a uid that is the same whenever the object is made again.
    pub(super) fn json(&self, seed: u64) -> Value {
        let key = format!("{seed}/{}/{}/{}", self.kind, self.namespace.unwrap_or_default(), self.name);
        let mut metadata = json!({
            "name": self.name,
            "uid": uid(&key),
            "resourceVersion": (number(&key) % 90_000_000 + 10_000_000).to_string(),
            "generation": 1,
            "creationTimestamp": time(self.created),
        });
        if let Some(namespace) = self.namespace {
            metadata["namespace"] = namespace.into();
        }
        if self.labels.is_object() {
            metadata["labels"] = self.labels.clone();
        }
        metadata
    }
}

/// An instant as Kubernetes writes it.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A number that looks random and is the same for the same text.
pub(super) fn number(text: &str) -> u64 {
    let digest = Sha256::digest(text);
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn uid(text: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(text)[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}
