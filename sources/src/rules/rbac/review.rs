//! Who may do what, where and through what: the table that a person goes through in an access review.

use super::{
    Input,
    grants::{Bound, Grant, Grants, Scope},
    powers::IN_A_NAMESPACE,
};
use std::collections::BTreeSet;

/// What somebody may do, most powerful first. Its words are the translation `right-<word>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Everything.
    Everything,
    /// Obtain rights beyond these.
    RaiseRights,
    /// Change roles and bindings.
    ChangeAccess,
    /// Run commands in pods, attach to them, or tunnel into them.
    EnterPods,
    /// Read all Secrets.
    ReadSecrets,
    /// Read certain Secrets by name.
    ReadNamedSecrets,
    /// Write Secrets.
    ChangeSecrets,
    /// Start, change and stop workloads.
    ChangeWorkloads,
    /// Change anything else.
    Change,
    /// Read anything but Secrets.
    Read,
    /// See version, health and the list of APIs, and ask about one's own rights.
    Public,
    /// Nothing: the role is empty, or does not exist.
    Nothing,
    /// The role could not be read.
    Unknown,
}

impl Right {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Everything,
        Self::RaiseRights,
        Self::ChangeAccess,
        Self::EnterPods,
        Self::ReadSecrets,
        Self::ReadNamedSecrets,
        Self::ChangeSecrets,
        Self::ChangeWorkloads,
        Self::Change,
        Self::Read,
        Self::Public,
        Self::Nothing,
        Self::Unknown,
    ];

    /// The word in the translation key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::RaiseRights => "raise_rights",
            Self::ChangeAccess => "change_access",
            Self::EnterPods => "enter_pods",
            Self::ReadSecrets => "read_secrets",
            Self::ReadNamedSecrets => "read_named_secrets",
            Self::ChangeSecrets => "change_secrets",
            Self::ChangeWorkloads => "change_workloads",
            Self::Change => "change",
            Self::Read => "read",
            Self::Public => "public",
            Self::Nothing => "nothing",
            Self::Unknown => "unknown",
        }
    }
}

/// One grant: a subject of a binding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Who, as `Group:ops`, `User:anna@example.org` or `ServiceAccount:flux-system/flux`.
    pub subject: String,
    /// The namespace in which it holds; `None` in the whole cluster.
    pub namespace: Option<String>,
    /// The role, as `ClusterRole/edit`.
    pub role: String,
    /// The binding, as `RoleBinding/ops`.
    pub binding: String,
    /// What it allows, most powerful first; never empty.
    pub rights: BTreeSet<Right>,
    /// Whether Kubernetes itself is the subject.
    pub is_system: bool,
}

/// Every grant of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The grants, by subject, then namespace, role and binding; each once.
    pub rows: Vec<Row>,
    /// Whether every role and binding was read: if not, there may be more grants than these.
    pub is_complete: bool,
}

/// Every grant of a cluster, as a table.
pub fn review(input: &Input) -> Review {
    let grants = Grants::of(input);
    let rows: BTreeSet<Row> = grants.iter().map(|grant| row(&grant)).collect();
    let reads = [
        (input.cluster_roles.was_read(), input.cluster_roles.unread),
        (input.roles.was_read(), input.roles.unread),
        (input.cluster_role_bindings.was_read(), input.cluster_role_bindings.unread),
        (input.role_bindings.was_read(), input.role_bindings.unread),
    ];
    let is_complete = reads.iter().all(|(was_read, unread)| *was_read && *unread == 0);
    Review { rows: rows.into_iter().collect(), is_complete }
}

fn row(grant: &Grant<'_>) -> Row {
    let (kind, namespace) = match grant.scope {
        Scope::Cluster => ("ClusterRoleBinding", None),
        Scope::Namespace(namespace) => ("RoleBinding", Some(namespace.to_owned())),
    };
    Row {
        subject: grant.who.to_string(),
        namespace,
        role: grant.role(),
        binding: format!("{kind}/{}", grant.binding),
        rights: rights(grant),
        is_system: grant.who.is_system(),
    }
}

fn rights(grant: &Grant<'_>) -> BTreeSet<Right> {
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
