//! A small but real OIDC provider on loopback, over plain http: what Dex is in production, for demos and tests.
//!
//! Authorization code with PKCE (S256 only), one-click log-in, RS256, JWKS with rotation. It keeps everything in memory
//! but its key, which the caller keeps. It never checks a password: never put it in front of anything real.

mod authorize;
mod faults;
mod keys;
mod login_page;
mod metadata;
mod people;
mod state;
mod token;
mod user;

pub use faults::{Endpoint, TokenFault};
pub use keys::generate_key;
pub use people::{Person, people};

use crate::{
    listener::{Refusable, bind},
    now::Now,
    trouble::Trouble,
};
use anyhow::Context as _;
use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};
use keys::SigningKey;
use state::Shared;
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, OnceLock},
};
use tokio_util::sync::{CancellationToken, DropGuard};

/// How a provider is started.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address to listen on; the issuer is at `localhost` whatever it is.
    pub listen: IpAddr,
    /// The port, which is part of the issuer and so of everybody's identity; 0 picks a free one.
    pub port: u16,
    /// The one client's id.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// Where the client may be returned to, character for character; empty allows every http loopback address.
    pub redirect_uris: Vec<String>,
    /// Whether log-out is offered. Dex offers none.
    pub end_session: bool,
    /// The signing key, as [`generate_key`] makes it.
    pub key: String,
    /// Who can log in.
    pub people: Vec<Person>,
    /// The time.
    pub now: Now,
}

impl Settings {
    /// For tests: a free port, any loopback client, the demo's people, a key that is made once in a process.
    pub fn for_tests(now: Now) -> anyhow::Result<Self> {
        static KEY: OnceLock<String> = OnceLock::new();
        let key = match KEY.get() {
            Some(key) => key.clone(),
            None => KEY.get_or_init(|| generate_key().unwrap_or_default()).clone(),
        };
        Ok(Self {
            listen: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            client_id: "bevis".into(),
            client_secret: "a-secret-for-tests".into(),
            redirect_uris: Vec::new(),
            end_session: true,
            key,
            people: people(),
            now,
        })
    }
}

/// A running provider; it ends when this is dropped.
pub struct Provider {
    shared: Arc<Shared>,
    _stop: DropGuard,
}

impl Provider {
    /// Starts listening.
    pub async fn start(settings: Settings) -> anyhow::Result<Self> {
        let key = SigningKey::from_pem(&settings.key)?;
        let (inner, port) = bind(settings.listen, settings.port)
            .await
            .with_context(|| format!("listening at port {}", settings.port))?;
        let issuer = format!("http://localhost:{port}/dex");
        let shared = Arc::new(Shared::new(settings, issuer, key));
        let stop = CancellationToken::new();
        let away = Arc::clone(&shared);
        let listener = Refusable { inner, refuses: move || away.state().away };
        let serve = axum::serve(listener, router(Arc::clone(&shared)));
        let stopped = stop.clone();
        // Not graceful on purpose: a hanging answer must not keep the provider alive.
        tokio::spawn(async move {
            tokio::select! {
                outcome = async { serve.await } => if let Err(error) = outcome { tracing::error!(%error, "the provider stopped") },
                () = stopped.cancelled() => {}
            }
        });
        Ok(Self { shared, _stop: stop.drop_guard() })
    }

    /// The issuer, with a path as Dex has.
    pub fn issuer(&self) -> &str {
        &self.shared.issuer
    }

    /// The client's id.
    pub fn client_id(&self) -> &str {
        &self.shared.settings.client_id
    }

    /// The client's secret.
    pub fn client_secret(&self) -> &str {
        &self.shared.settings.client_secret
    }

    /// Who can log in.
    pub fn people(&self) -> Vec<Person> {
        self.shared.state().people.clone()
    }

    /// Changes who can log in, as when somebody's groups change.
    pub fn set_people(&self, people: Vec<Person>) {
        self.shared.state().people = people;
    }

    /// Makes every id token wrong in one way from now on; `None` makes them right again.
    pub fn set_token_fault(&self, fault: Option<TokenFault>) {
        self.shared.state().token_fault = fault;
    }

    /// Troubles an endpoint from now on; `None` ends that.
    pub fn set_trouble(&self, endpoint: Endpoint, trouble: Option<Trouble>) {
        let mut state = self.shared.state();
        match trouble {
            Some(trouble) => state.troubles.insert(endpoint, trouble),
            None => state.troubles.remove(&endpoint),
        };
    }

    /// Closes every new connection without an answer, or stops doing so.
    pub fn set_away(&self, away: bool) {
        self.shared.state().away = away;
    }

    /// Signs with a new key from now on. The old one stays published, as Dex keeps it while its tokens live.
    pub fn rotate_key(&self) -> anyhow::Result<()> {
        let key = SigningKey::from_pem(&generate_key()?)?;
        self.shared.state().keys.insert(0, Arc::new(key));
        Ok(())
    }

    /// Signs with a new key and forgets the old ones, as Dex with memory storage does when it restarts.
    pub fn replace_keys(&self) -> anyhow::Result<()> {
        let key = SigningKey::from_pem(&generate_key()?)?;
        self.shared.state().keys = vec![Arc::new(key)];
        Ok(())
    }

    /// How often an endpoint was asked.
    pub fn asked(&self, endpoint: Endpoint) -> u32 {
        self.shared.state().asked.get(&endpoint).copied().unwrap_or_default()
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let mut routes = Router::new()
        .route("/.well-known/openid-configuration", get(metadata::discovery))
        .route("/keys", get(metadata::keys))
        .route("/auth", get(authorize::show).post(authorize::show_form))
        .route("/auth/login", post(authorize::log_in))
        .route("/token", post(token::exchange))
        .route("/userinfo", get(user::info).post(user::info))
        .route("/static/login.css", get(login_page::style));
    if shared.settings.end_session {
        routes = routes.route("/logout", get(user::log_out).post(user::log_out_form));
    }
    let routes = routes.layer(middleware::from_fn_with_state(Arc::clone(&shared), troubled));
    Router::new().nest("/dex", routes).with_state(shared)
}

/// Counts what is asked, and spoils the answer where a test wants that.
async fn troubled(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let endpoint = match request.uri().path() {
        "/.well-known/openid-configuration" => Endpoint::Discovery,
        "/keys" => Endpoint::Keys,
        "/token" => Endpoint::Token,
        "/userinfo" => Endpoint::UserInfo,
        "/logout" => Endpoint::EndSession,
        _ => Endpoint::Authorization,
    };
    let trouble = {
        let mut state = shared.state();
        *state.asked.entry(endpoint).or_default() += 1;
        if state.away { Some(Trouble::Refuse) } else { state.troubles.get(&endpoint).cloned() }
    };
    match trouble {
        Some(trouble) => crate::trouble::apply(&trouble, next.run(request)).await,
        None => next.run(request).await,
    }
}
