//! Workloads (`apps/v1`), as far as the rules use them.

use super::meta::Meta;
use crate::page::Named;
use serde::Deserialize;

/// A Deployment.
#[derive(Clone, Debug, Deserialize)]
pub struct Deployment {
    /// Its metadata.
    pub metadata: Meta,
    /// How it is.
    #[serde(default)]
    pub status: Option<DeploymentStatus>,
}

/// How a Deployment is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DeploymentStatus {
    /// Pods that have been ready for long enough; none where it is not said.
    pub available_replicas: Option<i64>,
}

impl Named for Deployment {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
