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

/// Adds clusters that are new, ends those that are gone, updates titles and addresses; idempotent.
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
    let at = history::just_after(known.iter().map(|row| row.valid_from).max(), at);
    let mut ids = Vec::with_capacity(clusters.len());
    let mut added = Vec::new();
    for cluster in clusters {
        let id = if let Some(row) = known.iter().find(|row| row.name == cluster.name) {
            if row.title != cluster.title || row.server != cluster.server {
                store::update(&mut tx, ClusterId(row.id), cluster).await?;
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
    let gone: Vec<&store::Current> =
        known.iter().filter(|row| clusters.iter().all(|cluster| cluster.name != row.name)).collect();
    for row in &gone {
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
