//! What may reach what: `net.*`, and whether it is encrypted on the way in: `enc.ingress_tls`.
//!
//! Whether the network plug-in enforces network policies cannot be seen from the API.

mod exposure;
mod isolation;
mod tls;

use super::verdict::{Judge, Sentence, evaluation};
use crate::{
    error::ReadError,
    listed::Listed,
    objects::{
        meta::Bare,
        network::{Gateway, Ingress, NetworkPolicy, Service},
    },
    policy::Policy,
    reader::{Groups, Readable, Reader, Serving},
    reading::{Context, Part, Reading},
    request::{GATEWAYS, GROUPS, INGRESSES, NAMESPACES, NETWORK_ENGINES, NETWORK_POLICIES, Resource, SERVICES},
};
use k8s_openapi::api::core::v1::Namespace;
use model::{
    evaluation::Evaluation,
    scan::{Coverage, Read},
};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// How asking for API groups went.
    pub groups: Read,
    /// Namespaces.
    pub namespaces: Arc<Listed<Namespace>>,
    /// Network policies of Kubernetes.
    pub policies: Listed<NetworkPolicy>,
    /// Policies of other engines, by metadata: the engine, what was asked for, and what was found.
    pub others: Vec<(&'static str, Resource, Listed<Bare>)>,
    /// Services.
    pub services: Listed<Service>,
    /// Ingresses.
    pub ingresses: Arc<Listed<Ingress>>,
    /// Gateways; not every cluster serves them.
    pub gateways: Listed<Gateway>,
    /// Other kinds by which hosts may be reached from outside, of which the group is served; they are not read.
    pub unread_kinds: Vec<&'static str>,
}

/// Kinds that open a way in as an Ingress does, and that are not read, by their group.
const UNREAD_KINDS: &[(&str, &str)] = &[
    ("route.openshift.io", "Route (OpenShift)"),
    ("networking.istio.io", "Gateway (Istio)"),
    ("traefik.io", "IngressRoute (Traefik)"),
    ("traefik.containo.us", "IngressRoute (Traefik)"),
    ("projectcontour.io", "HTTPProxy (Contour)"),
    ("k8s.nginx.org", "VirtualServer (NGINX)"),
    ("getambassador.io", "Host (Emissary)"),
    ("apisix.apache.org", "ApisixRoute (APISIX)"),
];

impl Input {
    /// Reads policies and what is reached from outside.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let groups = reader.groups().await?;
        let mut others = Vec::new();
        for (engine, resource, versions) in NETWORK_ENGINES {
            others.push((*engine, resource.clone(), served(reader, &groups, resource, versions).await));
        }
        Ok(Self {
            groups: groups.read.clone(),
            namespaces: reader.shared(&NAMESPACES).await,
            policies: reader.list(&NETWORK_POLICIES).await,
            others,
            services: reader.list(&SERVICES).await,
            ingresses: reader.shared(&INGRESSES).await,
            gateways: served(reader, &groups, &GATEWAYS, &["v1", "v1beta1"]).await,
            unread_kinds: UNREAD_KINDS
                .iter()
                .filter(|(group, _)| groups.serves(group) == Some(true))
                .map(|(_, kind)| *kind)
                .collect(),
        })
    }
}

/// A list in the first version that is served; where groups may not be read, neither is it.
async fn served<T: Readable, R: Reader>(
    reader: &R,
    groups: &Groups,
    resource: &Resource,
    versions: &[&'static str],
) -> Listed<T> {
    match groups.serving(resource.group, versions) {
        Serving::In(version) => reader.list(&resource.at(version)).await,
        Serving::Otherwise(versions) => Listed::of_unknown_version(resource, &versions),
        Serving::Hidden => Listed::failed(resource, &ReadError::Forbidden { permission: get_groups() }),
        Serving::Absent => Listed::failed(resource, &ReadError::Absent),
    }
}

fn get_groups() -> String {
    format!("get {}", GROUPS.path)
}

impl Input {
    /// The check cannot be judged without this list, if it is served.
    fn needing<T>(&self, judge: Judge, resource: &Resource, list: &Listed<T>) -> Judge {
        match list.read.coverage {
            Coverage::Absent => judge,
            Coverage::Forbidden if self.groups.coverage == Coverage::Forbidden => judge.lacks(get_groups()),
            _ => judge.needs(resource, list),
        }
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        let others = self.others.iter().map(|(_, _, list)| (Part::Optional, &list.read));
        [
            (Part::Beside, &self.groups),
            (Part::Beside, &self.namespaces.read),
            (Part::Own, &self.policies.read),
            (Part::Own, &self.services.read),
            (Part::Own, &self.ingresses.read),
            (Part::Optional, &self.gateways.read),
        ]
        .into_iter()
        .chain(others)
        .collect()
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy)
    }
}

const DEFAULT_DENY: &str = "net.default_deny";
const EXPOSED: &str = "net.exposed";
const INGRESS_TLS: &str = "enc.ingress_tls";

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[isolation::SENTENCES, exposure::SENTENCES, tls::SENTENCES];

/// Judges the checks of networks.
pub fn evaluate(input: &Input, policy: &Policy) -> Evaluation {
    evaluation([isolation::default_deny(input, policy), exposure::exposed(input, policy), tls::ingress_tls(input)])
}
