//! `bevis serve` beside one cluster: what each of its rounds asked for and took, and what memory it needed.

use super::bevis::Bevis;
use anyhow::ensure;
use sqlx::PgPool;
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// The name under which the cluster is registered.
pub(crate) const NAME: &str = "large";
/// A round takes longer than this only where something is wrong.
const PATIENCE: Duration = Duration::from_mins(10);

/// A round, from its greeting until the last of its sources had been recorded.
#[derive(Debug)]
pub(crate) struct Round {
    pub(crate) took: Duration,
    pub(crate) requests: i32,
    pub(crate) bytes: i64,
    /// Megabytes that the process had in memory at most, from its start until after this round.
    pub(crate) peak: f64,
}

/// Lets the program read a cluster `count` times, one round after the other; `scan` is more of `[scan]`.
pub(crate) async fn rounds(
    pool: &PgPool,
    database: &str,
    kubeconfig: &Path,
    count: usize,
    scan: &str,
) -> anyhow::Result<Vec<Round>> {
    let kubeconfig = kubeconfig.display();
    let more =
        format!("[scan]\ninterval_seconds = 1\n{scan}\n[[cluster]]\nname = '{NAME}'\nkubeconfig = '{kubeconfig}'\n");
    let bevis = Bevis::start(database, &more).await?;
    let mut rounds = Vec::new();
    while rounds.len() < count {
        rounds.push(round(pool, &bevis, rounds.len()).await?);
    }
    Ok(rounds)
}

/// The round after so many, when it is over.
async fn round(pool: &PgPool, bevis: &Bevis, after: usize) -> anyhow::Result<Round> {
    let begun = Instant::now();
    loop {
        let row = sqlx::query!(
            "SELECT started_at, ended_at, requests, bytes FROM scan_round ORDER BY recorded_at, id OFFSET $1 LIMIT 1",
            i64::try_from(after)?,
        );
        if let Some(row) = row.fetch_optional(pool).await? {
            return Ok(Round {
                took: (row.ended_at - row.started_at).to_std()?,
                requests: row.requests,
                bytes: row.bytes,
                peak: bevis.peak()?,
            });
        }
        ensure!(begun.elapsed() < PATIENCE, "the cluster was not read within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
