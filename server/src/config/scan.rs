//! `[scan]` and `[cluster.budget]`.

use super::Cluster;
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// `[scan]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScanSettings {
    /// Seconds between two scans of a cluster; the start is jittered.
    pub interval_seconds: u64,
    /// Sources read at once in one cluster.
    pub per_cluster: usize,
    /// Sources read at once in all.
    pub in_all: usize,
    /// Seconds that one request may take.
    pub request_seconds: u64,
    /// Seconds that one source may take.
    pub scan_seconds: u64,
    /// Objects asked for at a time.
    pub page_size: u32,
    /// Megabytes of one answer at most.
    pub max_answer_mb: usize,
    /// Objects of one list at most; more is truncated, and said to be.
    pub max_objects: usize,
    /// Requests a second to one API server at most; twice as many may come at once after a rest.
    pub requests_per_second: NonZeroU32,
    /// Megabytes of all answers of one round at most; what is beyond is not read, and said not to be.
    pub max_scan_mb: usize,
    /// Lists of at least so many kilobytes are asked for by names and versions first, and only what changed is fetched.
    pub skip_from_kb: usize,
    /// Every so many rounds a list is fetched whole, changed or not; with 1, always.
    pub full_read_rounds: u32,
    /// What is kept of the objects themselves.
    pub objects: ObjectSettings,
}

/// `[scan.objects]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ObjectSettings {
    /// Which objects are kept.
    pub keep: WhichObjects,
    /// Kilobytes of one object at most, as it came; larger ones are not kept.
    pub object_kb: u64,
    /// Compressed kilobytes that one reading may add for one list, besides what findings are about.
    pub list_kb: u64,
    /// Compressed kilobytes that one reading may add in all; what is beyond is kept by the readings that follow.
    pub scan_kb: u64,
    /// Resources that are never kept, as `coordination.k8s.io/v1/leases`: what changes with every reading.
    pub leave_out: Vec<String>,
}

/// Which objects are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhichObjects {
    /// All that a verdict rests on.
    All,
    /// Those that a finding is about.
    Failing,
    /// None.
    None,
}

impl Default for ObjectSettings {
    fn default() -> Self {
        Self {
            keep: WhichObjects::All,
            object_kb: 2_048,
            list_kb: 16_384,
            scan_kb: 32_768,
            leave_out: vec!["coordination.k8s.io/v1/leases".into()],
        }
    }
}

impl Default for ScanSettings {
    fn default() -> Self {
        Self {
            interval_seconds: 300,
            per_cluster: 1,
            in_all: 8,
            request_seconds: 30,
            scan_seconds: 300,
            page_size: 500,
            max_answer_mb: 64,
            max_objects: 200_000,
            requests_per_second: NonZeroU32::new(20).unwrap_or(NonZeroU32::MIN),
            max_scan_mb: 1_024,
            skip_from_kb: 256,
            full_read_rounds: 12,
            objects: ObjectSettings::default(),
        }
    }
}

impl ScanSettings {
    /// As they are for one cluster.
    #[must_use]
    pub fn of(&self, cluster: &Cluster) -> Self {
        let Budget { requests_per_second, max_scan_mb, page_size, max_answer_mb } = cluster.budget;
        Self {
            requests_per_second: requests_per_second.unwrap_or(self.requests_per_second),
            max_scan_mb: max_scan_mb.unwrap_or(self.max_scan_mb),
            page_size: page_size.unwrap_or(self.page_size),
            max_answer_mb: max_answer_mb.unwrap_or(self.max_answer_mb),
            ..self.clone()
        }
    }
}

/// `[cluster.budget]`: what may be asked of one cluster, where that is not what `[scan]` says.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Budget {
    /// Requests a second at most.
    pub requests_per_second: Option<NonZeroU32>,
    /// Megabytes of all answers of one round at most.
    pub max_scan_mb: Option<usize>,
    /// Objects asked for at a time.
    pub page_size: Option<u32>,
    /// Megabytes of one answer at most.
    pub max_answer_mb: Option<usize>,
}
