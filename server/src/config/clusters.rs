//! `[[cluster]]`: the clusters, and how each is reached.

use super::{
    Budget, Policy, is_name,
    place::{Place::At, Wrong},
};
use serde::Deserialize;
use std::path::PathBuf;

/// `[[cluster]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// The name in URLs: lower-case letters, digits, dashes.
    pub name: toml::Spanned<String>,
    /// Text for people; the name by default.
    #[serde(default)]
    pub title: Option<String>,
    /// A kubeconfig file; either this or `in_cluster`.
    #[serde(default)]
    pub kubeconfig: Option<PathBuf>,
    /// A context in it; its current one by default.
    #[serde(default)]
    pub context: Option<String>,
    /// Reach it by the service account of the pod that Bevis runs in.
    #[serde(default)]
    pub in_cluster: bool,
    /// What may be asked of it.
    #[serde(default)]
    pub budget: Budget,
    /// What is approved in it.
    #[serde(default)]
    pub policy: Policy,
}

impl Cluster {
    /// The text for people.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or_else(|| self.name.get_ref())
    }
}

/// What is wrong with clusters, each by itself and all of them together.
pub(super) fn check(clusters: &[Cluster]) -> Result<(), Wrong> {
    let mut seen = std::collections::BTreeSet::new();
    for cluster in clusters {
        let (name, at) = (cluster.name.get_ref(), cluster.name.span().start);
        if !is_name(name) {
            return Err((
                At(at),
                format!("cluster name \"{name}\": use lower-case letters, digits and dashes, 63 at most"),
            ));
        }
        if !seen.insert(name) {
            return Err((At(at), format!("cluster name \"{name}\" is used twice; every [[cluster]] needs its own")));
        }
        if cluster.in_cluster == cluster.kubeconfig.is_some() {
            return Err((At(at), format!("cluster \"{name}\" needs either kubeconfig = \"…\" or in_cluster = true")));
        }
    }
    for cluster in clusters {
        check_management(clusters, cluster)?;
    }
    Ok(())
}

/// A management cluster is another cluster of this configuration, and relies on none itself.
fn check_management(clusters: &[Cluster], cluster: &Cluster) -> Result<(), Wrong> {
    let Some(management) = &cluster.policy.management_cluster else { return Ok(()) };
    let (name, at) = (cluster.name.get_ref(), cluster.name.span().start);
    let found = clusters.iter().find(|other| other.name.get_ref() == management);
    match found {
        Some(other) if management != name && other.policy.management_cluster.is_none() => Ok(()),
        Some(_) if management == name => {
            Err((At(at), format!("management_cluster of \"{name}\" is the cluster itself; name another, or none")))
        }
        Some(_) => Err((
            At(at),
            format!("management_cluster of \"{name}\" is \"{management}\", which names one itself; only one may"),
        )),
        None => Err((
            At(at),
            format!("management_cluster of \"{name}\" is \"{management}\", which is no [[cluster]] of this file"),
        )),
    }
}
