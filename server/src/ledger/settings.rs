//! What the configuration says, on record: an entry whenever it says something else than at the last start.
//!
//! Deadlines, freshness, the time zone and the list of clusters have entries of their own. No secret is in it.

use super::store;
use crate::{config::Config, settle};
use model::Instant;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeMap;

const ACTION: &str = "settings.change";

type Settings = BTreeMap<String, Value>;

#[derive(Serialize)]
struct Entry<'a> {
    /// The sections that say something else than before.
    changed: Vec<&'a str>,
    /// What those said before; nothing of those that are new.
    before: BTreeMap<&'a str, &'a Value>,
    /// What all sections say now.
    settings: &'a Settings,
}

/// What is read of the entry before.
#[derive(Deserialize)]
struct Before {
    settings: Settings,
}

/// Puts on record what the configuration says, where that is something else than at the last start; idempotent.
/// `signing_key` is the id of the key that signs packs.
pub async fn adopt(pool: &PgPool, config: &Config, signing_key: &str, at: Instant) -> Result<(), sqlx::Error> {
    let settings = settings(config, signing_key);
    let mut tx = pool.begin().await?;
    let at = settle::alone(&mut tx, at).await?;
    let before = store::newest_payload(&mut tx, ACTION).await?;
    let before = before.and_then(|payload| serde_json::from_str::<Before>(&payload).ok());
    let before = before.map(|before| before.settings).unwrap_or_default();
    if before == settings {
        return Ok(());
    }
    let differs = |section: &&String| before.get(*section) != settings.get(*section);
    let mut changed: Vec<&str> = before.keys().chain(settings.keys()).filter(differs).map(String::as_str).collect();
    changed.sort_unstable();
    changed.dedup();
    let told = changed.iter().filter_map(|section| Some((*section, before.get(*section)?))).collect();
    let entry = Entry { changed, before: told, settings: &settings };
    store::append(&mut tx, at, "system", ACTION, &entry).await?;
    tx.commit().await
}

fn settings(config: &Config, signing_key: &str) -> Settings {
    let (login, ledger, tokens) = (&config.login, &config.ledger, &config.tokens);
    let mut settings = Settings::from([
        ("public_url".into(), json!(config.public_url.as_str())),
        ("trusted_proxies".into(), json!(config.trusted_proxies)),
        ("signing_key".into(), json!(signing_key)),
        (
            "login".into(),
            json!({
                "issuer": login.issuer, "client_id": login.client_id, "scopes": login.scopes,
                "groups_claim": login.groups_claim, "algorithms": login.algorithms, "roles": login.roles,
            }),
        ),
        ("session".into(), json!(config.session)),
        ("scan".into(), json!(config.scan)),
        ("intake".into(), json!(config.intake)),
        ("retention".into(), json!(config.retention)),
        (
            "tokens".into(),
            json!({
                "max_days": tokens.max_days, "roles_days": tokens.roles_days,
                "requests_per_minute": tokens.requests_per_minute,
            }),
        ),
        (
            "ledger".into(),
            json!({
                "verify_minutes": ledger.verify_minutes,
                "webhook": ledger.webhook.as_ref().map(|webhook| shown(&webhook.url)),
                "file": ledger.file.as_ref().map(|file| &file.path),
                "timestamp": ledger.timestamp.as_ref().map(|timestamp| shown(&timestamp.url)),
            }),
        ),
    ]);
    for cluster in &config.clusters {
        let says = json!({ "policy": cluster.policy, "budget": cluster.budget });
        settings.insert(format!("cluster.{}", cluster.name.get_ref()), says);
    }
    settings
}

/// An address without what may be secret in it: webhooks often have their key in the path.
fn shown(address: &url::Url) -> String {
    address.origin().ascii_serialization()
}
