//! The security headers, on every answer there is.

use crate::harness::{
    TestApp,
    caller::{Answer, SESSION, navigation},
};
use axum::response::{Html, IntoResponse};
use http::{Request, StatusCode, header};
use model::role::{Permission, Role};
use server::web::{Kind, Route, render::HasIslands, route};
use sqlx::PgPool;

fn rooms() -> Vec<Route> {
    let island = async || {
        let mut response = Html("<p>island</p>").into_response();
        response.extensions_mut().insert(HasIslands);
        response
    };
    vec![
        route::get("/page", Permission::View, Kind::Page, async || Html("<p>page</p>")),
        route::get("/island", Permission::View, Kind::Page, island),
        route::get("/large", Permission::View, Kind::Page, async || "x".repeat(100_000)),
        route::get("/panic", Permission::View, Kind::Page, panics),
        route::get("/api/panic", Permission::View, Kind::Api, panics),
        route::post("/form", Permission::View, Kind::Page, async |body: String| body),
        route::get(
            "/number/{number}",
            Permission::View,
            Kind::Page,
            async |axum::extract::Path(number): axum::extract::Path<u32>| number.to_string(),
        ),
    ]
}

async fn panics() -> &'static str {
    panic!("canary-panic-text")
}

fn check(what: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(part), "H-01: {what}: {policy}");
    }
    for never in ["unsafe-inline", "'unsafe-eval'", "*", "http:", "https:"] {
        assert!(!policy.contains(never), "H-01: {what}: {policy}");
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "H-05: {what}");
    }
    assert!(answer.header("permissions-policy").contains("camera=()"), "H-05: {what}");
    assert_eq!(answer.header("x-request-id").len(), 36, "{what}");
}

#[sqlx::test(migrations = "../migrations")]
async fn every_answer_carries_them(pool: PgPool) {
    let app = TestApp::new(&pool).with_routes(rooms());
    let mut viewer = app.as_role(Role::Viewer).await;
    let mut statuses = vec![];
    for path in ["/page", "/island", "/panic", "/api/panic", "/number/x", "/nowhere", "/api/nowhere", "/form"] {
        let answer = viewer.get(path).await;
        check(path, &answer);
        assert_eq!(answer.header("cache-control"), "no-store", "H-06: {path}");
        assert!(!answer.body.contains("canary"), "L-03: {path}: {}", answer.body);
        assert_eq!(answer.header("strict-transport-security"), "", "H-04: not over http");
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 500, 500, 400, 404, 404, 405]);
    check("refused", &viewer.send(Request::post("/form").header("sec-fetch-site", "cross-site")).await);
    check("nobody", &app.nobody().get("/page").await);
    let large = viewer.post("/form", &"x".repeat(600_000)).await;
    check("large", &large);
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.body.contains("too large"), "{}", large.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn webassembly_is_allowed_where_an_island_is_and_nowhere_else(pool: PgPool) {
    let app = TestApp::new(&pool).with_routes(rooms());
    let mut viewer = app.as_role(Role::Viewer).await;
    assert!(
        viewer.get("/island").await.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval';")
    );
    assert!(!viewer.get("/page").await.header("content-security-policy").contains("wasm"));
}

#[sqlx::test(migrations = "../migrations")]
async fn over_https_browsers_are_told_to_stay_there(pool: PgPool) {
    let app = TestApp::with(&pool, "https://issuer.example", |config| {
        config.public_url = "https://bevis.example".parse().unwrap();
    });
    let answer = app.nobody().get("/nowhere").await;
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains", "H-04");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_prefix_of_the_cookie_is_left_out_only_where_browsers_would_drop_it(pool: PgPool) {
    for (address, name) in [
        ("https://bevis.example", SESSION),
        ("http://127.0.0.1:8080", SESSION),
        ("http://localhost:8080", SESSION),
        ("http://[::1]:8080", SESSION),
        ("http://bevis.intern", "bevis_session"),
        ("http://10.0.0.1", "bevis_session"),
    ] {
        let app = TestApp::with(&pool, "https://issuer.example", |config| config.public_url = address.parse().unwrap());
        let answer = app.nobody().post("/auth/logout", "").await;
        let cookie = answer.cookie(name).unwrap_or_else(|| panic!("S-01: {address}: {:?}", answer.cookies()));
        assert_eq!(cookie.contains("; Secure"), name == SESSION, "S-01: {cookie}");
        assert!(
            cookie.contains("; Path=/")
                && cookie.contains("; HttpOnly")
                && cookie.contains("; SameSite=Lax")
                && !cookie.contains("Domain"),
            "S-01: {cookie}"
        );
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn answers_are_compressed_and_ids_are_our_own(pool: PgPool) {
    let app = TestApp::new(&pool).with_routes(rooms());
    let mut viewer = app.as_role(Role::Viewer).await;
    for coding in ["br", "gzip"] {
        let answer = viewer.send(navigation("/large").header(header::ACCEPT_ENCODING, coding)).await;
        assert_eq!(answer.header("content-encoding"), coding);
        assert!(answer.body.len() < 10_000);
    }
    let answer = viewer.send(navigation("/page").header("x-request-id", "forged")).await;
    assert_ne!(answer.header("x-request-id"), "forged");
}
