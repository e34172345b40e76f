//! A finding that becomes worse.

use super::{
    receiver::{Asked, Receiver, Reply},
    trackers::Story,
    *,
};
use serde_json::json;

const OLD: (&str, Severity) = ("old", Severity::High);

/// Type and title of every message.
fn told(receiver: &Receiver) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let of = |asked: &Asked| {
        let told = asked.json();
        (text(&told["type"]), text(&told["data"]["title"]))
    };
    receiver.asked().iter().map(of).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_asks_for_what_is_new_is_told_of_what_becomes_as_bad_as_they_ask_for(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[OLD, ("new", Severity::Medium)]).await;
    let kinds = vec![EventKind::FindingOpened];
    add(&app, &notify::NewRule { kinds, min_severity: Severity::High, ..rule("siem") }).await;
    velero.reads(&[OLD, ("new", Severity::High)]).await;
    later(&app, WINDOW).await;
    let increased =
        ("bevis.notification.severity_increased".into(), "The severity of a finding increased · ALPHA".into());
    assert_eq!(told(&receiver), [increased]);
    let event = &receiver.asked()[0].json()["data"]["events"][0];
    assert_eq!(
        (&event["severity"], &event["detail"]["before"], &event["subject"]["name"]),
        (&json!("high"), &json!("medium"), &json!("new"))
    );
    velero.reads(&[OLD, ("new", Severity::Critical)]).await;
    velero.reads(&[OLD, ("new", Severity::Low)]).await;
    later(&app, WINDOW).await;
    assert_eq!(receiver.asked().len(), 1, "it was told of already, and that it is better is not asked for");
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_asks_for_rising_severities_is_told_of_each(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let slack = format!("[[slack]]\nname = \"chat\"\nurl = \"{}\"\n", receiver.url("/"));
    let app = with_channels(&pool, &slack);
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[("new", Severity::Low)]).await;
    add(&app, &notify::NewRule { kinds: vec![EventKind::SeverityIncreased], ..rule("chat") }).await;
    velero.reads(&[("new", Severity::Medium)]).await;
    later(&app, WINDOW).await;
    let card = receiver.asked()[0].json();
    let section = card["blocks"][1]["text"]["text"].as_str().unwrap();
    assert!(section.contains("Now Medium, was Low – ") && section.contains("Schedule velero/new (ALPHA)"), "{card}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ticket_is_made_of_what_becomes_bad_enough_and_hears_of_what_becomes_worse(pool: PgPool) {
    let made = json!({ "iid": 7, "web_url": "https://gitlab.example/g/p/-/issues/7" });
    let receiver = Receiver::start([Reply::Status(200), Reply::Json(201, made)]).await;
    let channels = format!(
        "[[gitlab]]\nname = \"issues\"\nurl = \"{}\"\nproject = \"g/p\"\ntoken = \"canary\"\n",
        receiver.url("/api/v4")
    );
    let story = Story::asking(&pool, &channels, Severity::High).await;
    story.scan(&[OLD, ("new", Severity::Medium)]).await;
    assert_eq!(receiver.asked().len(), 0, "less than the rule asks for");
    story.scan(&[OLD, ("new", Severity::High)]).await;
    story.scan(&[OLD, ("new", Severity::Critical)]).await;
    let (issues, notes) = ("POST /api/v4/projects/g%2Fp/issues", "POST /api/v4/projects/g%2Fp/issues/7/notes");
    assert_eq!(receiver.lines()[1..], [issues, notes]);
    let asked = receiver.asked();
    let title = asked[1].json()["title"].as_str().unwrap().to_owned();
    assert!(title.ends_with("Schedule velero/new (ALPHA)") && !title.contains("was Medium"), "{title}");
    let comment = "Bevis has seen that the severity of this increased: it is Critical now.";
    assert_eq!(asked[2].json()["body"], comment);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_became_worse_while_a_source_was_silent_is_counted(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[("new", Severity::Low)]).await;
    add(&app, &rule("siem")).await;
    velero.is_away().await;
    velero.reads(&[("new", Severity::Critical)]).await;
    later(&app, WINDOW).await;
    assert_eq!(told(&receiver), [("bevis.notification.source".into(), "A source is back · ALPHA".into())]);
    let detail = &receiver.asked()[0].json()["data"]["events"][0]["detail"];
    assert_eq!((&detail["opened"], &detail["increased"]), (&json!(0), &json!(1)), "{detail}");
}
