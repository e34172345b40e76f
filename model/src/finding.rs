//! Findings: what a finding is about, and what makes it the same finding tomorrow.

use crate::{evaluation::Hasher, ids::CheckId, words::words};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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

/// A part of a cluster: every subject that agrees with what is said; all of them where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Extent {
    /// The kind.
    pub kind: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// What within the object.
    pub key: Option<String>,
}

impl Extent {
    /// One object with all that is within it.
    pub fn of_object(kind: &str, namespace: Option<&str>, name: &str) -> Self {
        Self { kind: Some(kind.into()), namespace: namespace.map(Into::into), name: Some(name.into()), key: None }
    }

    /// One subject and nothing else.
    pub fn of_subject(subject: &Subject) -> Self {
        let Subject { kind, namespace, name, key } = subject.clone();
        Self { kind: Some(kind), namespace, name: Some(name), key }
    }

    /// Whether a subject lies in it.
    pub fn holds(&self, subject: &Subject) -> bool {
        let agrees = |part: &Option<String>, own: Option<&str>| part.is_none() || part.as_deref() == own;
        agrees(&self.kind, Some(&subject.kind))
            && agrees(&self.namespace, subject.namespace.as_deref())
            && agrees(&self.name, Some(&subject.name))
            && agrees(&self.key, subject.key.as_deref())
    }
}

/// The identity of a finding within a cluster. Versioned: a new rule is a new version, never a silent change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub Uuid);

impl Fingerprint {
    /// The version of the rule in [`Fingerprint::of`].
    pub const VERSION: i16 = 2;

    /// The fingerprint of a check and a subject: both, and nothing that moves (no uid, no resourceVersion, no time, no message).
    ///
    /// Version 2: of a vulnerability in a file of an image, versions in the file's path count for nothing. A new image has
    /// `app-2.2.jar` where the one before had `app-2.1.jar`, with the same fault.
    pub fn of(check: &CheckId, subject: &Subject) -> Self {
        let key = subject.key.as_deref().unwrap_or_default();
        let key = if check.as_str() == "vul.critical_fixable" { without_versions(key) } else { key.into() };
        let mut hasher = Hasher::new();
        hasher.part("finding/2");
        hasher.part(check.as_str());
        hasher.part(&subject.kind);
        hasher.part(subject.namespace.as_deref().unwrap_or_default());
        hasher.part(&subject.name);
        hasher.part(&key);
        Self(hasher.finish())
    }
}

/// The key of a vulnerability (`container id package path`) without the versions in its path: numbers with dots between
/// them. Packages keep theirs: `python3.9` and `python3.11` are two.
fn without_versions(key: &str) -> Cow<'_, str> {
    let Some((at, _)) = key.match_indices(' ').nth(2) else { return key.into() };
    let (before, path) = key.split_at(at);
    let mut text = before.to_owned();
    let mut rest = path;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        text.push_str(&rest[..start]);
        let number = &rest[start..];
        let end = number.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(number.len());
        let number = number[..end].trim_end_matches('.');
        text.push_str(if number.contains('.') { "*" } else { number });
        rest = &rest[start + number.len()..];
    }
    text.push_str(rest);
    text.into()
}

/// The rule by which a finding is the same tomorrow: its version, and what it makes of a check and a subject.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    /// Counts rules; a new one re-keys what was found by an older one.
    pub version: i16,
    /// The rule.
    pub of: fn(&CheckId, &Subject) -> Fingerprint,
}

impl Identity {
    /// The rule that is in force.
    pub const CURRENT: Self = Self { version: Fingerprint::VERSION, of: Fingerprint::of };
}

words! {
    /// Where a finding stands at an instant.
    FindingState {
        /// Failing, and nobody has said anything.
        Open = "open",
        /// Failing, and somebody has acknowledged it.
        Acknowledged = "acknowledged",
        /// Failing, and the risk is accepted for a time.
        Accepted = "accepted",
        /// Failing, and by a claim that a security officer confirmed not what the check takes it for.
        FalsePositive = "false_positive",
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
        /// Gives it to a person or a team.
        Assign = "assign",
        /// Takes it from whoever has it.
        Unassign = "unassign",
        /// Links a ticket in another system; takes the place of the one before.
        LinkTicket = "link_ticket",
        /// Takes the link away.
        UnlinkTicket = "unlink_ticket",
        /// Says by which day it is to be fixed.
        SetDue = "set_due",
        /// Takes that day away.
        ClearDue = "clear_due",
        /// Claims that it is none. Nothing follows from that until somebody else has confirmed it.
        FalsePositive = "false_positive",
        /// A security officer agrees to the claim of somebody else.
        ConfirmFalsePositive = "confirm_false_positive",
        /// A security officer does not.
        RejectFalsePositive = "reject_false_positive",
        /// Takes an acknowledgement, a claim or a false positive back.
        Reopen = "reopen",
        /// Takes one's own decision of a moment ago back, as a new event.
        Undo = "undo",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_in_paths_count_for_nothing_and_those_of_packages_do() {
        for (key, expected) in [
            ("web CVE-2026-1.2 python3.9", "web CVE-2026-1.2 python3.9"),
            ("web CVE-1 a:b app/lib/app-2.1.0.jar", "web CVE-1 a:b app/lib/app-*.jar"),
            (
                "web CVE-1 x usr/lib/python3.11/site-packages/x-1.2.dist-info",
                "web CVE-1 x usr/lib/python*/site-packages/x-*.dist-info",
            ),
            ("web CVE-1 x lib64/a1/b.so.", "web CVE-1 x lib64/a1/b.so."),
            ("web CVE-1 x v1.", "web CVE-1 x v1."),
            ("", ""),
        ] {
            assert_eq!(without_versions(key), expected);
        }
        let of = |check: &str, key: &str| {
            let subject = Subject { kind: "Node".into(), namespace: None, name: "n".into(), key: Some(key.into()) };
            Fingerprint::of(&check.into(), &subject)
        };
        assert_eq!(of("vul.critical_fixable", "c i p a-1.1"), of("vul.critical_fixable", "c i p a-1.2"));
        assert_ne!(of("other", "c i p a-1.1"), of("other", "c i p a-1.2"));
    }
}
