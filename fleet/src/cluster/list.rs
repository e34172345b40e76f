//! Lists in pages, and single objects.

use super::{
    Fault, Resource,
    state::{Shared, at},
    status,
    world::Object,
};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use base64::Engine as _;
use chrono::TimeDelta;
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;

/// How long a continue token stays good: until etcd compacts.
const TOKEN_LIFE: TimeDelta = TimeDelta::minutes(5);

/// What a continue token holds, as in a real one.
#[derive(Deserialize, Serialize)]
struct Continue {
    v: String,
    rv: u64,
    start: usize,
}

/// Which objects are asked for.
pub(super) struct Wanted<'a> {
    pub(super) resource: &'static Resource,
    pub(super) namespace: Option<&'a str>,
    pub(super) query: &'a HashMap<String, String>,
}

/// `GET …/{plural}`.
pub(super) fn page(shared: &Shared, wanted: &Wanted<'_>, headers: &HeaderMap, fault: Option<&Fault>) -> Response {
    let limit =
        wanted.query.get("limit").and_then(|limit| limit.parse().ok()).filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let now = shared.resource_version();
    let (version, start) = match wanted.query.get("continue").filter(|token| !token.is_empty()).map(|token| read(token))
    {
        None => (now, 0),
        Some(None) => {
            let message = "continue key is not valid: illegal base64 data";
            return status::failure(StatusCode::BAD_REQUEST, "BadRequest", message, &json!({}));
        }
        Some(Some(token)) if fault == Some(&Fault::Expired) || at(now) - at(token.rv) > TOKEN_LIFE => {
            return status::expired(&write(now, token.start));
        }
        Some(Some(token)) => (token.rv, token.start),
    };
    let world = shared.world(version);
    let all: Vec<&Object> =
        world.list(wanted.resource.plural).iter().map(AsRef::as_ref).filter(|object| chosen(object, wanted)).collect();
    let end = start.saturating_add(limit).min(all.len());
    let left = all.len() - end;
    let metadata_only = accepts_metadata(headers) && fault != Some(&Fault::WholeObjects);
    let items = all.get(start..end).unwrap_or_default();
    let mut metadata = json!({ "resourceVersion": version.to_string() });
    if left > 0 {
        metadata["continue"] = write(version, end).into();
        metadata["remainingItemCount"] = left.into();
    }
    let (kind, api_version) = if metadata_only {
        ("PartialObjectMetadataList".to_owned(), "meta.k8s.io/v1".to_owned())
    } else {
        (format!("{}List", wanted.resource.kind), wanted.resource.api_version())
    };
    let items = if fault == Some(&Fault::NullItems) { "null".into() } else { joined(items, metadata_only) };
    let body =
        format!("{{\"kind\":\"{kind}\",\"apiVersion\":\"{api_version}\",\"metadata\":{metadata},\"items\":{items}}}");
    ([(header::CONTENT_TYPE, "application/json")], Body::from(body)).into_response()
}

/// `GET …/{plural}/{name}`.
pub(super) fn one(shared: &Shared, wanted: &Wanted<'_>, name: &str, headers: &HeaderMap) -> Response {
    let world = shared.world(shared.resource_version());
    let found = world
        .list(wanted.resource.plural)
        .iter()
        .find(|o| o.name == name && o.namespace.as_deref() == wanted.namespace);
    let Some(object) = found else { return status::no_such_object(wanted.resource, name) };
    let mut value = object.value();
    if accepts_metadata(headers) {
        value = serde_json::from_str(object.metadata_text()).unwrap_or_default();
    } else if let Some(fields) = value.as_object_mut() {
        fields.insert("kind".into(), wanted.resource.kind.into());
        fields.insert("apiVersion".into(), wanted.resource.api_version().into());
    }
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// `GET …/pods/{name}/log`, as far as a container has written anything.
pub(super) fn log(shared: &Shared, wanted: &Wanted<'_>, name: &str) -> Response {
    let world = shared.world(shared.resource_version());
    let pods = world.list(wanted.resource.plural);
    if !pods.iter().any(|pod| pod.name == name && pod.namespace.as_deref() == wanted.namespace) {
        return status::no_such_object(wanted.resource, name);
    }
    let text = world.log(wanted.namespace.unwrap_or_default(), name).unwrap_or_default();
    // As a real server cuts it: from the start, in the middle of a line.
    let most = wanted.query.get("limitBytes").and_then(|most| most.parse().ok()).unwrap_or(usize::MAX);
    let text = text.get(..most).unwrap_or(text).to_owned();
    ([(header::CONTENT_TYPE, "text/plain")], text).into_response()
}

fn chosen(object: &Object, wanted: &Wanted<'_>) -> bool {
    let here = wanted.namespace.is_none_or(|namespace| object.namespace.as_deref() == Some(namespace));
    let named = wanted
        .query
        .get("fieldSelector")
        .and_then(|selector| selector.strip_prefix("metadata.name="))
        .is_none_or(|name| object.name == name);
    let labelled = wanted.query.get("labelSelector").is_none_or(|selector| object.matches(selector));
    here && named && labelled
}

fn joined(objects: &[&Object], metadata_only: bool) -> String {
    let mut text = String::with_capacity(objects.iter().map(|object| object.text.len() + 1).sum::<usize>() + 2);
    text.push('[');
    for (at, object) in objects.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        if metadata_only {
            text.push_str(object.metadata_text());
        } else {
            text.push_str(&object.text);
        }
    }
    text.push(']');
    text
}

fn accepts_metadata(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("as=PartialObjectMetadata"))
}

fn read(token: &str) -> Option<Continue> {
    let decoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token).ok()?;
    serde_json::from_slice(&decoded).ok()
}

fn write(rv: u64, start: usize) -> String {
    let token = json!(Continue { v: "meta.k8s.io/v1".into(), rv, start });
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(token.to_string())
}
