//! The program itself, as a process of its own.

use anyhow::{Context, ensure};
use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const BEVIS: &str = env!("CARGO_BIN_EXE_bevis");

/// `bevis serve`; it ends when this is dropped, however that comes.
pub(crate) struct Bevis {
    process: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Drop for Bevis {
    fn drop(&mut self) {
        let _gone_already = self.process.kill();
        let _gone_already = self.process.wait();
    }
}

impl Bevis {
    /// Starts it on a database, with `more` in its configuration, and waits until it is ready.
    pub(crate) async fn start(database: &str, more: &str) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let config = folder.path().join("bevis.toml");
        fs::write(&config, configuration(database, port, folder.path()) + more)?;
        let made =
            Command::new(BEVIS).arg("keygen").arg(folder.path().join("key.pem")).stdout(Stdio::null()).status()?;
        ensure!(made.success(), "no signing key was made");
        let arguments = ["--log", "error", "serve"];
        let process = Command::new(BEVIS).arg("--config").arg(&config).args(arguments).stdout(Stdio::null()).spawn()?;
        let bevis = Self { process, port, _folder: folder };
        ready(port).await?;
        Ok(bevis)
    }

    /// The address of a page.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Megabytes that it has in memory now.
    pub(crate) fn resident(&self) -> anyhow::Result<f64> {
        self.memory("VmRSS:")
    }

    /// Megabytes that it had in memory at most.
    pub(crate) fn peak(&self) -> anyhow::Result<f64> {
        self.memory("VmHWM:")
    }

    /// As Linux counts it.
    fn memory(&self, what: &str) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(what)).context("Linux tells no such figure")?;
        Ok(line.trim_end_matches("kB").trim().parse::<f64>()? / 1_024.0)
    }
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
