//! What is new since the last visit: marked while a visit lasts, never in the past, and for each person by themselves.

use crate::harness::{TestApp, caller::Caller};
use chrono::TimeDelta;
use http::{Method, StatusCode};
use model::{
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::Subject,
    role::Role,
    scan::{Coverage, Facts, Read, Scan},
    severity::Severity,
    source::Source,
};
use serde_json::{Value, json};
use server::{clusters, history};
use sqlx::PgPool;

const CHECK: &str = "rbac.no_wildcards";
const NEW: &str = "New since your last visit";
const CLOSED: &str = "Closed since your last visit";
const DECIDED: &str = "Decided since your last visit";

/// What fails from now on.
async fn failing(app: &TestApp, names: &[&str]) {
    let now = app.app.clock.now();
    let registered = clusters::Registered {
        name: "nord".into(),
        title: "Nord".into(),
        server: "https://k8s".into(),
        management: None,
    };
    let cluster = clusters::register(&app.app.db, &[registered], now).await.unwrap()[0].0;
    let observation = |name: &&str| Observation {
        check: CHECK.into(),
        subject: Subject { kind: "ClusterRole".into(), namespace: None, name: (*name).into(), key: None },
        severity: Severity::High,
        fault: "wildcard".into(),
        detail: Detail::new(),
    };
    let result = CheckResult {
        check: CHECK.into(),
        outcome: Outcome::Fail,
        examined: 9,
        failed: 1,
        unread: 0,
        unseen: None,
        reason: None,
        detail: Detail::new(),
    };
    let read = Read {
        resource: "rbac.authorization.k8s.io/v1/clusterroles".into(),
        coverage: Coverage::Complete,
        objects: 9,
        malformed: 0,
        confirmed: 0,
        error: None,
        problems: vec![],
    };
    let scan = Scan {
        cluster,
        source: Source::Rbac,
        started_at: now,
        ended_at: now,
        coverage: Coverage::Complete,
        error: None,
        problems: vec![],
        version: None,
        reads: vec![read],
        traffic: None,
        teams: None,
        facts: Facts::default(),
        objects: vec![],
        evaluation: Evaluation { results: vec![result], observations: names.iter().map(observation).collect() },
    };
    history::record(&app.app.db, &scan, now).await.unwrap();
    app.app.clock.advance(TimeDelta::seconds(5));
}

/// Time goes by in which somebody is there, and looks at no findings.
async fn elsewhere(app: &TestApp, caller: &mut Caller, minutes: i64) {
    for _ in 0..minutes.div_euclid(16) {
        app.app.clock.advance(TimeDelta::minutes(16));
        assert_eq!(caller.get("/clusters").await.status, StatusCode::OK);
    }
}

async fn names(caller: &mut Caller, query: &str) -> Vec<String> {
    let answer = caller.get(&format!("/api/v1/findings?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    let name = |row: &Value| row["subject"]["name"].as_str().unwrap().to_owned();
    let mut names: Vec<String> = value["rows"].as_array().unwrap().iter().map(name).collect();
    names.sort();
    names
}

#[sqlx::test(migrations = "../migrations")]
async fn what_happened_between_two_visits_is_marked_while_the_second_lasts(pool: PgPool) {
    let app = TestApp::new(&pool);
    failing(&app, &["old", "fixed"]).await;
    let mut engineer = app.as_role(Role::Engineer).await;
    let first = engineer.get("/findings").await.body;
    assert!(!first.contains(NEW), "nothing is new in a first visit");
    elsewhere(&app, &mut engineer, 48).await;
    failing(&app, &["old", "fresh"]).await;
    for minutes in [0, 20, 29] {
        app.app.clock.advance(TimeDelta::minutes(minutes));
        let list = engineer.get("/findings").await.body;
        assert_eq!(list.matches(NEW).count(), 1, "after {minutes} minutes");
    }
    let closed = engineer.get("/findings?state=closed").await.body;
    assert_eq!(closed.matches(CLOSED).count(), 1);
    assert_eq!(names(&mut engineer, "changed=since_visit").await, ["fresh"]);
    assert_eq!(names(&mut engineer, "changed=since_visit&state=open&state=closed").await, ["fixed", "fresh"]);
    let now = app.app.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let past = engineer.get(&format!("/findings?as_of={now}")).await;
    app.app.clock.advance(TimeDelta::seconds(2));
    let past_later = engineer.get(&format!("/findings?as_of={now}")).await.body;
    assert!(past.status == StatusCode::OK && !past_later.contains("since your last visit</span>"));
    // Another visit: what was new is no longer.
    elsewhere(&app, &mut engineer, 32).await;
    assert!(!engineer.get("/findings").await.body.contains(NEW));
    // Somebody else's visits are their own.
    let mut other = app.as_role(Role::Engineer).await;
    assert!(!other.get("/findings").await.body.contains(NEW));
}

#[sqlx::test(migrations = "../migrations")]
async fn my_work_counts_what_changed_and_leads_to_it(pool: PgPool) {
    let app = TestApp::new(&pool);
    failing(&app, &["mine", "nobodys"]).await;
    let mut engineer = app.as_role(Role::Engineer).await;
    let person = sqlx::query_scalar!("SELECT person_id FROM session").fetch_one(&pool).await.unwrap();
    engineer.get("/my-work").await;
    elsewhere(&app, &mut engineer, 48).await;
    let listed: Value = serde_json::from_str(&engineer.get("/api/v1/findings?q=mine").await.body).unwrap();
    let id = listed["rows"][0]["id"].as_str().unwrap().to_owned();
    let give = json!({ "kind": "assign", "findings": [id], "assignee": format!("person:{person}") });
    let answer = engineer.json(Method::POST, "/api/v1/decisions", &give.to_string()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    app.app.clock.advance(TimeDelta::seconds(5));
    let page = engineer.get("/my-work").await.body;
    assert!(page.contains("One of your findings has changed since your last visit"), "{page}");
    let link =
        page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|to| to.contains("changed=since_visit"));
    let list = engineer.get(&link.unwrap().replace("&amp;", "&")).await.body;
    assert_eq!(list.matches(DECIDED).count(), 1, "{list}");
    // Everything that matches is decided about by the instant, which stays, and not by a visit, which goes on.
    assert!(list.contains("name=\"matching\"") && !list.contains("matching\" value=\"changed=since_visit"), "{list}");
    let unknown = app.as_role(Role::Viewer).await.get("/api/v1/findings?changed=since_visit").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "nobody knows of a visit");
}
