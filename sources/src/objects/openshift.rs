//! What OpenShift's API servers are told, in `config.openshift.io/v1`, and what their operator says of it, in
//! `operator.openshift.io/v1`. Each has one object, named `cluster`.

use super::meta::{Condition, Meta};
use crate::page::Named;
use serde::Deserialize;

/// An `APIServer`: settings that all API servers of the cluster share.
#[derive(Clone, Debug, Deserialize)]
pub struct ApiServer {
    /// Its metadata.
    pub metadata: Meta,
    /// The settings.
    pub spec: ApiServerSpec,
}

/// Settings of API servers.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ApiServerSpec {
    /// How what is stored is encrypted.
    #[serde(default)]
    pub encryption: Option<Encryption>,
    /// What the audit log records.
    #[serde(default)]
    pub audit: Option<Audit>,
}

/// How what is stored is encrypted.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Encryption {
    /// `aescbc`, `aesgcm`, `KMS`, or `identity` for not at all, which is meant where nothing is said.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
}

/// What the audit log records.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Audit {
    /// `Default`, which is meant where nothing is said, `WriteRequestBodies`, `AllRequestBodies` or `None`.
    #[serde(default)]
    pub profile: Option<String>,
    /// What is recorded of members of a group instead; the first that matches counts.
    #[serde(default)]
    pub custom_rules: Option<Vec<AuditRule>>,
}

/// What is recorded of members of a group.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AuditRule {
    /// The group.
    pub group: Option<String>,
    /// As [`Audit::profile`].
    pub profile: Option<String>,
}

/// A `KubeAPIServer`: what the operator of the API servers says of them.
#[derive(Clone, Debug, Deserialize)]
pub struct KubeApiServer {
    /// Its metadata.
    pub metadata: Meta,
    /// What it says.
    #[serde(default)]
    pub status: Option<OperatorStatus>,
}

/// What an operator says.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OperatorStatus {
    /// `Encrypted` among them.
    #[serde(default)]
    pub conditions: Option<Vec<Condition>>,
}

impl KubeApiServer {
    /// Whether all that is to be encrypted is.
    pub fn encrypted(&self) -> Option<&Condition> {
        let mut conditions = self.status.as_ref()?.conditions.iter().flatten();
        conditions.find(|condition| condition.kind.as_deref() == Some("Encrypted"))
    }
}

impl Named for ApiServer {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for KubeApiServer {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
