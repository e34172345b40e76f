//! Sends a head to a place outside: bounded in time and size, without redirects.

use super::{Head, instant_text, timestamp};
use crate::{
    config::{HeadFile, HeadTimestamp, HeadWebhook},
    outbound,
};
use futures::StreamExt;
use hmac::{Hmac, Mac};
use http::header::CONTENT_TYPE;
use model::Instant;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde_json::json;
use sha2::Sha256;
use std::{fs::OpenOptions, io::Write, path::Path, sync::Arc, time::Duration};
use uuid::Uuid;

/// Seconds that a place may take.
const CALL: Duration = Duration::from_secs(10);
/// Bytes of an authority's answer at most; with a chain of certificates it has some kilobytes.
const LARGEST: usize = 256 * 1024;

/// Why a head was not taken. The texts hold nothing of the address.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    /// No connection, or a broken one.
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    /// Another status than a good one.
    #[error("it answers with status {0}")]
    Status(u16),
    /// An answer beyond the limit.
    #[error("its answer is larger than 256 KiB")]
    Large,
    /// The file cannot be written, or the certificates cannot be read.
    #[error("{0}")]
    File(String),
    /// An answer that is no time stamp of ours.
    #[error("{0}")]
    Stamp(#[from] timestamp::Fault),
    /// The secret cannot be read.
    #[error("the secret cannot be read: {0}")]
    Secret(std::io::Error),
}

fn client() -> Result<reqwest::Client, SendError> {
    outbound::use_ring();
    reqwest::Client::builder()
        .timeout(CALL)
        .redirect(reqwest::redirect::Policy::none())
        .dns_resolver(Arc::new(outbound::NotLinkLocal))
        // A proxy would resolve names by itself.
        .no_proxy()
        .user_agent(concat!("bevis/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(unreachable)
}

#[expect(clippy::needless_pass_by_value, reason = "it maps an error")]
fn unreachable(error: reqwest::Error) -> SendError {
    SendError::Unreachable(if error.is_timeout() {
        "no answer within 10 seconds".into()
    } else {
        outbound::innermost(&error)
    })
}

async fn post(request: reqwest::RequestBuilder) -> Result<Vec<u8>, SendError> {
    let answer = request.send().await.map_err(|error| unreachable(error.without_url()))?;
    if !answer.status().is_success() {
        return Err(SendError::Status(answer.status().as_u16()));
    }
    let mut body = Vec::new();
    let mut chunks = answer.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        body.extend_from_slice(&chunk.map_err(|error| unreachable(error.without_url()))?);
        if body.len() > LARGEST {
            return Err(SendError::Large);
        }
    }
    Ok(body)
}

/// Posts a head as a `CloudEvent`; signed where there is a secret (`x-bevis-signature`: HMAC-SHA-256 of the body).
pub(super) async fn webhook(
    to: &HeadWebhook,
    source: &str,
    id: Uuid,
    head: &Head,
    at: Instant,
) -> Result<(), SendError> {
    let event = json!({
        "specversion": "1.0", "type": "bevis.ledger.head", "source": source, "id": id.to_string(),
        "time": instant_text(at), "datacontenttype": "application/json", "data": head,
    })
    .to_string();
    let mut request = client()?.post(to.url.clone()).header(CONTENT_TYPE, "application/cloudevents+json");
    if let Some(secret) = &to.secret {
        let secret = secret.reveal().map_err(SendError::Secret)?;
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret.as_bytes())
            .map_err(|error| SendError::Secret(std::io::Error::other(error)))?;
        mac.update(event.as_bytes());
        let signature = hex::encode(mac.finalize().into_bytes());
        request = request.header("x-bevis-signature", format!("sha256={signature}"));
    }
    post(request.body(event)).await.map(drop)
}

/// Adds a line to the file, and waits until it is on the disk.
pub(super) async fn file(to: &HeadFile, source: &str, head: &Head, at: Instant) -> Result<(), SendError> {
    let line = json!({ "at": instant_text(at), "hash": head.hash, "seq": head.seq, "source": source }).to_string();
    let path = to.path.clone();
    tokio::task::spawn_blocking(move || append(&path, &line))
        .await
        .map_err(|error| SendError::File(error.to_string()))?
        .map_err(|error| SendError::File(format!("the file cannot be written: {error}")))
}

fn append(path: &Path, line: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    // One write, so that a line is there whole or not at all.
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_all()
}

/// Has a head stamped; the answer, verified, as it came.
pub(super) async fn stamp(to: &HeadTimestamp, head: &Head) -> Result<Vec<u8>, SendError> {
    let trusted = CertificateDer::pem_file_iter(&to.ca_file)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| SendError::File(format!("ledger.timestamp.ca_file cannot be read: {error}")))?;
    let mut digest = [0; 32];
    hex::decode_to_slice(&head.hash, &mut digest).map_err(|_| timestamp::Fault::OtherDigest)?;
    let nonce = timestamp::nonce();
    let request = client()?
        .post(to.url.clone())
        .header(CONTENT_TYPE, "application/timestamp-query")
        .body(timestamp::request(digest, nonce)?);
    let answer = post(request).await?;
    timestamp::verify(&answer, digest, nonce, &trusted)?;
    Ok(answer)
}
