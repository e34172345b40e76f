//! The simulated fleet of the demo: six clusters with different lives.

use crate::{
    folder::{Folder, State},
    ports::keep_or_pick,
};
use ::fleet::{
    cluster::{Profile, Settings, SimCluster, Story},
    now::Now,
};
use chrono::{DateTime, Utc};

/// A cluster of the demo, and what its organisation has approved for it.
pub(crate) struct Cluster {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) administrators: &'static [&'static str],
    pub(crate) secret_readers: &'static [&'static str],
    profile: Profile,
    domain: &'static str,
    seed: u64,
}

const ADMINISTRATORS: &[&str] = &["Group:platform-admins", "ServiceAccount:velero/velero"];
const SECRET_READERS: &[&str] =
    &["Group:platform-admins", "ServiceAccount:velero/velero", "ServiceAccount:cert-manager/cert-manager"];

/// Namespaces whose pods may do what a node may: what Kubernetes runs itself, and what watches over nodes.
pub(crate) const PRIVILEGED: &[&str] =
    &["kube-system", "kube-public", "kube-node-lease", "falco", "fluentd-system", "kube-bench", "logging"];

/// The clusters, in the order of the configuration.
pub(crate) static CLUSTERS: [Cluster; 6] = [
    Cluster {
        name: "prod-cph",
        title: "Production, Copenhagen",
        administrators: ADMINISTRATORS,
        secret_readers: SECRET_READERS,
        profile: Profile::Healthy,
        domain: "nordlys.example",
        seed: 11,
    },
    Cluster {
        name: "mgmt-cph",
        title: "Management, Copenhagen",
        administrators: ADMINISTRATORS,
        secret_readers: SECRET_READERS,
        profile: Profile::Management,
        domain: "ops.nordlys.example",
        seed: 55,
    },
    Cluster {
        name: "prod-aarhus",
        title: "Production, Aarhus",
        administrators: ADMINISTRATORS,
        secret_readers: SECRET_READERS,
        profile: Profile::Troubled,
        domain: "aarhus.nordlys.example",
        seed: 22,
    },
    Cluster {
        name: "cloud-stockholm",
        title: "Analytics, Stockholm (EKS)",
        administrators: ADMINISTRATORS,
        secret_readers: SECRET_READERS,
        profile: Profile::Managed,
        domain: "cloud.nordlys.example",
        seed: 66,
    },
    Cluster {
        name: "staging",
        title: "Staging",
        administrators: ADMINISTRATORS,
        secret_readers: SECRET_READERS,
        profile: Profile::Staging,
        domain: "staging.nordlys.example",
        seed: 33,
    },
    Cluster {
        name: "edge-odense",
        title: "Edge, Odense plant",
        administrators: &["Group:platform-admins", "Group:field-technicians", "ServiceAccount:velero/velero"],
        secret_readers: SECRET_READERS,
        profile: Profile::Edge,
        domain: "odense.nordlys.example",
        seed: 44,
    },
];

impl Cluster {
    fn story(&self, began: DateTime<Utc>) -> Story {
        Story { profile: self.profile, domain: self.domain.into(), seed: self.seed, began }
    }
}

/// Every cluster's name and story.
pub(crate) fn stories(began: DateTime<Utc>) -> impl Iterator<Item = (&'static str, Story)> {
    CLUSTERS.iter().map(move |cluster| (cluster.name, cluster.story(began)))
}

/// Starts all of them, with their kubeconfigs in the data folder; remembers their ports in `state`.
pub(crate) async fn start(
    folder: &Folder,
    state: &mut State,
    began: DateTime<Utc>,
    now: &Now,
) -> anyhow::Result<Vec<SimCluster>> {
    let mut running = Vec::with_capacity(CLUSTERS.len());
    for cluster in &CLUSTERS {
        let port = keep_or_pick(state.cluster_ports.get(cluster.name).copied())?;
        state.cluster_ports.insert(cluster.name.into(), port);
        let aggregated_discovery = cluster.profile != Profile::Edge;
        let settings = Settings { port, aggregated_discovery, ..Settings::new(cluster.name, now.clone()) };
        let simulated = SimCluster::tell(settings, cluster.story(began)).await?;
        simulated.write_kubeconfig(&folder.join(&format!("{}.kubeconfig", cluster.name)))?;
        running.push(simulated);
    }
    Ok(running)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        configuration,
        senders::{self, Tokens},
    };
    use chrono::TimeDelta;
    use model::source::Source;
    use server::{
        app::App,
        clock::Clock,
        clusters::{self, Registered},
        collect::{Progress, Sisters, Standing, Target},
        config::{self, Config},
        intake::Inbox,
        reports::Signer,
        serve,
    };
    use sqlx::PgPool;
    use std::{collections::BTreeMap, fmt::Write as _, path::Path, sync::Arc};
    use tokio::sync::Semaphore;
    use tokio_util::sync::CancellationToken;

    /// A server that takes what is sent, at an instant that is set.
    fn app(pool: &PgPool, folder: &Folder, clusters: &str, clock: &Clock) -> App {
        let key = folder.join("key.pem");
        Signer::generate(&key).expect("a key");
        let text = format!(
            "public_url = 'http://localhost:8080'\n[database]\nurl = 'postgres://x'\n[signing]\nkey_file = '{}'\n\
             [login]\nissuer = 'http://127.0.0.1:9/nobody'\nclient_id = 'x'\nclient_secret = 'x'\nallow_http_loopback = true\n\
             [login.roles]\n{clusters}",
            key.display()
        );
        let config = Config::parse(&text, Path::new("bevis.toml")).expect("a configuration");
        let app = serve::app(config, clock.clone(), CancellationToken::new()).expect("an app");
        App { db: pool.clone(), ..app }
    }

    /// When something was received before that: weekly first, then daily, and at the instant itself.
    fn received(at: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
        (0..=110)
            .filter(|ago| ago % 7 == 5 || *ago < 16)
            .map(move |ago| at - TimeDelta::days(ago))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
    }

    /// What each source says of each cluster, 120 days after the story began: read over HTTP by the true collectors,
    /// and received by the true intake.
    ///
    /// `BEVIS_WRITE=1` writes the expectation anew, as after adding a source.
    #[sqlx::test(migrations = "../migrations")]
    async fn each_source_reads_each_cluster_as_the_story_says(pool: PgPool) {
        let directory = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(directory.path().join("demo")).expect("it opens");
        let began: DateTime<Utc> = "2026-07-22T00:00:00Z".parse().expect("an instant");
        // An hour and minute at which the line of the edge does not fail.
        let at = began + TimeDelta::days(120) + TimeDelta::minutes(8 * 60 + 31);
        let mut state = State {
            postgres_port: 0,
            postgres_password: String::new(),
            client_secret: String::new(),
            cluster_ports: BTreeMap::new(),
            began: None,
        };
        let running = start(&folder, &mut state, began, &Now::manual(at)).await.expect("a fleet");
        let clock = Clock::manual(began);
        let app = app(&pool, &folder, &configuration::clusters(&folder), &clock);
        let entry = |cluster: &config::Cluster| Registered {
            name: cluster.name.get_ref().clone(),
            title: cluster.title().into(),
            server: "http://x".into(),
            management: cluster.policy.management_cluster.clone(),
        };
        let entries: Vec<Registered> = app.config.clusters.iter().map(entry).collect();
        let ids = clusters::register(&pool, &entries, began).await.expect("registered");
        let mut sending = senders::all(began, began, Tokens::new());
        for at in received(at) {
            clock.advance(at - clock.now());
            for sending in &mut sending {
                sending.in_the_past(&app).await.expect("received");
            }
        }
        let mut told = String::new();
        for (cluster, (id, name)) in app.config.clusters.iter().zip(ids) {
            let _ = writeln!(told, "{name}");
            let settings = config::ScanSettings::default();
            let target = Target {
                id,
                cluster: cluster.clone(),
                standing: Standing::new(&settings),
                settings: settings.clone(),
                keeper: Arc::default(),
                clock: clock.clone(),
                progress: Progress::default(),
                in_all: Arc::new(Semaphore::new(1)),
                inbox: Inbox::of(pool.clone()),
                sisters: Sisters::of(pool.clone()),
            };
            let session = target.connect().await;
            for source in Source::ALL {
                let scan = target.scan(*source, &session).await;
                let mut findings = BTreeMap::new();
                for observation in &scan.evaluation.observations {
                    *findings.entry(observation.check.to_string()).or_insert(0) += 1;
                }
                let findings: Vec<String> = findings.iter().map(|(check, count)| format!("{check} {count}")).collect();
                let _ =
                    writeln!(told, "  {:<14}{:<12}{}", source.as_str(), scan.coverage.as_str(), findings.join(", "));
                for result in scan.evaluation.results.iter().filter(|result| result.failed == 0) {
                    let _ = writeln!(told, "{:28}{} {}", "", result.check, result.outcome.as_str());
                }
            }
        }
        drop(running);
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/fleet.txt");
        if std::env::var_os("BEVIS_WRITE").is_some() {
            std::fs::write(path, &told).expect("the expectation");
        }
        assert_eq!(told, std::fs::read_to_string(path).expect("the expectation"), "{told}");
    }
}
