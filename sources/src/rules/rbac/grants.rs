//! Every grant: a binding, a subject of it, and what the bound role allows.

use super::{Input, powers::Powers, subjects::Who};
use crate::listed::Listed;
use k8s_openapi::{
    api::rbac::v1::{PolicyRule, RoleRef, Subject as Named},
    apimachinery::pkg::apis::meta::v1::ObjectMeta,
};
use model::finding::Subject;
use std::collections::HashMap;

/// Where a grant holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope<'a> {
    Cluster,
    Namespace(&'a str),
}

/// What is known of the role that a binding names.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bound<'a> {
    /// It allows this.
    Known(&'a Powers),
    /// There is no such role: the binding grants nothing.
    Dangling,
    /// It could not be read.
    Unknown,
}

/// One grant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grant<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) binding: &'a str,
    pub(super) role: &'a RoleRef,
    pub(super) who: Who<'a>,
    pub(super) bound: Bound<'a>,
}

/// Every grant of a cluster.
pub(super) struct Grants<'a> {
    bindings: Vec<Binding<'a>>,
    cluster_roles: Index<'a>,
    roles: Index<'a>,
    administrator: Powers,
}

struct Binding<'a> {
    scope: Scope<'a>,
    name: &'a str,
    role: &'a RoleRef,
    subjects: &'a [Named],
}

/// Roles by namespace (empty for those of the cluster), then by name.
struct Index<'a> {
    powers: HashMap<&'a str, HashMap<&'a str, Powers>>,
    complete: bool,
}

impl<'a> Index<'a> {
    fn of<T>(list: &'a Listed<T>, rules: impl Fn(&'a T) -> (&'a ObjectMeta, Option<&'a Vec<PolicyRule>>)) -> Self {
        let mut powers: HashMap<_, HashMap<_, _>> = HashMap::new();
        for role in &list.items {
            let (metadata, rules) = rules(role);
            let namespace = metadata.namespace.as_deref().unwrap_or_default();
            let name = metadata.name.as_deref().unwrap_or_default();
            powers.entry(namespace).or_default().insert(name, Powers::of(rules.map(Vec::as_slice).unwrap_or_default()));
        }
        Self { powers, complete: list.was_read() && list.unread == 0 }
    }

    fn get(&self, namespace: &str, name: &str) -> Bound<'_> {
        match self.powers.get(namespace).and_then(|named| named.get(name)) {
            Some(powers) => Bound::Known(powers),
            None if self.complete => Bound::Dangling,
            None => Bound::Unknown,
        }
    }
}

impl<'a> Grants<'a> {
    pub(super) fn of(input: &'a Input) -> Self {
        let of_cluster = input.cluster_role_bindings.items.iter().map(|binding| Binding {
            scope: Scope::Cluster,
            name: binding.metadata.name.as_deref().unwrap_or_default(),
            role: &binding.role_ref,
            subjects: binding.subjects.as_deref().unwrap_or_default(),
        });
        let of_namespaces = input.role_bindings.items.iter().map(|binding| Binding {
            scope: Scope::Namespace(binding.metadata.namespace.as_deref().unwrap_or_default()),
            name: binding.metadata.name.as_deref().unwrap_or_default(),
            role: &binding.role_ref,
            subjects: binding.subjects.as_deref().unwrap_or_default(),
        });
        Self {
            bindings: of_cluster.chain(of_namespaces).collect(),
            cluster_roles: Index::of(&input.cluster_roles, |role| (&role.metadata, role.rules.as_ref())),
            roles: Index::of(&input.roles, |role| (&role.metadata, role.rules.as_ref())),
            administrator: Powers::administrator(),
        }
    }

    /// Every grant: binding by binding, subject by subject.
    pub(super) fn iter(&self) -> impl Iterator<Item = Grant<'_>> {
        self.bindings.iter().flat_map(move |binding| {
            let bound = self.bound(binding);
            binding.subjects.iter().filter_map(Who::of).map(move |who| Grant {
                scope: binding.scope,
                binding: binding.name,
                role: binding.role,
                who,
                bound,
            })
        })
    }

    fn bound(&self, binding: &Binding<'_>) -> Bound<'_> {
        let name = binding.role.name.as_str();
        match (binding.role.kind.as_str(), binding.scope) {
            ("ClusterRole", _) => match self.cluster_roles.get("", name) {
                // Kubernetes makes this role itself; without it no cluster has an administrator.
                Bound::Unknown if name == "cluster-admin" => Bound::Known(&self.administrator),
                bound => bound,
            },
            ("Role", Scope::Namespace(namespace)) => self.roles.get(namespace, name),
            _ => Bound::Dangling,
        }
    }
}

impl Grant<'_> {
    /// What it allows, if that is known and anything.
    pub(super) fn powers(&self) -> Option<&Powers> {
        match self.bound {
            Bound::Known(powers) => Some(powers),
            Bound::Dangling | Bound::Unknown => None,
        }
    }

    pub(super) fn is_unknown(&self) -> bool {
        matches!(self.bound, Bound::Unknown)
    }

    pub(super) fn is_administrator(&self) -> bool {
        self.powers().is_some_and(|powers| powers.admin)
    }

    pub(super) fn is_of_the_cluster(&self) -> bool {
        self.scope == Scope::Cluster
    }

    /// The built-in groups of administrators, in the bindings that Kubernetes and kubeadm make for them.
    pub(super) fn is_built_in_administrator(&self) -> bool {
        self.is_of_the_cluster()
            && matches!(
                (self.binding, self.who),
                ("cluster-admin", Who::Group("system:masters"))
                    | ("kubeadm:cluster-admins", Who::Group("kubeadm:cluster-admins"))
            )
    }

    /// What a finding about this grant is about: the binding, and the subject within it.
    pub(super) fn subject(&self) -> Subject {
        let (kind, namespace) = match self.scope {
            Scope::Cluster => ("ClusterRoleBinding", None),
            Scope::Namespace(namespace) => ("RoleBinding", Some(namespace.to_owned())),
        };
        Subject { kind: kind.into(), namespace, name: self.binding.into(), key: Some(self.who.to_string()) }
    }

    /// The role, as `ClusterRole/edit`.
    pub(super) fn role(&self) -> String {
        format!("{}/{}", self.role.kind, self.role.name)
    }
}
