//! `v1`: pods and nodes.
//!
//! Variables of containers are not read at all: their values may be secrets.

use crate::objects::meta::{Condition, Meta};
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A Pod.
#[derive(Clone, Debug, Deserialize)]
pub struct Pod {
    /// Its metadata.
    pub metadata: Meta,
    /// What runs in it.
    #[serde(default)]
    pub spec: Option<PodSpec>,
    /// How it is.
    #[serde(default)]
    pub status: Option<PodStatus>,
}

/// What runs in a pod, or in those that are made from a template.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodSpec {
    /// The node that it runs on.
    pub node_name: Option<String>,
    /// Its containers.
    pub containers: Option<Vec<Container>>,
    /// Its volumes.
    pub volumes: Option<Vec<Volume>>,
}

/// A container.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Container {
    /// Its name.
    pub name: Option<String>,
    /// The image, with its tag or digest.
    pub image: Option<String>,
    /// What is started.
    pub command: Option<Vec<String>>,
    /// ... and with what arguments; some distributions put all of them here.
    pub args: Option<Vec<String>>,
    /// Where volumes are seen.
    pub volume_mounts: Option<Vec<VolumeMount>>,
}

/// Where a volume is seen in a container.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VolumeMount {
    /// The volume.
    pub name: Option<String>,
    /// The path in the container.
    pub mount_path: Option<String>,
    /// The part of the volume that is seen there.
    pub sub_path: Option<String>,
    /// The same, put together from variables.
    pub sub_path_expr: Option<String>,
}

/// A volume.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Volume {
    /// Its name.
    pub name: Option<String>,
    /// A path of the node.
    pub host_path: Option<HostPath>,
}

/// A path of the node.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct HostPath {
    /// The path.
    pub path: Option<String>,
}

/// How a pod is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PodStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`.
    pub phase: Option<String>,
    /// `Ready` among them.
    pub conditions: Option<Vec<Condition>>,
    /// How its containers are.
    pub container_statuses: Option<Vec<ContainerStatus>>,
}

/// How a container is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContainerStatus {
    /// How often it was started anew.
    pub restart_count: Option<i64>,
    /// How it is now.
    pub state: Option<ContainerState>,
    /// How it was before it was last started anew.
    pub last_state: Option<ContainerState>,
}

/// A state of a container: one of these, or running.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ContainerState {
    /// It is not running yet.
    pub waiting: Option<Waiting>,
    /// It has ended.
    pub terminated: Option<Terminated>,
}

/// Why a container is not running yet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Waiting {
    /// As `CrashLoopBackOff`.
    pub reason: Option<String>,
}

/// How a container ended.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Terminated {
    /// When.
    pub finished_at: Option<DateTime<Utc>>,
}

/// A Node.
#[derive(Clone, Debug, Deserialize)]
pub struct Node {
    /// Its metadata; labels tell its role.
    pub metadata: Meta,
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
