//! Deciding over HTTP: who may do what, how a decision about everything is confirmed, and how it is taken back.

use crate::harness::{TestApp, caller::Caller, people};
use http::{Method, StatusCode};
use model::{
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::{DecisionKind, Subject},
    ids::FindingId,
    role::Role,
    scan::{Coverage, Read, Scan},
    severity::Severity,
    source::Source,
    views::FindingFilter,
};
use serde_json::{Value, json};
use server::{clusters, findings, history};
use sqlx::PgPool;

const CHECK: &str = "rbac.no_wildcards";

/// Findings that fail now, of the names given.
async fn failing(app: &TestApp, names: &[&str]) -> Vec<FindingId> {
    let pool = &app.app.db;
    let now = app.app.clock.now();
    let registered = clusters::Registered {
        name: "nord".into(),
        title: "Nord".into(),
        server: "https://k8s".into(),
        management: None,
    };
    let cluster = clusters::register(pool, &[registered], now).await.unwrap()[0].0;
    let observation = |name: &&str| Observation {
        check: CHECK.into(),
        subject: Subject { kind: "ClusterRole".into(), namespace: None, name: (*name).into(), key: None },
        severity: Severity::High,
        fault: "wildcard".into(),
        detail: Detail::new(),
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
        reads: vec![Read {
            resource: "rbac.authorization.k8s.io/v1/clusterroles".into(),
            coverage: Coverage::Complete,
            objects: 9,
            malformed: 0,
            confirmed: 0,
            error: None,
            problems: vec![],
        }],
        traffic: None,
        teams: None,
        facts: model::scan::Facts::default(),
        objects: vec![],
        evaluation: Evaluation {
            results: vec![CheckResult {
                check: CHECK.into(),
                outcome: Outcome::Fail,
                examined: 9,
                failed: 1,
                unread: 0,
                unseen: None,
                reason: None,
                detail: Detail::new(),
            }],
            observations: names.iter().map(observation).collect(),
        },
    };
    let at = history::record(pool, &scan, now).await.unwrap();
    assert_eq!(usize::try_from(at.opened), Ok(names.len()));
    app.app.clock.advance(chrono::TimeDelta::seconds(5));
    let mut db = pool.acquire().await.unwrap();
    findings::matching(&mut db, &FindingFilter::default(), 100, app.app.clock.now()).await.unwrap()
}

fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn finding(caller: &mut Caller, id: FindingId) -> Value {
    serde_json::from_str(&caller.get(&format!("/api/v1/findings/{id}")).await.body).unwrap()
}

/// The person that the newest session is of.
async fn newest_person(pool: &PgPool) -> String {
    sqlx::query_scalar!("SELECT person_id FROM session ORDER BY created_at DESC, person_id DESC LIMIT 1")
        .fetch_one(pool)
        .await
        .unwrap()
        .to_string()
}

#[sqlx::test(migrations = "../migrations")]
async fn every_role_may_do_exactly_what_is_its_own(pool: PgPool) {
    let app = TestApp::new(&pool);
    let ids = failing(&app, &["one"]).await;
    let id = ids[0];
    let mut author = app.as_role(Role::Engineer).await;
    let person = newest_person(&pool).await;
    for role in Role::ALL {
        let mut caller = app.as_role(*role).await;
        let decides = matches!(role, Role::Engineer | Role::SecurityOfficer);
        for kind in DecisionKind::ALL.iter().filter(|kind| **kind != DecisionKind::Undo) {
            app.app.clock.advance(chrono::TimeDelta::seconds(1));
            prepare(&mut author, id, *kind, role.as_str()).await;
            let judges = matches!(kind, DecisionKind::ConfirmFalsePositive | DecisionKind::RejectFalsePositive);
            let allowed = if judges { *role == Role::SecurityOfficer } else { decides };
            let mut body = json!({ "kind": kind, "findings": [id], "comment": format!("{role} {kind}") });
            match kind {
                DecisionKind::Assign => body["assignee"] = format!("person:{person}").into(),
                DecisionKind::LinkTicket => body["ticket"] = "https://tickets.example/1".into(),
                DecisionKind::SetDue => body["due"] = "2026-12-24".into(),
                _ => {}
            }
            let path = if judges { "/api/v1/decisions/review" } else { "/api/v1/decisions" };
            let answer = caller.json(Method::POST, path, &body.to_string()).await;
            let expected = if allowed { StatusCode::CREATED } else { StatusCode::FORBIDDEN };
            assert_eq!(answer.status, expected, "{role} {kind}: {}", answer.body);
            if judges && decides {
                // Not by the other door either.
                let answer = caller.json(Method::POST, "/api/v1/decisions", &body.to_string()).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{role} {kind}");
                let form = encoded(&[("kind", kind.as_str()), ("comment", "x")]);
                let answer = caller.post(&format!("/findings/{id}/decide"), &form).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{role} {kind}");
            }
        }
    }
}

/// Brings a finding into a state in which something of a kind can be decided.
async fn prepare(author: &mut Caller, id: FindingId, kind: DecisionKind, salt: &str) {
    let mut take = async |body: Value| {
        let answer = author.json(Method::POST, "/api/v1/decisions", &body.to_string()).await;
        assert!(matches!(answer.status, StatusCode::CREATED | StatusCode::CONFLICT), "{}", answer.body);
    };
    let comment = format!("before {kind} {salt}");
    take(json!({ "kind": "acknowledge", "findings": [id], "comment": comment })).await;
    take(json!({ "kind": "reopen", "findings": [id], "comment": comment })).await;
    match kind {
        DecisionKind::Withdraw | DecisionKind::Reopen => {
            take(json!({ "kind": "acknowledge", "findings": [id], "comment": format!("{comment} again") })).await;
        }
        DecisionKind::ConfirmFalsePositive | DecisionKind::RejectFalsePositive => {
            take(json!({ "kind": "false_positive", "findings": [id], "comment": comment })).await;
        }
        DecisionKind::UnlinkTicket => {
            take(json!({ "kind": "link_ticket", "findings": [id], "ticket": "https://tickets.example/2" })).await;
        }
        DecisionKind::ClearDue => take(json!({ "kind": "set_due", "findings": [id], "due": "2026-12-01" })).await,
        DecisionKind::Unassign => {
            let people: Value = serde_json::from_str(&author.get("/api/v1/assignees").await.body).unwrap();
            let somebody = people["people"][0]["assignee"].clone();
            let body = json!({ "kind": "assign", "findings": [id], "assignee": somebody });
            let answer = author.json(Method::POST, "/api/v1/decisions", &body.to_string()).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        }
        _ => {}
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_officer_does_not_confirm_their_own_claim_and_another_does(pool: PgPool) {
    let app = TestApp::new(&pool);
    let id = failing(&app, &["one"]).await[0];
    let mut author = app.as_role(Role::SecurityOfficer).await;
    let mut other = app.as_role(Role::SecurityOfficer).await;
    let claim = encoded(&[("kind", "false_positive"), ("comment", "a test account")]);
    let told = author.post(&format!("/findings/{id}/decide"), &claim).await;
    assert_eq!(
        (told.status, told.location()),
        (StatusCode::SEE_OTHER, format!("/findings/{id}?notice=decided.1").as_str())
    );
    assert_eq!(finding(&mut author, id).await["row"]["state"], "open", "nothing follows from a claim");
    let page = author.get(&format!("/findings/{id}")).await.body;
    assert!(page.contains("It waits for a security officer other than you"), "{page}");
    assert!(!page.contains("/review\""));
    let confirm = encoded(&[("kind", "confirm_false_positive"), ("comment", "")]);
    let refused = author.post(&format!("/findings/{id}/review"), &confirm).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("You made this claim yourself"), "{}", refused.body);
    assert!(other.get("/my-work").await.body.contains(&format!("/findings/{id}")), "it waits for the other");
    let reject = encoded(&[("kind", "reject_false_positive"), ("comment", " ")]);
    let told = other.post(&format!("/findings/{id}/review"), &reject).await;
    assert!(told.location().ends_with("notice=comment-missing"), "{}", told.location());
    assert!(other.get(&format!("/findings/{id}")).await.body.contains("/review\""));
    assert_eq!(other.post(&format!("/findings/{id}/review"), &confirm).await.status, StatusCode::SEE_OTHER);
    // The judgement is just after the claim, and the clock of this test stands.
    app.app.clock.advance(chrono::TimeDelta::seconds(1));
    let value = finding(&mut author, id).await;
    assert_eq!(value["row"]["state"], "false_positive");
    let page = author.get(&format!("/findings/{id}")).await.body;
    assert!(page.contains("False positive confirmed") && page.contains("Claimed to be a false positive"), "{page}");
}

#[sqlx::test(migrations = "../migrations")]
async fn everything_that_matches_is_said_in_numbers_and_confirmed(pool: PgPool) {
    let app = TestApp::new(&pool);
    let ids = failing(&app, &["one", "two", "three"]).await;
    let mut engineer = app.as_role(Role::Engineer).await;
    let list = engineer.get("/findings?severity=high").await.body;
    assert!(list.contains("All 3 that match") && list.contains("formaction=\"/findings/confirm\""), "{list}");
    let asked =
        [("kind", "acknowledge"), ("comment", "*known* <b>"), ("matching", "severity=high"), ("back", "/findings")];
    let page = engineer.post("/findings/confirm", &encoded(&asked)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("Decide about 3 findings?") && page.body.contains("Yes, decide about all 3"),
        "{}",
        page.body
    );
    assert!(page.body.contains("<em>known</em>") && !page.body.contains("<b>"), "{}", page.body);
    assert!(page.body.contains("name=\"expected\" value=\"3\""), "{}", page.body);
    assert_eq!(people::ledger(&pool).await.iter().filter(|(action, _)| action.starts_with("finding.")).count(), 0);

    let confirmed =
        |expected: &'static str| encoded(&[&asked[..], &[("scope", "matching"), ("expected", expected)]].concat());
    let refused = engineer.post("/findings/decide", &confirmed("2")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("have changed since you were told their number"), "{}", refused.body);
    let told = engineer.post("/findings/decide", &confirmed("3")).await;
    assert_eq!((told.status, told.location()), (StatusCode::SEE_OTHER, "/findings?notice=acknowledged.3"));
    for id in &ids {
        assert_eq!(finding(&mut engineer, *id).await["row"]["state"], "acknowledged");
    }
    let entries = people::ledger(&pool).await;
    assert_eq!(entries.iter().filter(|(action, _)| action == "finding.acknowledge").count(), 1);

    // And taken back, from the page that it led to.
    let list = engineer.get("/findings?notice=acknowledged.3").await.body;
    let action = list.split("action=\"").filter_map(|rest| rest.split('"').next()).find(|a| a.ends_with("/undo"));
    let action = action.unwrap().to_owned();
    let mut other = app.as_role(Role::Engineer).await;
    assert!(!other.get("/findings").await.body.contains("/undo\""), "only to whom it belongs");
    assert_eq!(other.post(&action, "").await.status, StatusCode::CONFLICT);
    app.app.clock.advance(chrono::TimeDelta::seconds(30));
    let told = engineer.post(&action, &encoded(&[("back", "/findings?severity=high")])).await;
    assert_eq!(told.location(), "/findings?severity=high&notice=undone");
    assert_eq!(finding(&mut engineer, ids[0]).await["row"]["state"], "open");
    app.app.clock.advance(chrono::TimeDelta::seconds(61));
    let told = engineer.post("/findings/decide", &confirmed("3")).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER);
    app.app.clock.advance(chrono::TimeDelta::seconds(61));
    assert!(!engineer.get("/findings").await.body.contains("/undo\""));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_form_lacks_is_told_and_nothing_is_done(pool: PgPool) {
    let app = TestApp::new(&pool);
    let id = failing(&app, &["one"]).await[0].to_string();
    let mut engineer = app.as_role(Role::Engineer).await;
    for (fields, notice) in [
        (vec![("kind", "acknowledge"), ("comment", ""), ("finding", id.as_str())], "comment-missing"),
        (vec![("kind", "acknowledge"), ("comment", "x")], "nothing-selected"),
        (vec![("kind", "assign"), ("finding", id.as_str())], "value-missing"),
        (vec![("kind", "set_due"), ("due", " "), ("finding", id.as_str())], "value-missing"),
    ] {
        let told = engineer.post("/findings/decide", &encoded(&fields)).await;
        assert_eq!(told.location(), format!("/findings?notice={notice}"), "{fields:?}");
    }
    for fields in [
        vec![("kind", "set_due"), ("due", "soon"), ("finding", id.as_str())],
        vec![("kind", "link_ticket"), ("ticket", "javascript:alert(1)"), ("finding", id.as_str())],
        vec![("kind", "assign"), ("assignee", "anna"), ("finding", id.as_str())],
        vec![("kind", "undo"), ("finding", id.as_str())],
        vec![("kind", "delete"), ("finding", id.as_str())],
    ] {
        let answer = engineer.post("/findings/decide", &encoded(&fields)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{fields:?}");
    }
    assert_eq!(people::ledger(&pool).await.iter().filter(|(action, _)| action.starts_with("finding.")).count(), 0);
}
