//! Userinfo and log-out.

use super::{TokenFault, login_page, state::Shared};
use axum::{
    Form, Json,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;
use std::{collections::HashMap, sync::Arc};
use url::Url;

/// `GET {issuer}/userinfo`.
pub(super) async fn info(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let state = shared.state();
    let known = token.and_then(|token| state.access.get(token)).filter(|(_, until)| shared.settings.now.get() < *until);
    let Some((person, _)) = known else {
        let ask = [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
        return (StatusCode::UNAUTHORIZED, ask, Json(json!({ "error": "invalid_token" }))).into_response();
    };
    let subject =
        if state.token_fault == Some(TokenFault::OtherUserInfo) { "somebody-else".into() } else { person.subject() };
    Json(json!({
        "sub": subject,
        "name": person.name,
        "preferred_username": person.id,
        "email": person.email,
        "email_verified": true,
        "groups": person.groups,
    }))
    .into_response()
}

type Parameters = HashMap<String, String>;

/// `GET {issuer}/logout`.
pub(super) async fn log_out(State(shared): State<Arc<Shared>>, Query(parameters): Query<Parameters>) -> Response {
    leave(&shared, &parameters)
}

/// `POST {issuer}/logout`.
pub(super) async fn log_out_form(State(shared): State<Arc<Shared>>, Form(parameters): Form<Parameters>) -> Response {
    leave(&shared, &parameters)
}

/// There is no session here to end, so this only sends people back to where the client wants them.
fn leave(shared: &Shared, parameters: &Parameters) -> Response {
    let hinted = parameters.get("id_token_hint").is_some_and(|hint| hint.split('.').count() == 3);
    let client = parameters.get("client_id").is_none_or(|id| *id == shared.settings.client_id);
    let to = parameters.get("post_logout_redirect_uri").and_then(|to| Url::parse(to).ok());
    let loopback = |to: &Url| to.scheme() == "http" && matches!(to.host_str(), Some("localhost" | "127.0.0.1"));
    match to {
        Some(mut to) if client && loopback(&to) && (hinted || parameters.contains_key("client_id")) => {
            if let Some(state) = parameters.get("state") {
                to.query_pairs_mut().append_pair("state", state);
            }
            Redirect::to(to.as_str()).into_response()
        }
        Some(_) => login_page::refusal(StatusCode::BAD_REQUEST, "That address is not registered for log-out."),
        None => login_page::refusal(StatusCode::OK, "You are logged out."),
    }
}
