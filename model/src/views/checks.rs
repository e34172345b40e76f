//! Checks, and the objects that they rest on.

use super::{ClusterName, FindingRow};
use crate::{
    catalogue::Strength,
    control::ControlState,
    evaluation::{Detail, Outcome},
    ids::CheckId,
    problem::Problem,
    scan::{Coverage, ObjectRef},
    severity::Severity,
    source::Source,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

view! {
    /// Where a result was seen that counts for a cluster and is not its own.
    Elsewhere {
        /// The management cluster; `None` where it is not known which one the cluster relies on, so that nothing was seen.
        cluster: Option<ClusterName>,
    }
}

view! {
    /// The result of a check on a cluster, with the state that follows from it.
    CheckStatus {
        /// The check.
        check: CheckId,
        /// Its source.
        source: Source,
        /// The cluster.
        cluster: ClusterName,
        /// The strength of the edge to the control asked for; supporting where none was.
        strength: Strength,
        /// The severity of a failure.
        severity: Severity,
        /// The honest state.
        state: ControlState,
        /// Whether the log of the readings that it rested on is not retained: then it is not assessed, and what it was cannot
        /// be told.
        not_retained: bool,
        /// The outcome in force, if any scan has judged it.
        outcome: Option<Outcome>,
        /// Subjects examined.
        examined: i32,
        /// Subjects that failed.
        failed: i32,
        /// Subjects that could not be read.
        unread: i32,
        /// Of its failing findings, how many are accepted. A check is an accepted risk only where all are.
        accepted: i64,
        /// The reason, as the last part of `reason-<check>-<reason>`.
        reason: Option<String>,
        /// Values for the reason.
        detail: Detail,
        /// Since when this outcome has been in force.
        since: Option<DateTime<Utc>>,
        /// When the source was last read; `None` if it never was, or if the log of it is not retained.
        read_at: Option<DateTime<Utc>>,
        /// How the last reading went.
        coverage: Option<Coverage>,
        /// The last reading's error, in an operator's words.
        error: Option<String>,
        /// The same for the reader's language; empty where there is none, and in readings from before words were kept.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        problems: Vec<Problem>,
        /// Where all of this was seen, if not in the cluster itself.
        elsewhere: Option<Elsewhere>,
    }
}

view! {
    /// The objects of one list that a check rests on, as the last reading saw them.
    ObjectsRead {
        /// The cluster.
        cluster: ClusterName,
        /// The resource, as `cert-manager.io/v1/certificates`.
        resource: String,
        /// When the API server had given all of it, by Bevis' clock.
        fetched_at: DateTime<Utc>,
        /// When it confirmed the versions of what it gave then, and gave what had changed since; `None` where the whole
        /// list was fetched for the reading.
        confirmed_at: Option<DateTime<Utc>>,
        /// How many objects.
        objects: i32,
        /// The digest of the whole list; the same for readings that saw the same.
        digest: Uuid,
    }
}

view! {
    /// A check with everything that its results rest on.
    CheckDetail {
        /// The check.
        check: CheckId,
        /// Its result on every cluster in scope.
        results: Vec<CheckStatus>,
        /// The lists that were read for it.
        objects: Vec<ObjectsRead>,
        /// Whether it is not retained which lists were read on some cluster.
        objects_not_retained: bool,
        /// The worst open findings, at most 50; the findings page has them all.
        findings: Vec<FindingRow>,
        /// Open findings.
        open_findings: i64,
    }
}

view! {
    /// A stretch of the objects of one list.
    ObjectPage {
        /// The digest of the list.
        digest: Uuid,
        /// How many objects the list has.
        total: usize,
        /// The first of those here, from 0.
        from: usize,
        /// The objects.
        objects: Vec<ObjectRef>,
    }
}
