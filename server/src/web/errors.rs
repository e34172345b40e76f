//! Turns what went wrong into an answer: a page for people, JSON for programs, always with the request id.
//!
//! Never shows the text of an internal error or of the identity provider.

use super::{
    Reading, calendar,
    instant::Standing,
    render,
    route::{INTAKE, Kind},
};
use crate::{
    app::App,
    auth::Visitor,
    error::{Error, Fault},
};
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use frontend::{i18n::Locale, pages::error::ErrorPage};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
};
use leptos::prelude::*;
use model::{errors::ErrorWord, role::Permission};
use serde::Serialize;

/// What is told of an error. It travels in the answer's extensions until [`present`] words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The status.
    pub status: StatusCode,
    /// Its word.
    pub word: ErrorWord,
    /// A further sentence: its key, and the value in it.
    pub detail: Option<(&'static str, String)>,
    /// A number that the further sentence has besides, as `number`.
    pub number: Option<i64>,
    /// The groups that a person without a role came with.
    pub groups: Option<Vec<String>>,
    /// Seconds to wait.
    pub retry_after: Option<u64>,
    /// What is wrong within a body, and where.
    pub faults: Vec<Fault>,
}

impl Failure {
    const fn new(status: StatusCode, word: ErrorWord) -> Self {
        Self { status, word, detail: None, number: None, groups: None, retry_after: None, faults: Vec::new() }
    }

    /// For an answer that a library gave without an [`Error`] of ours.
    fn of_status(status: StatusCode) -> Self {
        let word = match status {
            StatusCode::NOT_FOUND => ErrorWord::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => ErrorWord::MethodNotAllowed,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorWord::UnsupportedMediaType,
            StatusCode::PAYLOAD_TOO_LARGE => ErrorWord::TooLarge,
            StatusCode::GATEWAY_TIMEOUT => ErrorWord::Timeout,
            _ if status.is_client_error() => ErrorWord::Unreadable,
            _ => ErrorWord::Internal,
        };
        Self::new(status, word)
    }
}

/// The value of a request that an error repeats, cut to what helps.
const VALUE_SHOWN: usize = 200;

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        match error {
            Error::LoginRequired => Self::new(StatusCode::UNAUTHORIZED, ErrorWord::LoginRequired),
            Error::LoginFailed(failure) => {
                let (status, word) = failure.answer();
                Self { groups: failure.groups_seen(), ..Self::new(status, word) }
            }
            Error::Forbidden(permission) => Self {
                detail: Some((may_key(*permission), String::new())),
                ..Self::new(StatusCode::FORBIDDEN, ErrorWord::Forbidden)
            },
            Error::Token(fault) => Self {
                detail: Some((fault.key(), String::new())),
                ..Self::new(StatusCode::UNAUTHORIZED, ErrorWord::TokenRefused)
            },
            Error::ApiToken(fault) => Self {
                detail: Some((fault.key(), String::new())),
                ..Self::new(StatusCode::UNAUTHORIZED, ErrorWord::TokenRefused)
            },
            Error::TokenElsewhere => Self {
                detail: Some(("error-token-elsewhere", String::new())),
                ..Self::new(StatusCode::FORBIDDEN, ErrorWord::Forbidden)
            },
            Error::TokenLimited { key, value } => {
                Self { detail: Some((key, value.clone())), ..Self::new(StatusCode::FORBIDDEN, ErrorWord::Forbidden) }
            }
            Error::KeyReused => Self {
                detail: Some(("error-idempotency-reused", String::new())),
                ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, ErrorWord::Invalid)
            },
            Error::Unusable(faults) => {
                Self { faults: faults.clone(), ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, ErrorWord::Unusable) }
            }
            Error::TooLong { mebibytes } => Self {
                detail: Some(("error-too-large-intake", mebibytes.to_string())),
                ..Self::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorWord::TooLarge)
            },
            Error::CrossSite => Self::new(StatusCode::FORBIDDEN, ErrorWord::CrossSite),
            Error::NotFound => Self::new(StatusCode::NOT_FOUND, ErrorWord::NotFound),
            Error::MethodNotAllowed => Self::new(StatusCode::METHOD_NOT_ALLOWED, ErrorWord::MethodNotAllowed),
            Error::UnsupportedMedia => Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorWord::UnsupportedMediaType),
            Error::TooLarge => Self::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorWord::TooLarge),
            Error::Invalid { key, value } => Self {
                detail: Some((key, value.chars().take(VALUE_SHOWN).collect())),
                ..Self::new(StatusCode::BAD_REQUEST, ErrorWord::Invalid)
            },
            Error::Instant { word, key, value } => Self {
                detail: Some((key, value.chars().take(VALUE_SHOWN).collect())),
                ..Self::new(StatusCode::BAD_REQUEST, *word)
            },
            Error::NotRetained { from, months } => Self {
                detail: Some(("error-not-retained-from", Locale::in_address(*from))),
                number: Some(i64::from(*months)),
                ..Self::new(StatusCode::GONE, ErrorWord::NotRetained)
            },
            Error::Past => Self::new(StatusCode::CONFLICT, ErrorWord::Past),
            Error::Conflict { key } => {
                Self { detail: Some((key, String::new())), ..Self::new(StatusCode::CONFLICT, ErrorWord::Conflict) }
            }
            Error::RateLimited { retry_after } => Self {
                retry_after: Some(*retry_after),
                ..Self::new(StatusCode::TOO_MANY_REQUESTS, ErrorWord::RateLimited)
            },
            Error::DatabaseAway(_) => {
                Self { retry_after: Some(10), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorWord::DatabaseAway) }
            }
            Error::Internal(_) => Self::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorWord::Internal),
        }
    }
}

/// The key of the sentence that says what a permission would allow, and to whom it is given.
const fn may_key(permission: Permission) -> &'static str {
    match permission {
        Permission::Public | Permission::View => "error-forbidden-view",
        Permission::Subscribe => "error-forbidden-subscribe",
        Permission::Decide => "error-forbidden-decide",
        Permission::Approve => "error-forbidden-approve",
        Permission::Review => "error-forbidden-review",
        Permission::CreatePack => "error-forbidden-create-pack",
        Permission::DownloadPack => "error-forbidden-download-pack",
        Permission::Administer => "error-forbidden-administer",
        Permission::ReadLedger => "error-forbidden-read-ledger",
        Permission::ManageTokens => "error-forbidden-manage-tokens",
        Permission::KeepViews => "error-forbidden-keep-views",
        Permission::Intake => "error-forbidden-intake",
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match &self {
            Self::Internal(cause) => tracing::error!(error = format!("{cause:#}"), "a request failed"),
            Self::DatabaseAway(cause) => tracing::error!(error = %cause, "the database is away"),
            _ => {}
        }
        let failure = Failure::from(&self);
        let mut response = failure.status.into_response();
        if let Some(seconds) = failure.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(failure);
        response
    }
}

/// The layer that words errors: ours, and those that libraries answer with bare text.
pub(super) async fn present(State(app): State<App>, request: Request, next: Next) -> Response {
    let reading = Reading::of(&app, &request);
    let path = request.uri().path();
    let (under_api, under_intake) = (path.starts_with("/api/"), path.starts_with(INTAKE));
    let is_feed = path == calendar::PATH;
    let response = next.run(request).await;
    let Some(failure) = failure_of(&response) else { return response };
    let for_programs = match response.extensions().get::<Kind>() {
        Some(kind) => matches!(kind, Kind::Api | Kind::Stream),
        None => under_api,
    };
    let visitor = response.extensions().get::<Visitor>();
    let standing = response.extensions().get::<Standing>();
    let mut worded = if under_intake {
        problem(&reading, &failure)
    } else if for_programs {
        json(&reading, &failure)
    } else {
        page(&app, reading, visitor, standing, &failure)
    };
    if under_api && failure.status == StatusCode::UNAUTHORIZED {
        worded.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        if is_feed {
            // Who reads feeds asks for a name and a password only where it is told to.
            worded.headers_mut().append(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"Bevis\""));
        }
    }
    *worded.status_mut() = failure.status;
    worded.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in response.headers() {
        // `Allow`, `Retry-After`, `Set-Cookie` and the like stay; what described the old body goes.
        if ![CONTENT_TYPE, CONTENT_LENGTH, CACHE_CONTROL].contains(name) {
            worded.headers_mut().append(name, value.clone());
        }
    }
    worded
}

fn failure_of(response: &Response) -> Option<Failure> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    if let Some(failure) = response.extensions().get::<Failure>() {
        return Some(failure.clone());
    }
    let is_bare = response
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|value| value.to_str().is_ok_and(|value| value.starts_with("text/plain")));
    is_bare.then(|| Failure::of_status(status))
}

/// The body of every error of the API.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ErrorBody {
    /// The error.
    pub error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ErrorDetail {
    /// A word for programs, as `not-found`.
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// The id under which the log has the request.
    pub request_id: String,
}

fn detail(locale: Locale, failure: &Failure) -> Option<String> {
    let (key, value) = failure.detail.as_ref()?;
    let mut named = vec![("value", value.into())];
    named.extend(failure.number.map(|number| ("number", number.into())));
    Some(locale.tx(key, &named))
}

fn json(reading: &Reading, failure: &Failure) -> Response {
    let text = || reading.locale.t(&format!("error-{}-text", failure.word));
    let message = detail(reading.locale, failure).unwrap_or_else(text);
    let error = ErrorDetail { code: failure.word.to_string(), message, request_id: reading.request_id.clone() };
    let of_instant = matches!(
        failure.word,
        ErrorWord::AsOfAhead
            | ErrorWord::AsOfSkipped
            | ErrorWord::AsOfUnreadable
            | ErrorWord::PeriodAhead
            | ErrorWord::PeriodReversed
    );
    if of_instant || failure.status == StatusCode::GONE {
        let body = InstantProblem { problem: problem_of(reading, failure), error };
        return ([(CONTENT_TYPE, HeaderValue::from_static(PROBLEM))], serde_json::to_string(&body).unwrap_or_default())
            .into_response();
    }
    Json(ErrorBody { error }).into_response()
}

/// What the API says of an instant that it cannot speak of: a problem document that is an error of the API as well.
#[derive(Serialize)]
struct InstantProblem<'a> {
    #[serde(flatten)]
    problem: Problem<'a>,
    error: ErrorDetail,
}

const PROBLEM: &str = "application/problem+json";

/// A problem document (RFC 9457).
#[derive(Serialize)]
struct Problem<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// The id under which the log has the request.
    instance: String,
    #[serde(skip_serializing_if = "<[Fault]>::is_empty")]
    errors: &'a [Fault],
}

fn problem_of<'a>(reading: &Reading, failure: &'a Failure) -> Problem<'a> {
    let word = failure.word;
    let detail = detail(reading.locale, failure).unwrap_or_else(|| reading.locale.t(&format!("error-{word}-text")));
    Problem {
        r#type: format!("urn:bevis:problem:{word}"),
        title: reading.locale.t(&format!("error-{word}-title")),
        status: failure.status.as_u16(),
        detail,
        instance: format!("urn:uuid:{}", reading.request_id),
        errors: &failure.faults,
    }
}

fn problem(reading: &Reading, failure: &Failure) -> Response {
    let mut response = Json(problem_of(reading, failure)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
    if failure.status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn page(
    app: &App,
    reading: Reading,
    visitor: Option<&Visitor>,
    standing: Option<&Standing>,
    failure: &Failure,
) -> Response {
    let (word, groups, detail) = (failure.word, failure.groups.clone(), detail(reading.locale, failure));
    let title = reading.locale.t(&format!("error-{word}-title"));
    let context = match standing {
        Some(Standing { at, moment, address: _ }) => reading.standing(visitor, *at, moment.clone()),
        None => reading.context(visitor, app.clock.now()),
    };
    render::page(context, title, move || view! { <ErrorPage word=word detail=detail groups=groups /> })
}
