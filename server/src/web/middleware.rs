//! What every request passes, known route or not: id, log line, limits, headers.

use super::{csrf, errors, headers, intake};
use crate::{app::App, error::Error};
use axum::{
    Router,
    extract::{FromRequestParts, Request},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, request::Parts};
use std::{any::Any, convert::Infallible, time::Duration};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};
use tracing::Instrument;
use uuid::Uuid;

/// How long a request may take until its answer begins. Packs are built in the background, so nothing needs more.
const TIMEOUT: Duration = Duration::from_secs(30);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: on its log lines, in its answer's `x-request-id`, and on its error page.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Self>().map_or(Uuid::nil(), |id| id.0)))
    }
}

/// Puts the layers around the routes; the last here is the outermost.
pub(super) fn around(router: Router<App>, app: &App) -> Router<App> {
    router
        .layer(from_fn_with_state(app.clone(), csrf::protect))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, TIMEOUT))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(app.clone(), errors::present))
        // Leaves event streams alone, and what is small or compressed already.
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), headers::secure))
        .layer(from_fn(identify))
}

/// Names the request, and writes its log line. The query is never logged: at the callback it holds the code.
async fn identify(mut request: Request, next: Next) -> Response {
    // Always our own: an id from outside could be made to collide, or to forge log lines.
    let id = RequestId(Uuid::now_v7());
    request.extensions_mut().insert(id);
    // Before anything can write the path down.
    intake::hide_token(&mut request);
    let span = tracing::info_span!("request", id = %id.0, method = %request.method(), path = request.uri().path());
    async move {
        let begun = tokio::time::Instant::now();
        let mut response = next.run(request).await;
        tracing::info!(status = response.status().as_u16(), milliseconds = begun.elapsed().as_millis(), "answered");
        if let Ok(value) = HeaderValue::from_str(&id.0.to_string()) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
    .instrument(span)
    .await
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Error::Internal(anyhow::anyhow!("a handler panicked: {}", text.unwrap_or("no text"))).into_response()
}
