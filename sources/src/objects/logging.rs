//! Where operators send logs: outputs of the Logging operator (`logging.banzaicloud.io`) and the Fluent operator
//! (`fluentbit.fluent.io`), and OpenShift's `ClusterLogForwarder` (`observability.openshift.io`).
//!
//! Only addresses are read; names of users, passwords and tokens that stand beside them are not.

use super::meta::{Condition, Meta};
use crate::page::Named;
use serde::{
    Deserialize,
    de::{DeserializeOwned, Deserializer, IgnoredAny},
};
use std::collections::BTreeMap;

/// An Output or `ClusterOutput`.
#[derive(Clone, Debug, Deserialize)]
pub struct Output {
    /// Its metadata.
    pub metadata: Meta,
    /// A plugin by its name, as `s3`, beside settings of the output itself.
    #[serde(default)]
    pub spec: Option<BTreeMap<String, Setting>>,
    /// What the operator says of it.
    #[serde(default)]
    pub status: Option<OutputStatus>,
}

/// A value in the specification of an output.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    /// An object: a plugin with its address.
    Plugin(Box<Address>),
    /// A setting of the output itself.
    Other(IgnoredAny),
}

/// What the operator says of an output.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OutputStatus {
    /// `false`: nothing is sent to it.
    pub active: Option<bool>,
    /// What is wrong with it.
    pub problems: Option<Vec<IgnoredAny>>,
}

/// Where a plugin sends. Each has some of these, under names of its own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    /// A host.
    #[serde(alias = "hec_host")]
    pub host: Said<String>,
    /// Several, parted by commas.
    #[serde(alias = "brokers")]
    pub hosts: Said<Hosts>,
    /// An address with its protocol.
    #[serde(alias = "endpoint", alias = "s3_endpoint", alias = "Endpoint")]
    pub url: Said<String>,
    /// Servers that are forwarded to.
    pub servers: Said<Vec<Server>>,
    /// `http` or `https`.
    #[serde(alias = "protocol")]
    pub scheme: Said<String>,
    /// `tls`, `tcp` or `udp`.
    #[serde(alias = "mode")]
    pub transport: Said<String>,
    /// Whether TLS is used: `true`, or an object of settings.
    #[serde(alias = "use_ssl")]
    pub tls: Said<Tls>,
    /// Whether the server's certificate is checked.
    #[serde(alias = "tls_verify")]
    pub ssl_verify: Said<bool>,
}

impl Address {
    /// Whether anything is said in a way that is not understood.
    pub fn is_unclear(&self) -> bool {
        let Self { host, hosts, url, servers, scheme, transport, tls, ssl_verify } = self;
        [host, url, scheme, transport].iter().any(|said| said.is_unclear())
            || hosts.is_unclear()
            || servers.is_unclear()
            || tls.is_unclear()
            || ssl_verify.is_unclear()
    }
}

/// A setting that may be missing, or be of another form than expected, as one that is taken from a Secret.
#[derive(Clone, Debug, Default)]
pub enum Said<T> {
    /// Missing.
    #[default]
    Nothing,
    /// As expected.
    Value(T),
    /// Of another form.
    Unclear,
}

impl<T> Said<T> {
    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nothing | Self::Unclear => None,
        }
    }

    /// Whether something is said that is not understood.
    pub fn is_unclear(&self) -> bool {
        matches!(self, Self::Unclear)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Said<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, bound = "T: DeserializeOwned")]
        enum Either<T> {
            Good(T),
            Bad(IgnoredAny),
        }
        Ok(match Option::<Either<T>>::deserialize(deserializer)? {
            Some(Either::Good(value)) => Self::Value(value),
            Some(Either::Bad(IgnoredAny)) => Self::Unclear,
            None => Self::Nothing,
        })
    }
}

/// Several hosts.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Hosts {
    /// In one text, parted by commas.
    Text(String),
    /// As a list.
    List(Vec<String>),
}

/// A server that is forwarded to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Server {
    /// Its host.
    pub host: Option<String>,
}

/// Settings of TLS.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Tls {
    /// On or off.
    Switch(bool),
    /// On, with settings.
    Settings(TlsSettings),
}

/// Whether the server's certificate is checked; it is, where neither says otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TlsSettings {
    /// `false`: it is not.
    pub verify: Option<bool>,
    /// `true`: it is not.
    pub insecure_skip_verify: Option<bool>,
}

/// A `ClusterLogForwarder`.
#[derive(Clone, Debug, Deserialize)]
pub struct LogForwarder {
    /// Its metadata.
    pub metadata: Meta,
    /// Where it sends what.
    #[serde(default)]
    pub spec: LogForwarderSpec,
    /// What the operator says of it.
    #[serde(default)]
    pub status: Option<LogForwarderStatus>,
}

/// Where a `ClusterLogForwarder` sends what.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LogForwarderSpec {
    /// Where to.
    pub outputs: Option<Vec<ForwarderOutput>>,
    /// What.
    pub pipelines: Option<Vec<Pipeline>>,
}

/// An output of a `ClusterLogForwarder`.
#[derive(Clone, Debug, Deserialize)]
pub struct ForwarderOutput {
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// TLS.
    #[serde(default)]
    pub tls: Option<TlsSettings>,
    /// The address, under the name of its type, beside the name of the type.
    #[serde(flatten)]
    pub settings: BTreeMap<String, Setting>,
}

/// What goes where.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Pipeline {
    /// As `audit`.
    pub input_refs: Option<Vec<String>>,
    /// Names of outputs.
    pub output_refs: Option<Vec<String>>,
}

/// What the operator says of a `ClusterLogForwarder`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LogForwarderStatus {
    /// `Ready` among them.
    pub conditions: Option<Vec<Condition>>,
}

impl Named for Output {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for LogForwarder {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
