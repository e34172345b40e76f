//! Reading clusters: connect, list, judge, record, on a schedule.
//!
//! Reads the clusters of the configuration over the Kubernetes API; writes scans through `history`, and leases.
//! Never writes to a cluster, never reads a Secret, and never takes silence for good news.

mod access;
mod budget;
pub mod client;
mod dry_run;
mod exec;
pub mod hello;
mod issuer;
mod keeper;
pub mod list;
mod lists;
mod memory;
mod network;
mod packed;
mod raw;
mod reader;
mod record;
mod runner;
pub mod scan;
mod sisters;
mod soon;
mod store;
#[cfg(test)]
mod tests;
mod trial;
mod unchanged;

pub use access::server;
pub use dry_run::dry_run;
pub use keeper::Keeper;
pub use runner::{run, scan_now};
pub use scan::{Session, Standing, Target};
pub use sisters::Sisters;
pub use sources::ReadError;
pub use trial::{Trial, try_check};

use model::{ids::ClusterId, scan::Coverage, source::Source};
use serde::Serialize;
use tokio::sync::broadcast;

/// A step of a running scan, for pages that watch.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The cluster.
    pub cluster: ClusterId,
    /// Its name.
    pub cluster_name: String,
    /// The source.
    pub source: Source,
    /// Objects read so far.
    pub objects: u32,
    /// How it ended; `None` while it runs.
    pub ended: Option<Coverage>,
}

/// Broadcasts the steps of running scans; slow listeners miss some, and never slow a scan.
#[derive(Clone, Debug)]
pub struct Progress(broadcast::Sender<Step>);

impl Default for Progress {
    fn default() -> Self {
        Self(broadcast::Sender::new(256))
    }
}

impl Progress {
    /// Tells whoever listens.
    pub fn tell(&self, step: Step) {
        // An error means that nobody listens.
        let _nobody = self.0.send(step);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Step> {
        self.0.subscribe()
    }
}
