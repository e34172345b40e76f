//! Risk acceptances, as those hear of them who ask.

use super::{receiver::Receiver, *};
use ::model::{
    acceptance::{AcceptanceAct, AcceptanceScope, EndsOn},
    ids::{AcceptanceId, PersonId},
    role::Role,
};
use server::{
    acceptances::{self, By, NewAcceptance},
    config::AcceptanceSettings,
};
use sqlx::AssertSqlSafe;

/// Asks for the risk of a cluster's backups, and for so many days.
async fn ask(app: &TestApp, days: i64) -> AcceptanceId {
    ask_of(app, "alpha", days, &[]).await
}

async fn ask_of(app: &TestApp, cluster: &str, days: i64, ends_on: &[EndsOn]) -> AcceptanceId {
    let now = app.app.clock.now();
    let new = NewAcceptance {
        scope: AcceptanceScope::Cluster { check: "bak.enabled".into(), cluster: cluster.into() },
        reason: format!("why, for {days} days"),
        compensating_control: "what".into(),
        residual_risk: String::new(),
        begins_at: None,
        expires_at: now + TimeDelta::days(days),
        ends_on: ends_on.iter().copied().collect(),
        extends: None,
    };
    let by = by(app, "Erik Lund", Role::Engineer).await;
    acceptances::request(&app.app.db, &AcceptanceSettings::default(), &by, &new, now).await.expect("asked")
}

async fn by(app: &TestApp, name: &str, role: Role) -> By {
    let mut db = app.app.db.acquire().await.unwrap();
    let person: PersonId = people::person(&mut db, name, app.app.clock.now()).await;
    By { person, name: name.into(), roles: vec![role] }
}

async fn act(app: &TestApp, id: AcceptanceId, act: AcceptanceAct) {
    let maja = by(app, "Maja Holm", Role::SecurityOfficer).await;
    acceptances::act(&app.app.db, &maja, id, act, "seen", app.app.clock.now()).await.expect("done");
}

/// The lines of the messages sent since the last time that it was looked, each with where it leads.
async fn told(app: &TestApp, receiver: &Receiver, seen: &mut usize) -> Vec<(String, String)> {
    acceptances::evaluate(&app.app.db, app.app.clock.now()).await.expect("looks");
    later(app, WINDOW).await;
    let asked = receiver.asked();
    let new = asked[*seen..].iter().flat_map(|asked| {
        let section = asked.json()["blocks"][1]["text"]["text"].as_str().expect("a section").to_owned();
        let of = |line: &str| {
            let (link, text) = line.split_once('<')?.1.split_once('>')?.0.split_once('|')?;
            Some((text.to_owned(), link.to_owned()))
        };
        section.lines().filter_map(of).collect::<Vec<_>>()
    });
    let new = new.collect();
    *seen = asked.len();
    new
}

#[sqlx::test(migrations = "../migrations")]
async fn an_acceptance_is_told_of_from_its_request_to_its_end_each_once(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let slack = format!("[[slack]]\nname = \"chat\"\nurl = \"{}\"\n", receiver.url("/services/T/B/x"));
    let app = with_channels(&pool, &slack);
    let cluster = clusters(&app, &["alpha"]).await[0];
    Scanned { app: &app, cluster, source: Source::Velero }.reads(&[("daily", Severity::Medium)]).await;
    app.app.clock.advance(TimeDelta::seconds(1));
    let kinds = EventKind::ALL.iter().copied().filter(|kind| kind.is_of_acceptance()).collect();
    add(&app, &notify::NewRule { kinds, ..rule("chat") }).await;
    let mut seen = 0;

    let id = ask(&app, 60).await;
    let [(text, link)] = &told(&app, &receiver, &mut seen).await[..] else { panic!("one message of one event") };
    assert!(text.starts_with("Erik Lund asks that a risk be accepted: ") && text.contains("alpha"), "{text}");
    assert!(link.ends_with(&format!("/acceptances/{id}")), "{link}");
    act(&app, id, AcceptanceAct::Approve).await;
    let told_of = told(&app, &receiver, &mut seen).await;
    assert!(told_of.len() == 1 && told_of[0].0.starts_with("Maja Holm approved a request: "), "{told_of:?}");
    app.app.clock.advance(TimeDelta::days(45));
    assert_eq!(told(&app, &receiver, &mut seen).await, [], "fifteen days before");
    app.app.clock.advance(TimeDelta::days(1));
    let told_of = told(&app, &receiver, &mut seen).await;
    assert!(told_of.len() == 1 && told_of[0].0.starts_with("An acceptance ends on "), "{told_of:?}");
    app.app.clock.advance(TimeDelta::days(1));
    assert_eq!(told(&app, &receiver, &mut seen).await, [], "once");
    app.app.clock.advance(TimeDelta::days(13));
    let told_of = told(&app, &receiver, &mut seen).await;
    assert!(told_of.len() == 1 && told_of[0].0.starts_with("An acceptance has run out: "), "{told_of:?}");
    assert_eq!(told(&app, &receiver, &mut seen).await, [], "once");

    let id = ask(&app, 30).await;
    act(&app, id, AcceptanceAct::Reject).await;
    let id = ask(&app, 31).await;
    act(&app, id, AcceptanceAct::Approve).await;
    act(&app, id, AcceptanceAct::Revoke).await;
    let told_of = told(&app, &receiver, &mut seen).await;
    let of = |start: &str| told_of.iter().filter(|(text, _)| text.starts_with(start)).count();
    assert_eq!(
        [
            of("Erik Lund asks that"),
            of("Maja Holm rejected a request"),
            of("Maja Holm approved a request"),
            of("Maja Holm revoked an acceptance"),
            told_of.len()
        ],
        [2, 1, 1, 1, 5],
        "{told_of:?}"
    );
    app.app.clock.advance(TimeDelta::days(40));
    assert_eq!(told(&app, &receiver, &mut seen).await, [], "what somebody ended does not run out");
}

#[sqlx::test(migrations = "../migrations")]
async fn one_that_cannot_be_ended_keeps_nobody_from_hearing_of_another(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let slack = format!("[[slack]]\nname = \"chat\"\nurl = \"{}\"\n", receiver.url("/services/T/B/x"));
    let app = with_channels(&pool, &slack);
    let ids = clusters(&app, &["alpha", "beta"]).await;
    for cluster in &ids {
        Scanned { app: &app, cluster: *cluster, source: Source::Velero }.reads(&[("daily", Severity::Medium)]).await;
    }
    app.app.clock.advance(TimeDelta::seconds(1));
    let broken = ask_of(&app, "alpha", 60, &[EndsOn::SeverityRises]).await;
    let other = ask_of(&app, "beta", 30, &[]).await;
    for id in [broken, other] {
        act(&app, id, AcceptanceAct::Approve).await;
    }
    let refuse = format!(
        "CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
         CREATE TRIGGER refuse_one BEFORE INSERT ON acceptance_event FOR EACH ROW
         WHEN (NEW.acceptance_id = '{broken}') EXECUTE FUNCTION refuse_one();"
    );
    sqlx::raw_sql(AssertSqlSafe(refuse)).execute(&pool).await.expect("a fault");
    Scanned { app: &app, cluster: ids[0], source: Source::Velero }.reads(&[("daily", Severity::Critical)]).await;
    add(&app, &notify::NewRule { kinds: vec![EventKind::AcceptanceEnding], ..rule("chat") }).await;
    app.app.clock.advance(TimeDelta::days(21));
    let told_of = told(&app, &receiver, &mut 0).await;
    assert!(told_of.len() == 1 && told_of[0].1.ends_with(&format!("/acceptances/{other}")), "{told_of:?}");
}
