//! What becomes a message, and what does not.

use super::{receiver::Receiver, *};
use ::model::{disposition::Act, ids::FindingId};
use server::decisions;

async fn finding(pool: &PgPool, name: &str) -> FindingId {
    let id = sqlx::query_scalar!("SELECT id FROM finding WHERE subject_name = $1", name).fetch_one(pool).await.unwrap();
    FindingId(id)
}

#[sqlx::test(migrations = "../migrations")]
async fn without_a_rule_that_asks_nothing_is_written(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let [alpha, beta] = clusters(&app, &["alpha", "beta"]).await[..] else { panic!("two clusters") };
    let (alpha, beta) = (
        Scanned { app: &app, cluster: alpha, source: Source::Velero },
        Scanned { app: &app, cluster: beta, source: Source::Velero },
    );
    alpha.reads(&[("daily", Severity::High)]).await;
    assert_eq!(events(&pool).await, 0, "there is no rule");
    add(&app, &notify::NewRule { clusters: vec!["alpha".into()], min_severity: Severity::Critical, ..rule("siem") })
        .await;
    beta.reads(&[("daily", Severity::Critical)]).await;
    alpha.reads(&[("daily", Severity::High), ("weekly", Severity::High)]).await;
    assert_eq!(events(&pool).await, 0, "another cluster, and less than the rule asks for");
    alpha.reads(&[("daily", Severity::High), ("weekly", Severity::High), ("monthly", Severity::Critical)]).await;
    assert_eq!(events(&pool).await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_first_reading_of_a_thousand_findings_is_one_message(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    add(&app, &rule("siem")).await;
    let cluster = clusters(&app, &["alpha"]).await[0];
    let names: Vec<String> = (0..1_000).map(|number| format!("schedule-{number}")).collect();
    let failing: Vec<(&str, Severity)> = names.iter().map(|name| (name.as_str(), Severity::High)).collect();
    assert_eq!(Scanned { app: &app, cluster, source: Source::Velero }.reads(&failing).await.opened, 1_000);
    Scanned { app: &app, cluster, source: Source::Rbac }.reads(&[]).await;
    assert_eq!(events(&pool).await, 2, "one a source");
    later(&app, WINDOW).await;
    let asked = receiver.asked();
    assert_eq!(asked.len(), 1, "one message");
    let event = asked[0].json();
    assert_eq!(event["type"], "bevis.notification.first_reading");
    assert_eq!(event["data"]["title"], "A cluster was read for the first time · ALPHA");
    assert_eq!(event["data"]["events"][0]["detail"]["severities"]["high"], 1_000);
    later(&app, WINDOW).await;
    assert_eq!(receiver.asked().len(), 1, "and none after it");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_does_not_ask_for_first_readings_is_not_flooded_either(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    add(&app, &notify::NewRule { kinds: vec![EventKind::FindingOpened], ..rule("siem") }).await;
    let cluster = clusters(&app, &["alpha"]).await[0];
    let names: Vec<String> = (0..1_000).map(|number| format!("schedule-{number}")).collect();
    let failing: Vec<(&str, Severity)> = names.iter().map(|name| (name.as_str(), Severity::High)).collect();
    Scanned { app: &app, cluster, source: Source::Velero }.reads(&failing).await;
    later(&app, WINDOW).await;
    let asked = receiver.asked();
    assert_eq!(asked.len(), 1);
    let data = &asked[0].json()["data"];
    assert_eq!((data["events"].as_array().unwrap().len(), &data["more"]), (500, &500.into()));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cluster_that_falls_silent_and_comes_back_is_two_messages_whatever_it_brings(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let sources = [Source::Velero, Source::Rbac, Source::Nodes].map(|source| Scanned { app: &app, cluster, source });
    for source in &sources {
        source.reads(&[("daily", Severity::High)]).await;
    }
    add(&app, &rule("siem")).await;
    for _ in 0..3 {
        for source in &sources {
            source.is_away().await;
        }
    }
    later(&app, WINDOW).await;
    assert_eq!(receiver.asked().len(), 1, "all sources, however often they are tried");
    let told = receiver.asked()[0].json();
    assert_eq!(told["data"]["title"], "3 sources fell silent · ALPHA");
    for source in &sources {
        source.reads(&[("weekly", Severity::Critical), ("monthly", Severity::Critical)]).await;
    }
    later(&app, WINDOW).await;
    assert_eq!(receiver.asked().len(), 2, "and one when they come back, with all that changed");
    let told = receiver.asked()[1].json();
    assert_eq!(told["data"]["title"], "3 sources are back · ALPHA");
    assert_eq!(
        (&told["data"]["events"][0]["detail"]["opened"], &told["data"]["events"][0]["detail"]["closed"]),
        (&2.into(), &1.into())
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_source_that_is_back_within_the_window_is_no_news(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[("daily", Severity::High)]).await;
    add(&app, &rule("siem")).await;
    velero.is_away().await;
    velero.reads(&[("daily", Severity::High)]).await;
    later(&app, WINDOW).await;
    assert_eq!(receiver.asked().len(), 0);
    let expected = ("source".into(), "dropped".into(), 1, "nothing was left to tell".into());
    assert_eq!(messages(&pool).await, [expected]);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_happens_within_the_window_is_one_message_a_kind(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[("old", Severity::High)]).await;
    add(&app, &rule("siem")).await;
    // A second rule to the same recipient does not tell twice.
    add(&app, &notify::NewRule { clusters: vec!["alpha".into()], ..rule("siem") }).await;
    velero.reads(&[("old", Severity::High), ("a", Severity::High)]).await;
    notify::turn(&app.app).await.unwrap();
    velero.reads(&[("old", Severity::High), ("a", Severity::High), ("b", Severity::Critical)]).await;
    velero.reads(&[("a", Severity::High), ("b", Severity::Critical)]).await;
    notify::turn(&app.app).await.unwrap();
    assert_eq!(receiver.asked().len(), 0, "nothing before the window is over");
    later(&app, WINDOW).await;
    let mut titles: Vec<String> =
        receiver.asked().iter().map(|asked| asked.json()["data"]["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    assert_eq!(titles, ["2 new findings · ALPHA", "A finding was fixed · ALPHA"]);
    velero.reads(&[("a", Severity::High), ("b", Severity::Critical), ("old", Severity::High)]).await;
    later(&app, WINDOW).await;
    let told = receiver.asked()[2].json();
    assert_eq!(told["data"]["title"], "A finding came back · ALPHA");
    assert_eq!(told["data"]["events"][0]["subject"]["name"], "old");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_decision_is_told_once_and_only_if_it_was_made(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[("a", Severity::High), ("b", Severity::Critical)]).await;
    add(
        &app,
        &notify::NewRule { kinds: vec![EventKind::DecisionMade], min_severity: Severity::Critical, ..rule("siem") },
    )
    .await;
    let by = actor(&app).await;
    let (a, b) = (finding(&pool, "a").await, finding(&pool, "b").await);
    let now = app.app.clock.now();
    let withdrawn = decisions::decide(&app.app.db, &by, &Act::Withdraw, &[b], "no", now).await;
    assert!(withdrawn.is_err(), "nothing is acknowledged");
    decisions::decide(&app.app.db, &by, &Act::Comment, &[a], "less than the rule asks for", now).await.unwrap();
    assert_eq!(events(&pool).await, 0);
    for _ in 0..2 {
        decisions::decide(&app.app.db, &by, &Act::Acknowledge, &[a, b], "seen", now).await.unwrap();
    }
    later(&app, WINDOW).await;
    let asked = receiver.asked();
    assert_eq!(asked.len(), 1, "a form that is sent twice decides once");
    let events = &asked[0].json()["data"]["events"];
    assert_eq!(events.as_array().unwrap().len(), 1, "however many findings");
    assert_eq!((&events[0]["detail"]["by"], &events[0]["detail"]["findings"]), (&"Ada".into(), &2.into()));
}

#[sqlx::test(migrations = "../migrations")]
async fn quiet_hours_hold_back_and_then_all_is_one_message(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[("old", Severity::High)]).await;
    let time = |text: &str| text.parse().unwrap();
    add(&app, &notify::NewRule { quiet: Some((time("22:00:00"), time("07:00:00"))), ..rule("siem") }).await;
    // It is nine in the morning, UTC: to eleven in the evening.
    app.app.clock.advance(TimeDelta::hours(13));
    velero.reads(&[("old", Severity::High), ("new", Severity::High)]).await;
    later(&app, TimeDelta::hours(1)).await;
    velero.reads(&[("new", Severity::High)]).await;
    later(&app, TimeDelta::hours(6)).await;
    assert_eq!(receiver.asked().len(), 0, "it is still night");
    app.app.clock.advance(at("2026-11-03T06:00:00Z") - app.app.clock.now());
    notify::turn(&app.app).await.unwrap();
    assert_eq!(receiver.asked().len(), 1);
    let told = receiver.asked()[0].json();
    assert_eq!(
        (&told["type"], &told["data"]["title"]),
        (&"bevis.notification.several".into(), &"2 pieces of news · ALPHA".into())
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_digest_is_sent_once_and_speaks_of_its_period(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[("old", Severity::High), ("worse", Severity::Critical)]).await;
    add(&app, &notify::NewRule { kinds: vec![EventKind::WeeklyDigest, EventKind::MonthlyDigest], ..rule("siem") })
        .await;
    // The Monday after, in UTC, which is what days are counted by here.
    app.app.clock.advance(at("2026-11-09T07:00:00Z") - app.app.clock.now());
    for _ in 0..3 {
        notify::note_due(&app.app.db, 7, app.app.clock.now()).await.unwrap();
        notify::turn(&app.app).await.unwrap();
    }
    assert_eq!(receiver.asked().len(), 1, "once, however often one looks, and without waiting for more");
    let told = receiver.asked()[0].json();
    assert_eq!(told["type"], "bevis.notification.weekly_digest");
    assert!(told["data"]["title"].as_str().unwrap().starts_with("The week "), "{told}");
    assert!(told["data"]["link"].as_str().unwrap().contains("/?as_of=2026-11-09T00"), "{told}");
}
