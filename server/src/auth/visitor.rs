//! Who a request comes from.

use crate::error::Error;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;
use model::{
    Instant,
    ids::PersonId,
    role::{Permission, Role, allows},
};
use std::{convert::Infallible, sync::Arc};
use uuid::Uuid;

/// A person with a session, or with a token of theirs. The authorisation layer puts it into the request; handlers take it as an argument.
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
    /// What they showed.
    pub credential: Credential,
}

/// What a request shows for itself.
#[derive(Clone, Debug)]
pub enum Credential {
    /// The cookie of a session.
    Session(SessionRef),
    /// A token of the API.
    Token(Arc<TokenRef>),
}

/// A token of the API, as far as it limits its owner.
#[derive(Clone, Debug)]
pub struct TokenRef {
    /// Its id.
    pub id: Uuid,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// The clusters that it is limited to, by name; all where there is none.
    pub clusters: Vec<String>,
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
    /// Whether they may: a token never more than its owner.
    pub fn may(&self, permission: Permission) -> bool {
        allows(&self.roles, permission) && self.token().is_none_or(|token| token.scopes.contains(&permission))
    }

    /// The token that they showed, if it was one.
    pub fn token(&self) -> Option<&TokenRef> {
        match &self.credential {
            Credential::Session(_) => None,
            Credential::Token(token) => Some(token),
        }
    }

    /// The session that they showed, if it was one.
    pub fn session(&self) -> Option<&SessionRef> {
        match &self.credential {
            Credential::Session(session) => Some(session),
            Credential::Token(_) => None,
        }
    }

    /// Who sends, as answers to writes are kept by: the person, or the token alone.
    pub fn sender(&self) -> String {
        self.token().map_or_else(|| format!("person:{}", self.person), |token| format!("token:{}", token.id))
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
