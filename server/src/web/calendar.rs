//! The answer that brings a calendar, for page and API.

use crate::acceptances;
use axum::response::{IntoResponse, Response};
use frontend::{i18n::Locale, parts::acceptance::scope_text};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use model::{Instant, views::AcceptanceRow};
use url::Url;

/// The calendar of acceptances, in the reader's language.
pub(super) fn answer(rows: &[AcceptanceRow], public_url: &Url, locale: Locale, at: Instant) -> Response {
    let title =
        |row: &AcceptanceRow| locale.tx("acceptances-calendar-event", &[("about", scope_text(locale, row).into())]);
    let text = acceptances::calendar(&locale.t("nav-acceptances"), rows, public_url, at, title);
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"acceptances.ics\""),
    ];
    (headers, text).into_response()
}

/// Where programs read the calendar, with a token as the password.
pub(super) const PATH: &str = "/api/v1/acceptances/calendar.ics";

/// The whole address of it.
pub(super) fn address(public_url: &Url) -> String {
    format!("{}{PATH}", public_url.as_str().trim_end_matches('/'))
}
