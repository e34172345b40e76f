//! What is an entry: roles that changed, data that was taken away, settings.

use crate::{
    harness::{TestApp, caller::Caller, people, provider::put},
    login::Story,
};
use chrono::TimeDelta;
use http::StatusCode;
use model::{role::Role, severity::Severity};
use serde_json::{Value, json};
use server::{
    config::{Config, HeadFile},
    ledger,
};
use sqlx::PgPool;
use std::{
    collections::BTreeMap,
    num::{NonZeroU16, NonZeroU32},
};

async fn payloads(pool: &PgPool, action: &str) -> Vec<Value> {
    let entries = people::ledger(pool).await.into_iter().filter(|(known, _)| known == action);
    entries.map(|(_, payload)| serde_json::from_str(&payload).unwrap()).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn roles_are_on_record_where_a_log_in_sees_others_than_the_one_before(pool: PgPool) {
    let story = Story::new(&pool).await;
    let log_in = async |groups: Value| {
        story.provider.set().claims = put("groups", groups);
        story.log_in(&mut story.app.nobody()).await.status
    };
    assert_eq!(log_in(json!(["staff"])).await, StatusCode::SEE_OTHER);
    assert_eq!(log_in(json!(["staff"])).await, StatusCode::SEE_OTHER);
    assert_eq!(log_in(json!(["staff", "ops"])).await, StatusCode::SEE_OTHER);
    assert_eq!(log_in(json!(["strangers"])).await, StatusCode::FORBIDDEN);
    assert_eq!(log_in(json!(["strangers"])).await, StatusCode::FORBIDDEN);
    let told: Vec<_> =
        payloads(&pool, "roles.change").await.into_iter().map(|p| (p["before"].clone(), p["now"].clone())).collect();
    assert_eq!(
        told,
        [
            (json!([]), json!(["viewer"])),
            (json!(["viewer"]), json!(["viewer", "engineer"])),
            (json!(["viewer", "engineer"]), json!([])),
        ]
    );
    assert_eq!((payloads(&pool, "login").await.len(), payloads(&pool, "login.fail").await.len()), (3, 2));
}

#[sqlx::test(migrations = "../migrations")]
async fn data_that_anybody_takes_away_is_on_record(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut viewer = app.as_role(Role::Viewer).await;
    assert_eq!(viewer.get("/trends").await.status, StatusCode::OK);
    assert!(people::ledger(&pool).await.is_empty(), "a page is no export");
    assert_eq!(viewer.get("/trends.csv?last=30").await.status, StatusCode::OK);
    assert_eq!(viewer.get("/clusters/nowhere/access.csv").await.status, StatusCode::NOT_FOUND);
    let mut auditor = app.as_role(Role::Auditor).await;
    auditor.get("/trends.csv").await;
    assert_eq!(exported(&pool).await, ["/trends.csv?last=30", "/trends.csv"]);
    assert!(payloads(&pool, "view").await.is_empty(), "once, not twice");
}

/// The addresses of what was taken away, oldest first.
async fn exported(pool: &PgPool) -> Vec<String> {
    payloads(pool, "export").await.iter().map(|entry| entry["path"].as_str().unwrap().to_owned()).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_programs_fetch_again_and_again_is_on_record_once_an_hour_for_each_who_asks(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut officer = app.as_role(Role::SecurityOfficer).await;
    let feeds = ["/acceptances.ics", "/api/v1/acceptances/calendar.ics", "/api/v1/ledger"];
    let fetch = async |caller: &mut Caller| {
        for feed in feeds {
            assert_eq!(caller.get(feed).await.status, StatusCode::OK, "{feed}");
        }
        assert_eq!(caller.get("/api/v1/ledger?after=1").await.status, StatusCode::OK, "the next part of the same");
    };
    fetch(&mut officer).await;
    assert_eq!(exported(&pool).await, feeds);
    for _ in 0..2 {
        app.app.clock.advance(TimeDelta::minutes(20));
        fetch(&mut officer).await;
    }
    assert_eq!(exported(&pool).await.len(), 3, "within the hour");
    let mut other = app.as_role(Role::SecurityOfficer).await;
    fetch(&mut other).await;
    assert_eq!(exported(&pool).await.len(), 6, "another person, though of the same name");
    app.app.clock.advance(TimeDelta::minutes(20));
    fetch(&mut officer).await;
    assert_eq!(exported(&pool).await.len(), 9, "an hour later");
    let mut auditor = app.as_role(Role::Auditor).await;
    for _ in 0..2 {
        auditor.get("/api/v1/ledger?after=1").await;
    }
    let all = exported(&pool).await;
    assert_eq!(all[9..], ["/api/v1/ledger?after=1", "/api/v1/ledger?after=1"], "auditors each time");
}

#[sqlx::test(migrations = "../migrations")]
async fn settings_are_on_record_where_they_differ_from_the_last_start_and_hold_no_secret(pool: PgPool) {
    let app = TestApp::new(&pool);
    let now = app.app.clock.now();
    let mut config = app.app.config.as_ref().clone();
    ledger::adopt(&pool, &config, "key-1", now).await.unwrap();
    ledger::adopt(&pool, &config, "key-1", now).await.unwrap();
    assert_eq!(payloads(&pool, "settings.change").await.len(), 1, "the same is said once");
    config.session.idle_minutes = 5;
    config.login.roles.insert(Role::Admin, vec!["everybody".into()]);
    config.ledger.file =
        Some(HeadFile { path: "/var/heads.jsonl".into(), every_minutes: config.ledger.verify_minutes });
    ledger::adopt(&pool, &config, "key-1", now).await.unwrap();
    let entries = payloads(&pool, "settings.change").await;
    let change = &entries[1];
    assert_eq!(change["changed"], json!(["ledger", "login", "session"]));
    assert_eq!(change["before"]["session"]["idle_minutes"], 30);
    assert_eq!(change["settings"]["session"]["idle_minutes"], 5);
    assert_eq!(change["settings"]["login"]["roles"]["admin"], json!(["everybody"]));
    let all = format!("{entries:?}");
    assert!(!all.contains("canary"), "{all}");
}

/// A setting that was changed: its section, and how.
type Change = (&'static str, fn(&mut Config));

#[sqlx::test(migrations = "../migrations")]
async fn no_section_changes_unseen(pool: PgPool) {
    let app = TestApp::new(&pool);
    let now = app.app.clock.now();
    let mut config = app.app.config.as_ref().clone();
    ledger::adopt(&pool, &config, "key-1", now).await.unwrap();
    let changes: [Change; 12] = [
        ("acceptances", |config| config.acceptances.two_approvers.clear()),
        ("acceptances", |config| {
            config.acceptances.max_days.insert(Severity::High, NonZeroU16::MAX);
        }),
        ("audit_dates", |config| {
            config.audit_dates.push(toml::from_str("name = 'Year end'\nat = 2026-12-31T23:59:59+01:00").unwrap());
        }),
        ("custom_checks", |config| config.custom_checks = one("files = ['team.toml']", "files")),
        ("ledger", |config| {
            config.ledger = toml::from_str(
                "[webhook]\nurl = 'https://evidence.example/canary-path'\nsecret = 'canary-head-secret'\n\
                 [timestamp]\nurl = 'http://tsa.example/canary-path'\nca_file = '/etc/tsa.pem'\n",
            )
            .unwrap();
        }),
        ("ledger", |config| {
            config.ledger.timestamp.as_mut().unwrap().ca_file = "/etc/another.pem".into();
        }),
        ("ledger", |config| config.ledger.webhook.as_mut().unwrap().every_minutes = NonZeroU32::MAX),
        ("login", |config| config.login.ca_file = Some("/etc/ca.pem".into())),
        ("metrics", |config| config.metrics.clusters = true),
        ("notify", |config| {
            config.notify = toml::from_str("[[slack]]\nname = 'ops'\nurl = 'https://hooks.example/canary'").unwrap();
        }),
        ("notify", |config| config.notify.attempts = NonZeroU16::MAX),
        ("tickets", |config| config.tickets.address = Some("https://jira.example/browse/{key}".into())),
    ];
    for (number, (section, change)) in changes.into_iter().enumerate() {
        change(&mut config);
        ledger::adopt(&pool, &config, "key-1", now).await.unwrap();
        let entries = payloads(&pool, "settings.change").await;
        assert_eq!(entries.len(), number + 2, "{section}");
        assert_eq!(entries.last().unwrap()["changed"], json!([section]));
    }
    let entries = payloads(&pool, "settings.change").await;
    let settings = &entries.last().unwrap()["settings"];
    assert_eq!(settings["acceptances"]["two_approvers"], json!([]));
    assert_eq!(settings["notify"]["slack"], json!([{ "name": "ops", "url": "set" }]));
    assert_eq!(settings["ledger"]["webhook"]["url"], "https://evidence.example");
    assert_eq!(settings["ledger"]["webhook"]["secret"], "set");
    assert_eq!(settings["login"]["client_secret"], "set");
    let all = format!("{entries:?}");
    assert!(!all.contains("canary"), "{all}");
}

/// One value of a table.
fn one<T: serde::de::DeserializeOwned>(text: &str, name: &str) -> T {
    let mut table: BTreeMap<String, T> = toml::from_str(text).unwrap();
    table.remove(name).unwrap()
}
