//! The chain of audit batches: each has the hash of the one before, and an entry in the ledger.

use super::{batch::AuditSummary, receive::Arrival, store::batches as store};
use crate::{
    db::integer,
    ledger::{self, instant_text},
    retention::Class,
};
use model::{Instant, ids::ClusterId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use std::collections::HashMap;
use uuid::Uuid;

/// The word of a batch in the ledger.
const ACTION: &str = "audit_batch";
/// The word of a dropping in the ledger; `retention_drop` in the database writes it.
const DROPPED: &str = "retention.drop";

/// A batch as it is kept.
#[derive(Clone, Debug)]
pub(super) struct AuditBatch {
    pub(super) cluster: Uuid,
    pub(super) seq: i64,
    pub(super) received_at: Instant,
    pub(super) sha256: Vec<u8>,
    pub(super) events: i32,
    pub(super) first_at: Option<Instant>,
    pub(super) last_at: Option<Instant>,
    pub(super) counts: String,
    pub(super) prev_hash: Vec<u8>,
    pub(super) hash: Vec<u8>,
}

/// What the ledger says of a batch.
#[derive(Serialize, Deserialize)]
struct Entry {
    cluster: Uuid,
    batch: i64,
    hash: String,
    events: i32,
}

/// Why the audit batches are not what they were.
#[derive(Debug, thiserror::Error)]
pub enum AuditFault {
    /// A number is missing, and was not dropped by a policy of retention.
    #[error("batch {seq} of cluster {cluster} is missing")]
    Gap {
        /// The cluster.
        cluster: ClusterId,
        /// The number.
        seq: i64,
    },
    /// A batch is not what was hashed, or not after the one before.
    #[error("batch {seq} of cluster {cluster} was changed")]
    Changed {
        /// The cluster.
        cluster: ClusterId,
        /// The number.
        seq: i64,
    },
    /// A batch without its entry in the ledger, or with another.
    #[error("batch {seq} of cluster {cluster} is not the one that the ledger has")]
    NotInLedger {
        /// The cluster.
        cluster: ClusterId,
        /// The number.
        seq: i64,
    },
    /// A body that was kept is not the one that arrived.
    #[error("{0} of the bodies that are kept were changed")]
    Bodies(i64),
    /// The database.
    #[error("the batches cannot be read: {0}")]
    Unreadable(#[from] sqlx::Error),
}

impl AuditBatch {
    fn digest(&self) -> [u8; 32] {
        let instant = |at: Option<Instant>| at.map(instant_text).unwrap_or_default();
        let mut hasher = Sha256::new();
        for part in [
            "bevis audit batch/1",
            &self.cluster.to_string(),
            &self.seq.to_string(),
            &instant(Some(self.received_at)),
            &hex::encode(&self.sha256),
            &self.events.to_string(),
            &instant(self.first_at),
            &instant(self.last_at),
            &self.counts,
            &hex::encode(&self.prev_hash),
        ] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize().into()
    }
}

/// Adds a batch, and its entry in the ledger. The caller holds the cluster's chain; call it last.
pub(super) async fn append(
    db: &mut PgConnection,
    arrival: &Arrival<'_>,
    summary: &AuditSummary,
) -> Result<(), sqlx::Error> {
    let cluster = arrival.sender.cluster.0;
    let (last, prev_hash) = store::last(db, cluster).await?.unwrap_or((0, vec![0; 32]));
    let mut batch = AuditBatch {
        cluster,
        seq: last + 1,
        received_at: store::kept(arrival.at),
        sha256: arrival.batch.sha256.to_vec(),
        events: integer(arrival.batch.content.len()),
        first_at: summary.first_at.map(store::kept),
        last_at: summary.last_at.map(store::kept),
        counts: summary.counts.clone(),
        prev_hash,
        hash: Vec::new(),
    };
    batch.hash = batch.digest().to_vec();
    store::insert(db, &batch).await?;
    let entry = Entry { cluster, batch: batch.seq, hash: hex::encode(&batch.hash), events: batch.events };
    ledger::append(db, arrival.at, "system", ACTION, &entry).await?;
    Ok(())
}

/// Recomputes every batch of every cluster, and compares it with the ledger; how many there are, or the first fault.
pub async fn verify(pool: &PgPool) -> Result<u64, AuditFault> {
    let mut entries = in_ledger(pool).await?;
    let retained_from = retained_from(pool).await?;
    let dropped = |at: Instant| retained_from.is_some_and(|from| at < from);
    let (mut count, mut after) = (0, (Uuid::nil(), 0));
    let mut prev = vec![0; 32];
    loop {
        let page = store::page(pool, after).await?;
        let Some(last) = page.last() else { break };
        let next = (last.cluster, last.seq);
        for batch in page {
            let (cluster, seq) = (ClusterId(batch.cluster), batch.seq);
            if batch.cluster != after.0 {
                after = (batch.cluster, 0);
                prev = vec![0; 32];
                // What was dropped is still named by the ledger, one by one, and nothing else may be missing.
                while after.1 + 1 < seq
                    && let Some(hash) = entries.remove(&(batch.cluster, after.1 + 1)).filter(|named| dropped(named.at))
                {
                    after.1 += 1;
                    prev = hex::decode(hash.hash).unwrap_or_default();
                }
            }
            if seq != after.1 + 1 {
                return Err(AuditFault::Gap { cluster, seq: after.1 + 1 });
            }
            if batch.prev_hash != prev || batch.digest()[..] != batch.hash[..] {
                return Err(AuditFault::Changed { cluster, seq });
            }
            if entries.remove(&(batch.cluster, seq)).map(|named| named.hash) != Some(hex::encode(&batch.hash)) {
                return Err(AuditFault::NotInLedger { cluster, seq });
            }
            prev = batch.hash;
            after = (batch.cluster, seq);
            count += 1;
        }
        after = next;
    }
    if let Some((cluster, seq)) = entries.into_keys().min() {
        return Err(AuditFault::Gap { cluster: ClusterId(cluster), seq });
    }
    match store::changed_bodies(pool).await? {
        0 => Ok(count),
        changed => Err(AuditFault::Bodies(changed)),
    }
}

/// What the ledger says of a policy that dropped something.
#[derive(Deserialize)]
struct Dropping {
    class: String,
    until: Instant,
}

/// The instant before which a policy dropped digests. The ledger is asked, whose chain shows what was added or changed, and
/// not the table of what was dropped.
async fn retained_from(pool: &PgPool) -> Result<Option<Instant>, sqlx::Error> {
    let mut newest = None;
    for (_, payload) in store::ledger_payloads(pool, DROPPED).await? {
        let dropping: Dropping = serde_json::from_str(&payload).map_err(|error| sqlx::Error::Decode(error.into()))?;
        if dropping.class == Class::AuditDigests.as_str() {
            newest = newest.max(Some(dropping.until));
        }
    }
    Ok(newest)
}

/// A batch as the ledger names it.
struct Named {
    at: Instant,
    hash: String,
}

/// What the ledger says of every batch.
async fn in_ledger(pool: &PgPool) -> Result<HashMap<(Uuid, i64), Named>, sqlx::Error> {
    let payloads = store::ledger_payloads(pool, ACTION).await?;
    let entries = payloads.into_iter().map(|(at, payload)| {
        let entry: Entry = serde_json::from_str(&payload).map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok(((entry.cluster, entry.batch), Named { at, hash: entry.hash }))
    });
    entries.collect()
}
