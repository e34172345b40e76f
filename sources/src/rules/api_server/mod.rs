//! Settings of the control plane: `auth.*`, `authz.*`, `log.audit_*`, `enc.*`, and what kubeadm gives to kubelets.
//!
//! Read from the command lines of the static pods that kubeadm, Kubespray and RKE2 make. A control plane that a
//! provider runs, or that is no pods, is not visible; what stands in files on its nodes is not either, and is for a
//! person to show. A kubelet's running settings can be asked only with a permission that also lets the holder run
//! commands in every pod, which Bevis refuses: it reads what kubeadm gives to all of them.

mod audit;
mod encryption;
mod flags;
mod kubelet;
mod login;
mod plane;

use super::verdict::{Sentence, evaluation};
use crate::{
    listed::{Listed, One},
    objects::{
        control_plane::{ConfigMap, Pod},
        node::Node,
    },
    platform::{Platform, recognise},
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{KUBELET_CONFIG, NAMESPACES, NODES, PODS},
};
use k8s_openapi::api::core::v1::Namespace;
use model::{evaluation::Evaluation, scan::Read};
use plane::Plane;
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Pods.
    pub pods: Arc<Listed<Pod>>,
    /// Nodes.
    pub nodes: Arc<Listed<Node>>,
    /// Namespaces.
    pub namespaces: Arc<Listed<Namespace>>,
    /// What kubeadm gives to every kubelet.
    pub kubelet: One<ConfigMap>,
    /// The API server's version, as it tells it.
    pub version: Option<String>,
    /// The minor version of Kubernetes 1, where it is known.
    pub minor: Option<u32>,
}

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[
    login::SENTENCES,
    audit::SENTENCES,
    encryption::SENTENCES,
    kubelet::SENTENCES,
    &login::OIDC_WORDS.all(),
    &login::ANONYMOUS_WORDS.all(),
    &login::TOKENS_WORDS.all(),
    &login::MODE_WORDS.all(),
    &audit::POLICY_WORDS.all(),
    &audit::BACKEND_WORDS.all(),
    &audit::ROTATION_WORDS.all(),
    &encryption::AT_REST_WORDS.all(),
    &encryption::ETCD_WORDS.all(),
    &encryption::TLS_WORDS.all(),
];

impl Input {
    /// Reads pods, nodes and the settings of kubelets.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self {
            pods: reader.shared(&PODS).await,
            nodes: reader.shared(&NODES).await,
            namespaces: reader.shared(&NAMESPACES).await,
            kubelet: reader.one(&KUBELET_CONFIG).await,
            version: reader.hello().version.clone(),
            minor: reader.hello().minor,
        }
    }

    /// What the cluster is.
    pub fn platform(&self) -> Platform {
        recognise(self.version.as_deref(), &self.nodes.items, &self.namespaces.items)
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![
            (Part::Own, &self.pods.read),
            (Part::Beside, &self.nodes.read),
            (Part::Beside, &self.namespaces.read),
            (Part::Optional, &self.kubelet.read),
        ]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }

    fn is_hidden(&self) -> bool {
        self.pods.was_read() && Plane::of(self).is_hidden()
    }

    fn version(&self) -> Option<String> {
        self.version.clone()
    }
}

/// Judges the checks of the control plane.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    let plane = Plane::of(input);
    evaluation([
        login::oidc(&plane, policy),
        login::anonymous(&plane),
        login::static_tokens(&plane),
        login::authorization(&plane),
        audit::policy(&plane),
        audit::backend(&plane),
        audit::rotation(&plane, policy),
        encryption::at_rest(&plane),
        encryption::etcd(&plane),
        encryption::serving(&plane, input.minor),
        kubelet::anonymous(input),
    ])
}

/// The issuers that the API servers among these pods trust, each once.
pub(super) fn issuers(pods: &Listed<Pod>) -> std::collections::BTreeSet<String> {
    let servers = pods.items.iter().filter(|pod| plane::is_part(pod, "kube-apiserver"));
    let containers = servers.filter_map(|pod| pod.spec.containers.as_ref()).flatten();
    let flags = containers.filter_map(|container| flags::Flags::of(container, "kube-apiserver"));
    flags.filter_map(|flags| flags.value(login::ISSUER_FLAG).map(ToOwned::to_owned)).collect()
}
