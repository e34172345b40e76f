//! Discovery and the key set.

use super::state::Shared;
use axum::{Json, extract::State, response::IntoResponse};
use http::header;
use openidconnect::core::CoreJsonWebKeySet;
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET {issuer}/.well-known/openid-configuration`, with the members that Dex has.
pub(super) async fn discovery(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let issuer = &shared.issuer;
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "grant_types_supported": ["authorization_code"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "email", "groups", "profile"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "claims_supported": ["iss", "sub", "aud", "iat", "exp", "email", "email_verified", "name", "preferred_username", "at_hash"],
    });
    if shared.settings.end_session {
        document["end_session_endpoint"] = format!("{issuer}/logout").into();
    }
    Json(document)
}

/// `GET {issuer}/keys`.
pub(super) async fn keys(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let keys = shared.state().keys.iter().map(|key| key.public()).collect();
    ([(header::CACHE_CONTROL, "max-age=600, must-revalidate")], Json(CoreJsonWebKeySet::new(keys)))
}
