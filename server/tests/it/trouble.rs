//! The provider away, slow, huge, lying; the database away. Each gets a page, in bounded time.

use crate::{
    harness::{
        TestApp, morning, people,
        provider::{Behaviour, Provider, put, remove},
    },
    login::{Story, class},
};
use http::StatusCode;
use serde_json::json;
use server::{app::App, db, web};
use sqlx::PgPool;
use std::time::{Duration, Instant};

#[sqlx::test(migrations = "../migrations")]
async fn with_the_provider_away_the_server_runs_and_says_so(pool: PgPool) {
    let app = TestApp::new(&pool);
    let answer = app.nobody().get("/auth/login").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("identity provider does not answer"), "{}", answer.body);
    assert_eq!(people::pending(&pool).await, 0);
    assert_eq!(app.nobody().get("/auth/logged-out").await.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_provider_may_come_later(pool: PgPool) {
    let story = Story::new(&pool).await;
    story.provider.set().behaviour.insert(".well-known/openid-configuration", Behaviour::Status(503));
    assert_eq!(story.app.nobody().get("/auth/login").await.status, StatusCode::SERVICE_UNAVAILABLE);
    story.provider.set().behaviour.clear();
    assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::SEE_OTHER);
}

/// The faults of the documents that are read before anybody is led to the provider.
#[sqlx::test(migrations = "../migrations")]
async fn bad_discovery_documents_and_keys_stop_the_log_in(pool: PgPool) {
    use Behaviour::{Deep, Half, Html, Huge, Redirect, Status};
    let elsewhere = Provider::start(morning()).await;
    for endpoint in [".well-known/openid-configuration", "keys"] {
        for behaviour in
            [Huge, Half, Html, Deep, Status(404), Status(500), Redirect(format!("{}/keys", elsewhere.issuer))]
        {
            let story = Story::new(&pool).await;
            story.provider.set().behaviour.insert(endpoint, behaviour.clone());
            let begun = Instant::now();
            let answer = story.app.nobody().get("/auth/login").await;
            assert!(
                matches!(answer.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::BAD_GATEWAY),
                "{endpoint} {behaviour:?}: {}",
                answer.status
            );
            assert!(!answer.body.contains("canary-provider-body"), "L-03");
            assert!(begun.elapsed() < Duration::from_secs(6));
        }
    }
    assert_eq!(elsewhere.calls("keys"), 0, "no redirect is followed");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_discovery_document_may_not_say(pool: PgPool) {
    for (what, change) in [
        ("disc_js_endpoint", put("authorization_endpoint", "javascript:alert(1)")),
        ("http elsewhere", put("authorization_endpoint", "http://evil.example/auth")),
        ("token over http", put("token_endpoint", "http://evil.example/token")),
        ("no token endpoint", remove("token_endpoint")),
        ("keys over http", put("jwks_uri", "http://evil.example/keys")),
        ("userinfo over file", put("userinfo_endpoint", "file:///etc/passwd")),
        ("another issuer", put("issuer", "https://evil.example")),
        ("no issuer", remove("issuer")),
    ] {
        let story = Story::new(&pool).await;
        story.provider.set().discovery = change;
        let answer = story.app.nobody().get("/auth/login").await;
        assert_eq!(answer.status, StatusCode::BAD_GATEWAY, "{what}");
        assert_eq!(answer.location(), "");
    }
    let story = Story::new(&pool).await;
    let slash = format!("{}/", story.provider.issuer);
    let app = TestApp::with(&pool, &slash, |_| {});
    assert_eq!(
        app.nobody().get("/auth/login").await.status,
        StatusCode::BAD_GATEWAY,
        "a final slash is another issuer"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_provider_that_hangs_or_drips_is_left_after_five_seconds(pool: PgPool) {
    let mut stories = vec![];
    for (endpoint, behaviour) in [
        (".well-known/openid-configuration", Behaviour::Hang),
        (".well-known/openid-configuration", Behaviour::Drip),
        ("keys", Behaviour::Hang),
        ("keys", Behaviour::Drip),
    ] {
        let story = Story::new(&pool).await;
        story.provider.set().behaviour.insert(endpoint, behaviour);
        stories.push(story);
    }
    let begun = Instant::now();
    let answers = futures::future::join_all(
        stories.iter().map(|story| async { story.app.nobody().get("/auth/login").await.status }),
    )
    .await;
    assert!(answers.iter().all(|status| *status == StatusCode::SERVICE_UNAVAILABLE), "{answers:?}");
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[sqlx::test(migrations = "../migrations")]
async fn those_who_wait_share_the_failure(pool: PgPool) {
    let story = Story::new(&pool).await;
    story.provider.set().behaviour.insert(".well-known/openid-configuration", Behaviour::Hang);
    let begun = Instant::now();
    let logins = (0..6).map(|_| async { story.app.nobody().get("/auth/login").await.status });
    let statuses = futures::future::join_all(logins).await;
    assert!(statuses.iter().all(|status| *status == StatusCode::SERVICE_UNAVAILABLE), "{statuses:?}");
    assert!(begun.elapsed() < Duration::from_secs(8), "not one after the other: {:?}", begun.elapsed());
    assert_eq!(story.provider.calls(".well-known/openid-configuration"), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_bad_answer_to_the_code_is_a_page_and_no_session(pool: PgPool) {
    use Behaviour::{Deep, Drip, Half, Hang, Html, Huge, Redirect, Status};
    let cases = [Huge, Half, Html, Deep, Status(500), Status(401), Redirect("http://127.0.0.1:9/".into()), Hang, Drip];
    let stories = cases.map(|behaviour| async {
        let story = Story::new(&pool).await;
        story.provider.set().behaviour.insert("token", behaviour.clone());
        let mut caller = story.app.nobody();
        let answer = story.log_in(&mut caller).await;
        (behaviour, answer, caller)
    });
    for (behaviour, answer, caller) in futures::future::join_all(stories).await {
        assert!(answer.status.is_server_error(), "{behaviour:?}: {}", answer.status);
        assert!(caller.session().is_none());
        assert!(!answer.body.contains("canary-provider-body"), "L-03");
    }
    assert_eq!(people::open_sessions(&pool).await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_refused_code_shows_none_of_the_provider_s_words(pool: PgPool) {
    let story = Story::with(&pool, |config| {
        config.login.client_secret = toml::from_str::<Wrong>("secret = 'wrong'").unwrap().secret;
    })
    .await;
    let answer = story.log_in(&mut story.app.nobody()).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(!answer.body.contains("alert(1)"), "token_err_xss: {}", answer.body);
    assert_eq!(class(&pool).await, "login.fail: code_refused");
}

#[derive(serde::Deserialize)]
struct Wrong {
    secret: server::config::Secret,
}

#[sqlx::test(migrations = "../migrations")]
async fn client_authentication_follows_the_provider(pool: PgPool) {
    let story = Story::new(&pool).await;
    story.provider.set().discovery = put("token_endpoint_auth_methods_supported", json!(["client_secret_post"]));
    story.log_in(&mut story.app.nobody()).await;
    assert_eq!(class(&pool).await, "login.fail: code_refused", "this provider reads only Basic, and got the form");
}

#[sqlx::test(migrations = "../migrations")]
async fn with_the_database_away_pages_say_so(pool: PgPool) {
    let good = TestApp::new(&pool);
    let nowhere = pool.connect_options().as_ref().clone().port(9);
    let app = App { db: db::pool(nowhere, 1), ..good.app.clone() };
    let router = web::router(app);
    let mut caller = crate::harness::caller::Caller::new(router).with_session(&"A".repeat(43));
    let answer = caller.post("/auth/logout", "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("The database does not answer"), "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "10");
}
