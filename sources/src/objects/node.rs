//! `v1` nodes, and their signs of life in `coordination.k8s.io/v1`.

use super::{
    arguments::Arguments,
    meta::{Condition, Meta},
};
use crate::{
    page::Named,
    redact::arguments::{ARGUMENTS, VARIABLES},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A Node.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Raw")]
pub struct Node {
    /// Its metadata, but the annotations that hold arguments and variables of K3s and RKE2.
    pub metadata: Meta,
    /// Where it is.
    pub spec: Option<NodeSpec>,
    /// What it says of itself.
    pub status: Option<NodeStatus>,
    /// What K3s or RKE2 was started with on it, where they run it, and that is understood.
    pub arguments: Option<Arguments>,
}

/// A Node as a cluster shows it.
#[derive(Deserialize)]
struct Raw {
    metadata: Meta,
    #[serde(default)]
    spec: Option<NodeSpec>,
    #[serde(default)]
    status: Option<NodeStatus>,
}

impl From<Raw> for Node {
    fn from(Raw { mut metadata, spec, status }: Raw) -> Self {
        let mut taken = |name: &&str| metadata.annotations.as_mut()?.remove(*name);
        let arguments: Vec<String> = ARGUMENTS.iter().filter_map(&mut taken).collect();
        VARIABLES.iter().filter_map(taken).for_each(drop);
        let arguments = arguments.iter().find_map(|text| Arguments::read(text));
        Self { metadata, spec, status, arguments }
    }
}

/// Where a node is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeSpec {
    /// As `aws:///eu-north-1a/i-0123`, by the provider's controller.
    #[serde(default, rename = "providerID")]
    pub provider_id: Option<String>,
}

/// What a node says of itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeStatus {
    /// `Ready` among them.
    #[serde(default)]
    pub conditions: Option<Vec<Condition>>,
    /// Versions.
    #[serde(default)]
    pub node_info: Option<NodeInfo>,
}

/// Versions of a node's parts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeInfo {
    /// As `v1.32.1+rke2r1`.
    pub kubelet_version: Option<String>,
    /// As `Ubuntu 24.04.1 LTS`.
    pub os_image: Option<String>,
    /// As `6.8.0-51-generic`.
    pub kernel_version: Option<String>,
}

impl Node {
    /// Whether it runs a part of the control plane.
    pub fn is_control_plane(&self) -> bool {
        self.metadata.is_of_control_plane()
    }

    /// Whether it runs an API server, for all that is known: K3s and RKE2 tell by their arguments, whatever its labels.
    pub fn has_api_server(&self) -> bool {
        let told = self.arguments.as_ref().map(|given| given.is_server && !given.has_no_api_server);
        told.unwrap_or_else(|| self.is_control_plane())
    }

    /// Whether the control plane hears of it.
    pub fn is_ready(&self) -> bool {
        let conditions = self.status.iter().filter_map(|status| status.conditions.as_ref()).flatten();
        conditions
            .filter(|condition| condition.kind.as_deref() == Some("Ready"))
            .any(|condition| condition.status.as_deref() == Some("True"))
    }

    /// Versions of its parts.
    pub fn info(&self) -> Option<&NodeInfo> {
        self.status.as_ref()?.node_info.as_ref()
    }

    /// Its identity at the provider.
    pub fn provider_id(&self) -> Option<&str> {
        self.spec.as_ref()?.provider_id.as_deref().filter(|id| !id.is_empty())
    }
}

/// A Lease; those of nodes are in the namespace `kube-node-lease`.
#[derive(Clone, Debug, Deserialize)]
pub struct Lease {
    /// Its metadata; a node's lease has the node's name.
    pub metadata: Meta,
    /// When it was renewed.
    #[serde(default)]
    pub spec: Option<LeaseSpec>,
}

/// When a lease was renewed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeaseSpec {
    /// By the clock of who holds it, every ten seconds for a node.
    #[serde(default)]
    pub renew_time: Option<DateTime<Utc>>,
}

impl Named for Node {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Lease {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
