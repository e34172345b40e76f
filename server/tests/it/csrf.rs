//! What another site makes a browser send is refused before any work.

use crate::harness::{
    TestApp,
    caller::{SESSION, navigation},
};
use http::{HeaderMap, Method, Request, StatusCode};
use model::role::{Permission, Role};
use server::web::{Kind, Route, csrf, route};
use sqlx::PgPool;

const OURS: &str = "https://bevis.example";

/// Whether the rule lets it through; headers as `name: value` lines.
fn allowed(method: &Method, headers: &[&'static str], session: bool) -> bool {
    let mut map = HeaderMap::new();
    for line in headers {
        let (name, value) = line.split_once(": ").unwrap();
        map.append(name, value.parse().unwrap());
    }
    csrf::check(method, &map, OURS, || session).is_ok()
}

#[test]
fn writes_come_from_our_own_pages() {
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::from_bytes(b"PURGE").unwrap()] {
        let check = |headers: &[&'static str]| allowed(&method, headers, true);
        assert!(check(&["sec-fetch-site: same-origin"]));
        for site in [
            "sec-fetch-site: cross-site",
            "sec-fetch-site: same-site",
            "sec-fetch-site: none",
            "sec-fetch-site: ",
            "sec-fetch-site: SAME-ORIGIN",
        ] {
            assert!(!check(&[site]), "C-01, C-03: {method} {site}");
            assert!(!check(&[site, "origin: https://bevis.example"]), "the browser's word counts, not Origin");
            assert!(!check(&[site, "sec-fetch-mode: navigate", "sec-fetch-dest: document"]));
        }
        assert!(!check(&["sec-fetch-site: same-origin", "sec-fetch-site: cross-site"]), "twice is never");
        assert!(check(&["origin: https://bevis.example"]), "C-02");
        for origin in [
            "origin: null",
            "origin: https://evil.example",
            "origin: http://bevis.example",
            "origin: https://bevis.example:444",
            "origin: https://bevis.example.evil.example",
            "origin: https://bevis.example/",
            "origin: ",
        ] {
            assert!(!check(&[origin]), "C-02: {method} {origin}");
        }
        assert!(!check(&[]), "C-02: neither header, and a session");
        assert!(allowed(&method, &[], false), "a program without cookie is stopped by the authorisation alone");
        assert!(!check(&["authorization: Bearer x"]), "C-06: a bearer beside a session cookie excuses nothing");
        assert!(!check(&["x-http-method-override: GET", "sec-fetch-site: cross-site"]), "C-05");
    }
}

#[test]
fn reads_from_elsewhere_are_navigations_only() {
    let check = |headers: &[&'static str]| allowed(&Method::GET, headers, true);
    assert!(check(&[]) && check(&["sec-fetch-site: none"]) && check(&["sec-fetch-site: same-origin"]));
    assert!(
        check(&["sec-fetch-site: cross-site", "sec-fetch-mode: navigate", "sec-fetch-dest: document"]),
        "a link, or the provider's answer"
    );
    for mode in ["sec-fetch-mode: no-cors", "sec-fetch-mode: cors", "sec-fetch-mode: websocket"] {
        assert!(!check(&["sec-fetch-site: cross-site", mode]), "H-07: {mode}");
        assert!(!check(&["sec-fetch-site: same-site", mode]), "H-07: {mode}");
    }
    assert!(!check(&["sec-fetch-site: cross-site"]));
    for frame in ["sec-fetch-dest: iframe", "sec-fetch-dest: object", "sec-fetch-dest: embed"] {
        assert!(!check(&["sec-fetch-site: cross-site", "sec-fetch-mode: navigate", frame]), "H-07: {frame}");
    }
}

fn rooms() -> Vec<Route> {
    vec![
        route::post("/write", Permission::View, Kind::Page, async || "written"),
        route::post("/api/write", Permission::View, Kind::Api, async || "written"),
        route::get("/api/read", Permission::View, Kind::Api, async || "data"),
    ]
}

#[sqlx::test(migrations = "../migrations")]
async fn a_refused_request_gets_a_page_and_does_nothing(pool: PgPool) {
    let app = TestApp::new(&pool).with_routes(rooms());
    let mut viewer = app.as_role(Role::Viewer).await;
    let answer = viewer.send(Request::post("/write").header("sec-fetch-site", "same-site")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "another port of this host is the same site");
    assert!(answer.body.contains("The request came from another site"), "{}", answer.body);
    assert_eq!(viewer.post("/write", "").await.status, StatusCode::OK);
    let elsewhere = TestApp::new(&pool);
    let mut viewer = elsewhere.as_role(Role::Viewer).await;
    let answer = viewer.send(Request::post("/auth/logout").header("sec-fetch-site", "cross-site")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "S-08");
    assert_eq!(crate::harness::people::open_sessions(&pool).await, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_api_takes_json_alone(pool: PgPool) {
    let app = TestApp::new(&pool).with_routes(rooms());
    let mut viewer = app.as_role(Role::Viewer).await;
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""]
    {
        let request = Request::post("/api/write").header("content-type", kind).header("sec-fetch-site", "same-origin");
        let answer = viewer.send_body(request, "{}").await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "C-04: {kind:?}");
        assert!(answer.body.contains(r#""code":"unsupported-media-type""#), "{}", answer.body);
    }
    assert_eq!(
        viewer.send(Request::post("/api/write").header("sec-fetch-site", "same-origin")).await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    let request = Request::post("/api/write")
        .header("content-type", "Application/JSON; charset=utf-8")
        .header("sec-fetch-site", "same-origin");
    assert_eq!(viewer.send_body(request, "{}").await.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../migrations")]
async fn our_address_is_configuration_whatever_host_is_named(pool: PgPool) {
    let app = TestApp::new(&pool).with_routes(rooms());
    let mut viewer = app.as_role(Role::Viewer).await;
    let forged = Request::post("/write")
        .header("origin", "http://evil.example")
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example");
    assert_eq!(viewer.send(forged).await.status, StatusCode::FORBIDDEN, "C-07");
    let ours = Request::post("/write").header("origin", "http://127.0.0.1:8080").header("host", "evil.example");
    assert_eq!(viewer.send(ours).await.status, StatusCode::OK, "C-07");
}

#[sqlx::test(migrations = "../migrations")]
async fn no_other_origin_is_ever_allowed_to_read(pool: PgPool) {
    let app = TestApp::new(&pool).with_routes(rooms());
    let mut viewer = app.as_role(Role::Viewer).await;
    let preflight = Request::options("/api/write")
        .header("origin", "https://evil.example")
        .header("access-control-request-method", "POST");
    let answer = viewer.send(preflight).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("access-control-allow-origin"), "", "C-08");
    let answer = viewer
        .send(Request::get("/api/read").header("sec-fetch-site", "cross-site").header("sec-fetch-mode", "no-cors"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "H-07");
    let answer = viewer.send(navigation("/api/read").header("sec-fetch-site", "cross-site")).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (StatusCode::OK, ""));
    assert!(viewer.session().is_some() && SESSION.starts_with("__Host-"));
}
