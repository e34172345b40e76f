//! What `bevis serve` keeps in memory while nothing is asked of it.

use crate::{measure::Table, scratch::Scratch};
use anyhow::{Context, ensure};
use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const BEVIS: &str = env!("CARGO_BIN_EXE_bevis");

/// Ends the server, however the measuring ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _gone_already = self.0.kill();
        let _gone_already = self.0.wait();
    }
}

/// Starts the program with a cluster's worth of history behind it, lets it settle, and reads its resident memory.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let config = folder.path().join("bevis.toml");
    fs::write(&config, configuration(&scratch.url(), port, folder.path()))?;
    let key = folder.path().join("key.pem");
    let made = Command::new(BEVIS).arg("keygen").arg(&key).stdout(Stdio::null()).status()?;
    ensure!(made.success(), "no signing key was made");
    let server = Running(
        Command::new(BEVIS)
            .arg("--config")
            .arg(&config)
            .args(["--log", "error", "serve"])
            .stdout(Stdio::null())
            .spawn()?,
    );
    ready(port).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let kilobytes = resident(server.0.id())?;
    table.value(
        "`bevis serve` idle",
        "< 100 MB",
        format!("{:.1} MB resident", kilobytes / 1_024.0),
        "5 s after its start",
    );
    Ok(())
}

fn configuration(database: &str, port: u16, folder: &Path) -> String {
    format!(
        "listen = '127.0.0.1:{port}'\npublic_url = 'http://127.0.0.1:{port}'\n[database]\nurl = '{database}'\n\
         [signing]\nkey_file = '{}'\n[login]\nissuer = 'http://127.0.0.1:9/nobody'\nclient_id = 'bevis'\n\
         client_secret = 'none'\nallow_http_loopback = true\n[login.roles]\n",
        folder.join("key.pem").display()
    )
}

async fn ready(port: u16) -> anyhow::Result<()> {
    let client = reqwest::Client::builder().timeout(Duration::from_secs(1)).build()?;
    let begun = Instant::now();
    loop {
        match client.get(format!("http://127.0.0.1:{port}/readyz")).send().await {
            Ok(answer) if answer.status().is_success() => return Ok(()),
            _ => ensure!(begun.elapsed() < Duration::from_secs(30), "bevis serve did not become ready"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Kilobytes that a process has in memory, as Linux counts them.
fn resident(process: u32) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim_start_matches("VmRSS:").trim_end_matches("kB").trim().parse()?)
}
