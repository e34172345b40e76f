//! Calls to the identity provider: bounded in time and size, without redirects, to allowed addresses only.

use crate::{config::Login, outbound};
use anyhow::Context;
use futures::StreamExt;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::{pin::Pin, time::Duration};
use url::Url;

const CALL: Duration = Duration::from_secs(5);
const CONNECT: Duration = Duration::from_secs(2);
const LARGEST: usize = 512 * 1024;

/// Why a call gave no answer. The texts hold nothing of the request but its host.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    /// The address is not allowed.
    #[error("{0} is not an https address; set login.allow_http_loopback for a provider on this machine")]
    Scheme(String),
    /// No answer in time.
    #[error("no full answer from {0} within 5 seconds")]
    Slow(String),
    /// An answer beyond the limit.
    #[error("the answer of {0} is larger than 512 KiB")]
    Large(String),
    /// No connection, or a broken one.
    #[error("cannot reach {0}: {1}")]
    Unreachable(String, String),
}

impl FetchError {
    /// The class, for logs and the ledger.
    pub(super) const fn class(&self) -> &'static str {
        match self {
            Self::Scheme(_) => "endpoint_scheme",
            Self::Slow(_) => "provider_slow",
            Self::Large(_) => "provider_answer_large",
            Self::Unreachable(..) => "provider_unreachable",
        }
    }
}

/// The HTTP client for the provider alone.
#[derive(Clone, Debug)]
pub(super) struct Fetch {
    client: reqwest::Client,
    allow_http_loopback: bool,
}

impl Fetch {
    /// A client that trusts the public authorities, and those of `ca_file`.
    pub(super) fn new(login: &Login) -> anyhow::Result<Self> {
        let mut builder = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(CALL)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("bevis/", env!("CARGO_PKG_VERSION")));
        if let Some(file) = &login.ca_file {
            let pem = std::fs::read(file).with_context(|| format!("cannot read login.ca_file {}", file.display()))?;
            let authorities = reqwest::Certificate::from_pem_bundle(&pem)
                .with_context(|| format!("login.ca_file {} holds no readable certificate", file.display()))?;
            builder = authorities.into_iter().fold(builder, reqwest::ClientBuilder::add_root_certificate);
        }
        outbound::use_ring();
        Ok(Self { client: builder.build()?, allow_http_loopback: login.allow_http_loopback })
    }

    /// Whether the provider may have an endpoint there.
    pub(super) fn allows(&self, address: &Url) -> bool {
        address.scheme() == "https"
            || (self.allow_http_loopback && address.scheme() == "http" && outbound::is_loopback(address))
    }

    async fn bounded(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let address: Url = request
            .uri()
            .to_string()
            .parse()
            .map_err(|_| FetchError::Scheme(request.uri().host().unwrap_or("").to_owned()))?;
        let host = address.host_str().unwrap_or_default().to_owned();
        if !self.allows(&address) {
            return Err(FetchError::Scheme(host));
        }
        // One limit over everything, so that an answer in drips ends too.
        tokio::time::timeout(CALL, self.exchange(request, &host)).await.map_err(|_| FetchError::Slow(host.clone()))?
    }

    async fn exchange(&self, request: HttpRequest, host: &str) -> Result<HttpResponse, FetchError> {
        let unreachable = |error: reqwest::Error| {
            if error.is_timeout() {
                FetchError::Slow(host.to_owned())
            } else {
                FetchError::Unreachable(host.to_owned(), outbound::innermost(&error.without_url()))
            }
        };
        let request = reqwest::Request::try_from(request).map_err(unreachable)?;
        let answer = self.client.execute(request).await.map_err(unreachable)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = Vec::new();
        let mut chunks = answer.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            body.extend_from_slice(&chunk.map_err(unreachable)?);
            if body.len() > LARGEST {
                return Err(FetchError::Large(host.to_owned()));
            }
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.bounded(request))
    }
}
