//! The log-in against a certified provider that we did not write: npm `oidc-provider`, under `e2e/provider/`.
//!
//! It is on `localhost` and Bevis on `127.0.0.1`, which are two sites to cookies. Without node the test says aloud, in
//! a line that begins with `SKIPPED`, that it proved nothing.

use crate::harness::{CLIENT_SECRET, TestApp, browser::Browser, people};
use http::StatusCode;
use server::web;
use sqlx::PgPool;
use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};
use tokio::net::TcpListener;
use url::Url;

/// The provider's process; it ends with its standard input.
struct Provider {
    child: Child,
    stdin: Option<ChildStdin>,
    issuer: String,
}

impl Provider {
    fn start(bevis: &Url, groups_in: &str) -> Result<Self, String> {
        let folder = installed()?;
        let at = |path: &str| bevis.join(path).unwrap().to_string();
        let mut child = Command::new(node())
            .arg("provider.mjs")
            .args([&at("/auth/callback"), &at("/auth/logged-out"), CLIENT_SECRET, groups_in])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("node does not start: {error}"))?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).map_err(|_| format!("the provider said {line:?}"))?;
        Ok(Self { stdin: child.stdin.take(), child, issuer: said["issuer"].as_str().unwrap().to_owned() })
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ended = self.child.wait();
    }
}

/// The machine's own Node, or the one that was fetched because that is too old.
fn node() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/node")
}

/// The folder with its modules, installed as the lock file says.
fn installed() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e/provider");
    if !Command::new(node()).arg("--version").output().is_ok_and(|said| said.status.success()) {
        return Err("node is not installed".into());
    }
    if !folder.join("node_modules/oidc-provider").exists() {
        let installed = Command::new("npm").args(["ci", "--silent"]).current_dir(&folder).status();
        if !installed.is_ok_and(|status| status.success()) {
            return Err("npm ci in e2e/provider failed".into());
        }
    }
    Ok(folder)
}

/// Written past the capture of the test program, so that it is seen.
fn skipped(why: &str) {
    let line = format!("SKIPPED second_provider: {why}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

async fn story(pool: PgPool, groups_in: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let bevis: Url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let provider = match Provider::start(&bevis, groups_in) {
        Ok(provider) => provider,
        Err(why) => return skipped(&why),
    };
    let app = TestApp::in_earnest(&pool, &provider.issuer, |config| config.public_url = bevis.clone());
    let shutdown = app.app.shutdown.clone();
    let server = tokio::spawn(web::serve(listener, app.app.clone()));

    // In: to the provider, through its two forms, and back to the page asked for.
    let mut anna = Browser::open(&bevis.join("/auth/login?return_to=%2Fauth%2Flogged-out").unwrap()).await;
    assert!(
        anna.at.as_str().starts_with(&provider.issuer) && anna.body.contains("Sign-in"),
        "{} {}",
        anna.at,
        anna.body
    );
    anna.submit(&[("login", "anna"), ("password", "any")]).await;
    assert!(anna.body.contains("Authorize"), "{}", anna.body);
    anna.submit(&[]).await;
    assert_eq!((anna.at.origin(), anna.at.path()), (bevis.origin(), "/"), "return_to never leads into /auth");
    assert!(anna.cookie("127.0.0.1", "__Host-bevis_session").is_some());
    assert_eq!(people::people(&pool).await, [(provider.issuer.clone(), "anna".into(), "Anna Provider".into())]);
    assert!(people::ledger(&pool).await.iter().any(|(_, entry)| entry.contains(r#""roles":["viewer"]"#)));

    // Out: a page of ours leads on to the provider, which ends its session and leads back.
    anna.post(bevis.join("/auth/logout").unwrap()).await;
    assert_eq!((anna.status, anna.at.path()), (StatusCode::OK, "/auth/logout"));
    let onwards = anna.refresh.clone().expect("on to the provider");
    assert!(onwards.as_str().starts_with(&format!("{}/session/end?id_token_hint=", provider.issuer)));
    anna.go(onwards).await;
    anna.submit(&[("logout", "yes")]).await;
    assert_eq!(
        (anna.at.origin(), anna.at.path(), anna.status),
        (bevis.origin(), "/auth/logged-out", StatusCode::OK),
        "{}",
        anna.body
    );
    assert_eq!(people::open_sessions(&pool).await, 0);

    // The provider asks again; and somebody without groups is told so.
    anna.go(bevis.join("/auth/login").unwrap()).await;
    assert!(anna.body.contains("Sign-in"), "the provider's session is over too: {}", anna.at);
    anna.submit(&[("login", "bent"), ("password", "any")]).await;
    anna.submit(&[]).await;
    assert_eq!(anna.status, StatusCode::FORBIDDEN, "{} {}", anna.at, anna.body);
    assert!(anna.body.contains("did not say that you are in any group"), "{}", anna.body);
    // It knows the issuer by name in each callback, which is checked.
    assert!(anna.at.query().unwrap().contains("iss=http%3A%2F%2Flocalhost"), "{}", anna.at);

    shutdown.cancel();
    server.await.unwrap().unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn with_groups_in_the_id_token(pool: PgPool) {
    story(pool, "token").await;
}

#[sqlx::test(migrations = "../migrations")]
async fn with_groups_in_userinfo_alone(pool: PgPool) {
    story(pool, "userinfo").await;
}
