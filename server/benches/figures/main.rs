//! The figures of speed, each beside a target and a floor measured in the same run.
//!
//! `DATABASE_URL` names a PostgreSQL server on which a scratch database may be created; it is dropped at the end.
//! Figures are printed, never asserted: a slow machine fails nothing.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

mod data;
mod history;
mod http;
mod lists;
mod measure;
mod pages;
mod reading;
mod resident;
mod scratch;
mod trends;

use measure::Table;

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` runs every bench with `--test`; there is nothing to test here.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    #[expect(clippy::disallowed_methods, reason = "a program's main reads the environment")]
    let url = std::env::var("DATABASE_URL").map_err(|_| {
        anyhow::anyhow!("set DATABASE_URL to a PostgreSQL server on which a scratch database may be created")
    })?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(&url))
}

async fn run(url: &str) -> anyhow::Result<()> {
    let scratch = scratch::Scratch::create(url).await?;
    println!("{}", scratch.describe().await?);
    let outcome = figures(&scratch).await;
    // Before anything else can fail: measuring takes minutes.
    if let Ok(table) = &outcome {
        print!("{table}");
    }
    scratch.drop().await?;
    outcome.map(drop)
}

async fn figures(scratch: &scratch::Scratch) -> anyhow::Result<Table> {
    let mut table = Table::default();
    history::figures(scratch, &mut table).await?;
    lists::figures(scratch, &mut table).await?;
    reading::figures(&mut table).await?;
    http::figures(&mut table).await?;
    trends::figures(scratch, &mut table).await?;
    resident::figures(scratch, &mut table).await?;
    Ok(table)
}
