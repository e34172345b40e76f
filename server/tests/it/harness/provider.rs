//! An OIDC provider that does as a test tells it: real HTTP, real keys, any fault.

use super::keys::{self, Signing};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::any,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use futures::StreamExt;
use http::{HeaderMap, StatusCode, header};
use model::Instant;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use url::Url;

type Change = Arc<dyn Fn(&mut Value) + Send + Sync>;

/// How an endpoint behaves instead of answering.
#[derive(Clone, Debug, PartialEq)]
pub enum Behaviour {
    Hang,
    Drip,
    Huge,
    Redirect(String),
    Status(u16),
    Html,
    Half,
    Deep,
}

/// What a test may set.
pub struct Faults {
    pub now: Instant,
    pub signing: Signing,
    /// The keys published.
    pub published: Vec<Value>,
    pub header: Change,
    pub claims: Change,
    pub answer: Change,
    pub discovery: Change,
    pub userinfo: Option<Value>,
    pub behaviour: HashMap<&'static str, Behaviour>,
    pub calls: HashMap<String, u32>,
    begun: u32,
    codes: HashMap<String, Begun>,
    /// The tokens given out, for the test that looks for them where they must not be.
    pub given: Vec<String>,
}

struct Begun {
    nonce: String,
    challenge: String,
    redirect: String,
}

/// The provider.
#[derive(Clone)]
pub struct Provider {
    pub issuer: String,
    faults: Arc<Mutex<Faults>>,
}

impl Provider {
    /// Starts on a free port of loopback; it lives as long as the test.
    pub async fn start(now: Instant) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}/op", listener.local_addr().unwrap());
        let faults = Faults {
            now,
            signing: Signing::Rsa(&keys::GOOD),
            published: vec![keys::jwk(&keys::GOOD, "one")],
            header: nothing(),
            claims: nothing(),
            answer: nothing(),
            discovery: nothing(),
            userinfo: None,
            behaviour: HashMap::new(),
            calls: HashMap::new(),
            begun: 0,
            codes: HashMap::new(),
            given: vec![],
        };
        let provider = Self { issuer, faults: Arc::new(Mutex::new(faults)) };
        let router = Router::new().route("/op/{*path}", any(serve)).with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }

    pub fn set(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap()
    }

    pub fn calls(&self, endpoint: &str) -> u32 {
        self.set().calls.get(endpoint).copied().unwrap_or_default()
    }

    /// What a person does at the provider: from the address that Bevis leads to, to the callback's query.
    pub fn approve(&self, authorization: &str) -> String {
        let asked: HashMap<String, String> = authorization.parse::<Url>().unwrap().query_pairs().into_owned().collect();
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["client_id"], "bevis");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let mut faults = self.set();
        faults.begun += 1;
        let code = format!("canary-code-{}", faults.begun);
        let begun = Begun {
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            redirect: asked["redirect_uri"].clone(),
        };
        faults.codes.insert(code.clone(), begun);
        format!("code={code}&state={}", asked["state"])
    }

    fn discovery(&self, faults: &Faults) -> Value {
        let at = |path: &str| format!("{}/{path}", self.issuer);
        let mut document = json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("auth"), "token_endpoint": at("token"),
            "jwks_uri": at("keys"), "userinfo_endpoint": at("userinfo"),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "groups", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        });
        (faults.discovery)(&mut document);
        document
    }

    fn token(&self, faults: &mut Faults, headers: &HeaderMap, form: &[u8]) -> Response {
        let form: HashMap<String, String> = url::form_urlencoded::parse(form).into_owned().collect();
        let refuse = |error: &str| {
            (
                StatusCode::BAD_REQUEST,
                axum::Json(json!({ "error": error, "error_description": "<script>alert(1)</script>\u{1b}" })),
            )
                .into_response()
        };
        let basic = base64::prelude::BASE64_STANDARD.encode(format!("bevis:{}", super::CLIENT_SECRET));
        if headers.get(header::AUTHORIZATION).is_none_or(|given| given != &format!("Basic {basic}")) {
            return refuse("invalid_client");
        }
        let Some(begun) = form.get("code").and_then(|code| faults.codes.remove(code)) else {
            return refuse("invalid_grant");
        };
        let challenge = BASE64.encode(Sha256::digest(form["code_verifier"].as_bytes()));
        if challenge != begun.challenge || form["redirect_uri"] != begun.redirect {
            return refuse("invalid_grant");
        }
        let access_token = "canary-access-token-3c9d";
        let now = faults.now.timestamp();
        let mut header = json!({ "alg": "RS256", "kid": "one" });
        let mut claims = json!({
            "iss": self.issuer, "sub": "kilgore", "aud": "bevis", "iat": now, "exp": now + 3600, "nonce": begun.nonce,
            "at_hash": BASE64.encode(&Sha256::digest(access_token)[..16]),
            "email": "kilgore@kilgore.trout", "email_verified": true, "name": "Kilgore Trout", "groups": ["staff", "authors"],
        });
        (faults.header)(&mut header);
        (faults.claims)(&mut claims);
        let id_token = keys::token(&header, &claims, &faults.signing);
        faults.given.push(id_token.clone());
        let mut answer =
            json!({ "access_token": access_token, "token_type": "bearer", "expires_in": 3600, "id_token": id_token });
        (faults.answer)(&mut answer);
        axum::Json(answer).into_response()
    }
}

async fn serve(
    State(provider): State<Provider>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let behaviour = {
        let mut faults = provider.set();
        *faults.calls.entry(path.clone()).or_default() += 1;
        faults.behaviour.get(path.as_str()).cloned()
    };
    if let Some(behaviour) = behaviour {
        return behave(behaviour).await;
    }
    let mut faults = provider.set();
    match path.as_str() {
        ".well-known/openid-configuration" => axum::Json(provider.discovery(&faults)).into_response(),
        "keys" => axum::Json(json!({ "keys": faults.published })).into_response(),
        "token" => provider.token(&mut faults, &headers, &body),
        "userinfo" => faults
            .userinfo
            .clone()
            .map_or(StatusCode::NOT_FOUND.into_response(), |info| axum::Json(info).into_response()),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn behave(behaviour: Behaviour) -> Response {
    let json = |body: Body| ([(header::CONTENT_TYPE, "application/json")], body).into_response();
    let chunks = |wait: Duration, size: usize| {
        let chunk = Bytes::from(" ".repeat(size));
        Body::from_stream(futures::stream::repeat(chunk).then(move |chunk| async move {
            tokio::time::sleep(wait).await;
            Ok::<_, std::convert::Infallible>(chunk)
        }))
    };
    match behaviour {
        Behaviour::Hang => std::future::pending().await,
        Behaviour::Drip => json(chunks(Duration::from_millis(200), 1)),
        Behaviour::Huge => json(chunks(Duration::ZERO, 64 * 1024)),
        Behaviour::Redirect(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Behaviour::Status(status) => {
            (StatusCode::from_u16(status).unwrap(), "<b>canary-provider-body</b>").into_response()
        }
        Behaviour::Html => axum::response::Html("<html>canary-provider-body</html>").into_response(),
        Behaviour::Half => json(Body::from("{\"issuer\": \"http")),
        Behaviour::Deep => json(Body::from("[".repeat(100_000))),
    }
}

/// No change.
fn nothing() -> Change {
    Arc::new(|_| {})
}

/// A change of one field.
pub fn put(field: &'static str, value: impl Into<Value>) -> Change {
    let value = value.into();
    Arc::new(move |object| object[field] = value.clone())
}

/// The removal of one field.
pub fn remove(field: &'static str) -> Change {
    Arc::new(move |object| drop(object.as_object_mut().unwrap().remove(field)))
}

/// A change of a time claim, in seconds from the provider's now.
pub fn shift(field: &'static str, now: Instant, by: TimeDelta) -> Change {
    put(field, (now + by).timestamp())
}
