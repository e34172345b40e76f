//! Objects of Kubernetes itself that several sources read, as far as they are used. Never the values of variables.

use super::meta::Meta;
use crate::page::Named;
use serde::Deserialize;

/// A Pod.
#[derive(Clone, Debug, Deserialize)]
pub struct Pod {
    /// Its metadata.
    pub metadata: Meta,
    /// What it runs.
    #[serde(default)]
    pub spec: Option<PodSpec>,
    /// What became of it.
    #[serde(default)]
    pub status: Option<PodStatus>,
}

/// A Pod's specification.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodSpec {
    /// The node that it runs on.
    #[serde(default)]
    pub node_name: Option<String>,
    /// Its containers.
    #[serde(default)]
    pub containers: Option<Vec<Container>>,
}

/// A container of a Pod.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Container {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// The image, as it was asked for.
    #[serde(default)]
    pub image: Option<String>,
}

/// A Pod's status.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`.
    #[serde(default)]
    pub phase: Option<String>,
    /// What runs of its containers.
    #[serde(default)]
    pub container_statuses: Option<Vec<ContainerStatus>>,
}

/// What runs of a container.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ContainerStatus {
    /// The container.
    #[serde(default)]
    pub name: Option<String>,
    /// The image that runs, mostly with its digest: `docker.io/library/nginx@sha256:…`.
    #[serde(default, rename = "imageID")]
    pub image_id: Option<String>,
}

/// A Node.
#[derive(Clone, Debug, Deserialize)]
pub struct Node {
    /// Its metadata.
    pub metadata: Meta,
}

impl Pod {
    /// Whether its containers run, or are about to.
    pub fn is_live(&self) -> bool {
        let phase = self.status.as_ref().and_then(|status| status.phase.as_deref());
        !matches!(phase, Some("Succeeded" | "Failed"))
    }

    /// Its containers.
    pub fn containers(&self) -> impl Iterator<Item = &Container> {
        self.spec.iter().filter_map(|spec| spec.containers.as_ref()).flatten()
    }
}

impl Named for Pod {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Node {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
