//! Notifications, from a change to a receiver: real PostgreSQL, real HTTP, a real mail server.

mod acceptances;
mod delivery;
mod digests;
mod following;
mod mail;
mod outbox;
mod pages;
mod receiver;
mod trackers;
mod worse;

use crate::harness::{TestApp, people};
use ::model::{
    Instant,
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::Subject,
    ids::ClusterId,
    notify::EventKind,
    scan::{Coverage, Facts, Scan},
    severity::Severity,
    source::Source,
};
use chrono::TimeDelta;
use receiver::Receiver;
use server::{clusters, decisions::Actor, history, notify};
use sqlx::PgPool;

/// Longer than messages gather.
const WINDOW: TimeDelta = TimeDelta::seconds(301);
/// Where the signing key of every test's webhook begins to be one.
const KEY: &str = "canary-signing-key-0123456789";

/// A Bevis with channels.
fn with_channels(pool: &PgPool, channels: &str) -> TestApp {
    let notify = toml::from_str(channels).expect("a configuration");
    TestApp::with(pool, "http://127.0.0.1:9/nobody", |config| config.notify = notify)
}

/// A webhook of a receiver, as it is configured.
fn webhook(receiver: &Receiver) -> String {
    format!(
        "request_seconds = 1\nattempts = 3\n[[webhook]]\nname = \"siem\"\nurl = \"{}\"\nsigning_key = \"{KEY}\"\n",
        receiver.url("/canary-path")
    )
}

async fn actor(app: &TestApp) -> Actor {
    let now = app.app.clock.now();
    let person = people::person(&mut app.app.db.acquire().await.unwrap(), "Ada", now).await;
    Actor { person, name: "Ada".into() }
}

/// A rule of a team that asks for everything.
fn rule(channel: &str) -> notify::NewRule {
    notify::NewRule {
        team: Some("ops".into()),
        channel: channel.into(),
        kinds: EventKind::ALL.to_vec(),
        min_severity: Severity::Unknown,
        clusters: vec![],
        sources: vec![],
        controls: vec![],
        own_namespaces: false,
        quiet: None,
        time_zone: chrono_tz::Europe::Copenhagen,
        language: "en".into(),
    }
}

async fn add(app: &TestApp, rule: &notify::NewRule) {
    let by = actor(app).await;
    notify::add(&app.app.db, &app.app.channels, &by, rule, app.app.clock.now()).await.expect("the rule is added");
}

/// Clusters in the configuration.
async fn clusters(app: &TestApp, names: &[&str]) -> Vec<ClusterId> {
    let registered: Vec<clusters::Registered> = names
        .iter()
        .map(|name| clusters::Registered {
            name: (*name).into(),
            title: name.to_uppercase(),
            server: format!("https://{name}.example:6443"),
            management: None,
        })
        .collect();
    let ids = clusters::register(&app.app.db, &registered, app.app.clock.now()).await.expect("registered");
    ids.into_iter().map(|(id, _)| id).collect()
}

/// A source of a cluster, which a test scans.
struct Scanned<'a> {
    app: &'a TestApp,
    cluster: ClusterId,
    source: Source,
}

impl Scanned<'_> {
    /// A second later it is read, and so many findings fail, each of the severity given.
    async fn reads(&self, failing: &[(&str, Severity)]) -> history::Recorded {
        let observations = failing
            .iter()
            .map(|(name, severity)| Observation {
                check: "bak.enabled".into(),
                subject: Subject {
                    kind: "Schedule".into(),
                    namespace: Some("velero".into()),
                    name: (*name).into(),
                    key: None,
                },
                severity: *severity,
                fault: "paused".into(),
                detail: Detail::new(),
            })
            .collect();
        let outcome = if failing.is_empty() { Outcome::Pass } else { Outcome::Fail };
        self.record(Coverage::Complete, outcome, observations).await
    }

    /// A second later it is not.
    async fn is_away(&self) -> history::Recorded {
        self.record(Coverage::Unreachable, Outcome::Error, vec![]).await
    }

    async fn record(&self, coverage: Coverage, outcome: Outcome, observations: Vec<Observation>) -> history::Recorded {
        self.app.app.clock.advance(TimeDelta::seconds(1));
        let at = self.app.app.clock.now();
        let result = CheckResult {
            check: "bak.enabled".into(),
            outcome,
            examined: 3,
            failed: 0,
            unread: 0,
            unseen: None,
            reason: None,
            detail: Detail::new(),
        };
        let scan = Scan {
            cluster: self.cluster,
            source: self.source,
            started_at: at,
            ended_at: at,
            coverage,
            error: None,
            problems: vec![],
            version: None,
            reads: vec![],
            traffic: None,
            objects: vec![],
            teams: None,
            evaluation: Evaluation { results: vec![result], observations },
            facts: Facts::default(),
        };
        history::record(&self.app.app.db, &scan, at).await.expect("a scan is recorded")
    }
}

/// One look of the worker, some time later.
async fn later(app: &TestApp, by: TimeDelta) {
    notify::turn(&app.app).await.expect("a turn");
    app.app.clock.advance(by);
    notify::turn(&app.app).await.expect("a turn");
}

/// Every message: what it gathers, where it stands, how often it was tried, and what the last attempt gave.
async fn messages(pool: &PgPool) -> Vec<(String, String, i32, String)> {
    sqlx::query!(
        r#"SELECT m.topic, m.state, m.attempts, coalesce((SELECT reason FROM notification_attempt a WHERE a.message_id = m.id
                  ORDER BY attempt DESC LIMIT 1), '') AS "reason!"
           FROM notification_message m ORDER BY m.created_at, m.id"#
    )
    .map(|row| (row.topic, row.state, row.attempts, row.reason))
    .fetch_all(pool)
    .await
    .unwrap()
}

async fn events(pool: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM notification_event"#).fetch_one(pool).await.unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}
