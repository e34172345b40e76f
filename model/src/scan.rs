//! A scan: one reading of one source of one cluster, as a value.

use crate::{
    Instant,
    access::AccessReview,
    evaluation::Evaluation,
    ids::ClusterId,
    labels::LabelsOfKind,
    platform::{Login, Platform},
    problem::Problem,
    source::Source,
    words::words,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Of `objects`, those that were not fetched anew: the API server confirmed that they still have the version in
    /// which they were read before. 0 where everything was fetched.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub confirmed: u32,
    /// What went wrong, in words for an operator; never a secret, at most 500 characters.
    pub error: Option<String>,
    /// The same for the reader's language; empty where nothing went wrong, and in reads from before words were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

words! {
    /// Whether the body of an object is kept.
    Keeping {
        /// It is.
        Kept = "kept",
        /// It is larger than the settings allow.
        TooLarge = "too_large",
        /// Keeping it would have cost the reading more than its budget; a later one makes up for it.
        OverBudget = "over_budget",
        /// The settings leave it out.
        Setting = "setting",
        /// It is no object that can be understood, so that its secrets cannot be told from the rest.
        Unreadable = "unreadable",
    }
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
    /// The first 128 bits of the SHA-256 of what is kept of it, secrets taken out, in hexadecimal; empty where it was too
    /// large or could not be understood. Objects recorded before bodies were kept have that of their JSON as received.
    pub hash: String,
    /// The workload that it belongs to or reports on: kind and name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<(String, String)>,
    /// Whether its body was kept by the reading that first saw this list; `None` where bodies were not kept yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Keeping>,
}

impl ObjectRef {
    /// Its hash as the address of its body.
    pub fn address(&self) -> Option<uuid::Uuid> {
        uuid::Uuid::try_parse(&self.hash).ok()
    }
}

/// What is kept of an object, secrets taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectBody {
    /// Its address: the first 128 bits of the SHA-256 of its JSON.
    pub hash: uuid::Uuid,
    /// Its JSON, compressed with DEFLATE.
    pub packed: std::sync::Arc<[u8]>,
    /// Bytes of its JSON.
    pub size: u32,
}

/// The objects of one list, as one reading saw them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectList {
    /// The resource, as `cert-manager.io/v1/certificates`.
    pub resource: String,
    /// The kind of its objects, as `Certificate`.
    #[serde(default)]
    pub kind: String,
    /// When the API server had given all of it, by Bevis' clock.
    pub fetched_at: Instant,
    /// When it confirmed the versions of what it gave then, and gave what had changed since; `None` where the whole
    /// list was fetched for this reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Instant>,
    /// The objects, in the order of the list.
    pub objects: Vec<ObjectRef>,
    /// Bodies that are not known to be kept already.
    #[serde(skip)]
    pub bodies: Vec<ObjectBody>,
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

/// What was asked of a cluster's API server, and how much came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    /// Requests sent, also those that were refused or broke off.
    pub requests: u64,
    /// Bytes of the bodies of all answers, uncompressed.
    pub bytes: u64,
}

/// What a reading tells of its cluster beside verdicts; of each only where everything was read that it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Who may do what; told by RBAC, also where not all of it was read, and then it says so.
    pub access: Option<AccessReview>,
    /// What the cluster is; told by its nodes and namespaces.
    pub platform: Option<Platform>,
    /// How people log in; told by the control plane and by Dex.
    pub login: Option<Login>,
    /// The kept labels of namespaces, told by the inventory, and of workloads, told by these.
    pub labels: Vec<LabelsOfKind>,
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
    /// The same for the reader's language.
    #[serde(default)]
    pub problems: Vec<Problem>,
    /// The version of the source where it tells one.
    pub version: Option<String>,
    /// Every read, in order.
    pub reads: Vec<Read>,
    /// What was asked for it. A list that several sources use counts where it was asked for. `None` where nobody counted.
    #[serde(default)]
    pub traffic: Option<Traffic>,
    /// The objects that it rested on, list by list.
    #[serde(default)]
    pub objects: Vec<ObjectList>,
    /// The team that each namespace names as its own, where the source read all namespaces; `None` where it did not.
    #[serde(default)]
    pub teams: Option<BTreeMap<String, String>>,
    /// Results and observations; empty where nothing could be judged.
    pub evaluation: Evaluation,
    /// What it tells beside them.
    #[serde(default)]
    pub facts: Facts,
}
