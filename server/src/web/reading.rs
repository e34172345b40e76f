//! How the person behind a request reads: language, time zone, colours. And where they are.

use super::{RequestId, instant::Standing};
use crate::{
    app::App,
    auth::{Visitor, cookie},
    catalogues,
};
use axum::extract::{FromRequestParts, Request};
use frontend::{
    context::{Moment, PageContext, Reader, Theme},
    i18n::{Language, Locale},
};
use http::{Extensions, HeaderMap, Method, Uri, header::ACCEPT_LANGUAGE, request::Parts};
use model::Instant;
use std::convert::Infallible;

/// The cookie with the language that somebody chose; else the browser's wish counts, else the configuration.
pub const LANGUAGE: &str = "bevis_language";
/// The cookie with the colours.
pub const THEME: &str = "bevis_theme";
/// The cookie with the time zone.
pub const TIME_ZONE: &str = "bevis_time_zone";

/// The cookie with the columns of lists of findings.
pub const COLUMNS: &str = "bevis_columns";
/// The cookie that says whether single keys are shortcuts; `off` where they are not.
pub const SHORTCUTS: &str = "bevis_shortcuts";

/// What a request tells of its reader, whether or not they are logged in.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Language and time zone.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// Whether single keys are shortcuts.
    pub shortcuts: bool,
    /// The page asked for, with its query; the first page where a form was sent or somebody logs in.
    pub path: String,
    /// The id of the request.
    pub request_id: String,
}

impl Reading {
    /// Of a request that is still whole.
    pub fn of(app: &App, request: &Request) -> Self {
        read(app, request.method(), request.uri(), request.headers(), request.extensions())
    }

    /// The frame of a page for this reader.
    pub fn context(self, visitor: Option<&Visitor>, as_of: Instant) -> PageContext {
        let catalogue = Some(catalogues::current().simple().to_string());
        self.standing(visitor, as_of, Moment { catalogue, ..Moment::default() })
    }

    /// The frame of a page that stands somewhere in time.
    pub(super) fn standing(self, visitor: Option<&Visitor>, as_of: Instant, moment: Moment) -> PageContext {
        PageContext {
            locale: self.locale,
            theme: self.theme,
            shortcuts: self.shortcuts,
            visitor: visitor.map(|visitor| Reader { name: visitor.name.clone(), roles: visitor.roles.clone() }),
            path: self.path,
            as_of,
            request_id: self.request_id,
            notice: None,
            moment,
        }
    }
}

impl FromRequestParts<App> for Reading {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(read(app, &parts.method, &parts.uri, &parts.headers, &parts.extensions))
    }
}

fn read(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> Reading {
    let wished = || headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Language::accepted);
    let language = cookie::value(headers, LANGUAGE)
        .and_then(|tag| tag.parse().ok())
        .or_else(wished)
        .or_else(|| app.config.language.parse().ok())
        .unwrap_or_default();
    let time_zone =
        cookie::value(headers, TIME_ZONE).and_then(|name| name.parse().ok()).unwrap_or(app.config.time_zone);
    // Not a step of logging in: nobody wants to come back to it, and its query is a secret.
    let is_page = method.is_safe() && !uri.path().starts_with("/auth/");
    let asked = || uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let here = extensions.get::<Standing>().map_or_else(asked, |standing| standing.address.as_str());
    let here = if is_page { here } else { "/" };
    Reading {
        locale: Locale::new(language, time_zone),
        theme: cookie::value(headers, THEME).and_then(Theme::read).unwrap_or_default(),
        shortcuts: cookie::value(headers, SHORTCUTS).is_none_or(|value| value != "off"),
        path: here.to_owned(),
        request_id: extensions.get::<RequestId>().map(|id| id.0.to_string()).unwrap_or_default(),
    }
}
