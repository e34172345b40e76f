//! The past that the first start makes: months of scans of the simulated fleet, read by the real collector, judged by
//! the real rules and recorded by the real history, at instants that are set; and a few decisions by the demo's people.

mod decisions;
mod store;

use crate::senders::{self, Tokens};
use ::fleet::now::Now;
use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use model::{ids::ClusterId, scan::Scan, source::Source};
use server::{
    app::App,
    clock::Clock,
    clusters::{self, Registered},
    collect::{self, Progress, Sisters, Standing, Target},
    config::{Config, ScanSettings},
    db, freshness, history,
    intake::Inbox,
    serve,
};
use sqlx::PgPool;
use std::{
    collections::BTreeMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{sync::Semaphore, task::JoinSet};
use tokio_util::sync::CancellationToken;

/// Hours between two scans: long ago, on days on which much happened, and lately.
///
/// Bevis scans every minute. A past of that grain would take hours to make and tell no more than this one.
const STEPS: [i64; 3] = [24, 6, 1];
/// Days of the story on which much happens: rights at night, certificates that run out, a release that is taken back,
/// upgrades, a scanner that stands still.
const EVENTFUL: [i64; 8] = [12, 21, 43, 64, 76, 86, 95, 99];
/// How many days back it was scanned every hour.
const LATELY: i64 = 1;
/// Hours after which what was known in that past is stale: a scan a day, and some room.
const FRESH_HOURS: u32 = 26;
/// Bevis itself was down between these hours before now.
const DOWN: std::ops::Range<i64> = 12..18;

/// What the past is made of.
pub(crate) struct Past<'a> {
    pub(crate) config: &'a Config,
    /// When the clusters' story began.
    pub(crate) began: DateTime<Utc>,
    /// When Bevis first looked.
    pub(crate) from: DateTime<Utc>,
    pub(crate) until: DateTime<Utc>,
    /// The fleet's time, which is moved along.
    pub(crate) now: &'a Now,
}

/// What was made.
pub(crate) struct Made {
    pub(crate) scans: usize,
    pub(crate) deliveries: usize,
    /// The tokens of those who sent.
    pub(crate) tokens: Tokens,
}

/// Makes it; nothing where it was told to stop.
pub(crate) async fn make(past: &Past<'_>, stop: &CancellationToken) -> anyhow::Result<Option<Made>> {
    let options = past.config.database.url.reveal()?.parse().context("the database's address")?;
    let pool = db::pool(options, 8);
    let outcome = tokio::select! {
        outcome = replay(&pool, past) => outcome.map(Some),
        () = stop.cancelled() => Ok(None),
    };
    pool.close().await;
    outcome.context("The demo's history cannot be made.")
}

async fn replay(pool: &PgPool, past: &Past<'_>) -> anyhow::Result<Made> {
    let clock = Clock::manual(past.from);
    serve::adopt(pool, past.config, past.from).await?;
    freshness::keep(pool, &budgets(), past.from).await?;
    let targets = targets(pool, past, &clock).await?;
    let mut plan = decisions::PLAN.iter().peekable();
    let app = serve::app(past.config.clone(), clock.clone(), CancellationToken::new())?;
    let app = App { db: pool.clone(), ..app };
    let mut sending = senders::all(past.began, past.began, Tokens::new());
    let (mut scans, mut deliveries) = (0, 0);
    for at in instants(past.began, past.until).filter(|at| *at >= past.from) {
        clock.advance(at - clock.now());
        past.now.set(at);
        let sent = sending.iter_mut().map(|sending| sending.in_the_past(&app));
        deliveries += futures::future::try_join_all(sent).await?.into_iter().sum::<usize>();
        let mut reading: JoinSet<_> = targets.iter().map(|target| scan(target.clone(), pool.clone())).collect();
        while let Some(read) = reading.join_next().await {
            scans += read.context("a scan ended unexpectedly")??;
        }
        while let Some(decision) = plan.next_if(|decision| past.began + TimeDelta::days(decision.day) <= at) {
            decisions::take(pool, past.config, decision, at + TimeDelta::minutes(5)).await?;
        }
    }
    Ok(Made { scans, deliveries, tokens: senders::tokens(&sending) })
}

fn budgets() -> BTreeMap<freshness::Of, i32> {
    let all = Source::ALL.iter().map(|source| (*source, FRESH_HOURS * 60 * 60)).collect();
    freshness::settings(&all, &BTreeMap::new())
}

/// Scans one cluster once; a task of its own, so that all processors take part.
async fn scan(target: Target, pool: PgPool) -> anyhow::Result<usize> {
    let (pool, clock) = (&pool, &target.clock);
    let session = target.connect().await;
    if let Ok(session) = &session
        && let Some(version) = &session.hello.version
    {
        clusters::set_version(pool, target.id, version, clock.now()).await?;
    }
    let outcome = Mutex::new(Ok(0));
    let keep = |recorded: Result<_, sqlx::Error>| {
        let mut outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner);
        match (recorded, outcome.as_mut()) {
            (Ok(_), Ok(scans)) => *scans += 1,
            (Err(error), Ok(_)) => *outcome = Err(error),
            (_, Err(_)) => {}
        }
    };
    let keep = &keep;
    let keeper = &target.keeper;
    let done = |scan: Scan| {
        let recorded = async move {
            let recorded = history::record(pool, &scan, clock.now()).await;
            if recorded.is_ok() {
                keeper.kept(&scan.objects);
            }
            keep(recorded);
        };
        recorded.boxed()
    };
    target.scan_all(&session, &done).await;
    Ok(outcome.into_inner().unwrap_or_else(PoisonError::into_inner)?)
}

/// Registers the clusters and prepares reading them.
async fn targets(pool: &PgPool, past: &Past<'_>, clock: &Clock) -> anyhow::Result<Vec<Target>> {
    let mut registered = Vec::new();
    for cluster in &past.config.clusters {
        let server = collect::server(cluster).map_err(|error| anyhow::anyhow!(error.sentence()))?;
        registered.push(Registered {
            name: cluster.name.get_ref().clone(),
            title: cluster.title().into(),
            server,
            management: cluster.policy.management_cluster.clone(),
        });
    }
    let ids = clusters::register(pool, &registered, past.from).await?;
    let in_all = Arc::new(Semaphore::new(past.config.scan.in_all.max(1)));
    // A simulated past is over in no time: nobody is spared by asking slowly.
    let settings = ScanSettings { requests_per_second: NonZeroU32::MAX, ..past.config.scan.clone() };
    let target = |cluster: &server::config::Cluster, id: ClusterId| Target {
        id,
        cluster: cluster.clone(),
        standing: Standing::new(&settings),
        settings: settings.clone(),
        clock: clock.clone(),
        progress: Progress::default(),
        in_all: Arc::clone(&in_all),
        inbox: Inbox::of(pool.clone()),
        sisters: Sisters::of(pool.clone()),
        keeper: Arc::default(),
    };
    let pairs = past.config.clusters.iter().zip(ids);
    Ok(pairs.map(|(cluster, (id, _))| target(cluster, id)).collect())
}

/// When the past was scanned, oldest first; all of it over.
fn instants(began: DateTime<Utc>, until: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    let hours = (until - began).num_hours();
    (2..hours)
        .filter(move |hour| {
            let (day, ago) = (hour / 24, hours - hour);
            let step = if ago <= LATELY * 24 {
                STEPS[2]
            } else if EVENTFUL.contains(&day) {
                STEPS[1]
            } else {
                STEPS[0]
            };
            (hour - 2) % step == 0 && !DOWN.contains(&ago)
        })
        .map(move |hour| began + TimeDelta::hours(hour))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_past_is_over() {
        let until: DateTime<Utc> = "2026-11-02T12:00:00Z".parse().expect("an instant");
        let all: Vec<_> = instants(until - TimeDelta::days(30), until).collect();
        assert!(all.is_sorted() && all.last().is_some_and(|last| *last < until));
        let gaps = all.windows(2).map(|pair| pair[1] - pair[0]);
        assert!(gaps.clone().all(|gap| gap <= TimeDelta::hours(24)), "each day");
        assert_eq!(gaps.filter(|gap| *gap == TimeDelta::hours(7)).count(), 1, "and once it was down");
        assert_eq!(instants(until, until).count(), 0);
    }
}
