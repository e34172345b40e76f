//! Requests to answers: who asks, what fault is on, which resource is meant.

use super::{
    Fault, discovery,
    list::{self, Wanted},
    resources::{Resource, by_plural},
    state::Shared,
    status,
};
use crate::trouble::{self, Trouble};
use axum::{
    Json, Router,
    body::{Body, HttpBody as _, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use http::{HeaderValue, Method, header, request::Parts};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(answer).with_state(shared)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    shared.log(format!("{} {}", parts.method, parts.uri));
    let plural = plural_of(parts.uri.path());
    let answered = Answering::begin(&shared, parts.uri.query().is_some_and(|query| query.contains("limit=")));
    let fault = shared.strike(plural.unwrap_or("*"));
    let mut answer = if shared.away() {
        trouble::apply(&Trouble::Refuse, std::future::pending()).await
    } else {
        match &fault {
            Some(Fault::Trouble(trouble)) => trouble::apply(trouble, right(&shared, &parts, body, None)).await,
            fault => right(&shared, &parts, body, fault.as_ref()).await,
        }
    };
    if shared.comes_and_goes() {
        // Nobody keeps a connection over a line that fails; a kept one would fail otherwise than a new one.
        answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    if let Ok(date) = HeaderValue::from_str(&date(&shared)) {
        answer.headers_mut().insert(header::DATE, date);
    }
    answered.end(&answer);
    answer
}

/// A request that is being answered; it ends also where whoever asked has gone.
struct Answering<'a> {
    shared: &'a Shared,
    is_list: bool,
    bytes: u64,
}

impl<'a> Answering<'a> {
    fn begin(shared: &'a Shared, is_list: bool) -> Self {
        shared.state().counted.begin(is_list);
        Self { shared, is_list, bytes: 0 }
    }

    fn end(mut self, answer: &Response) {
        self.bytes = answer.body().size_hint().exact().unwrap_or_default();
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        self.shared.state().counted.end(self.is_list, self.bytes);
    }
}

/// The server's own time, as HTTP writes it.
fn date(shared: &Shared) -> String {
    let skew = TimeDelta::seconds(shared.state().skew_seconds);
    (shared.settings.now.get() + skew).format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The answer without trouble on the way.
async fn right(shared: &Shared, parts: &Parts, body: Body, fault: Option<&Fault>) -> Response {
    let token = format!("Bearer {}", shared.state().token);
    let authorised = parts.headers.get(header::AUTHORIZATION).is_some_and(|value| value.as_bytes() == token.as_bytes());
    if !authorised || fault == Some(&Fault::Unauthorized) {
        return status::unauthorized();
    }
    match fault {
        Some(Fault::Unavailable) => return status::unavailable(),
        Some(Fault::InternalError) => return status::internal_error(),
        Some(Fault::TooManyRequests(seconds)) => return status::too_many_requests(*seconds),
        _ => {}
    }
    let path: Vec<&str> = parts.uri.path().split('/').filter(|segment| !segment.is_empty()).collect();
    if parts.method == Method::POST {
        return review(shared, &path, body).await;
    }
    if parts.method != Method::GET {
        return status::failure(
            http::StatusCode::METHOD_NOT_ALLOWED,
            "MethodNotAllowed",
            "the server only reads",
            &json!({}),
        );
    }
    get(shared, parts, &path, fault)
}

fn get(shared: &Shared, parts: &Parts, path: &[&str], fault: Option<&Fault>) -> Response {
    let world = shared.world(shared.resource_version());
    match path {
        ["version"] => Json(version(&shared.version())).into_response(),
        ["healthz" | "livez" | "readyz"] => "ok".into_response(),
        ["api"] => discovery::roots(shared, &world, true, &parts.headers),
        ["apis"] => discovery::roots(shared, &world, false, &parts.headers),
        ["api", "v1"] => discovery::of_group(shared, &world, "", "v1").unwrap_or_else(status::no_such_page),
        ["apis", group, version] => {
            discovery::of_group(shared, &world, group, version).unwrap_or_else(status::no_such_page)
        }
        ["api", version, rest @ ..] => read(shared, parts, ("", version), rest, fault),
        ["apis", group, version, rest @ ..] => read(shared, parts, (group, version), rest, fault),
        _ => status::no_such_page(),
    }
}

/// A list or an object, where that is served and allowed.
fn read(shared: &Shared, parts: &Parts, group: (&str, &str), rest: &[&str], fault: Option<&Fault>) -> Response {
    let (namespace, plural, name, is_log) = match rest {
        ["namespaces", namespace, "pods", name, "log"] => (Some(*namespace), "pods", Some(*name), true),
        ["namespaces", namespace, plural] => (Some(*namespace), *plural, None, false),
        ["namespaces", namespace, plural, name] => (Some(*namespace), *plural, Some(*name), false),
        [plural] => (None, *plural, None, false),
        [plural, name] => (None, *plural, Some(*name), false),
        _ => return status::no_such_page(),
    };
    let world = shared.world(shared.resource_version());
    if !discovery::served(shared, &world).any(|r| (r.group, r.version) == group) && fault != Some(&Fault::Absent) {
        return status::no_such_page();
    }
    let known = by_plural(plural)
        .filter(|r| (r.group, r.version) == group && world.serves(plural) && fault != Some(&Fault::Absent));
    let Some(resource) = known else { return status::no_such_resource() };
    if fault == Some(&Fault::Forbidden) || shared.withheld(plural) {
        return status::forbidden(resource, if name.is_some() { "get" } else { "list" });
    }
    let query: HashMap<String, String> =
        url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let wanted = Wanted { resource, namespace, query: &query };
    match name {
        Some(name) if is_log => list::log(shared, &wanted, name),
        Some(name) => list::one(shared, &wanted, name, &parts.headers),
        None => list::page(shared, &wanted, &parts.headers, fault),
    }
}

/// The plural in a path, for faults of one resource.
fn plural_of(path: &str) -> Option<&str> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let (["api", _, rest @ ..] | ["apis", _, _, rest @ ..]) = segments.as_slice() else { return None };
    match rest {
        ["namespaces", _, plural, ..] | [plural, ..] => Some(plural),
        [] => None,
    }
}

fn version(version: &str) -> Value {
    let mut numbers = version.split('.');
    json!({
        "major": numbers.next().unwrap_or("1"),
        "minor": numbers.next().unwrap_or("33"),
        "gitVersion": format!("v{version}"),
        "gitCommit": "0000000000000000000000000000000000000000",
        "gitTreeState": "clean",
        "buildDate": "2025-08-13T14:10:36Z",
        "goVersion": "go1.24.5",
        "compiler": "gc",
        "platform": "linux/amd64",
    })
}

/// A `SelfSubjectAccessReview`, which only asks and changes nothing.
async fn review(shared: &Shared, path: &[&str], body: Body) -> Response {
    if path != ["apis", "authorization.k8s.io", "v1", "selfsubjectaccessreviews"] {
        return status::failure(
            http::StatusCode::METHOD_NOT_ALLOWED,
            "MethodNotAllowed",
            "the server only reads",
            &json!({}),
        );
    }
    let body = to_bytes(body, 64 * 1024).await.unwrap_or_default();
    let mut review: Value = serde_json::from_slice(&body).unwrap_or_default();
    let plural = review["spec"]["resourceAttributes"]["resource"].as_str().unwrap_or_default().to_owned();
    let known: Option<&'static Resource> = by_plural(&plural);
    let allowed = known.is_some() && !shared.withheld(&plural) && shared.fault_of(&plural) != Some(Fault::Forbidden);
    review["kind"] = "SelfSubjectAccessReview".into();
    review["apiVersion"] = "authorization.k8s.io/v1".into();
    review["status"] = json!({ "allowed": allowed });
    (http::StatusCode::CREATED, Json(review)).into_response()
}
