//! `policy/v1beta1` PodSecurityPolicies (until Kubernetes 1.24), validating admission policies and their bindings, and
//! the webhooks by which the API server asks policy engines.

use super::meta::Meta;
use crate::page::Named;
use serde::Deserialize;

/// A PodSecurityPolicy.
#[derive(Clone, Debug, Deserialize)]
pub struct PodSecurityPolicy {
    /// Its metadata.
    pub metadata: Meta,
    /// What it allows.
    pub spec: PodSecurityPolicySpec,
}

/// What a PodSecurityPolicy allows; what is not said is not allowed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodSecurityPolicySpec {
    /// Privileged containers.
    #[serde(default)]
    pub privileged: Option<bool>,
    /// The host's network.
    #[serde(default)]
    pub host_network: Option<bool>,
    /// The host's processes.
    #[serde(default, rename = "hostPID")]
    pub host_pid: Option<bool>,
    /// The host's shared memory.
    #[serde(default, rename = "hostIPC")]
    pub host_ipc: Option<bool>,
    /// Linux capabilities that may be added.
    #[serde(default)]
    pub allowed_capabilities: Option<Vec<String>>,
    /// Kinds of volumes.
    #[serde(default)]
    pub volumes: Option<Vec<String>>,
    /// Paths of the host that may be mounted; all where it is empty and the kind is allowed.
    #[serde(default)]
    pub allowed_host_paths: Option<Vec<HostPath>>,
}

/// A path of the host.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HostPath {
    /// Whether it may only be read.
    #[serde(default)]
    pub read_only: Option<bool>,
}

/// A ValidatingAdmissionPolicyBinding.
#[derive(Clone, Debug, Deserialize)]
pub struct PolicyBinding {
    /// Its metadata.
    pub metadata: Meta,
    /// What it does.
    #[serde(default)]
    pub spec: Option<PolicyBindingSpec>,
}

/// What a binding does with a violation.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyBindingSpec {
    /// The policy that it puts in force.
    #[serde(default)]
    pub policy_name: Option<String>,
    /// `Deny`, `Warn`, `Audit`.
    #[serde(default)]
    pub validation_actions: Option<Vec<String>>,
}

/// A `ValidatingWebhookConfiguration`.
#[derive(Clone, Debug, Deserialize)]
pub struct WebhookConfiguration {
    /// Its metadata.
    pub metadata: Meta,
    /// Whom the API server asks.
    #[serde(default)]
    pub webhooks: Option<Vec<Webhook>>,
}

/// Somebody whom the API server asks before it lets an object in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Webhook {
    /// Its name.
    pub name: Option<String>,
    /// What happens where there is no answer: `Fail` or `Ignore`.
    pub failure_policy: Option<String>,
}

impl Named for WebhookConfiguration {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for PodSecurityPolicy {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for PolicyBinding {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
