//! What `bevis serve` keeps in memory while nothing is asked of it.

use crate::{bevis::Bevis, measure::Table, scratch::Scratch};
use std::time::Duration;

/// Starts the program with a cluster's worth of history behind it, lets it settle, and reads its resident memory.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    let bevis = Bevis::start(&scratch.url(), "").await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let measured = format!("{:.1} MB resident", bevis.resident()?);
    table.value("`bevis serve` idle", "< 100 MB", measured, "5 s after its start");
    Ok(())
}
