//! An access review: who may do what in a cluster, where, and through which role and binding.
//!
//! It is evidence for the controls in [`CONTROLS`]. Who belongs to a group is known to the login provider alone, and what
//! one role allows beside another of the same power is not compared: it names powers, not single rules.

mod changes;
mod filter;

pub use changes::{AccessChange, changes};
pub use filter::{AccessFilter, Place};

use crate::{evaluation::Hasher, words::words};
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::BTreeSet};

/// The controls of ISO/IEC 27001:2022 Annex A that a review speaks to: access control, access rights, privileged access.
pub const CONTROLS: &[&str] = &["A.5.15", "A.5.18", "A.8.2"];

/// Grants that a review keeps at most; of more, the most powerful are kept and the others counted.
pub const MOST_GRANTS: usize = 20_000;

/// Characters of a name at most: names come from the cluster.
const LONGEST_NAME: usize = 500;

words! {
    /// What somebody may do, most powerful first. The key `right-<word>` says it in words.
    Right {
        /// Everything.
        Everything = "everything",
        /// Obtain rights beyond these.
        RaiseRights = "raise_rights",
        /// Change roles and bindings.
        ChangeAccess = "change_access",
        /// Run commands in pods, attach to them, or tunnel into them.
        EnterPods = "enter_pods",
        /// Read all Secrets.
        ReadSecrets = "read_secrets",
        /// Read certain Secrets by name.
        ReadNamedSecrets = "read_named_secrets",
        /// Write Secrets.
        ChangeSecrets = "change_secrets",
        /// Start, change and stop workloads.
        ChangeWorkloads = "change_workloads",
        /// Change anything else.
        Change = "change",
        /// Read anything but Secrets.
        Read = "read",
        /// See version, health and the list of APIs, and ask about one's own rights.
        Public = "public",
        /// Nothing: the role is empty, or does not exist.
        Nothing = "nothing",
        /// The role could not be read.
        Unknown = "unknown",
    }
}

impl Right {
    /// Whether it gives whoever has it a way to harm others, or to more rights. A review begins with these.
    pub const fn is_privileged(self) -> bool {
        matches!(
            self,
            Self::Everything
                | Self::RaiseRights
                | Self::ChangeAccess
                | Self::EnterPods
                | Self::ReadSecrets
                | Self::ChangeSecrets
        )
    }
}

/// Whether somebody who may do `these` may do `right`.
pub fn allows(these: &BTreeSet<Right>, right: Right) -> bool {
    let stands_for_all = !matches!(right, Right::Nothing | Right::Unknown) && these.contains(&Right::Everything);
    let stands_for_named = right == Right::ReadNamedSecrets && these.contains(&Right::ReadSecrets);
    these.contains(&right) || stands_for_all || stands_for_named
}

words! {
    /// What somebody is, as bindings name them. The key `subject-kind-<word>` says it in words.
    SubjectKind {
        /// A group, as the login provider tells it.
        Group = "group",
        /// A person, or whatever logs in as one.
        User = "user",
        /// An account of the cluster itself, for what runs in it.
        ServiceAccount = "service_account",
    }
}

/// One grant: a subject of a binding, and what the bound role allows there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grant {
    /// What the subject is.
    pub kind: SubjectKind,
    /// Its name; a service account's is `namespace/name`.
    pub subject: String,
    /// The namespace in which it holds; `None` in the whole cluster.
    pub namespace: Option<String>,
    /// The role, as `ClusterRole/edit`.
    pub role: String,
    /// The binding, as `RoleBinding/ops`.
    pub binding: String,
    /// What it allows, most powerful first; never empty.
    pub rights: BTreeSet<Right>,
    /// Whether the subject is a part of Kubernetes itself.
    pub is_system: bool,
}

impl Grant {
    /// The most powerful of its rights.
    pub fn worst(&self) -> Right {
        self.rights.first().copied().unwrap_or(Right::Nothing)
    }

    fn shortened(mut self) -> Self {
        for name in [&mut self.subject, &mut self.role, &mut self.binding] {
            if let Some((end, _)) = name.char_indices().nth(LONGEST_NAME) {
                name.truncate(end);
                name.push('…');
            }
        }
        self
    }
}

/// Every grant of a cluster, as one reading saw them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessReview {
    /// The grants, by subject, then namespace, role and binding; each once.
    pub grants: Vec<Grant>,
    /// Whether every role and binding was read: if not, there may be more grants than these.
    pub is_complete: bool,
    /// Grants beyond [`MOST_GRANTS`], which are not kept. None of them is more powerful than those that are.
    pub left_out: u32,
}

impl AccessReview {
    /// Puts a review together: in order, each grant once, not more than are kept.
    pub fn of(grants: impl IntoIterator<Item = Grant>, is_complete: bool) -> Self {
        Self::at_most(grants, is_complete, MOST_GRANTS)
    }

    fn at_most(grants: impl IntoIterator<Item = Grant>, is_complete: bool, most: usize) -> Self {
        let all: BTreeSet<Grant> = grants.into_iter().map(Grant::shortened).collect();
        let left_out = u32::try_from(all.len().saturating_sub(most)).unwrap_or(u32::MAX);
        let mut grants: Vec<Grant> = all.into_iter().collect();
        if left_out > 0 {
            grants.sort_by_key(|grant| (grant.worst(), grant.is_system));
            grants.truncate(most);
            grants.sort();
        }
        Self { grants, is_complete, left_out }
    }

    /// The grants as a person goes through them: the most powerful first, those of Kubernetes itself after the others.
    pub fn worst_first(&self) -> Vec<&Grant> {
        let mut grants: Vec<&Grant> = self.grants.iter().collect();
        grants.sort_by_key(|grant| (grant.worst(), grant.is_system, Reverse(grant.namespace.is_none())));
        grants
    }

    /// How many subjects hold each right by name, most powerful first. Who may do everything is counted there alone.
    pub fn holders(&self) -> Vec<(Right, usize)> {
        let count = |right: &Right| {
            let with = self.grants.iter().filter(|grant| grant.rights.contains(right));
            with.map(|grant| (grant.kind, grant.subject.as_str())).collect::<BTreeSet<_>>().len()
        };
        Right::ALL.iter().map(|right| (*right, count(right))).filter(|(_, holders)| *holders > 0).collect()
    }

    /// One digest of the whole, equal exactly when two readings saw the same.
    pub fn digest(&self) -> uuid::Uuid {
        let mut hasher = Hasher::new();
        hasher.part(if self.is_complete { "complete" } else { "incomplete" });
        hasher.part(&self.left_out.to_string());
        for grant in &self.grants {
            hasher.part(grant.kind.as_str());
            hasher.part(&grant.subject);
            // No namespace has this name.
            hasher.part(grant.namespace.as_deref().unwrap_or("*"));
            hasher.part(&grant.role);
            hasher.part(&grant.binding);
            hasher.part(if grant.is_system { "system" } else { "" });
            hasher.part(&grant.rights.iter().map(|right| right.as_str()).collect::<Vec<_>>().join(" "));
        }
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn grant(subject: &str, namespace: Option<&str>, rights: &[Right]) -> Grant {
        Grant {
            kind: SubjectKind::Group,
            subject: subject.into(),
            namespace: namespace.map(Into::into),
            role: "ClusterRole/x".into(),
            binding: "RoleBinding/y".into(),
            rights: rights.iter().copied().collect(),
            is_system: subject.starts_with("system:"),
        }
    }

    #[test]
    fn what_is_beyond_the_bound_is_counted_and_the_most_powerful_stay() {
        let grants = || {
            [
                grant("a", Some("shop"), &[Right::Read]),
                grant("b", None, &[Right::Everything]),
                grant("c", Some("shop"), &[Right::ReadSecrets, Right::Read]),
                grant("b", None, &[Right::Everything]),
            ]
        };
        let cut = AccessReview::at_most(grants(), true, 2);
        let kept: Vec<&str> = cut.grants.iter().map(|grant| grant.subject.as_str()).collect();
        assert_eq!((kept, cut.left_out), (vec!["b", "c"], 1));
        let whole = AccessReview::of(grants(), true);
        assert_eq!((whole.grants.len(), whole.left_out), (3, 0), "the same grant twice is one");
        assert_ne!(cut.digest(), whole.digest());
    }

    #[test]
    fn the_digest_is_of_all_that_a_review_says_and_of_no_order() {
        let (a, b) = (grant("a", None, &[Right::Read]), grant("b", Some("*"), &[Right::Read]));
        let review = AccessReview::of([a.clone(), b.clone()], true);
        assert_eq!(review.digest(), AccessReview::of([b.clone(), a.clone()], true).digest());
        assert_ne!(review.digest(), AccessReview::of([a.clone(), b.clone()], false).digest());
        let more = Grant { rights: [Right::Read, Right::EnterPods].into(), ..a };
        assert_ne!(review.digest(), AccessReview::of([more, b], true).digest());
    }

    #[test]
    fn the_most_powerful_come_first_and_kubernetes_itself_last_among_equals() {
        let review = AccessReview::of(
            [
                grant("system:masters", None, &[Right::Everything]),
                grant("readers", None, &[Right::Read]),
                grant("admins", None, &[Right::Everything]),
            ],
            true,
        );
        let order: Vec<&str> = review.worst_first().iter().map(|grant| grant.subject.as_str()).collect();
        assert_eq!(order, ["admins", "system:masters", "readers"]);
        assert_eq!(review.holders(), [(Right::Everything, 2), (Right::Read, 1)]);
    }

    #[test]
    fn a_name_without_end_is_cut() {
        let long = grant(&"å".repeat(2_000), None, &[Right::Read]);
        assert_eq!(AccessReview::of([long], true).grants[0].subject.chars().count(), 501);
    }
}
