//! Controls.

use super::{CheckStatus, ClusterName, FindingRow};
use crate::{
    catalogue::{EvidenceKind, Theme},
    control::{Assessment, ControlState},
    ids::ControlId,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

view! {
    /// A control in the list: its state over all clusters, and on each.
    ControlStatus {
        /// The control.
        control: ControlId,
        /// Its theme.
        theme: Theme,
        /// How far clusters can evidence it.
        evidence: EvidenceKind,
        /// Its state over all clusters in scope, with the reason.
        assessment: Assessment,
        /// Its state on each cluster, in the order of the cluster list.
        clusters: Vec<ControlState>,
        /// Number of checks that speak to it.
        checks: u32,
        /// Open findings of those checks.
        open_findings: i64,
        /// The oldest reading that the state rests on; `None` where nothing was read.
        read_at: Option<DateTime<Utc>>,
    }
}

view! {
    /// A control with everything that its state rests on.
    ControlDetail {
        /// The control's row in the list.
        status: ControlStatus,
        /// The clusters, in the order of `status.clusters`.
        clusters: Vec<ClusterName>,
        /// Every check on every cluster.
        checks: Vec<CheckStatus>,
        /// The worst open findings, at most 50; the findings page has them all.
        findings: Vec<FindingRow>,
    }
}
