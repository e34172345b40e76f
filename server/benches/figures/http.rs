//! The floor of HTTP: a small static answer of the same stack, over loopback.

use crate::measure::{Samples, Table};
use axum::{Router, routing::get};
use std::time::{Duration, Instant};

const REQUESTS: usize = 20_000;
const CLIENTS: usize = 16;

/// Measures the floor.
pub(crate) async fn figures(table: &mut Table) -> anyhow::Result<()> {
    let hello = Hello::serve().await?;
    let url = hello.url();
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    let samples = Samples::of(2_000, async || Ok(client.get(url).send().await?.bytes().await?)).await?;
    table.time("HTTP floor: a static answer, one client", "", &samples, None, "");
    let start = Instant::now();
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let (client, url) = (client.clone(), url.to_owned());
        clients.spawn(async move {
            for _ in 0..REQUESTS / CLIENTS {
                client.get(&url).send().await?.bytes().await?;
            }
            Ok::<_, reqwest::Error>(())
        });
    }
    while let Some(outcome) = clients.join_next().await {
        outcome??;
    }
    let rate = u64::try_from(REQUESTS)? * 1_000 / u64::try_from(start.elapsed().as_millis().max(1))?;
    table.value(
        "HTTP floor: a static answer, 16 clients",
        "",
        format!("{rate} requests/s"),
        "client and server on the same cores",
    );
    Ok(())
}

/// A server of the same stack that does nothing; it ends when this is dropped.
pub(crate) struct Hello {
    url: String,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Hello {
    /// Serves on a free port.
    pub(crate) async fn serve() -> anyhow::Result<Self> {
        // The second time it is there already.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let router = Router::new().route("/", get(|| async { "Hello" }));
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, server })
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Hello {
    fn drop(&mut self) {
        self.server.abort();
    }
}
