//! `velero.io/v1`: schedules, backups, storage locations, restores.

use super::meta::Meta;
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// A Schedule.
#[derive(Clone, Debug, Deserialize)]
pub struct Schedule {
    /// Its metadata.
    pub metadata: Meta,
    /// When and what.
    #[serde(default)]
    pub spec: ScheduleSpec,
    /// What the controller says of it.
    #[serde(default)]
    pub status: Option<ScheduleStatus>,
}

/// When and what a Schedule backs up.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ScheduleSpec {
    /// A cron expression, or `@every 24h`.
    pub schedule: Option<String>,
    /// Stopped by a person.
    pub paused: Option<bool>,
    /// What every backup is made from.
    pub template: Option<BackupSpec>,
}

/// A Schedule's status.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ScheduleStatus {
    /// `New`, `Enabled`, `FailedValidation`.
    pub phase: Option<String>,
}

/// What a backup takes with it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BackupSpec {
    /// Namespaces; all where none is named.
    pub included_namespaces: Option<Vec<String>>,
    /// Namespaces left out.
    pub excluded_namespaces: Option<Vec<String>>,
    /// Resources; all where none is named.
    pub included_resources: Option<Vec<String>>,
    /// Resources left out.
    pub excluded_resources: Option<Vec<String>>,
    /// Resources within namespaces; all where none is named.
    pub included_namespace_scoped_resources: Option<Vec<String>>,
    /// Resources within namespaces left out.
    pub excluded_namespace_scoped_resources: Option<Vec<String>>,
    /// Only what has these labels.
    pub label_selector: Option<LabelSelector>,
    /// Only what has the labels of one of these.
    pub or_label_selectors: Option<Vec<LabelSelector>>,
    /// Rules that skip volumes.
    pub resource_policy: Option<IgnoredAny>,
    /// `false`: volumes are not snapshotted.
    pub snapshot_volumes: Option<bool>,
    /// `true`: volumes are copied file by file.
    pub default_volumes_to_fs_backup: Option<bool>,
    /// The older name of the same.
    pub default_volumes_to_restic: Option<bool>,
    /// How long it is kept, as `720h0m0s`.
    pub ttl: Option<String>,
}

/// A label selector; empty admits everything.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LabelSelector {
    /// Labels with their values.
    pub match_labels: Option<BTreeMap<String, String>>,
    /// Anything else.
    pub match_expressions: Option<Vec<IgnoredAny>>,
}

impl LabelSelector {
    /// Whether it admits everything.
    pub fn is_empty(&self) -> bool {
        self.match_labels.as_ref().is_none_or(BTreeMap::is_empty)
            && self.match_expressions.as_ref().is_none_or(Vec::is_empty)
    }
}

/// A Backup.
#[derive(Clone, Debug, Deserialize)]
pub struct Backup {
    /// Its metadata.
    pub metadata: Meta,
    /// What it was asked to do; what the server's own settings add stands here, and not in the schedule.
    #[serde(default)]
    pub spec: BackupCopies,
    /// How it went.
    #[serde(default)]
    pub status: Option<BackupStatus>,
}

/// Whether a backup was asked to copy volumes. Nothing else of what it was asked is needed, or can make it unreadable.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BackupCopies {
    /// Whether volumes are copied file by file.
    pub default_volumes_to_fs_backup: Option<bool>,
    /// The older name of the same.
    pub default_volumes_to_restic: Option<bool>,
    /// Whether the data of snapshots is moved to the location of the backup.
    pub snapshot_move_data: Option<bool>,
}

impl Backup {
    /// Whether it copied volumes: file by file, by snapshots, or by moving the data of snapshots.
    pub fn copies_volumes(&self) -> bool {
        let status = self.status.as_ref();
        let moved = status.and_then(|status| status.backup_item_operations_completed).is_some_and(|moved| moved > 0);
        self.spec.default_volumes_to_fs_backup == Some(true)
            || self.spec.default_volumes_to_restic == Some(true)
            || (self.spec.snapshot_move_data == Some(true) && moved)
            || status.is_some_and(BackupStatus::has_snapshots)
    }
}

/// How a backup went.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BackupStatus {
    /// `Completed`, `PartiallyFailed`, `Failed`, `InProgress` …
    pub phase: Option<String>,
    /// When it began.
    pub start_timestamp: Option<DateTime<Utc>>,
    /// When it ended.
    pub completion_timestamp: Option<DateTime<Utc>>,
    /// Errors met.
    pub errors: Option<i64>,
    /// Snapshots of volumes that a plug-in of the storage's provider took.
    pub volume_snapshots_completed: Option<i64>,
    /// Snapshots of volumes that a CSI driver took; none is told where their data is moved.
    pub csi_volume_snapshots_completed: Option<i64>,
    /// What was done after it, such as data of snapshots that was moved.
    pub backup_item_operations_completed: Option<i64>,
}

impl BackupStatus {
    /// Whether it holds a snapshot of any volume.
    pub fn has_snapshots(&self) -> bool {
        let taken = [self.volume_snapshots_completed, self.csi_volume_snapshots_completed];
        taken.into_iter().flatten().any(|snapshots| snapshots > 0)
    }
}

/// A BackupStorageLocation.
#[derive(Clone, Debug, Deserialize)]
pub struct BackupLocation {
    /// Its metadata.
    pub metadata: Meta,
    /// Where it is.
    #[serde(default)]
    pub spec: LocationSpec,
    /// What the controller says of it.
    #[serde(default)]
    pub status: Option<LocationStatus>,
}

/// Where backups are stored.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LocationSpec {
    /// Whose storage it is, as `aws` or `velero.io/gcp`.
    pub provider: Option<String>,
    /// Settings of the provider, `s3Url` among them.
    pub config: Option<BTreeMap<String, String>>,
    /// `ReadOnly` or `ReadWrite`.
    pub access_mode: Option<String>,
    /// How often it is looked at, as `1m0s`.
    pub validation_frequency: Option<String>,
}

/// What the controller says of a location.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LocationStatus {
    /// `Available` or `Unavailable`.
    pub phase: Option<String>,
    /// When it was last looked at, whatever was found.
    pub last_validation_time: Option<DateTime<Utc>>,
}

/// A Restore.
#[derive(Clone, Debug, Deserialize)]
pub struct Restore {
    /// Its metadata.
    pub metadata: Meta,
    /// How it went.
    #[serde(default)]
    pub status: Option<BackupStatus>,
}

impl Named for Schedule {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Backup {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for BackupLocation {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Restore {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
