//! Who a request comes from.

use crate::error::Error;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use model::{
    Instant,
    ids::PersonId,
    role::{Permission, Role, allows},
};
use std::convert::Infallible;

/// A person with a session. The authorisation layer puts it into the request; handlers take it as an argument.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who.
    pub person: PersonId,
    /// What they were called at their last log-in.
    pub name: String,
    /// Their e-mail address then, if the provider told it.
    pub email: Option<String>,
    /// Their roles, as decided at log-in; at least one.
    pub roles: Vec<Role>,
    /// Their session.
    pub session: SessionRef,
}

/// A session, by what is stored of it. Knowing this lets nobody use it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionRef {
    /// SHA-256 of the cookie's value.
    pub id_hash: [u8; 32],
    /// When it ends whatever happens.
    pub expires_at: Instant,
}

impl SessionRef {
    /// A name for logs and the ledger.
    pub fn name(&self) -> String {
        hex::encode(&self.id_hash[..8])
    }
}

impl std::fmt::Debug for SessionRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name())
    }
}

impl Visitor {
    /// Whether they may.
    pub fn may(&self, permission: Permission) -> bool {
        allows(&self.roles, permission)
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::LoginRequired)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
