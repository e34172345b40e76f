//! `aquasecurity.github.io/v1alpha1`: the reports of Trivy Operator, as far as the rules use them.
//!
//! A cluster has thousands of reports with a hundred thousand entries. What an entry says is weighed while it is
//! read: the figures of all are counted, and only those that a rule speaks of are kept. Titles, links and
//! descriptions of vulnerabilities are passed over; what was found of a secret is never read.
//! Fields that the CRD requires are required here too: without them nothing can be said of a report.

mod compliance;
mod tally;

use super::meta::OwnerReference;
use crate::page::Named;
use chrono::{DateTime, NaiveDate, Utc};
pub use compliance::{ComplianceReport, ComplianceStatus, ComplianceSummary, Controls};
use model::severity::Severity;
use serde::Deserialize;
pub use tally::{Tally, normal};

/// A report of any kind: its payload is beside its metadata.
#[derive(Clone, Debug, Deserialize)]
pub struct Report<T> {
    /// Its metadata.
    pub metadata: ReportMeta,
    /// What it says.
    pub report: T,
}

/// A `VulnerabilityReport`: one container of a workload.
pub type VulnerabilityReport = Report<Vulnerabilities>;
/// An `ExposedSecretReport`: one container of a workload.
pub type ExposedSecretReport = Report<ExposedSecrets>;
/// A `ConfigAuditReport`, `InfraAssessmentReport` or `RbacAssessmentReport`, or one of the whole cluster: one object.
pub type AuditReport = Report<Audit>;

/// A report's metadata: what it is about, and how long it is kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportMeta {
    /// The report's own name.
    #[serde(default)]
    pub name: Option<String>,
    /// Its namespace, and that of what it is about.
    #[serde(default)]
    pub namespace: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub labels: Option<ReportLabels>,
    /// What it is about, where that is no value of a label.
    #[serde(default)]
    pub annotations: Option<ReportAnnotations>,
    /// What it is about, as Kubernetes knows it.
    #[serde(default)]
    pub owner_references: Option<Vec<OwnerReference>>,
}

/// The labels by which a report tells what it is about.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ReportLabels {
    /// The kind.
    #[serde(default, rename = "trivy-operator.resource.kind")]
    pub kind: Option<String>,
    /// The name, where it can be the value of a label.
    #[serde(default, rename = "trivy-operator.resource.name")]
    pub name: Option<String>,
    /// The container.
    #[serde(default, rename = "trivy-operator.container.name")]
    pub container: Option<String>,
}

/// The annotations that are used.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ReportAnnotations {
    /// The name of what it is about, where that is no value of a label.
    #[serde(default, rename = "trivy-operator.resource.name")]
    pub name: Option<String>,
    /// How long the report is kept, as Go writes durations.
    #[serde(default, rename = "trivy-operator.aquasecurity.github.io/report-ttl")]
    pub ttl: Option<String>,
}

impl ReportMeta {
    /// Kind and name of what the report is about.
    pub fn about(&self) -> Option<(&str, &str)> {
        let labels = self.labels.as_ref();
        let owner = self.owner_references.as_ref().and_then(|owners| owners.first());
        let annotated = self.annotations.as_ref().and_then(|annotations| annotations.name.as_deref());
        let kind = labels.and_then(|labels| labels.kind.as_deref()).or_else(|| owner?.kind.as_deref());
        let name = labels.and_then(|labels| labels.name.as_deref()).or(annotated).or_else(|| owner?.name.as_deref());
        kind.zip(name).filter(|(kind, name)| !kind.is_empty() && !name.is_empty())
    }

    /// The container that it is about.
    pub fn container(&self) -> Option<&str> {
        self.labels.as_ref()?.container.as_deref()
    }
}

/// What a `VulnerabilityReport` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vulnerabilities {
    /// When the image was scanned.
    #[serde(default)]
    pub update_timestamp: Option<DateTime<Utc>>,
    /// Who scanned it.
    #[serde(default)]
    pub scanner: Option<Scanner>,
    /// The image.
    #[serde(default)]
    pub artifact: Option<Artifact>,
    /// The distribution that the image is made of; empty where it is of none.
    #[serde(default)]
    pub os: Option<Os>,
    /// The scanner's own figures.
    pub summary: Summary,
    /// Entries; those are kept that are critical or high, and for which there is a correction.
    pub vulnerabilities: Tally<Fixable>,
}

/// What an `ExposedSecretReport` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExposedSecrets {
    /// When the image was scanned.
    #[serde(default)]
    pub update_timestamp: Option<DateTime<Utc>>,
    /// The image.
    #[serde(default)]
    pub artifact: Option<Artifact>,
    /// The scanner's own figures.
    pub summary: Summary,
    /// Entries; all are kept.
    pub secrets: Tally<ExposedSecret>,
}

/// What a report on settings says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Audit {
    /// When the object was looked at.
    #[serde(default)]
    pub update_timestamp: Option<DateTime<Utc>>,
    /// The scanner's own figures, of what failed.
    pub summary: Summary,
    /// Entries; those are kept that failed, and are critical or high.
    pub checks: Tally<FailedCheck>,
}

impl Vulnerabilities {
    /// How many are critical or high, and have no correction.
    pub fn unfixable(&self) -> u32 {
        let Summary { critical_count, high_count, .. } = self.vulnerabilities.counted;
        let fixable = u32::try_from(self.vulnerabilities.kept.len()).unwrap_or(u32::MAX);
        critical_count.saturating_add(high_count).saturating_sub(fixable)
    }
}

/// Who scanned.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Scanner {
    /// As `0.72.0`.
    #[serde(default)]
    pub version: Option<String>,
}

/// An image.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Artifact {
    /// As `sha256:…`.
    #[serde(default)]
    pub digest: Option<String>,
    /// As `1.25`.
    #[serde(default)]
    pub tag: Option<String>,
}

/// A distribution.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Os {
    /// As `debian`.
    #[serde(default)]
    pub family: Option<String>,
    /// Its release, as `10.3`.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether its makers have stopped to correct it.
    #[serde(default)]
    pub eosl: Option<bool>,
}

/// The scanner's own figures. Only vulnerabilities can have no known severity.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Critical.
    pub critical_count: u32,
    /// High.
    pub high_count: u32,
    /// Medium.
    pub medium_count: u32,
    /// Low.
    pub low_count: u32,
    /// Of no known severity.
    #[serde(default)]
    pub unknown_count: u32,
}

/// A vulnerability, critical or high, for which there is a correction.
#[derive(Clone, Debug)]
pub struct Fixable {
    /// As `CVE-2024-0553`.
    pub id: Box<str>,
    /// The package.
    pub package: Box<str>,
    /// The file in the image, where the package is one.
    pub path: Option<Box<str>>,
    /// The version in the image.
    pub installed: Box<str>,
    /// The version that corrects it.
    pub fixed: Box<str>,
    /// The day when it became known to everybody, where the report tells it.
    pub published: Option<NaiveDate>,
    /// Critical or high.
    pub severity: Severity,
}

/// A secret in an image: where it is and of what kind, never what it is.
#[derive(Clone, Debug)]
pub struct ExposedSecret {
    /// As `aws-secret-access-key`.
    pub rule: Box<str>,
    /// The file.
    pub target: Box<str>,
    /// How bad it is.
    pub severity: Severity,
}

/// A setting that fails, critical or high.
#[derive(Clone, Debug)]
pub struct FailedCheck {
    /// As `KSV-0014`, however the version of the operator writes it; empty where it writes none.
    pub id: Box<str>,
    /// In a few words.
    pub title: Box<str>,
    /// Critical or high.
    pub severity: Severity,
}

impl FailedCheck {
    /// What tells it from others. Old versions write no id; the title is then all there is.
    pub fn rule(&self) -> &str {
        if self.id.is_empty() { &self.title } else { &self.id }
    }
}

impl<T> Named for Report<T> {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
