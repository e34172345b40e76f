//! The one layer that decides who may use a route.
//!
//! Reads the session (one query a request) and puts the [`Visitor`] into the request. A route never runs for
//! somebody who may not use it, and a handler never asks again.

use super::{
    Peer, Reading, calendar, idempotent,
    instant::{self, Standing},
    intake::presented,
    narrow,
    route::{Exports, Kind, Narrow},
};
use crate::{
    app::App,
    auth::{Credential, Visitor, session},
    error::{Error, Result},
    intake, ledger, tokens,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, LOCATION},
};
use model::{
    ids::PersonId,
    role::{Permission, Role},
};
use serde::Serialize;

/// What a row asks for.
#[derive(Clone)]
pub(super) struct Guard {
    pub app: App,
    pub permission: Permission,
    pub kind: Kind,
    pub narrow: Narrow,
    pub exports: Exports,
}

/// Lets a request through, or answers it.
pub(super) async fn authorise(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let admitted = admit(&guard, &mut request).await;
    let visitor = request.extensions().get::<Visitor>().cloned();
    let mut response = match admitted {
        Ok(()) => {
            let seen = seen(&guard, &request, visitor.as_ref());
            match stand_in_time(&guard, &mut request).await {
                Ok(None) => {
                    let standing = request.extensions().get::<Standing>().cloned();
                    let mut response = answer(&guard, visitor.as_ref(), request, next).await;
                    if let Some(past) = standing.as_ref().filter(|it| it.moment.past.is_some())
                        && guard.permission != Permission::Public
                        && let Err(error) = instant::still_told(&guard.app, past.at).await
                    {
                        response = error.into_response();
                    }
                    if let Some(standing) = standing {
                        response.extensions_mut().insert(standing);
                    }
                    record_view(&guard, seen, response).await
                }
                Ok(Some(elsewhere)) => elsewhere,
                Err(error) => error.into_response(),
            }
        }
        Err(Error::LoginRequired) if wants_login_page(guard.kind, &request) => to_login(&request),
        Err(error) => error.into_response(),
    };
    if let Some(visitor) = visitor {
        if guard.kind == Kind::Stream
            && let Credential::Session(session) = visitor.credential
        {
            response = session::ends_with(&guard.app, session, response);
        }
        // For the frame of an error page.
        response.extensions_mut().insert(visitor);
    }
    response.extensions_mut().insert(guard.kind);
    if guard.kind != Kind::Asset {
        // What a session may see stays out of every cache, unless a handler knows better.
        response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// Runs the handler; once, where a write of the API brings a key.
async fn answer(guard: &Guard, visitor: Option<&Visitor>, request: Request, next: Next) -> Response {
    let key = match visitor {
        Some(_) if guard.kind == Kind::Api && writes(request.method()) => idempotent::key(request.headers()),
        _ => Ok(None),
    };
    match (key, visitor) {
        // Its answer would have to be kept, and a token is kept nowhere.
        (Ok(Some(key)), _) if guard.permission == Permission::ManageTokens => {
            Error::Invalid { key: "error-idempotency-tokens", value: key }.into_response()
        }
        (Ok(Some(key)), Some(visitor)) => {
            idempotent::once(&guard.app, visitor, key, request, next).await.unwrap_or_else(IntoResponse::into_response)
        }
        (Ok(_), _) => next.run(request).await,
        (Err(error), _) => error.into_response(),
    }
}

/// Whether a request of the API shows a token. No cookie of it is read then.
pub(super) fn by_token(request: &Request) -> bool {
    request.uri().path().starts_with("/api/v1/") && request.headers().contains_key(AUTHORIZATION)
}

/// Whether a token is shown as a password. Browsers keep those and send them along by themselves, so that only the feed for
/// calendars takes one, and what another site makes a browser send is refused there as anywhere.
pub(super) fn is_basic(headers: &HeaderMap) -> bool {
    headers
        .get_all(AUTHORIZATION)
        .iter()
        .any(|value| value.as_bytes().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"basic ")))
}

/// Who shows a token, as far as it reaches.
async fn by_token_admitted(guard: &Guard, request: &mut Request) -> Result<Visitor> {
    let mut values = request.headers().get_all(AUTHORIZATION).iter();
    let value = match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let value =
        if is_basic(request.headers()) && request.uri().path() != calendar::PATH { String::new() } else { value };
    let address = Peer::of(&guard.app, request).0.to_string();
    let visitor = tokens::admit(&guard.app, &value, &address).await?;
    if let Some(token) = visitor.token() {
        if !token.scopes.contains(&guard.permission) {
            let value = guard.permission.to_string();
            return Err(Error::TokenLimited { key: "error-token-scope", value });
        }
        narrow::to_clusters(&guard.app, guard.narrow, &visitor, request).await?;
    }
    Ok(visitor)
}

/// Reads the instant that is asked about, and refuses to change what is over.
async fn stand_in_time(guard: &Guard, request: &mut Request) -> Result<Option<Response>> {
    let Guard { app, permission, kind, .. } = guard;
    if writes(request.method()) {
        return instant::refuse_past(app, *kind, *permission, request).map(|()| None);
    }
    if !matches!(kind, Kind::Page | Kind::Api) {
        return Ok(None);
    }
    let locale = Reading::of(app, request).locale;
    instant::enter(app, *kind, *permission, locale, request).await
}

async fn admit(guard: &Guard, request: &mut Request) -> Result<()> {
    if guard.kind == Kind::Api && writes(request.method()) {
        require_json(request.headers())?;
    }
    if guard.permission == Permission::Public {
        // A page that anybody may see knows its reader all the same.
        if guard.kind == Kind::Page
            && !writes(request.method())
            && let Some(visitor) = session::visitor(&guard.app, request.headers(), true).await?
        {
            request.extensions_mut().insert(visitor);
        }
        return Ok(());
    }
    if guard.permission == Permission::Intake {
        let (token, source) = presented(request);
        let sender = intake::sender(&guard.app, token.as_deref(), &source).await?;
        request.extensions_mut().insert(sender);
        return Ok(());
    }
    let visitor = if guard.kind == Kind::Api && by_token(request) {
        by_token_admitted(guard, request).await?
    } else {
        let keeps_alive = guard.kind == Kind::Page || writes(request.method());
        session::visitor(&guard.app, request.headers(), keeps_alive).await?.ok_or(Error::LoginRequired)?
    };
    let may = visitor.may(guard.permission);
    if !may {
        tracing::warn!(person = %visitor.person, permission = %guard.permission, "access refused");
    }
    request.extensions_mut().insert(visitor);
    if may { Ok(()) } else { Err(Error::Forbidden(guard.permission)) }
}

/// What somebody asks to see, where it is to be in the ledger: data to take away; and everything that auditors see, who come
/// from outside, so that what they were shown must be known.
fn seen(guard: &Guard, request: &Request, visitor: Option<&Visitor>) -> Option<Seen> {
    let shows = matches!(guard.kind, Kind::Page | Kind::Api) && !writes(request.method());
    let visitor = visitor.filter(|_| shows)?;
    let is_auditor = visitor.roles.contains(&Role::Auditor);
    if guard.exports == Exports::Nothing && !is_auditor {
        return None;
    }
    let seldom = guard.exports == Exports::Feed && !is_auditor;
    let whole = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    // Of a feed that is read part by part, the parts are not told apart.
    let path = if seldom { request.uri().path() } else { whole };
    Some(Seen {
        visitor: visitor.clone(),
        action: if guard.exports == Exports::Nothing { "view" } else { "export" },
        path: path.chars().take(LONGEST_PATH).collect(),
        seldom,
    })
}

/// An answer that cannot be recorded is not given.
async fn record_view(guard: &Guard, seen: Option<Seen>, response: Response) -> Response {
    let Some(Seen { visitor, action, path, seldom }) = seen.filter(|_| response.status().is_success()) else {
        return response;
    };
    let entry = View { person: visitor.person, path: &path };
    let recorded = async {
        let (mut tx, at) = (guard.app.db.begin().await?, guard.app.clock.now());
        if seldom {
            ledger::append_seldom(&mut tx, at, FEEDS_RECORDED_EVERY, &visitor.name, action, &entry).await?;
        } else {
            ledger::append(&mut tx, at, &visitor.name, action, &entry).await?;
        }
        tx.commit().await
    };
    match recorded.await {
        Ok(()) => response,
        Err(error) => Error::from(error).into_response(),
    }
}

/// What is to be in the ledger of a request that only reads.
struct Seen {
    visitor: Visitor,
    action: &'static str,
    path: String,
    /// Whether it is recorded only where it was not of late.
    seldom: bool,
}

/// How often the ledger notes that somebody fetches a feed.
const FEEDS_RECORDED_EVERY: TimeDelta = TimeDelta::hours(1);

/// Characters of an address in the ledger.
const LONGEST_PATH: usize = 500;

#[derive(Serialize)]
struct View<'a> {
    person: PersonId,
    path: &'a str,
}

fn writes(method: &Method) -> bool {
    !method.is_safe()
}

/// A form of another site can send text and form fields without asking, but not JSON.
fn require_json(headers: &HeaderMap) -> Result<()> {
    let is_json = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"));
    if is_json { Ok(()) } else { Err(Error::UnsupportedMedia) }
}

fn wants_login_page(kind: Kind, request: &Request) -> bool {
    let accepts_html = request
        .headers()
        .get_all(ACCEPT)
        .iter()
        .any(|value| value.to_str().is_ok_and(|value| value.contains("text/html")));
    kind == Kind::Page && matches!(*request.method(), Method::GET | Method::HEAD) && accepts_html
}

fn to_login(request: &Request) -> Response {
    let asked = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("return_to", asked).finish();
    (StatusCode::SEE_OTHER, [(LOCATION, format!("/auth/login?{query}"))]).into_response()
}
