//! The one layer that decides who may use a route.
//!
//! Reads the session (one query a request) and puts the [`Visitor`] into the request. A route never runs for
//! somebody who may not use it, and a handler never asks again.

use super::{
    Reading,
    instant::{self, Standing},
    intake::presented,
    route::Kind,
};
use crate::{
    app::App,
    auth::{Visitor, session},
    error::{Error, Result},
    intake, ledger,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, LOCATION},
};
use model::{
    ids::PersonId,
    role::{Permission, Role, allows},
};
use serde::Serialize;

/// What a row asks for.
#[derive(Clone)]
pub(super) struct Guard {
    pub app: App,
    pub permission: Permission,
    pub kind: Kind,
}

/// Lets a request through, or answers it.
pub(super) async fn authorise(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let admitted = admit(&guard, &mut request).await;
    let visitor = request.extensions().get::<Visitor>().cloned();
    let mut response = match admitted {
        Ok(()) => {
            let seen = seen_by_auditor(&guard, &request, visitor.as_ref());
            match stand_in_time(&guard, &mut request).await {
                Ok(None) => {
                    let standing = request.extensions().get::<Standing>().cloned();
                    let mut response = next.run(request).await;
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
        if guard.kind == Kind::Stream {
            response = session::ends_with(&guard.app, visitor.session, response);
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

/// Reads the instant that is asked about, and refuses to change what is over.
async fn stand_in_time(guard: &Guard, request: &mut Request) -> Result<Option<Response>> {
    let Guard { app, permission, kind } = guard;
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
        return Ok(());
    }
    if guard.permission == Permission::Intake {
        let (token, source) = presented(request);
        let sender = intake::sender(&guard.app, token.as_deref(), &source).await?;
        request.extensions_mut().insert(sender);
        return Ok(());
    }
    let keeps_alive = guard.kind == Kind::Page || writes(request.method());
    let visitor = session::visitor(&guard.app, request.headers(), keeps_alive).await?.ok_or(Error::LoginRequired)?;
    let may = allows(&visitor.roles, guard.permission);
    if !may {
        tracing::warn!(person = %visitor.person, permission = %guard.permission, "access refused");
    }
    request.extensions_mut().insert(visitor);
    if may { Ok(()) } else { Err(Error::Forbidden(guard.permission)) }
}

/// What an auditor asks to see, for the ledger: auditors come from outside, and what they were shown must be known.
fn seen_by_auditor(guard: &Guard, request: &Request, visitor: Option<&Visitor>) -> Option<(Visitor, String)> {
    let shows = matches!(guard.kind, Kind::Page | Kind::Api) && !writes(request.method());
    let visitor = visitor.filter(|visitor| shows && visitor.roles.contains(&Role::Auditor))?;
    let path = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    Some((visitor.clone(), path.chars().take(LONGEST_PATH).collect()))
}

/// An answer that cannot be recorded is not given.
async fn record_view(guard: &Guard, seen: Option<(Visitor, String)>, response: Response) -> Response {
    let Some((visitor, path)) = seen.filter(|_| response.status().is_success()) else { return response };
    let entry = View { person: visitor.person, path: &path };
    let recorded = async {
        let mut transaction = guard.app.db.begin().await?;
        ledger::append(&mut transaction, guard.app.clock.now(), &visitor.name, "view", &entry).await?;
        transaction.commit().await
    };
    match recorded.await {
        Ok(()) => response,
        Err(error) => Error::from(error).into_response(),
    }
}

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
