//! Walks the whole chain, as `bevis ledger verify` does.

use super::{Head, store};
use pack::ledger::{Chain, ChainFault};
use sqlx::PgPool;

/// Entries read at a time.
const PAGE: i64 = 5_000;

/// Why the chain is refused.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The first link that does not hold.
    #[error(transparent)]
    Link(#[from] ChainFault),
    /// The ledger cannot be read.
    #[error("the ledger cannot be read: {0}")]
    Unreadable(#[from] sqlx::Error),
}

/// Recomputes every hash from the first entry on; tells the head, or the first broken link.
pub async fn verify(pool: &PgPool) -> Result<Head, Broken> {
    let mut db = pool.acquire().await?;
    let mut chain = Chain::default();
    loop {
        let page = store::entries(&mut db, chain.seq(), PAGE).await?;
        if page.is_empty() {
            return Ok(Head { seq: chain.seq(), hash: hex::encode(chain.hash()) });
        }
        for entry in page {
            chain.add(&store::proof(entry))?;
        }
    }
}
