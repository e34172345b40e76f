//! Clusters, their sources, and the scan log.

use crate::{
    control::ControlState,
    ids::{ClusterId, ScanId},
    platform::{PairedBy, Platform},
    problem::Problem,
    scan::{Coverage, Read},
    source::Source,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeMap;

view! {
    /// A cluster's name and identity, as lists show it.
    ClusterName {
        /// Its id.
        id: ClusterId,
        /// The name in the configuration; unique among current clusters, and stable in URLs.
        name: String,
        /// Text for people, as the configuration gives it.
        title: String,
    }
}

view! {
    /// One entry of the scan log.
    ScanEntry {
        /// Its id.
        id: ScanId,
        /// The source read.
        source: Source,
        /// When reading began.
        started_at: DateTime<Utc>,
        /// When reading ended.
        ended_at: DateTime<Utc>,
        /// How much was read.
        coverage: Coverage,
        /// Why coverage is not complete, in an operator's words.
        error: Option<String>,
        /// The same for the reader's language; empty where there is none, and in readings from before words were kept.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        problems: Vec<Problem>,
        /// Every request made.
        reads: Vec<Read>,
        /// Requests that it sent to the API server; `None` where they were not counted. A list that several sources use
        /// counts where it was asked for.
        requests: Option<i32>,
        /// Bytes of the answers, uncompressed; `None` where they were not counted.
        bytes: Option<i64>,
        /// Findings opened by it.
        opened: i32,
        /// Findings closed by it.
        closed: i32,
        /// Findings whose severity or facts changed.
        changed: i32,
    }
}

view! {
    /// One round: a reading of all sources of a cluster, what was asked of its API server, and within which budget.
    RoundEntry {
        /// When it began.
        started_at: DateTime<Utc>,
        /// When the last source had been read and recorded.
        ended_at: DateTime<Utc>,
        /// Requests sent.
        requests: i32,
        /// Bytes of the answers, uncompressed.
        bytes: i64,
        /// Bytes of the largest answer.
        largest_answer: i64,
        /// Requests a second at most.
        requests_per_second: i32,
        /// Bytes of all answers of a round at most.
        most_bytes: i64,
        /// Objects in a page at most.
        page_size: i32,
        /// Bytes of one answer at most.
        most_answer: i64,
    }
}

view! {
    /// A source of a cluster: what is known of it, and how fresh that is.
    SourceStatus {
        /// The source.
        source: Source,
        /// The newest scan, however it went; `None` if it was never tried, or if its log is not retained.
        last_scan: Option<ScanEntry>,
        /// Whether the log of the instant asked for was dropped by a policy of retention, so that nothing can be said.
        not_retained: bool,
        /// The end of the newest scan that saw it (complete or truncated).
        last_seen_at: Option<DateTime<Utc>>,
        /// Seconds after which a reading is stale.
        stale_after_seconds: i64,
        /// The source's version where it tells one.
        version: Option<String>,
        /// Its checks, as states.
        states: BTreeMap<ControlState, u32>,
        /// Open findings.
        open_findings: i64,
    }
}

view! {
    /// Another cluster that a cluster belongs together with, and how that is known.
    PairedCluster {
        /// The other.
        cluster: ClusterName,
        /// How it is known.
        by: PairedBy,
    }
}

view! {
    /// A cluster with its sources.
    ClusterStatus {
        /// Which.
        cluster: ClusterName,
        /// The address of its API server, without credentials.
        server: String,
        /// Its version, as the API server told it.
        version: Option<String>,
        /// What it is, and by what it was recognised; `None` where nodes and namespaces were never read wholly.
        platform: Option<Platform>,
        /// When its nodes were last seen, which tell what it is.
        platform_read_at: Option<DateTime<Utc>>,
        /// The cluster that keeps its logs and its login service.
        management: Option<PairedCluster>,
        /// Whether it relies on such a cluster, and it is not known on which.
        lacks_management: bool,
        /// The clusters for which it keeps both.
        workloads: Vec<PairedCluster>,
        /// Its sources.
        sources: Vec<SourceStatus>,
    }
}
