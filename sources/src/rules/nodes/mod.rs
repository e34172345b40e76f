//! Nodes: versions, redundancy, places and clocks: `cfg.version_supported`, `avl.redundancy`, `phy.region`, `log.clock_skew`.

mod clocks;
mod places;
mod redundancy;
mod versions;

pub(super) use versions::minor_of;

use super::verdict::{Sentence, evaluation, subject};
use crate::{
    listed::Listed,
    objects::node::{Lease, Node},
    platform::{Platform, recognise, recognised},
    policy::Policy,
    reader::{Hello, Reader},
    reading::{Context, Part, Reading},
    request::{LEASES, NAMESPACES, NODES},
};
use k8s_openapi::api::core::v1::Namespace;
use model::{
    Instant,
    evaluation::Evaluation,
    finding::Subject,
    scan::{Facts, Read},
};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Nodes.
    pub nodes: Arc<Listed<Node>>,
    /// Signs of life, of nodes and of others.
    pub leases: Listed<Lease>,
    /// Namespaces: what the cluster is.
    pub namespaces: Arc<Listed<Namespace>>,
    /// The API server's version, as it tells it.
    pub version: Option<String>,
}

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[versions::SENTENCES, redundancy::SENTENCES, places::SENTENCES, clocks::SENTENCES];

impl Input {
    /// Reads nodes and their signs of life.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self {
            nodes: reader.shared(&NODES).await,
            leases: reader.list(&LEASES).await,
            namespaces: reader.shared(&NAMESPACES).await,
            version: reader.hello().version.clone(),
        }
    }

    fn platform(&self) -> Platform {
        recognise(self.version.as_deref(), &self.nodes.items, &self.namespaces.items)
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![(Part::Own, &self.nodes.read), (Part::Beside, &self.leases.read), (Part::Beside, &self.namespaces.read)]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy, context.hello, context.now)
    }

    fn version(&self) -> Option<String> {
        self.version.clone()
    }

    fn facts(&self) -> Facts {
        let platform = recognised(self.version.as_deref(), &self.nodes, &self.namespaces);
        Facts { platform, ..Facts::default() }
    }
}

/// Judges the checks of nodes.
pub fn evaluate(input: &Input, policy: &Policy, hello: &Hello, now: Instant) -> Evaluation {
    evaluation([
        versions::supported(input, hello, now),
        redundancy::redundancy(input),
        places::region(input, policy),
        clocks::skew(input, hello),
    ])
}

/// What a finding about a node is about: its pool, where it has one, since its nodes come and go under random names.
fn node_subject(node: &Node) -> Subject {
    const POOLS: &[&str] = &[
        "eks.amazonaws.com/nodegroup",
        "cloud.google.com/gke-nodepool",
        "kubernetes.azure.com/agentpool",
        "karpenter.sh/nodepool",
    ];
    match POOLS.iter().find_map(|label| node.metadata.label(label)).filter(|pool| !pool.is_empty()) {
        Some(pool) => subject("NodePool", None, pool),
        None => subject("Node", None, node.metadata.name()),
    }
}
