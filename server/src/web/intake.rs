//! What clusters send: the token is taken out of the request, and the body is read within its limit.

use super::route::INTAKE;
use crate::{
    app::App,
    error::{Error, Result},
    intake::{self, Receipt, Sender},
};
use axum::{
    Extension, Json,
    body::{Body, HttpBody, to_bytes},
    extract::{RawQuery, Request, State},
};
use http::{
    HeaderMap, Uri,
    header::{AUTHORIZATION, CONTENT_ENCODING},
};
use http_body_util::LengthLimitError;

/// The token of a path, out of everybody's sight.
#[derive(Clone)]
struct Hidden(String);

/// Segments before the token: nothing, `intake`, the version and the source.
const BEFORE_TOKEN: usize = 4;

/// Takes a token out of the path, so that no log line, page or ledger entry can hold it. Routing is done by then.
pub(super) fn hide_token(request: &mut Request) {
    let uri = request.uri();
    let ours = uri.path().starts_with(INTAKE);
    let hides = |at: usize, part: &str| part.starts_with(intake::PREFIX) || (ours && at >= BEFORE_TOKEN);
    let mut hidden = None;
    let shown: Vec<&str> = uri
        .path()
        .split('/')
        .enumerate()
        .map(|(at, part)| {
            if !hides(at, part) {
                return part;
            }
            hidden.get_or_insert_with(|| Hidden(part.to_owned()));
            "-"
        })
        .collect();
    let Some(hidden) = hidden else { return };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    *request.uri_mut() = format!("{}{query}", shown.join("/")).parse().unwrap_or_else(|_| Uri::from_static("/-"));
    request.extensions_mut().insert(hidden);
}

/// The token that a request brings, in its header or else in its path, and the source that it is sent to.
pub(super) fn presented(request: &Request) -> (Option<String>, String) {
    let of_header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .map(|token| token.trim().to_owned());
    let token = of_header.or_else(|| request.extensions().get::<Hidden>().map(|hidden| hidden.0.clone()));
    let source = request.uri().path().split('/').nth(BEFORE_TOKEN - 1).unwrap_or_default();
    (token, source.to_owned())
}

/// `POST /intake/v1/{source}`: takes what is good of a body, and tells what is not. That a body was refused as a whole is
/// counted: what was in it is not known.
pub(super) async fn receive(
    State(app): State<App>,
    Extension(sender): Extension<Sender>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Receipt>> {
    let outcome = taken(&app, &sender, query.as_deref(), &headers, body).await;
    let to_note = match &outcome {
        Err(Error::RateLimited { .. }) => app.intake.notes_refusal(sender.token),
        Err(error) => is_refusal(error),
        Ok(_) => false,
    };
    if to_note {
        intake::note_refused(&app, &sender).await?;
    }
    outcome.map(Json)
}

/// Whether it is the body or its sender that is to blame; what failed here is sent again.
fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::UnsupportedMedia | Error::TooLong { .. } | Error::Unusable(_) | Error::Invalid { .. })
}

async fn taken(app: &App, sender: &Sender, query: Option<&str>, headers: &HeaderMap, body: Body) -> Result<Receipt> {
    app.intake.take(sender.token)?;
    if headers.get(CONTENT_ENCODING).is_some_and(|value| value != "identity") {
        return Err(Error::UnsupportedMedia);
    }
    let mebibytes = intake::largest_mebibytes(sender.source);
    let most = mebibytes << 20;
    if body.size_hint().lower() > most as u64 {
        return Err(Error::TooLong { mebibytes });
    }
    let body = to_bytes(body, most).await.map_err(|error| {
        let is_too_long = error.into_inner().is::<LengthLimitError>();
        // A sender that goes away reads no answer, and sends it again.
        if is_too_long { Error::TooLong { mebibytes } } else { Error::Internal(anyhow::anyhow!("a body broke off")) }
    })?;
    intake::receive(app, sender, node(query)?, body).await
}

/// The node that a report is about, as `?node=worker-1`: the output of kube-bench does not name it.
fn node(query: Option<&str>) -> Result<Option<String>> {
    let mut pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let Some((_, node)) = pairs.find(|(key, _)| key == "node") else { return Ok(None) };
    let is_name = |node: &str| {
        (1..=253).contains(&node.len())
            && node.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte))
    };
    if is_name(&node) {
        Ok(Some(node.into_owned()))
    } else {
        Err(Error::Invalid { key: "error-intake-node", value: node.into_owned() })
    }
}
