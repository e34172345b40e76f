//! From manifests as people write them to the rules' inputs, by the same way as from an API server.

use crate::{
    error::ReadError,
    listed::{Listed, One},
    objects::oidc::Discovery,
    page::{Named, Page},
    policy::Policy,
    pushed::Pushed,
    reader::{Group, Groups, Hello, Readable, Reader, Resources, Served, Version},
    reading::{Context, Reading, judge, read},
    request::{Ask, GROUPS, Log, Object, Path, Resource, asks},
    rules,
};
use futures::{FutureExt, executor::block_on};
use model::{
    evaluation::Evaluation,
    scan::{Coverage, Read},
    source::Source,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// Objects by the order in which they were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Manifests(pub(super) Vec<Value>);

impl Manifests {
    /// Reads YAML or JSON: several documents, lists among them.
    pub(super) fn read(text: &str) -> Self {
        let documents: Vec<Value> = serde_saphyr::from_multiple(text).expect("YAML");
        let mut objects = Vec::new();
        for document in documents {
            match document.get("items") {
                Some(Value::Array(items)) => objects.extend(items.iter().cloned()),
                _ if document.is_object() => objects.push(document),
                _ => {}
            }
        }
        Self(objects)
    }

    pub(super) fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(super) fn list<T: DeserializeOwned + Named>(&self, resource: &Resource) -> Listed<T> {
        let items: Vec<&Value> = self.0.iter().filter(|object| is_of(object, resource)).collect();
        let body = json!({ "kind": "List", "metadata": {}, "items": items });
        Listed::of_page(resource, body.to_string().as_bytes())
    }

    /// A reader of these manifests from a cluster of this minor version, which serves these groups, each as `group` or `group/version`.
    pub(super) fn cluster(&self, minor: u32, groups: &[&str]) -> Cluster<'_> {
        let hello = Hello { version: Some(format!("v1.{minor}.0")), minor: Some(minor), ..Hello::default() };
        let mut served: Vec<Group> = Vec::new();
        for group in groups {
            let (name, version) = group.split_once('/').unwrap_or((group, "v1"));
            let version = Version { version: version.into() };
            match served.iter_mut().find(|group| group.name == name) {
                Some(group) => group.versions.push(version),
                None => served.push(Group { name: name.into(), versions: vec![version] }),
            }
        }
        Cluster { manifests: self, hello, groups: Some(served), absent: Vec::new(), asked: Mutex::default() }
    }

    pub(super) fn rbac(&self) -> rules::rbac::Input {
        block_on(rules::rbac::Input::read(&self.cluster(32, &[])))
    }

    pub(super) fn pod_security(&self, minor: u32, groups: &[&str]) -> rules::pod_security::Input {
        block_on(rules::pod_security::Input::read(&self.cluster(minor, groups))).expect("groups")
    }

    pub(super) fn cert_manager(&self) -> rules::cert_manager::Input {
        block_on(rules::cert_manager::Input::read(&self.cluster(32, &[])))
    }

    pub(super) fn trivy(&self) -> rules::trivy::Input {
        block_on(rules::trivy::Input::read(&self.cluster(32, &[])))
    }

    pub(super) fn kube_bench(&self, policy: &Policy) -> rules::kube_bench::Input {
        block_on(rules::kube_bench::Input::read(&self.cluster(32, &[]), policy))
    }

    pub(super) fn velero(&self) -> rules::velero::Input {
        block_on(rules::velero::Input::read(&self.cluster(32, &[])))
    }
}

/// Whether an object is of a resource: by group where it tells one, and by kind, whose plural follows from it.
fn is_of(object: &Value, resource: &Resource) -> bool {
    let kind = object["kind"].as_str().unwrap_or_default().to_lowercase();
    let group = object["apiVersion"].as_str().map(|version| version.split_once('/').map_or("", |(group, _)| group));
    let plurals = [
        format!("{kind}s"),
        format!("{kind}es"),
        kind.strip_suffix('y').map_or(String::new(), |stem| format!("{stem}ies")),
    ];
    let of_kind =
        resource.plural == "*" || resource.plural == kind || plurals.iter().any(|plural| *plural == *resource.plural);
    of_kind && group.is_none_or(|group| group == resource.group)
}

/// Manifests as a cluster that serves them.
pub(super) struct Cluster<'a> {
    manifests: &'a Manifests,
    pub(super) hello: Hello,
    /// The groups served; `None` where they may not be read.
    pub(super) groups: Option<Vec<Group>>,
    /// Resources (`group/version/plural`) that are not served, or fail in another way.
    pub(super) absent: Vec<(String, ReadError)>,
    asked: Mutex<Vec<String>>,
}

impl Cluster<'_> {
    /// Makes a request fail; `name` as in the scan log.
    pub(super) fn failing(mut self, name: &str, error: ReadError) -> Self {
        self.absent.push((name.into(), error));
        self
    }

    /// Reads and judges a source at the instant of the tests; what it asks for must be declared.
    pub(super) fn evaluate(&self, source: Source, policy: &Policy) -> Evaluation {
        judge(&*self.reading(source, policy), &Context { policy, now: super::now(), hello: &self.hello })
    }

    /// Reads a source; what it asks for must be declared.
    pub(super) fn reading(&self, source: Source, policy: &Policy) -> Box<dyn Reading> {
        let reading = read(source, self, policy).now_or_never().expect("manifests are there").expect("readable");
        let declared = asks(source, policy);
        for asked in self.asked.lock().expect("not poisoned").drain(..) {
            assert!(declared.iter().any(|ask| covers(ask, &asked)), "{source} asks for {asked}, which is not declared");
        }
        reading
    }

    fn note(&self, name: String) -> Option<ReadError> {
        let failing = self.absent.iter().find(|(failing, _)| *failing == name).map(|(_, error)| error.clone());
        self.asked.lock().expect("not poisoned").push(name);
        failing
    }
}

/// Whether a declared request covers one that was made, by its name in the scan log.
fn covers(ask: &Ask, asked: &str) -> bool {
    let declared = match ask {
        Ask::List(resource) => resource.name(),
        Ask::One(object) => object.name(),
        Ask::Log(log) => log.name(),
        Ask::Path(path) => path.path.to_owned(),
        Ask::Issuer(url) => format!("issuer {url}"),
    };
    declared == asked || declared.strip_suffix('*').is_some_and(|stem| asked.starts_with(stem))
        // Another version of the same resource needs no other permission.
        || matches!(ask, Ask::List(resource) if asked.starts_with(&format!("{}/", resource.group)) && asked.ends_with(&format!("/{}", resource.plural)))
}

fn complete(resource: String, objects: u32) -> Read {
    Read {
        resource,
        coverage: Coverage::Complete,
        objects,
        malformed: 0,
        confirmed: 0,
        error: None,
        problems: Vec::new(),
    }
}

fn refused<T>(resource: String, error: &ReadError) -> One<T> {
    let read = Read {
        resource,
        coverage: error.coverage(),
        objects: 0,
        malformed: 0,
        confirmed: 0,
        error: Some(error.sentence()),
        problems: vec![error.problem()],
    };
    One { read, object: None }
}

impl Reader for Cluster<'_> {
    async fn list<T: Readable>(&self, resource: &Resource) -> Listed<T> {
        match self.note(resource.name()) {
            Some(error) => Listed::failed(resource, &error),
            None => self.manifests.list(resource),
        }
    }

    async fn shared<T: Readable>(&self, resource: &Resource) -> Arc<Listed<T>> {
        Arc::new(self.list(resource).await)
    }

    async fn one<T: Readable>(&self, object: &Object) -> One<T> {
        let name = object.name();
        if let Some(error) = self.note(name.clone()) {
            return refused(name, &error);
        }
        let resource = Resource {
            group: object.group,
            version: object.version,
            plural: object.plural.into(),
            metadata_only: false,
            why: object.why,
        };
        let is_it = |found: &&Value| {
            let metadata = &found["metadata"];
            let namespace = metadata["namespace"].as_str().unwrap_or_default();
            is_of(found, &resource) && metadata["name"] == *object.name && namespace == object.namespace
        };
        let Some(found) = self.manifests.0.iter().find(is_it) else { return refused(name, &ReadError::Absent) };
        let list = json!({ "kind": "List", "items": [found] }).to_string();
        let page = Page::split(bytes::Bytes::from(list), "GET /test").expect("a list");
        let parsed = page.parse::<T>(1);
        let malformed = parsed.malformed;
        let object = parsed.items.into_iter().next();
        let coverage = if malformed == 0 { Coverage::Complete } else { Coverage::Truncated };
        let error = parsed.first_problem.map(|first| first.to_string());
        One { read: Read { coverage, malformed, error, ..complete(name, 1 - malformed) }, object }
    }

    async fn log(&self, log: &Log) -> One<String> {
        let name = log.name();
        if let Some(error) = self.note(name.clone()) {
            return refused(name, &error);
        }
        // A log is written down as an object of its own.
        let is_it = |found: &&Value| {
            found["kind"] == "Log"
                && found["metadata"]["name"] == log.pod
                && found["metadata"]["namespace"] == log.namespace
        };
        match self.manifests.0.iter().find(is_it).and_then(|found| found["text"].as_str()) {
            Some(text) => One { read: complete(name, 1), object: Some(text.to_owned()) },
            None => refused(name, &ReadError::Absent),
        }
    }

    async fn issuer(&self, url: &str) -> One<Discovery> {
        let name = format!("issuer {url}");
        if let Some(error) = self.note(name.clone()) {
            return refused(name, &error);
        }
        // What an issuer answers is written down as an object of its own.
        let is_it = |found: &&Value| found["kind"] == "Issuer" && found["url"] == url;
        let document = self.manifests.0.iter().find(is_it).map(|found| found["document"].clone());
        match document.and_then(|document| serde_json::from_value(document).ok()) {
            Some(document) => One { read: complete(name, 1), object: Some(document) },
            None => refused(name, &ReadError::Absent),
        }
    }

    async fn groups(&self) -> Result<Arc<Groups>, ReadError> {
        if let Some(error) = self.note(GROUPS.path.into()) {
            return Err(error);
        }
        let mut read = complete(GROUPS.path.into(), 1);
        if self.groups.is_none() {
            read.coverage = Coverage::Forbidden;
        }
        Ok(Arc::new(Groups { read, served: self.groups.clone() }))
    }

    /// A group serves the kinds of its manifests.
    async fn resources(&self, path: &Path) -> Resources {
        if let Some(error) = self.note(path.path.into()) {
            return Resources { read: refused::<()>(path.path.into(), &error).read, served: Vec::new() };
        }
        let version = path.path.trim_start_matches("/apis/");
        let kinds = self.manifests.0.iter().filter(|object| object["apiVersion"] == version);
        let mut served: Vec<Served> = kinds
            .filter_map(|object| object["kind"].as_str())
            .map(|kind| Served { name: kind.to_lowercase(), kind: kind.into() })
            .collect();
        served.sort_by(|a, b| a.name.cmp(&b.name));
        served.dedup();
        Resources { read: complete(path.path.into(), 1), served }
    }

    /// What was sent is written down as an object of its own.
    async fn pushed(&self, source: Source) -> Result<Pushed, ReadError> {
        let is_it = |found: &&Value| found["kind"] == "Pushed" && found["metadata"]["name"] == source.as_str();
        let found = self.manifests.0.iter().find(is_it).map(|found| found["pushed"].clone());
        Ok(found.map_or_else(Pushed::default, |found| serde_json::from_value(found).expect("what was sent")))
    }

    fn hello(&self) -> &Hello {
        &self.hello
    }
}
