//! What the configuration says, on record: an entry whenever it says something else than at the last start.
//!
//! Deadlines, freshness, the time zone and the list of clusters have entries of their own. No secret is in it, only that
//! there is one.

use super::store;
use crate::{
    config::{Cluster, Config},
    settle,
};
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

/// Every section of the configuration. None is left out by `..`, so that a new one has to be given its place here; within a
/// section every key is written, and of a secret only that it is set.
fn settings(config: &Config, signing_key: &str) -> Settings {
    let Config {
        listen,
        public_url,
        trusted_proxies,
        // Has entries of its own, as have the next two.
        time_zone: _,
        sla: _,
        freshness: _,
        language,
        database,
        login,
        session,
        signing,
        scan,
        acceptances,
        tickets,
        intake,
        ledger,
        tokens,
        retention,
        notify,
        metrics,
        custom_checks,
        // A check that changed is another catalogue, which is noted with the instant from which on it was in force.
        customs: _,
        audit_dates,
        clusters,
    } = config;
    let mut settings = Settings::from([
        ("listen".into(), json!(listen)),
        ("public_url".into(), json!(public_url)),
        ("trusted_proxies".into(), json!(trusted_proxies)),
        ("language".into(), json!(language)),
        ("database".into(), json!(database)),
        ("login".into(), json!(login)),
        ("session".into(), json!(session)),
        ("signing".into(), json!(signing)),
        ("signing_key".into(), json!(signing_key)),
        ("scan".into(), json!(scan)),
        ("acceptances".into(), json!(acceptances)),
        ("tickets".into(), json!(tickets)),
        ("intake".into(), json!(intake)),
        ("ledger".into(), json!(ledger)),
        ("tokens".into(), json!(tokens)),
        ("retention".into(), json!(retention)),
        ("notify".into(), json!(notify)),
        ("metrics".into(), json!(metrics)),
        ("custom_checks".into(), json!(custom_checks)),
        ("audit_dates".into(), json!(audit_dates)),
    ]);
    for cluster in clusters {
        let Cluster { name, title, kubeconfig, context, in_cluster, budget, policy } = cluster;
        let says = json!({
            "title": title, "kubeconfig": kubeconfig, "context": context, "in_cluster": in_cluster,
            "policy": policy, "budget": budget,
        });
        settings.insert(format!("cluster.{}", name.get_ref()), says);
    }
    settings
}
