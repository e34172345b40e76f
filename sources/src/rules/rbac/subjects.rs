//! Whom a binding names, and what kind of identity that is.

use k8s_openapi::api::rbac::v1 as rbac;
use std::fmt;

/// A subject of a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who<'a> {
    User(&'a str),
    Group(&'a str),
    ServiceAccount { namespace: &'a str, name: &'a str },
}

/// Groups and users that stand for everybody, or for every service account.
const EVERYBODY: &[&str] =
    &["system:authenticated", "system:unauthenticated", "system:serviceaccounts", "system:anonymous"];
const SYSTEM_NAMESPACE: &str = "kube-system";

impl<'a> Who<'a> {
    /// Reads a subject; `None` for a kind that RBAC does not know, which grants nothing to anybody.
    pub(super) fn of(subject: &'a rbac::Subject) -> Option<Self> {
        match subject.kind.as_str() {
            "User" => Some(Self::user(&subject.name)),
            "Group" => Some(Self::Group(&subject.name)),
            "ServiceAccount" => Some(Self::ServiceAccount {
                namespace: subject.namespace.as_deref().unwrap_or_default(),
                name: &subject.name,
            }),
            _ => None,
        }
    }

    /// A service account may also be named as the user that it is.
    fn user(name: &'a str) -> Self {
        name.strip_prefix("system:serviceaccount:")
            .and_then(|account| account.split_once(':'))
            .map_or(Self::User(name), |(namespace, name)| Self::ServiceAccount { namespace, name })
    }

    /// Whether it is everybody, or every service account.
    pub(super) fn is_everybody(self) -> bool {
        matches!(self, Self::User(name) | Self::Group(name) if EVERYBODY.contains(&name))
    }

    /// Whether it is somebody who has not logged in.
    pub(super) fn is_unauthenticated(self) -> bool {
        matches!(self, Self::Group("system:unauthenticated") | Self::User("system:anonymous"))
    }

    /// Whether it is a person or a group of people; groups that stand for everybody hold people too.
    pub(super) fn is_human(self) -> bool {
        match self {
            Self::ServiceAccount { .. } | Self::Group("system:serviceaccounts") => false,
            Self::User(name) | Self::Group(name) => !name.starts_with("system:") || self.is_everybody(),
        }
    }

    /// Whether it is a part of Kubernetes itself.
    pub(super) fn is_system(self) -> bool {
        match self {
            Self::ServiceAccount { namespace, .. } => namespace == SYSTEM_NAMESPACE,
            Self::User(name) | Self::Group(name) if name.starts_with("system:") => {
                let of_accounts = name.strip_prefix("system:serviceaccounts:");
                of_accounts.map_or_else(|| !self.is_everybody(), |namespace| namespace == SYSTEM_NAMESPACE)
            }
            Self::User(_) | Self::Group(_) => false,
        }
    }
}

/// As policies write it: `Group:ops`, `User:anna@example.org`, `ServiceAccount:flux-system/flux`.
impl fmt::Display for Who<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) => write!(f, "User:{name}"),
            Self::Group(name) => write!(f, "Group:{name}"),
            Self::ServiceAccount { namespace, name } => write!(f, "ServiceAccount:{namespace}/{name}"),
        }
    }
}
