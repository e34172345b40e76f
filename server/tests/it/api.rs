//! `/api/v1`: it says what it gives, gives the instant with it, and refuses what it does not understand.

use crate::harness::TestApp;
use http::{Method, StatusCode};
use model::role::Role;
use serde_json::Value;
use server::web::{Kind, api::openapi, routes::routes};
use sqlx::PgPool;
use std::collections::BTreeSet;

#[test]
fn the_document_describes_exactly_the_routes_of_the_api() {
    let document = serde_json::to_value(openapi::document()).unwrap();
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let served: BTreeSet<String> = routes()
        .into_iter()
        .filter(|route| {
            route.kind == Kind::Api && route.path.starts_with("/api/") && !route.path.ends_with("openapi.json")
        })
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert_eq!(described, served);
    let text = document.to_string();
    let said = |words: &str| text.matches(words).count();
    assert!(said("The instant that the answer speaks of, UTC.") > 10);
    assert_eq!(
        said("The instant that the answer speaks of, UTC."),
        said("Whether any scan had been recorded by then.")
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn answers_carry_their_instant_even_where_nothing_is_known(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut viewer = app.as_role(Role::SecurityOfficer).await;
    for path in [
        "overview",
        "trends",
        "trends?show=controls&last=90",
        "trends?show=sla",
        "clusters",
        "controls",
        "controls/A.8.13",
        "findings",
        "packs",
        "ledger",
        "ledger/entries",
        "tokens",
    ] {
        let answer = viewer.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(value["as_of"], "2026-11-02T09:00:00Z", "{path}");
        assert_eq!(value["known"], false, "{path}");
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn without_a_cluster_no_control_is_met(pool: PgPool) {
    let app = TestApp::new(&pool);
    let answer = app.as_role(Role::Viewer).await.get("/api/v1/controls").await;
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    let states: BTreeSet<&str> =
        value["controls"].as_array().unwrap().iter().map(|row| row["assessment"]["state"].as_str().unwrap()).collect();
    assert_eq!(value["controls"].as_array().unwrap().len(), 93);
    assert_eq!(states, BTreeSet::from(["not_assessed"]));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_understood_is_refused_with_a_sentence(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut viewer = app.as_role(Role::Viewer).await;
    for query in ["severity=awful", "colour=red", "limit=0", "limit=501", "limit=many", "cursor=tampered", "sort=price"]
    {
        let answer = viewer.get(&format!("/api/v1/findings?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}: {}", answer.body);
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        assert!(
            value["error"]["message"].as_str().is_some_and(|message| message.len() > 10),
            "{query}: {}",
            answer.body
        );
        assert!(value["error"]["request_id"].is_string(), "{query}");
    }
    for path in
        ["findings/not-an-id", "controls/A.99.1", "clusters/nowhere", "packs/00000000-0000-7000-8000-000000000000"]
    {
        assert_eq!(viewer.get(&format!("/api/v1/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_body_that_is_no_decision_changes_nothing(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut engineer = app.as_role(Role::Engineer).await;
    for body in [
        "",
        "{",
        "[]",
        r#"{"kind":"acknowledge"}"#,
        r#"{"kind":"delete","findings":[],"comment":"x"}"#,
        r#"{"kind":"acknowledge","findings":[],"comment":"x","by":"somebody else"}"#,
        r#"{"kind":"acknowledge","findings":[],"comment":"nothing selected"}"#,
    ] {
        let answer = engineer.json(Method::POST, "/api/v1/decisions", body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}: {}", answer.body);
    }
    let unknown = r#"{"kind":"comment","findings":["00000000-0000-7000-8000-000000000000"],"comment":"x"}"#;
    assert_eq!(engineer.json(Method::POST, "/api/v1/decisions", unknown).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../migrations")]
async fn machines_are_told_without_a_session(pool: PgPool) {
    let app = TestApp::new(&pool);
    assert_eq!(app.nobody().get("/healthz").await.status, StatusCode::OK);
    assert_eq!(app.nobody().get("/readyz").await.status, StatusCode::OK);
    assert_eq!(app.nobody().get("/metrics").await.status, StatusCode::OK);
    app.app.db.close().await;
    assert_eq!(app.nobody().get("/healthz").await.status, StatusCode::OK);
    let away = app.nobody().get("/readyz").await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(away.body.contains("Nothing recorded is lost"), "{}", away.body);
}
