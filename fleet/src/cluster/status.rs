//! Answers that are a `Status`, in the words of a real API server.

use super::resources::Resource;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use serde_json::{Value, json};

/// Who asks, as a real server would call them.
const USER: &str = "system:serviceaccount:bevis:bevis";

/// A `Status` of failure.
pub(super) fn failure(code: StatusCode, reason: &str, message: &str, details: &Value) -> Response {
    let status = json!({
        "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
        "message": message, "reason": reason, "details": details, "code": code.as_u16(),
    });
    (code, Json(status)).into_response()
}

pub(super) fn unauthorized() -> Response {
    failure(StatusCode::UNAUTHORIZED, "Unauthorized", "Unauthorized", &Value::Null)
}

pub(super) fn forbidden(resource: &Resource, verb: &str) -> Response {
    let full = full_name(resource);
    let message = format!(
        "{full} is forbidden: User \"{USER}\" cannot {verb} resource \"{}\" in API group \"{}\" at the cluster scope",
        resource.plural, resource.group
    );
    failure(StatusCode::FORBIDDEN, "Forbidden", &message, &json!({ "group": resource.group, "kind": resource.plural }))
}

/// For a list of a resource that is not served.
pub(super) fn no_such_resource() -> Response {
    failure(StatusCode::NOT_FOUND, "NotFound", "the server could not find the requested resource", &json!({}))
}

/// For a group that is not served at all, which a real server answers in plain text.
pub(super) fn no_such_page() -> Response {
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "404 page not found\n")
        .into_response()
}

pub(super) fn no_such_object(resource: &Resource, name: &str) -> Response {
    let details = json!({ "name": name, "group": resource.group, "kind": resource.plural });
    failure(StatusCode::NOT_FOUND, "NotFound", &format!("{} \"{name}\" not found", full_name(resource)), &details)
}

/// With a fresh token that would go on from another state of the list, as a real server offers.
pub(super) fn expired(token: &str) -> Response {
    let message = "The provided continue parameter is too old to display a consistent list result. You can start a new list \
                   without the continue parameter, or use the continue token in this response to retrieve the remainder of the \
                   results. Continuing with the provided token results in an inconsistent list - objects that were created, \
                   modified, or deleted between the time the first chunk was returned and now may show up in the list.";
    let status = json!({
        "kind": "Status", "apiVersion": "v1", "metadata": { "continue": token }, "status": "Failure",
        "message": message, "reason": "Expired", "code": 410,
    });
    (StatusCode::GONE, Json(status)).into_response()
}

pub(super) fn unavailable() -> Response {
    failure(
        StatusCode::SERVICE_UNAVAILABLE,
        "ServiceUnavailable",
        "the server is currently unable to handle the request",
        &json!({}),
    )
}

pub(super) fn internal_error() -> Response {
    let message = "Internal error occurred: etcdserver: request timed out";
    failure(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalError",
        message,
        &json!({ "causes": [{ "message": "etcdserver: request timed out" }] }),
    )
}

pub(super) fn too_many_requests(seconds: u32) -> Response {
    let message = "Too many requests, please try again later.";
    let details = json!({ "retryAfterSeconds": seconds });
    let mut answer = failure(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", message, &details);
    answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    answer
}

fn full_name(resource: &Resource) -> String {
    if resource.group.is_empty() { resource.plural.into() } else { format!("{}.{}", resource.plural, resource.group) }
}
