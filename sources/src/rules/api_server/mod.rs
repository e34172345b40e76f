//! Settings of the control plane: `auth.*`, `authz.*`, `log.audit_*`, `enc.*`, and what kubeadm gives to kubelets.
//!
//! Read from the command lines of the static pods that kubeadm, Kubespray and RKE2 make, from the arguments that K3s and
//! RKE2 write on their nodes, and from what OpenShift's API servers are told (`docs/decisions/control-planes.md`). A control
//! plane that a provider runs, or of which none of that tells, is not visible; what stands in files on its nodes is not
//! either, and is for a person to show. A kubelet's running settings can be asked only with a permission that also lets the
//! holder run commands in every pod, which Bevis refuses.

mod audit;
mod content;
mod encryption;
mod flags;
mod k3s;
mod kubelet;
mod login;
mod openshift;
mod plane;

use super::verdict::{Sentence, evaluation};
use crate::{
    listed::{Listed, One},
    objects::{
        control_plane::{ConfigMap, Pod},
        node::Node,
        openshift::{ApiServer, KubeApiServer},
    },
    platform::{Distribution, Platform, recognise},
    policy::{ConfigMapKey, Policy},
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{KUBELET_CONFIG, NAMESPACES, NODES, OPENSHIFT_API_SERVER, OPENSHIFT_OPERATOR, PODS, audit_policy},
};
use k8s_openapi::api::core::v1::Namespace;
use model::{evaluation::Evaluation, scan::Read};
use plane::Plane;
use std::{collections::BTreeSet, sync::Arc};

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
    /// The audit policy, where the organisation attaches one.
    pub audit_policy: Option<One<content::AuditPolicy>>,
    /// What OpenShift is told of its API servers; nothing where they do not run in this cluster.
    pub openshift: Option<OpenShift>,
    /// The API server's version, as it tells it.
    pub version: Option<String>,
    /// The minor version of Kubernetes 1, where it is known.
    pub minor: Option<u32>,
}

/// What OpenShift is told of its API servers.
#[derive(Clone, Debug)]
pub struct OpenShift {
    /// What they are told.
    pub settings: One<ApiServer>,
    /// What their operator says of it.
    pub operator: One<KubeApiServer>,
}

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[
    login::SENTENCES,
    audit::SENTENCES,
    content::SENTENCES,
    encryption::SENTENCES,
    kubelet::SENTENCES,
    openshift::SENTENCES,
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
    /// Reads pods, nodes, the settings of kubelets, those of OpenShift, and what policy names.
    pub async fn read<R: Reader>(reader: &R, policy: &Policy) -> Self {
        let mut input = Self {
            pods: reader.shared(&PODS).await,
            nodes: reader.shared(&NODES).await,
            namespaces: reader.shared(&NAMESPACES).await,
            kubelet: reader.one(&KUBELET_CONFIG).await,
            audit_policy: match &policy.audit_policy {
                Some(key) => Some(attached(reader, key).await),
                None => None,
            },
            openshift: None,
            version: reader.hello().version.clone(),
            minor: reader.hello().minor,
        };
        // Elsewhere nobody need be allowed to read them.
        if input.platform().distribution == Some(Distribution::OpenShift) && openshift::runs_here(&input.pods) {
            input.openshift = Some(OpenShift {
                settings: reader.one(&OPENSHIFT_API_SERVER).await,
                operator: reader.one(&OPENSHIFT_OPERATOR).await,
            });
        }
        input
    }

    /// What the cluster is.
    pub fn platform(&self) -> Platform {
        recognise(self.version.as_deref(), &self.nodes.items, &self.namespaces.items)
    }
}

async fn attached<R: Reader>(reader: &R, key: &ConfigMapKey) -> One<content::AuditPolicy> {
    let map = reader.one::<ConfigMap>(&audit_policy(key)).await;
    One { read: map.read, object: map.object.and_then(|map| content::AuditPolicy::of(map.entry(&key.key)?)) }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        let own = [
            (Part::Own, &self.pods.read),
            (Part::Beside, &self.nodes.read),
            (Part::Beside, &self.namespaces.read),
            (Part::Optional, &self.kubelet.read),
        ];
        let attached = self.audit_policy.iter().map(|one| (Part::Beside, &one.read));
        let of_openshift = self.openshift.iter().flat_map(|of| [&of.settings.read, &of.operator.read]);
        own.into_iter().chain(attached).chain(of_openshift.map(|read| (Part::Optional, read))).collect()
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
        content::content(input.audit_policy.as_ref(), policy),
        encryption::at_rest(&plane),
        encryption::etcd(&plane),
        encryption::serving(&plane, input.minor),
        kubelet::anonymous(input),
    ])
}

/// The API servers among these pods, by node, each with its flags; `None` where its command line is not understood.
fn servers(pods: &Listed<Pod>) -> impl Iterator<Item = (&str, Option<flags::Flags>)> {
    let servers = pods.items.iter().filter(|pod| plane::is_part(pod, plane::SERVER));
    servers.map(|pod| {
        let mut containers = pod.spec.containers.iter().flatten();
        let flags = containers.find_map(|container| flags::Flags::of(container, plane::SERVER));
        (pod.spec.node_name.as_deref().unwrap_or(pod.metadata.name()), flags)
    })
}

/// What API servers trust, as far as their pods tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issuers {
    /// Whether any API server is seen.
    pub any_server: bool,
    /// Whether one that is seen names no issuer where that can be read.
    pub any_silent: bool,
    /// The issuers that they name, each once.
    pub trusted: BTreeSet<String>,
}

/// The issuers that the API servers among these pods trust.
pub(super) fn issuers(pods: &Listed<Pod>) -> Issuers {
    let mut issuers = Issuers::default();
    for (_, flags) in servers(pods) {
        issuers.any_server = true;
        match flags.as_ref().and_then(|flags| flags.value(login::ISSUER_FLAG)) {
            Some(issuer) => drop(issuers.trusted.insert(issuer.to_owned())),
            None => issuers.any_silent = true,
        }
    }
    issuers
}

/// What API servers say of Pod Security Admission, which is on where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admission {
    /// The nodes whose API server has it off.
    pub off: BTreeSet<String>,
    /// API servers that may have it off, for all that can be read.
    pub unsure: u32,
}

/// Whether the API servers among these pods have Pod Security Admission off.
pub(super) fn pod_security(pods: &Listed<Pod>) -> Admission {
    const PLUGIN: &str = "PodSecurity";
    const DISABLED: &str = "disable-admission-plugins";
    const GATES: &str = "feature-gates";
    let mut admission = Admission { unsure: pods.unread, ..Admission::default() };
    if !pods.was_read() {
        admission.unsure = admission.unsure.saturating_add(1);
    }
    for (node, flags) in servers(pods) {
        let Some(flags) = flags.filter(|flags| !flags.any_from_environment(&[DISABLED, GATES])) else {
            admission.unsure = admission.unsure.saturating_add(1);
            continue;
        };
        let is_gated = || flags.list(GATES).any(|gate| gate.eq_ignore_ascii_case("PodSecurity=false"));
        if flags.list(DISABLED).any(|plugin| plugin == PLUGIN) || is_gated() {
            admission.off.insert(node.to_owned());
        }
    }
    admission
}
