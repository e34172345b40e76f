//! `[ledger]` and `[tokens]`.

use super::{
    Secret,
    place::{Place::Key, Wrong},
};
use crate::outbound;
use serde::{Deserialize, Serialize, Serializer};
use std::{num::NonZeroU32, path::PathBuf};
use url::Url;

/// `[ledger]`: how often the chain is recomputed, and where its head is sent.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct LedgerSettings {
    /// Minutes from one recomputation of the whole chain to the next.
    pub verify_minutes: NonZeroU32,
    /// Where the head is posted.
    pub webhook: Option<HeadWebhook>,
    /// The file that heads are added to.
    pub file: Option<HeadFile>,
    /// The authority that stamps heads with its time.
    pub timestamp: Option<HeadTimestamp>,
}

impl Default for LedgerSettings {
    fn default() -> Self {
        Self { verify_minutes: count(60), webhook: None, file: None, timestamp: None }
    }
}

/// `[ledger.webhook]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HeadWebhook {
    /// The address; https, or http at a loopback address.
    #[serde(serialize_with = "origin")]
    pub url: Url,
    /// The key of its HMAC; unsigned without.
    #[serde(default)]
    pub secret: Option<Secret>,
    /// Minutes from one head to the next.
    #[serde(default = "every_hour")]
    pub every_minutes: NonZeroU32,
}

/// `[ledger.file]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HeadFile {
    /// The file; a JSON object a line is added.
    pub path: PathBuf,
    /// Minutes from one head to the next.
    #[serde(default = "every_hour")]
    pub every_minutes: NonZeroU32,
}

/// `[ledger.timestamp]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HeadTimestamp {
    /// The authority's address (RFC 3161 over HTTP). Plain http will do: what it answers is signed.
    #[serde(serialize_with = "origin")]
    pub url: Url,
    /// A PEM file with the certificates that its own certificate must lead to.
    pub ca_file: PathBuf,
    /// Minutes from one head to the next.
    #[serde(default = "every_day")]
    pub every_minutes: NonZeroU32,
}

/// `[tokens]`: tokens of the API.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct TokenSettings {
    /// Days that a token may live at most.
    pub max_days: NonZeroU32,
    /// Days after the owner's last log-in until their tokens open nothing: nobody knows their roles any more.
    pub roles_days: NonZeroU32,
    /// Requests a minute with one token; a third of them may come at once.
    pub requests_per_minute: NonZeroU32,
}

impl Default for TokenSettings {
    fn default() -> Self {
        Self { max_days: count(365), roles_days: count(30), requests_per_minute: count(600) }
    }
}

const WEBHOOK_URL: &str = "ledger.webhook.url";

impl LedgerSettings {
    /// What is wrong with it.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        let addresses = [
            (WEBHOOK_URL, self.webhook.as_ref().map(|webhook| &webhook.url)),
            ("ledger.timestamp.url", self.timestamp.as_ref().map(|authority| &authority.url)),
        ];
        for (key, url) in addresses {
            if url.is_some_and(outbound::is_link_local) {
                return Err((Key(key), format!("{key} leads to a link-local address, which is refused")));
            }
        }
        let Some(webhook) = &self.webhook else { return Ok(()) };
        let loopback = outbound::is_loopback(&webhook.url);
        if webhook.url.scheme() == "https" || (webhook.url.scheme() == "http" && loopback) {
            return Ok(());
        }
        Err((Key(WEBHOOK_URL), format!("{WEBHOOK_URL} must be an https address, or http at a loopback address")))
    }
}

/// An address without what may be secret in it: webhooks often have their key in the path.
fn origin<S: Serializer>(address: &Url, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&address.origin().ascii_serialization())
}

fn every_hour() -> NonZeroU32 {
    count(60)
}

fn every_day() -> NonZeroU32 {
    count(24 * 60)
}

const fn count(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(count) => count,
        None => NonZeroU32::MIN,
    }
}
