//! Logging out: here, and at the provider where it offers that.

use super::{cookie, secret::Random, session, session::End};
use crate::{
    app::App,
    error::Result,
    settle,
    web::{Reading, render},
};
use axum::{
    extract::State,
    response::{AppendHeaders, IntoResponse, Response},
};
use frontend::pages::message::MessagePage;
use http::{
    HeaderMap, HeaderName, StatusCode,
    header::{LOCATION, REFRESH, SET_COOKIE},
};
use leptos::prelude::*;
use url::Url;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Not `"cookies"`: that would remove those of every service on the same registered domain, the provider's included,
/// which is just about to be asked to end its own session. Our cookie is removed by name.
const CLEARED: &str = r#""cache", "storage""#;

/// POST `/auth/logout`: ends the session that the request brings, if any.
pub async fn end(State(app): State<App>, reading: Reading, headers: HeaderMap) -> Result<Response> {
    let now = app.clock.now();
    let mut hint = None;
    if let Some(id) = cookie::session(&app.config, &headers) {
        let mut transaction = app.db.begin().await?;
        settle::join(&mut transaction, now).await?;
        let ended = session::end(&mut transaction, &id.hash(), End::Logout, now).await?;
        session::note(&mut transaction, ended.as_slice(), "person", now).await?;
        hint = ended.and_then(|ended| ended.id_token);
        transaction.commit().await?;
    }
    let gone = AppendHeaders([
        (SET_COOKIE, cookie::clear_session(&app.config).to_str().unwrap_or_default().to_owned()),
        (CLEAR_SITE_DATA, CLEARED.to_owned()),
    ]);
    Ok(match provider_logout(&app, hint, now).await {
        Some(address) => (gone, to_provider(&app, reading, &address)).into_response(),
        None => (StatusCode::SEE_OTHER, gone, [(LOCATION, "/auth/logged-out")]).into_response(),
    })
}

/// The provider's log-out, if it offers one and we have the hint that it wants.
async fn provider_logout(app: &App, hint: Option<String>, now: model::Instant) -> Option<Url> {
    let hint = hint?;
    let mut address = app.provider.known(now).await.ok()?.end_session.clone()?;
    address
        .query_pairs_mut()
        .append_pair("id_token_hint", &hint)
        .append_pair("client_id", app.provider.settings.client_id.as_str())
        .append_pair("post_logout_redirect_uri", app.provider.settings.after_logout.as_str())
        // Coming back changes nothing, so nobody needs to remember it; some providers want one.
        .append_pair("state", Random::new().reveal());
    Some(address)
}

/// A page of ours that leads on: browsers refuse a form's redirect to another origin under `form-action 'self'`.
fn to_provider(app: &App, reading: Reading, address: &Url) -> Response {
    let words = reading.locale;
    let next = (address.to_string(), words.t("logout-provider-next"));
    let page = message(app, reading, "logout-provider-title", "logout-provider-text", next);
    ([(REFRESH, format!("0; url={address}"))], page).into_response()
}

/// GET `/auth/logged-out`: says so. Changes nothing, whatever comes with it.
pub async fn logged_out(State(app): State<App>, reading: Reading) -> Response {
    let ends_there = app.provider.cached().is_some_and(|known| known.end_session.is_some());
    let text = if ends_there { "logout-done-text" } else { "logout-done-provider-goes-on" };
    let next = ("/".to_owned(), reading.locale.t("logout-done-next"));
    message(&app, reading, "logout-done-title", text, next)
}

fn message(app: &App, reading: Reading, title: &str, text: &str, next: (String, String)) -> Response {
    let (title, texts) = (reading.locale.t(title), vec![reading.locale.t(text)]);
    let heading = title.clone();
    let context = reading.context(None, app.clock.now());
    render::page(context, title, move || view! { <MessagePage title=heading texts=texts next=Some(next) /> })
}
