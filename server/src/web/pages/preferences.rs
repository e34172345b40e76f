//! `/preferences`: language, colours, time zone and shortcuts of a browser, in cookies that mean nothing to access.

use super::{
    form::Form,
    frame::{Frame, told},
};
use crate::{
    app::App,
    web::{
        reading::{LANGUAGE, SHORTCUTS, THEME, TIME_ZONE},
        render,
    },
};
use axum::{
    extract::State,
    response::{AppendHeaders, IntoResponse, Response},
};
use chrono_tz::Tz;
use frontend::{context::Theme, i18n::Language, pages::preferences::PreferencesPage};
use http::header::SET_COOKIE;
use leptos::prelude::*;

/// GET `/preferences`
pub async fn show(frame: Frame) -> Response {
    let title = frame.locale().t("preferences-title");
    render::page(frame.context, title, || view! { <PreferencesPage /> })
}

/// POST `/preferences`: keeps what the form names, and comes back. What it does not name stays.
pub async fn keep(State(app): State<App>, form: Form) -> Response {
    let language = form.one("language").and_then(|tag| tag.parse::<Language>().ok()).map(Language::tag);
    let theme = form.one("theme").and_then(Theme::read).map(Theme::as_str);
    let zone = form.one("time_zone").and_then(|name| name.parse::<Tz>().ok()).map(Tz::name);
    let shortcuts = form.one("shortcuts").filter(|word| matches!(*word, "on" | "off"));
    let secure = if app.config.public_url.scheme() == "https" { "; Secure" } else { "" };
    let cookies = [(LANGUAGE, language), (THEME, theme), (TIME_ZONE, zone), (SHORTCUTS, shortcuts)]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)))
        .map(|(name, value)| {
            (SET_COOKIE, format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}"))
        });
    (AppendHeaders(cookies.collect::<Vec<_>>()), told(&form.back(&app, "/preferences"), "preferences-kept"))
        .into_response()
}
