//! Objects behind verdicts, as they were seen.

use super::ClusterName;
use crate::scan::Keeping;
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// What there is of an object's content.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ObjectContent {
    /// It is kept.
    Kept {
        /// The object as JSON, indented; secrets are replaced by the word `redacted`.
        json: String,
        /// Where secrets were taken out, as JSON Pointers.
        redacted: Vec<String>,
        /// Fields that were left out because they move by themselves, as JSON Pointers.
        dropped: Vec<String>,
    },
    /// It was not kept.
    NotKept {
        /// Why.
        why: Keeping,
    },
    /// It was kept, and dropped when its time was over.
    NotRetained {
        /// When.
        dropped_at: DateTime<Utc>,
    },
    /// It was read before contents were kept.
    Unknown,
}

view! {
    /// When an object was seen with this content.
    ObjectSighting {
        /// The cluster.
        cluster: ClusterName,
        /// Since when.
        from: DateTime<Utc>,
        /// Until when; absent while the last reading still saw it so.
        to: Option<DateTime<Utc>>,
    }
}

view! {
    /// An object as one reading saw it.
    ObjectView {
        /// The digest of the list that it was read with.
        digest: Uuid,
        /// The resource, as `cert-manager.io/v1/certificates`; absent where the list was read before that was noted.
        resource: Option<String>,
        /// The kind, as `Certificate`; absent likewise.
        kind: Option<String>,
        /// The namespace, where it has one.
        namespace: Option<String>,
        /// The name.
        name: String,
        /// Its `resourceVersion`; empty where the API server told none.
        version: String,
        /// The first 128 bits of the SHA-256 of what is kept, in hexadecimal; empty where nothing was hashed.
        hash: String,
        /// When the list was first read whole, by Bevis' clock.
        fetched_at: Option<DateTime<Utc>>,
        /// When the object was seen with this content, newest first, at most 20.
        seen: Vec<ObjectSighting>,
        /// The content.
        content: ObjectContent,
    }
}

view! {
    /// An object that a finding is about, or that belongs to or reports on what it is about.
    ObjectLink {
        /// The digest of the list that it was read with.
        digest: Uuid,
        /// The resource.
        resource: String,
        /// The kind.
        kind: String,
        /// The namespace, where it has one.
        namespace: Option<String>,
        /// The name.
        name: String,
        /// Since when its content was so.
        from: DateTime<Utc>,
        /// Until when; absent while the last reading still saw it so.
        to: Option<DateTime<Utc>>,
        /// Whether its content is there.
        kept: bool,
    }
}

view! {
    /// The objects of a finding at an instant.
    FindingObjects {
        /// The instant.
        at: DateTime<Utc>,
        /// At most 50.
        objects: Vec<ObjectLink>,
    }
}

/// Where an object of a list is shown.
pub fn object_address(digest: Uuid, namespace: Option<&str>, name: &str) -> String {
    format!("/objects/{digest}/{}/{}", segment(namespace.unwrap_or("-")), segment(name))
}

/// A segment of a path: everything but letters, digits and `-._~:` is escaped (RFC 3986).
fn segment(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' => {
                escaped.push(char::from(byte));
            }
            _ => escaped.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]),
        }
    }
    escaped
}

fn hex_digit(half: u8) -> char {
    char::from_digit(half.into(), 16).unwrap_or('0').to_ascii_uppercase()
}
