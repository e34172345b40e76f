//! All sources of a large cluster read and recorded by `bevis serve`, and again with nothing changed.
//!
//! The simulated API server is a process of its own (this program, started anew), and so is Bevis: neither counts for the
//! other's memory. The floor is the large lists fetched in the same pages, and thrown away.

use crate::{
    measure::{Floor, Samples, Table},
    reading,
    rounds::rounds,
    scratch::Scratch,
};
use anyhow::Context;
use chrono::{DateTime, TimeDelta};
use fleet::{
    cluster::{Settings, SimCluster, Size, World},
    now::Now,
};
use server::{collect::client, config::ScanSettings};
use std::{
    io::{BufRead, BufReader, Read},
    num::NonZeroU32,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The argument with which this program is a simulated API server and nothing else.
pub(crate) const SIMULATE: &str = "--simulate-large-cluster";
const SIZE: Size = Size { workloads: 2_000, reports: 5_000, vulnerabilities: 100_000, results: 20_000 };
/// The first reads everything; the last may not find anything changed.
const ROUNDS: usize = 4;
/// The lists that are most of the bytes.
const LARGE: [&str; 4] = [
    "/apis/aquasecurity.github.io/v1alpha1/vulnerabilityreports",
    "/apis/wgpolicyk8s.io/v1alpha2/policyreports",
    "/apis/apps/v1/deployments",
    "/api/v1/pods",
];

/// Serves the cluster until its input ends; its output is a kubeconfig on one line.
#[expect(clippy::disallowed_methods, reason = "the reports of a large cluster must be of today, or they are stale")]
pub(crate) async fn simulate() -> anyhow::Result<()> {
    let at: DateTime<chrono::Utc> = chrono::Utc::now() - TimeDelta::minutes(1);
    let cluster = SimCluster::hold(Settings::new("large", Now::system()), World::large(SIZE, at)).await?;
    println!("{}", cluster.kubeconfig().replace('\n', " "));
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    Ok(())
}

/// The server's process; it ends when this is dropped.
struct Simulated(Child);

impl Drop for Simulated {
    fn drop(&mut self) {
        let _gone_already = self.0.kill();
        let _gone_already = self.0.wait();
    }
}

impl Simulated {
    fn start(kubeconfig: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut process = command.arg(SIMULATE).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().context("the simulated server has no output")?;
        let simulated = Self(process);
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        std::fs::write(kubeconfig, line)?;
        Ok(simulated)
    }
}

/// Measures it.
pub(crate) async fn figures(scratch: &Scratch, table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let kubeconfig = folder.path().join("kubeconfig");
    let _server = Simulated::start(&kubeconfig)?;
    let floor = floor(&kubeconfig).await?;
    let all = rounds(&scratch.owner, &scratch.url(), &kubeconfig, ROUNDS, "").await?;
    let (first, unchanged) = all.split_first().context("a round")?;
    let counted = |round: &crate::rounds::Round| format!("{} requests, {} kB", round.requests, round.bytes / 1_000);
    let one = |took: Duration| {
        let mut samples = Samples::default();
        samples.add(took);
        samples
    };
    table.time("a large cluster read and recorded", "< 60 s", &one(first.took), Some(&floor), &counted(first));
    table.value(
        "... Bevis' memory meanwhile",
        "< 300 MB",
        format!("{:.0} MB at most", first.peak),
        "a process of its own, from its start on",
    );
    let mut again = Samples::default();
    for round in unchanged {
        again.add(round.took);
    }
    let last = unchanged.last().context("another round")?;
    table.time("... and again, with nothing changed", "< 10 s", &again, Some(&floor), &counted(last));
    table.value("... Bevis' memory by then", "< 300 MB", format!("{:.0} MB at most", last.peak), "");
    Ok(())
}

/// The large lists, fetched by the same client and not looked at.
async fn floor(kubeconfig: &Path) -> anyhow::Result<Floor> {
    let config = reading::config(kubeconfig)?;
    let quickly = NonZeroU32::new(1_000_000).context("a number")?;
    let settings = ScanSettings { requests_per_second: quickly, max_scan_mb: 100_000, ..ScanSettings::default() };
    let client = client::connect(config.clusters.first().context("one cluster is configured")?, &settings).await?;
    let samples = Samples::of(2, async || {
        for list in LARGE {
            reading::drain(&client, list, settings.page_size).await?;
        }
        Ok(())
    });
    Ok(Floor { what: "its large lists, unread", samples: samples.await? })
}
