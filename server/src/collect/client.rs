//! One request to an API server: bounded in time and size, counted, its failures told apart.
//!
//! Only GET. No redirects, no cookies, no proxy from the environment; nothing is ever written to a cluster.

use super::{
    access,
    budget::{Budget, MB, Meter, Turns},
    network,
};
use crate::config::{Cluster, ScanSettings};
use bytes::Bytes;
use chrono::DateTime;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use kube::client::Body;
use model::{Instant, problem::ProblemWord};
use serde::Deserialize;
use sources::{
    ReadError,
    error::{Told, clean},
    page::found,
};
use std::{fmt::Display, sync::Arc, time::Duration};
use tokio::time::{sleep, timeout};

/// Attempts at one request, where the API server asks to come back.
const TRIES: u32 = 3;
/// The longest wait between two attempts, whatever the server asks for.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// Characters of the server's own words in an error.
const QUOTED: usize = 200;

/// A way to one API server.
#[derive(Clone)]
pub struct Client {
    inner: kube::Client,
    server: String,
    patience: Duration,
    limit_mb: usize,
    budget: Budget,
}

/// What an API server answered with 200.
pub struct Answer {
    /// The body, uncompressed.
    pub body: Bytes,
    /// The server's clock, where it tells.
    pub date: Option<Instant>,
}

/// Connects to a cluster: reads its kubeconfig or service account, and builds a client. Sends nothing yet.
pub async fn connect(cluster: &Cluster, settings: &ScanSettings) -> Result<Client, ReadError> {
    let turns = Arc::new(Turns::new(settings.requests_per_second));
    connect_within(cluster, settings, Budget::new(turns, settings)).await
}

/// The same within a budget.
pub(super) async fn connect_within(
    cluster: &Cluster,
    settings: &ScanSettings,
    budget: Budget,
) -> Result<Client, ReadError> {
    let config = access::config(cluster, settings).await?;
    let server = access::shown(&config.cluster_url);
    // The library panics on some unusable credentials; on a thread of its own, that stays an error.
    let built = tokio::task::spawn_blocking(move || kube::Client::try_from(config)).await;
    let inner = match built {
        Ok(Ok(client)) => client,
        Ok(Err(error)) => return Err(network::unusable(&error)),
        Err(_) => {
            let sentence = "the credentials of the kubeconfig cannot be used";
            return Err(ReadError::Access(Told::new(sentence, ProblemWord::CredentialsUnusable, &[])));
        }
    };
    Ok(Client {
        inner,
        server,
        patience: Duration::from_secs(settings.request_seconds.max(1)),
        limit_mb: settings.max_answer_mb.max(1),
        budget,
    })
}

enum Reply {
    Whole(Answer),
    ComeBack { after: Option<Duration>, error: ReadError },
}

impl Client {
    /// The same way, on which what is asked counts for a source.
    pub(super) fn of_source(&self, meter: Arc<Meter>) -> Self {
        Self { budget: self.budget.of_source(meter), ..self.clone() }
    }

    /// GETs a path with its query. `permission` is what a 403 asks for, in words.
    pub async fn get(&self, path: &str, accept: &str, permission: &str) -> Result<Answer, ReadError> {
        let mut wait = Duration::from_millis(500);
        for attempt in 1..=TRIES {
            self.budget.request().await?;
            let reply = timeout(self.patience, self.attempt(path, accept, permission)).await;
            let reply = reply.map_err(|_| ReadError::Timeout { what: shown(path), after: self.patience })?;
            match reply? {
                Reply::Whole(answer) => return Ok(answer),
                Reply::ComeBack { error, .. } if attempt == TRIES => return Err(error),
                Reply::ComeBack { after, .. } => sleep(after.unwrap_or(wait).min(LONGEST_WAIT)).await,
            }
            wait *= 2;
        }
        Err(ReadError::Busy { tries: TRIES })
    }

    async fn attempt(&self, path: &str, accept: &str, permission: &str) -> Result<Reply, ReadError> {
        let what = || shown(path);
        let request = Request::get(path)
            .header(header::ACCEPT, accept)
            .header(header::USER_AGENT, concat!("bevis/", env!("CARGO_PKG_VERSION")))
            .body(Body::empty())
            .map_err(|_| self.no_address(&what()))?;
        let response = self.inner.send(request).await.map_err(|error| network::failed(&error, &self.server, what()))?;
        let (parts, body) = response.into_parts();
        let body = self.whole(&parts.headers, body, &what).await?;
        if parts.status == StatusCode::OK {
            let date = date(&parts.headers);
            return Ok(Reply::Whole(Answer { body, date }));
        }
        refusal(parts.status, &parts.headers, &body, what(), permission)
    }

    fn no_address(&self, what: &str) -> ReadError {
        let sentence = format!("{} with {what} is not an address", self.server);
        let values: &[(&str, &dyn Display)] = &[("server", &self.server), ("what", &what)];
        ReadError::Access(Told::new(sentence, ProblemWord::RequestAddress, values))
    }

    /// A whole body, counted as it comes, so that also one that breaks off or is too large counts for what it was.
    async fn whole(
        &self,
        headers: &HeaderMap,
        mut body: Body,
        what: &(dyn Fn() -> String + Sync),
    ) -> Result<Bytes, ReadError> {
        let limit = usize::try_from((self.limit_mb as u64).saturating_mul(MB)).unwrap_or(usize::MAX);
        let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let mut whole = Vec::with_capacity(announced.unwrap_or(0).min(limit));
        while let Some(frame) = body.frame().await {
            let frame =
                frame.map_err(|error| ReadError::Interrupted { what: what(), cause: network::root_cause(&error) })?;
            let Ok(part) = frame.into_data() else { continue };
            whole.extend_from_slice(&part);
            self.budget.received(part.len(), whole.len())?;
            if whole.len() > limit {
                return Err(ReadError::TooLarge { what: what(), limit_mb: self.limit_mb });
            }
        }
        Ok(whole.into())
    }
}

/// A `metav1.Status`, as far as we use it.
#[derive(Deserialize)]
struct Status {
    kind: String,
    #[serde(default)]
    message: Option<String>,
}

/// What an answer other than 200 means.
fn refusal(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    what: String,
    permission: &str,
) -> Result<Reply, ReadError> {
    let spoken: Option<Status> = serde_json::from_slice(body).ok().filter(|status: &Status| status.kind == "Status");
    let message = spoken.and_then(|status| status.message).map(|words| clean(&words, QUOTED));
    let known = message.is_some();
    let server = |message| ReadError::Server { what: what.clone(), status: status.as_u16(), message };
    let retry_after = headers.get(header::RETRY_AFTER).and_then(|seconds| seconds.to_str().ok()?.trim().parse().ok());
    let after = retry_after.map(Duration::from_secs);
    match status {
        StatusCode::UNAUTHORIZED => Err(ReadError::Unauthorized),
        // A proxy's or firewall's page is no statement about permissions in the cluster.
        StatusCode::FORBIDDEN if known => Err(ReadError::Forbidden { permission: permission.into() }),
        // An API server answers so in JSON for a resource, and in this plain text for a group that it does not serve.
        StatusCode::NOT_FOUND if known || body.trim_ascii() == b"404 page not found" => Err(ReadError::Absent),
        StatusCode::GONE if known => Err(ReadError::Expired),
        StatusCode::TOO_MANY_REQUESTS => Ok(Reply::ComeBack { after, error: ReadError::Busy { tries: TRIES } }),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            Ok(Reply::ComeBack { after, error: server(message) })
        }
        _ if status.is_server_error() || known => Err(server(message)),
        _ => Err(ReadError::NotKubernetes { what, found: found(status.as_u16(), body) }),
    }
}

fn date(headers: &HeaderMap) -> Option<Instant> {
    let date = DateTime::parse_from_rfc2822(headers.get(header::DATE)?.to_str().ok()?).ok()?;
    Some(date.to_utc())
}

/// A path for errors: without its query, which holds a token that says nothing to anybody.
fn shown(path: &str) -> String {
    format!("GET {}", path.split('?').next().unwrap_or(path))
}
