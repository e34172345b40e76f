//! Envelopes in which providers deliver audit events: `CloudWatch` Logs of EKS, Cloud Logging of GKE, and the diagnostic
//! settings of AKS. Inside those of EKS and AKS is the event as its API server wrote it, as a text; GKE writes its own.
//!
//! Facts: the message of a subscription filter as AWS describes it (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html>),
//! the records that Azure Monitor streams, and the fields of Google's `AuditLog`
//! (<https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging>). The API servers' log streams are told apart
//! by name: what is no audit log is refused, since nobody can say what is missing of it.

use super::{
    Object, Raw, Refusal, Why,
    audit::{Event, Key, ObjectRef, Stage, finish},
    limited,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::collections::BTreeSet;

/// Streams of EKS' log group that hold the audit log begin so.
const EKS_STREAM: &str = "kube-apiserver-audit";
/// Categories of AKS' diagnostic settings that hold it; the second is a part of the first.
const AKS_CATEGORIES: [&str; 2] = ["kube-audit", "kube-audit-admin"];
/// The service that GKE's entries are about; others are of the cloud itself.
const GKE_SERVICE: &str = "k8s.io";

/// What may be an event, out of its envelope.
pub(super) enum Letter<'a> {
    /// As the API server wrote it.
    Event(Raw<'a>),
    /// The same as a text within JSON.
    Quoted {
        /// Where the text is.
        pointer: String,
        /// The text.
        text: String,
    },
    /// In Google's words.
    Google(Raw<'a>),
    /// Google's words, encoded once more.
    Encoded {
        /// Where they were.
        pointer: String,
        /// JSON.
        text: String,
    },
}

/// Opens a document; one that is in no envelope is an event.
pub(super) fn open<'a>(document: Raw<'a>, refusals: &mut Vec<Refusal>) -> Vec<Letter<'a>> {
    // The depth of a list is that of its events, which are looked at one by one.
    let Ok(object) = Object::of(document.json, document.pointer.clone()) else { return vec![Letter::Event(document)] };
    let has = |name: &str| object.fields.contains_key(name);
    if has("items") {
        return each(&object, "items", refusals, |part| Ok(Letter::Event(part)));
    }
    if has("logEvents") {
        return cloud_watch(&object, refusals);
    }
    if has("events") {
        return each(&object, "events", refusals, |part| log_event(&part));
    }
    if has("records") {
        return each(&object, "records", refusals, |part| record(&part));
    }
    let one = if has("protoPayload") {
        Ok(Letter::Google(document))
    } else if has("category") && has("properties") {
        record(&document)
    } else if has("subscription") && has("message") {
        pub_sub(&object)
    } else {
        Ok(Letter::Event(document))
    };
    match one {
        Ok(letter) => vec![letter],
        Err(refusal) => {
            refusals.push(refusal);
            Vec::new()
        }
    }
}

/// Opens every part of a list by itself: one that is broken costs no other.
fn each<'a>(
    object: &Object<'a>,
    name: &str,
    refusals: &mut Vec<Refusal>,
    open: impl Fn(Raw<'a>) -> Result<Letter<'a>, Refusal>,
) -> Vec<Letter<'a>> {
    let list = match object.list(name) {
        Ok(list) => limited(list.unwrap_or_default(), &format!("{}/{name}", object.pointer), refusals),
        Err(refusal) => {
            refusals.push(refusal);
            return Vec::new();
        }
    };
    let mut letters = Vec::with_capacity(list.len());
    for part in list {
        match open(part) {
            Ok(letter) => letters.push(letter),
            Err(refusal) => refusals.push(refusal),
        }
    }
    letters
}

/// A message of a subscription filter: of one stream, with its events. Control messages only show that the way is open.
fn cloud_watch<'a>(object: &Object<'a>, refusals: &mut Vec<Refusal>) -> Vec<Letter<'a>> {
    match object.text("messageType") {
        Ok(Some(kind)) if kind == "CONTROL_MESSAGE" => return Vec::new(),
        Ok(_) => {}
        Err(refusal) => {
            refusals.push(refusal);
            return Vec::new();
        }
    }
    if let Err(refusal) = of_audit_stream(object, "logStream") {
        refusals.push(refusal);
        return Vec::new();
    }
    each(object, "logEvents", refusals, |part| log_event(&part))
}

fn of_audit_stream(object: &Object<'_>, name: &str) -> Result<(), Refusal> {
    match object.long_text(name)? {
        Some(stream) if !stream.starts_with(EKS_STREAM) => Err(object.refuse(name, Why::UnknownWord)),
        _ => Ok(()),
    }
}

/// An entry of `CloudWatch` Logs.
fn log_event<'a>(part: &Raw<'a>) -> Result<Letter<'a>, Refusal> {
    let object = Object::read(part)?;
    of_audit_stream(&object, "logStreamName")?;
    quoted(&object, "message")
}

/// A record of Azure Monitor.
fn record<'a>(part: &Raw<'a>) -> Result<Letter<'a>, Refusal> {
    let object = Object::read(part)?;
    if !AKS_CATEGORIES.contains(&object.needed("category")?.as_str()) {
        return Err(object.refuse("category", Why::UnknownWord));
    }
    let properties = object.object("properties")?.ok_or_else(|| object.refuse("properties", Why::Missing))?;
    quoted(&properties, "log")
}

fn quoted<'a>(object: &Object<'_>, name: &str) -> Result<Letter<'a>, Refusal> {
    let text = object.long_text(name)?.ok_or_else(|| object.refuse(name, Why::Missing))?;
    Ok(Letter::Quoted { pointer: object.refuse(name, Why::Missing).pointer, text: text.into_owned() })
}

/// What Pub/Sub pushes: an entry of Cloud Logging in Base64.
fn pub_sub<'a>(object: &Object<'_>) -> Result<Letter<'a>, Refusal> {
    let message = object.object("message")?.ok_or_else(|| object.refuse("message", Why::Missing))?;
    let data = message.long_text("data")?.ok_or_else(|| message.refuse("data", Why::Missing))?;
    let bytes = STANDARD.decode(data.as_bytes()).map_err(|_| message.refuse("data", Why::Not("Base64")))?;
    let text = String::from_utf8(bytes).map_err(|_| message.refuse("data", Why::NotText))?;
    Ok(Letter::Encoded { pointer: message.refuse("data", Why::Missing).pointer, text })
}

/// An entry of Cloud Logging. It tells neither groups nor as whom somebody acted; it is written when the request ended.
pub(super) fn google(part: &Raw<'_>) -> Result<Event, Refusal> {
    let entry = Object::read(part)?;
    let payload = entry.object("protoPayload")?.ok_or_else(|| entry.refuse("protoPayload", Why::Missing))?;
    if payload.needed("serviceName")? != GKE_SERVICE {
        return Err(payload.refuse("serviceName", Why::UnknownWord));
    }
    let who = payload.object("authenticationInfo")?;
    let user = who.map(|who| who.text("principalEmail")).transpose()?.flatten().filter(|name| !name.is_empty());
    let method = payload.needed("methodName")?;
    let verb = method.rsplit('.').next().filter(|verb| !verb.is_empty());
    let verb = verb.ok_or_else(|| payload.refuse("methodName", Why::UnknownWord))?.to_owned();
    let resource = payload.text("resourceName")?.unwrap_or_default();
    let event = Event {
        key: Key { audit_id: entry.needed("insertId")?, stage: Stage::ResponseComplete },
        digest: super::Digest::of(part.json.get().as_bytes()),
        at: entry.instant("timestamp")?,
        user,
        impersonated: None,
        verb,
        object: object_ref(&resource),
        code: Some(code(&payload)?),
        hits: BTreeSet::new(),
    };
    Ok(finish(event, &[], &format!("/{resource}")))
}

/// `core/v1/namespaces/shop/pods/web-0/exec`; a path that names no version is of no object.
fn object_ref(resource: &str) -> Option<ObjectRef> {
    let parts: Vec<&str> = resource.split('/').collect();
    let [group, version, rest @ ..] = parts.as_slice() else { return None };
    let is_version =
        version.strip_prefix('v').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    if !is_version || rest.is_empty() {
        return None;
    }
    let (namespace, rest) = match rest {
        ["namespaces", _] | ["namespaces", _, "status" | "finalize"] => (None, rest),
        ["namespaces", namespace, rest @ ..] => (Some(*namespace), rest),
        _ => (None, rest),
    };
    let text = |at: usize| rest.get(at).filter(|text| !text.is_empty()).map(|text| (*text).to_owned());
    Some(ObjectRef {
        group: if *group == "core" { String::new() } else { (*group).to_owned() },
        resource: text(0)?,
        subresource: text(2),
        namespace: namespace.map(ToOwned::to_owned),
        name: text(1),
    })
}

/// The HTTP status that stands for a `google.rpc.Code`, as its definition gives it.
fn code(payload: &Object<'_>) -> Result<u16, Refusal> {
    let Some(status) = payload.object("status")? else { return Ok(200) };
    let Some(json) = status.field("code") else { return Ok(200) };
    let code: u16 = json.get().parse().map_err(|_| status.refuse("code", Why::Not("a status")))?;
    Ok(match code {
        0 => 200,
        1 => 499,
        3 | 9 | 11 => 400,
        4 => 504,
        5 => 404,
        6 | 10 => 409,
        7 => 403,
        8 => 429,
        12 => 501,
        14 => 503,
        16 => 401,
        100.. => code,
        _ => 500,
    })
}
