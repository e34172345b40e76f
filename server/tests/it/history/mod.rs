//! History: what scans and decisions leave behind, and what every loader says of any instant.

mod acceptances;
mod access;
mod append_only;
mod clocks;
mod coverage;
mod decisions;
mod dispositions;
mod dropping;
mod groups;
mod instants;
mod labels;
mod lists;
mod model;
mod objects;
mod pairs;
mod periods;
mod plans;
mod record;
mod recount;
mod rekey;
mod replay;
mod retention;
mod searching;
mod service_levels;
mod states;
mod trends;
mod unchanged;
mod unseen;

use ::model::{
    Instant,
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::Subject,
    ids::{ClusterId, FindingId, PersonId},
    scan::{Coverage, Read, Scan},
    severity::Severity,
    source::Source,
    views::FindingFilter,
};
use chrono::{DateTime, TimeDelta};
use server::{clusters, db, decisions as deciding, findings, history};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

const NOW_SECONDS: i64 = 1_790_000_000;

/// An instant, in seconds of the test's own time.
fn second(seconds: i64) -> Instant {
    DateTime::from_timestamp(NOW_SECONDS + seconds, 0).expect("a valid instant")
}

/// The owner's pool of one more database, a copy of a template. [`dropped`] ends it.
async fn one_more(options: &PgConnectOptions, template: &str) -> PgPool {
    let name = format!("_one_more_{}", Uuid::new_v4().simple());
    let mut server = PgConnection::connect_with(options).await.expect("a connection");
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    server.execute(AssertSqlSafe(create)).await.expect("a database");
    let one = PgPoolOptions::new().max_connections(1);
    one.connect_with(options.clone().database(&name)).await.expect("a pool")
}

async fn dropped(owner: &PgPool, options: &PgConnectOptions) {
    let name = owner.connect_options().get_database().expect("a name").to_owned();
    owner.close().await;
    let mut server = PgConnection::connect_with(options).await.expect("a connection");
    server.execute(AssertSqlSafe(format!("DROP DATABASE {name}"))).await.expect("dropped");
}

/// A pool that works as the application does, which is not the owner.
fn app_pool(owner: &PgPool) -> PgPool {
    db::pool((*owner.connect_options()).clone(), 4)
}

async fn cluster(pool: &PgPool, name: &str) -> ClusterId {
    let mut db = pool.acquire().await.expect("a connection");
    let mut all: Vec<clusters::Registered> = clusters::names(&mut db, second(1_000_000))
        .await
        .expect("names")
        .into_iter()
        .map(|c| registered(&c.name))
        .collect();
    all.push(registered(name));
    let ids = clusters::register(pool, &all, second(-1_000)).await.expect("registered");
    ids.last().expect("the one just added").0
}

fn registered(name: &str) -> clusters::Registered {
    clusters::Registered {
        name: name.into(),
        title: name.to_uppercase(),
        server: format!("https://{name}.example:6443"),
        management: None,
    }
}

async fn person(pool: &PgPool, name: &str) -> deciding::Actor {
    let id = Uuid::new_v4();
    sqlx::query!(
        "INSERT INTO person (id, issuer, subject, name, created_at, last_login_at) VALUES ($1, 'https://id.example', $2, $3, $4, $4)",
        id, id.to_string(), name, second(-1_000),
    )
    .execute(pool)
    .await
    .expect("a person");
    deciding::Actor { person: PersonId(id), name: name.into() }
}

/// A scan of Velero that began and ended at a second, with results and observations.
pub(crate) fn scan(cluster: ClusterId, at: i64, results: Vec<CheckResult>, observations: Vec<Observation>) -> Scan {
    Scan {
        cluster,
        source: Source::Velero,
        started_at: second(at),
        ended_at: second(at),
        coverage: Coverage::Complete,
        error: None,
        problems: vec![],
        version: Some("1.18.0".into()),
        reads: vec![Read {
            resource: "velero.io/v1/backups".into(),
            coverage: Coverage::Complete,
            objects: 3,
            malformed: 0,
            confirmed: 0,
            error: None,
            problems: vec![],
        }],
        traffic: None,
        objects: vec![],
        teams: None,
        evaluation: Evaluation { results, observations },
        facts: ::model::scan::Facts::default(),
    }
}

fn result(check: &str, outcome: Outcome, unread: u32) -> CheckResult {
    CheckResult {
        check: check.into(),
        outcome,
        examined: 3,
        failed: 0,
        unread,
        unseen: None,
        reason: None,
        detail: Detail::new(),
    }
}

fn observation(check: &str, name: &str, severity: Severity) -> Observation {
    Observation {
        check: check.into(),
        subject: Subject { kind: "Schedule".into(), namespace: Some("velero".into()), name: name.into(), key: None },
        severity,
        fault: "paused".into(),
        detail: Detail::new(),
    }
}

async fn recorded(pool: &PgPool, scan: &Scan) -> history::Recorded {
    history::record(pool, scan, scan.ended_at).await.expect("a scan is recorded")
}

/// The findings that a filter matches at a second, as (name, state).
async fn listed(pool: &PgPool, filter: &FindingFilter, at: i64) -> Vec<(String, &'static str)> {
    let mut db = pool.acquire().await.expect("a connection");
    let page = findings::page(&mut db, filter, None, 500, second(at)).await.expect("a page");
    assert_eq!(i64::try_from(page.rows.len()).ok(), Some(page.count.rows));
    page.rows.into_iter().map(|row| (row.subject.name, row.state.as_str())).collect()
}

async fn finding_named(pool: &PgPool, name: &str) -> FindingId {
    let id = sqlx::query_scalar!("SELECT id FROM finding WHERE subject_name = $1", name).fetch_one(pool).await;
    FindingId(id.expect("a finding of that name"))
}

fn days(days: i64) -> TimeDelta {
    TimeDelta::days(days)
}
