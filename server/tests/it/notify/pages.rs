//! Who may do what, and what the pages say.

use super::{
    receiver::{Receiver, Reply},
    *,
};
use ::model::role::Role;
use http::StatusCode;

const MAIL: &str = "[mail]\nhost = \"127.0.0.1\"\nport = 9\nencryption = \"none\"\nfrom = \"bevis@example.org\"\n";

/// Gives everybody an address, as a log-in would.
async fn give_addresses(pool: &PgPool) {
    sqlx::query!("UPDATE person SET email = 'ada@example.org'").execute(pool).await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_person_sets_and_ends_rules_of_their_own_and_each_is_in_the_ledger(pool: PgPool) {
    let app = with_channels(&pool, MAIL);
    clusters(&app, &["alpha"]).await;
    let mut ada = app.as_role(Role::Viewer).await;
    assert!(ada.get("/notifications").await.body.contains("No rule can be added"), "nobody told an address");
    give_addresses(&pool).await;
    let page = ada.get("/notifications").await.body;
    assert!(page.contains("You are told of nothing") && page.contains("Mail goes to ada@example.org"), "{page}");
    let form = "kind=finding_opened&kind=source_silent&min_severity=high&cluster=alpha&source=velero&control=A.8.13\
                &quiet_from=22%3A00&quiet_until=07%3A00&time_zone=Europe%2FCopenhagen&language=da";
    let answer = ada.post("/notifications/rules", form).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/notifications?notice=rule-added"));
    let page = ada.get("/notifications").await.body;
    for said in ["New findings, Sources that fall silent", "alpha · ", "A.8.13", "22:00–07:00"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let id = page.split("/notifications/rules/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let mut other = app.as_role(Role::Viewer).await;
    assert_eq!(
        other.post(&format!("/notifications/rules/{id}/end"), "").await.status,
        StatusCode::NOT_FOUND,
        "not theirs"
    );
    let mut admin = app.as_role(Role::Admin).await;
    let ended = admin.post(&format!("/notifications/team-rules/{id}/end"), "").await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND, "a person's rule is no team's");
    assert_eq!(ada.post(&format!("/notifications/rules/{id}/end"), "").await.status, StatusCode::SEE_OTHER);
    assert!(ada.get("/notifications").await.body.contains("You are told of nothing"));
    let ledger = people::ledger(&pool).await;
    let actions: Vec<&str> =
        ledger.iter().map(|(action, _)| action.as_str()).filter(|action| action.starts_with("notification")).collect();
    assert_eq!(actions, ["notification.rule.add", "notification.rule.end"]);
    assert_eq!(people::named_by_id(&pool, "notification.").await, (2, 0));
    assert!(ledger.iter().any(|(_, payload)| payload.contains(&id) && payload.contains("A.8.13")));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_makes_no_rule_is_refused_with_a_sentence(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(
        &pool,
        &format!("{}{}", "[[slack]]\nname = \"chat\"\nurl = \"URL\"\n".replace("URL", &receiver.url("/")), MAIL),
    );
    give_addresses(&pool).await;
    let mut ada = app.as_role(Role::Engineer).await;
    for form in [
        "min_severity=high",
        "kind=nonsense&min_severity=high",
        "kind=finding_opened&min_severity=worst",
        "kind=finding_opened&quiet_from=22%3A00",
        "kind=finding_opened&quiet_from=22%3A00&quiet_until=22%3A00",
        "kind=finding_opened&quiet_from=25%3A00&quiet_until=07%3A00",
        "kind=finding_opened&control=A.99.1",
        "kind=finding_opened&time_zone=Mars%2FOlympus",
        "kind=finding_opened&language=xx",
    ] {
        let answer = ada.post("/notifications/rules", form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}");
        assert!(!answer.body.contains('⟦'), "{form}");
    }
    let mut admin = app.as_role(Role::Admin).await;
    for form in [
        "team=&channel=chat&kind=finding_opened",
        "team=ops&channel=mail&kind=finding_opened",
        "team=ops&channel=none&kind=finding_opened",
    ] {
        assert_eq!(admin.post("/notifications/team-rules", form).await.status, StatusCode::BAD_REQUEST, "{form}");
    }
    // A person's rule goes to that person, whatever the form says.
    let sent = ada.post("/notifications/rules", "kind=finding_opened&channel=chat&team=ops").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let rules = sqlx::query!("SELECT channel, team FROM notification_rule").fetch_all(&pool).await.unwrap();
    assert_eq!((rules.len(), rules[0].channel.as_str(), rules[0].team.as_deref()), (1, "mail", None));
    for number in 1..20 {
        let sent = ada.post("/notifications/rules", "kind=finding_opened").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "rule {number}");
    }
    assert_eq!(
        ada.post("/notifications/rules", "kind=finding_opened").await.status,
        StatusCode::CONFLICT,
        "there are many"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn an_administrator_tests_channels_and_tries_what_was_given_up_again(pool: PgPool) {
    let receiver = Receiver::start([Reply::Status(200), Reply::Status(410)]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let mut admin = app.as_role(Role::Admin).await;
    let page = admin.get("/notifications/channels").await.body;
    assert!(page.contains("Webhook (CloudEvents)") && page.contains("127.0.0.1") && !page.contains("canary"), "{page}");
    let sent = admin.post("/notifications/channels/siem/test", "").await;
    assert_eq!(sent.location(), "/notifications/channels?notice=test-sent");
    assert_eq!(receiver.asked()[0].json()["data"]["title"], "A test from Bevis");
    let failed = admin.post("/notifications/channels/siem/test", "").await;
    assert_eq!(failed.location(), "/notifications/channels?notice=test-failed");
    assert_eq!(admin.post("/notifications/channels/none/test", "").await.status, StatusCode::NOT_FOUND);
    let page = admin.get("/notifications/dead").await.body;
    assert!(page.contains("status 410") && page.contains("Try again"), "{page}");
    let id = page.split("/notifications/messages/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(admin.post(&format!("/notifications/messages/{id}/again"), "").await.status, StatusCode::SEE_OTHER);
    notify::turn(&app.app).await.unwrap();
    assert!(admin.get("/notifications/dead").await.body.contains("Nothing was given up"));
    let page = admin.get("/notifications/log").await.body;
    assert_eq!(page.matches("badge notify-sent").count(), 2, "{page}");
    let actions: Vec<String> = people::ledger(&pool).await.into_iter().map(|(action, _)| action).collect();
    assert_eq!(actions, ["notification.test", "notification.test", "notification.again"]);
    assert_eq!(people::named_by_id(&pool, "notification.").await, (3, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_log_is_paged_by_a_cursor_without_gap_or_repeat(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    let mut admin = app.as_role(Role::Admin).await;
    for number in 0..7 {
        // Some at the same instant.
        app.app.clock.advance(TimeDelta::seconds(number % 2));
        admin.post("/notifications/channels/siem/test", "").await;
    }
    let mut db = app.app.db.acquire().await.unwrap();
    let now = app.app.clock.now();
    let (mut seen, mut cursor) = (vec![], None::<String>);
    loop {
        let page = notify::log(&mut db, now, false, cursor.as_deref(), 3).await.unwrap();
        seen.extend(page.rows.iter().map(|row| (row.created_at, row.id)));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted_by(|a, b| a > b), "{seen:?}");
    assert_eq!(admin.get("/notifications/log?cursor=nonsense").await.status, StatusCode::BAD_REQUEST);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_api_does_what_the_pages_do(pool: PgPool) {
    let app = with_channels(&pool, MAIL);
    give_addresses(&pool).await;
    let mut ada = app.as_role(Role::Engineer).await;
    let body = r#"{"kinds":["finding_opened"],"min_severity":"high","quiet_from":"22:00","quiet_until":"07:00"}"#;
    let answer = ada.json(http::Method::POST, "/api/v1/notifications/rules", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let id = answer.body.split('"').nth(3).unwrap().to_owned();
    let listed = ada.get("/api/v1/notifications/rules").await.body;
    assert!(listed.contains(&id) && listed.contains(r#""quiet_from":"22:00""#), "{listed}");
    let ended = ada.json(http::Method::POST, &format!("/api/v1/notifications/rules/{id}/end"), "{}").await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    assert!(ada.get("/api/v1/notifications/rules").await.body.contains(r#""rules":[]"#));
    assert_eq!(ada.get("/api/v1/notifications/channels").await.status, StatusCode::FORBIDDEN);
    let mut admin = app.as_role(Role::Admin).await;
    assert!(admin.get("/api/v1/notifications/channels").await.body.contains(r#""kind":"mail""#));
    assert!(admin.get("/api/v1/notifications/messages?dead=true").await.body.contains(r#""rows":[],"next":null"#));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_application_cannot_alter_rules_or_the_delivery_log(pool: PgPool) {
    let receiver = Receiver::start([]).await;
    let app = with_channels(&pool, &webhook(&receiver));
    add(&app, &rule("siem")).await;
    let mut admin = app.as_role(Role::Admin).await;
    admin.post("/notifications/channels/siem/test", "").await;
    for statement in [
        "UPDATE notification_rule SET channel = 'x'",
        "DELETE FROM notification_rule",
        "UPDATE notification_attempt SET reason = 'x'",
        "DELETE FROM notification_attempt",
        "DELETE FROM notification_message",
    ] {
        let refused = sqlx::raw_sql(statement).execute(&app.app.db).await;
        assert!(refused.is_err(), "{statement}");
    }
    // The owner's triggers refuse it too.
    let refused = sqlx::raw_sql("UPDATE notification_rule SET channel = 'x'").execute(&pool).await;
    assert!(refused.is_err());
}
