//! A Bevis for a test: its own database, a clock that the test moves, and callers in any role.

pub mod browser;
pub mod caller;
pub mod keys;
pub mod log;
pub mod people;
pub mod provider;
pub mod way;

use caller::Caller;
use chrono::{TimeZone, Utc};
use model::{Instant, role::Role};
use server::{
    app::App, auth, clock::Clock, collect::Progress, config::Config, db, intake, notify, reports::Signer, web,
};
use sqlx::PgPool;
use std::{path::Path, sync::Arc};

/// Where every test begins in time.
pub fn morning() -> Instant {
    Utc.with_ymd_and_hms(2026, 11, 2, 9, 0, 0).unwrap()
}

/// The secrets that a test's configuration holds, for the test that looks for them.
pub const CLIENT_SECRET: &str = "canary-client-secret-5b1f";

/// A server without a socket.
pub struct TestApp {
    /// Its state.
    pub app: App,
    router: axum::Router,
}

impl TestApp {
    /// With nothing behind its issuer.
    pub fn new(pool: &PgPool) -> Self {
        Self::with(pool, "http://127.0.0.1:9/nobody", |_| {})
    }

    /// With a provider, and changes to the configuration.
    pub fn with(pool: &PgPool, issuer: &str, change: impl FnOnce(&mut Config)) -> Self {
        Self::build(pool, issuer, Clock::manual(morning()), change)
    }

    /// By the real clock, for a provider that has its own.
    pub fn in_earnest(pool: &PgPool, issuer: &str, change: impl FnOnce(&mut Config)) -> Self {
        Self::build(pool, issuer, Clock::system(), change)
    }

    fn build(pool: &PgPool, issuer: &str, clock: Clock, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config(issuer);
        change(&mut config);
        let app = App {
            // As in earnest: with the rights of `bevis_app` and no more.
            db: db::pool(pool.connect_options().as_ref().clone(), 4),
            clock,
            provider: Arc::new(auth::Provider::new(&config).unwrap()),
            intake: Arc::new(intake::Rate::new(&config.intake)),
            channels: Arc::new(notify::Channels::new(&config.notify).unwrap()),
            tokens: Arc::new(intake::Rate::per_minute(config.tokens.requests_per_minute)),
            config: Arc::new(config),
            progress: Progress::default(),
            signer: Arc::new(Signer::from_secret(&[9; 32])),
            shutdown: tokio_util::sync::CancellationToken::new(),
            metrics: metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder().handle(),
        };
        Self { router: web::router(app.clone()), app }
    }

    /// The same server with another router, for tests of the layers alone.
    pub fn with_routes(self, routes: Vec<web::Route>) -> Self {
        Self { router: web::build(self.app.clone(), routes), app: self.app }
    }

    /// The router itself, for requests whose body is read bit by bit.
    pub fn router(&self) -> axum::Router {
        self.router.clone()
    }

    /// Somebody without a session.
    pub fn nobody(&self) -> Caller {
        Caller::new(self.router.clone())
    }

    /// Somebody with a fresh session and one role.
    pub async fn as_role(&self, role: Role) -> Caller {
        self.as_roles(&[role]).await
    }

    /// Somebody with a fresh session.
    pub async fn as_roles(&self, roles: &[Role]) -> Caller {
        let mut db = self.app.db.acquire().await.unwrap();
        let now = self.app.clock.now();
        let person = people::person(&mut db, "Test Person", now).await;
        let new = auth::session::New { person, roles, id_token: None, provider_sid: None };
        let begun = auth::session::begin(&mut db, &self.app.config.session, &new, now).await.unwrap();
        self.nobody().with_session(begun.id.reveal())
    }
}

fn config(issuer: &str) -> Config {
    let text = format!(
        r#"
        public_url = "http://127.0.0.1:8080"
        database.url = "postgres://nobody:canary-database-password-77aa@127.0.0.1/bevis"
        signing.key_file = "none"
        [login]
        issuer = "{issuer}"
        client_id = "bevis"
        client_secret = "{CLIENT_SECRET}"
        allow_http_loopback = true
        roles.viewer = ["staff"]
        roles.engineer = ["ops"]
        roles.admin = ["root"]
        "#
    );
    Config::parse(&text, Path::new("test.toml")).unwrap()
}
