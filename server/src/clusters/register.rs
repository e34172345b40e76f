//! Brings the list of clusters in line with the configuration.

use super::store;
use crate::{db::new_id, history, ledger, settle};
use model::{Instant, ids::ClusterId, scan::Scan};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};

/// A cluster as the configuration has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registered {
    /// The name in URLs; unique in the configuration.
    pub name: String,
    /// Text for people.
    pub title: String,
    /// The address of its API server, without credentials.
    pub server: String,
    /// The name of the cluster that keeps its logs and its login service, where the configuration names one.
    pub management: Option<String>,
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
            let facts = store::Facts {
                title: cluster.title.clone(),
                server: cluster.server.clone(),
                management: cluster.management.clone(),
                ..row.facts.clone()
            };
            if facts != row.facts {
                store::replace_facts(&mut tx, ClusterId(row.id), &facts, at).await?;
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
    note(&mut tx, id, at, |facts| facts.version = Some(version.to_owned())).await?;
    tx.commit().await
}

/// Notes what a reading tells of its cluster, where it is something else than before; what it does not tell stays.
pub(crate) async fn note_facts(db: &mut PgConnection, scan: &Scan, at: Instant) -> Result<(), sqlx::Error> {
    let (platform, login) = (&scan.facts.platform, &scan.facts.login);
    if platform.is_none() && login.is_none() {
        return Ok(());
    }
    let set = |facts: &mut store::Facts| {
        facts.platform = platform.clone().or(facts.platform.take());
        facts.login = login.clone().or(facts.login.take());
    };
    let Some(known) = store::facts(&mut *db, scan.cluster).await? else { return Ok(()) };
    let mut told = known.clone();
    set(&mut told);
    if told == known { Ok(()) } else { note(db, scan.cluster, at, set).await }
}

/// Changes what is known of a current cluster, from `at` on or just after the last change.
async fn note(
    db: &mut PgConnection,
    id: ClusterId,
    at: Instant,
    set: impl FnOnce(&mut store::Facts),
) -> Result<(), sqlx::Error> {
    store::lock_list(&mut *db).await?;
    let known = store::current(&mut *db).await?;
    let Some(row) = known.into_iter().find(|row| row.id == id.0) else { return Ok(()) };
    let mut facts = row.facts.clone();
    set(&mut facts);
    if facts != row.facts {
        store::replace_facts(db, id, &facts, history::just_after(Some(row.valid_from), at)).await?;
    }
    Ok(())
}
