//! `cert-manager.io/v1`: certificates, issuers, requests; `acme.cert-manager.io/v1`: orders.

use super::meta::{Condition, Meta, Owned};
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A Certificate.
#[derive(Clone, Debug, Deserialize)]
pub struct Certificate {
    /// Its metadata.
    pub metadata: Meta,
    /// What is asked for.
    #[serde(default)]
    pub spec: Option<CertificateSpec>,
    /// What the controller says of it.
    #[serde(default)]
    pub status: Option<CertificateStatus>,
}

/// What a Certificate asks for, as far as it is used.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CertificateSpec {
    /// How long it shall be valid, as `2160h0m0s`.
    pub duration: Option<String>,
    /// Its key.
    pub private_key: Option<PrivateKey>,
}

/// How a private key is made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PrivateKey {
    /// `RSA`, `ECDSA`, `Ed25519`.
    pub algorithm: Option<String>,
    /// In bits.
    pub size: Option<i64>,
    /// `Never` or `Always`: whether a renewal makes a new key.
    pub rotation_policy: Option<String>,
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

/// A CertificateRequest.
#[derive(Clone, Debug, Deserialize)]
pub struct CertificateRequest {
    /// Its metadata; it belongs to a Certificate.
    pub metadata: Owned,
    /// What became of it.
    #[serde(default)]
    pub status: Option<IssuerStatus>,
}

/// An ACME Order.
#[derive(Clone, Debug, Deserialize)]
pub struct Order {
    /// Its metadata; it belongs to a CertificateRequest.
    pub metadata: Owned,
    /// What became of it.
    #[serde(default)]
    pub status: Option<OrderStatus>,
}

/// What became of an Order.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OrderStatus {
    /// `valid`, `ready`, `pending`, `processing`, `invalid`, `expired`, `errored`.
    #[serde(default)]
    pub state: Option<String>,
}

impl CertificateRequest {
    /// Its namespace.
    pub fn namespace(&self) -> &str {
        self.metadata.namespace.as_deref().unwrap_or_default()
    }
}

impl Order {
    /// Its namespace.
    pub fn namespace(&self) -> &str {
        self.metadata.namespace.as_deref().unwrap_or_default()
    }
}

impl Named for CertificateRequest {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

impl Named for Order {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
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
