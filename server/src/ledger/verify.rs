//! Walks the whole chain, as `bevis ledger verify` does.

use super::{Head, store};
use pack::ledger::{Chain, ChainFault};
use sqlx::PgPool;
use std::process::ExitCode;

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

/// `bevis ledger verify`: prints the head, or the first link that is broken.
pub async fn verify_command(pool: &PgPool) -> anyhow::Result<ExitCode> {
    let (sentence, code) = match verify(pool).await {
        Ok(Head { seq, hash }) => {
            (format!("The ledger holds together: {seq} entries, head {hash}."), ExitCode::SUCCESS)
        }
        Err(Broken::Link(fault)) => (format!("The ledger is broken. {fault}."), ExitCode::FAILURE),
        Err(Broken::Unreadable(error)) => return Err(error.into()),
    };
    #[expect(clippy::print_stdout, reason = "the verdict is what the command is for")]
    {
        println!("{sentence}");
    }
    Ok(code)
}
