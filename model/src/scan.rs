//! A scan: one reading of one source of one cluster, as a value.

use crate::{Instant, evaluation::Evaluation, ids::ClusterId, source::Source, words::words};
use serde::{Deserialize, Serialize};

words! {
    /// How much of a source, or of one list in it, was read.
    Coverage {
        /// All of it.
        Complete = "complete",
        /// Some: the source cut its list, or single objects could not be read.
        Truncated = "truncated",
        /// The API server refused (403): a permission is missing.
        Forbidden = "forbidden",
        /// It exists, but cannot be seen from here (a managed control plane).
        Hidden = "hidden",
        /// The system is not installed: its API group is not served. Of what a cluster sends by itself: nothing was sent
        /// yet, and nobody may send.
        Absent = "absent",
        /// Installed, but it has never produced anything. Of what a cluster sends: somebody may send, and nothing came yet.
        NeverRan = "never_ran",
        /// Its data is older than its own interval allows. Of what a cluster sends: nothing came lately.
        Stale = "stale",
        /// The API server did not answer, or not as one.
        Unreachable = "unreachable",
        /// It answered, and reading failed.
        Failed = "failed",
    }
}

impl Coverage {
    /// Whether anything at all was seen, so that a verdict may rest on it.
    pub const fn saw_something(self) -> bool {
        matches!(self, Self::Complete | Self::Truncated)
    }

    /// The word by which people are told of it, as in `coverage-<word>`: what a cluster sends by itself is not
    /// installed or uninstalled, it has begun to send or not.
    pub const fn told_of(self, source: Source) -> &'static str {
        match self {
            Self::Absent if source.is_pushed() => Self::TOLD_OF_SENT[0],
            Self::NeverRan if source.is_pushed() => Self::TOLD_OF_SENT[1],
            Self::Stale if source.is_pushed() => Self::TOLD_OF_SENT[2],
            Self::Failed if source.is_pushed() => Self::TOLD_OF_SENT[3],
            read => read.as_str(),
        }
    }

    /// The words of which only what is sent is told.
    pub const TOLD_OF_SENT: [&'static str; 4] = ["no_sender", "not_sent", "silent", "not_taken"];
}

/// What one request (all pages of a list, or one object) gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Read {
    /// The resource, as `cert-manager.io/v1/certificates`.
    pub resource: String,
    /// How much of it was read.
    pub coverage: Coverage,
    /// Objects read and understood.
    pub objects: u32,
    /// Objects that did not parse: named in `error`, never judged.
    pub malformed: u32,
    /// What went wrong, in words for an operator; never a secret, at most 500 characters.
    pub error: Option<String>,
}

/// An object that a reading rested on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObjectRef {
    /// Its namespace, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// Its `resourceVersion`, as the API server told it; empty where it told none.
    pub version: String,
    /// The first 128 bits of the SHA-256 of its JSON as it was received, in hexadecimal.
    pub hash: String,
}

/// The objects of one list, as one reading saw them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectList {
    /// The resource, as `cert-manager.io/v1/certificates`.
    pub resource: String,
    /// When the API server had given all of it, by Bevis' clock.
    pub fetched_at: Instant,
    /// The objects, in the order of the list.
    pub objects: Vec<ObjectRef>,
}

impl ObjectList {
    /// One digest of the objects, equal exactly when two readings saw the same versions of the same objects.
    pub fn digest(&self) -> uuid::Uuid {
        let mut hasher = crate::evaluation::Hasher::new();
        for object in &self.objects {
            hasher.part(object.namespace.as_deref().unwrap_or_default());
            hasher.part(&object.name);
            hasher.part(&object.version);
            hasher.part(&object.hash);
        }
        hasher.finish()
    }
}

/// One reading of one source of one cluster: what was covered, what failed, and what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scan {
    /// The cluster read.
    pub cluster: ClusterId,
    /// The source read.
    pub source: Source,
    /// When reading began, by Bevis' clock.
    pub started_at: Instant,
    /// When reading ended, by Bevis' clock.
    pub ended_at: Instant,
    /// The worst that happened to a read that the source needs.
    pub coverage: Coverage,
    /// Why coverage is not complete, in words for an operator; at most 500 characters.
    pub error: Option<String>,
    /// The version of the source where it tells one.
    pub version: Option<String>,
    /// Every read, in order.
    pub reads: Vec<Read>,
    /// The objects that it rested on, list by list.
    #[serde(default)]
    pub objects: Vec<ObjectList>,
    /// Results and observations; empty where nothing could be judged.
    pub evaluation: Evaluation,
}
