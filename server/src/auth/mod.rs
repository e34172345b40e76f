//! Log-in through OIDC, sessions, roles.

/// The identity provider: discovery and keys, cached.
pub struct Provider;
