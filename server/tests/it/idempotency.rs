//! Writes under an `Idempotency-Key`: one effect and one answer, however often and however many at once.

use crate::harness::{
    TestApp,
    caller::{Answer, Caller},
};
use chrono::TimeDelta;
use http::{Request, StatusCode};
use model::role::Role;
use server::{
    idempotency,
    web::{Kind, Route, route},
};
use sqlx::PgPool;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

const PACKS: &str = "/api/v1/packs";

async fn post(caller: &mut Caller, key: &str, path: &str, body: &str) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("idempotency-key", key);
    caller.send_body(request, body).await
}

async fn packs(pool: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM pack"#).fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_request_under_the_same_key_has_one_effect_and_one_answer(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut manager = app.as_role(Role::Manager).await;
    let first = post(&mut manager, "key-1", PACKS, "{}").await;
    assert_eq!((first.status, first.header("idempotency-replayed")), (StatusCode::ACCEPTED, ""), "{}", first.body);
    let again = post(&mut manager, "key-1", PACKS, "{}").await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!((again.header("idempotency-replayed"), again.header("content-type")), ("true", "application/json"));
    assert_eq!(packs(&pool).await, 1);

    let other = post(&mut manager, "key-1", PACKS, r#"{"objects":true}"#).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.body.contains("another request"), "{}", other.body);
    assert_eq!(packs(&pool).await, 1);

    // Another key, another person, and none at all are other requests.
    assert_eq!(post(&mut manager, "key-2", PACKS, "{}").await.status, StatusCode::ACCEPTED);
    assert_ne!(post(&mut app.as_role(Role::Manager).await, "key-1", PACKS, "{}").await.body, first.body);
    manager.json(http::Method::POST, PACKS, "{}").await;
    assert_eq!(packs(&pool).await, 4);

    app.app.clock.advance(TimeDelta::hours(24));
    let mut manager = app.as_role(Role::Manager).await;
    post(&mut manager, "key-2", PACKS, "{}").await;
    assert_eq!(packs(&pool).await, 5, "a day is over");
    assert_eq!(idempotency::tidy(&app.app.db, app.app.clock.now()).await.unwrap(), 3, "what is a day old is forgotten");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_refusal_leaves_the_key_free_and_a_key_is_text(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut manager = app.as_role(Role::Manager).await;
    assert_eq!(post(&mut manager, "key", PACKS, "{").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post(&mut manager, "key", PACKS, "{}").await.status, StatusCode::ACCEPTED);
    assert_eq!(post(&mut app.as_role(Role::Viewer).await, "key", PACKS, "{}").await.status, StatusCode::FORBIDDEN);
    for wrong in ["", "two words", &"x".repeat(256)] {
        let answer = post(&mut manager, wrong, PACKS, "{}").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    assert_eq!(packs(&pool).await, 1);

    // An answer that tells a token would be kept with it.
    let token = r#"{"name":"x","scopes":["view"],"days":1}"#;
    let answer = post(&mut manager, "token", "/api/v1/tokens", token).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
    let made = sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM api_token"#).fetch_one(&pool).await.unwrap();
    assert_eq!(made, 0);
}

/// Counts how often it is done, and takes its time.
fn slow(done: &Arc<AtomicU32>) -> Vec<Route> {
    let done = Arc::clone(done);
    let handler = move || {
        let done = Arc::clone(&done);
        async move {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            format!("done {}", done.fetch_add(1, Ordering::SeqCst) + 1)
        }
    };
    vec![route::post("/write", model::role::Permission::View, Kind::Api, handler)]
}

#[sqlx::test(migrations = "../migrations")]
async fn many_at_once_under_one_key_have_one_effect_and_the_same_answer(pool: PgPool) {
    let done = Arc::new(AtomicU32::new(0));
    let app = TestApp::new(&pool).with_routes(slow(&done));
    let viewer = app.as_role(Role::Viewer).await;
    let same = (0..16).map(|_| {
        let mut caller = viewer.clone();
        tokio::spawn(async move { post(&mut caller, "same", "/write", "{}").await })
    });
    for answer in futures::future::join_all(same).await {
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "done 1"));
    }
    assert_eq!(done.load(Ordering::SeqCst), 1);

    // Of two that say different things, one is done and the other refused.
    let two = [r#"{"a":1}"#, r#"{"a":2}"#].map(|body| {
        let mut caller = viewer.clone();
        tokio::spawn(async move { post(&mut caller, "two", "/write", body).await.status.as_u16() })
    });
    let mut statuses: Vec<u16> = futures::future::join_all(two).await.into_iter().map(Result::unwrap).collect();
    statuses.sort_unstable();
    assert_eq!((statuses, done.load(Ordering::SeqCst)), (vec![200, 422], 2));
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_goes_away_meanwhile_finds_the_answer_later(pool: PgPool) {
    let done = Arc::new(AtomicU32::new(0));
    let app = TestApp::new(&pool).with_routes(slow(&done));
    let mut viewer = app.as_role(Role::Viewer).await;
    let gone = post(&mut viewer, "gone", "/write", "{}");
    assert!(tokio::time::timeout(std::time::Duration::from_millis(150), gone).await.is_err(), "it goes away");
    let answer = post(&mut viewer, "gone", "/write", "{}").await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "done 1"));
    assert_eq!(done.load(Ordering::SeqCst), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_attachment_may_be_as_large_with_a_key_as_without(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut engineer = app.as_role(Role::Engineer).await;
    let path = format!("/api/v1/acceptances/{}/attachments", uuid::Uuid::nil());
    let body = serde_json::json!({ "name": "a.txt", "content": "QUJD".repeat(400_000) }).to_string();
    assert!(body.len() > 1_500_000);
    let answer = post(&mut engineer, "large", &path, &body).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "it was read: {}", answer.body);
}
