//! Evidence packs.

use crate::ids::{ControlId, PackId};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Where an evidence pack stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum PackStatus {
    /// Waiting for its turn.
    Queued,
    /// Being built.
    Building,
    /// Ready.
    Ready {
        /// Of the archive, in hexadecimal.
        sha256: String,
        /// In bytes.
        size: i64,
    },
    /// Could not be built.
    Failed {
        /// The id under which the log tells why.
        error_id: String,
    },
}

view! {
    /// What a pack covers.
    PackScope {
        /// Clusters by name; all when empty.
        clusters: Vec<String>,
        /// Controls; all when empty.
        controls: Vec<ControlId>,
        /// The instant that it speaks of.
        as_of: DateTime<Utc>,
        /// The beginning of the period of whose changes it tells; none where it tells of its instant alone.
        since: Option<DateTime<Utc>>,
        /// The language of its report, `en` or `da`.
        language: String,
        /// The time zone of its report, as an IANA name.
        time_zone: String,
        /// Whether the objects that open findings are about go with it.
        objects: bool,
    }
}

view! {
    /// An evidence pack, as the list shows it.
    PackRow {
        /// Its id.
        id: PackId,
        /// What it covers.
        scope: PackScope,
        /// Who asked for it.
        created_by: String,
        /// When.
        created_at: DateTime<Utc>,
        /// Where it stands.
        status: PackStatus,
    }
}
