//! `/preferences`: language, colours, time zone and shortcuts of a browser, in cookies that mean nothing to access; and the
//! sessions of whoever is logged in.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    app::App,
    auth::Visitor,
    error::Result,
    people,
    web::{
        reading::{COLUMNS, LANGUAGE, SHORTCUTS, THEME, TIME_ZONE},
        render,
    },
};
use axum::{
    extract::State,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use chrono_tz::Tz;
use frontend::{context::Theme, i18n::Language, pages::preferences::PreferencesPage};
use http::header::SET_COOKIE;
use leptos::prelude::*;
use model::views::FindingColumn;
use url::form_urlencoded;

/// GET `/preferences`
pub async fn show(State(app): State<App>, frame: Frame, visitor: Option<Visitor>) -> Result<Response> {
    let sessions = match &visitor {
        Some(visitor) => Some(people::own_sessions(&app, visitor, frame.at()).await?),
        None => None,
    };
    let title = frame.locale().t("preferences-title");
    Ok(render::page(frame.context, title, move || view! { <PreferencesPage sessions=sessions /> }))
}

/// POST `/preferences/sessions/end-others`
pub async fn end_other_sessions(State(app): State<App>, visitor: Visitor) -> Result<Redirect> {
    let ended = people::end_other_sessions(&app, &visitor).await?;
    Ok(told("/preferences", &format!("other-sessions-ended.{ended}")))
}

/// POST `/preferences`: keeps what the form names, and comes back. What it does not name stays.
pub async fn keep(State(app): State<App>, form: Form) -> Response {
    let language = form.one("language").and_then(|tag| tag.parse::<Language>().ok()).map(Language::tag);
    let theme = form.one("theme").and_then(Theme::read).map(Theme::as_str);
    let zone = form.one("time_zone").and_then(|name| name.parse::<Tz>().ok()).map(Tz::name);
    let shortcuts = form.one("shortcuts").filter(|word| matches!(*word, "on" | "off"));
    let columns = columns(&form);
    let back = form.back(&app, "/preferences");
    let back = columns.as_deref().map_or_else(|| back.clone(), |columns| with_columns(&back, columns));
    let secure = if app.config.public_url.scheme() == "https" { "; Secure" } else { "" };
    let cookies = [
        (LANGUAGE, language),
        (THEME, theme),
        (TIME_ZONE, zone),
        (SHORTCUTS, shortcuts),
        (COLUMNS, columns.as_deref()),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name, value)))
    .map(|(name, value)| {
        (SET_COOKIE, format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}"))
    });
    (AppendHeaders(cookies.collect::<Vec<_>>()), told(&back, "preferences-kept")).into_response()
}

/// The columns that a form chooses, as they are written; none where it is about something else. No column chosen, and
/// the usual ones asked for, are the usual ones.
fn columns(form: &Form) -> Option<String> {
    if form.one("usual_columns").is_some() {
        return Some(FindingColumn::written(FindingColumn::USUAL));
    }
    form.one("columns")?;
    let chosen = FindingColumn::read(form.all("columns")).unwrap_or_default();
    Some(FindingColumn::written(if chosen.is_empty() { FindingColumn::USUAL } else { &chosen }))
}

/// The address of a list with these columns.
fn with_columns(address: &str, columns: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let rest = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "columns");
    let query =
        form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).append_pair("columns", columns).finish();
    format!("{path}?{query}")
}
