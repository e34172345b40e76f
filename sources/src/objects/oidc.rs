//! What an OpenID Connect issuer says of itself (OpenID Connect Discovery 1.0, section 3).

use serde::Deserialize;

/// A discovery document, as far as it is used.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Discovery {
    /// Its own address, which must be the one that was asked.
    pub issuer: Option<String>,
    /// Where its public keys are.
    pub jwks_uri: Option<String>,
    /// How it signs, as `RS256`.
    pub id_token_signing_alg_values_supported: Option<Vec<String>>,
}
