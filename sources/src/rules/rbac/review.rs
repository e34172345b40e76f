//! Who may do what, where and through what: the table that a person goes through in an access review.

use super::{
    Input,
    grants::{self, Bound, Grants, Scope},
    powers::IN_A_NAMESPACE,
    subjects::Who,
};
pub use model::access::{AccessReview, Grant, Right, SubjectKind};
use std::collections::BTreeSet;

/// Every grant of a cluster, as a table.
pub fn review(input: &Input) -> AccessReview {
    let reads = [
        (input.cluster_roles.was_read(), input.cluster_roles.unread),
        (input.roles.was_read(), input.roles.unread),
        (input.cluster_role_bindings.was_read(), input.cluster_role_bindings.unread),
        (input.role_bindings.was_read(), input.role_bindings.unread),
    ];
    let is_complete = reads.iter().all(|(was_read, unread)| *was_read && *unread == 0);
    let grants = Grants::of(input);
    AccessReview::of(grants.iter().map(|grant| row(&grant)), is_complete)
}

/// The review of what was read; `None` where no binding was read, or something else than RBAC decides.
pub(super) fn of_reading(input: &Input) -> Option<AccessReview> {
    let saw_bindings = input.cluster_role_bindings.was_read() || input.role_bindings.was_read();
    (saw_bindings && !input.is_inactive()).then(|| review(input))
}

fn row(grant: &grants::Grant<'_>) -> Grant {
    let (binding, namespace) = match grant.scope {
        Scope::Cluster => ("ClusterRoleBinding", None),
        Scope::Namespace(namespace) => ("RoleBinding", Some(namespace.to_owned())),
    };
    let (kind, subject) = match grant.who {
        Who::Group(name) => (SubjectKind::Group, name.to_owned()),
        Who::User(name) => (SubjectKind::User, name.to_owned()),
        Who::ServiceAccount { namespace, name } => (SubjectKind::ServiceAccount, format!("{namespace}/{name}")),
    };
    Grant {
        kind,
        subject,
        namespace,
        role: grant.role(),
        binding: format!("{binding}/{}", grant.binding),
        rights: rights(grant),
        is_system: grant.who.is_system(),
    }
}

fn rights(grant: &grants::Grant<'_>) -> BTreeSet<Right> {
    let powers = match grant.bound {
        Bound::Known(powers) => powers,
        Bound::Dangling => return BTreeSet::from([Right::Nothing]),
        Bound::Unknown => return BTreeSet::from([Right::Unknown]),
    };
    let mut rights = powers.rights.clone();
    if powers.admin {
        // It says all that the others would.
        return BTreeSet::from([Right::Everything]);
    }
    if !grant.is_of_the_cluster() {
        // Paths of the API server are no part of a namespace, and some ways to more rights lead through the cluster alone.
        rights.remove(&Right::Public);
        if !powers.escalation.iter().any(|way| IN_A_NAMESPACE.contains(way)) {
            rights.remove(&Right::RaiseRights);
        }
    }
    if rights.is_empty() {
        rights.insert(Right::Nothing);
    }
    rights
}
