//! The authorization endpoint: an accepted request becomes a page with one button a person, a press becomes a code.

use super::{
    keys::random_text,
    login_page,
    state::{Grant, LoginRequest, Shared, remember},
};
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use http::StatusCode;
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc};
use url::Url;

/// How long a log-in page stays good.
const PAGE_LIFE: TimeDelta = TimeDelta::minutes(10);

type Parameters = HashMap<String, String>;

/// `GET {issuer}/auth`.
pub(super) async fn show(State(shared): State<Arc<Shared>>, Query(parameters): Query<Parameters>) -> Response {
    begin(&shared, &parameters)
}

/// `POST {issuer}/auth`, which OpenID Connect Core 3.1.2.1 allows too.
pub(super) async fn show_form(State(shared): State<Arc<Shared>>, Form(parameters): Form<Parameters>) -> Response {
    begin(&shared, &parameters)
}

fn begin(shared: &Shared, parameters: &Parameters) -> Response {
    // Never redirect before client and address are known to belong together.
    if parameters.get("client_id") != Some(&shared.settings.client_id) {
        return login_page::refusal(StatusCode::BAD_REQUEST, "The client_id is not known here.");
    }
    let Some(redirect_uri) = parameters.get("redirect_uri").and_then(|uri| allowed(shared, uri)) else {
        return login_page::refusal(StatusCode::BAD_REQUEST, "The redirect_uri is not registered for this client.");
    };
    let request = match accept(shared, parameters, &redirect_uri) {
        Ok(request) => request,
        Err((error, why)) => {
            return back(&redirect_uri, &[("error", error), ("error_description", why)], parameters.get("state"));
        }
    };
    if parameters.get("prompt").is_some_and(|prompt| prompt == "none") {
        return back(&redirect_uri, &[("error", "login_required")], parameters.get("state"));
    }
    let id = random_text(24);
    let mut state = shared.state();
    remember(&mut state.requests, id.clone(), request);
    login_page::page(&shared.issuer, &id, &state.people, &redirect_uri)
}

fn accept(
    shared: &Shared,
    parameters: &Parameters,
    redirect_uri: &Url,
) -> Result<LoginRequest, (&'static str, &'static str)> {
    let get = |name: &str| parameters.get(name).map(String::as_str);
    if get("response_type") != Some("code") {
        return Err(("unsupported_response_type", "only response_type=code is offered"));
    }
    let scopes: Vec<String> = get("scope").unwrap_or_default().split_whitespace().map(Into::into).collect();
    if !scopes.iter().any(|scope| scope == "openid") {
        return Err(("invalid_scope", "the scope openid is missing"));
    }
    if !scopes.iter().all(|scope| matches!(scope.as_str(), "openid" | "email" | "profile" | "groups")) {
        return Err(("invalid_scope", "known scopes are openid, email, profile, groups"));
    }
    let challenge = get("code_challenge").unwrap_or_default();
    if get("code_challenge_method") != Some("S256") || challenge.len() != 43 {
        return Err(("invalid_request", "PKCE with S256 is required"));
    }
    Ok(LoginRequest {
        redirect_uri: redirect_uri.clone(),
        scopes,
        state: parameters.get("state").cloned(),
        nonce: parameters.get("nonce").cloned(),
        code_challenge: challenge.into(),
        at: shared.settings.now.get(),
    })
}

fn allowed(shared: &Shared, uri: &str) -> Option<Url> {
    let parsed = Url::parse(uri).ok()?;
    let registered = &shared.settings.redirect_uris;
    let loopback = parsed.scheme() == "http" && matches!(parsed.host_str(), Some("localhost" | "127.0.0.1"));
    let known = if registered.is_empty() { loopback } else { registered.iter().any(|known| known == uri) };
    (known && parsed.fragment().is_none()).then_some(parsed)
}

/// What the log-in page sends.
#[derive(Deserialize)]
pub(super) struct Press {
    request: String,
    /// A person's id; absent when they chose not to log in.
    person: Option<String>,
}

/// `POST {issuer}/auth/login`.
pub(super) async fn log_in(State(shared): State<Arc<Shared>>, Form(press): Form<Press>) -> Response {
    let now = shared.settings.now.get();
    let mut state = shared.state();
    let request = state.requests.remove(&press.request).filter(|request| now - request.at < PAGE_LIFE);
    let Some(request) = request else {
        return login_page::refusal(
            StatusCode::BAD_REQUEST,
            "This log-in page was used before or has expired. Go back to Bevis and log in again.",
        );
    };
    let Some(id) = press.person else {
        let parameters = [("error", "access_denied"), ("error_description", "the person chose not to log in")];
        return back(&request.redirect_uri, &parameters, request.state.as_ref());
    };
    let Some(person) = state.people.iter().find(|person| person.id == id).cloned() else {
        return login_page::refusal(StatusCode::BAD_REQUEST, "There is no such person.");
    };
    let code = random_text(24);
    let (to, returned) = (request.redirect_uri.clone(), request.state.clone());
    remember(&mut state.grants, code.clone(), Grant { request, person, used: false, at: now });
    back(&to, &[("code", &code)], returned.as_ref())
}

/// Back to the client. 303, so that the browser asks with GET.
fn back(to: &Url, parameters: &[(&str, &str)], state: Option<&String>) -> Response {
    let mut to = to.clone();
    to.query_pairs_mut().extend_pairs(parameters).extend_pairs(state.map(|state| ("state", state)));
    Redirect::to(to.as_str()).into_response()
}
