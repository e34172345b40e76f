//! `cert-manager.io/v1`: certificates and issuers.

use super::meta::{Condition, Meta};
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A Certificate.
#[derive(Clone, Debug, Deserialize)]
pub struct Certificate {
    /// Its metadata.
    pub metadata: Meta,
    /// What the controller says of it.
    #[serde(default)]
    pub status: Option<CertificateStatus>,
}

/// A Certificate's status.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateStatus {
    /// `Ready` among them.
    #[serde(default)]
    pub conditions: Option<Vec<Condition>>,
    /// Valid from.
    #[serde(default)]
    pub not_before: Option<DateTime<Utc>>,
    /// Valid to.
    #[serde(default)]
    pub not_after: Option<DateTime<Utc>>,
    /// When the controller means to renew it.
    #[serde(default)]
    pub renewal_time: Option<DateTime<Utc>>,
    /// Attempts that failed since the last success.
    #[serde(default)]
    pub failed_issuance_attempts: Option<i64>,
}

/// An Issuer or ClusterIssuer.
#[derive(Clone, Debug, Deserialize)]
pub struct Issuer {
    /// Its metadata.
    pub metadata: Meta,
    /// What it issues by.
    #[serde(default)]
    pub spec: Option<IssuerSpec>,
    /// What the controller says of it.
    #[serde(default)]
    pub status: Option<IssuerStatus>,
}

/// An issuer's specification, as far as it is used.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct IssuerSpec {
    /// An ACME account.
    #[serde(default)]
    pub acme: Option<Acme>,
}

/// An ACME account.
#[derive(Clone, Debug, Deserialize)]
pub struct Acme {
    /// The directory's address.
    #[serde(default)]
    pub server: Option<String>,
}

/// An issuer's status.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct IssuerStatus {
    /// `Ready` among them.
    #[serde(default)]
    pub conditions: Option<Vec<Condition>>,
}

impl Named for Certificate {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Issuer {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for super::meta::Bare {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
