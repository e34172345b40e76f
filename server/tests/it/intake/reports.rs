//! Reports of other scanners: each in its format, each in the place of the one before.

use super::{Fjord, problem, receipt};
use chrono::TimeDelta;
use http::{Request, StatusCode, header};
use model::{evaluation::Outcome, source::Source};
use serde_json::{Value, json};
use server::config::Policy;
use sqlx::PgPool;

const FINDINGS: &str = "ext.findings";

fn sarif(results: &[Value]) -> String {
    json!({
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": { "name": "Scanner", "rules": [] } }, "results": results }],
    })
    .to_string()
}

fn result(rule: &str) -> Value {
    json!({
        "ruleId": rule, "level": "error", "message": { "text": "a weakness" },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "src/main.rs" }, "region": { "startLine": 7 } } }],
    })
}

#[sqlx::test(migrations = "../migrations")]
async fn a_report_takes_the_place_of_the_one_before(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::External).await;
    let both = sarif(&[result("R1"), result("R2")]);
    assert_eq!(receipt(&fjord.send(&token, Source::External, &both).await), (1, 0, 0));
    let seen = fjord.look(Source::External).await;
    assert_eq!((seen.outcome(FINDINGS), seen.recorded.opened), (Outcome::Fail, 2));

    fjord.later(TimeDelta::hours(1));
    assert_eq!(receipt(&fjord.send(&token, Source::External, &both).await), (0, 1, 0), "the same again");
    fjord.send(&token, Source::External, &sarif(&[result("R1")])).await;
    assert_eq!(fjord.look(Source::External).await.recorded.closed, 1);

    // A report that is not whole closes nothing.
    let damaged = sarif(&[json!({ "message": {} })]);
    let answer = fjord.send(&token, Source::External, &damaged).await;
    assert!(answer.body.contains("/runs/0/results/0"), "{}", answer.body);
    let seen = fjord.look(Source::External).await;
    assert_ne!(seen.outcome(FINDINGS), Outcome::Fail);
    assert_eq!(seen.recorded.closed, 0);

    fjord.later(TimeDelta::hours(1));
    receipt(&fjord.send(&token, Source::External, &sarif(&[])).await);
    let clean = fjord.look(Source::External).await;
    assert_eq!((clean.outcome(FINDINGS), clean.recorded.closed), (Outcome::Pass, 1));

    // The first report again is what is now, not what was sent twice.
    assert_eq!(receipt(&fjord.send(&token, Source::External, &both).await), (1, 0, 0));
    assert_eq!(fjord.look(Source::External).await.recorded.opened, 2);

    fjord.later(TimeDelta::days(9));
    let old = fjord.look(Source::External).await;
    assert_eq!((old.outcome(FINDINGS), old.recorded.closed), (Outcome::Fail, 0));
    fjord.send(&token, Source::External, &sarif(&[])).await;
    assert_eq!(fjord.look(Source::External).await.outcome(FINDINGS), Outcome::Pass);
    fjord.later(TimeDelta::days(9));
    let old = fjord.look(Source::External).await;
    assert_eq!((old.outcome(FINDINGS), old.reason(FINDINGS)), (Outcome::Stale, Some("old")));
}

#[sqlx::test(migrations = "../migrations")]
async fn trivy_speaks_for_each_image_by_itself(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::External).await;
    let image = |name: &str, weaknesses: &[&str]| {
        let weaknesses: Vec<_> = weaknesses
            .iter()
            .map(|id| json!({ "VulnerabilityID": id, "PkgName": "openssl", "InstalledVersion": "3.0", "Severity": "HIGH" }))
            .collect();
        json!({ "SchemaVersion": 2, "ArtifactName": name, "Results": [{ "Target": name, "Vulnerabilities": weaknesses }] })
            .to_string()
    };
    fjord.send(&token, Source::External, &image("shop:1", &["CVE-1", "CVE-2"])).await;
    fjord.send(&token, Source::External, &image("mail:1", &["CVE-1"])).await;
    assert_eq!(fjord.look(Source::External).await.recorded.opened, 3);
    fjord.send(&token, Source::External, &image("shop:1", &[])).await;
    assert_eq!(fjord.look(Source::External).await.recorded.closed, 2, "those of the other image stay");
}

#[sqlx::test(migrations = "../migrations")]
async fn ocsf_speaks_of_one_thing_at_a_time(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::External).await;
    let event = |status: &str, time: u32| {
        json!([{
            "class_uid": 2003, "time": time, "metadata": { "product": { "name": "Prowler" } }, "severity_id": 4,
            "finding_info": { "uid": "check-1", "title": "A check" }, "compliance": { "status": status },
            "resources": [{ "type": "Bucket", "name": "backups" }],
        }])
        .to_string()
    };
    let answer = fjord.send(&token, Source::External, &event("FAIL", 1)).await;
    assert_eq!(receipt(&answer), (1, 0, 0), "{}", answer.body);
    assert_eq!(fjord.look(Source::External).await.recorded.opened, 1);
    receipt(&fjord.send(&token, Source::External, &event("PASS", 2)).await);
    assert_eq!(fjord.look(Source::External).await.recorded.closed, 1);
    // Sent twice by a sender that had no answer: what it said is over.
    assert_eq!(receipt(&fjord.send(&token, Source::External, &event("FAIL", 1)).await), (0, 1, 0));
    assert_eq!(fjord.look(Source::External).await.recorded.opened, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_no_report_is_refused(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::External).await;
    let deep = format!(r#"{{"version":"2.1.0","runs":{}{}}}"#, "[".repeat(300), "]".repeat(300));
    for bad in ["{}", "[]x", "nonsense", r#"{"version":"3.0","runs":[]}"#, r#"{"class_uid":1}"#, &deep] {
        let answer = fjord.send(&token, Source::External, bad).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}: {}", answer.body);
        assert!(problem(&answer)["errors"][0]["pointer"].as_str().is_some(), "{bad}");
    }
    let large = " ".repeat(5 << 20) + "{}";
    assert_eq!(fjord.send(&token, Source::External, &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let unread = fjord.look(Source::External).await.evaluation.results.iter().map(|result| result.unread).max();
    assert_eq!(unread, Some(7), "nobody knows what was in them");
    let odd =
        Request::post("/intake/v1/external?node=..%2F%3Cb%3E").header(header::AUTHORIZATION, format!("Bearer {token}"));
    let answer = fjord.app.nobody().send_body(odd, "{}").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    problem(&answer);
}

#[sqlx::test(migrations = "../migrations")]
async fn kube_bench_speaks_for_the_node_that_is_named(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::KubeBench).await;
    let test =
        json!({ "test_number": "4.1.1", "test_desc": "a file", "remediation": "", "status": "PASS", "scored": true });
    let body = json!({
        "Controls": [{
            "id": "4", "version": "cis-1.12", "node_type": "node", "text": "Worker Node",
            "tests": [{ "section": "4.1", "desc": "files", "results": [test] }],
        }],
    })
    .to_string();
    let nameless = fjord.send(&token, Source::KubeBench, &body).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.body.contains("?node=NAME"), "{}", nameless.body);
    for (node, taken) in [("worker-1", 1), ("worker-2", 1), ("worker-1", 0)] {
        let request = Request::post(format!("/intake/v1/kube_bench?node={node}"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        let answer = fjord.app.nobody().send_body(request, &body).await;
        assert_eq!(receipt(&answer).0, taken, "{node}: {}", answer.body);
    }
    let target = fjord.target("north");
    let sent = target.inbox.pushed(target.id, Source::KubeBench, &Policy::default(), fjord.app.app.clock.now()).await;
    let nodes: Vec<_> =
        sent.unwrap().benchmarks.into_iter().map(|sent| (sent.node, sent.results.controls.len())).collect();
    assert_eq!(nodes, [("worker-1".to_owned(), 1), ("worker-2".to_owned(), 1)]);
}
