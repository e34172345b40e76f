//! Receivers that fail, hang, repeat, redirect, and talk without end.

use super::{
    receiver::{Receiver, Reply},
    *,
};
use crate::harness::log::Log;
use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// A Bevis whose webhook is to be told of one new finding.
async fn about_to_tell(pool: &PgPool, channels: &str) -> TestApp {
    let app = with_channels(pool, channels);
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[]).await;
    for (name, ..) in app.app.channels.all() {
        add(
            &app,
            &notify::NewRule {
                kinds: vec![EventKind::FindingOpened, EventKind::FindingReopened, EventKind::FindingClosed],
                ..rule(name)
            },
        )
        .await;
    }
    velero.reads(&[("daily", Severity::High)]).await;
    app
}

#[sqlx::test(migrations = "../migrations")]
async fn a_receiver_that_fails_gets_the_same_message_again(pool: PgPool) {
    let receiver = Receiver::start([Reply::Status(500), Reply::Status(503)]).await;
    let app = about_to_tell(&pool, &webhook(&receiver)).await;
    later(&app, WINDOW).await;
    assert_eq!(receiver.asked().len(), 1);
    assert_eq!(messages(&pool).await, [("finding_opened".into(), "waiting".into(), 1, "status 500".into())]);
    later(&app, TimeDelta::seconds(10)).await;
    assert_eq!(receiver.asked().len(), 1, "not before the wait is over");
    later(&app, TimeDelta::seconds(30)).await;
    later(&app, TimeDelta::seconds(60)).await;
    assert_eq!(messages(&pool).await, [("finding_opened".into(), "sent".into(), 3, "status 200".into())]);
    let asked = receiver.asked();
    assert_eq!(asked.len(), 3);
    assert!(
        asked.iter().all(|one| one.body == asked[0].body && one.header("webhook-id") == asked[0].header("webhook-id"))
    );
    later(&app, TimeDelta::hours(9)).await;
    assert_eq!(receiver.asked().len(), 3, "what was delivered is not sent again");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_signature_can_be_verified_as_documented(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = about_to_tell(&pool, &webhook(&receiver)).await;
    later(&app, WINDOW).await;
    let asked = &receiver.asked()[0];
    assert_eq!(asked.header("content-type"), "application/cloudevents+json; charset=utf-8");
    let event = asked.json();
    for (name, expected) in
        [("specversion", "1.0"), ("source", "http://127.0.0.1:8080/"), ("id", asked.header("webhook-id"))]
    {
        assert_eq!(event[name], expected);
    }
    let (id, timestamp) = (asked.header("webhook-id"), asked.header("webhook-timestamp"));
    assert_eq!(timestamp, app.app.clock.now().timestamp().to_string());
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.update(&[format!("{id}.{timestamp}.").as_bytes(), &asked.body].concat());
    let (version, signature) = asked.header("webhook-signature").split_once(',').unwrap();
    assert_eq!(version, "v1");
    mac.verify_slice(&BASE64_STANDARD.decode(signature).unwrap()).unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_receiver_that_hangs_holds_nobody_else_up(pool: PgPool) {
    let hanging = Receiver::start([Reply::Hang]).await;
    let good = Receiver::start([]).await;
    let slack = format!("[[slack]]\nname = \"chat\"\nurl = \"{}\"\n", good.url("/"));
    let app = about_to_tell(&pool, &format!("{}{slack}", webhook(&hanging))).await;
    later(&app, WINDOW).await;
    assert_eq!(good.asked().len(), 1);
    let mut stand = messages(&pool).await;
    stand.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(stand[0].1, "sent");
    assert_eq!((stand[1].1.as_str(), stand[1].3.as_str()), ("waiting", "no full answer in time"));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_answer_without_end_is_not_read_to_it(pool: PgPool) {
    let receiver = Receiver::start([Reply::Huge(500), Reply::Huge(200)]).await;
    let app = about_to_tell(&pool, &webhook(&receiver)).await;
    later(&app, WINDOW).await;
    assert_eq!(messages(&pool).await[0].1, "waiting");
    later(&app, TimeDelta::seconds(60)).await;
    assert_eq!(messages(&pool).await, [("finding_opened".into(), "sent".into(), 2, "status 200".into())]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_redirect_is_not_followed_and_a_refusal_is_final(pool: PgPool) {
    let elsewhere = Receiver::start([]).await;
    let receiver = Receiver::start([Reply::Redirect(elsewhere.url("/secrets"))]).await;
    let app = about_to_tell(&pool, &webhook(&receiver)).await;
    later(&app, WINDOW).await;
    assert_eq!(elsewhere.asked().len(), 0);
    let reason = "status 307; redirects are not followed";
    assert_eq!(messages(&pool).await, [("finding_opened".into(), "dead".into(), 1, reason.into())]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_receiver_that_names_a_time_is_given_it(pool: PgPool) {
    let receiver = Receiver::start([Reply::After(600)]).await;
    let app = about_to_tell(&pool, &webhook(&receiver)).await;
    later(&app, WINDOW).await;
    later(&app, TimeDelta::seconds(590)).await;
    assert_eq!(receiver.asked().len(), 1);
    later(&app, TimeDelta::seconds(10)).await;
    assert_eq!(receiver.asked().len(), 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_message_is_given_up_after_so_many_attempts_and_can_be_tried_again(pool: PgPool) {
    let receiver = Receiver::start([Reply::Status(500), Reply::Status(500), Reply::Status(500)]).await;
    let app = about_to_tell(&pool, &webhook(&receiver)).await;
    later(&app, WINDOW).await;
    for _ in 0..5 {
        later(&app, TimeDelta::hours(2)).await;
    }
    assert_eq!(receiver.asked().len(), 3);
    assert_eq!(messages(&pool).await, [("finding_opened".into(), "dead".into(), 3, "status 500".into())]);
    let mut db = app.app.db.acquire().await.unwrap();
    let dead = notify::log(&mut db, app.app.clock.now(), true, None, 10).await.unwrap();
    let by = actor(&app).await;
    notify::again(&app.app, &by, dead.rows[0].id).await.unwrap();
    assert!(notify::again(&app.app, &by, dead.rows[0].id).await.is_err(), "it is no longer given up");
    notify::turn(&app.app).await.unwrap();
    assert_eq!(messages(&pool).await, [("finding_opened".into(), "sent".into(), 4, "status 200".into())]);
    let asked = receiver.asked();
    assert_eq!(asked[3].header("webhook-id"), asked[0].header("webhook-id"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_sender_that_stops_in_the_middle_leaves_its_message_to_another(pool: PgPool) {
    let receiver = Receiver::start([Reply::Hang]).await;
    let app = about_to_tell(&pool, &webhook(&receiver)).await;
    notify::turn(&app.app).await.unwrap();
    app.app.clock.advance(WINDOW);
    // It is cut as soon as the receiver has heard of it.
    tokio::select! {
        _ = notify::deliver_once(&app.app, None) => panic!("the receiver hangs"),
        () = async { while receiver.asked().is_empty() { tokio::task::yield_now().await } } => {}
    }
    assert!(notify::deliver_once(&app.app, None).await.unwrap().is_none(), "the dead sender's lease still holds");
    app.app.clock.advance(TimeDelta::minutes(5));
    notify::turn(&app.app).await.unwrap();
    let asked = receiver.asked();
    assert_eq!(asked.len(), 2, "at least once");
    assert_eq!(asked[0].header("webhook-id"), asked[1].header("webhook-id"), "and the receiver can tell");
    assert_eq!(messages(&pool).await[0].1, "sent");
}

#[sqlx::test(migrations = "../migrations")]
async fn two_servers_that_look_at_once_send_once(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = about_to_tell(&pool, &webhook(&receiver)).await;
    let (one, other) = tokio::join!(notify::turn(&app.app), notify::turn(&app.app));
    one.and(other).unwrap();
    app.app.clock.advance(WINDOW);
    let (one, other) = tokio::join!(notify::turn(&app.app), notify::turn(&app.app));
    one.and(other).unwrap();
    assert_eq!(receiver.asked().len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn no_secret_is_in_the_log_or_in_the_delivery_log(pool: PgPool) {
    let log = Log::listen();
    let receiver = Receiver::start([Reply::Status(500), Reply::Status(403)]).await;
    let nowhere =
        format!("{}[[slack]]\nname = \"chat\"\nurl = \"http://127.0.0.1:9/canary-slack\"\n", webhook(&receiver));
    let app = about_to_tell(&pool, &nowhere).await;
    later(&app, WINDOW).await;
    later(&app, TimeDelta::minutes(10)).await;
    let told = format!("{}{:?}{:?}", log.text(), messages(&pool).await, app.app.channels);
    assert!(told.contains("a notification was given up"), "{told}");
    assert!(told.contains("cannot be reached"), "{told}");
    for canary in ["canary-path", "canary-slack", KEY] {
        assert!(!told.contains(canary), "{canary} is told");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn chats_get_cards_that_say_what_happened(pool: PgPool) {
    let (slack, teams) = (Receiver::start([]).await, Receiver::start([]).await);
    let channels = format!(
        "[[slack]]\nname = \"chat\"\nurl = \"{}\"\n[[teams]]\nname = \"board\"\nurl = \"{}\"\n",
        slack.url("/services/T/B/x"),
        teams.url("/workflows/1")
    );
    let app = about_to_tell(&pool, &channels).await;
    later(&app, WINDOW).await;
    let told = slack.asked()[0].json();
    assert_eq!(told["blocks"][0]["text"]["text"], "A new finding · ALPHA");
    assert!(told["blocks"][1]["text"]["text"].as_str().unwrap().contains("Schedule velero/daily"), "{told}");
    let told = teams.asked()[0].json();
    let card = &told["attachments"][0];
    assert_eq!(card["contentType"], "application/vnd.microsoft.card.adaptive");
    assert_eq!(card["content"]["body"][0]["text"], "A new finding · ALPHA");
    assert!(
        card["content"]["actions"][0]["url"].as_str().unwrap().starts_with("http://127.0.0.1:8080/findings"),
        "{told}"
    );
}
