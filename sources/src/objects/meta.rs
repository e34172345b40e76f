//! `metadata` and conditions, common to all objects.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, de::IgnoredAny};
use std::collections::BTreeMap;

/// `metadata`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// The namespace.
    #[serde(default)]
    pub namespace: Option<String>,
    /// Labels.
    #[serde(default)]
    pub labels: Option<BTreeMap<String, String>>,
    /// Annotations, but the copy of the whole object that `kubectl apply` keeps there: it may hold credentials.
    #[serde(default, deserialize_with = "without_copies")]
    pub annotations: Option<BTreeMap<String, String>>,
    /// What it was made by.
    #[serde(default)]
    pub owner_references: Option<Vec<OwnerReference>>,
    /// Counts changes of the specification.
    #[serde(default)]
    pub generation: Option<i64>,
    /// When it was made.
    #[serde(default)]
    pub creation_timestamp: Option<DateTime<Utc>>,
}

/// An entry of `ownerReferences`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OwnerReference {
    /// As `ReplicaSet`.
    #[serde(default)]
    pub kind: Option<String>,
    /// The owner's name.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether the owner is the one that manages it; at most one is.
    #[serde(default)]
    pub controller: Option<bool>,
}

impl Meta {
    /// The name; lists hold no object without one.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// The owner that manages it.
    pub fn controller(&self) -> Option<&OwnerReference> {
        self.owner_references.as_ref()?.iter().find(|owner| owner.controller == Some(true))
    }

    /// The value of a label.
    pub fn label(&self, key: &str) -> Option<&str> {
        self.labels.as_ref()?.get(key).map(String::as_str)
    }

    /// Whether they are those of a node that runs a part of the control plane, by its label (the older one until
    /// Kubernetes 1.24).
    pub fn is_of_control_plane(&self) -> bool {
        ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"]
            .into_iter()
            .any(|role| self.label(role).is_some())
    }
}

fn without_copies<'de, D: Deserializer<'de>>(from: D) -> Result<Option<BTreeMap<String, String>>, D::Error> {
    let mut annotations = Option::<BTreeMap<String, String>>::deserialize(from)?;
    if let Some(annotations) = &mut annotations {
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
    }
    Ok(annotations)
}

/// `metadata` of what belongs to something else.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Owned {
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
    /// The namespace.
    #[serde(default)]
    pub namespace: Option<String>,
    /// Labels; none of what there may be very many of.
    #[serde(default)]
    pub labels: Option<BTreeMap<String, String>>,
    /// When it was made.
    #[serde(default)]
    pub creation_timestamp: Option<DateTime<Utc>>,
    /// Annotations by their keys alone: values may hold anything, and are not kept.
    #[serde(default)]
    pub annotations: Option<BTreeMap<String, IgnoredAny>>,
    /// What it belongs to.
    #[serde(default)]
    pub owner_references: Option<Vec<OwnerReference>>,
}

impl Owned {
    /// The name; lists hold no object without one.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// Whether nothing made it.
    pub fn is_of_its_own(&self) -> bool {
        self.owner_references.as_ref().is_none_or(Vec::is_empty)
    }

    /// The name of the owner of this kind.
    pub fn owner(&self, kind: &str) -> Option<&str> {
        let owners = self.owner_references.iter().flatten();
        owners.filter(|owner| owner.kind.as_deref() == Some(kind)).find_map(|owner| owner.name.as_deref())
    }
}

/// Drops labels, of what there may be so many of that they are not held.
pub(super) fn unlabelled<'de, D: Deserializer<'de>>(from: D) -> Result<Owned, D::Error> {
    Ok(Owned { labels: None, ..Owned::deserialize(from)? })
}

/// An object of which only `metadata` was asked for.
#[derive(Clone, Debug, Deserialize)]
pub struct Bare {
    /// Its metadata.
    pub metadata: Meta,
}

/// An entry of `status.conditions`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// As `Ready`.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// `True`, `False` or `Unknown`.
    #[serde(default)]
    pub status: Option<String>,
    /// One word for why.
    #[serde(default)]
    pub reason: Option<String>,
    /// Since when.
    #[serde(default)]
    pub last_transition_time: Option<DateTime<Utc>>,
    /// The generation of the specification that it speaks of.
    #[serde(default)]
    pub observed_generation: Option<i64>,
}
