//! Gives the sources what they ask for, from an API server.

use super::{
    client::{Answer, Client},
    hello, issuer,
    keeper::Holding,
    lists::Lists,
    memory::Memory,
    raw::Raw,
};
use crate::{clock::Clock, config::ScanSettings, intake::Inbox};
use model::{
    ids::ClusterId,
    problem::ProblemWord,
    scan::{Coverage, ObjectList, Read},
    source::Source,
};
use serde::Deserialize;
use sources::{
    Policy, ReadError,
    error::{LONGEST, clean, problem},
    listed::{Listed, Noted, One},
    objects::oidc::Discovery,
    page::{Misread, Page, found},
    pushed::Pushed,
    reader::{Groups, Hello, Readable, Reader, Resources, Served},
    request::{GROUPS, Log, Object, Path, Resource},
};
use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::sync::OnceCell;

const JSON: &str = "application/json";
/// Bytes of a container's log that are read, from its end.
const LOG_BYTES: usize = 5 << 20;

/// A value that was made once; of which type, its name tells.
type Value = Arc<dyn Any + Send + Sync>;

/// What one round has read for all of its sources.
#[derive(Default)]
pub(super) struct Shared {
    values: Mutex<HashMap<String, Arc<OnceCell<Value>>>>,
    objects: Mutex<HashMap<String, Arc<ObjectList>>>,
}

impl Shared {
    /// The value of that name, made by `make` where no source has asked for it yet.
    async fn get<T, F>(&self, name: String, make: impl FnOnce() -> F) -> Result<Arc<T>, ReadError>
    where
        T: Any + Send + Sync,
        F: Future<Output = Result<T, ReadError>>,
    {
        let cell = {
            let mut cells = self.values.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(cells.entry(name).or_default())
        };
        let make = async || Ok::<_, ReadError>(Arc::new(make().await?) as Value);
        let value = Arc::clone(cell.get_or_try_init(make).await?);
        // A name is made in one place, for one type.
        value.downcast().map_err(|_| ReadError::Internal)
    }

    fn remember(&self, list: Arc<ObjectList>) {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner).insert(list.resource.clone(), list);
    }

    fn objects(&self, resource: &str) -> Option<Arc<ObjectList>> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner).get(resource).cloned()
    }
}

/// Reads the lists of one source, one after the other, and tells how many objects there are so far.
pub(super) struct ApiReader<'a> {
    /// The way to the API server; why there is none.
    pub(super) client: Result<Client, ReadError>,
    pub(super) sent: Sent<'a>,
    pub(super) hello: &'a Hello,
    pub(super) settings: &'a ScanSettings,
    pub(super) memory: &'a Memory,
    pub(super) shared: &'a Shared,
    pub(super) tell: &'a (dyn Fn(u32) + Send + Sync),
    pub(super) before: AtomicU32,
    pub(super) clock: &'a Clock,
    /// Bodies that are held until the reading is recorded.
    pub(super) holding: Arc<Holding>,
    /// The objects read so far, list by list.
    pub(super) objects: Mutex<BTreeMap<String, Arc<ObjectList>>>,
}

impl ApiReader<'_> {
    fn note(&self, list: ObjectList) {
        let list = Arc::new(list);
        self.shared.remember(Arc::clone(&list));
        self.keep(list);
    }

    fn keep(&self, list: Arc<ObjectList>) {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner).insert(list.resource.clone(), list);
    }

    /// The objects that the source rested on.
    pub(super) fn into_objects(self) -> Vec<ObjectList> {
        let lists = self.objects.into_inner().unwrap_or_else(PoisonError::into_inner);
        lists.into_values().map(Arc::unwrap_or_clone).collect()
    }
}

/// Where it is kept what the cluster sent by itself.
pub(super) struct Sent<'a> {
    pub(super) inbox: &'a Inbox,
    pub(super) cluster: ClusterId,
    pub(super) policy: &'a Policy,
    pub(super) clock: &'a Clock,
}

impl ApiReader<'_> {
    fn lists<'a>(&'a self, client: &'a Client, tell: &'a (dyn Fn(u32) + Send + Sync)) -> Lists<'a> {
        let Self { settings, memory, clock, holding, .. } = self;
        Lists { client, settings, memory, clock, holding, tell }
    }

    async fn get(&self, path: &str, accept: &'static str, permission: &str) -> Result<Answer, ReadError> {
        self.client.as_ref().map_err(Clone::clone)?.get(path, accept, permission).await
    }
}

#[derive(Deserialize)]
struct ResourceList {
    // No default: an answer without resources is no answer of an API server.
    resources: Vec<Served>,
}

impl Reader for ApiReader<'_> {
    async fn list<T: Readable>(&self, resource: &Resource) -> Listed<T> {
        let before = self.before.load(Ordering::Relaxed);
        let tell = |count: u32| (self.tell)(before.saturating_add(count));
        let client = match &self.client {
            Ok(client) => client,
            Err(error) => return Listed::failed(resource, error),
        };
        let (listed, objects) = self.lists(client, &tell).typed(resource).await;
        self.before.fetch_add(listed.read.objects, Ordering::Relaxed);
        // Of a list that was not read, nothing is known: not even that it is empty.
        if listed.was_read() {
            self.note(objects);
        }
        listed
    }

    async fn shared<T: Readable>(&self, resource: &Resource) -> Arc<Listed<T>> {
        let name = resource.name();
        // What came is kept as it came: sources that read the same list look at different fields of it.
        let raw = async || {
            let client = self.client.as_ref().map_err(Clone::clone)?;
            let (raw, objects) = self.lists(client, self.tell).raw(resource).await?;
            self.note(objects);
            Ok(raw)
        };
        let made = match self.shared.get::<Arc<Raw>, _>(name.clone(), raw).await {
            Ok(raw) => {
                let typed = format!("{name} as {}", std::any::type_name::<T>());
                self.shared
                    .get(typed, async || Raw::listed::<T>(Arc::clone(raw.as_ref()), resource.clone()).await)
                    .await
            }
            Err(error) => Err(error),
        };
        if made.as_ref().is_ok_and(|listed| listed.unread > 0) {
            self.memory.forget(&name);
        }
        // For every source that rests on it, not only for the one that came first.
        if let Some(list) = self.shared.objects(&resource.name()) {
            self.keep(list);
        }
        made.unwrap_or_else(|error| Arc::new(Listed::failed(resource, &error)))
    }

    async fn one<T: Readable>(&self, object: &Object) -> One<T> {
        let path = object.path();
        match self.get(&path, JSON, &object.permission()).await {
            Ok(answer) => {
                let (resource, page) = (object.name(), Page::of_object(&answer.body));
                let Noted { kind, refs: objects, bodies } = self.holding.note(&resource, &page, 1);
                let fetched_at = self.clock.now();
                self.note(ObjectList { resource, kind, fetched_at, confirmed_at: None, objects, bodies });
                understood(object.name(), &page)
            }
            Err(error) => refused(object.name(), &error),
        }
    }

    async fn log(&self, log: &Log) -> One<String> {
        let (namespace, pod) = (&log.namespace, &log.pod);
        let path = format!("/api/v1/namespaces/{namespace}/pods/{pod}/log?limitBytes={LOG_BYTES}");
        match self.get(&path, "*/*", &log.permission()).await {
            Ok(answer) => {
                One { read: complete(log.name()), object: Some(String::from_utf8_lossy(&answer.body).into_owned()) }
            }
            Err(error) => refused(log.name(), &error),
        }
    }

    async fn groups(&self) -> Result<Arc<Groups>, ReadError> {
        self.shared
            .get(GROUPS.path.into(), async || hello::groups(self.client.as_ref().map_err(Clone::clone)?).await)
            .await
    }

    async fn resources(&self, path: &Path) -> Resources {
        let permission = format!("get {}", path.path);
        let asked = self.get(path.path, JSON, &permission).await.and_then(|answer| {
            let not_kubernetes =
                |_| ReadError::NotKubernetes { what: format!("GET {}", path.path), found: found(200, &answer.body) };
            serde_json::from_slice::<ResourceList>(&answer.body).map_err(not_kubernetes)
        });
        match asked {
            Ok(list) => {
                let objects = u32::try_from(list.resources.len()).unwrap_or(u32::MAX);
                Resources { read: Read { objects, ..complete(path.path.into()) }, served: list.resources }
            }
            Err(error) => Resources { read: refused::<()>(path.path.into(), &error).read, served: Vec::new() },
        }
    }

    async fn issuer(&self, url: &str) -> One<Discovery> {
        issuer::discovery(url).await
    }

    async fn pushed(&self, source: Source) -> Result<Pushed, ReadError> {
        let Sent { inbox, cluster, policy, clock } = &self.sent;
        inbox.pushed(*cluster, source, policy, clock.now()).await.map_err(|error| {
            tracing::warn!(%cluster, %source, %error, "what was sent could not be read");
            ReadError::Inbox
        })
    }

    fn hello(&self) -> &Hello {
        self.hello
    }
}

fn complete(resource: String) -> Read {
    Read {
        resource,
        coverage: Coverage::Complete,
        objects: 1,
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

/// An object as a page of one is understood, so that both are judged by the same rules.
fn understood<T: Readable>(name: String, page: &Page) -> One<T> {
    let parsed = page.parse::<T>(1);
    let object = parsed.items.into_iter().next();
    let coverage = if object.is_some() { Coverage::Complete } else { Coverage::Truncated };
    let error = parsed.first_problem.as_ref().map(|first| clean(&first.to_string(), LONGEST));
    let words = |first: &Misread| {
        let (object, why, column) = (first.object(), first.why(), first.column());
        problem(ProblemWord::MisreadObject, &[("object", &object), ("why", &why), ("column", &column)])
    };
    let read = Read {
        coverage,
        objects: u32::from(object.is_some()),
        malformed: parsed.malformed,
        error,
        problems: parsed.first_problem.iter().map(words).collect(),
        ..complete(name)
    };
    One { read, object }
}
