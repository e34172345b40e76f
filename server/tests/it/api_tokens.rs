//! Tokens of the API: each opens exactly what its scopes, its clusters, its owner and its time allow.

use crate::{
    harness::{
        TestApp,
        caller::{Answer, Caller},
        log::Log,
        morning, people,
        provider::put,
    },
    login::Story,
    packs::seed,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use http::{Method, Request, StatusCode};
use model::{
    ids::PersonId,
    role::{Permission, Role},
};
use serde_json::{Value, json};
use server::{
    auth::session,
    web::{Kind, routes::routes},
};
use sqlx::PgPool;

/// Asks with a token, as a program does.
async fn ask(app: &TestApp, token: &str, method: &Method, path: &str) -> Answer {
    let request = Request::builder()
        .method(method.clone())
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    app.nobody().send_body(request, if method == Method::POST { "{}" } else { "" }).await
}

async fn get(app: &TestApp, token: &str, path: &str) -> Answer {
    ask(app, token, &Method::GET, path).await
}

/// A token of a caller's; its id and its secret.
async fn make(owner: &mut Caller, scopes: &[Permission], clusters: &[&str]) -> (String, String) {
    let body = json!({ "name": "nightly", "scopes": scopes, "clusters": clusters, "days": 90 }).to_string();
    let answer = owner.json(Method::POST, "/api/v1/tokens", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let made: Value = serde_json::from_str(&answer.body).unwrap();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (text("id"), text("secret"))
}

fn message(answer: &Answer) -> String {
    let value: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    format!("{} {}", value["error"]["code"].as_str().unwrap_or("?"), value["error"]["message"].as_str().unwrap_or("?"))
}

#[sqlx::test(migrations = "../migrations")]
async fn every_scope_opens_the_routes_of_its_permission_and_no_other(pool: PgPool) {
    let app = TestApp::new(&pool);
    let everything = [Role::SecurityOfficer, Role::Admin];
    let mut owner = app.as_roles(&everything).await;
    let mut tried = 0;
    for scope in Permission::OF_TOKENS {
        let (_, token) = make(&mut owner, &[*scope], &[]).await;
        for route in routes().into_iter().filter(|route| route.permission != Permission::Public) {
            if route.kind == Kind::Stream {
                continue;
            }
            let path = route.path.replace("{id}", "00000000-0000-7000-8000-000000000000").replace("{name}", "nowhere");
            let answer = ask(&app, &token, &route.method, &path).await;
            let what = format!("{} {} with {scope}: {}", route.method, route.path, answer.status);
            match route.kind {
                Kind::Api if route.permission == *scope => {
                    assert!(!matches!(answer.status.as_u16(), 401 | 403 | 429), "{what} {}", answer.body);
                }
                Kind::Api => {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
                    assert!(message(&answer).starts_with("forbidden The token was not made for this"), "{what}");
                }
                // Pages and what clusters send know nothing of it.
                _ => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}"),
            }
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried}");
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_gives_a_token_more_than_they_have(pool: PgPool) {
    let app = TestApp::new(&pool);
    for role in Role::ALL {
        let mut owner = app.as_role(*role).await;
        for scope in Permission::ALL {
            let body = json!({ "name": "x", "scopes": [scope], "days": 1 }).to_string();
            let status = owner.json(Method::POST, "/api/v1/tokens", &body).await.status;
            let may = Permission::OF_TOKENS.contains(scope) && role.grants(*scope);
            assert_eq!(status, if may { StatusCode::CREATED } else { StatusCode::BAD_REQUEST }, "{scope} as {role}");
        }
    }
    let mut viewer = app.as_role(Role::Viewer).await;
    for body in [
        json!({ "name": "", "scopes": ["view"], "days": 1 }),
        json!({ "name": "x".repeat(101), "scopes": ["view"], "days": 1 }),
        json!({ "name": "x", "scopes": [], "days": 1 }),
        json!({ "name": "x", "scopes": ["everything"], "days": 1 }),
        json!({ "name": "x", "scopes": ["view"], "days": 0 }),
        json!({ "name": "x", "scopes": ["view"], "days": 366 }),
        json!({ "name": "x", "scopes": ["view"], "days": 1, "clusters": ["nowhere"] }),
    ] {
        let answer = viewer.json(Method::POST, "/api/v1/tokens", &body.to_string()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}: {}", answer.body);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_no_token_in_force_is_refused_and_says_why(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut owner = app.as_role(Role::Engineer).await;
    let (id, token) = make(&mut owner, &[Permission::View], &[]).await;
    assert_eq!(get(&app, &token, "/api/v1/clusters").await.status, StatusCode::OK);

    let other_secret = format!("{}{}", &token[..token.len() - 43], "A".repeat(43));
    let other_id = token.replace(&uuid::Uuid::parse_str(&id).unwrap().simple().to_string(), &"0".repeat(32));
    let cases = [
        (String::new(), "must be: Bearer"),
        ("x".into(), "must be: Bearer"),
        (token[..token.len() - 1].into(), "must be: Bearer"),
        (format!("{token}x"), "must be: Bearer"),
        ("a".repeat(60_000), "must be: Bearer"),
        (other_secret, "unknown"),
        (other_id, "unknown"),
    ];
    for (wrong, _) in &cases {
        let answer = get(&app, wrong, "/api/v1/clusters").await;
        let shown: String = wrong.chars().take(80).collect();
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{shown}");
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{shown}");
        assert!(message(&answer).starts_with("token-refused "), "{shown}: {}", answer.body);
    }
    for (wrong, why) in cases.iter().take(5) {
        assert!(message(&get(&app, wrong, "/api/v1/clusters").await).contains(why));
    }

    // A good session beside a bad token is not looked at; nor is a session that another site uses.
    let beside = Request::get("/api/v1/clusters").header("authorization", "Bearer x").header("sec-fetch-site", "none");
    assert_eq!(owner.clone().send(beside).await.status, StatusCode::UNAUTHORIZED);
    let cross = Request::get("/api/v1/clusters")
        .header("authorization", format!("Bearer {token}"))
        .header("sec-fetch-site", "cross-site");
    assert_eq!(app.nobody().send(cross).await.status, StatusCode::OK, "no cookie, no cross-site danger");
    let page = Request::get("/clusters").header("authorization", format!("Bearer {token}"));
    assert_eq!(app.nobody().send(page).await.status, StatusCode::UNAUTHORIZED);

    assert_eq!(owner.post(&format!("/tokens/{id}/revoke"), "").await.location(), "/tokens?notice=token-revoked");
    let answer = get(&app, &token, "/api/v1/clusters").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(message(&answer).contains("revoked"), "{}", answer.body);
    assert_eq!(owner.post(&format!("/tokens/{id}/revoke"), "").await.status, StatusCode::NOT_FOUND, "once");

    let mut owner = app.as_role(Role::Engineer).await;
    let body = json!({ "name": "short", "scopes": ["view"], "days": 1 }).to_string();
    let made: Value = serde_json::from_str(&owner.json(Method::POST, "/api/v1/tokens", &body).await.body).unwrap();
    let token = made["secret"].as_str().unwrap();
    app.app.clock.advance(TimeDelta::hours(23));
    assert_eq!(get(&app, token, "/api/v1/clusters").await.status, StatusCode::OK);
    app.app.clock.advance(TimeDelta::hours(1));
    let answer = get(&app, token, "/api/v1/clusters").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(message(&answer).contains("expired"), "{}", answer.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_follows_the_roles_that_the_newest_log_in_saw(pool: PgPool) {
    let story = Story::new(&pool).await;
    let app = &story.app;
    let log_in = async |groups: Value| {
        story.provider.set().claims = put("groups", groups);
        let mut caller = app.nobody();
        story.log_in(&mut caller).await;
        caller
    };
    let mut owner = log_in(json!(["ops"])).await;
    let (_, token) = make(&mut owner, &[Permission::View, Permission::Decide], &[]).await;
    let decides = async || ask(app, &token, &Method::POST, "/api/v1/decisions").await.status;
    let reads = async || get(app, &token, "/api/v1/clusters").await.status;
    assert_eq!((decides().await, reads().await), (StatusCode::BAD_REQUEST, StatusCode::OK), "it may; the body is none");

    log_in(json!(["staff"])).await;
    assert_eq!((decides().await, reads().await), (StatusCode::FORBIDDEN, StatusCode::OK), "no engineer any more");
    log_in(json!(["strangers"])).await;
    assert_eq!(
        (decides().await, reads().await),
        (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED),
        "no role any more"
    );
    log_in(json!(["ops"])).await;
    assert_eq!((decides().await, reads().await), (StatusCode::BAD_REQUEST, StatusCode::OK), "an engineer again");

    app.app.clock.advance(TimeDelta::days(29));
    assert_eq!(reads().await, StatusCode::OK);
    app.app.clock.advance(TimeDelta::days(1));
    let answer = get(app, &token, "/api/v1/clusters").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "nobody knows their roles any more");
    assert!(message(&answer).contains("log in once"), "{}", answer.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_of_one_cluster_sees_and_decides_nothing_of_another(pool: PgPool) {
    let app = TestApp::new(&pool);
    let ids = seed::clusters(&app.app.db, "Cluster").await;
    for id in &ids {
        let scan = seed::rbac(*id, seed::at(1), &["reader"]);
        server::history::record(&app.app.db, &scan, seed::at(1)).await.unwrap();
    }
    let mut owner = app.as_role(Role::SecurityOfficer).await;
    let (_, token) = make(&mut owner, Permission::OF_TOKENS, &["nord"]).await;
    let all: Value = serde_json::from_str(&owner.get("/api/v1/findings").await.body).unwrap();
    let of = |cluster: &str| {
        let rows = all["rows"].as_array().unwrap().iter();
        rows.filter(|row| row["cluster"]["name"] == cluster)
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .next()
            .unwrap()
    };
    let (nord, syd) = (of("nord"), of("syd"));

    let own: Value = serde_json::from_str(&get(&app, &token, "/api/v1/findings").await.body).unwrap();
    let names: Vec<_> = own["rows"].as_array().unwrap().iter().map(|row| row["cluster"]["name"].clone()).collect();
    assert_eq!(names, ["nord"]);
    for (path, status) in [
        ("/api/v1/findings?cluster=nord".to_owned(), 200),
        ("/api/v1/findings?cluster=syd".into(), 403),
        ("/api/v1/findings?cluster=nord&cluster=syd".into(), 403),
        (format!("/api/v1/findings/{nord}"), 200),
        (format!("/api/v1/findings/{syd}"), 404),
        (format!("/api/v1/findings/{syd}/objects"), 404),
        ("/api/v1/clusters/nord".into(), 200),
        ("/api/v1/clusters/syd".into(), 404),
        ("/api/v1/clusters/s%79d".into(), 404),
        ("/api/v1/clusters/syd/access".into(), 404),
        ("/api/v1/trends".into(), 200),
        ("/api/v1/controls".into(), 200),
        // What speaks of all clusters at once.
        ("/api/v1/overview".into(), 403),
        ("/api/v1/clusters".into(), 403),
        ("/api/v1/ledger".into(), 403),
        ("/api/v1/ledger/entries".into(), 403),
        ("/api/v1/packs".into(), 403),
    ] {
        let answer = get(&app, &token, &path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.body);
        assert!(!answer.body.contains(&syd) && !answer.body.contains("Cluster syd"), "{path}: {}", answer.body);
    }
    let decide = async |findings: &[&str]| {
        let body = json!({ "kind": "acknowledge", "findings": findings, "comment": "seen" }).to_string();
        let request = Request::post("/api/v1/decisions")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json");
        app.nobody().send_body(request, &body).await.status
    };
    assert_eq!(decide(&[&syd]).await, StatusCode::NOT_FOUND);
    assert_eq!(decide(&[&nord, &syd]).await, StatusCode::NOT_FOUND);
    assert_eq!(decide(&[&nord]).await, StatusCode::CREATED);
}

#[sqlx::test(migrations = "../migrations")]
async fn use_is_in_the_ledger_once_an_hour_under_the_owners_name_and_the_tokens(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut owner = app.as_role(Role::Auditor).await;
    let (id, token) = make(&mut owner, &[Permission::View], &[]).await;
    let recorded = async |action: &str| {
        people::ledger(&pool)
            .await
            .into_iter()
            .filter(|(known, _)| known == action)
            .map(|(_, entry)| entry)
            .collect::<Vec<_>>()
    };
    assert!(recorded("token.create").await[0].contains(&id), "made");
    let many = (0..8).map(|_| get(&app, &token, "/api/v1/catalogue"));
    futures::future::join_all(many).await;
    assert_eq!(recorded("token.use").await.len(), 1, "eight at once");
    app.app.clock.advance(TimeDelta::minutes(59));
    get(&app, &token, "/api/v1/clusters").await;
    assert_eq!(recorded("token.use").await.len(), 1);
    app.app.clock.advance(TimeDelta::minutes(1));
    get(&app, &token, "/api/v1/clusters").await;
    let used = recorded("token.use").await;
    assert!(used.len() == 2 && used[1].contains(&id) && used[1].contains("127.0.0.1"), "{used:?}");
    assert!(recorded("view").await.len() >= 2, "and what an auditor sees through it");
    let actor = sqlx::query_scalar!("SELECT actor FROM ledger WHERE action = 'view' ORDER BY seq DESC LIMIT 1");
    assert_eq!(actor.fetch_one(&pool).await.unwrap(), "Test Person (token nightly)");
    let mut admin = app.as_role(Role::Admin).await;
    let listed: Value = serde_json::from_str(&admin.get("/api/v1/tokens").await.body).unwrap();
    assert_eq!(listed["tokens"][0]["last_used_at"], "2026-11-02T10:00:00Z");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_is_told_once_and_is_nowhere_else(pool: PgPool) {
    let log = Log::listen();
    let app = TestApp::new(&pool);
    let mut owner = app.as_role(Role::Engineer).await;
    let page = owner.post("/tokens", "name=nightly+job&scope=view&scope=decide&days=30").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"), "{}", page.body);
    let at = page.body.find("bevis_api_0").expect("it is told");
    let token = &page.body[at..at + "bevis_api_".len() + 32 + 1 + 43];
    assert_eq!(get(&app, token, "/api/v1/clusters").await.status, StatusCode::OK, "{token}");
    get(&app, &format!("{token}x"), "/api/v1/clusters").await;
    get(&app, token, &format!("/api/v1/{token}")).await;
    let again = owner.get("/tokens").await.body;
    assert!(again.contains("nightly job") && again.contains("bevis_api_…") && !again.contains('⟦'), "{again}");
    let secret = &token[token.len() - 43..];
    let ledger = format!("{:?}", people::ledger(&pool).await);
    let kept: String =
        sqlx::query_scalar!(r#"SELECT t::text AS "row!" FROM api_token t"#).fetch_one(&pool).await.unwrap();
    for (place, text) in [("page", &again), ("log", &log.text()), ("ledger", &ledger), ("table", &kept)] {
        assert!(!text.contains(secret), "it is in the {place}");
    }
    assert!(log.text().contains("answered") && ledger.contains("token.create"), "something was captured");

    // Others see nothing of it, and cannot revoke it; administrators can.
    let id: Value = serde_json::from_str(&owner.get("/api/v1/tokens").await.body).unwrap();
    let revoke = format!("/tokens/{}/revoke", id["tokens"][0]["id"].as_str().unwrap());
    let mut other = app.as_role(Role::Engineer).await;
    assert!(!other.get("/tokens").await.body.contains("nightly job"));
    assert_eq!(other.post(&revoke, "").await.status, StatusCode::NOT_FOUND);
    let mut admin = app.as_role(Role::Admin).await;
    assert!(admin.get("/tokens").await.body.contains("nightly job"));
    assert_eq!(admin.post(&revoke, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(people::named_by_id(&pool, "token.revoke").await, (1, 0));
    let entries = people::ledger(&pool).await;
    let (_, revoked) = entries.iter().find(|(action, _)| action == "token.revoke").unwrap();
    let revoked: Value = serde_json::from_str(revoked).unwrap();
    assert_ne!(revoked["person"], revoked["owner"], "who revoked it is not whose it was");
    let danish = owner.clone().with_cookie("bevis_language", "da").get("/tokens").await.body;
    assert!(danish.contains("Trukket tilbage") && !danish.contains('⟦'), "{danish}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_token_that_asks_too_often_waits(pool: PgPool) {
    let app = TestApp::with(&pool, "http://127.0.0.1:9/nobody", |config| {
        config.tokens.requests_per_minute = std::num::NonZeroU32::new(6).unwrap();
    });
    let mut owner = app.as_role(Role::Viewer).await;
    let (_, token) = make(&mut owner, &[Permission::View], &[]).await;
    let (_, other) = make(&mut owner, &[Permission::View], &[]).await;
    get(&app, &token, "/api/v1/clusters").await;
    get(&app, &token, "/api/v1/clusters").await;
    let answer = get(&app, &token, "/api/v1/clusters").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(get(&app, &other, "/api/v1/clusters").await.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../migrations")]
async fn two_sessions_of_one_person_count_by_the_newer(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut db = app.app.db.acquire().await.unwrap();
    let person: PersonId = people::person(&mut db, "Anna", morning()).await;
    let begin = async |db: &mut sqlx::PgConnection, roles: &[Role]| {
        let new = session::New { person, roles, id_token: None, provider_sid: None };
        session::begin(db, &app.app.config.session, &new, app.app.clock.now()).await.unwrap()
    };
    let engineer = begin(&mut db, &[Role::Engineer]).await;
    let mut engineer = app.nobody().with_session(engineer.id.reveal());
    let (_, token) = make(&mut engineer, &[Permission::Decide], &[]).await;
    begin(&mut db, &[Role::Viewer]).await;
    assert_eq!(ask(&app, &token, &Method::POST, "/api/v1/decisions").await.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_calendar_is_subscribed_to_with_a_token_as_the_password(pool: PgPool) {
    let app = TestApp::new(&pool);
    let mut owner = app.as_roles(&[Role::SecurityOfficer]).await;
    let (_, token) = make(&mut owner, &[Permission::View], &[]).await;
    let feed = async |authorization: Option<String>| {
        let mut request = Request::builder().uri("/api/v1/acceptances/calendar.ics").header("accept", "text/calendar");
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        app.nobody().send_body(request, "").await
    };
    let basic = |credentials: String| Some(format!("Basic {}", STANDARD.encode(credentials)));
    let asked = feed(None).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    let challenges: Vec<_> = asked.headers.get_all("www-authenticate").iter().collect();
    assert_eq!(challenges, ["Bearer", "Basic realm=\"Bevis\""], "a program is told to ask for a password");
    let read = feed(basic(format!("calendar:{token}"))).await;
    assert_eq!((read.status, read.header("content-type")), (StatusCode::OK, "text/calendar; charset=utf-8"));
    assert!(read.body.starts_with("BEGIN:VCALENDAR"), "{}", read.body);
    assert_eq!(feed(basic(format!("{token}:"))).await.status, StatusCode::UNAUTHORIZED, "a name is no secret");
    let (_, other) = make(&mut owner, &[Permission::Decide], &[]).await;
    assert_eq!(feed(basic(format!("calendar:{other}"))).await.status, StatusCode::FORBIDDEN);
    let ask = async |path: &str, site: &str| {
        let credentials = basic(format!("calendar:{token}")).unwrap_or_default();
        let request = Request::builder().uri(path).header("authorization", credentials).header("sec-fetch-site", site);
        app.nobody().send_body(request, "").await.status
    };
    let feed_path = "/api/v1/acceptances/calendar.ics";
    assert_eq!(ask(feed_path, "none").await, StatusCode::OK);
    assert_eq!(
        ask(feed_path, "cross-site").await,
        StatusCode::FORBIDDEN,
        "a browser keeps passwords and sends them along"
    );
    assert_eq!(ask("/api/v1/findings", "none").await, StatusCode::UNAUTHORIZED, "the feed alone takes a password");
    let elsewhere = get(&app, "nonsense", "/api/v1/findings").await;
    assert_eq!(elsewhere.header("www-authenticate"), "Bearer", "no page makes a browser ask for a password");
}
