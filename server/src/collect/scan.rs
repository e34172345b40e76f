//! One reading of a cluster: connect, greet, read the sources, judge. Knows nothing of the database.
//!
//! Whatever goes wrong becomes a scan that says so, with an empty evaluation: then history changes nothing.

use super::{
    Progress, Step,
    budget::{Budget, Meter, Turns},
    client::{Client, connect_within},
    hello::{hello, identity},
    keeper::{Holding, Keeper},
    memory::Memory,
    reader::{ApiReader, Sent, Shared},
    sisters::Sisters,
};
use crate::{
    clock::Clock,
    config::{self, ObjectSettings, Policy, WhichObjects},
    intake::Inbox,
};
use futures::future::BoxFuture;
use model::{
    Instant,
    catalogue::Catalogue,
    custom::Custom,
    evaluation::Evaluation,
    ids::ClusterId,
    scan::{Coverage, Facts, Scan},
    source::Source,
};
use sources::{
    ReadError,
    listed::Listed,
    objects::any::AnyObject,
    reader::{Hello, Reader},
    reading::{self, Context, Reading},
    rules,
};
use std::{
    sync::{Arc, Mutex, atomic::AtomicU32},
    time::Duration,
};
use tokio::{sync::Semaphore, time::timeout};

/// Everything that reading one cluster needs.
#[derive(Clone)]
pub struct Target {
    /// Its id.
    pub id: ClusterId,
    /// How to reach it, and what is approved in it.
    pub cluster: config::Cluster,
    /// Budgets.
    pub settings: config::ScanSettings,
    /// The time.
    pub clock: Clock,
    /// Who listens.
    pub progress: Progress,
    /// Sources read at once in all clusters.
    pub in_all: Arc<Semaphore>,
    /// What clusters sent by themselves.
    pub inbox: Inbox,
    /// The clusters that it is paired with.
    pub sisters: Sisters,
    /// What outlives a round.
    pub standing: Arc<Standing>,
    /// What is known of objects that came before.
    pub keeper: Arc<Keeper>,
}

/// What outlives a round of a cluster: its turns to ask, and what was read of it.
#[derive(Debug)]
pub struct Standing {
    turns: Arc<Turns>,
    memory: Memory,
}

impl Standing {
    /// Of a cluster that has not been read yet.
    pub fn new(settings: &config::ScanSettings) -> Arc<Self> {
        Arc::new(Self { turns: Arc::new(Turns::new(settings.requests_per_second)), memory: Memory::new(settings) })
    }
}

/// What is done with a scan when it ends.
pub type Done<'a> = &'a (dyn Fn(Scan) -> BoxFuture<'a, ()> + Send + Sync);

/// One reading of all sources: how many at once, and what they read together.
struct Round {
    at_once: Semaphore,
    shared: Shared,
}

/// Whether a source is part of Kubernetes itself, so that its version is the cluster's.
const fn is_of_kubernetes(source: Source) -> bool {
    matches!(source, Source::Rbac | Source::PodSecurity | Source::ApiServer | Source::Nodes)
}

/// A connection that was greeted.
pub struct Session {
    client: Client,
    /// What the API server said of itself.
    pub hello: Hello,
}

impl Target {
    /// Connects and greets, which begins a round.
    pub async fn connect(&self) -> Result<Session, ReadError> {
        self.connect_within(self.budget()).await
    }

    /// The budget of a round that begins.
    pub(super) fn budget(&self) -> Budget {
        Budget::new(Arc::clone(&self.standing.turns), &self.settings)
    }

    pub(super) async fn connect_within(&self, budget: Budget) -> Result<Session, ReadError> {
        let client = connect_within(&self.cluster, &self.settings, budget).await?;
        let hello = hello(&client, || self.clock.now()).await?;
        let memory = &self.standing.memory;
        memory.begin(if memory.is_wanted() { identity(&client).await } else { None });
        Ok(Session { client, hello })
    }

    /// Reads every source, at most so many at once as the settings say. `done` is given each scan as it ends.
    pub async fn scan_all<'a>(&'a self, session: &'a Result<Session, ReadError>, done: Done<'a>) {
        let round = Round { at_once: Semaphore::new(self.settings.per_cluster.max(1)), shared: Shared::default() };
        let each = Catalogue::current().sources().map(|source| self.scan_one(source, session, &round, done));
        futures::future::join_all(each).await;
    }

    async fn scan_one<'a>(
        &'a self,
        source: Source,
        session: &'a Result<Session, ReadError>,
        round: &Round,
        done: Done<'a>,
    ) {
        // The semaphore is never closed.
        let _permit = round.at_once.acquire().await;
        let scan = self.scan_in(round, source, session).await;
        let coverage = scan.coverage;
        let objects = scan.reads.iter().map(|read| read.objects).sum();
        done(scan).await;
        self.tell(source, objects, Some(coverage));
    }

    /// Reads and judges one source by itself.
    pub async fn scan(&self, source: Source, session: &Result<Session, ReadError>) -> Scan {
        let round = Round { at_once: Semaphore::new(1), shared: Shared::default() };
        self.scan_in(&round, source, session).await
    }

    async fn scan_in(&self, round: &Round, source: Source, session: &Result<Session, ReadError>) -> Scan {
        // The semaphore is never closed.
        let _permit = self.in_all.acquire().await;
        let started_at = self.clock.now();
        self.tell(source, 0, None);
        let patience = Duration::from_secs(self.settings.scan_seconds.max(1));
        let meter = Arc::new(Meter::default());
        let outcome = match session {
            Err(error) if !source.is_pushed() => Ok(Err(error.clone())),
            // What the cluster sent is there, whether or not it answers.
            session => timeout(patience, self.read(round, source, session, &meter)).await,
        };
        let outcome = outcome.unwrap_or(Err(ReadError::Deadline { after: patience }));
        let ended_at = self.clock.now().max(started_at);
        let traffic = Some(meter.traffic());
        outcome.map_or_else(
            |error| Scan { traffic, ..self.failed(source, &error, started_at, ended_at) },
            |read| Scan { started_at, ended_at, traffic, ..read },
        )
    }

    async fn read(
        &self,
        round: &Round,
        source: Source,
        session: &Result<Session, ReadError>,
        meter: &Arc<Meter>,
    ) -> Result<Scan, ReadError> {
        let tell = |objects| self.tell(source, objects, None);
        let hello = session.as_ref().map(|session| session.hello.clone()).unwrap_or_default();
        let client = session.as_ref().map(|session| session.client.of_source(Arc::clone(meter)));
        let client = client.map_err(Clone::clone);
        let holding = Arc::new(Holding::new(Arc::clone(&self.keeper), &self.settings.objects, self.clock.now()));
        let reader = self.reader(client, &hello, &round.shared, &holding, &tell);
        let reading = reading::read(source, &reader, &self.cluster.policy).await?;
        let mut objects = reader.into_objects();
        let (coverage, error) = reading::coverage(&*reading);
        let problems = reading::problems(&*reading);
        let reads = reading.parts().into_iter().map(|(_, read)| read.clone()).collect();
        let of_kubernetes = || hello.version.clone().filter(|_| is_of_kubernetes(source));
        let version = reading.version().or_else(of_kubernetes);
        let teams = reading.teams(&self.cluster.policy);
        let labels = reading.labels(&self.cluster.policy.label_keys);
        let (evaluation, facts) = match coverage {
            Coverage::Unreachable | Coverage::Failed => (Evaluation::default(), Facts::default()),
            _ => self.judge(reading, hello.clone(), self.policy(source).await).await?,
        };
        let facts = Facts { labels, ..facts };
        holding.choose(&mut objects, &evaluation);
        let at = self.clock.now();
        Ok(Scan {
            cluster: self.id,
            source,
            started_at: at,
            ended_at: at,
            coverage,
            error,
            problems,
            version,
            reads,
            traffic: None,
            objects,
            teams,
            evaluation,
            facts,
        })
    }

    fn reader<'a>(
        &'a self,
        client: Result<Client, ReadError>,
        hello: &'a Hello,
        shared: &'a Shared,
        holding: &Arc<Holding>,
        tell: &'a (dyn Fn(u32) + Send + Sync),
    ) -> ApiReader<'a> {
        ApiReader {
            client,
            hello,
            sent: Sent { inbox: &self.inbox, cluster: self.id, policy: &self.cluster.policy, clock: &self.clock },
            settings: &self.settings,
            memory: &self.standing.memory,
            shared,
            tell,
            before: AtomicU32::new(0),
            clock: &self.clock,
            holding: Arc::clone(holding),
            objects: Mutex::default(),
        }
    }

    /// Reads what one check of the operator's is about, for a trial that is not recorded as a scan.
    pub(super) async fn objects_of(&self, custom: &'static Custom, session: &Session) -> Listed<AnyObject> {
        let shared = Shared::default();
        // A trial is not recorded, and neither is what it saw.
        let none = ObjectSettings { keep: WhichObjects::None, ..ObjectSettings::default() };
        let holding = Arc::new(Holding::new(Arc::clone(&self.keeper), &none, self.clock.now()));
        self.reader(Ok(session.client.clone()), &session.hello, &shared, &holding, &|_| {})
            .list(&rules::custom::resource(custom))
            .await
    }

    /// What is approved; for RBAC with who administers the clusters that this one is paired with, where nobody says.
    async fn policy(&self, source: Source) -> Policy {
        let mut policy = self.cluster.policy.clone();
        if source == Source::Rbac && policy.sister_admins.is_none() {
            policy.sister_admins_seen = self.sisters.administrators(self.id, self.clock.now()).await;
        }
        policy
    }

    /// Judges on a thread of its own: large clusters take a while, and a fault of ours must not end the task.
    async fn judge(
        &self,
        reading: Box<dyn Reading>,
        hello: Hello,
        policy: Policy,
    ) -> Result<(Evaluation, Facts), ReadError> {
        let now = self.clock.now() + hello.ahead.unwrap_or_default();
        let judged = tokio::task::spawn_blocking(move || {
            let evaluation = reading::judge(&*reading, &Context { policy: &policy, now, hello: &hello });
            (evaluation, reading.facts())
        });
        judged.await.map_err(|fault| {
            tracing::error!(cluster = self.cluster.name.get_ref(), %fault, "judging failed");
            ReadError::Internal
        })
    }

    fn failed(&self, source: Source, error: &ReadError, started_at: Instant, ended_at: Instant) -> Scan {
        Scan {
            cluster: self.id,
            source,
            started_at,
            ended_at,
            coverage: match error.coverage() {
                // Of a whole source, only reading can say that it is forbidden or absent.
                Coverage::Forbidden | Coverage::Absent => Coverage::Failed,
                coverage => coverage,
            },
            error: Some(error.sentence()),
            problems: vec![error.problem()],
            version: None,
            reads: Vec::new(),
            traffic: None,
            objects: Vec::new(),
            teams: None,
            evaluation: Evaluation::default(),
            facts: Facts::default(),
        }
    }

    fn tell(&self, source: Source, objects: u32, ended: Option<Coverage>) {
        let cluster_name = self.cluster.name.get_ref().clone();
        self.progress.tell(Step { cluster: self.id, cluster_name, source, objects, ended });
    }
}
