//! What becomes of a finding is told in order, by how it stands then, and wherever a ticket or an alert stands for it.

use super::{
    receiver::{Asked, Receiver, Reply},
    trackers::Story,
    *,
};
use serde_json::json;

const OLD: (&str, Severity) = ("old", Severity::High);
const NEW: (&str, Severity) = ("new", Severity::High);

fn alertmanager(receiver: &Receiver) -> String {
    format!("[[alertmanager]]\nname = \"am\"\nurl = \"{}\"\n", receiver.url("/am"))
}

fn gitlab(receiver: &Receiver) -> String {
    format!(
        "request_seconds = 1\n[[gitlab]]\nname = \"issues\"\nurl = \"{}\"\nproject = \"g/p\"\ntoken = \"canary\"\n",
        receiver.url("/api/v4")
    )
}

/// How many tickets were asked for.
fn made(receiver: &Receiver) -> usize {
    receiver.lines().iter().filter(|line| *line == "POST /api/v4/projects/g%2Fp/issues").count()
}

/// Where every message stands, and what its last attempt gave.
async fn stand(pool: &PgPool) -> Vec<(String, String)> {
    messages(pool).await.into_iter().map(|(_, state, _, reason)| (state, reason)).collect()
}

fn said(state: &str, reason: &str) -> (String, String) {
    (state.into(), reason.into())
}

#[sqlx::test(migrations = "../migrations")]
async fn no_ticket_is_made_of_what_is_fixed_by_then(pool: PgPool) {
    let receiver = Receiver::start([Reply::Status(200), Reply::Status(500)]).await;
    let story = Story::new(&pool, &gitlab(&receiver)).await;
    story.scan(&[OLD, NEW]).await;
    assert_eq!((made(&receiver), stand(&pool).await), (1, vec![said("waiting", "status 500")]));
    story.scan(&[OLD]).await;
    assert_eq!(stand(&pool).await, [said("dropped", "it is fixed by now"), said("sent", "nothing to do")]);
    later(&story.app, TimeDelta::hours(2)).await;
    assert_eq!(made(&receiver), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ticket_of_which_nobody_heard_is_closed(pool: PgPool) {
    let found = json!([{ "iid": 7, "web_url": "https://gitlab.example/g/p/-/issues/7" }]);
    let receiver = Receiver::start([Reply::Status(200), Reply::Hang, Reply::Json(200, found)]).await;
    let story = Story::new(&pool, &gitlab(&receiver)).await;
    story.scan(&[OLD, NEW]).await;
    story.scan(&[OLD]).await;
    assert_eq!(stand(&pool).await, [said("dropped", "it is fixed by now"), said("sent", "closed 7")]);
    let (close, comment) = ("PUT /api/v4/projects/g%2Fp/issues/7", "POST /api/v4/projects/g%2Fp/issues/7/notes");
    assert_eq!(receiver.lines()[3..], [close, comment]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ticket_that_a_message_made_before_it_was_given_up_is_found_again(pool: PgPool) {
    let found = json!([{ "iid": 7, "web_url": "https://gitlab.example/g/p/-/issues/7" }]);
    // It is made, the answer never comes, and the tracker's search knows it only after a while.
    let replies = [Reply::Status(200), Reply::Hang, Reply::Status(200), Reply::Json(200, found)];
    let receiver = Receiver::start(replies).await;
    let story = Story::new(&pool, &format!("attempts = 1\n{}", gitlab(&receiver))).await;
    story.scan(&[OLD, NEW]).await;
    assert_eq!(stand(&pool).await, [said("dead", "no full answer in time")]);
    story.scan(&[OLD]).await;
    story.scan(&[OLD, NEW]).await;
    assert_eq!(stand(&pool).await.last(), Some(&said("sent", "reopened 7")));
    assert_eq!(made(&receiver), 1, "{:?}", receiver.lines());
}

#[sqlx::test(migrations = "../migrations")]
async fn an_alert_is_not_resolved_before_it_fires(pool: PgPool) {
    let receiver = Receiver::start([Reply::After(600)]).await;
    let story = Story::new(&pool, &alertmanager(&receiver)).await;
    story.scan(&[OLD, NEW]).await;
    story.scan(&[OLD]).await;
    assert_eq!(receiver.asked().len(), 1, "what is fixed waits for what failed");
    later(&story.app, TimeDelta::seconds(600)).await;
    let asked = receiver.asked();
    assert_eq!(asked.len(), 2);
    let ends = at(asked[1].json()[0]["endsAt"].as_str().unwrap());
    assert!(ends < story.app.app.clock.now(), "the last word is that it is fixed");
    assert_eq!(stand(&pool).await[0], said("dropped", "it is fixed by now"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_message_that_is_tried_again_fires_nothing_that_is_fixed(pool: PgPool) {
    let receiver = Receiver::start([Reply::Status(400)]).await;
    let story = Story::new(&pool, &alertmanager(&receiver)).await;
    story.scan(&[OLD, NEW]).await;
    assert_eq!(stand(&pool).await, [said("dead", "status 400")]);
    story.scan(&[OLD]).await;
    assert_eq!(receiver.asked().len(), 2, "it may have fired");
    let mut db = story.app.app.db.acquire().await.unwrap();
    let dead = notify::log(&mut db, story.app.app.clock.now(), true, None, 10).await.unwrap();
    notify::again(&story.app.app, &actor(&story.app).await, dead.rows[0].id).await.unwrap();
    notify::turn(&story.app.app).await.unwrap();
    assert_eq!(receiver.asked().len(), 2);
    assert_eq!(stand(&pool).await[0], said("dropped", "it is fixed by now"));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_told_of_several_findings_waits_for_nothing(pool: PgPool) {
    let receiver = Receiver::start([Reply::After(600)]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[OLD]).await;
    add(&app, &notify::NewRule { kinds: vec![EventKind::FindingOpened], ..rule("siem") }).await;
    velero.reads(&[OLD, NEW]).await;
    later(&app, WINDOW).await;
    velero.reads(&[OLD, NEW, ("newer", Severity::High)]).await;
    later(&app, WINDOW).await;
    assert_eq!(receiver.asked().len(), 2, "the first is tried again later, and holds nothing up");
    later(&app, TimeDelta::seconds(600)).await;
    let name = |asked: &Asked| asked.json()["data"]["events"][0]["subject"]["name"].as_str().unwrap().to_owned();
    assert_eq!(receiver.asked().iter().map(name).collect::<Vec<_>>(), ["new", "newer", "new"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_fails_again_before_it_was_told_is_told(pool: PgPool) {
    let ticket = json!({ "iid": 1, "web_url": "https://gitlab.example/g/p/-/issues/1" });
    let receiver = Receiver::start([Reply::Status(200), Reply::Json(201, ticket)]).await;
    let app = with_channels(&pool, &gitlab(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[OLD]).await;
    // Nobody asks for what is opened again.
    add(&app, &notify::NewRule { kinds: vec![EventKind::FindingOpened], ..rule("issues") }).await;
    for failing in [&[OLD, NEW][..], &[OLD], &[OLD, NEW]] {
        app.app.clock.advance(TimeDelta::seconds(10));
        velero.reads(failing).await;
    }
    later(&app, WINDOW).await;
    assert_eq!((made(&receiver), stand(&pool).await.pop()), (1, Some(said("sent", "created 1"))));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ticket_is_closed_whatever_the_rules_say_by_then(pool: PgPool) {
    let made = |iid| json!({ "iid": iid, "web_url": format!("https://gitlab.example/g/p/-/issues/{iid}") });
    let replies = [Reply::Status(200), Reply::Json(201, made(1)), Reply::Status(200), Reply::Json(201, made(2))];
    let receiver = Receiver::start(replies).await;
    let story = Story::asking(&pool, &gitlab(&receiver), Severity::High).await;
    story.scan(&[OLD, NEW]).await;
    story.scan(&[OLD, NEW, ("other", Severity::High)]).await;
    assert_eq!(stand(&pool).await, [said("sent", "created 1"), said("sent", "created 2")]);
    story.scan(&[OLD, ("new", Severity::Medium), ("other", Severity::High)]).await;
    story.scan(&[OLD, ("other", Severity::High)]).await;
    assert_eq!(
        stand(&pool).await.last(),
        Some(&said("sent", "closed 1")),
        "it was no longer as bad as the rule asks for"
    );
    let by = actor(&story.app).await;
    let now = story.app.app.clock.now();
    let rules = notify::of_teams(&mut story.app.app.db.acquire().await.unwrap(), now).await.unwrap();
    notify::end(&story.app.app.db, &by, rules[0].id, true, now).await.unwrap();
    story.scan(&[OLD]).await;
    assert_eq!(stand(&pool).await.last(), Some(&said("sent", "closed 2")), "the rule has ended");
    let noted = events(&pool).await;
    story.scan(&[]).await;
    assert_eq!(events(&pool).await, noted, "nothing stands for the third, and no rule asks");
    let closings = notify::NewRule { kinds: vec![EventKind::FindingClosed], ..rule("issues") };
    let refused = notify::add(&story.app.app.db, &story.app.app.channels, &by, &closings, now).await;
    assert!(refused.is_err(), "a rule that asks for closings alone would do nothing");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_alert_is_told_again_for_as_long_as_its_finding_fails(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let story = Story::new(&pool, &alertmanager(&receiver)).await;
    let pass = async |hours| {
        story.app.app.clock.advance(TimeDelta::hours(hours));
        for _ in 0..2 {
            notify::fire_again(&story.app.app).await.unwrap();
        }
        notify::turn(&story.app.app).await.unwrap();
        receiver.asked().len()
    };
    story.scan(&[OLD, NEW]).await;
    assert_eq!(receiver.asked().len(), 1);
    assert_eq!(pass(83).await, 1, "not yet half of the week");
    assert_eq!(pass(2).await, 2, "once, however often one looks");
    assert_eq!(pass(1).await, 2);
    assert_eq!(pass(84).await, 3);
    let alerts: Vec<_> = receiver.asked().iter().map(|asked| asked.json()[0].clone()).collect();
    assert_eq!((&alerts[2]["labels"], &alerts[2]["startsAt"]), (&alerts[0]["labels"], &alerts[0]["startsAt"]));
    let ends = at(alerts[2]["endsAt"].as_str().unwrap());
    assert_eq!(ends - story.app.app.clock.now(), TimeDelta::hours(168));
    story.scan(&[OLD]).await;
    assert_eq!(receiver.asked().len(), 4, "it is resolved");
    assert_eq!(pass(200).await, 4);
}
