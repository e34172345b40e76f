//! One server, one token: requests that say what to do where they fail.

use super::{Failure, Surroundings};
use crate::outbound;
use clap::Args;
use http::{
    Method, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
};
use serde_json::Value;
use std::{path::PathBuf, time::Duration};
use url::Url;

/// Seconds that an answer may take.
const CALL: Duration = Duration::from_mins(1);
/// How often a request is sent at most: the network may fail, and the server may ask to wait.
const TRIES: u32 = 4;
/// Seconds that are waited at most where the server asks for it.
const LONGEST_WAIT: u64 = 60;

/// Which server, and with what.
#[derive(Args, Clone, Debug)]
pub struct Connection {
    /// Bevis' address, as `https://bevis.example.org`; else `BEVIS_URL`.
    #[arg(long, global = true)]
    url: Option<String>,
    /// A file with the token; else `BEVIS_TOKEN`.
    #[arg(long, global = true, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A PEM file with authorities to trust besides the public ones.
    #[arg(long, global = true, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// Print JSON instead of tables.
    #[arg(long, global = true)]
    pub(super) json: bool,
}

pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    token: String,
}

impl Client {
    pub(super) fn new(connection: &Connection, surroundings: &Surroundings) -> Result<Self, Failure> {
        let url = connection.url.as_ref().or(surroundings.url.as_ref());
        let url = url.ok_or_else(|| Failure::Usage("which server? Give --url, or set BEVIS_URL".into()))?;
        let base: Url =
            url.parse().map_err(|error| Failure::Usage(format!("the address {url} cannot be read: {error}")))?;
        if base.scheme() != "https" && !is_local(&base) {
            let why = "a token goes over https only, or to this machine; give an https address";
            return Err(Failure::Usage(why.into()));
        }
        let token = match &connection.token_file {
            Some(file) => std::fs::read_to_string(file).map_err(|error| {
                Failure::Usage(format!("the token file {} cannot be read: {error}", file.display()))
            })?,
            None => surroundings.token.clone().ok_or_else(|| {
                Failure::Usage("no token: set BEVIS_TOKEN, or give --token-file; the page /tokens makes one".into())
            })?,
        };
        let mut http = reqwest::Client::builder()
            .timeout(CALL)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("bevis/", env!("CARGO_PKG_VERSION")));
        if let Some(file) = &connection.ca_file {
            let unreadable = |why: String| Failure::Usage(format!("--ca-file {}: {why}", file.display()));
            let pem = std::fs::read(file).map_err(|error| unreadable(error.to_string()))?;
            let authorities =
                reqwest::Certificate::from_pem_bundle(&pem).map_err(|error| unreadable(error.to_string()))?;
            http = authorities.into_iter().fold(http, reqwest::ClientBuilder::add_root_certificate);
        }
        outbound::use_ring();
        let http = http.build().map_err(|error| Failure::Failed(error.to_string()))?;
        Ok(Self { http, base, token: token.trim().to_owned() })
    }

    /// What an address of the API says.
    pub(super) async fn get(&self, path: &str, query: &[(String, String)]) -> Result<Value, Failure> {
        let mut address = self.address(path)?;
        if !query.is_empty() {
            address.query_pairs_mut().extend_pairs(query);
        }
        self.send(Method::GET, address, None).await
    }

    /// Sends a body. It has one effect, however often the network makes it be sent.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let key = uuid::Uuid::from_bytes(rand::random()).simple().to_string();
        self.send(Method::POST, self.address(path)?, Some((body.to_string(), key))).await
    }

    fn address(&self, path: &str) -> Result<Url, Failure> {
        self.base.join(path).map_err(|error| Failure::Usage(error.to_string()))
    }

    async fn send(&self, method: Method, address: Url, body: Option<(String, String)>) -> Result<Value, Failure> {
        let mut tries = 1;
        loop {
            let mut request = self.http.request(method.clone(), address.clone()).bearer_auth(&self.token);
            if let Some((body, key)) = &body {
                request =
                    request.header(CONTENT_TYPE, "application/json").header("idempotency-key", key).body(body.clone());
            }
            let wait = match self.answer(request).await {
                Ok(Answer::Is(value)) => return Ok(value),
                Ok(Answer::Wait(seconds)) if tries < TRIES && seconds <= LONGEST_WAIT => seconds,
                Ok(Answer::Wait(seconds)) => {
                    return Err(Failure::Failed(format!("the server asks to wait {seconds} s; try again then")));
                }
                Err(Failure::Failed(_)) if tries < TRIES => u64::from(tries),
                Err(failure) => return Err(failure),
            };
            tokio::time::sleep(Duration::from_secs(wait)).await;
            tries += 1;
        }
    }

    async fn answer(&self, request: reqwest::RequestBuilder) -> Result<Answer, Failure> {
        let away = |error: reqwest::Error| {
            let host = self.base.host_str().unwrap_or_default();
            Failure::Failed(format!(
                "{host} cannot be reached: {}. Is --url right?",
                outbound::innermost(&error.without_url())
            ))
        };
        let answer = request.send().await.map_err(away)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = answer.text().await.map_err(away)?;
        let value: Option<Value> = serde_json::from_str(&text).ok();
        if status.is_success() {
            let unreadable = "the answer is not JSON; is --url the address of Bevis itself?";
            return value.map(Answer::Is).ok_or_else(|| Failure::Refused(unreadable.into()));
        }
        let told = value.as_ref().and_then(|value| value["error"]["message"].as_str().or(value["detail"].as_str()));
        let told = told.unwrap_or(status.canonical_reason().unwrap_or("no reason given")).to_owned();
        Err(match status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
                return Ok(Answer::Wait(seconds.unwrap_or(10)));
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Failure::Denied(told),
            StatusCode::NOT_FOUND => Failure::Missing(told),
            status if status.is_client_error() => Failure::Refused(told),
            status if status.is_redirection() => {
                Failure::Refused("the server leads elsewhere; give --url as it is in public_url".into())
            }
            status => Failure::Failed(format!("the server answers {}: {told}", status.as_u16())),
        })
    }
}

enum Answer {
    Is(Value),
    /// Seconds.
    Wait(u64),
}

fn is_local(address: &Url) -> bool {
    address.scheme() == "http" && outbound::is_loopback(address)
}
