//! Falco's alerts: taken once, grouped, open until it was quiet for long enough, and never in order by silence.

use super::{Fjord, problem, receipt};
use chrono::TimeDelta;
use http::StatusCode;
use model::{evaluation::Outcome, source::Source};
use serde_json::{Value, json};
use sqlx::PgPool;

const EVENTS: &str = "det.falco_events";
const DROPS: &str = "det.falco_drops";

fn alert(at: &str, rule: &str, priority: &str, pod: &str) -> Value {
    json!({
        "hostname": "worker-1", "time": at, "rule": rule, "priority": priority, "source": "syscall",
        "output": format!("{at}: a shell was spawned (user=canary-person)"), "tags": ["shell"],
        "output_fields": {
            "k8s.ns.name": "shop", "k8s.pod.name": pod, "container.image.repository": "docker.io/nginx",
            "proc.cmdline": "sh -c canary-command",
        },
    })
}

#[sqlx::test(migrations = "../migrations")]
async fn alerts_of_a_workload_are_one_finding_until_it_is_quiet(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    assert_eq!(fjord.look(Source::FalcoEvents).await.reason(EVENTS), Some("no_sender"));
    let token = fjord.token(Source::FalcoEvents).await;
    let silent = fjord.look(Source::FalcoEvents).await;
    assert_eq!((silent.outcome(EVENTS), silent.reason(EVENTS)), (Outcome::NotEvaluated, Some("never")));

    for pod in ["web-676b6c5bbc-4xc6t", "web-7dc9f5fbb8-gbfk7"] {
        fjord.later(TimeDelta::seconds(1));
        let body = alert(&fjord.now(), "Terminal shell in container", "Warning", pod).to_string();
        assert_eq!(receipt(&fjord.send(&token, Source::FalcoEvents, &body).await), (1, 0, 0));
    }
    let seen = fjord.look(Source::FalcoEvents).await;
    assert_eq!((seen.outcome(EVENTS), seen.outcome(DROPS)), (Outcome::Fail, Outcome::Pass));
    assert_eq!((seen.recorded.opened, seen.evaluation.observations.len()), (1, 1), "two pods of one Deployment");
    assert_eq!(
        seen.evaluation.observations[0].subject.to_string(),
        "Workload shop/web (Terminal shell in container (docker.io/nginx))"
    );

    // A test event shows that Falco lives; 24 hours after the last alert the finding is over.
    fjord.later(TimeDelta::hours(23));
    let test = alert(&fjord.now(), "Test rule", "Debug", "x").to_string();
    assert_eq!(receipt(&fjord.send(&token, Source::FalcoEvents, &test).await), (1, 0, 0));
    assert_eq!(fjord.look(Source::FalcoEvents).await.outcome(EVENTS), Outcome::Fail);
    fjord.later(TimeDelta::hours(2));
    let quiet = fjord.look(Source::FalcoEvents).await;
    assert_eq!((quiet.outcome(EVENTS), quiet.recorded.closed), (Outcome::Pass, 1));

    // The test event again is no sign of life, and silence is no pass.
    fjord.later(TimeDelta::hours(23));
    assert_eq!(receipt(&fjord.send(&token, Source::FalcoEvents, &test).await), (0, 1, 0));
    let silent = fjord.look(Source::FalcoEvents).await;
    assert_eq!((silent.outcome(EVENTS), silent.reason(EVENTS)), (Outcome::Stale, Some("silent")));
    assert_eq!(silent.outcome(DROPS), Outcome::Stale);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_finding_stays_open_while_falco_is_silent(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::FalcoEvents).await;
    let body = alert(&fjord.now(), "Terminal shell in container", "Critical", "web-0").to_string();
    fjord.send(&token, Source::FalcoEvents, &body).await;
    assert_eq!(fjord.look(Source::FalcoEvents).await.recorded.opened, 1);
    fjord.later(TimeDelta::hours(30));
    let silent = fjord.look(Source::FalcoEvents).await;
    assert_eq!((silent.outcome(EVENTS), silent.recorded.closed), (Outcome::Stale, 0));
    // An alert from the future counts from its arrival.
    let ahead = alert("2036-01-01T00:00:00Z", "Terminal shell in container", "Notice", "db-0").to_string();
    fjord.send(&token, Source::FalcoEvents, &ahead).await;
    let seen = fjord.look(Source::FalcoEvents).await;
    assert_eq!((seen.recorded.opened, seen.recorded.closed), (1, 1));
    fjord.later(TimeDelta::hours(25));
    assert_eq!(fjord.look(Source::FalcoEvents).await.outcome(EVENTS), Outcome::Stale);
}

#[sqlx::test(migrations = "../migrations")]
async fn dropped_events_fail_and_notes_below_notice_do_not(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::FalcoEvents).await;
    let note = alert(&fjord.now(), "Something mild", "Informational", "web-0");
    let drops = alert(&fjord.now(), "Falco internal: syscall event drop", "Critical", "falco-x2k9p");
    fjord.send(&token, Source::FalcoEvents, &json!([note, drops]).to_string()).await;
    let seen = fjord.look(Source::FalcoEvents).await;
    assert_eq!((seen.outcome(EVENTS), seen.outcome(DROPS)), (Outcome::Pass, Outcome::Fail));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_good_part_of_a_batch_is_taken_and_the_rest_is_named(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::FalcoEvents).await;
    let good = alert(&fjord.now(), "Test rule", "Debug", "web-0");
    let mut timeless = good.clone();
    timeless.as_object_mut().unwrap().remove("time");
    let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
    let mut too_deep = good.clone();
    too_deep["output_fields"]["deep"] = deep;
    let body = json!([timeless, good, too_deep, 7]).to_string();
    let answer = fjord.send(&token, Source::FalcoEvents, &body).await;
    assert_eq!(receipt(&answer), (1, 0, 3));
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let pointers: Vec<_> =
        told["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/0/time", "/2", "/3"]);
    // What was not understood may have been an alert.
    let seen = fjord.look(Source::FalcoEvents).await;
    let result = seen.evaluation.results.iter().find(|result| result.check.as_str() == EVENTS).unwrap();
    assert_eq!((result.outcome, result.unread), (Outcome::Pass, 3), "which is shown as partly covered");

    for bad in ["", "{", "nonsense", r#"{"rule":"x"}"#, &json!([timeless]).to_string()] {
        let answer = fjord.send(&token, Source::FalcoEvents, bad).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(problem(&answer)["errors"][0]["detail"].as_str().is_some(), "{bad}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn clusters_do_not_mix_and_nothing_personal_is_kept(pool: PgPool) {
    let fjord = Fjord::with(&pool, |config| config.intake.keep_raw_days = 0).await;
    let (north, south) = (fjord.token(Source::FalcoEvents).await, fjord.token_of("south", Source::FalcoEvents).await);
    let body = alert(&fjord.now(), "Terminal shell in container", "Error", "web-0").to_string();
    assert_eq!(receipt(&fjord.send(&north, Source::FalcoEvents, &body).await), (1, 0, 0));
    let elsewhere = fjord.look_at("south", Source::FalcoEvents).await;
    assert_eq!(elsewhere.outcome(EVENTS), Outcome::NotEvaluated);
    assert_eq!(
        receipt(&fjord.send(&south, Source::FalcoEvents, &body).await),
        (1, 0, 0),
        "the same, of another cluster"
    );
    let listed = format!("[{body}]");
    assert_eq!(receipt(&fjord.send(&north, Source::FalcoEvents, &listed).await), (0, 1, 0), "known by itself");
    let kept = sqlx::query_scalar!(
        r#"SELECT (SELECT count(*) FROM intake_raw) + (SELECT count(*) FROM event_group g WHERE g::text LIKE '%canary%') AS "n!""#
    );
    assert_eq!(kept.fetch_one(&pool).await.unwrap(), 0);
    let groups = sqlx::query_scalar!(r#"SELECT sum(events)::bigint AS "n!" FROM event_group"#);
    assert_eq!(groups.fetch_one(&pool).await.unwrap(), 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_same_body_sent_at_once_counts_once(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::FalcoEvents).await;
    let body = alert(&fjord.now(), "Terminal shell in container", "Error", "web-0").to_string();
    let sent = (0..8).map(|_| fjord.send(&token, Source::FalcoEvents, &body));
    let taken: u64 = futures::future::join_all(sent).await.iter().map(|answer| receipt(answer).0).sum();
    assert_eq!(taken, 1);
    let events = sqlx::query_scalar!(r#"SELECT sum(events)::bigint AS "n!" FROM event_group"#);
    assert_eq!(events.fetch_one(&pool).await.unwrap(), 1);
}
