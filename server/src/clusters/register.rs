//! Brings the list of clusters in line with the configuration.

use super::store;
use crate::{db::new_id, history, ledger, settle};
use model::{Instant, ids::ClusterId};
use serde::Serialize;
use sqlx::PgPool;

/// A cluster as the configuration has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The name in URLs; unique in the configuration.
    pub name: String,
    /// Text for people.
    pub title: String,
    /// The address of its API server, without credentials.
    pub server: String,
}

#[derive(Serialize)]
struct Entry<'a> {
    cluster: ClusterId,
    name: &'a str,
}

/// Adds clusters that are new, ends those that are gone, begins new facts where a title or an address changed; idempotent.
///
/// Returns every current cluster's id and name, in the order given. Coming and going is in the ledger.
pub async fn register(
    pool: &PgPool,
    clusters: &[Registered],
    at: Instant,
) -> Result<Vec<(ClusterId, String)>, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    store::lock_list(&mut tx).await?;
    let known = store::current(&mut tx).await?;
    let mut at = history::just_after(known.iter().map(|row| row.valid_from).max(), at);
    let gone: Vec<&store::Current> =
        known.iter().filter(|row| clusters.iter().all(|cluster| cluster.name != row.name)).collect();
    for row in &gone {
        at = history::departed_at(&mut tx, ClusterId(row.id), at).await?;
    }
    let mut ids = Vec::with_capacity(clusters.len());
    let mut added = Vec::new();
    for cluster in clusters {
        let id = if let Some(row) = known.iter().find(|row| row.name == cluster.name) {
            if row.title != cluster.title || row.server != cluster.server {
                let facts = (cluster.title.as_str(), cluster.server.as_str(), row.version.as_deref());
                store::replace_facts(&mut tx, ClusterId(row.id), facts, at).await?;
            }
            ClusterId(row.id)
        } else {
            let id = ClusterId(new_id(at));
            store::insert(&mut tx, id, cluster, at).await?;
            added.push(Entry { cluster: id, name: &cluster.name });
            id
        };
        ids.push((id, cluster.name.clone()));
    }
    for row in &gone {
        history::depart(&mut tx, ClusterId(row.id), at).await?;
        store::end(&mut tx, ClusterId(row.id), at).await?;
    }
    for entry in &added {
        ledger::append(&mut tx, at, "system", "cluster.add", entry).await?;
    }
    for row in gone {
        let entry = Entry { cluster: ClusterId(row.id), name: &row.name };
        ledger::append(&mut tx, at, "system", "cluster.remove", &entry).await?;
    }
    tx.commit().await?;
    Ok(ids)
}

/// Notes the version that a cluster's API server told, where it is another than before.
pub async fn set_version(pool: &PgPool, id: ClusterId, version: &str, at: Instant) -> Result<(), sqlx::Error> {
    if store::version(pool, id).await?.as_deref() == Some(version) {
        return Ok(());
    }
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    store::lock_list(&mut tx).await?;
    let known = store::current(&mut tx).await?;
    if let Some(row) = known.iter().find(|row| row.id == id.0 && row.version.as_deref() != Some(version)) {
        let at = history::just_after(Some(row.valid_from), at);
        store::replace_facts(&mut tx, id, (&row.title, &row.server, Some(version)), at).await?;
    }
    tx.commit().await
}
