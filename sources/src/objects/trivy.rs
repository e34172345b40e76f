//! `aquasecurity.github.io/v1alpha1`: the reports of Trivy Operator, as far as the rules use them.
//!
//! A cluster has thousands of reports with a hundred thousand entries. What an entry says is weighed while it is
//! read: the figures of all are counted, and only those that a rule speaks of are kept. Titles, links and
//! descriptions of vulnerabilities are passed over; what was found of a secret is never read.
//! Fields that the CRD requires are required here too: without them nothing can be said of a report.

use super::meta::OwnerReference;
use crate::page::Named;
use chrono::{DateTime, Utc};
use model::severity::Severity;
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};
use std::{fmt, marker::PhantomData};

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
/// A `ConfigAuditReport`, `InfraAssessmentReport` or `ClusterInfraAssessmentReport`: one object.
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

/// Entries of a report, weighed.
#[derive(Clone, Debug)]
pub struct Tally<T> {
    /// How many count towards the summary, by severity.
    pub counted: Summary,
    /// Those that a rule speaks of.
    pub kept: Vec<T>,
    /// Those with a severity that is none of Trivy's, so that nobody knows whether a rule speaks of them.
    pub unclear: u32,
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

/// An entry as it is written.
trait Entry<'de>: Deserialize<'de> {
    type Kept;

    /// Its severity as written, where it counts, and what is kept of it.
    fn weigh(self) -> Option<(Grade, Option<Self::Kept>)>;
}

/// A severity as Trivy writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Grade {
    Critical,
    High,
    Medium,
    Low,
    Unknown,
    #[serde(other)]
    Other,
}

impl Grade {
    /// Unknown is medium: neither raised nor lost.
    const fn severity(self) -> Severity {
        match self {
            Self::Critical => Severity::Critical,
            Self::High => Severity::High,
            Self::Low => Severity::Low,
            Self::Medium | Self::Unknown | Self::Other => Severity::Medium,
        }
    }

    const fn is_grave(self) -> bool {
        matches!(self, Self::Critical | Self::High)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VulnerabilityEntry {
    #[serde(rename = "vulnerabilityID")]
    id: Box<str>,
    resource: Box<str>,
    #[serde(default)]
    package_path: Option<Box<str>>,
    installed_version: Box<str>,
    fixed_version: Box<str>,
    severity: Grade,
}

#[derive(Deserialize)]
struct SecretEntry {
    #[serde(rename = "ruleID")]
    rule: Box<str>,
    target: Box<str>,
    severity: Grade,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CheckEntry {
    #[serde(default, rename = "checkID")]
    id: Option<Box<str>>,
    #[serde(default)]
    title: Option<Box<str>>,
    severity: Grade,
    success: bool,
}

impl Entry<'_> for VulnerabilityEntry {
    type Kept = Fixable;

    fn weigh(self) -> Option<(Grade, Option<Fixable>)> {
        let is_kept = self.severity.is_grave() && !self.fixed_version.trim().is_empty();
        let severity = self.severity.severity();
        let (id, package, path) = (self.id, self.resource, self.package_path);
        let (installed, fixed) = (self.installed_version, self.fixed_version);
        Some((self.severity, is_kept.then_some(Fixable { id, package, path, installed, fixed, severity })))
    }
}

impl Entry<'_> for SecretEntry {
    type Kept = ExposedSecret;

    fn weigh(self) -> Option<(Grade, Option<ExposedSecret>)> {
        let kept = ExposedSecret { rule: self.rule, target: self.target, severity: self.severity.severity() };
        Some((self.severity, Some(kept)))
    }
}

impl Entry<'_> for CheckEntry {
    type Kept = FailedCheck;

    fn weigh(self) -> Option<(Grade, Option<FailedCheck>)> {
        if self.success {
            return None;
        }
        let severity = self.severity.severity();
        let (id, title) = (self.id.unwrap_or_default(), self.title.unwrap_or_default());
        let kept = self.severity.is_grave().then(|| FailedCheck { id: normal(&id), title, severity });
        Some((self.severity, kept))
    }
}

/// An id as the newest versions write it: `KSV014` and `AVD-KSV-0014` are `KSV-0014`. Others are left as they are.
pub fn normal(id: &str) -> Box<str> {
    let bare = id.trim().strip_prefix("AVD-").unwrap_or(id.trim());
    let letters = bare.bytes().take_while(u8::is_ascii_uppercase).count();
    let (word, rest) = bare.split_at(letters);
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    match digits.parse::<u32>() {
        Ok(number) if (2..=4).contains(&letters) && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{word}-{number:04}").into()
        }
        _ => id.trim().into(),
    }
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self { counted: Summary::default(), kept: Vec::new(), unclear: 0 }
    }
}

impl<T> Tally<T> {
    fn count(&mut self, grade: Grade) {
        let figure = match grade {
            Grade::Critical => &mut self.counted.critical_count,
            Grade::High => &mut self.counted.high_count,
            Grade::Medium => &mut self.counted.medium_count,
            Grade::Low => &mut self.counted.low_count,
            Grade::Unknown => &mut self.counted.unknown_count,
            Grade::Other => &mut self.unclear,
        };
        *figure = figure.saturating_add(1);
    }
}

struct Entries<E>(PhantomData<E>);

impl<'de, E: Entry<'de>> Visitor<'de> for Entries<E> {
    type Value = Tally<E::Kept>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut tally = Tally::default();
        while let Some(entry) = entries.next_element::<E>()? {
            let Some((grade, kept)) = entry.weigh() else { continue };
            tally.count(grade);
            tally.kept.extend(kept);
        }
        tally.kept.shrink_to_fit();
        Ok(tally)
    }
}

macro_rules! tallied {
    ($kept:ty, $entry:ty) => {
        impl<'de> Deserialize<'de> for Tally<$kept> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_seq(Entries::<$entry>(PhantomData))
            }
        }
    };
}

tallied!(Fixable, VulnerabilityEntry);
tallied!(ExposedSecret, SecretEntry);
tallied!(FailedCheck, CheckEntry);

impl<T> Named for Report<T> {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn ids_are_those_of_the_newest_version() {
        for (written, expected) in [
            ("KSV014", "KSV-0014"),
            ("AVD-KSV-0014", "KSV-0014"),
            ("KSV-0014", "KSV-0014"),
            ("KCV0020", "KCV-0020"),
            ("hostPIDSet", "hostPIDSet"),
            ("KSV-", "KSV-"),
            ("KSV-+14", "KSV-+14"),
            ("KSV-99999999999", "KSV-99999999999"),
            ("", ""),
        ] {
            assert_eq!(&*normal(written), expected, "{written}");
        }
    }
}
