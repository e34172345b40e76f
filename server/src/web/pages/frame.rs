//! The frame of the page being answered, as an argument of its handler.

use crate::{
    app::App,
    auth::Visitor,
    web::{Reading, instant::Standing},
};
use axum::{extract::FromRequestParts, response::Redirect};
use frontend::{
    context::{Notice, PageContext},
    i18n::Locale,
};
use http::request::Parts;
use model::Instant;
use std::convert::Infallible;
use url::form_urlencoded;

/// Everything that a page knows besides its own props.
pub struct Frame {
    /// For the renderer.
    pub context: PageContext,
    /// The query, without its question mark and without the instant.
    pub query: String,
}

impl Frame {
    /// The instant that the page speaks of.
    pub fn at(&self) -> Instant {
        self.context.as_of
    }

    /// How the reader reads.
    pub fn locale(&self) -> Locale {
        self.context.locale
    }

    /// The first value of a parameter that has one.
    pub fn parameter(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.into_owned())
    }
}

impl FromRequestParts<App> for Frame {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let reading = Reading::from_request_parts(parts, app).await?;
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let visitor = parts.extensions.get::<Visitor>();
        let mut context = match parts.extensions.get::<Standing>() {
            Some(Standing { at, moment, address: _ }) => reading.standing(visitor, *at, moment.clone()),
            None => reading.context(visitor, app.clock.now()),
        };
        context.path = without_notice(&context.path);
        context.notice = form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "notice")
            .and_then(|(_, value)| Notice::read(&value));
        Ok(Self { context, query })
    }
}

/// Sends the browser on with a GET, to a page that tells what was done.
pub(super) fn told(path: &str, notice: &str) -> Redirect {
    let path = without_notice(path);
    let joint = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{joint}notice={notice}"))
}

/// An address without the notice of the last action.
fn without_notice(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "notice");
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_replaces_the_one_before() {
        let to = |path| {
            use axum::response::IntoResponse;
            told(path, "commented").into_response().headers()["location"].to_str().map(ToOwned::to_owned)
        };
        assert_eq!(to("/findings").as_deref().ok(), Some("/findings?notice=commented"));
        assert_eq!(to("/findings?text=a%26b&notice=x").as_deref().ok(), Some("/findings?text=a%26b&notice=commented"));
    }
}
