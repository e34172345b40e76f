//! Findings: what a finding is about, and what makes it the same finding tomorrow.

use crate::{evaluation::Hasher, ids::CheckId, words::words};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an observation is about. Workloads are named by their owner, never by a ReplicaSet's or pod's random name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Subject {
    /// The Kubernetes kind, as `ClusterRoleBinding`.
    pub kind: String,
    /// The namespace, where the kind has one.
    pub namespace: Option<String>,
    /// The object's name.
    pub name: String,
    /// What within the object, as `User:anna@example.org` in a binding.
    pub key: Option<String>,
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        f.write_str(&self.name)?;
        self.key.as_ref().map_or(Ok(()), |key| write!(f, " ({key})"))
    }
}

/// The identity of a finding within a cluster. Versioned: a new rule is a new version, never a silent change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub Uuid);

impl Fingerprint {
    /// The version of the rule in [`Fingerprint::of`].
    pub const VERSION: i16 = 1;

    /// The fingerprint of a check and a subject: both, and nothing that moves (no uid, no resourceVersion, no time, no message).
    pub fn of(check: &CheckId, subject: &Subject) -> Self {
        let mut hasher = Hasher::new();
        hasher.part("finding/1");
        hasher.part(check.as_str());
        hasher.part(&subject.kind);
        hasher.part(subject.namespace.as_deref().unwrap_or_default());
        hasher.part(&subject.name);
        hasher.part(subject.key.as_deref().unwrap_or_default());
        Self(hasher.finish())
    }
}

words! {
    /// Where a finding stands at an instant.
    FindingState {
        /// Failing, and nobody has said anything.
        Open = "open",
        /// Failing, and somebody has acknowledged it.
        Acknowledged = "acknowledged",
        /// A later scan that saw the subject found it in order.
        Closed = "closed",
    }
}

words! {
    /// What a person did to a finding.
    DecisionKind {
        /// "I have seen this and will deal with it."
        Acknowledge = "acknowledge",
        /// Takes an acknowledgement back, as a new event.
        Withdraw = "withdraw",
        /// A comment alone.
        Comment = "comment",
    }
}
