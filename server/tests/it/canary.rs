//! Secrets are planted everywhere, everything is made to happen and to fail, and nothing of them is seen.

use crate::{
    harness::{
        CLIENT_SECRET,
        keys::Signing,
        log::Log,
        people,
        provider::{Behaviour, put, remove},
    },
    login::Story,
};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn no_secret_is_logged_or_shown(pool: PgPool) {
    let log = Log::listen();
    let story = Story::new(&pool).await;
    story.provider.set().discovery = put("end_session_endpoint", "https://provider.example/end");
    let mut pages = String::new();
    let mut sessions = vec![];

    // A good log-in, a page, a log-out. Its page leads to the provider with the id token; that is its purpose.
    let mut kilgore = story.app.nobody();
    let answer = story.log_in(&mut kilgore).await;
    pages += &answer.body;
    sessions.push(kilgore.session().unwrap().to_owned());
    pages += &kilgore.get("/no-such-page").await.body;
    kilgore.post("/auth/logout", "").await;

    // Failures of every kind.
    let failures: [fn(&mut crate::harness::provider::Faults); 7] = [
        |f| f.signing = Signing::Forged,
        |f| f.claims = put("groups", "strangers"),
        |f| f.claims = put("nonce", "wrong"),
        |f| f.answer = put("id_token", "canary-garbage.b.c"),
        |f| f.answer = remove("token_type"),
        |f| drop(f.behaviour.insert("token", Behaviour::Status(400))),
        |f| drop(f.behaviour.insert("token", Behaviour::Html)),
    ];
    for fail in failures {
        let story = Story::new(&pool).await;
        fail(&mut story.provider.set());
        let mut caller = story.app.nobody();
        pages += &story.log_in(&mut caller).await.body;
        story.provider.set().given.iter().for_each(|token| sessions.push(token.clone()));
    }
    let mut stranger = story.app.nobody().with_session(&"canary".repeat(8)[..43]);
    pages += &stranger.get("/auth/callback?code=canary-code-x&state=canary-state").await.body;
    pages += &stranger.post("/auth/logout", "").await.body;
    tracing::debug!(config = ?story.app.app.config, provider = ?story.app.app.provider, "what debugging would print");

    let log = log.text();
    let ledger = format!("{:?}", people::ledger(&pool).await);
    assert!(
        log.contains("log-in failed") && log.contains("answered") && ledger.contains("login.fail"),
        "something was captured"
    );
    let planted = [
        CLIENT_SECRET,
        "canary-code",
        "canary-access-token",
        "canary-garbage",
        "canary-provider-body",
        "canarycanary",
        "canary-state",
        "canary-database-password",
    ];
    let secrets = planted.into_iter().map(str::to_owned).chain(story.provider.set().given.clone()).chain(sessions);
    for secret in secrets {
        for (place, text) in [("log", &log), ("pages", &pages), ("ledger", &ledger)] {
            let at = text.find(&secret);
            assert!(
                at.is_none(),
                "{secret} is in the {place}: {}",
                at.map_or("", |at| &text[at.saturating_sub(200)..(at + 60).min(text.len())])
            );
        }
    }
}
