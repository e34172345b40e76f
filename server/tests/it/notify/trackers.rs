//! Alerts and tickets: one a finding, through its whole life.

use super::{
    receiver::{Receiver, Reply},
    *,
};
use serde_json::json;

pub(super) struct Story {
    pub(super) app: TestApp,
    cluster: ClusterId,
}

impl Story {
    pub(super) async fn new(pool: &PgPool, channels: &str) -> Self {
        Self::asking(pool, channels, Severity::Unknown).await
    }

    /// With a rule for each channel that asks for a severity at least.
    pub(super) async fn asking(pool: &PgPool, channels: &str, min_severity: Severity) -> Self {
        let app = with_channels(pool, channels);
        let cluster = clusters(&app, &["alpha"]).await[0];
        for (name, ..) in app.app.channels.all() {
            add(&app, &notify::NewRule { min_severity, ..rule(name) }).await;
        }
        let story = Self { app, cluster };
        story.scan(&[("old", Severity::High)]).await;
        story
    }

    pub(super) async fn scan(&self, failing: &[(&str, Severity)]) {
        Scanned { app: &self.app, cluster: self.cluster, source: Source::Velero }.reads(failing).await;
        later(&self.app, WINDOW).await;
    }

    /// Another finding fails, is fixed, and fails again.
    async fn live(&self) {
        let both = [("old", Severity::High), ("new", Severity::Critical)];
        self.scan(&both).await;
        self.scan(&both[..1]).await;
        self.scan(&both).await;
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_alert_fires_and_is_resolved_under_the_same_labels(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let story = Story::new(
        &pool,
        &format!("[[alertmanager]]\nname = \"am\"\nurl = \"{}\"\ntoken = \"canary\"\n", receiver.url("/am/")),
    )
    .await;
    assert_eq!(receiver.asked().len(), 0, "what was there at the first reading does not fire");
    story.live().await;
    assert_eq!(receiver.lines(), ["POST /am/api/v2/alerts"; 3]);
    assert_eq!(receiver.asked()[0].header("authorization"), "Bearer canary");
    let alerts: Vec<_> = receiver.asked().iter().map(|asked| asked.json()[0].clone()).collect();
    assert_eq!(alerts[0]["labels"], alerts[1]["labels"]);
    assert_eq!(
        (&alerts[0]["labels"]["alertname"], &alerts[0]["labels"]["cluster"]),
        (&json!("BevisFinding"), &json!("alpha"))
    );
    let instant = |alert: usize, name: &str| at(alerts[alert][name].as_str().unwrap());
    let fires = instant(0, "endsAt") - instant(0, "startsAt");
    assert!((TimeDelta::hours(168)..=TimeDelta::hours(168) + WINDOW).contains(&fires), "{fires}");
    assert!(instant(1, "endsAt") <= story.app.app.clock.now(), "it is resolved");
    assert!(instant(2, "endsAt") > story.app.app.clock.now(), "it fires again");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ticket_is_made_closed_and_opened_again_on_github(pool: PgPool) {
    let made = json!({ "number": 42, "html_url": "https://github.example/o/r/issues/42" });
    let receiver = Receiver::start([Reply::Status(200), Reply::Json(201, made)]).await;
    let channels = format!(
        "[[github]]\nname = \"issues\"\nurl = \"{}\"\nproject = \"o/r\"\ntoken = \"canary\"\n",
        receiver.url("")
    );
    let story = Story::new(&pool, &channels).await;
    assert_eq!(receiver.asked().len(), 0, "what was there at the first reading makes no tickets");
    story.live().await;
    let (issues, issue, comments) =
        ("POST /repos/o/r/issues", "PATCH /repos/o/r/issues/42", "POST /repos/o/r/issues/42/comments");
    let lines = receiver.lines();
    assert!(
        lines[0].starts_with("GET /repos/o/r/issues?labels=bevis-"),
        "one that is there already is looked for: {lines:?}"
    );
    assert_eq!(lines[1..], [issues, issue, comments, issue, comments]);
    let asked = &receiver.asked()[1..];
    let ticket = asked[0].json();
    assert!(ticket["title"].as_str().unwrap().ends_with("Schedule velero/new (ALPHA)"), "{ticket}");
    assert!(ticket["body"].as_str().unwrap().contains("http://127.0.0.1:8080/findings/"), "{ticket}");
    assert!(ticket["labels"][1].as_str().unwrap().len() <= 50);
    assert_eq!((asked[1].json(), asked[3].json()), (json!({ "state": "closed" }), json!({ "state": "open" })));
    assert_eq!(asked[2].json()["body"], "Bevis has seen this fixed.");
    assert!(messages(&pool).await.iter().any(|(.., reason)| reason == "closed 42"));
    let mut viewer = story.app.as_role(::model::role::Role::Viewer).await;
    let finding = ticket["body"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let answer = viewer.get(&format!("/api/v1/findings/{finding}/tickets")).await;
    assert!(answer.body.contains("https://github.example/o/r/issues/42"), "{}", answer.body);
    let page = viewer.get(&format!("/findings/{finding}")).await;
    assert!(page.body.contains("href=\"https://github.example/o/r/issues/42\""), "{}", page.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_lost_answer_does_not_make_two_tickets(pool: PgPool) {
    let found = json!([{ "iid": 7, "web_url": "https://gitlab.example/g/p/-/issues/7" }]);
    // The ticket is made and the answer never comes; the next attempt looks for it first.
    let receiver = Receiver::start([Reply::Status(200), Reply::Hang, Reply::Json(200, found)]).await;
    let channels = format!(
        "request_seconds = 1\n[[gitlab]]\nname = \"issues\"\nurl = \"{}\"\nproject = \"g/p\"\ntoken = \"canary\"\n",
        receiver.url("/api/v4")
    );
    let story = Story::new(&pool, &channels).await;
    story.scan(&[("old", Severity::High), ("new", Severity::High)]).await;
    later(&story.app, TimeDelta::seconds(60)).await;
    let lines = receiver.lines();
    assert_eq!(lines[1], "POST /api/v4/projects/g%2Fp/issues");
    assert!(lines[2].starts_with("GET /api/v4/projects/g%2Fp/issues?labels=bevis-"), "{lines:?}");
    assert_eq!(lines.len(), 3);
    assert_eq!(messages(&pool).await[0].3, "created 7");
}

#[sqlx::test(migrations = "../migrations")]
async fn jira_is_asked_for_transitions_that_the_configuration_names(pool: PgPool) {
    // Somebody closed it by hand: Jira answers 400 to the transition, and the finding's ticket is commented all the same.
    let receiver = Receiver::start([
        Reply::Status(200),
        Reply::Json(201, json!({ "id": "10000", "key": "OPS-17" })),
        Reply::Json(400, json!({ "errorMessages": ["no"] })),
    ])
    .await;
    let channels = format!(
        "[[jira]]\nname = \"jira\"\nurl = \"{}\"\nproject = \"OPS\"\nusername = \"bot@example.org\"\ntoken = \"canary\"\nclose_transition = \"31\"\n",
        receiver.url("")
    );
    let story = Story::new(&pool, &channels).await;
    story.live().await;
    let (transitions, comment) = ("POST /rest/api/2/issue/OPS-17/transitions", "POST /rest/api/2/issue/OPS-17/comment");
    assert_eq!(receiver.lines()[1..], ["POST /rest/api/2/issue", transitions, comment, comment]);
    let asked = &receiver.asked()[1..];
    assert!(asked[0].header("authorization").starts_with("Basic "));
    assert_eq!(asked[0].json()["fields"]["project"]["key"], "OPS");
    assert_eq!(asked[1].json(), json!({ "transition": { "id": "31" } }));
}
