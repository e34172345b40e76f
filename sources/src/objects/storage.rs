//! Volumes and the classes that they are made from.

use super::meta::Meta;
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A PersistentVolume.
#[derive(Clone, Debug, Deserialize)]
pub struct Volume {
    /// Its metadata.
    pub metadata: Meta,
    /// What it is made from, and for whom.
    #[serde(default)]
    pub spec: VolumeSpec,
    /// Where it stands.
    #[serde(default)]
    pub status: Option<VolumeStatus>,
}

/// What a volume is made from, and for whom.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeSpec {
    /// Its class; none where a person made it.
    pub storage_class_name: Option<String>,
    /// Who claimed it.
    pub claim_ref: Option<ClaimReference>,
}

/// Who claimed a volume.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClaimReference {
    /// The namespace.
    pub namespace: Option<String>,
    /// The claim.
    pub name: Option<String>,
}

/// Where a volume stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeStatus {
    /// `Pending`, `Available`, `Bound`, `Released`, `Failed`.
    pub phase: Option<String>,
    /// Since when; told since Kubernetes 1.29.
    pub last_phase_transition_time: Option<DateTime<Utc>>,
}

/// A StorageClass.
#[derive(Clone, Debug, Deserialize)]
pub struct StorageClass {
    /// Its metadata.
    pub metadata: Meta,
    /// Settings of its driver.
    #[serde(default)]
    pub parameters: Option<BTreeMap<String, String>>,
}

impl Named for Volume {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for StorageClass {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
