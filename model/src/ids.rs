//! Identifiers: a newtype each, so that one cannot be passed for another.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A word that is not one of an enum's, met at an edge (URL, SQL, configuration).
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("\"{word}\" is not a {kind}")]
pub struct UnknownWord {
    /// The enum that was asked for.
    pub kind: &'static str,
    /// The word met.
    pub word: String,
}

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self).map_err(|_| UnknownWord { kind: stringify!($name), word: text.into() })
            }
        }
    )+};
}

uuid_ids! {
    /// A cluster that is polled.
    ClusterId,
    /// One reading of one source of one cluster.
    ScanId,
    /// A finding, stable over all its intervals.
    FindingId,
    /// A decision by a person.
    DecisionId,
    /// A person, keyed elsewhere by issuer and subject.
    PersonId,
    /// A risk acceptance.
    AcceptanceId,
    /// Something attached to a risk acceptance.
    AttachmentId,
    /// An evidence pack.
    PackId,
    /// A rule of who is told of what.
    RuleId,
    /// A message to somebody.
    MessageId,
}

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as written.
            pub fn as_str(&self) -> &str { &self.0 }

            /// The identifier as the stem of a translation key: dots become dashes.
            pub fn key(&self) -> String { self.0.replace('.', "-") }
        }
        impl From<&str> for $name {
            fn from(id: &str) -> Self { Self(id.to_owned()) }
        }
        impl From<String> for $name {
            fn from(id: String) -> Self { Self(id) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

text_ids! {
    /// A check of the catalogue, as `rbac.no_wildcards`.
    CheckId,
    /// A control of a framework, as `A.8.13`.
    ControlId,
}
