//! One object, kept as the text that goes over the wire.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{Arc, OnceLock},
};

/// Stands where the resource version belongs until the object is whole.
const UNVERSIONED: &str = "\"resourceVersion\":\"0\"";

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
    metadata: OnceLock<String>,
}

impl Object {
    /// Takes any JSON; name and namespace are empty where it has none.
    ///
    /// A resource version of 0 becomes one that is the same for the same object, and another for any other.
    #[expect(clippy::needless_pass_by_value, reason = "an object is given away")]
    pub fn new(value: Value) -> Self {
        let metadata = &value["metadata"];
        // Twice as quick as `to_string()`, which goes through the formatting of texts.
        let text = serde_json::to_string(&value).unwrap_or_default();
        let text = if text.contains(UNVERSIONED) {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            let version = hasher.finish() % 90_000_000 + 10_000_000;
            text.replacen(UNVERSIONED, &format!("\"resourceVersion\":\"{version}\""), 1)
        } else {
            text
        };
        Self {
            namespace: metadata["namespace"].as_str().map(Into::into),
            name: metadata["name"].as_str().unwrap_or_default().into(),
            text: text.into(),
            labels: metadata["labels"].as_object().cloned().unwrap_or_default(),
            metadata: OnceLock::new(),
        }
    }

    /// The JSON as a value.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The `PartialObjectMetadata` of it.
    pub(crate) fn metadata_text(&self) -> &str {
        self.metadata.get_or_init(|| {
            let metadata = &self.value()["metadata"];
            json!({ "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": metadata }).to_string()
        })
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
        let mut metadata = json!({
            "name": self.name,
            "uid": uid_of(seed, self.kind, self.namespace, self.name),
            "resourceVersion": "0",
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

/// The uid of an object.
pub(super) fn uid_of(seed: u64, kind: &str, namespace: Option<&str>, name: &str) -> String {
    let mut bytes = [0; 16];
    let key = format!("{seed}/{kind}/{}/{name}", namespace.unwrap_or_default());
    bytes.copy_from_slice(&Sha256::digest(key)[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
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

/// So many letters as Kubernetes gives to what it names by itself: without vowels, so that no word comes of it.
pub(super) fn letters(text: &str, length: usize) -> String {
    const SAFE: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    Sha256::digest(text).iter().take(length).map(|byte| char::from(SAFE[usize::from(*byte) % SAFE.len()])).collect()
}

/// The digest of an image, as a registry writes it.
pub(super) fn digest(image: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(image).iter().fold("sha256:".to_owned(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
