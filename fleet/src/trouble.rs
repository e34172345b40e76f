//! What can go wrong between a server and whoever asks it, whatever is being asked.

use axum::{
    body::{Body, Bytes, to_bytes},
    response::Response,
};
use futures::{StreamExt, stream};
use http::{HeaderValue, StatusCode, header};
use std::{io, time::Duration};

/// A way in which an HTTP server misbehaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// An error status with an empty body.
    Status(u16),
    /// 429 with `Retry-After` in seconds.
    TooManyRequests(u32),
    /// The right answer, late.
    Slow(Duration),
    /// Never an answer.
    Hang,
    /// 200 with a web page, as a captive portal or a misled proxy sends.
    Html,
    /// The right answer, cut in the middle.
    HalfBody,
    /// 200 and a body that never ends.
    Endless,
    /// A redirect elsewhere.
    Redirect(String),
    /// The connection is closed without an answer.
    Refuse,
}

/// The answer that trouble makes of the right one. Asks for the right one only where it is needed.
pub(crate) async fn apply(trouble: &Trouble, right: impl Future<Output = Response>) -> Response {
    match trouble {
        Trouble::Status(code) => {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = StatusCode::from_u16(*code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            answer
        }
        Trouble::TooManyRequests(seconds) => {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            answer
        }
        Trouble::Slow(by) => {
            tokio::time::sleep(*by).await;
            right.await
        }
        Trouble::Hang => std::future::pending().await,
        Trouble::Html => {
            with_type("text/html", Body::from("<!doctype html><title>Log in to the network</title><h1>Welcome</h1>"))
        }
        Trouble::HalfBody => half(right.await).await,
        Trouble::Endless => {
            let block = Bytes::from(vec![b' '; 64 * 1024]);
            let start = stream::iter([Ok::<_, io::Error>(Bytes::from_static(b"{\"items\":["))]);
            with_type(
                "application/json",
                Body::from_stream(start.chain(stream::repeat_with(move || Ok(block.clone())))),
            )
        }
        Trouble::Redirect(to) => {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = StatusCode::FOUND;
            answer
                .headers_mut()
                .insert(header::LOCATION, HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/")));
            answer
        }
        Trouble::Refuse => with_type("application/json", Body::from_stream(stream::iter([broken()]))),
    }
}

fn with_type(content_type: &'static str, body: Body) -> Response {
    let mut answer = Response::new(body);
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

fn broken() -> io::Result<Bytes> {
    Err(io::ErrorKind::ConnectionAborted.into())
}

/// Announces the whole and sends half of it before the connection breaks.
async fn half(right: Response) -> Response {
    let (mut parts, body) = right.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let first = whole.slice(..whole.len() / 2);
    // A pause lets the first half leave before the connection is given up.
    let end = stream::once(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        broken()
    });
    Response::from_parts(parts, Body::from_stream(stream::iter([Ok(first)]).chain(end)))
}
