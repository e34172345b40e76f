//! What of an object may be kept: everything but secrets, which are taken out by kind and path before it is stored or
//! hashed.
//!
//! A value that is taken out is replaced by the word `redacted`, and its path is told. What names a secret stays (its
//! name is no secret), what is one goes: values of environment variables, data of Secrets and `ConfigMaps`, annotations
//! that are not known to be harmless, whatever is called like a secret or looks like one. Where the fields of a kind are
//! not known, what looks like drawn letters goes as well. What moves by itself is left out: it would make every reading
//! a change.

pub(crate) mod arguments;
mod names;
mod text;

use names::{is_of_reference, is_reference, plain, tells_of_secret};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt::Write as _;
use text::{holds_secret, looks_drawn};

/// What stands where a value was taken out.
pub const REDACTED: &str = "redacted";

/// An object without its secrets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Redacted {
    /// What may be kept.
    pub object: Value,
    /// Paths of values that were taken out, as JSON Pointers (RFC 6901).
    pub redacted: Vec<String>,
    /// Paths of fields that were left out, because they move by themselves.
    pub dropped: Vec<String>,
}

/// Annotations whose values are settings that rules look at; all other values may hold anything.
const KNOWN_ANNOTATIONS: &[&str] = &[
    "pod-security.kubernetes.io/",
    "trivy-operator.",
    "policies.kyverno.io/",
    "storageclass.kubernetes.io/is-default-class",
    "deployment.kubernetes.io/revision",
    "cert-manager.io/issuer",
    "cert-manager.io/cluster-issuer",
    "container.apparmor.security.beta.kubernetes.io/",
    "seccomp.security.alpha.kubernetes.io/",
    "node.alpha.kubernetes.io/ttl",
    "rbac.authorization.kubernetes.io/autoupdate",
];
/// Of a connector of Dex, what tells where and how people log in; the rest may be anything.
const OF_CONNECTORS: &[&str] = &[
    "issuer",
    "redirecturi",
    "clientid",
    "host",
    "scopes",
    "groups",
    "orgs",
    "tenant",
    "insecurenossl",
    "insecureskipverify",
    "starttls",
    "usernameprompt",
    "basedn",
    "filter",
    "username",
    "idattr",
    "emailattr",
    "nameattr",
    "scope",
    "ssoissuer",
    "ssourl",
];
/// API groups whose kinds Bevis knows field by field.
const KNOWN_GROUPS: &[&str] = &[
    "v1",
    "apps",
    "batch",
    "policy",
    "rbac.authorization.k8s.io",
    "networking.k8s.io",
    "gateway.networking.k8s.io",
    "coordination.k8s.io",
    "storage.k8s.io",
    "admissionregistration.k8s.io",
    "cert-manager.io",
    "acme.cert-manager.io",
    "velero.io",
    "kyverno.io",
    "policies.kyverno.io",
    "wgpolicyk8s.io",
    "reports.x-k8s.io",
    "openreports.io",
    "aquasecurity.github.io",
];

/// Takes the secrets out of an object. `resource` is what was asked for, as `cert-manager.io/v1/certificates`; `kind` is
/// that of its list, for objects that do not tell theirs. Values that are no objects have nothing that may be kept.
pub fn redacted(resource: &str, kind: &str, value: Value) -> Option<Redacted> {
    let Value::Object(mut object) = value else { return None };
    object.entry("apiVersion").or_insert_with(|| api_version(resource).into());
    object.entry("kind").or_insert_with(|| kind.into());
    let told = |field: &str| object.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (kind, group) = (told("kind"), told("apiVersion"));
    let group = group.split('/').next().unwrap_or_default();
    let mut work = Work {
        out: Redacted { object: Value::Null, redacted: Vec::new(), dropped: Vec::new() },
        group,
        kind: &kind,
        known: KNOWN_GROUPS.contains(&group),
    };
    work.drop_moving(&mut object);
    for (name, value) in &mut object {
        let path = Path::root(name);
        match (name.as_str(), value) {
            ("apiVersion" | "kind", _) => {}
            ("metadata", Value::Object(metadata)) => work.metadata(metadata, &path),
            ("data", Value::Object(data)) if kind == "ConfigMap" => work.config_map(data, &path),
            ("data" | "stringData" | "binaryData", value) => work.all(value, &path),
            (_, value) => work.value(value, &path),
        }
    }
    let mut out = work.out;
    out.object = Value::Object(object);
    Some(out)
}

fn api_version(resource: &str) -> String {
    let parts: Vec<&str> = resource.split('/').collect();
    match parts.as_slice() {
        ["v1", ..] => "v1".into(),
        [group, version, ..] => format!("{group}/{version}"),
        _ => resource.to_owned(),
    }
}

/// A place in an object, from the inside out.
struct Path<'a> {
    name: &'a str,
    outer: Option<&'a Path<'a>>,
    index: Option<usize>,
    /// The innermost name on the way here, its own too, that tells of a secret.
    telling: Option<&'a str>,
}

impl<'a> Path<'a> {
    fn root(name: &'a str) -> Self {
        Self { name, outer: None, index: None, telling: tells_of_secret(name).then_some(name) }
    }

    fn field(&'a self, name: &'a str) -> Self {
        let telling = if tells_of_secret(name) { Some(name) } else { self.telling };
        Self { name, outer: Some(self), index: None, telling }
    }

    /// An item of a list goes by the name of the list.
    const fn item(&'a self, index: usize) -> Self {
        Self { name: self.name, outer: Some(self), index: Some(index), telling: self.telling }
    }

    /// Whether its own name tells of a secret.
    fn tells(&self) -> bool {
        self.telling.is_some_and(|telling| telling == self.name)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self), |path| path.outer).map(|path| path.name)
    }

    fn is_within(&self, name: &str) -> bool {
        self.names().any(|outer| outer == name)
    }

    fn pointer(&self) -> String {
        let mut parts: Vec<String> = std::iter::successors(Some(self), |path| path.outer)
            .map(|path| {
                path.index.map_or_else(|| path.name.replace('~', "~0").replace('/', "~1"), |index| index.to_string())
            })
            .collect();
        parts.push(String::new());
        parts.reverse();
        parts.join("/")
    }
}

/// A field that is written again and again while nothing happens: it would make every reading a change.
struct Moving {
    group: &'static str,
    /// Any kind of the group where there is none.
    kind: Option<&'static str>,
    /// The way to the object that has the field; lists on it are walked.
    list: &'static [&'static str],
    field: &'static str,
}

const MOVING: &[Moving] = &[
    Moving { group: "v1", kind: Some("Node"), list: &["status", "conditions"], field: "lastHeartbeatTime" },
    // Every few seconds, by its holder.
    Moving { group: "coordination.k8s.io", kind: Some("Lease"), list: &["spec"], field: "renewTime" },
    // At every audit, once a minute by default.
    Moving { group: "constraints.gatekeeper.sh", kind: None, list: &["status"], field: "auditTimestamp" },
    // At every sync and validation, once a minute by default.
    Moving { group: "velero.io", kind: Some("BackupStorageLocation"), list: &["status"], field: "lastSyncedTime" },
    Moving { group: "velero.io", kind: Some("BackupStorageLocation"), list: &["status"], field: "lastValidationTime" },
    // At every background scan, once an hour by default.
    Moving { group: "wgpolicyk8s.io", kind: None, list: &["results"], field: "timestamp" },
    Moving { group: "openreports.io", kind: None, list: &["results"], field: "timestamp" },
    Moving { group: "reports.x-k8s.io", kind: None, list: &["results"], field: "timestamp" },
];

struct Work<'a> {
    out: Redacted,
    group: &'a str,
    kind: &'a str,
    known: bool,
}

impl Work<'_> {
    fn take_out(&mut self, value: &mut Value, path: &Path<'_>) {
        *value = REDACTED.into();
        self.out.redacted.push(path.pointer());
    }

    fn drop_moving(&mut self, object: &mut Map<String, Value>) {
        if let Some(Value::Object(metadata)) = object.get_mut("metadata") {
            for field in ["managedFields", "resourceVersion", "selfLink"] {
                if metadata.remove(field).is_some() {
                    self.out.dropped.push(format!("/metadata/{field}"));
                }
            }
        }
        let (group, kind) = (self.group, self.kind);
        let moving = MOVING.iter().filter(|moving| moving.group == group && moving.kind.is_none_or(|own| own == kind));
        for Moving { list, field, .. } in moving {
            let Some(place) = object.get_mut(list[0]) else { continue };
            self.drop_field(place, &list[1..], field, &mut format!("/{}", list[0]));
        }
    }

    /// Drops a field at the end of a path, in every item of the lists on the way.
    fn drop_field(&mut self, value: &mut Value, path: &[&str], field: &str, at: &mut String) {
        let length = at.len();
        match (value, path) {
            (Value::Array(items), path) => {
                for (place, item) in items.iter_mut().enumerate() {
                    // Writing to a String cannot fail.
                    let _ = write!(at, "/{place}");
                    self.drop_field(item, path, field, at);
                    at.truncate(length);
                }
            }
            (Value::Object(fields), []) => {
                self.out.dropped.extend(fields.remove(field).map(|_| format!("{at}/{field}")));
            }
            (Value::Object(fields), [next, rest @ ..]) => {
                if let Some(value) = fields.get_mut(*next) {
                    at.push('/');
                    at.push_str(next);
                    self.drop_field(value, rest, field, at);
                    at.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn metadata(&mut self, metadata: &mut Map<String, Value>, path: &Path<'_>) {
        for (name, value) in metadata {
            let path = path.field(name);
            match (name.as_str(), value) {
                ("annotations", Value::Object(annotations)) => {
                    for (name, value) in annotations {
                        let path = path.field(name);
                        if arguments::ARGUMENTS.contains(&name.as_str()) {
                            self.arguments(value, &path);
                            continue;
                        }
                        let known = KNOWN_ANNOTATIONS.iter().any(|known| name.starts_with(known));
                        if known { self.text(value, &path) } else { self.take_out(value, &path) }
                    }
                }
                (_, value) => self.value(value, &path),
            }
        }
    }

    /// An annotation with arguments is kept as a list, of which each secret is taken out by itself.
    fn arguments(&mut self, value: &mut Value, path: &Path<'_>) {
        let words = value.as_str().and_then(|text| serde_json::from_str::<Vec<String>>(text).ok());
        let Some(words) = words else { return self.take_out(value, path) };
        let kept = arguments::kept(&words);
        let mut words: Vec<Value> = words.into_iter().map(Value::from).collect();
        for (index, (word, is_kept)) in words.iter_mut().zip(kept).enumerate() {
            let path = path.item(index);
            if is_kept { self.text(word, &path) } else { self.take_out(word, &path) }
        }
        *value = words.into();
    }

    /// Everything below, whatever it is called.
    fn all(&mut self, value: &mut Value, path: &Path<'_>) {
        match value {
            Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| self.all(value, &path.field(name))),
            Value::Array(items) => {
                items.iter_mut().enumerate().for_each(|(index, item)| self.all(item, &path.item(index)));
            }
            Value::Null => {}
            value => self.take_out(value, path),
        }
    }

    /// A ConfigMap's entry is kept where it is a document whose fields have names; a text may be anything.
    fn config_map(&mut self, data: &mut Map<String, Value>, path: &Path<'_>) {
        for (name, value) in data {
            let path = path.field(name);
            let document = value.as_str().and_then(|text| serde_saphyr::from_str::<Value>(text).ok());
            match document.filter(|document| document.is_object() && !tells_of_secret(name)) {
                Some(document) => {
                    *value = document;
                    self.value(value, &path);
                }
                None => self.take_out(value, &path),
            }
        }
    }

    fn value(&mut self, value: &mut Value, path: &Path<'_>) {
        match value {
            Value::Object(fields) => {
                let variables = is_environment(path.name);
                for (name, value) in fields {
                    let path = path.field(name);
                    // `env` is a list of names and values, or a map of them.
                    let is_value = variables
                        && if path.outer.is_some_and(|outer| outer.index.is_some()) {
                            name == "value"
                        } else {
                            !value.is_object()
                        };
                    if is_value { self.all(value, &path) } else { self.value(value, &path) }
                }
            }
            Value::Array(items) => self.items(items, path),
            Value::String(_) => self.text(value, path),
            Value::Number(_) if path.tells() => self.take_out(value, path),
            Value::Number(_) | Value::Null | Value::Bool(_) => {}
        }
    }

    fn items(&mut self, items: &mut [Value], path: &Path<'_>) {
        let mut flag = false;
        for (index, item) in items.iter_mut().enumerate() {
            let path = path.item(index);
            let text = item.as_str().unwrap_or_default();
            // A flag whose value is the next item.
            let next =
                text.starts_with('-') && !text.contains('=') && (text == "-p" || text == "-u" || tells_of_secret(text));
            if flag && item.is_string() && !text.starts_with('-') {
                self.take_out(item, &path);
            } else {
                self.value(item, &path);
            }
            flag = next;
        }
    }

    fn text(&mut self, value: &mut Value, path: &Path<'_>) {
        if self.is_secret_place(path) {
            return self.take_out(value, path);
        }
        let Some(text) = value.as_str() else { return };
        if holds_secret(text) || (!self.known && looks_drawn(text)) {
            self.take_out(value, path);
        }
    }

    fn is_secret_place(&self, path: &Path<'_>) -> bool {
        let own = plain(path.name);
        match self.kind {
            // All of it is about secrets, and says where they are; only this one quotes them.
            "ExposedSecretReport" => return own == "match",
            // Hashes of passwords, and what a benchmark saw of command lines and files.
            "ConfigMap" if matches!(own.as_str(), "hash" | "actualvalue" | "audit") => return true,
            "ConfigMap" if path.is_within("connectors") && path.is_within("config") => {
                return !OF_CONNECTORS.contains(&own.as_str());
            }
            _ => {}
        }
        let names_a_secret = |outer| is_of_reference(path.name) && is_reference(outer);
        path.telling.is_some_and(|telling| path.tells() || !names_a_secret(telling))
    }
}

fn is_environment(name: &str) -> bool {
    let plain = plain(name);
    plain.ends_with("env") || plain == "environment"
}
