//! Risk acceptances over HTTP: who may do what, files, the calendar, and the pages of the past.

use crate::harness::{TestApp, caller::Caller, morning};
use chrono::{DateTime, TimeDelta, Utc};
use http::{Method, Request, StatusCode, header};
use model::{
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::Subject,
    ids::ClusterId,
    labels::LabelsOfKind,
    role::Role,
    scan::{Coverage, Facts, Scan},
    severity::Severity,
    source::Source,
};
use serde_json::{Value, json};
use server::{clusters, history};
use sqlx::PgPool;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A cluster with a check that fails on one workload.
async fn failing(pool: &PgPool) -> Uuid {
    let at = morning() - TimeDelta::minutes(5);
    let registered = clusters::Registered {
        name: "prod".into(),
        title: "Production".into(),
        server: "https://prod.example:6443".into(),
        management: None,
    };
    let (cluster, _) =
        clusters::register(pool, &[registered], at - TimeDelta::days(1)).await.expect("registered").remove(0);
    let subject =
        Subject { kind: "Schedule".into(), namespace: Some("velero".into()), name: "daily".into(), key: None };
    let result = CheckResult {
        check: "bak.enabled".into(),
        outcome: Outcome::Fail,
        examined: 1,
        failed: 1,
        unread: 0,
        unseen: None,
        reason: None,
        detail: Detail::new(),
    };
    let failed = Observation {
        check: "bak.enabled".into(),
        subject,
        severity: Severity::High,
        fault: "paused".into(),
        detail: Detail::new(),
    };
    let scan = Scan {
        cluster,
        source: Source::Velero,
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
        evaluation: Evaluation { results: vec![result], observations: vec![failed] },
        facts: Facts::default(),
    };
    history::record(pool, &scan, at).await.expect("recorded");
    let id = sqlx::query_scalar!("SELECT id FROM finding WHERE subject_name = 'daily'").fetch_one(pool).await;
    id.expect("a finding")
}

fn ask(finding: Uuid, reason: &str) -> String {
    json!({
        "about": {"scope": "finding", "finding": finding},
        "reason": reason,
        "compensating_control": "not reachable from outside",
        "expires_at": "2026-12-01T00:00:00Z",
    })
    .to_string()
}

async fn post(caller: &mut Caller, path: &str, body: &str) -> (StatusCode, Value) {
    let answer = caller.json(Method::POST, path, body).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

async fn asked(caller: &mut Caller, finding: Uuid, reason: &str) -> String {
    let (status, body) = post(caller, "/api/v1/acceptances", &ask(finding, reason)).await;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    body["acceptance"].as_str().expect("an id").to_owned()
}

#[sqlx::test(migrations = "../migrations")]
async fn every_role_does_what_it_may_and_is_refused_the_rest(pool: PgPool) {
    let finding = failing(&pool).await;
    let app = TestApp::new(&pool);
    for role in Role::ALL {
        let decides = matches!(role, Role::Engineer | Role::SecurityOfficer);
        let officer = *role == Role::SecurityOfficer;
        let mut caller = app.as_role(*role).await;
        let (status, _) = post(&mut caller, "/api/v1/acceptances", &ask(finding, &format!("of {role}"))).await;
        assert_eq!(status == StatusCode::CREATED, decides, "asking as {role}: {status}");
        for act in ["approve", "reject", "revoke"] {
            let mut engineer = app.as_role(Role::Engineer).await;
            let id = asked(&mut engineer, finding, &format!("{act} as {role}")).await;
            if act == "revoke" {
                let mut other = app.as_role(Role::SecurityOfficer).await;
                post(&mut other, &format!("/api/v1/acceptances/{id}/approve"), "{}").await;
            }
            let path = format!("/api/v1/acceptances/{id}/{act}");
            let (status, body) = post(&mut caller, &path, r#"{"comment": "seen"}"#).await;
            let expected = if officer { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(status, expected, "{act} as {role}: {body}");
            let path = format!("/api/v1/acceptances/{id}/withdraw");
            let (status, _) = post(&mut caller, &path, r#"{"comment": "mine"}"#).await;
            let expected = if decides { StatusCode::CONFLICT } else { StatusCode::FORBIDDEN };
            assert_eq!(status, expected, "another's request, as {role}");
        }
    }
    let mut all = app.as_roles(Role::ALL).await;
    let own = asked(&mut all, finding, "with every role").await;
    let (status, body) = post(&mut all, &format!("/api/v1/acceptances/{own}/approve"), "{}").await;
    assert_eq!(status, StatusCode::CONFLICT, "nobody approves their own: {body}");
    let (status, body) =
        post(&mut all, &format!("/api/v1/acceptances/{own}/withdraw"), r#"{"comment": "no longer"}"#).await;
    assert_eq!((status, body["state"].as_str()), (StatusCode::OK, Some("withdrawn")));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_request_goes_its_way_on_the_pages(pool: PgPool) {
    let finding = failing(&pool).await;
    let app = TestApp::new(&pool);
    let mut engineer = app.as_role(Role::Engineer).await;
    let mut officer = app.as_role(Role::SecurityOfficer).await;
    let page = engineer.get(&format!("/findings/{finding}")).await;
    assert!(page.body.contains("/acceptances/new?scope=finding"), "{}", page.body);
    let preview = engineer.get("/acceptances/new?scope=cluster&check=bak.enabled&cluster=prod").await;
    assert!(preview.body.contains("One failing finding falls under it now"), "{}", preview.body);
    assert_eq!(engineer.get("/acceptances/new?scope=cluster&check=bak.enabled&cluster=no").await.status, 400);
    let form = "scope=cluster&check=bak.enabled&cluster=prod&reason=why&compensating_control=what\
                &residual_risk=&expires_at=2026-12-01T12%3A00&begins_at=&ends_on=severity_rises";
    let answer = engineer.post("/acceptances", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.location().split('?').next().expect("a path").to_owned();
    assert!(engineer.get(&path).await.body.contains("Waiting") || engineer.get(&path).await.status == 200);
    assert!(!engineer.get(&path).await.body.contains("/approve\""), "an engineer is not offered to approve");
    assert!(officer.get(&path).await.body.contains("/approve\""));
    app.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(officer.post(&format!("{path}/approve"), "comment=").await.status, StatusCode::SEE_OTHER);
    assert!(officer.get("/acceptances").await.body.contains("In force"));
    assert!(officer.get("/findings?state=accepted").await.body.contains(&finding.to_string()));
    let calendar = engineer.get("/acceptances.ics").await;
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    assert!(calendar.body.contains("BEGIN:VEVENT") && calendar.body.contains("20261201T110000Z"), "{}", calendar.body);
    let before = engineer.get("/api/v1/acceptances?as_of=2026-11-02T08:59:00Z").await;
    assert!(before.body.contains(r#""waiting":[]"#), "{}", before.body);
    let past = officer.post(&format!("{path}/revoke?as_of=2026-11-02T09:00:30Z"), "comment=x").await;
    assert_eq!(past.status, StatusCode::CONFLICT, "nothing is decided in the past: {}", past.body);
}

/// The cluster of [`failing`], with the labels of its namespaces, among them that of the failing workload.
async fn labelled(pool: &PgPool, at: DateTime<Utc>) {
    let cluster = sqlx::query_scalar!("SELECT id FROM cluster").fetch_one(pool).await.expect("a cluster");
    let kept = BTreeMap::from([("env".to_owned(), Some("test".to_owned())), ("tier".to_owned(), None)]);
    let labels = vec![LabelsOfKind { kind: "Namespace".into(), objects: vec![(String::new(), "velero".into(), kept)] }];
    let scan = Scan {
        cluster: ClusterId(cluster),
        source: Source::Inventory,
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
        evaluation: Evaluation { results: vec![], observations: vec![] },
        facts: Facts { labels, ..Facts::default() },
    };
    history::record(pool, &scan, at).await.expect("recorded");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_risk_is_accepted_by_labels_on_the_pages_and_by_the_api(pool: PgPool) {
    let finding = failing(&pool).await;
    let app = TestApp::new(&pool);
    let mut engineer = app.as_role(Role::Engineer).await;
    let mut officer = app.as_role(Role::SecurityOfficer).await;
    let choose = engineer.get("/acceptances/new").await;
    assert!(
        choose.body.contains("has not read labels") && !choose.body.contains("name=\"selector\""),
        "{}",
        choose.body
    );
    labelled(&pool, morning() - TimeDelta::minutes(1)).await;
    let choose = engineer.get("/acceptances/new").await;
    assert!(choose.body.contains("Labels of these keys are kept: ") && choose.body.contains("name=\"selector\""));
    let asking = "/acceptances/new?scope=labels&check=bak.enabled&cluster=&selector=";
    let preview = engineer.get(&format!("{asking}env+in+%28test%2Cdev%29")).await;
    assert!(preview.body.contains("One failing finding falls under it now"), "{}", preview.body);
    assert!(preview.body.contains("env in (dev,test) on every cluster"), "{}", preview.body);
    assert!(preview.body.contains(r#"name="selector" value="env in (dev,test)""#), "{}", preview.body);
    let none = engineer.get(&format!("{asking}env%21%3Dprod")).await;
    assert!(
        none.body.contains("Nothing that fails falls under it now"),
        "a Schedule says nothing itself: {}",
        none.body
    );
    for (selector, said) in
        [("team%3Dred", "env, tier"), ("env%3D%28", "no label selector"), ("", "Say what the acceptance")]
    {
        let refused = engineer.get(&format!("{asking}{selector}")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{selector}");
        assert!(refused.body.contains(said), "{said}: {}", refused.body);
    }
    let form = "scope=labels&check=bak.enabled&cluster=prod&selector=env%3Dtest&reason=why&compensating_control=what\
                &residual_risk=&expires_at=2026-12-01T12%3A00&begins_at=";
    let answer = engineer.post("/acceptances", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.location().split('?').next().expect("a path").to_owned();
    app.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(officer.post(&format!("{path}/approve"), "comment=").await.status, StatusCode::SEE_OTHER);
    assert!(officer.get(&path).await.body.contains("env=test on Production"));
    assert!(officer.get("/acceptances").await.body.contains("env=test on Production"));
    assert!(officer.get("/findings?state=accepted").await.body.contains(&finding.to_string()));
    let detail: Value = serde_json::from_str(&officer.get(&format!("/api/v1{path}")).await.body).expect("JSON");
    let scope = json!({"scope": "labels", "check": "bak.enabled", "cluster": "prod", "selector": "env=test"});
    assert_eq!((&detail["row"]["scope"], &detail["row"]["state"]), (&scope, &json!("active")), "{detail}");
    let about = |selector: &str| {
        let scope = json!({"scope": "labels", "check": "bak.enabled", "cluster": null, "selector": selector});
        json!({"about": scope, "reason": "why", "compensating_control": "what", "expires_at": "2026-12-01T00:00:00Z"})
            .to_string()
    };
    let (status, body) = post(&mut engineer, "/api/v1/acceptances", &about("env == test")).await;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    for refused in ["env test", "team=red"] {
        let (status, body) = post(&mut engineer, "/api/v1/acceptances", &about(refused)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{refused}: {body}");
    }
    let preview = engineer.get("/api/v1/acceptances/preview?scope=labels&check=bak.enabled&selector=env").await;
    assert!(preview.body.contains(r#""count":1"#), "{}", preview.body);
    let entries = crate::harness::people::ledger(&pool).await;
    let asked: Vec<_> = entries.iter().filter(|(action, _)| action == "acceptance.requested").collect();
    assert!(asked.len() == 2 && asked.iter().all(|(_, entry)| entry.contains(r#""selector":"env=test""#)), "{asked:?}");
}

fn multipart(name: &str, body: &str) -> (http::request::Builder, String) {
    let text = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n{body}\r\n--x--\r\n"
    );
    (Request::builder().method(Method::POST).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x"), text)
}

async fn upload(caller: &mut Caller, path: &str, name: &str, body: &str) -> StatusCode {
    let (request, text) = multipart(name, body);
    let request = request.uri(path).header(header::ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
    caller.send_body(request, &text).await.status
}

#[sqlx::test(migrations = "../migrations")]
async fn a_file_is_kept_as_it_came_and_given_back_as_a_download(pool: PgPool) {
    let finding = failing(&pool).await;
    let app = TestApp::with(&pool, "http://127.0.0.1:9/nobody", |config| config.acceptances.attachment_mb = 1);
    let mut engineer = app.as_role(Role::Engineer).await;
    let id = asked(&mut engineer, finding, "with a file").await;
    let path = format!("/acceptances/{id}/attachments");
    assert_eq!(upload(&mut engineer, &path, "../vurdering.txt", "blåbær").await, StatusCode::SEE_OTHER);
    assert_eq!(upload(&mut engineer, &path, "page.html", "<script>").await, StatusCode::BAD_REQUEST);
    assert_eq!(upload(&mut engineer, &path, "a.pdf", "<script>").await, StatusCode::BAD_REQUEST);
    assert_eq!(upload(&mut engineer, &path, "a.txt", &"a".repeat(1_100_000)).await, StatusCode::BAD_REQUEST);
    assert_eq!(upload(&mut engineer, &path, "a.txt", &"a".repeat(15_000_000)).await, StatusCode::PAYLOAD_TOO_LARGE);
    let mut stranger = app.as_role(Role::Engineer).await;
    assert_eq!(upload(&mut stranger, &path, "a.txt", "mine").await, StatusCode::CONFLICT);
    let mut viewer = app.as_role(Role::Viewer).await;
    assert_eq!(upload(&mut viewer, &path, "a.txt", "mine").await, StatusCode::FORBIDDEN);
    app.app.clock.advance(TimeDelta::minutes(1));
    let detail: Value =
        serde_json::from_str(&viewer.get(&format!("/api/v1/acceptances/{id}")).await.body).expect("JSON");
    let files = detail["attachments"].as_array().expect("a list");
    assert_eq!((files.len(), files[0]["name"].as_str()), (1, Some("vurdering.txt")));
    let file = viewer.get(&format!("{path}/{}", files[0]["id"].as_str().expect("an id"))).await;
    assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "blåbær"));
    assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"vurdering.txt\"");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    let entries = crate::harness::people::ledger(&pool).await;
    let taken: Vec<_> = entries.iter().filter(|(action, _)| action == "export").collect();
    assert!(taken.len() == 1 && taken[0].1.contains(&path), "that it was downloaded: {taken:?}");
    let attached: Vec<_> = entries.iter().filter(|(action, _)| action == "acceptance.attached").collect();
    assert_eq!(attached.len(), 1);
    assert!(attached[0].1.contains(files[0]["sha256"].as_str().expect("a hash")));
}
