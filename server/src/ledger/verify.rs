//! Walks the whole chain: as `bevis ledger verify` does, and the server by itself every now and then.

use super::{Head, store};
use crate::{clock::Clock, db::new_id};
use model::views::{BrokenLink, LedgerCheck};
use pack::ledger::{Chain, ChainFault};
use sqlx::PgPool;
use std::process::ExitCode;

/// Entries read at a time, which bounds the memory of a recomputation.
const PAGE: i64 = 5_000;

/// Why the chain is refused.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The first link that does not hold.
    #[error(transparent)]
    Link(#[from] ChainFault),
    /// The chain holds, and is not the one that was there before.
    #[error("ledger entry {seq}: a head that was noted before is another now (expected {expected}, found {found})")]
    Witness {
        /// The number of the entry.
        seq: i64,
        /// Its hash as it was noted.
        expected: String,
        /// Its hash now; empty where it is gone.
        found: String,
    },
    /// The ledger cannot be read.
    #[error("the ledger cannot be read: {0}")]
    Unreadable(#[from] sqlx::Error),
}

/// Recomputes every hash from the first entry on, and compares with the heads that were noted before; tells the head, or the
/// first link that does not hold.
pub async fn verify(pool: &PgPool) -> Result<Head, Broken> {
    let mut chain = Chain::default();
    follow(pool, &mut chain).await?;
    Ok(head(&chain))
}

fn head(chain: &Chain) -> Head {
    Head { seq: chain.seq(), hash: hex::encode(chain.hash()) }
}

/// Follows the chain as far as it holds.
async fn follow(pool: &PgPool, chain: &mut Chain) -> Result<(), Broken> {
    let broken = loop {
        // A connection a page, so that a long chain keeps nobody waiting.
        let page = store::entries(&mut *pool.acquire().await?, chain.seq(), PAGE).await?;
        if page.is_empty() {
            break None;
        }
        if let Err(fault) = page.into_iter().try_for_each(|entry| chain.add(&store::proof(entry))) {
            break Some(fault);
        }
    };
    let lost = store::checks::lost_witness(&mut *pool.acquire().await?).await?;
    match (broken, lost) {
        (Some(fault), Some((seq, ..))) if fault.seq <= seq => Err(fault.into()),
        (_, Some((seq, expected, found))) => Err(Broken::Witness {
            seq,
            expected: hex::encode(expected),
            found: found.map(hex::encode).unwrap_or_default(),
        }),
        (Some(fault), None) => Err(fault.into()),
        (None, None) => Ok(()),
    }
}

/// Recomputes the chain and puts on record what was found.
pub async fn check(pool: &PgPool, clock: &Clock) -> Result<LedgerCheck, sqlx::Error> {
    let started_at = clock.now();
    let mut chain = Chain::default();
    let broken = match follow(pool, &mut chain).await {
        Ok(()) => None,
        Err(Broken::Link(ChainFault { seq, link, expected, found })) => {
            Some(BrokenLink { seq, link: link.as_str().into(), expected, found })
        }
        Err(Broken::Witness { seq, expected, found }) => {
            Some(BrokenLink { seq, link: "witness".into(), expected, found })
        }
        Err(Broken::Unreadable(error)) => return Err(error),
    };
    let head = head(&chain);
    let finished_at = clock.now();
    let check = LedgerCheck { started_at, finished_at, entries: head.seq, head: head.hash, broken };
    store::checks::insert(&mut *pool.acquire().await?, new_id(finished_at), &check, chain.hash()).await?;
    Ok(check)
}

/// `bevis ledger verify`: prints the head, or the first link that is broken.
pub async fn verify_command(pool: &PgPool) -> anyhow::Result<ExitCode> {
    let (sentence, code) = match verify(pool).await {
        Ok(Head { seq, hash }) => {
            (format!("The ledger holds together: {seq} entries, head {hash}."), ExitCode::SUCCESS)
        }
        Err(Broken::Unreadable(error)) => return Err(error.into()),
        Err(fault) => (format!("The ledger is broken. {fault}."), ExitCode::FAILURE),
    };
    #[expect(clippy::print_stdout, reason = "the verdict is what the command is for")]
    {
        println!("{sentence}");
    }
    Ok(code)
}
