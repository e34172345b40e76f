//! `Idempotency-Key` on writes of the API: the same request under the same key has one effect and one answer.

use crate::{
    app::App,
    auth::Visitor,
    error::{Error, Result},
    idempotency::{self, Answer, Claim, Turn},
};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use sha2::{Digest, Sha256};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer is one that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Bytes of an answer at most; writes answer with an id or two.
const LARGEST: usize = 1024 * 1024;

/// The key that a request brings, if any.
///
/// # Errors
/// [`Error::Invalid`] for what can be none.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<String>> {
    let mut values = headers.get_all(KEY).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    if values.next().is_some() || !idempotency::is_key(text) {
        return Err(Error::Invalid { key: "error-idempotency-key", value: text.to_owned() });
    }
    Ok(Some(text.to_owned()))
}

/// Runs a write once for its key.
pub(super) async fn once(app: &App, visitor: &Visitor, key: String, request: Request, next: Next) -> Result<Response> {
    let (parts, body) = request.into_parts();
    // The limit of the route's own layer holds here too.
    // The route's own limit bounds it already.
    let body = to_bytes(body, usize::MAX).await.map_err(|_| Error::TooLarge)?;
    let asked = parts.uri.path_and_query().map_or("", http::uri::PathAndQuery::as_str);
    let mut digest = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), asked.as_bytes(), &body] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let claim = Claim { sender: visitor.sender(), key, request: digest.finalize().into() };
    match idempotency::claim(&app.db, &claim, app.clock.now()).await? {
        Turn::Again(answer) => Ok(replayed(answer)),
        Turn::First => {
            let (app, request) = (app.clone(), Request::from_parts(parts, Body::from(body)));
            // Of its own, so that it comes to its end when the sender goes away.
            tokio::spawn(async move { first(&app, &claim, next.run(request).await).await })
                .await
                .map_err(|error| Error::Internal(error.into()))?
        }
    }
}

async fn first(app: &App, claim: &Claim, response: Response) -> Result<Response> {
    if !response.status().is_success() {
        idempotency::release(&app.db, claim).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LARGEST).await.map_err(|error| Error::Internal(error.into()))?;
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
    let answer = Answer { status: parts.status.as_u16(), content_type, body: body.to_vec() };
    idempotency::finish(&app.db, claim, &answer).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn replayed(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body).into_response();
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response.headers_mut().remove(CONTENT_TYPE);
    if let Some(value) = answer.content_type.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}
