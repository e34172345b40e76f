//! Logging in, from the page asked for and back to it; and all the ways in which that comes to nothing.

use crate::harness::{
    TestApp,
    caller::{Answer, Caller, SESSION},
    morning, people,
    provider::{Behaviour, Provider, put, remove},
};
use chrono::TimeDelta;
use http::StatusCode;
use serde_json::json;
use server::config::Config;
use sqlx::PgPool;

pub struct Story {
    pub app: TestApp,
    pub provider: Provider,
}

impl Story {
    pub async fn new(pool: &PgPool) -> Self {
        Self::with(pool, |_| {}).await
    }

    pub async fn with(pool: &PgPool, change: impl FnOnce(&mut Config)) -> Self {
        let provider = Provider::start(morning()).await;
        Self { app: TestApp::with(pool, &provider.issuer, change), provider }
    }

    /// From the log-in to the provider: the callback's query.
    pub async fn begin(&self, caller: &mut Caller, return_to: &str) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("return_to", return_to).finish();
        let answer = caller.get(&format!("/auth/login?{query}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.provider.approve(answer.location())
    }

    /// The whole way.
    pub async fn log_in(&self, caller: &mut Caller) -> Answer {
        let query = self.begin(caller, "/").await;
        self.come_back(caller, &query).await
    }

    /// The provider's redirect, as a browser follows it.
    pub async fn come_back(&self, caller: &mut Caller, query: &str) -> Answer {
        let request = crate::harness::caller::navigation(&format!("/auth/callback?{query}"));
        caller.send(request.header("sec-fetch-site", "cross-site")).await
    }
}

/// The class of the newest failure in the ledger.
pub async fn class(pool: &PgPool) -> String {
    let (action, payload) = people::ledger(pool).await.pop().unwrap_or_default();
    let payload: serde_json::Value = serde_json::from_str(&payload).unwrap_or_default();
    format!("{action}: {}", payload["class"].as_str().unwrap_or_default())
}

#[sqlx::test(migrations = "../migrations")]
async fn a_person_logs_in_and_returns_to_the_page_asked_for(pool: PgPool) {
    let story = Story::new(&pool).await;
    let mut kilgore = story.app.nobody();
    let query = story.begin(&mut kilgore, "/findings?severity=high").await;
    assert_eq!(people::pending(&pool).await, 1);
    let answer = story.come_back(&mut kilgore, &query).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/findings?severity=high"));
    assert_eq!((answer.body.as_str(), answer.header("cache-control")), ("", "no-store"), "H-06");
    let cookie = answer.cookie(SESSION).unwrap();
    assert!(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax") && cookie.len() < 200, "S-01: {cookie}");
    assert_eq!(people::pending(&pool).await, 0);
    assert_eq!(
        people::people(&pool).await,
        [(story.provider.issuer.clone(), "kilgore".into(), "Kilgore Trout".into())]
    );
    let (action, entry) = people::ledger(&pool).await.pop().unwrap();
    assert_eq!(action, "login");
    for part in [r#""subject":"kilgore""#, r#""roles":["viewer"]"#, r#""address":"127.0.0.1""#] {
        assert!(entry.contains(part), "L-01: {entry}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_leads_to_the_provider_tells_it_no_more_than_it_must(pool: PgPool) {
    let story = Story::new(&pool).await;
    let answer = story.app.nobody().get("/auth/login?return_to=%2Fcontrols%2FA.8.13").await;
    let location = answer.location();
    assert!(!location.contains("A.8.13") && !location.contains("return_to"), "O-02: {location}");
    assert!(location.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fauth%2Fcallback"), "C-07: {location}");
    assert!(
        location.contains("code_challenge_method=S256") && location.contains("scope=openid+profile+email+groups"),
        "{location}"
    );
    let cookie = answer.cookie("__Host-bevis_login").unwrap();
    assert!(
        cookie.contains("SameSite=Lax") && cookie.contains("HttpOnly") && cookie.contains("Max-Age=600"),
        "{cookie}"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn return_to_leads_nowhere_else(pool: PgPool) {
    let story = Story::new(&pool).await;
    for evil in ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/auth/logout"] {
        let mut caller = story.app.nobody();
        let query = story.begin(&mut caller, evil).await;
        assert_eq!(story.come_back(&mut caller, &query).await.location(), "/", "O-01: {evil:?}");
    }
    let answer = story.app.nobody().get("/auth/login?return_to=%2Fa&return_to=%2Fb").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_session_is_new_and_the_one_before_is_dead(pool: PgPool) {
    let story = Story::new(&pool).await;
    let planted = "A".repeat(43);
    let mut caller = story.app.nobody().with_session(&planted);
    story.log_in(&mut caller).await;
    let first = caller.session().unwrap().to_owned();
    assert_ne!(first, planted, "S-03");
    story.log_in(&mut caller).await;
    let second = caller.session().unwrap().to_owned();
    assert_ne!(first, second, "S-04");
    assert_eq!(people::ends(&pool).await, ["rotated"]);
    assert_eq!(people::open_sessions(&pool).await, 1);
    assert_eq!(people::people(&pool).await.len(), 1, "issuer and subject are one person");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_code_works_once_and_only_in_its_browser(pool: PgPool) {
    let story = Story::new(&pool).await;
    let mut kilgore = story.app.nobody();
    let query = story.begin(&mut kilgore, "/").await;
    let answer = story.come_back(&mut story.app.nobody(), &query).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "log-in CSRF: another browser");
    assert!(answer.cookie(SESSION).is_none());
    assert_eq!(story.provider.calls("token"), 0);
    let cookie_of_other = {
        let mut other = story.app.nobody();
        story.begin(&mut other, "/").await;
        other
    };
    assert_eq!(story.come_back(&mut cookie_of_other.clone(), &query).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        story.come_back(&mut kilgore.clone(), &query).await.status,
        StatusCode::SEE_OTHER,
        "the stranger burnt nothing"
    );
    assert_eq!(story.come_back(&mut kilgore, &query).await.status, StatusCode::BAD_REQUEST, "second use");
    assert_eq!(people::open_sessions(&pool).await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn several_tabs_may_log_in_at_once(pool: PgPool) {
    let story = Story::new(&pool).await;
    let mut caller = story.app.nobody();
    let (first, second) = (story.begin(&mut caller, "/first").await, story.begin(&mut caller, "/second").await);
    assert_eq!(story.come_back(&mut caller, &first).await.location(), "/first");
    assert_eq!(story.come_back(&mut caller, &second).await.location(), "/second");
}

#[sqlx::test(migrations = "../migrations")]
async fn ten_minutes_are_enough(pool: PgPool) {
    let story = Story::new(&pool).await;
    let mut caller = story.app.nobody();
    let query = story.begin(&mut caller, "/").await;
    story.app.app.clock.advance(TimeDelta::seconds(601));
    let answer = story.come_back(&mut caller, &query).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("took too long"), "{}", answer.body);
    assert_eq!(class(&pool).await, "login.fail: expired");
    story.begin(&mut caller, "/").await;
    story.app.app.clock.advance(TimeDelta::hours(1));
    server::auth::session::tidy(&story.app.app).await.unwrap();
    assert_eq!(people::pending(&pool).await, 0, "log-ins that never came back are forgotten");
}

#[sqlx::test(migrations = "../migrations")]
async fn the_callback_s_parameters_stand_once_each(pool: PgPool) {
    let story = Story::new(&pool).await;
    for (more, what) in [
        ("&code=x", "code_dup"),
        ("&state=x", "state_dup"),
        ("&iss=a&iss=b", "resp_iss_dup"),
        ("&iss=https%3A%2F%2Fevil.example", "resp_iss_wrong_unadvertised"),
    ] {
        let mut caller = story.app.nobody();
        let query = story.begin(&mut caller, "/").await + more;
        assert_eq!(story.come_back(&mut caller, &query).await.status, StatusCode::BAD_REQUEST, "{what}");
    }
    let mut caller = story.app.nobody();
    let query = story.begin(&mut caller, "/").await;
    let state = query.split("state=").nth(1).unwrap();
    let long = format!("code={}&state={state}", "x".repeat(9000));
    for bad in ["", "state=", "code=x", "state=%00", "error=x", &long] {
        assert_eq!(story.come_back(&mut caller, bad).await.status, StatusCode::BAD_REQUEST, "{bad:.30}");
    }
    assert_eq!(
        story.come_back(&mut caller, &format!("state={state}")).await.status,
        StatusCode::BAD_REQUEST,
        "no code"
    );
    assert_eq!(people::open_sessions(&pool).await, 0);
    assert_eq!(story.provider.calls("token"), 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_provider_that_names_itself_must_name_itself(pool: PgPool) {
    let story = Story::new(&pool).await;
    story.provider.set().discovery = put("authorization_response_iss_parameter_supported", true);
    let mut caller = story.app.nobody();
    let query = story.begin(&mut caller, "/").await;
    assert_eq!(story.come_back(&mut caller, &query).await.status, StatusCode::BAD_REQUEST, "resp_iss_missing");
    assert_eq!(class(&pool).await, "login.fail: iss_missing");
    let query = story.begin(&mut caller, "/").await + "&iss=https%3A%2F%2Fevil.example";
    assert_eq!(story.come_back(&mut caller, &query).await.status, StatusCode::BAD_REQUEST, "resp_iss_wrong");
    let iss = url::form_urlencoded::Serializer::new(String::new()).append_pair("iss", &story.provider.issuer).finish();
    let query = format!("{}&{iss}", story.begin(&mut caller, "/").await);
    assert_eq!(story.come_back(&mut caller, &query).await.status, StatusCode::SEE_OTHER);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_error_from_the_provider_is_told_without_its_words(pool: PgPool) {
    let story = Story::new(&pool).await;
    let mut caller = story.app.nobody();
    let query = story.begin(&mut caller, "/").await;
    let state = query.split("state=").nth(1).unwrap();
    let evil =
        format!("error=access_denied%0Aforged&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state={state}");
    let answer = story.come_back(&mut caller, &evil).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!answer.body.contains("alert(1)") && !answer.body.contains("access_denied"), "error_xss: {}", answer.body);
    assert_eq!(class(&pool).await, "login.fail: refused_by_provider");
}

#[sqlx::test(migrations = "../migrations")]
async fn without_a_role_there_is_a_page_that_says_which_groups_were_seen(pool: PgPool) {
    let story = Story::new(&pool).await;
    for groups in [json!(["strangers", "<b>bold</b>"]), json!([]), json!("strangers,staff"), json!(["STAFF", "staff "])]
    {
        story.provider.set().claims = put("groups", groups.clone());
        let mut caller = story.app.nobody();
        let answer = story.log_in(&mut caller).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{groups}");
        assert!(caller.session().is_none());
        assert_eq!(class(&pool).await, "login.fail: no_role");
        if groups[0] == "strangers" {
            assert!(
                answer.body.contains("<code>strangers</code>") && answer.body.contains("&lt;b&gt;bold"),
                "{}",
                answer.body
            );
        }
    }
    assert_eq!(people::open_sessions(&pool).await, 0);
    assert!(people::people(&pool).await.is_empty(), "who may not in is not remembered, but in the ledger");
}

#[sqlx::test(migrations = "../migrations")]
async fn groups_may_be_one_string_or_come_from_userinfo(pool: PgPool) {
    let story = Story::new(&pool).await;
    story.provider.set().claims = put("groups", "ops");
    assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::SEE_OTHER, "groups_string");
    assert_eq!(story.provider.calls("userinfo"), 0, "not asked where the token has the claim");
    story.provider.set().claims = remove("groups");
    story.provider.set().userinfo = Some(json!({ "sub": "kilgore", "groups": ["root"] }));
    assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::SEE_OTHER);
    assert!(people::ledger(&pool).await.pop().unwrap().1.contains(r#""roles":["admin"]"#));
    story.provider.set().userinfo = Some(json!({ "sub": "somebody-else", "groups": ["root"] }));
    assert_eq!(
        story.log_in(&mut story.app.nobody()).await.status,
        StatusCode::BAD_GATEWAY,
        "userinfo about another subject"
    );
    story.provider.set().userinfo = Some(json!({ "sub": "kilgore" }));
    assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::FORBIDDEN, "groups nowhere");
    story.provider.set().behaviour.insert("userinfo", Behaviour::Huge);
    assert_eq!(story.log_in(&mut story.app.nobody()).await.status, StatusCode::BAD_GATEWAY, "userinfo_huge");
}

#[sqlx::test(migrations = "../migrations")]
async fn log_ins_are_limited_by_address(pool: PgPool) {
    let story = Story::with(&pool, |config| config.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()]).await;
    let mut noisy = story.app.nobody().at_address([203, 0, 113, 5]);
    for _ in 0..60 {
        assert_eq!(noisy.get("/auth/login").await.status, StatusCode::SEE_OTHER);
    }
    let answer = until_limited(async || noisy.get("/auth/login").await).await.expect("T-01");
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(story.app.nobody().at_address([203, 0, 113, 6]).get("/auth/login").await.status, StatusCode::SEE_OTHER);
    let through =
        |address: &str| crate::harness::caller::navigation("/auth/login").header("x-forwarded-for", address.to_owned());
    let limited = until_limited(async || story.app.nobody().send(through("203.0.113.5")).await).await;
    assert!(limited.is_some(), "our proxy's word counts");
    let limited = until_limited(async || noisy.send(through("198.51.100.7")).await).await;
    assert!(limited.is_some(), "a stranger's does not");
}

/// The first refusal, of a few tries: on a slow machine a second, and with it one log-in more, may go by between two.
/// An address that was not used before has ten times as many.
async fn until_limited(mut log_in: impl AsyncFnMut() -> Answer) -> Option<Answer> {
    for _ in 0..6 {
        let answer = log_in().await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return Some(answer);
        }
    }
    None
}

#[sqlx::test(migrations = "../migrations")]
async fn logging_out_goes_on_to_a_provider_that_offers_it(pool: PgPool) {
    let story = Story::new(&pool).await;
    let end = format!("{}/end", story.provider.issuer);
    story.provider.set().discovery = put("end_session_endpoint", end.clone());
    let mut kilgore = story.app.nobody();
    story.log_in(&mut kilgore).await;
    let id_token = story.provider.set().given.last().unwrap().clone();
    let answer = kilgore.post("/auth/logout", "").await;
    assert_eq!(answer.status, StatusCode::OK, "H-03: a page of ours, no redirect of the form");
    let refresh = answer.header("refresh");
    assert!(refresh.starts_with(&format!("0; url={end}?id_token_hint={id_token}&client_id=bevis")), "S-09: {refresh}");
    assert!(
        refresh.contains("post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fauth%2Flogged-out&state="),
        "S-09: {refresh}"
    );
    assert!(kilgore.session().is_none());
    assert_eq!(people::open_sessions(&pool).await, 0);
    let hints = sqlx::query_scalar!("SELECT id_token FROM session").fetch_all(&pool).await.unwrap();
    assert_eq!(hints, [None], "the hint goes with the session");
    for query in ["", "?state=other"] {
        let answer = kilgore.get(&format!("/auth/logged-out{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "S-09: coming back changes nothing");
        assert!(answer.cookies().is_empty());
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn logging_out_says_that_the_provider_s_session_goes_on(pool: PgPool) {
    let story = Story::new(&pool).await;
    let mut kilgore = story.app.nobody();
    story.log_in(&mut kilgore).await;
    assert_eq!(kilgore.post("/auth/logout", "").await.location(), "/auth/logged-out");
    let answer = kilgore.get("/auth/logged-out").await;
    assert!(answer.body.contains("session at the identity provider may go on"), "S-10: {}", answer.body);
    let hints = sqlx::query_scalar!("SELECT id_token FROM session").fetch_all(&pool).await.unwrap();
    assert_eq!(hints, [None], "no token is kept where nobody wants it back");
}
