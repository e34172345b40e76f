//! A new rule of identity: every finding gets its key by the new rule, once, recorded in the ledger.
//!
//! What a finding is about was written when it was first found, and the rule is a function of that: so each old finding
//! has exactly one new key. Findings that have become one by the new rule go on as one of them: one that is failing rather
//! than one that is not, and of these one of which nobody decided anything, then one whose risk nobody accepted: so no
//! acceptance covers what was not accepted, nor an acknowledgement what nobody looked at; then the worse, the older. A finding that falls apart goes on as the part that it names itself, with its
//! decisions; the other parts are found anew by the next scan. Nothing that was recorded is changed.

use super::{
    just_after,
    store::{
        self,
        rekey::{self as rows, Batch},
        rollup::{self, Key},
    },
};
use crate::{db::new_id, ledger, settle};
use model::{Instant, finding::Identity, ids::ClusterId};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What re-keying did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rekeyed {
    /// The act.
    pub rekey: Uuid,
    /// The version of the rule before.
    pub from_version: i16,
    /// The version of the rule since then.
    pub to_version: i16,
    /// Findings that got a key.
    pub findings: u64,
    /// Of those, findings that go on as another.
    pub merged: u64,
    /// SHA-256 over the ids and the new keys, in the order of the ids.
    pub keys_sha256: String,
}

/// History has keys of another version of the rule than this process has.
#[derive(Debug, thiserror::Error)]
#[error("findings have keys of version {known} of the rule of identity, and this process goes by version {own}")]
struct OtherVersion {
    known: i16,
    own: i16,
}

/// Gives every finding its key by a rule, where history goes by an older one; `None` where there is nothing to do.
///
/// Nobody else records meanwhile: whoever does waits, and then goes by the new keys or is refused.
pub async fn rekey(pool: &PgPool, identity: Identity, at: Instant) -> Result<Option<Rekeyed>, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let at = settle::alone(&mut tx, at).await?;
    let Some(from_version) = rows::older(&mut tx, identity.version).await? else { return Ok(None) };
    let id = new_id(at);
    let (findings, keys_sha256) = give_keys(&mut tx, identity).await?;
    let at = just_after(rows::newest_of_doubles(&mut tx, identity.version).await?, at);
    rows::insert_rekey(&mut tx, id, from_version, identity.version, at).await?;
    let merged = rows::merge(&mut tx, identity.version, at).await?;
    end_merged(&mut tx, id, identity.version, at).await?;
    let rekeyed = Rekeyed { rekey: id, from_version, to_version: identity.version, findings, merged, keys_sha256 };
    ledger::append(&mut tx, at, "system", "finding.rekey", &rekeyed).await?;
    tx.commit().await?;
    Ok(Some(rekeyed))
}

/// Refuses to record by another rule than history goes by.
pub(super) async fn refuse_other_version(db: &mut PgConnection, identity: Identity) -> Result<(), sqlx::Error> {
    let own = identity.version;
    match rows::version(db, own).await? {
        Some(known) if known != own => Err(sqlx::Error::Configuration(Box::new(OtherVersion { known, own }))),
        _ => Ok(()),
    }
}

async fn give_keys(db: &mut PgConnection, identity: Identity) -> Result<(u64, String), sqlx::Error> {
    let mut hasher = Sha256::new();
    let (mut findings, mut after) = (0, Uuid::nil());
    loop {
        let batch: Batch = rows::batch(db, identity.version, after).await?;
        let Some(last) = batch.last() else { return Ok((findings, hex::encode(hasher.finalize()))) };
        after = last.id;
        let keys: Vec<Uuid> = batch.iter().map(|finding| (identity.of)(&finding.check, &finding.subject).0).collect();
        for (finding, key) in batch.iter().zip(&keys) {
            hasher.update(finding.id);
            hasher.update(key);
        }
        rows::insert_keys(db, identity.version, &batch, &keys).await?;
        findings += batch.len() as u64;
    }
}

/// Ends what is open of findings that go on as others, and takes them out of the counts.
async fn end_merged(db: &mut PgConnection, rekey: Uuid, version: i16, at: Instant) -> Result<(), sqlx::Error> {
    rows::end_unseen(db, version, at).await?;
    let ended = rows::end_merged(db, rekey, version, at).await?;
    let findings: Vec<Uuid> = ended.iter().map(|interval| interval.finding).collect();
    let (acknowledged, _) = store::acknowledged(db, &findings).await?;
    let mut steps: BTreeMap<(Uuid, String), BTreeMap<Key, i64>> = BTreeMap::new();
    for interval in ended {
        let acknowledged = acknowledged.contains(&interval.finding);
        let key = Key { check: interval.check, severity: interval.severity, acknowledged };
        *steps.entry((interval.cluster, interval.source)).or_default().entry(key).or_default() -= 1;
    }
    for ((cluster, source), steps) in steps {
        rollup::add(db, ClusterId(cluster), &source, &steps, at).await?;
    }
    Ok(())
}
