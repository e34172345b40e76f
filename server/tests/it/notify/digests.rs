//! Digests, and what quiet hours hold back.

use super::{
    receiver::{Asked, Receiver, Reply},
    *,
};

/// Quiet hours by the clocks of Copenhagen.
fn quiet(from: &str, until: &str) -> (chrono::NaiveTime, chrono::NaiveTime) {
    (from.parse().unwrap(), until.parse().unwrap())
}

#[sqlx::test(migrations = "../migrations")]
async fn a_digest_is_a_message_of_its_own_in_quiet_hours_too(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[]).await;
    let kinds = vec![EventKind::FindingOpened, EventKind::WeeklyDigest, EventKind::MonthlyDigest];
    add(&app, &notify::NewRule { kinds, quiet: Some(quiet("22:00:00", "09:00:00")), ..rule("siem") }).await;
    // A Monday, and the first of a month: eight in the morning in Copenhagen.
    app.app.clock.advance(at("2027-02-01T07:00:00Z") - app.app.clock.now());
    notify::note_due(&app.app.db, 7, app.app.clock.now()).await.unwrap();
    notify::turn(&app.app).await.unwrap();
    velero.reads(&[("new", Severity::High)]).await;
    notify::turn(&app.app).await.unwrap();
    assert_eq!(receiver.asked().len(), 0, "it is still quiet");
    app.app.clock.advance(at("2027-02-01T08:00:00Z") - app.app.clock.now());
    notify::turn(&app.app).await.unwrap();
    let of = |asked: &Asked| {
        let told = asked.json();
        let text =
            |value: &serde_json::Value| value.as_str().unwrap().trim_start_matches("bevis.notification.").to_owned();
        (text(&told["type"]), text(&told["data"]["title"]), told["data"]["events"].as_array().unwrap().len())
    };
    let mut told: Vec<_> = receiver.asked().iter().map(of).collect();
    told.sort();
    let kinds: Vec<&str> = told.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["monthly_digest", "several", "weekly_digest"]);
    assert!(told[0].1.starts_with("The month ") && told[2].1.starts_with("The week "), "{told:?}");
    assert_eq!((told[1].1.as_str(), told[1].2), ("A new finding · ALPHA", 1));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_digest_tells_of_what_its_rule_is_narrowed_to_and_says_so(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let slack = format!("[[slack]]\nname = \"chat\"\nurl = \"{}\"\n", receiver.url("/"));
    let app = with_channels(&pool, &slack);
    let [alpha, beta] = clusters(&app, &["alpha", "beta"]).await[..] else { panic!("two clusters") };
    let of = |cluster| Scanned { app: &app, cluster, source: Source::Velero };
    of(alpha).reads(&[("a", Severity::High), ("b", Severity::Low)]).await;
    of(beta).reads(&[("c", Severity::Critical)]).await;
    let kinds = vec![EventKind::WeeklyDigest];
    let whole = notify::NewRule { kinds, ..rule("chat") };
    let narrowed = notify::NewRule {
        clusters: vec!["alpha".into(), "gone".into()],
        sources: vec![Source::Velero],
        min_severity: Severity::High,
        ..whole.clone()
    };
    let elsewhere = notify::NewRule { sources: vec![Source::Rbac], ..whole.clone() };
    for rule in [&whole, &narrowed, &elsewhere, &narrowed] {
        add(&app, rule).await;
    }
    app.app.clock.advance(at("2026-11-09T07:00:00Z") - app.app.clock.now());
    notify::note_due(&app.app.db, 7, app.app.clock.now()).await.unwrap();
    notify::turn(&app.app).await.unwrap();
    let text = |asked: &Asked| asked.json()["blocks"][1]["text"]["text"].as_str().unwrap().to_owned();
    let told: Vec<String> = receiver.asked().iter().map(text).collect();
    assert_eq!(told.len(), 3, "two rules that are narrowed alike are told once: {told:?}");
    let with = |said: &str| told.iter().find(|text| text.contains(said)).unwrap_or_else(|| panic!("{said}: {told:?}"));
    let of_all = with("Open findings: 3 at the end (1 critical, 1 high), 0 at the beginning.");
    assert!(!of_all.contains("This tells only of"), "{of_all}");
    let of_alpha = with("Open findings: 1 at the end (0 critical, 1 high), 0 at the beginning.");
    assert!(of_alpha.contains("This tells only of: Clusters: alpha, gone; Sources: "), "{of_alpha}");
    assert!(of_alpha.contains("High or worse") && of_alpha.contains("1 findings were new"), "{of_alpha}");
    assert!(of_alpha.contains("source=velero") && !of_alpha.contains("cluster=gone"), "{of_alpha}");
    with("Open findings: 0 at the end");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_tried_again_keeps_quiet_hours(pool: PgPool) {
    let receiver = Receiver::start([Reply::Status(500)]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let cluster = clusters(&app, &["alpha"]).await[0];
    let velero = Scanned { app: &app, cluster, source: Source::Velero };
    velero.reads(&[]).await;
    add(&app, &notify::NewRule { quiet: Some(quiet("22:00:00", "07:00:00")), ..rule("siem") }).await;
    app.app.clock.advance(at("2026-11-02T20:54:48Z") - app.app.clock.now());
    velero.reads(&[("new", Severity::High)]).await;
    // It fails ten seconds before the quiet hours begin.
    later(&app, WINDOW).await;
    later(&app, TimeDelta::hours(8)).await;
    assert_eq!(receiver.asked().len(), 1, "{:?}", messages(&pool).await);
    app.app.clock.advance(at("2026-11-03T06:00:00Z") - app.app.clock.now());
    notify::turn(&app.app).await.unwrap();
    assert_eq!(receiver.asked().len(), 2);
    assert_eq!(messages(&pool).await[0].1, "sent");
}
