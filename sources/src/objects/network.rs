//! Network policies, Services, Ingresses (`networking.k8s.io/v1`) and Gateways (`gateway.networking.k8s.io`).

use super::{
    meta::{Meta, Owned},
    selector::LabelSelector,
};
use crate::page::Named;
use serde::{Deserialize, de::IgnoredAny};

/// A NetworkPolicy.
#[derive(Clone, Debug, Deserialize)]
pub struct NetworkPolicy {
    /// Its metadata.
    pub metadata: Meta,
    /// Whom it isolates, and what it lets through.
    pub spec: NetworkPolicySpec,
}

/// Whom a NetworkPolicy isolates, and what it lets through.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NetworkPolicySpec {
    /// The pods; all where it is empty or missing.
    pub pod_selector: Option<LabelSelector>,
    /// `Ingress`, `Egress`.
    pub policy_types: Option<Vec<String>>,
    /// What is let in.
    pub ingress: Option<Vec<IngressRule>>,
    /// What is let out.
    pub egress: Option<Vec<EgressRule>>,
}

/// What is let in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct IngressRule {
    /// From whom; from everywhere where nothing is said.
    pub from: Option<Vec<Peer>>,
    /// On which ports; on all where nothing is said.
    pub ports: Option<Vec<IgnoredAny>>,
}

/// What is let out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EgressRule {
    /// To whom; to everywhere where nothing is said.
    pub to: Option<Vec<Peer>>,
    /// On which ports; on all where nothing is said.
    pub ports: Option<Vec<IgnoredAny>>,
}

/// The other side, as far as it may be everywhere.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Peer {
    /// Addresses.
    pub ip_block: Option<IpBlock>,
}

/// Addresses.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct IpBlock {
    /// As `10.0.0.0/8`.
    pub cidr: Option<String>,
    /// But these.
    pub except: Option<Vec<IgnoredAny>>,
}

/// A Service.
#[derive(Clone, Debug, Deserialize)]
pub struct Service {
    /// Its metadata.
    pub metadata: Owned,
    /// How it is reached.
    pub spec: ServiceSpec,
}

/// How a Service is reached.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ServiceSpec {
    /// `ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Addresses outside the cluster's own that lead to it.
    #[serde(rename = "externalIPs")]
    pub external_ips: Option<Vec<IgnoredAny>>,
}

/// An Ingress.
#[derive(Clone, Debug, Deserialize)]
pub struct Ingress {
    /// Its metadata.
    pub metadata: Owned,
    /// Which hosts it serves.
    pub spec: IngressSpec,
}

/// Which hosts an Ingress serves.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IngressSpec {
    /// Where requests go that no rule is for.
    pub default_backend: Option<IgnoredAny>,
    /// Hosts.
    pub rules: Option<Vec<HostRule>>,
    /// Which of them have a certificate.
    pub tls: Option<Vec<HostTls>>,
}

/// A host of an Ingress.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct HostRule {
    /// Its name; every host where nothing is said.
    pub host: Option<String>,
}

/// Hosts of an Ingress that have a certificate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HostTls {
    /// Their names; all where there is none.
    pub hosts: Option<Vec<String>>,
    /// Where the certificate is; the controller's default where nothing is said.
    pub secret_name: Option<String>,
}

/// A Gateway.
#[derive(Clone, Debug, Deserialize)]
pub struct Gateway {
    /// Its metadata.
    pub metadata: Meta,
    /// What it listens to.
    pub spec: GatewaySpec,
}

/// What a Gateway listens to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GatewaySpec {
    /// Listeners.
    pub listeners: Option<Vec<Listener>>,
}

/// A listener of a Gateway.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Listener {
    /// Its name.
    pub name: Option<String>,
    /// The host that it serves; every host where nothing is said.
    pub hostname: Option<String>,
    /// `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`.
    pub protocol: Option<String>,
}

impl Named for NetworkPolicy {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Service {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Ingress {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Gateway {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
