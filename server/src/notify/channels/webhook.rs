//! CloudEvents 1.0 in structured JSON, signed as Standard Webhooks has it (docs/notifications.md says how to verify).

use super::{
    Delivery, Letter,
    http::{Http, Target},
};
use crate::config;
use anyhow::{Context, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, Mac};
use model::Instant;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

/// Events that one message carries at most; the rest is counted.
const EVENTS: usize = 500;
/// Characters of a signing key at least.
const SHORTEST_KEY: usize = 24;

pub(super) struct Webhook {
    target: Target,
    key: SecretString,
}

impl Webhook {
    pub(super) fn new(one: &config::notify::Webhook, http: &Http) -> anyhow::Result<Self> {
        let name = one.name.get_ref();
        let key =
            one.signing_key.reveal().with_context(|| format!("reading the signing key of the channel \"{name}\""))?;
        ensure!(
            key.len() >= SHORTEST_KEY,
            "the signing key of the channel \"{name}\" has fewer than {SHORTEST_KEY} characters"
        );
        Ok(Self { target: http.secret_target(name, &one.url)?, key: key.into() })
    }

    pub(super) fn host(&self) -> String {
        self.target.host()
    }

    pub(super) async fn send(&self, letter: &Letter<'_>) -> Delivery {
        let body = serde_json::to_vec(&cloud_event(letter)).unwrap_or_default();
        let headers = headers(self.key.expose_secret(), letter.id, letter.now, &body);
        self.target.post(headers, body).await
    }
}

/// The event; the same for every attempt.
fn cloud_event(letter: &Letter<'_>) -> Value {
    let events: Vec<Value> = letter
        .events
        .iter()
        .take(EVENTS)
        .map(|event| {
            json!({
                "id": event.id,
                "kind": event.kind,
                "at": event.at,
                "cluster": event.cluster,
                "source": event.source,
                "check": event.check,
                "severity": event.severity,
                "finding": event.finding,
                "subject": event.subject,
                "detail": event.detail,
            })
        })
        .collect();
    json!({
        "specversion": "1.0",
        "id": letter.id,
        "source": letter.home,
        "type": format!("bevis.notification.{}", letter.topic.split('/').next().unwrap_or_default()),
        "time": letter.created_at,
        "datacontenttype": "application/json",
        "data": {
            "title": letter.text.title,
            "link": letter.text.link.0,
            "events": events,
            "more": letter.events.len().saturating_sub(EVENTS),
        },
    })
}

fn headers(key: &str, id: Uuid, now: Instant, body: &[u8]) -> HeaderMap {
    let timestamp = now.timestamp();
    let signature = signature(key, id, timestamp, body);
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/cloudevents+json; charset=utf-8"));
    for (name, value) in [
        ("webhook-id", id.to_string()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature),
        ("idempotency-key", id.to_string()),
    ] {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers
}

/// `v1,` and the base64 of HMAC-SHA256 by the key over `id.timestamp.body`.
fn signature(key: &str, id: Uuid, timestamp: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_of_id_time_and_body() {
        let id = Uuid::from_u128(7);
        let of = |key: &str, timestamp, body: &[u8]| signature(key, id, timestamp, body);
        // printf '00000000-0000-0000-0000-000000000007.1790000000.{"a":1}' | openssl dgst -sha256 -hmac KEY -binary | base64
        assert_eq!(of("a-key-of-twenty-four-chars", 1_790_000_000, br#"{"a":1}"#), EXPECTED);
        assert_ne!(of("a-key-of-twenty-four-chars", 1_790_000_001, br#"{"a":1}"#), EXPECTED);
        assert_ne!(of("a-key-of-twenty-four-charz", 1_790_000_000, br#"{"a":1}"#), EXPECTED);
    }

    const EXPECTED: &str = "v1,zz5i2/AqjTZVEzAvzRp7J94ERJygQJCVnLiWPW9Ouzk=";
}
