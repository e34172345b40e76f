//! Sessions: how they begin, what keeps them alive, and how they end.

use crate::harness::{
    TestApp,
    caller::{Caller, SESSION, navigation},
    people,
};
use axum::response::sse::{Event, Sse};
use chrono::TimeDelta;
use futures::StreamExt;
use http::{Method, StatusCode};
use model::role::{Permission, Role};
use server::{
    auth::{Visitor, session},
    web::{Kind, Route, route},
};
use sqlx::PgPool;
use std::{convert::Infallible, time::Duration};
use tower::ServiceExt;

/// A page, a reading of data, and a stream, that do nothing but be there.
fn rooms() -> Vec<Route> {
    let events = async || Sse::new(futures::stream::pending::<Result<Event, Infallible>>());
    vec![
        route::get("/page", Permission::View, Kind::Page, async |visitor: Visitor| visitor.name),
        route::get("/data", Permission::View, Kind::Api, async || "data"),
        route::post("/write", Permission::View, Kind::Api, async || "written"),
        route::get("/stream", Permission::View, Kind::Stream, events),
    ]
}

fn app(pool: &PgPool) -> TestApp {
    TestApp::new(pool).with_routes(rooms())
}

async fn is_in(caller: &mut Caller) -> bool {
    caller.get("/page").await.status == StatusCode::OK
}

#[sqlx::test(migrations = "../migrations")]
async fn an_idle_session_ends_and_only_pages_and_writes_keep_it_alive(pool: PgPool) {
    let app = app(&pool);
    let (mut reader, mut poller, mut writer) =
        (app.as_role(Role::Viewer).await, app.as_role(Role::Viewer).await, app.as_role(Role::Viewer).await);
    for _ in 0..4 {
        app.app.clock.advance(TimeDelta::minutes(9));
        assert!(is_in(&mut reader).await);
        poller.json(Method::GET, "/data", "").await;
        assert_eq!(writer.json(Method::POST, "/write", "{}").await.status, StatusCode::OK);
    }
    assert_eq!(
        poller.json(Method::GET, "/data", "").await.status,
        StatusCode::UNAUTHORIZED,
        "S-05: 36 minutes of polling"
    );
    assert!(is_in(&mut reader).await && is_in(&mut writer).await);
    app.app.clock.advance(TimeDelta::minutes(31));
    assert!(!is_in(&mut reader).await);
    assert_eq!(session::tidy(&app.app).await.unwrap(), 3);
    assert_eq!(session::tidy(&app.app).await.unwrap(), 0, "idempotent");
    assert_eq!(people::ends(&pool).await, ["idle", "idle", "idle"]);
    assert_eq!(people::ledger(&pool).await.len(), 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn no_activity_outlasts_the_absolute_limit(pool: PgPool) {
    let app = app(&pool);
    let mut viewer = app.as_role(Role::Viewer).await;
    for _ in 0..59 {
        app.app.clock.advance(TimeDelta::minutes(10));
        assert!(is_in(&mut viewer).await);
    }
    app.app.clock.advance(TimeDelta::minutes(10));
    assert!(!is_in(&mut viewer).await, "S-06: ten hours");
    session::tidy(&app.app).await.unwrap();
    assert_eq!(people::ends(&pool).await, ["absolute"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn log_out_ends_the_session_on_the_server(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut viewer = app.as_role(Role::Viewer).await;
    let stolen = viewer.session().unwrap().to_owned();
    let answer = viewer.post("/auth/logout", "").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/auth/logged-out"));
    assert!(answer.cookie(SESSION).unwrap().contains("Max-Age=0"), "S-07");
    assert_eq!(answer.header("clear-site-data"), r#""cache", "storage""#);
    let mut thief = app.with_routes(rooms()).nobody().with_session(&stolen);
    assert_eq!(thief.json(Method::GET, "/data", "").await.status, StatusCode::UNAUTHORIZED);
    let ledger = people::ledger(&pool).await;
    assert_eq!(ledger.len(), 1);
    assert!(ledger[0].0 == "session.end" && ledger[0].1.contains(r#""how":"logout""#), "{ledger:?}");
    assert!(!ledger[0].1.contains(&stolen), "L-01: never the id itself");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_session_cookie_that_cannot_be_ours_is_none(pool: PgPool) {
    let app = app(&pool);
    let good = app.as_role(Role::Viewer).await.session().unwrap().to_owned();
    let long = "a".repeat(100_000);
    let flipped: String = good.chars().rev().collect();
    for bad in [
        "",
        "x",
        &long,
        &flipped,
        &format!("{good}="),
        &format!("{good}A"),
        &format!("\"{good}\""),
        "%00",
        "' OR 1=1 --",
    ] {
        let answer = app.nobody().send(navigation("/page").header("cookie", format!("{SESSION}={bad}"))).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "S-16: {bad:.50}");
    }
    let twice = format!("{SESSION}={good}; {SESSION}={flipped}");
    assert_eq!(app.nobody().send(navigation("/page").header("cookie", twice)).await.status, StatusCode::SEE_OTHER);
    let plain = navigation("/page").header("cookie", format!("bevis_session={good}"));
    assert_eq!(
        app.nobody().send(plain).await.status,
        StatusCode::SEE_OTHER,
        "the name without the prefix is another cookie"
    );
    let among = navigation("/page").header("cookie", format!("a=b; {SESSION}={good}; c=d"));
    assert_eq!(app.nobody().send(among).await.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_person_has_five_sessions_and_the_oldest_goes(pool: PgPool) {
    let app = app(&pool);
    let mut db = app.app.db.acquire().await.unwrap();
    let person = people::person(&mut db, "Busy", app.app.clock.now()).await;
    let mut callers = vec![];
    for _ in 0..6 {
        app.app.clock.advance(TimeDelta::seconds(1));
        let new = session::New { person, roles: &[Role::Viewer], id_token: Some("hint"), provider_sid: None };
        let begun = session::begin(&mut db, &app.app.config.session, &new, app.app.clock.now()).await.unwrap();
        callers.push(app.nobody().with_session(begun.id.reveal()));
    }
    assert!(!is_in(&mut callers[0]).await, "S-13");
    assert!(is_in(&mut callers[1]).await && is_in(&mut callers[5]).await);
    assert_eq!(people::ends(&pool).await, ["limit"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn all_sessions_of_a_person_can_be_ended_at_once(pool: PgPool) {
    let app = app(&pool);
    let mut db = app.app.db.acquire().await.unwrap();
    let now = app.app.clock.now();
    let person = people::person(&mut db, "Gone", now).await;
    let mut other = app.as_role(Role::Viewer).await;
    let mut callers = vec![];
    for _ in 0..2 {
        let new = session::New { person, roles: &[Role::Viewer], id_token: None, provider_sid: None };
        let begun = session::begin(&mut db, &app.app.config.session, &new, now).await.unwrap();
        callers.push(app.nobody().with_session(begun.id.reveal()));
    }
    assert_eq!(session::end_all_of(&app.app.db, person, "person:admin", now).await.unwrap(), 2, "S-12");
    assert!(!is_in(&mut callers[0]).await && !is_in(&mut callers[1]).await);
    assert!(is_in(&mut other).await);
    assert_eq!(people::ends(&pool).await, ["revoked", "revoked"]);
    let ledger = people::ledger(&pool).await;
    assert!(ledger.len() == 3 && ledger[..2].iter().all(|(_, entry)| entry.contains("person:admin")), "{ledger:?}");
    assert!(ledger[2].0 == "session.revoke" && ledger[2].1.contains(r#""ended":2"#), "{ledger:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_store_holds_no_id_and_a_second_server_knows_the_session(pool: PgPool) {
    let app = app(&pool);
    let mut viewer = app.as_role(Role::Viewer).await;
    let id = viewer.session().unwrap().to_owned();
    assert_eq!(id.len(), 43, "S-02: 256 bits");
    let rows = sqlx::query_scalar!(r#"SELECT session::text AS "row!" FROM session"#).fetch_all(&pool).await.unwrap();
    assert!(rows.iter().all(|row| !row.contains(&id) && !row.contains(&hex::encode(&id))), "S-02");
    let replica = TestApp::new(&pool).with_routes(rooms());
    assert!(is_in(&mut replica.nobody().with_session(&id)).await, "S-14");
    assert!(is_in(&mut viewer).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn use_is_noted_once_a_minute(pool: PgPool) {
    let app = app(&pool);
    let mut viewer = app.as_role(Role::Viewer).await;
    let used = async || sqlx::query_scalar!("SELECT last_used_at FROM session").fetch_one(&pool).await.unwrap();
    let begun = used().await;
    app.app.clock.advance(TimeDelta::seconds(30));
    viewer.get("/page").await;
    assert_eq!(used().await, begun);
    app.app.clock.advance(TimeDelta::seconds(31));
    viewer.get("/page").await;
    assert_eq!(used().await, begun + TimeDelta::seconds(61));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_open_stream_closes_when_its_session_ends(pool: PgPool) {
    let app = app(&pool);
    let viewer = app.as_role(Role::Viewer).await;
    let request = http::Request::get("/stream")
        .header("cookie", format!("{SESSION}={}", viewer.session().unwrap()))
        .body(axum::body::Body::empty())
        .unwrap();
    let response = app.router().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert!(!response.headers().contains_key("content-encoding"), "an event stream is not held back by compression");
    app.app.clock.advance(TimeDelta::hours(11));
    let mut body = response.into_body().into_data_stream();
    let ended = tokio::time::timeout(Duration::from_secs(6), async { while body.next().await.is_some() {} }).await;
    assert!(ended.is_ok(), "S-06, S-11: within 5 seconds");
}

#[sqlx::test(migrations = "../migrations")]
async fn without_a_session_a_page_leads_to_the_log_in_once_and_data_does_not(pool: PgPool) {
    let app = app(&pool);
    let answer = app.nobody().get("/page?as_of=2026-01-01T00:00:00Z&x=%2F").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.location(), "/auth/login?return_to=%2Fpage%3Fas_of%3D2026-01-01T00%3A00%3A00Z%26x%3D%252F");
    let answer = app.nobody().send(http::Request::get("/page").header("accept", "application/json")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "S-15: only a browser's page is led on");
    let answer = app.nobody().send(http::Request::get("/data").header("accept", "text/html")).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::UNAUTHORIZED, "application/json"), "S-15");
    let stream = app.nobody().send(http::Request::get("/stream").header("accept", "text/event-stream")).await;
    assert_eq!(stream.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../migrations")]
async fn roles_are_asked_for_and_their_absence_is_told(pool: PgPool) {
    let routes = vec![route::get("/admin", Permission::Administer, Kind::Page, async || "in")];
    let app = TestApp::new(&pool).with_routes(routes);
    let answer = app.as_role(Role::Viewer).await.get("/admin").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(
        answer.body.contains("This is for administrators.") && answer.body.contains("Test Person"),
        "{}",
        answer.body
    );
    assert_eq!(app.as_roles(&[Role::Viewer, Role::Admin]).await.get("/admin").await.status, StatusCode::OK);
    let mut danish = app.as_role(Role::Viewer).await;
    let answer = danish.send(navigation("/admin").header("accept-language", "da")).await;
    assert!(answer.body.contains("Dette er for administratorer."), "{}", answer.body);
}
