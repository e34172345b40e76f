//! Who may send, how much, and that no token is ever seen.

use super::{Fjord, problem, receipt};
use crate::harness::{caller::Answer, log::Log, people};
use chrono::TimeDelta;
use http::{Method, Request, StatusCode, header};
use model::{
    role::{Permission, Role},
    source::Source,
};
use server::{
    intake::{self, NewToken, TokenError},
    web::{Kind, route::INTAKE, routes::routes},
};
use sqlx::PgPool;
use std::{fmt::Write, num::NonZeroU32};

const EMPTY: &str = "[]";

async fn sent_with(fjord: &Fjord, token: &str) -> Answer {
    fjord.send(token, Source::FalcoEvents, EMPTY).await
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_opens_its_source_of_its_cluster_until_it_ends(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::FalcoEvents).await;
    assert_eq!(sent_with(&fjord, &token).await.status, StatusCode::OK);

    let elsewhere = fjord.send(&token, Source::AuditEvents, EMPTY).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    assert!(problem(&elsewhere)["detail"].as_str().unwrap().contains("another source"));
    assert_eq!(fjord.send(&token, Source::Rbac, EMPTY).await.status, StatusCode::FORBIDDEN);

    let mut wrong = token.clone();
    wrong.replace_range(token.len() - 4.., "AAAA");
    for wrong in [wrong.as_str(), "", "bevis_", "x", &token[..40]] {
        let answer = sent_with(&fjord, wrong).await;
        assert_eq!((answer.status, answer.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"), "{wrong}");
        problem(&answer);
    }

    fjord.later(TimeDelta::days(90));
    let expired = sent_with(&fjord, &token).await;
    assert_eq!(expired.status, StatusCode::UNAUTHORIZED);
    assert!(problem(&expired)["detail"].as_str().unwrap().contains("expired"));

    let token = fjord.token(Source::FalcoEvents).await;
    let db = &fjord.app.app.db;
    let id = intake::list(db).await.unwrap()[0].id;
    intake::revoke(db, id, "test", fjord.app.app.clock.now()).await.unwrap();
    let revoked = sent_with(&fjord, &token).await;
    assert_eq!(revoked.status, StatusCode::UNAUTHORIZED);
    assert!(problem(&revoked)["detail"].as_str().unwrap().contains("revoked"));
    let again = intake::revoke(db, id, "test", fjord.app.app.clock.now()).await;
    assert!(matches!(again, Err(TokenError::NoToken)));

    let ledger = people::ledger(&pool).await;
    let made: Vec<_> = ledger.iter().filter(|(action, _)| action.starts_with("intake_token.")).collect();
    assert_eq!(made.len(), 3, "{made:?}");
    assert!(made[0].1.contains(r#""source":"falco_events""#) && made[2].0 == "intake_token.revoke", "{made:?}");
    let listed = intake::list_tokens(db, fjord.app.app.clock.now()).await.unwrap();
    assert!(listed.contains("expired") && listed.contains("revoked") && listed.contains("last used"), "{listed}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_is_made_for_what_can_be_sent(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let make = async |cluster: &str, source, days| {
        let new = NewToken { cluster, source, name: "x", days, by: "test" };
        intake::create(&pool, &new, fjord.app.app.clock.now()).await.map(drop)
    };
    assert!(matches!(make("west", Source::External, 90).await, Err(TokenError::NoCluster(_))));
    assert!(matches!(make("north", Source::Rbac, 90).await, Err(TokenError::NotSent(_))));
    assert!(matches!(make("north", Source::External, 0).await, Err(TokenError::Days)));
    assert!(make("south", Source::External, 1).await.is_ok());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_opens_no_other_route_and_people_do_not_send(pool: PgPool) {
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::FalcoEvents).await;
    for route in routes() {
        assert_eq!(route.path.starts_with(INTAKE), route.kind == Kind::Intake, "{}", route.path);
        assert_eq!(route.permission == Permission::Intake, route.kind == Kind::Intake, "{}", route.path);
        if matches!(route.permission, Permission::Public | Permission::Intake) {
            continue;
        }
        let request = Request::builder()
            .method(route.method.clone())
            .uri(route.path.replace(['{', '}'], ""))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        let answer = fjord.app.nobody().send_body(request, "{}").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {}", route.method, route.path);
    }
    for role in Role::ALL {
        let mut person = fjord.app.as_role(*role).await;
        let answer = person.json(Method::POST, "/intake/v1/falco_events", EMPTY).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{role}");
        problem(&answer);
        // A session beside a token neither helps nor hinders, wherever the request comes from: no cookie is read.
        let request = Request::post("/intake/v1/falco_events")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header("sec-fetch-site", "cross-site");
        assert_eq!(person.send_body(request, EMPTY).await.status, StatusCode::OK, "{role}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_in_the_path_is_written_nowhere(pool: PgPool) {
    let log = Log::listen();
    let fjord = Fjord::new(&pool).await;
    let token = fjord.token(Source::FalcoEvents).await;
    let mut pages = String::new();
    let path = format!("/intake/v1/falco_events/{token}");
    let answer = fjord.app.nobody().send_body(Request::post(&path), EMPTY).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let secret = &token[token.len() - 43..];
    let other = format!("/intake/v1/audit_events/{token}");
    let cut = format!("/intake/v1/falco_events/{}", &token[5..]);
    let deep = format!("{path}/more");
    let strange = format!("/no/such/{token}");
    for path in [&other, &cut, &deep, &strange, &path] {
        for method in [Method::POST, Method::GET, Method::PUT] {
            if (method.as_str(), path) == ("POST", &format!("/intake/v1/falco_events/{token}")) {
                continue;
            }
            let request = Request::builder().method(method).uri(path).header(header::ACCEPT, "text/html");
            let answer = fjord.app.as_role(Role::Auditor).await.send_body(request, EMPTY).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
            write!(pages, "{:?}{}", answer.headers, answer.body).unwrap();
        }
    }
    let ledger = format!("{:?}", people::ledger(&pool).await);
    let log = log.text();
    assert!(
        log.contains("/intake/v1/falco_events/-") && ledger.contains("intake_token.create"),
        "something was captured"
    );
    for (place, text) in [("log", &log), ("pages", &pages), ("ledger", &ledger)] {
        assert!(!text.contains(secret), "the token is in the {place}");
    }
    let kept = sqlx::query_scalar!(r#"SELECT encode(secret_hash, 'escape') AS "hash!" FROM intake_token"#);
    assert!(!kept.fetch_one(&pool).await.unwrap().contains(secret));
}

/// How much of what Falco sent its checks do not speak of.
async fn unread(fjord: &Fjord) -> u32 {
    let seen = fjord.look(Source::FalcoEvents).await;
    seen.evaluation.results.iter().map(|result| result.unread).max().unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_too_large_or_too_much_is_refused(pool: PgPool) {
    let fjord = Fjord::with(&pool, |config| {
        config.intake.requests_per_minute = NonZeroU32::new(12).unwrap();
    })
    .await;
    let token = fjord.token(Source::FalcoEvents).await;
    let most = " ".repeat((1 << 20) - 2) + EMPTY;
    assert_eq!(sent_with(&fjord, &token).await.status, StatusCode::OK);
    assert_eq!(fjord.send(&token, Source::FalcoEvents, &most).await.status, StatusCode::OK, "exactly 1 MiB");
    assert_eq!(unread(&fjord).await, 0, "all that came was read");
    let large = fjord.send(&token, Source::FalcoEvents, &(most + " ")).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(problem(&large)["detail"].as_str().unwrap().contains("1 MiB"));
    assert_eq!(unread(&fjord).await, 1, "nobody knows what was in it");
    fjord.later(TimeDelta::hours(25));
    assert_eq!(unread(&fjord).await, 0, "a day later it says nothing of now");
    let zipped = Request::post("/intake/v1/falco_events")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_ENCODING, "gzip");
    assert_eq!(fjord.app.nobody().send_body(zipped, EMPTY).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let often = sent_with(&fjord, &token).await;
    assert_eq!(often.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(often.header("retry-after").parse::<u32>().unwrap() > 0);
    problem(&often);
    assert_eq!(unread(&fjord).await, 2, "what was packed was not read, and what was too much neither");
    let other = fjord.token_of("south", Source::AuditEvents).await;
    let answer = fjord.send(&other, Source::AuditEvents, EMPTY).await;
    assert_eq!(receipt(&answer), (0, 0, 0), "another token is not held up");
}
