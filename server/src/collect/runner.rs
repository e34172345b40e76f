//! Reads every cluster of the configuration on a schedule, each by one replica, until told to stop.
//!
//! Starts are jittered and budgets shared, so that many clusters are not asked at once. A database that is away
//! is waited for; a replica that dies loses its clusters to another within a minute.

use super::{
    keeper::Keeper,
    record::{Backoff, record, record_round, record_version},
    scan::{Standing, Target},
    server,
    sisters::Sisters,
    soon::{self, Arrivals},
    store,
};
use crate::{
    app::App,
    clusters::{self, Registered},
    freshness,
    intake::Inbox,
};
use chrono::TimeDelta;
use futures::future::BoxFuture;
use model::scan::Scan;
use rand::Rng;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Mutex, Semaphore},
    task::JoinSet,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How long a lease holds, and how often it is renewed.
const LEASE: TimeDelta = TimeDelta::seconds(60);
const RENEW: Duration = Duration::from_secs(20);
/// The first scans begin within this time.
const SPREAD: Duration = Duration::from_secs(5);

/// Polls until `shutdown`; then gives its leases back.
pub async fn run(app: App, shutdown: CancellationToken) {
    let holder = Uuid::now_v7();
    tokio::select! {
        () = poll(&app, holder) => {}
        () = shutdown.cancelled() => {}
    }
    if let Err(error) = store::release_leases(&app.db, holder).await {
        tracing::warn!(%error, "leases could not be given back; they end by themselves");
    }
}

/// Reads one cluster now and records what it gave: `bevis scan`.
pub async fn scan_now(app: &App, name: &str) -> anyhow::Result<Vec<Scan>> {
    let target = target(app, name).await?;
    let scans = Mutex::new(Vec::new());
    let (budget, started_at) = (target.budget(), app.clock.now());
    let session = target.connect_within(budget.clone()).await;
    if let Ok(session) = &session {
        record_version(app, &target, session).await;
    }
    let done = |scan: Scan| -> BoxFuture<'_, ()> {
        Box::pin(async {
            record(app, &target, &scan, Instant::now()).await;
            scans.lock().await.push(scan);
        })
    };
    target.scan_all(&session, &done).await;
    record_round(app, &target, &budget, started_at).await;
    Ok(scans.into_inner())
}

/// The cluster of a name in the configuration.
pub(super) async fn target(app: &App, name: &str) -> anyhow::Result<Target> {
    let target = register(app).await?.into_iter().find(|target| target.cluster.name.get_ref() == name);
    target.ok_or_else(|| anyhow::anyhow!("no cluster \"{name}\" in the configuration"))
}

async fn register(app: &App) -> Result<Vec<Target>, sqlx::Error> {
    let config = &app.config;
    let entries: Vec<Registered> = config
        .clusters
        .iter()
        .map(|cluster| Registered {
            name: cluster.name.get_ref().clone(),
            title: cluster.title().to_owned(),
            server: server(cluster).unwrap_or_else(|_| "unknown".into()),
            management: cluster.policy.management_cluster.clone(),
        })
        .collect();
    let ids = clusters::register(&app.db, &entries, app.clock.now()).await?;
    freshness::keep(&app.db, &config.freshness.settings(), app.clock.now()).await?;
    let in_all = Arc::new(Semaphore::new(config.scan.in_all.max(1)));
    let keeper = Arc::new(Keeper::default());
    let target = |cluster: &crate::config::Cluster| {
        let (id, _) = ids.iter().find(|(_, name)| name == cluster.name.get_ref())?;
        let settings = config.scan.of(cluster);
        Some(Target {
            id: *id,
            cluster: cluster.clone(),
            standing: Standing::new(&settings),
            settings,
            clock: app.clock.clone(),
            progress: app.progress.clone(),
            in_all: Arc::clone(&in_all),
            inbox: Inbox::of(app.db.clone()),
            sisters: Sisters::of(app.db.clone()),
            keeper: Arc::clone(&keeper),
        })
    };
    Ok(config.clusters.iter().filter_map(target).collect())
}

async fn poll(app: &App, holder: Uuid) {
    let mut backoff = Backoff::new();
    let targets = loop {
        match register(app).await {
            Ok(targets) => break targets,
            Err(error) => tracing::warn!(%error, "the clusters cannot be registered yet; trying again"),
        }
        backoff.wait().await;
    };
    // Dropping the set ends its tasks: that is how shutdown reaches them.
    let mut tasks = JoinSet::new();
    let arrivals = Arrivals::default();
    let (listens, pool) = (arrivals.clone(), app.db.clone());
    tasks.spawn(async move { listens.listen(&pool).await });
    for target in targets {
        let polled = Polled { app: app.clone(), target, holder, arrivals: arrivals.clone() };
        tasks.spawn(async move { polled.poll().await });
    }
    while let Some(ended) = tasks.join_next().await {
        if let Err(fault) = ended {
            tracing::error!(%fault, "a cluster is no longer polled; restart Bevis, and please report this");
        }
    }
    std::future::pending::<()>().await;
}

/// A cluster that this replica reads while it holds its lease.
pub(super) struct Polled {
    pub(super) app: App,
    pub(super) target: Target,
    holder: Uuid,
    arrivals: Arrivals,
}

impl Polled {
    async fn poll(&self) {
        let interval = Duration::from_secs(self.target.settings.interval_seconds.max(1));
        sleep(jitter(SPREAD.min(interval))).await;
        loop {
            if !self.take_lease().await {
                // Another replica reads the cluster; if it dies, its lease ends.
                sleep(RENEW + jitter(RENEW / 4)).await;
                continue;
            }
            let next = Instant::now() + interval - interval / 10 + jitter(interval / 5);
            // Before the round, so that nothing is missed that comes while it runs.
            let arrivals = self.arrivals.subscribe();
            tokio::select! {
                () = async {
                    self.round(next).await;
                    tokio::time::sleep_until(next).await;
                } => {}
                () = soon::keep_up(self, arrivals) => {}
                () = self.until_lease_is_lost() => {}
            }
        }
    }

    async fn round(&self, next: Instant) {
        let (budget, started_at) = (self.target.budget(), self.app.clock.now());
        let session = self.target.connect_within(budget.clone()).await;
        if let Ok(session) = &session {
            record_version(&self.app, &self.target, session).await;
        }
        let done = |scan: Scan| -> BoxFuture<'_, ()> {
            Box::pin(async move { record(&self.app, &self.target, &scan, next).await })
        };
        self.target.scan_all(&session, &done).await;
        record_round(&self.app, &self.target, &budget, started_at).await;
    }

    /// Whether this replica may read the cluster. Without a database nobody may: nothing could be recorded.
    async fn take_lease(&self) -> bool {
        self.renew().await.unwrap_or_else(|error| {
            tracing::warn!(cluster = self.target.cluster.name.get_ref(), %error, "no lease; trying again");
            false
        })
    }

    async fn renew(&self) -> Result<bool, sqlx::Error> {
        let now = self.app.clock.now();
        store::take_lease(&self.app.db, self.target.id, self.holder, now, now + LEASE).await
    }

    /// Renews the lease for as long as it can be; ends when another replica has it.
    async fn until_lease_is_lost(&self) {
        loop {
            sleep(RENEW).await;
            match self.renew().await {
                Ok(true) => {}
                Ok(false) => {
                    tracing::warn!(cluster = self.target.cluster.name.get_ref(), "another replica took the lease");
                    return;
                }
                // While the database is away, nobody else can take it either.
                Err(error) => tracing::debug!(%error, "the lease could not be renewed"),
            }
        }
    }
}

fn jitter(most: Duration) -> Duration {
    rand::rng().random_range(Duration::ZERO..=most)
}
