//! The simulated fleet of the demo: four clusters with different states.

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

/// The clusters, in the order of the configuration.
pub(crate) const CLUSTERS: [Cluster; 4] = [
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
        name: "prod-aarhus",
        title: "Production, Aarhus",
        administrators: ADMINISTRATORS,
        secret_readers: SECRET_READERS,
        profile: Profile::Troubled,
        domain: "aarhus.nordlys.example",
        seed: 22,
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
        let story = Story { profile: cluster.profile, domain: cluster.domain.into(), seed: cluster.seed, began };
        let simulated = SimCluster::tell(settings, story).await?;
        simulated.write_kubeconfig(&folder.join(&format!("{}.kubeconfig", cluster.name)))?;
        running.push(simulated);
    }
    Ok(running)
}
