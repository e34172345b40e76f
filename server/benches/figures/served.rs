//! Pages as a browser gets them: asked of the program over HTTP by somebody who is logged in, with all that it does on
//! the way (session, visit, layers), and what of it goes over the wire.

use crate::{
    bevis::Bevis,
    http::Hello,
    lists::ROUNDS,
    measure::{Floor, Samples, Table},
    scratch::Scratch,
};
use anyhow::ensure;
use model::role::Role;
use server::{auth::session, clock::Clock, config};
use sqlx::PgPool;
use std::time::Duration;

/// What the islands load, beside the page.
const ISLANDS: [&str; 3] = ["/static/js/boot.js", "/static/pkg/bevis.js", "/static/pkg/bevis_bg.wasm"];

/// Measures the whole way to a page, on what the lists have left in the database.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    let hello = Hello::serve().await?;
    let bevis = Bevis::start(&scratch.url(), "").await?;
    let session = viewer(&scratch.owner).await?;
    // One connection, as a browser keeps it.
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    for path in ["/findings", "/", "/controls/A.8.13"] {
        let whole = Samples::of(ROUNDS, async || get(&client, &bevis.at(path), &session).await).await?;
        let floor = Samples::of(ROUNDS, async || get(&client, hello.url(), &session).await).await?;
        let floor = Floor { what: "a static answer over HTTP", samples: floor };
        table.time(&format!("GET {path}, over HTTP"), "", &whole, Some(&floor), "session, layers and rendering");
    }
    let mut sizes = Vec::new();
    for path in ISLANDS {
        sizes.push(get(&client, &bevis.at(path), &session).await?);
    }
    let all: usize = sizes.iter().sum();
    table.value("islands over the wire", "< 100 kB", format!("{all} bytes br"), "their code and its loader");
    Ok(())
}

/// Asks, and tells how many bytes came.
async fn get(client: &reqwest::Client, url: &str, session: &str) -> anyhow::Result<usize> {
    let cookie = format!("bevis_session={session}; __Host-bevis_session={session}");
    let answer = client.get(url).header("cookie", cookie).header("accept-encoding", "br").send().await?;
    ensure!(answer.status() == http::StatusCode::OK, "{url} answers {}", answer.status());
    Ok(answer.bytes().await?.len())
}

/// A session of somebody who may look.
async fn viewer(owner: &PgPool) -> anyhow::Result<String> {
    let now = Clock::system().now();
    let mut db = owner.acquire().await?;
    let id = uuid::Uuid::now_v7();
    sqlx::query!(
        "INSERT INTO person (id, issuer, subject, name, created_at, last_login_at) VALUES ($1, 'test', $2, $3, $4, $4)",
        id,
        id.to_string(),
        "Viewer",
        now,
    )
    .execute(&mut *db)
    .await?;
    let new = session::New { person: id.into(), roles: &[Role::Viewer], id_token: None, provider_sid: None };
    let begun = session::begin(&mut db, &config::Session::default(), &new, now).await?;
    Ok(begun.id.reveal().to_owned())
}
