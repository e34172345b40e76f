//! Access reviews.

use super::{ClusterName, ScanEntry};
use crate::{
    access::{AccessChange, Grant, Right},
    problem::Problem,
    scan::{Coverage, Read},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

view! {
    /// The reading that a review came from: when, and how much it saw.
    AccessReading {
        /// When reading ended.
        read_at: DateTime<Utc>,
        /// How much of roles and bindings was read.
        coverage: Coverage,
        /// Why not all of it, in an operator's words.
        error: Option<String>,
        /// The same for the reader's language; empty where there is none, and in readings from before words were kept.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        problems: Vec<Problem>,
        /// Every request made.
        reads: Vec<Read>,
        /// Whether every role and binding was read: if not, there may be more grants.
        is_complete: bool,
        /// Grants that it gave and that are kept.
        grants: i32,
        /// Grants beyond what is kept.
        left_out: i32,
        /// The digest under which it is kept; the same for all readings that saw the same.
        digest: Uuid,
    }
}

view! {
    /// How many subjects hold a power by name; who may do everything is counted there alone.
    Holders {
        /// The power.
        right: Right,
        /// Subjects.
        subjects: u32,
    }
}

view! {
    /// What changed since an earlier instant.
    AccessSince {
        /// The instant.
        since: DateTime<Utc>,
        /// The review as of then; `None` where there was none or it is not retained, and then nothing can be said of what
        /// changed.
        before: Option<AccessReading>,
        /// Whether the review as of then is not retained.
        not_retained: bool,
        /// Who gained what, most powerful first; at most 500.
        gained: Vec<AccessChange>,
        /// How many gained something.
        gained_count: u32,
        /// Who lost what, most powerful first; at most 500.
        lost: Vec<AccessChange>,
        /// How many lost something.
        lost_count: u32,
    }
}

view! {
    /// Who may do what in a cluster, as of an instant.
    AccessPage {
        /// The cluster.
        cluster: ClusterName,
        /// Where the review came from; `None` where no reading has ever given one, or where it is not retained.
        reading: Option<AccessReading>,
        /// Whether the review is not retained.
        not_retained: bool,
        /// The newest reading of roles and bindings, however it went; `None` where there was none, or where its log is not
        /// retained.
        newest: Option<ScanEntry>,
        /// Seconds after which a reading is stale.
        stale_after_seconds: i64,
        /// How many hold which power, most powerful first.
        holders: Vec<Holders>,
        /// The namespaces in which anything is granted.
        namespaces: Vec<String>,
        /// Grants that the filter matches.
        matching: u32,
        /// The place of the first of these, from 0.
        from: u32,
        /// Some of them, most powerful first.
        grants: Vec<Grant>,
        /// What changed since an earlier instant, where one was asked for.
        since: Option<AccessSince>,
    }
}

impl AccessPage {
    /// Whether the review is older at `at` than a reading may be.
    pub fn is_stale(&self, at: DateTime<Utc>) -> bool {
        let budget = chrono::TimeDelta::seconds(self.stale_after_seconds);
        self.reading.as_ref().is_some_and(|reading| at.signed_duration_since(reading.read_at) > budget)
    }

    /// The newest reading, where the review is not from it: it could not be reviewed.
    pub fn newer_without_review(&self) -> Option<&ScanEntry> {
        let newest = self.newest.as_ref()?;
        self.reading.as_ref().is_none_or(|reading| newest.ended_at > reading.read_at).then_some(newest)
    }
}
