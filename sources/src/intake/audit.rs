//! Audit events, as an API server's webhook sends them or its log holds them: `audit.k8s.io`, `v1` and older; or as
//! a provider delivers them.
//!
//! Of each event is kept who did what to which object, and when; bodies of requests and answers, addresses of
//! users and their programs are not. Delivery is at least once, so an event is known by its id and stage.

use super::{
    Digest, Object, Raw, Refusal, Why,
    envelope::{self, Letter},
    parts,
};
use model::{Instant, severity::Severity};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a delivery, at most.
pub const BYTES: usize = 12 * 1024 * 1024;

/// What a delivery gave.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Of the bytes as they came.
    pub digest: Digest,
    /// The events that were understood, each key once, in the order in which they came.
    pub events: Vec<Event>,
    /// The parts that were not.
    pub refusals: Vec<Refusal>,
}

/// What makes an event the same event when it is delivered again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// `auditID`: one request to the API server.
    pub audit_id: String,
    /// How far the request had come.
    pub stage: Stage,
}

/// How far a request had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// It was received.
    RequestReceived,
    /// Its answer was begun.
    ResponseStarted,
    /// Its answer was ended.
    ResponseComplete,
    /// The API server broke on it.
    Panic,
}

/// An audit event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What makes it the same event.
    pub key: Key,
    /// Of the event's bytes as they came.
    pub digest: Digest,
    /// When the stage was reached, by the API server's clock; `None` where it does not tell. It may be in the future.
    pub at: Option<Instant>,
    /// Who asked; `None` where nobody could be authenticated.
    pub user: Option<String>,
    /// Who that user acted as.
    pub impersonated: Option<String>,
    /// As `create`.
    pub verb: String,
    /// What it was done to, where that was an object.
    pub object: Option<ObjectRef>,
    /// The HTTP status of the answer.
    pub code: Option<u16>,
    /// The rules that it hits.
    pub hits: BTreeSet<Rule>,
}

/// What something was done to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectRef {
    /// The API group; empty for the core group.
    pub group: String,
    /// The resource, in the plural.
    pub resource: String,
    /// A part of it, as `exec`.
    pub subresource: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The name.
    pub name: Option<String>,
}

/// Privileged things that people do, and that somebody should look at: `log.privileged_events`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// A command was run in a container, or a connection made to it.
    Exec,
    /// A Secret was read.
    SecretRead,
    /// Access was changed.
    RbacChange,
    /// Somebody in the group that no rule binds.
    SystemMasters,
    /// Somebody acted as somebody else.
    Impersonation,
    /// Something was done without authentication.
    Anonymous,
}

impl Rule {
    /// Every rule.
    pub const ALL: &[Self] =
        &[Self::Exec, Self::SecretRead, Self::RbacChange, Self::SystemMasters, Self::Impersonation, Self::Anonymous];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exec => "exec",
            Self::SecretRead => "secret_read",
            Self::RbacChange => "rbac_change",
            Self::SystemMasters => "system_masters",
            Self::Impersonation => "impersonation",
            Self::Anonymous => "anonymous",
        }
    }

    /// How bad a hit is.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Anonymous => Severity::Critical,
            Self::Exec | Self::SecretRead | Self::RbacChange | Self::SystemMasters => Severity::High,
            Self::Impersonation => Severity::Medium,
        }
    }
}

/// How many requests there were, each counted once, when it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By who asked; those without authentication under an empty name.
    pub users: BTreeMap<String, u64>,
    /// By what was done.
    pub verbs: BTreeMap<String, u64>,
    /// By what it was done to, as `rbac.authorization.k8s.io/roles` or `pods/exec`; paths that are no objects under an empty name.
    pub resources: BTreeMap<String, u64>,
}

impl Batch {
    /// Counts requests.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for event in self.events.iter().filter(|event| event.has_ended()) {
            let user = event.user.clone().unwrap_or_default();
            let resource = event.object.as_ref().map(ObjectRef::kind).unwrap_or_default();
            let all =
                [(&mut counts.users, user), (&mut counts.verbs, event.verb.clone()), (&mut counts.resources, resource)];
            for (count, of) in all {
                *count.entry(of).or_default() += 1;
            }
        }
        counts
    }
}

impl Event {
    fn has_ended(&self) -> bool {
        matches!(self.key.stage, Stage::ResponseComplete | Stage::Panic)
    }
}

impl ObjectRef {
    /// Group, resource and part in one, as `apps/deployments/scale`.
    pub fn kind(&self) -> String {
        let parts = [self.group.as_str(), &self.resource, self.subresource.as_deref().unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }
}

/// Reads a delivery: an `EventList`, one event, or lines of them, be they in a provider's envelopes.
pub fn read(body: &[u8]) -> Batch {
    let mut batch = Batch { digest: Digest::of(body), events: Vec::new(), refusals: Vec::new() };
    let mut seen = BTreeSet::new();
    for document in parts(body, BYTES, &mut batch.refusals) {
        for letter in envelope::open(document, &mut batch.refusals) {
            let read = match &letter {
                Letter::Event(part) => event(part),
                Letter::Google(part) => envelope::google(part),
                Letter::Quoted { pointer, text } => within(pointer, text, event),
                Letter::Encoded { pointer, text } => within(pointer, text, envelope::google),
            };
            match read {
                Ok(event) => {
                    if seen.insert(event.key.clone()) {
                        batch.events.push(event);
                    }
                }
                Err(refusal) => batch.refusals.push(refusal),
            }
        }
    }
    batch
}

/// Reads what is a text within the delivery; places in it follow on its own.
fn within(pointer: &str, text: &str, read: impl Fn(&Raw<'_>) -> Result<Event, Refusal>) -> Result<Event, Refusal> {
    let json: &RawValue = serde_json::from_str(text)
        .map_err(|error| Refusal::new(pointer, Why::NotJson { line: error.line(), column: error.column() }))?;
    read(&Raw { pointer: pointer.to_owned(), json })
}

fn event(part: &Raw<'_>) -> Result<Event, Refusal> {
    let event = Object::read(part)?;
    // Old samples name neither version nor kind; what names another is another thing.
    if event.text("apiVersion")?.is_some_and(|version| !version.starts_with("audit.k8s.io/")) {
        return Err(event.refuse("apiVersion", Why::UnknownWord));
    }
    if event.text("kind")?.is_some_and(|kind| kind != "Event") {
        return Err(event.refuse("kind", Why::UnknownWord));
    }
    let key = Key { audit_id: event.needed("auditID")?, stage: stage(&event)? };
    let user = event.object("user")?;
    let impersonated = event.object("impersonatedUser")?;
    let name = |user: &Option<Object<'_>>| match user {
        Some(user) => Ok(user.text("username")?.filter(|name| !name.is_empty())),
        None => Ok(None),
    };
    let groups = user.as_ref().map(|user| user.texts("groups")).transpose()?.unwrap_or_default();
    let read = Event {
        key,
        digest: Digest::of(part.json.get().as_bytes()),
        at: at(&event)?,
        user: name(&user)?,
        impersonated: name(&impersonated)?,
        verb: event.needed("verb")?,
        object: event.object("objectRef")?.map(|object| object_ref(&object)).transpose()?,
        code: code(&event)?,
        hits: BTreeSet::new(),
    };
    let path = event.long_text("requestURI")?.unwrap_or_default();
    Ok(finish(read, &groups, path.split('?').next().unwrap_or_default()))
}

/// The event with the rules that it hits.
pub(super) fn finish(event: Event, groups: &[String], path: &str) -> Event {
    Event { hits: hits(&event, groups, path), ..event }
}

fn stage(event: &Object<'_>) -> Result<Stage, Refusal> {
    match event.needed("stage")?.as_str() {
        "RequestReceived" => Ok(Stage::RequestReceived),
        "ResponseStarted" => Ok(Stage::ResponseStarted),
        "ResponseComplete" => Ok(Stage::ResponseComplete),
        "Panic" => Ok(Stage::Panic),
        _ => Err(event.refuse("stage", Why::UnknownWord)),
    }
}

/// When: `timestamp` is that of versions before `v1`.
fn at(event: &Object<'_>) -> Result<Option<Instant>, Refusal> {
    for name in ["stageTimestamp", "timestamp", "requestReceivedTimestamp"] {
        if let Some(at) = event.instant(name)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn object_ref(object: &Object<'_>) -> Result<ObjectRef, Refusal> {
    let filled = |name: &str| object.text(name).map(|text| text.filter(|text| !text.is_empty()));
    Ok(ObjectRef {
        group: filled("apiGroup")?.unwrap_or_default(),
        resource: filled("resource")?.unwrap_or_default(),
        subresource: filled("subresource")?,
        namespace: filled("namespace")?,
        name: filled("name")?,
    })
}

fn code(event: &Object<'_>) -> Result<Option<u16>, Refusal> {
    let Some(status) = event.object("responseStatus")? else { return Ok(None) };
    let Some(json) = status.field("code") else { return Ok(None) };
    json.get().parse().map(Some).map_err(|_| status.refuse("code", Why::Not("an HTTP status")))
}

/// What everybody may read without logging in, by the roles that Kubernetes makes itself.
const PUBLIC: &[&str] = &["/healthz", "/livez", "/readyz", "/version"];

/// The rules that an event hits; one that was refused by the API server hits none.
fn hits(event: &Event, groups: &[String], path: &str) -> BTreeSet<Rule> {
    let was_done = event.has_ended() && event.code.is_none_or(|code| code < 400);
    if !was_done {
        return BTreeSet::new();
    }
    let verb = event.verb.as_str();
    let by_person = [&event.user, &event.impersonated].into_iter().flatten().any(|name| is_person(name));
    let asked_by_person = event.user.as_deref().is_some_and(is_person);
    let nothing = ObjectRef::default();
    let object = event.object.as_ref().unwrap_or(&nothing);
    let (group, resource) = (object.group.as_str(), object.resource.as_str());
    let part = object.subresource.as_deref().unwrap_or_default();
    let hit = |rule: &&Rule| match rule {
        Rule::Exec => {
            by_person
                && group.is_empty()
                && resource == "pods"
                && (["exec", "attach", "portforward"].contains(&part)
                    || part == "ephemeralcontainers" && ["update", "patch"].contains(&verb))
        }
        Rule::SecretRead => {
            by_person && group.is_empty() && resource == "secrets" && ["get", "list", "watch"].contains(&verb)
        }
        Rule::RbacChange => {
            by_person
                && group == "rbac.authorization.k8s.io"
                && ["create", "update", "patch", "delete", "deletecollection"].contains(&verb)
        }
        Rule::SystemMasters => asked_by_person && groups.iter().any(|group| group == "system:masters"),
        Rule::Impersonation => asked_by_person && event.impersonated.is_some(),
        Rule::Anonymous => event.user.as_deref() == Some("system:anonymous") && !is_public(path),
    };
    Rule::ALL.iter().filter(hit).copied().collect()
}

fn is_public(path: &str) -> bool {
    PUBLIC.iter().any(|open| path == *open || path.strip_prefix(open).is_some_and(|rest| rest.starts_with('/')))
}

/// Whether a name is a person's: Kubernetes names its own parts, and programs in the cluster, `system:…`.
fn is_person(name: &str) -> bool {
    !name.is_empty() && !name.starts_with("system:")
}
