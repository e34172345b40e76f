//! Every route as nobody and as everybody: exactly what its row says.

use crate::harness::{
    TestApp,
    caller::{Answer, Caller},
};
use http::{Method, StatusCode};
use model::role::{Permission, Role, allows};
use server::web::{Kind, Route, routes::routes};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn every_route_lets_in_exactly_whom_its_row_names(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut tried = 0;
    for route in routes() {
        check_nobody(&route, &ask(&mut app.nobody(), &route).await);
        for role in Role::ALL {
            let answer = ask(&mut app.as_role(*role).await, &route).await;
            if route.permission == Permission::Intake {
                // No session is looked for there, so everybody without a token is nobody.
                check_nobody(&route, &answer);
                continue;
            }
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{} {} as {role}", route.method, route.path);
            assert_eq!(
                refused,
                !allows(&[*role], route.permission),
                "{} {} as {role}: {}",
                route.method,
                route.path,
                answer.status
            );
            tried += 1;
        }
    }
    assert!(tried >= 6 * 4);
}

fn check_nobody(route: &Route, answer: &Answer) {
    let what = format!("{} {} as nobody: {} {}", route.method, route.path, answer.status, answer.location());
    match (route.permission, route.kind) {
        (Permission::Public, _) => {
            assert!(!matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN), "{what}");
            assert!(!answer.location().starts_with("/auth/login"), "{what}");
        }
        (_, Kind::Page) if route.method == Method::GET => {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{what}");
            assert!(answer.location().starts_with("/auth/login?return_to=%2F"), "{what}");
        }
        (_, Kind::Api | Kind::Stream) => {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
            assert!(answer.body.contains(r#""code":"login-required""#), "{what}: {}", answer.body);
        }
        _ => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}"),
    }
}

/// One request that the route's handler would read, as far as authorisation goes.
async fn ask(caller: &mut Caller, route: &Route) -> Answer {
    let path = filled(route.path);
    match (&route.method, route.kind) {
        (&Method::GET, Kind::Stream) if caller.session().is_some() => {
            let (status, headers) = caller.listen(&path).await;
            Answer { status, headers, body: String::new() }
        }
        (&Method::GET, _) => caller.get(&path).await,
        (method, Kind::Api) => caller.json(method.clone(), &path, "{}").await,
        _ => caller.post(&path, "").await,
    }
}

/// A path with every parameter given a value that exists nowhere.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "00000000-0000-7000-8000-000000000000" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[sqlx::test(migrations = "../migrations")]
async fn what_an_auditor_is_shown_is_in_the_ledger(pool: PgPool) {
    let app = TestApp::new(&pool);
    let views = || async {
        let ledger = crate::harness::people::ledger(&pool).await;
        ledger.into_iter().filter(|(action, _)| action == "view").map(|(_, payload)| payload).collect::<Vec<_>>()
    };
    app.as_role(Role::Engineer).await.get("/controls").await;
    assert!(views().await.is_empty(), "what others see is not recorded");
    let mut auditor = app.as_role(Role::Auditor).await;
    assert_eq!(auditor.get("/findings?severity=high").await.status, StatusCode::OK);
    auditor.get("/api/v1/controls").await;
    auditor.get("/controls/no-such-control").await;
    let views = views().await;
    assert_eq!(views.len(), 2, "{views:?}");
    assert!(views[0].contains(r#""path":"/findings?severity=high""#), "{views:?}");
    assert!(views[1].contains("/api/v1/controls"), "{views:?}");
}

#[test]
fn only_few_routes_are_public_and_no_get_decides() {
    let public = [
        "/api/v1/openapi.json",
        "/auth/callback",
        "/auth/logged-out",
        "/auth/login",
        "/auth/logout",
        "/healthz",
        "/metrics",
        "/preferences",
        "/readyz",
        "/static/{*path}",
    ];
    for route in routes() {
        let open = route.permission == Permission::Public;
        assert!(!open || public.contains(&route.path), "{} is public", route.path);
        let changes = matches!(route.permission, Permission::Decide | Permission::CreatePack);
        assert!(!(changes && route.method == Method::GET), "GET {} would change something", route.path);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_in_the_table_is_not_served(pool: PgPool) {
    let app = TestApp::new(&pool);
    let answer = app.nobody().get("/no/such/page").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.contains("There is no such page"), "{}", answer.body);
    assert!(answer.body.contains(answer.header("x-request-id")), "the page shows the id");
    let answer = app.nobody().get("/api/v1/no-such-thing").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::NOT_FOUND, "application/json"));
    let answer = app.nobody().get("/auth/logout").await;
    assert_eq!((answer.status, answer.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"), "S-08");
}
