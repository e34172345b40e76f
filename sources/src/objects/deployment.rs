//! `apps/v1`: what keeps pods running, as far as it is used.

use super::{control_plane::PodSpec, meta::Meta};
use crate::page::Named;
use serde::Deserialize;

/// A Deployment.
#[derive(Clone, Debug, Deserialize)]
pub struct Deployment {
    /// Its metadata.
    pub metadata: Meta,
    /// What is asked for.
    #[serde(default)]
    pub spec: Option<DeploymentSpec>,
    /// What there is of it.
    #[serde(default)]
    pub status: Option<DeploymentStatus>,
}

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct DeploymentSpec {
    /// How many pods; one where nothing is said.
    #[serde(default)]
    pub replicas: Option<i64>,
    /// The pods.
    #[serde(default)]
    pub template: Option<Template>,
}

/// The pods of a workload.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Template {
    /// What they run.
    #[serde(default)]
    pub spec: Option<PodSpec>,
}

/// What there is of a deployment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeploymentStatus {
    /// Pods that have been ready for long enough.
    pub available_replicas: Option<i64>,
    /// The generation of the specification that this speaks of.
    pub observed_generation: Option<i64>,
}

impl Deployment {
    /// The images of its containers.
    pub fn images(&self) -> impl Iterator<Item = &str> {
        let template = self.spec.as_ref().and_then(|spec| spec.template.as_ref()?.spec.as_ref());
        let containers = template.and_then(|spec| spec.containers.as_ref());
        containers.into_iter().flatten().filter_map(|container| container.image.as_deref())
    }
}

impl Named for Deployment {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
