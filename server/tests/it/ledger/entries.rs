//! What is an entry: roles that changed, data that was taken away, settings.

use crate::{
    harness::{TestApp, people, provider::put},
    login::Story,
};
use http::StatusCode;
use model::role::Role;
use serde_json::{Value, json};
use server::{config::HeadFile, ledger};
use sqlx::PgPool;

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
    let exports = payloads(&pool, "export").await;
    let paths: Vec<_> = exports.iter().map(|entry| entry["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/trends.csv?last=30", "/trends.csv"]);
    assert!(payloads(&pool, "view").await.is_empty(), "once, not twice");
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
