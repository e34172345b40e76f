//! Audit events: a chain of batches that shows every change, a heartbeat, and what people did with privileges.

use super::{Fjord, problem, receipt};
use crate::harness::people;
use chrono::{SecondsFormat, TimeDelta};
use http::StatusCode;
use model::{evaluation::Outcome, source::Source};
use serde_json::{Value, json};
use server::{
    config::RetentionSettings,
    intake::{self, AuditFault},
    retention,
};
use sqlx::{Executor, PgPool};

const ARRIVE: &str = "log.audit_heartbeat";
const PRIVILEGED: &str = "log.privileged_events";

fn event(id: &str, at: &str, user: &str, verb: &str, resource: &str, part: Option<&str>) -> Value {
    json!({
        "kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "Metadata", "auditID": id,
        "stage": "ResponseComplete", "requestURI": "/api/v1/namespaces/shop/x", "verb": verb,
        "user": { "username": user, "groups": ["system:authenticated"] },
        "objectRef": { "resource": resource, "namespace": "shop", "name": "web-0", "apiVersion": "v1", "subresource": part },
        "responseStatus": { "code": 200 }, "requestReceivedTimestamp": at, "stageTimestamp": at,
        "requestObject": { "secret": "canary-object" },
    })
}

fn list(events: &[Value]) -> String {
    json!({ "kind": "EventList", "apiVersion": "audit.k8s.io/v1", "metadata": {}, "items": events }).to_string()
}

#[sqlx::test(migrations = "../migrations")]
async fn events_arrive_or_the_heartbeat_is_stale(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::AuditEvents).await;
    let quiet = event("a", &fjord.now(), "system:node:worker-1", "get", "nodes", None);
    assert_eq!(receipt(&fjord.send(&token, Source::AuditEvents, &list(&[quiet])).await), (1, 0, 0));
    let seen = fjord.look(Source::AuditEvents).await;
    assert_eq!((seen.outcome(ARRIVE), seen.outcome(PRIVILEGED)), (Outcome::Pass, Outcome::Pass));
    fjord.later(TimeDelta::minutes(16));
    let silent = fjord.look(Source::AuditEvents).await;
    assert_eq!((silent.outcome(ARRIVE), silent.reason(ARRIVE)), (Outcome::Stale, Some("silent")));
    assert_eq!(silent.outcome(PRIVILEGED), Outcome::Stale, "who sees no events sees no misuse");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_people_do_with_privileges_is_a_finding_for_a_while(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::AuditEvents).await;
    let at = fjord.now();
    let events = [
        event("a", &at, "anna@example.org", "create", "pods", Some("exec")),
        event("b", &at, "anna@example.org", "create", "pods", Some("exec")),
        event("c", &at, "bo@example.org", "list", "secrets", None),
        event("d", &at, "system:serviceaccount:flux-system:flux", "list", "secrets", None),
    ];
    assert_eq!(receipt(&fjord.send(&token, Source::AuditEvents, &list(&events)).await), (4, 0, 0));
    let seen = fjord.look(Source::AuditEvents).await;
    let mut subjects: Vec<_> =
        seen.evaluation.observations.iter().map(|o| format!("{}: {}", o.subject, o.fault)).collect();
    subjects.sort();
    assert_eq!(
        subjects,
        ["User shop/anna@example.org (exec): exec", "User shop/bo@example.org (secret_read): secret_read"],
        "{subjects:?}"
    );
    fjord.later(TimeDelta::hours(25));
    let alive = event("e", &fjord.now(), "system:apiserver", "get", "nodes", None);
    fjord.send(&token, Source::AuditEvents, &list(&[alive, events[0].clone()])).await;
    let over = fjord.look(Source::AuditEvents).await;
    assert_eq!(
        (over.outcome(PRIVILEGED), over.recorded.closed),
        (Outcome::Pass, 2),
        "the old event again is no new one"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_half_bad_batch_is_half_taken(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::AuditEvents).await;
    let good = event("a", &fjord.now(), "system:apiserver", "get", "nodes", None);
    let mut stageless = good.clone();
    stageless.as_object_mut().unwrap().remove("stage");
    let answer = fjord.send(&token, Source::AuditEvents, &list(&[stageless, good])).await;
    assert_eq!(receipt(&answer), (1, 0, 1));
    assert!(answer.body.contains("/items/0/stage"), "{}", answer.body);
    let nothing = fjord.send(&token, Source::AuditEvents, r#"{"kind":"Pod","metadata":{}}"#).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    problem(&nothing);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_changed_batch_and_a_missing_one_are_found(pool: PgPool) {
    let fjord = Fjord::with(&pool, |config| config.intake.keep_raw_days = 1).await;
    for (cluster, batches) in [("north", 3), ("south", 2)] {
        let token = fjord.token_of(cluster, Source::AuditEvents).await;
        for number in 0..batches {
            let body = list(&[event(&format!("{number}"), &fjord.now(), "anna@example.org", "get", "pods", None)]);
            receipt(&fjord.send(&token, Source::AuditEvents, &body).await);
            assert_eq!(receipt(&fjord.send(&token, Source::AuditEvents, &body).await), (0, 1, 0), "sent again");
            fjord.later(TimeDelta::seconds(30));
        }
    }
    let db = &fjord.app.app.db;
    assert_eq!(intake::verify_audit(db).await.unwrap(), 5);
    let counts = sqlx::query_scalar!("SELECT counts FROM audit_batch LIMIT 1").fetch_one(&pool).await.unwrap();
    assert_eq!(counts, r#"{"resources":{"pods":1},"users":{"anna@example.org":1},"verbs":{"get":1}}"#);
    assert!(sqlx::query!("UPDATE audit_batch SET events = 2").execute(db).await.is_err(), "the application may not");
    assert!(sqlx::query!("UPDATE audit_batch SET events = 2").execute(&pool).await.is_err(), "nor may the owner");

    // Somebody with all rights in the database, who knows how to stop the triggers.
    sqlx::query!("ALTER TABLE audit_batch DISABLE TRIGGER USER").execute(&pool).await.unwrap();
    let north = fjord.clusters[0].0;
    sqlx::query!("UPDATE audit_batch SET counts = '{}' WHERE seq = 2 AND cluster_id = $1", north.0)
        .execute(&pool)
        .await
        .unwrap();
    let found = intake::verify_audit(db).await;
    assert!(matches!(found, Err(AuditFault::Changed { cluster, seq: 2 }) if cluster == north), "{found:?}");
    sqlx::query!("UPDATE audit_batch SET counts = $1 WHERE seq = 2", counts).execute(&pool).await.unwrap();
    assert_eq!(intake::verify_audit(db).await.unwrap(), 5);

    sqlx::query!("UPDATE intake_raw SET body = 'x' WHERE delivery_id = (SELECT min(delivery_id) FROM intake_raw)")
        .execute(&pool)
        .await
        .unwrap();
    assert!(matches!(intake::verify_audit(db).await, Err(AuditFault::Bodies(1))));
    sqlx::query!("DELETE FROM audit_batch WHERE seq = 3").execute(&pool).await.unwrap();
    let found = intake::verify_audit(db).await;
    assert!(
        matches!(found, Err(AuditFault::Gap { cluster, seq: 3 }) if cluster == north),
        "the last of them: {found:?}"
    );
    sqlx::query!("DELETE FROM audit_batch WHERE seq = 1").execute(&pool).await.unwrap();
    assert!(matches!(intake::verify_audit(db).await, Err(AuditFault::Gap { seq: 1, .. })));
}

#[sqlx::test(migrations = "../migrations")]
async fn digests_that_a_policy_drops_are_still_named_by_the_ledger(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::AuditEvents).await;
    let send = async |number: i32| {
        let body = list(&[event(&number.to_string(), &fjord.now(), "anna@example.org", "get", "pods", None)]);
        receipt(&fjord.send(&token, Source::AuditEvents, &body).await);
        fjord.look(Source::AuditEvents).await;
    };
    for number in 0..3 {
        send(number).await;
        fjord.later(TimeDelta::seconds(30));
    }
    fjord.later(TimeDelta::days(65));
    send(3).await;
    let db = &fjord.app.app.db;
    let dropping =
        RetentionSettings { audit_digests_months: std::num::NonZeroU16::new(1), ..RetentionSettings::default() };
    let dropped = retention::run(db, dropping, fjord.app.app.clock.now()).await.unwrap();
    assert_eq!(
        dropped.iter().map(|(class, what)| (class.as_str(), what.rows)).collect::<Vec<_>>(),
        [("audit_digests", 3)]
    );
    assert_eq!(intake::verify_audit(db).await.unwrap(), 1, "the newest is kept, and follows on the others");
    send(4).await;
    assert_eq!(intake::verify_audit(db).await.unwrap(), 2);
    // What no policy dropped is still missed.
    sqlx::query!("ALTER TABLE audit_batch DISABLE TRIGGER USER").execute(&pool).await.unwrap();
    sqlx::query!("DELETE FROM audit_batch WHERE seq = 4").execute(&pool).await.unwrap();
    // A row that says otherwise is not in the ledger.
    let row = "INSERT INTO retention (class, dropped_from, dropped_until, dropped_rows, months, dropped_at, ledger_seq)
               SELECT class, dropped_from, dropped_until + interval '1 year', 1, months, dropped_at, ledger_seq FROM retention";
    pool.execute(row).await.unwrap();
    assert!(matches!(intake::verify_audit(db).await, Err(AuditFault::Gap { seq: 4, .. })));
}

#[sqlx::test(migrations = "../migrations")]
async fn bodies_are_kept_for_as_long_as_the_configuration_says(pool: PgPool) {
    let fjord = Fjord::with(&pool, |config| config.intake.keep_raw_days = 2).await;
    let token = fjord.token(Source::AuditEvents).await;
    let body = list(&[event("a", &fjord.now(), "x", "get", "nodes", None)]);
    fjord.send(&token, Source::AuditEvents, &body).await;
    let kept = || async { sqlx::query_scalar!("SELECT body FROM intake_raw").fetch_optional(&pool).await.unwrap() };
    fjord.later(TimeDelta::hours(47));
    let dropped = || async {
        let entries = people::ledger(&pool).await.into_iter().filter(|(action, _)| action == "intake.drop");
        entries.map(|(_, entry)| serde_json::from_str(&entry).unwrap()).collect::<Vec<Value>>()
    };
    intake::tidy(&fjord.app.app).await.unwrap();
    assert_eq!(kept().await, Some(body.into_bytes()));
    assert!(dropped().await.is_empty(), "nothing was dropped");
    fjord.later(TimeDelta::hours(2));
    intake::tidy(&fjord.app.app).await.unwrap();
    assert_eq!(kept().await, None);
    let until = (fjord.app.app.clock.now() - TimeDelta::days(2)).to_rfc3339_opts(SecondsFormat::Secs, true);
    intake::tidy(&fjord.app.app).await.unwrap();
    let [entry] = &dropped().await[..] else { panic!("one entry of the one run that dropped something") };
    let counts = ["bodies", "deliveries", "groups"].map(|what| entry[what].as_u64());
    assert_eq!((counts, entry["bodies_until"].as_str()), ([Some(1), Some(0), Some(0)], Some(&*until)));
    assert_eq!(intake::verify_audit(&fjord.app.app.db).await.unwrap(), 1, "the batch stays");
}
