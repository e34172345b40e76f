//! What changed between two reviews: who gained which power, and who lost which.

use super::{AccessReview, Grant, Right, SubjectKind, allows};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Powers that a subject gained or lost in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessChange {
    /// What the subject is.
    pub kind: SubjectKind,
    /// Its name; a service account's is `namespace/name`.
    pub subject: String,
    /// The namespace; `None` for the whole cluster.
    pub namespace: Option<String>,
    /// The powers, most powerful first.
    pub rights: BTreeSet<Right>,
    /// The grants that give them, or gave them: `binding → role`.
    pub through: Vec<String>,
}

type Who<'a> = (SubjectKind, &'a str);
type Held<'a> = BTreeMap<Who<'a>, BTreeMap<Option<&'a str>, BTreeSet<Right>>>;

/// Who gained and who lost which power from `before` to `after`, the most powerful first.
///
/// A power is gained only by who did not have it in that place before, through whatever binding: what holds in the whole
/// cluster holds in each namespace, and who may do everything may do anything. That a role was not read is no power.
/// Where a review is not complete, what seems gained or lost may only not have been seen.
pub fn changes(before: &AccessReview, after: &AccessReview) -> (Vec<AccessChange>, Vec<AccessChange>) {
    (more(before, after), more(after, before))
}

/// What is held after and was not held before.
fn more(before: &AccessReview, after: &AccessReview) -> Vec<AccessChange> {
    let had = held(before);
    let mut found = Vec::new();
    for ((kind, subject), places) in held(after) {
        for (place, rights) in places {
            let new: BTreeSet<Right> =
                rights.into_iter().filter(|right| !holds(&had, (kind, subject), place, *right)).collect();
            if !new.is_empty() {
                let through = through(&after.grants, (kind, subject), place, &new);
                let (subject, namespace) = (subject.to_owned(), place.map(Into::into));
                found.push(AccessChange { kind, subject, namespace, rights: new, through });
            }
        }
    }
    found.sort_by(|a, b| a.rights.first().cmp(&b.rights.first()));
    found
}

fn held(review: &AccessReview) -> Held<'_> {
    let mut held = Held::new();
    for grant in &review.grants {
        let rights = grant.rights.iter().filter(|right| !matches!(right, Right::Nothing | Right::Unknown));
        let places = held.entry((grant.kind, grant.subject.as_str())).or_default();
        places.entry(grant.namespace.as_deref()).or_default().extend(rights);
    }
    held
}

fn holds(held: &Held<'_>, who: Who<'_>, place: Option<&str>, right: Right) -> bool {
    let places = held.get(&who);
    let there = [place, None].into_iter().filter_map(|place| places?.get(&place));
    there.into_iter().any(|rights| allows(rights, right))
}

fn through(grants: &[Grant], who: Who<'_>, place: Option<&str>, rights: &BTreeSet<Right>) -> Vec<String> {
    let theirs = grants.iter().filter(|grant| {
        (grant.kind, grant.subject.as_str()) == who
            && grant.namespace.as_deref() == place
            && !grant.rights.is_disjoint(rights)
    });
    theirs.map(|grant| format!("{} → {}", grant.binding, grant.role)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::tests::grant;

    fn review(grants: &[Grant]) -> AccessReview {
        AccessReview::of(grants.iter().cloned(), true)
    }

    fn text(changes: &[AccessChange]) -> Vec<String> {
        let line = |change: &AccessChange| {
            let rights: Vec<&str> = change.rights.iter().map(|right| right.as_str()).collect();
            format!("{} in {}: {}", change.subject, change.namespace.as_deref().unwrap_or("*"), rights.join(", "))
        };
        changes.iter().map(line).collect()
    }

    #[test]
    fn a_power_is_gained_by_whom_it_is_new_and_lost_by_whom_it_left() {
        let before = review(&[
            grant("ops", Some("shop"), &[Right::Read]),
            grant("gone", None, &[Right::EnterPods, Right::Read]),
        ]);
        let after = review(&[
            grant("ops", Some("shop"), &[Right::ReadSecrets, Right::Read]),
            grant("new", None, &[Right::Everything]),
        ]);
        let (gained, lost) = changes(&before, &after);
        assert_eq!(text(&gained), ["new in *: everything", "ops in shop: read_secrets"]);
        assert_eq!(gained[1].through, ["RoleBinding/y → ClusterRole/x"]);
        assert_eq!(text(&lost), ["gone in *: enter_pods, read"]);
        assert_eq!(changes(&before, &before), (vec![], vec![]));
    }

    #[test]
    fn what_was_held_in_another_way_is_not_gained() {
        // From the whole cluster to a namespace of it, and from everything to a part.
        let before = review(&[grant("a", None, &[Right::Read]), grant("b", None, &[Right::Everything])]);
        let after = review(&[
            grant("a", Some("shop"), &[Right::Read]),
            grant("b", None, &[Right::ReadNamedSecrets, Right::Change]),
        ]);
        let (gained, lost) = changes(&before, &after);
        assert_eq!(text(&gained), [""; 0]);
        assert_eq!(text(&lost), ["b in *: everything", "a in *: read"]);
        let (gained, lost) = changes(&after, &before);
        assert_eq!(text(&gained), ["b in *: everything", "a in *: read"]);
        assert_eq!(text(&lost), [""; 0], "who may do everything has lost nothing");
    }

    #[test]
    fn an_empty_or_unread_role_is_no_power() {
        let before = review(&[]);
        let after = review(&[grant("a", None, &[Right::Nothing]), grant("b", None, &[Right::Unknown])]);
        assert_eq!(changes(&before, &after), (vec![], vec![]));
    }
}
