//! The access review over HTTP: the address is the state, and a download holds what the page tells.

use crate::harness::{TestApp, morning};
use chrono::TimeDelta;
use http::StatusCode;
use model::{
    Instant,
    access::{AccessReview, Grant, Right, SubjectKind},
    evaluation::{CheckResult, Detail, Evaluation, Outcome},
    role::Role,
    scan::{Coverage, Facts, Scan},
    source::Source,
};
use serde_json::Value;
use server::{
    clusters::{Registered, register},
    history,
};
use sqlx::PgPool;

fn grant(kind: SubjectKind, subject: &str, namespace: Option<&str>, rights: &[Right]) -> Grant {
    Grant {
        kind,
        subject: subject.into(),
        namespace: namespace.map(Into::into),
        role: "ClusterRole/x".into(),
        binding: "RoleBinding/y".into(),
        rights: rights.iter().copied().collect(),
        is_system: false,
    }
}

/// A reading of a cluster `prod` with this many accounts beside an administrator and whoever is named.
async fn reviewed(app: &TestApp, at: Instant, accounts: usize, named: &[&str]) {
    let cluster =
        Registered { name: "prod".into(), title: "Production".into(), server: "https://k8s".into(), management: None };
    let ids = register(&app.app.db, &[cluster], at).await.unwrap();
    let account = |n| grant(SubjectKind::ServiceAccount, &format!("shop/account-{n:03}"), Some("shop"), &[Right::Read]);
    let named = named.iter().map(|name| grant(SubjectKind::User, name, None, &[Right::ReadSecrets]));
    let grants =
        (0..accounts).map(account).chain(named).chain([grant(SubjectKind::Group, "ops", None, &[Right::Everything])]);
    let result = CheckResult {
        check: "rbac.no_wildcards".into(),
        outcome: Outcome::Pass,
        examined: 1,
        failed: 0,
        unread: 0,
        reason: None,
        detail: Detail::new(),
        unseen: None,
    };
    let scan = Scan {
        cluster: ids[0].0,
        source: Source::Rbac,
        started_at: at,
        ended_at: at,
        coverage: Coverage::Complete,
        error: None,
        problems: vec![],
        version: None,
        reads: vec![],
        traffic: None,
        objects: vec![],
        teams: None,
        evaluation: Evaluation { results: vec![result], observations: vec![] },
        facts: Facts { access: Some(AccessReview::of(grants, true)), ..Facts::default() },
    };
    history::record(&app.app.db, &scan, at).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_review_is_filtered_paged_and_compared_by_its_address(pool: PgPool) {
    let app = TestApp::new(&pool);
    let hours = |ago: i64| morning() - TimeDelta::hours(ago);
    reviewed(&app, hours(3), 150, &["gone@example.org"]).await;
    reviewed(&app, hours(1), 150, &["=cmd@example.org"]).await;
    let mut viewer = app.as_role(Role::Viewer).await;

    let page = viewer.get("/clusters/prod/access").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("152 grants") && page.body.contains("=cmd@example.org"), "{}", page.body);
    assert!(page.body.contains("account-097") && !page.body.contains("account-098"), "a hundred a page");
    let next = viewer.get("/clusters/prod/access?from=100").await;
    assert!(next.body.contains("account-098") && next.body.contains("account-149"));
    let filtered = viewer.get("/clusters/prod/access?kind=user&right=read_secrets").await;
    assert!(filtered.body.contains("One grant") && !filtered.body.contains("account-0"), "{}", filtered.body);

    let past = viewer.get("/clusters/prod/access?as_of=2026-11-02T07:00:00Z&kind=user").await;
    assert!(past.body.contains("gone@example.org") && !past.body.contains("=cmd"), "{}", past.body);
    let before = viewer.get("/clusters/prod/access?as_of=2026-11-01T07:00:00Z").await;
    assert_eq!(before.status, StatusCode::NOT_FOUND, "there was no such cluster");
    // The form's clock is the reader's: Copenhagen.
    let since = viewer.get("/clusters/prod/access?since=2026-11-02T08%3A00").await;
    let compared = since.body.split("id=\"changes\"").nth(1).unwrap();
    assert!(compared.contains("gone@example.org") && compared.contains("=cmd@example.org"), "{compared}");

    for bad in ["kind=martian", "right=fly", "colour=red", "since=yesterday", "as_of=2027-01-01T00:00:00Z"] {
        let refused = viewer.get(&format!("/clusters/prod/access?{bad}")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(!refused.body.contains('⟦'), "{bad}: {}", refused.body);
    }
    assert_eq!(viewer.get("/clusters/nowhere/access").await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_download_and_the_api_hold_what_the_page_tells(pool: PgPool) {
    let app = TestApp::new(&pool);
    reviewed(&app, morning() - TimeDelta::hours(1), 150, &["=cmd@example.org"]).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    let csv = viewer.get("/clusters/prod/access.csv").await;
    assert_eq!((csv.status, csv.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(csv.header("content-disposition").starts_with("attachment; filename=\"access-prod-2026-11-02"));
    assert_eq!(csv.body.trim_end().lines().count(), 1 + 152);
    assert!(csv.body.contains("'=cmd@example.org") && csv.body.starts_with('\u{feff}'));
    let first = csv.body.lines().nth(1).unwrap();
    assert!(first.contains("ops") && first.contains("Everything") && first.contains("Whole cluster"), "{first}");
    let narrow = viewer.get("/clusters/prod/access.csv?kind=user").await;
    assert_eq!(narrow.body.trim_end().lines().count(), 2);
    assert_eq!(viewer.get("/clusters/nowhere/access.csv").await.status, StatusCode::NOT_FOUND);

    let api = |query: &str| format!("/api/v1/clusters/prod/access{query}");
    let answer: Value = serde_json::from_str(&viewer.get(&api("?limit=1")).await.body).unwrap();
    assert_eq!(answer["matching"], 152);
    assert_eq!(answer["grants"].as_array().unwrap().len(), 1);
    assert_eq!(answer["grants"][0]["rights"], serde_json::json!(["everything"]));
    assert_eq!(answer["reading"]["is_complete"], true);
    for bad in ["?limit=0", "?limit=1001", "?right=fly", "?since=now", "?as_of=2030-01-01T00:00:00Z"] {
        assert_eq!(viewer.get(&api(bad)).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_cluster_and_its_controls_lead_to_the_review(pool: PgPool) {
    let app = TestApp::new(&pool);
    reviewed(&app, morning(), 1, &[]).await;
    let mut viewer = app.as_role(Role::Viewer).await;
    for path in ["/clusters/prod", "/controls/A.5.15", "/controls/A.5.18", "/controls/A.8.2"] {
        assert!(viewer.get(path).await.body.contains("\"/clusters/prod/access\""), "{path}");
    }
}
