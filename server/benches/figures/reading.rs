//! Reading 10,000 objects of 3 kB from an API server, beside the time that the server itself takes.
//!
//! The server is the simulated one; with a real one its own time is many times longer, and the ratio better.

use crate::{
    data::minute,
    measure::{Floor, Samples, Table},
};
use anyhow::Context;
use fleet::{
    cluster::{Settings, SimCluster, World},
    now::Now,
};
use server::{
    collect::{client, list},
    config::{Config, ScanSettings},
};
use sources::{objects::cert_manager::Certificate, request};
use std::{num::NonZeroU32, path::Path};

const OBJECTS: usize = 10_000;
const ROUNDS: usize = 5;

/// Measures reading.
pub(crate) async fn figures(table: &mut Table) -> anyhow::Result<()> {
    let settings = Settings::new("many", Now::manual(minute(0)));
    let cluster = SimCluster::hold(settings, World::many(OBJECTS, minute(0))).await?;
    let folder = tempfile::tempdir()?;
    let kubeconfig = folder.path().join("kubeconfig");
    cluster.write_kubeconfig(&kubeconfig)?;
    let config = config(&kubeconfig)?;
    // Reading is measured, not waiting for its turn.
    let requests_per_second = NonZeroU32::new(1_000_000).context("a number")?;
    let scan = ScanSettings { requests_per_second, max_scan_mb: 100_000, ..ScanSettings::default() };
    let client = client::connect(config.clusters.first().context("one cluster is configured")?, &scan).await?;
    let samples = Samples::of(ROUNDS, async || {
        let listed = list::list::<Certificate>(&client, &request::CERTIFICATES, &scan, &|_| {}).await;
        anyhow::ensure!(listed.items.len() == OBJECTS, "{} of {OBJECTS} objects were read", listed.items.len());
        Ok(listed)
    });
    let samples = samples.await?;
    let (drained, bytes) = drained(&client, scan.page_size).await?;
    let floor = Floor { what: "the same pages, unread", samples: drained };
    let note = format!("{bytes} bytes from the simulated API server");
    table.time("10,000 objects of 3 kB read", "< 1.2x", &samples, Some(&floor), &note);
    Ok(())
}

/// The same requests by the same client, whose answers are thrown away.
async fn drained(client: &client::Client, page_size: u32) -> anyhow::Result<(Samples, usize)> {
    let mut bytes = 0;
    let samples = Samples::of(ROUNDS, async || {
        bytes = drain(client, "/apis/cert-manager.io/v1/certificates", page_size).await?;
        Ok(())
    });
    let samples = samples.await?;
    Ok((samples, bytes))
}

/// Fetches a list and throws it away; its bytes.
pub(crate) async fn drain(client: &client::Client, list: &str, page_size: u32) -> anyhow::Result<usize> {
    let mut bytes = 0;
    let mut after = String::new();
    loop {
        let path = format!("{list}?limit={page_size}{after}");
        let body = client.get(&path, "application/json", "").await?.body;
        bytes += body.len();
        match continuation(&body) {
            Some(token) => after = format!("&continue={token}"),
            None => return Ok(bytes),
        }
    }
}

/// The token of the next page, cut out without parsing.
fn continuation(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, after) = text.split_once("\"continue\":\"")?;
    after.split_once('"').map(|(token, _)| token.to_owned()).filter(|token| !token.is_empty())
}

/// A configuration with one cluster.
pub(crate) fn config(kubeconfig: &Path) -> anyhow::Result<Config> {
    let text = format!(
        r#"public_url = "http://127.0.0.1:8080"
           database.url = "postgres://nobody@127.0.0.1/none"
           signing.key_file = "none"
           [login]
           issuer = "http://127.0.0.1:9"
           client_id = "bevis"
           client_secret = "none"
           allow_http_loopback = true
           roles.viewer = ["staff"]
           [[cluster]]
           name = "many"
           kubeconfig = "{}""#,
        kubeconfig.display(),
    );
    Ok(Config::parse(&text, Path::new("bench.toml"))?)
}
