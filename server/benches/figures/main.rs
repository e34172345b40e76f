//! The figures of speed, each beside a target and a floor measured in the same run.
//!
//! `DATABASE_URL` names a PostgreSQL server on which a scratch database may be created; it is dropped at the end.
//! Figures are printed, never asserted: a slow machine fails nothing.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

mod bevis;
mod data;
mod decisions;
mod history;
mod http;
mod large;
mod lists;
mod measure;
mod pages;
mod reading;
mod resident;
mod rounds;
mod scratch;
mod served;
mod trends;
mod years;

use measure::Table;

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` runs every bench with `--test`; there is nothing to test here.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if std::env::args().any(|argument| argument == large::SIMULATE) {
        return runtime.block_on(large::simulate());
    }
    #[expect(clippy::disallowed_methods, reason = "a program's main reads the environment")]
    let url = std::env::var("DATABASE_URL").map_err(|_| {
        anyhow::anyhow!("set DATABASE_URL to a PostgreSQL server on which a scratch database may be created")
    })?;
    runtime.block_on(run(&url))
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

/// The groups of figures, in the order in which they are measured: each builds on what those before it left.
const GROUPS: [&str; 9] = ["history", "lists", "served", "reading", "large", "http", "trends", "resident", "years"];

async fn figures(scratch: &scratch::Scratch) -> anyhow::Result<Table> {
    let mut table = Table::default();
    // `make bench` measures all; `scripts/bench -- years`, ten minutes by itself, measures that alone.
    let named: Vec<String> = std::env::args().filter(|argument| GROUPS.contains(&argument.as_str())).collect();
    for group in GROUPS.iter().filter(|group| named.is_empty() || named.iter().any(|name| name == *group)) {
        eprintln!("measuring {group}");
        match *group {
            "history" => history::figures(scratch, &mut table).await?,
            "lists" => lists::figures(scratch, &mut table).await?,
            "served" => served::figures(scratch, &mut table).await?,
            "reading" => reading::figures(&mut table).await?,
            "large" => large::figures(scratch, &mut table).await?,
            "http" => http::figures(&mut table).await?,
            "trends" => trends::figures(scratch, &mut table).await?,
            "resident" => resident::figures(scratch, &mut table).await?,
            _ => years::figures(scratch, &mut table).await?,
        }
    }
    Ok(table)
}
