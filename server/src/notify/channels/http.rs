//! Requests to receivers: bounded in time and in the size of the answer, without redirects, and never to link-local
//! addresses, which is where clouds keep their credentials.

use super::Failure;
use crate::{config::Secret, outbound};
use anyhow::{Context, bail};
use chrono::TimeDelta;
use futures::StreamExt;
use reqwest::{
    Method, StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use url::Url;

const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of an answer that are read at most.
const LARGEST: usize = 256 * 1024;

/// The client for receivers.
#[derive(Clone, Debug)]
pub(super) struct Http {
    client: reqwest::Client,
    limit: Duration,
    unencrypted: bool,
}

/// Where a channel sends. Its `Debug` tells the host alone, for the rest may be a secret.
#[derive(Clone)]
pub(super) struct Target {
    http: Http,
    url: Url,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Target({})", self.host())
    }
}

impl Http {
    pub(super) fn new(limit: Duration, unencrypted: bool) -> anyhow::Result<Self> {
        outbound::use_ring();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT.min(limit))
            .timeout(limit)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(outbound::NotLinkLocal))
            .user_agent(concat!("bevis/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, limit, unencrypted })
    }

    /// A target that is a secret as a whole.
    pub(super) fn secret_target(&self, name: &str, url: &Secret) -> anyhow::Result<Target> {
        let url = url.reveal().with_context(|| format!("reading the address of the channel \"{name}\""))?;
        self.target(name, &url)
    }

    /// A target; refused where its address may not be one. The message does not repeat the address.
    pub(super) fn target(&self, name: &str, url: &str) -> anyhow::Result<Target> {
        let Ok(url) = url.trim().parse::<Url>() else { bail!("the address of the channel \"{name}\" is not one") };
        if !url.has_host() {
            bail!("the address of the channel \"{name}\" has no host");
        }
        if outbound::is_link_local(&url) {
            bail!("the channel \"{name}\" leads to a link-local address, which is refused");
        }
        match url.scheme() {
            "https" => {}
            "http" if outbound::is_loopback(&url) || self.unencrypted => {}
            _ => bail!("the address of the channel \"{name}\" must be https; notify.allow_http allows plain http"),
        }
        Ok(Target { http: self.clone(), url })
    }
}

impl Target {
    pub(super) fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }

    /// The address itself; only for one that is no secret.
    pub(super) fn address(&self) -> String {
        self.url.to_string()
    }

    /// A place below the address. The parts are encoded.
    pub(super) fn below(&self, parts: &[&str], query: &[(&str, &str)]) -> Self {
        let mut url = self.url.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(parts);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Self { http: self.http.clone(), url }
    }

    /// Sends JSON and takes any 2xx for a yes.
    pub(super) async fn post(&self, headers: HeaderMap, body: Vec<u8>) -> Result<String, Failure> {
        self.ask(Method::POST, headers, Some(body)).await.map(|(status, _)| format!("status {}", status.as_u16()))
    }

    /// Sends, and reads the JSON that comes back.
    pub(super) async fn json(
        &self,
        method: Method,
        headers: HeaderMap,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let body = body.map(|body| serde_json::to_vec(body).unwrap_or_default());
        let (_, answer) = self.ask(method, headers, body).await?;
        if answer.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&answer).map_err(|_| Failure::later("the answer is not JSON"))
    }

    async fn ask(
        &self,
        method: Method,
        headers: HeaderMap,
        body: Option<Vec<u8>>,
    ) -> Result<(StatusCode, Vec<u8>), Failure> {
        // One limit over everything, so that an answer in drips ends too.
        let exchange = self.exchange(method, headers, body);
        tokio::time::timeout(self.http.limit, exchange)
            .await
            .unwrap_or_else(|_| Err(Failure::later("no full answer in time")))
    }

    async fn exchange(
        &self,
        method: Method,
        headers: HeaderMap,
        body: Option<Vec<u8>>,
    ) -> Result<(StatusCode, Vec<u8>), Failure> {
        let request = self.http.client.request(method, self.url.clone()).headers(headers);
        let request = body.into_iter().fold(request, reqwest::RequestBuilder::body);
        let answer = request.send().await.map_err(unreachable)?;
        let status = answer.status();
        judge(status, answer.headers())?;
        let mut kept = Vec::new();
        let mut chunks = answer.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            // It said yes; that its answer is too long or breaks off does not take that back.
            let Ok(chunk) = chunk else { break };
            if kept.len() + chunk.len() > LARGEST {
                kept.clear();
                break;
            }
            kept.extend_from_slice(&chunk);
        }
        Ok((status, kept))
    }
}

/// What a status means: done, later, or never.
fn judge(status: StatusCode, headers: &HeaderMap) -> Result<(), Failure> {
    if status.is_success() {
        return Ok(());
    }
    let reason = format!("status {}", status.as_u16());
    let retried = status.is_server_error()
        || matches!(
            status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS | StatusCode::TOO_EARLY | StatusCode::CONFLICT
        );
    if !retried {
        let redirected = if status.is_redirection() { "; redirects are not followed" } else { "" };
        return Err(Failure::Never(format!("{reason}{redirected}")));
    }
    let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    Err(Failure::Later { reason, after: seconds.map(|seconds: u32| TimeDelta::seconds(seconds.into())) })
}

fn unreachable(error: reqwest::Error) -> Failure {
    if error.is_timeout() {
        return Failure::later("no full answer in time");
    }
    Failure::later(format!("cannot be reached: {}", outbound::innermost(&error.without_url())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_is_https_or_this_machine_and_never_link_local() {
        let of = |unencrypted, url: &str| {
            Http::new(Duration::from_secs(1), unencrypted)
                .expect("a client")
                .target("ops", url)
                .map(|target| target.host())
        };
        assert_eq!(of(false, "https://hooks.example.org/a").ok().as_deref(), Some("hooks.example.org"));
        assert!(of(false, "http://hooks.example.org/a").is_err());
        assert!(of(true, "http://hooks.example.org/a").is_ok());
        assert!(of(false, "http://127.0.0.1:9/a").is_ok());
        for address in [
            "https://169.254.169.254/latest",
            "https://[fe80::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://[fd00:ec2::254]/",
            "https://0.0.0.0/",
            "ftp://a/",
            "file:///etc/passwd",
            "nonsense",
        ] {
            let refused = of(true, address).expect_err(address).to_string();
            assert!(!refused.contains(address), "{refused}");
        }
    }

    #[test]
    fn what_a_status_means() {
        let of = |status: u16, headers: &HeaderMap| judge(StatusCode::from_u16(status).expect("a status"), headers);
        let none = HeaderMap::new();
        assert_eq!(of(204, &none), Ok(()));
        assert_eq!(of(500, &none), Err(Failure::later("status 500")));
        assert_eq!(of(404, &none), Err(Failure::Never("status 404".into())));
        assert!(matches!(of(302, &none), Err(Failure::Never(reason)) if reason.contains("redirects")));
        let mut asked = HeaderMap::new();
        asked.insert(RETRY_AFTER, "120".parse().expect("a value"));
        let after = Some(TimeDelta::seconds(120));
        assert_eq!(of(429, &asked), Err(Failure::Later { reason: "status 429".into(), after }));
    }
}
