//! What a source's rules say of what was read: a result per check, an observation per failing subject.

use crate::{
    finding::{Extent, Fingerprint, Identity, Subject},
    ids::CheckId,
    severity::Severity,
    words::words,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, collections::BTreeMap};
use uuid::Uuid;

words! {
    /// The outcome of a check on a cluster. Only [`Outcome::Pass`] is evidence that a control is met.
    Outcome {
        /// Every subject was examined, and none failed. There may be none: see `examined`.
        Pass = "pass",
        /// At least one subject failed.
        Fail = "fail",
        /// A person must judge.
        NeedsReview = "needs_review",
        /// The source ran, and failed.
        Error = "error",
        /// The check does not apply to this cluster.
        NotApplicable = "not_applicable",
        /// Forbidden, or hidden by the provider.
        NotVisible = "not_visible",
        /// The source's own data is too old.
        Stale = "stale",
        /// The source is not installed or never ran.
        NotEvaluated = "not_evaluated",
    }
}

/// The facts behind a sentence: named values that the translation puts in place.
pub type Detail = BTreeMap<String, String>;

/// The outcome of one check on one cluster, with how much it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// The check.
    pub check: CheckId,
    /// Its outcome.
    pub outcome: Outcome,
    /// Subjects examined.
    pub examined: u32,
    /// Of those, how many failed.
    pub failed: u32,
    /// Subjects that should have been examined and could not be read (malformed, cut off).
    /// With any, a pass is only partly covered, and no finding is closed that may be among them: see `unseen`.
    pub unread: u32,
    /// In which parts of the cluster all of those lie, where the rule knows it; `None` where they may be anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unseen: Option<Vec<Extent>>,
    /// Why, as the last part of the translation key `reason-<check>-<reason>`; `None` where the outcome says it all.
    pub reason: Option<String>,
    /// Values for that sentence. No timestamps that move with every scan: they would make every scan a change.
    pub detail: Detail,
}

impl CheckResult {
    /// Whether a finding of this check that was not observed may be closed: only by a verdict that saw its subject.
    pub fn may_close(&self, subject: &Subject) -> bool {
        self.is_conclusive() && self.saw(subject)
    }

    /// Whether it is a verdict, so that what was not observed may be closed at all.
    pub const fn is_conclusive(&self) -> bool {
        matches!(self.outcome, Outcome::Pass | Outcome::Fail | Outcome::NotApplicable | Outcome::NeedsReview)
    }

    fn saw(&self, subject: &Subject) -> bool {
        self.unread == 0
            || self.unseen.as_ref().is_some_and(|unseen| !unseen.iter().any(|extent| extent.holds(subject)))
    }

    fn hash(&self) -> Uuid {
        let mut hasher = Hasher::new();
        hasher.part(self.check.as_str());
        hasher.part(self.outcome.as_str());
        hasher.part(&format!("{}/{}/{}", self.examined, self.failed, self.unread));
        hasher.part(self.reason.as_deref().unwrap_or_default());
        hasher.detail(&self.detail);
        // Not where there is none, so that results from before are the same as they were.
        for extent in self.unseen.iter().flatten() {
            for said in [&extent.kind, &extent.namespace, &extent.name, &extent.key] {
                hasher.part(said.as_deref().unwrap_or("\0"));
            }
        }
        hasher.finish()
    }
}

/// A subject that fails a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// The check.
    pub check: CheckId,
    /// What fails it: an owner (a Deployment), never a pod with a random name.
    pub subject: Subject,
    /// How bad it is here; the check's own severity unless the rule says otherwise.
    pub severity: Severity,
    /// What is wrong, as the last part of the translation key `fault-<check>-<fault>`.
    pub fault: String,
    /// Values for that sentence. Nothing that changes while the fault stays the same.
    pub detail: Detail,
}

impl Observation {
    /// The identity of the finding that this observation opens or confirms.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.check, &self.subject)
    }

    /// A digest of what may change while the finding stays the same: severity, fault and detail.
    pub fn hash(&self) -> Uuid {
        let mut hasher = Hasher::new();
        hasher.part(self.severity.as_str());
        hasher.part(&self.fault);
        hasher.detail(&self.detail);
        hasher.finish()
    }
}

/// All that a source's rules say of one scan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// One per check of the source, also where it could not be judged.
    pub results: Vec<CheckResult>,
    /// One per failing subject and check; two with one fingerprint count as one (the worse wins).
    pub observations: Vec<Observation>,
}

impl Evaluation {
    /// Puts results and observations in a fixed order and keeps the worse of two observations with one fingerprint.
    #[must_use]
    pub fn normalised(self) -> Self {
        self.normalised_by(Identity::CURRENT)
    }

    fn normalised_by(mut self, identity: Identity) -> Self {
        let fingerprint = |o: &Observation| (identity.of)(&o.check, &o.subject);
        self.results.sort_by(|a, b| a.check.cmp(&b.check));
        self.results.dedup_by(|a, b| a.check == b.check);
        self.observations.sort_by_cached_key(|o| (fingerprint(o).0, std::cmp::Reverse(o.severity), o.hash()));
        self.observations.dedup_by_key(|o| fingerprint(o));
        self
    }

    /// In the fixed order by a rule of identity, with its digest; copied only where it is not in that order already.
    pub fn in_order(&self, identity: Identity) -> (Cow<'_, Self>, Uuid) {
        let keys = self.keys(identity);
        let results = self.results.windows(2).all(|pair| pair[0].check < pair[1].check);
        if results && keys.windows(2).all(|pair| pair[0].0 < pair[1].0) {
            return (Cow::Borrowed(self), self.digest_with(&keys));
        }
        let sorted = self.clone().normalised_by(identity);
        let digest = sorted.digest_with(&sorted.keys(identity));
        (Cow::Owned(sorted), digest)
    }

    /// One digest of the whole, equal exactly when a scan saw the same. Call it on a normalised value.
    pub fn digest(&self) -> Uuid {
        self.digest_with(&self.keys(Identity::CURRENT))
    }

    fn keys(&self, identity: Identity) -> Vec<(Fingerprint, Uuid)> {
        self.observations.iter().map(|seen| ((identity.of)(&seen.check, &seen.subject), seen.hash())).collect()
    }

    fn digest_with(&self, keys: &[(Fingerprint, Uuid)]) -> Uuid {
        let mut hasher = Hasher::new();
        for result in &self.results {
            hasher.bytes(result.hash().as_bytes());
        }
        for (fingerprint, hash) in keys {
            hasher.bytes(fingerprint.0.as_bytes());
            hasher.bytes(hash.as_bytes());
        }
        hasher.finish()
    }
}

impl CheckResult {
    /// The digest that tells whether a result changed since the last scan.
    pub fn digest(&self) -> Uuid {
        self.hash()
    }
}

/// SHA-256 over length-prefixed parts, cut to 128 bits; the prefix keeps `("ab","c")` and `("a","bc")` apart.
pub(crate) struct Hasher(Sha256);

impl Hasher {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    pub(crate) fn part(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    fn detail(&mut self, detail: &Detail) {
        for (name, value) in detail {
            self.part(name);
            self.part(value);
        }
    }

    pub(crate) fn finish(self) -> Uuid {
        let digest: [u8; 32] = self.0.finalize().into();
        let mut half = [0; 16];
        half.copy_from_slice(&digest[..16]);
        Uuid::from_bytes(half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(name: &str) -> Observation {
        let subject = Subject { kind: "Pod".into(), namespace: None, name: name.into(), key: None };
        let severity = Severity::High;
        Observation { check: "a.b".into(), subject, severity, fault: "f".into(), detail: Detail::new() }
    }

    #[test]
    fn order_does_not_matter_and_what_is_in_order_is_not_copied() {
        let names = ["a", "b", "c", "d", "e", "a"];
        let mixed = Evaluation { results: vec![], observations: names.map(seen).to_vec() };
        let (sorted, digest) = mixed.in_order(Identity::CURRENT);
        assert!(matches!(sorted, Cow::Owned(_)), "one of them is there twice");
        assert_eq!((sorted.observations.len(), digest), (5, mixed.clone().normalised().digest()));
        let sorted = sorted.into_owned();
        let (again, same) = sorted.in_order(Identity::CURRENT);
        assert!(matches!(again, Cow::Borrowed(_)));
        assert_eq!((again.as_ref(), same), (&sorted, digest));
    }
}
