//! Simulated Kubernetes API servers: real HTTP on loopback, hand-made JSON, faults that are switched while they run.
//!
//! What a server holds is a function of a [`Story`] and the time, or a fixed [`World`]. It answers reads only, as the
//! collector makes them: version, discovery, paged lists, single objects, access reviews. It never keeps what is posted.

mod discovery;
mod fault;
mod kubeconfig;
mod list;
mod resources;
mod serve;
mod state;
mod status;
mod world;

pub use fault::Fault;
pub use resources::{RESOURCES, Resource};
pub use world::{Delivery, Object, Profile, Sender, Size, Story, World};

use crate::{
    listener::{Refusable, bind},
    now::Now,
};
use anyhow::Context as _;
use fault::Armed;
use serde_json::Value;
pub use state::Counted;
use state::{Content, Shared};
use std::{net::Ipv4Addr, path::Path, sync::Arc};
use tokio_util::sync::{CancellationToken, DropGuard};

/// How an API server is started.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name, which becomes that of the kubeconfig's context.
    pub name: String,
    /// The port; 0 picks a free one.
    pub port: u16,
    /// The bearer token that is let in.
    pub token: String,
    /// Whether discovery is aggregated, as from Kubernetes 1.26, or only the old kind.
    pub aggregated_discovery: bool,
    /// The time.
    pub now: Now,
}

impl Settings {
    /// A free port, a fixed token, aggregated discovery.
    pub fn new(name: &str, now: Now) -> Self {
        Self { name: name.into(), port: 0, token: format!("token-of-{name}"), aggregated_discovery: true, now }
    }
}

/// A running API server; it ends when this is dropped.
pub struct SimCluster {
    shared: Arc<Shared>,
    port: u16,
    _stop: DropGuard,
}

impl SimCluster {
    /// Starts a server that tells a story.
    pub async fn tell(settings: Settings, story: Story) -> anyhow::Result<Self> {
        Self::start(settings, Content::Story(story)).await
    }

    /// Starts a server that holds a fixed world.
    pub async fn hold(settings: Settings, world: World) -> anyhow::Result<Self> {
        Self::start(settings, Content::Fixed(Arc::new(world))).await
    }

    async fn start(settings: Settings, content: Content) -> anyhow::Result<Self> {
        let what = || format!("listening at port {} for the cluster {}", settings.port, settings.name);
        let (inner, port) = bind(Ipv4Addr::LOCALHOST.into(), settings.port).await.with_context(what)?;
        let shared = Arc::new(Shared::new(settings, content));
        let away = Arc::clone(&shared);
        let listener = Refusable { inner, refuses: move || away.away() };
        let stop = CancellationToken::new();
        let service = axum::serve(listener, serve::router(Arc::clone(&shared)));
        let stopped = stop.clone();
        // Not graceful on purpose: a hanging answer must not keep the server alive.
        tokio::spawn(async move {
            tokio::select! {
                outcome = async { service.await } => if let Err(error) = outcome { tracing::error!(%error, "a simulated cluster stopped") },
                () = stopped.cancelled() => {}
            }
        });
        Ok(Self { shared, port, _stop: stop.drop_guard() })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.shared.settings.name
    }

    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The address, as a kubeconfig has it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A kubeconfig that lets a reader in.
    pub fn kubeconfig(&self) -> String {
        kubeconfig::kubeconfig(self.name(), &self.url(), &self.shared.settings.token)
    }

    /// Writes the kubeconfig for its owner alone.
    pub fn write_kubeconfig(&self, path: &Path) -> anyhow::Result<()> {
        kubeconfig::write(path, &self.kubeconfig())
    }

    /// Makes requests for a resource (its plural, as `rolebindings`; `*` for all of the server) fail from now on.
    pub fn set_fault(&self, target: &str, fault: Fault) {
        self.arm(target, fault, None);
    }

    /// Makes the next `times` requests fail, and those after them succeed.
    pub fn set_fault_times(&self, target: &str, fault: Fault, times: u32) {
        self.arm(target, fault, Some(times));
    }

    fn arm(&self, target: &str, fault: Fault, left: Option<u32>) {
        self.shared.state().faults.insert(target.into(), Armed { fault, left });
    }

    /// Ends the fault of one resource, or of the whole server with `*`.
    pub fn clear_fault(&self, target: &str) {
        self.shared.state().faults.remove(target);
    }

    /// Ends all faults.
    pub fn clear_faults(&self) {
        self.shared.state().faults.clear();
        self.set_away(false);
    }

    /// Closes every connection without an answer, or stops doing so.
    pub fn set_away(&self, away: bool) {
        self.shared.state().away = away;
    }

    /// Sets the server's own clock off by so many seconds, as its `Date` header shows.
    pub fn set_skew(&self, seconds: i64) {
        self.shared.state().skew_seconds = seconds;
    }

    /// Lets another token in from now on, and the old one no longer.
    pub fn set_token(&self, token: &str) {
        self.shared.state().token = token.into();
    }

    /// Adds an object of a resource, or replaces it; any JSON, also such as no real server would send.
    pub fn put(&self, plural: &str, object: Value) {
        self.shared.put(plural, object);
    }

    /// Takes an object away.
    pub fn remove(&self, plural: &str, namespace: Option<&str>, name: &str) {
        self.shared.remove(plural, namespace, name);
    }

    /// Requests so far, as `GET /api/v1/namespaces?limit=500`, in order.
    pub fn requests(&self) -> Vec<String> {
        self.shared.state().requests.clone()
    }

    /// Forgets the requests so far, and what was counted of them.
    pub fn forget_requests(&self) {
        let mut state = self.shared.state();
        state.requests.clear();
        state.counted = Counted::default();
    }

    /// What was counted of the requests so far.
    pub fn counted(&self) -> Counted {
        self.shared.state().counted
    }
}
