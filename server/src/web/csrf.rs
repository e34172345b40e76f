//! Refuses what another site makes a browser send, by the browser's own word (fetch metadata), else by Origin.
//!
//! There are no tokens in forms: see `docs/decisions`. `same-site` is refused like `cross-site`, because two ports
//! of one host are the same site and share cookies.

use super::{guard, route::INTAKE};
use crate::{
    app::App,
    auth::cookie,
    error::{Error, Result},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, header::ORIGIN};

/// The layer: refuses before any work is done.
pub async fn protect(State(app): State<App>, request: Request, next: Next) -> Response {
    let by_bearer = guard::by_token(&request) && !guard::is_basic(request.headers());
    if request.uri().path().starts_with(INTAKE) || by_bearer {
        // No cookie is read there: a browser that another site sends brings nothing that opens anything.
        return next.run(request).await;
    }
    match check(request.method(), request.headers(), &app.config.public_url.origin().ascii_serialization(), || {
        cookie::has_session(&app.config, request.headers())
    }) {
        Ok(()) => next.run(request).await,
        Err(error) => {
            tracing::warn!("cross-site request refused");
            error.into_response()
        }
    }
}

/// The rule itself. `public_origin` is ours by configuration; the Host header is never asked.
pub fn check(
    method: &Method,
    headers: &HeaderMap,
    public_origin: &str,
    has_session: impl FnOnce() -> bool,
) -> Result<()> {
    let site = one(headers, "sec-fetch-site")?;
    let allowed = if method.is_safe() {
        match site {
            None | Some("same-origin" | "none") => true,
            Some(_) => is_top_level_navigation(headers)?,
        }
    } else {
        match (site, one(headers, ORIGIN.as_str())?) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => origin == public_origin,
            // Neither header: not a browser of this decade. Harmless as long as it brings no session.
            (None, None) => !has_session(),
        }
    };
    if allowed { Ok(()) } else { Err(Error::CrossSite) }
}

/// A link or a redirect from elsewhere that opens a page; not a frame, a picture or a script's fetch.
fn is_top_level_navigation(headers: &HeaderMap) -> Result<bool> {
    let mode = one(headers, "sec-fetch-mode")?;
    let destination = one(headers, "sec-fetch-dest")?;
    Ok(mode == Some("navigate") && matches!(destination, None | Some("document")))
}

/// The value of a header that browsers send once; twice, or not text, is refused.
fn one<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Error::CrossSite),
        (Some(_), Some(_)) => Err(Error::CrossSite),
    }
}
