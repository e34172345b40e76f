//! Log-in through OIDC, sessions, roles.
//!
//! Reads the identity provider (bounded in time and size) and its own tables; writes people, sessions, log-ins on
//! their way, and a ledger entry for each log-in, failure and log-out. Keeps no password, and no token but the hint
//! that the provider's log-out needs. Never decides who somebody is by e-mail: issuer and subject together are.

pub mod cookie;
mod failure;
mod fetch;
mod limit;
pub mod login;
pub mod logout;
mod provider;
pub(crate) mod return_to;
pub mod roles;
pub(crate) mod secret;
pub mod session;
mod store;
mod token;
mod visitor;

pub use failure::LoginFailure;
pub use provider::Provider;
pub use store::Ended;
pub(crate) use store::roles_seen;
pub use visitor::{Credential, SessionRef, TokenRef, Visitor};
