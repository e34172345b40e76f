//! Reading over real HTTP, from servers that behave and servers that do not.

mod access;
mod answers;
mod budget;
mod paging;
mod random;
mod raw;
mod unchanged;

use crate::{
    clock::Clock,
    collect::{Progress, ReadError, Session, Sisters, Standing, Target},
    config::{Cluster, Config, ScanSettings},
    intake::Inbox,
};
use fleet::{
    cluster::{Settings, SimCluster, World},
    now::Now,
};
use futures::future::BoxFuture;
use model::{
    ids::ClusterId,
    scan::{Coverage, Read, Scan},
    source::Source,
};
use std::{
    collections::BTreeMap,
    num::NonZeroU32,
    path::Path,
    sync::{Arc, Mutex},
};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// A cluster of the configuration that is reached by a kubeconfig.
fn cluster(kubeconfig: &Path, more: &str) -> Cluster {
    let text = format!(
        "public_url = 'http://localhost:8080'\n[database]\nurl = 'postgres://x'\n[signing]\nkey_file = 'x'\n\
         [login]\nissuer = 'x'\nclient_id = 'x'\nclient_secret = 'x'\n[login.roles]\n\
         [[cluster]]\nname = 'test'\nkubeconfig = '{}'\n{more}",
        kubeconfig.display()
    );
    let config = Config::parse(&text, Path::new("bevis.toml")).expect("a configuration");
    config.clusters.into_iter().next().expect("a cluster")
}

/// Short patience, so that a test of it is short.
fn settings() -> ScanSettings {
    ScanSettings {
        request_seconds: 2,
        scan_seconds: 10,
        max_answer_mb: 1,
        page_size: 50,
        requests_per_second: NonZeroU32::new(10_000).expect("not zero"),
        ..ScanSettings::default()
    }
}

fn target(kubeconfig: &Path, settings: ScanSettings) -> Target {
    Target {
        id: ClusterId(Uuid::nil()),
        cluster: cluster(kubeconfig, ""),
        standing: Standing::new(&settings),
        settings,
        clock: Clock::manual(super::now()),
        progress: Progress::default(),
        in_all: Arc::new(Semaphore::new(8)),
        inbox: Inbox::default(),
        sisters: Sisters::default(),
        keeper: Arc::default(),
    }
}

/// A simulated cluster with its kubeconfig.
struct Sim {
    cluster: SimCluster,
    /// Its time.
    now: Now,
    folder: tempfile::TempDir,
}

impl Sim {
    async fn hold(world: World) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Now::manual(super::now());
        let settings = Settings::new("test", now.clone());
        let cluster = SimCluster::hold(settings, world).await.expect("a simulated cluster");
        cluster.write_kubeconfig(&folder.path().join("kubeconfig")).expect("a kubeconfig");
        Self { cluster, now, folder }
    }

    fn target(&self, settings: ScanSettings) -> Target {
        target(&self.folder.path().join("kubeconfig"), settings)
    }

    async fn scan(&self, source: Source) -> Scan {
        scan(&self.target(settings()), source).await
    }
}

async fn scan(target: &Target, source: Source) -> Scan {
    let session: Result<Session, ReadError> = target.connect().await;
    target.scan(source, &session).await
}

/// Reads every source, as one round does.
async fn round(target: &Target) -> BTreeMap<Source, Scan> {
    let session = target.connect().await;
    let scans = Mutex::new(BTreeMap::new());
    let done = |scan: Scan| -> BoxFuture<'_, ()> {
        Box::pin(async {
            scans.lock().expect("not poisoned").insert(scan.source, scan);
        })
    };
    target.scan_all(&session, &done).await;
    scans.into_inner().expect("not poisoned")
}

/// How a list of a source was read.
fn read<'a>(scans: &'a BTreeMap<Source, Scan>, source: Source, plural: &str) -> &'a Read {
    let reads = &scans[&source].reads;
    reads.iter().find(|read| read.resource.ends_with(&format!("/{plural}"))).expect("it was read")
}

/// A scan that could not be made says so, judges nothing, and so changes nothing.
#[track_caller]
fn expect_nothing(scan: &Scan, coverage: Coverage, words: &str) {
    let error = scan.error.as_deref().unwrap_or_default();
    assert_eq!(scan.coverage, coverage, "{error}");
    assert!(error.contains(words), "{error}");
    assert!(error.len() <= 600, "{error}");
    assert!(!scan.problems.is_empty(), "it is told in no other language: {error}");
    assert!(scan.evaluation.results.is_empty() && scan.evaluation.observations.is_empty());
}
