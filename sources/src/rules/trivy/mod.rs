//! What Trivy Operator found: `vul.*`, `sec.exposed`, `cfg.audit`, `cfg.infra`.
//!
//! Only reports count whose workload runs: reports of old `ReplicaSets` stay behind. A container without a report is
//! unknown, be it that it was never scanned or that its report has just expired. A report is about an image as it
//! was when it was scanned, and is stale after twice the time that it is kept, or once something else runs.
//!
//! Compliance reports and assessments of roles are read, and told beside: see `beside`. Never read: lists of components
//! (large, and no verdict).

mod beside;
mod counts;
mod image;
mod reports;
mod running;
mod settings;
mod vulnerabilities;

use super::verdict::{Sentence, evaluation};
use crate::{
    listed::Listed,
    objects::{
        running::Pod,
        trivy::{AuditReport, ComplianceReport, ExposedSecretReport, VulnerabilityReport},
    },
    policy::Policy,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{
        CLUSTER_INFRA_REPORTS, CLUSTER_ROLE_REPORTS, COMPLIANCE_REPORTS, CONFIG_AUDIT_REPORTS, EXPOSED_SECRET_REPORTS,
        INFRA_REPORTS, PODS, ROLE_REPORTS, VULNERABILITY_REPORTS,
    },
};
use model::{Instant, evaluation::Evaluation, scan::Read};
use running::Running;
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Vulnerabilities, a report a container.
    pub vulnerabilities: Listed<VulnerabilityReport>,
    /// Secrets in images, a report a container.
    pub secrets: Listed<ExposedSecretReport>,
    /// Settings of workloads and other objects.
    pub audits: Listed<AuditReport>,
    /// Settings of the control plane's own pods.
    pub infra: Listed<AuditReport>,
    /// Settings of nodes.
    pub cluster_infra: Listed<AuditReport>,
    /// Roles of namespaces.
    pub roles: Listed<AuditReport>,
    /// Roles of the whole cluster.
    pub cluster_roles: Listed<AuditReport>,
    /// What the operator makes of its reports, by the controls of benchmarks.
    pub compliance: Listed<ComplianceReport>,
    /// What runs.
    pub pods: Arc<Listed<Pod>>,
}

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[vulnerabilities::SENTENCES, vulnerabilities::EARLIER, settings::SENTENCES, settings::EARLIER];

impl Input {
    /// Reads the reports, and what runs.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        Self {
            vulnerabilities: reader.list(&VULNERABILITY_REPORTS).await,
            secrets: reader.list(&EXPOSED_SECRET_REPORTS).await,
            audits: reader.list(&CONFIG_AUDIT_REPORTS).await,
            infra: reader.list(&INFRA_REPORTS).await,
            cluster_infra: reader.list(&CLUSTER_INFRA_REPORTS).await,
            roles: reader.list(&ROLE_REPORTS).await,
            cluster_roles: reader.list(&CLUSTER_ROLE_REPORTS).await,
            compliance: reader.list(&COMPLIANCE_REPORTS).await,
            pods: reader.shared(&PODS).await,
        }
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        vec![
            (Part::Own, &self.vulnerabilities.read),
            (Part::Own, &self.secrets.read),
            (Part::Own, &self.audits.read),
            (Part::Own, &self.infra.read),
            (Part::Own, &self.cluster_infra.read),
            (Part::Optional, &self.roles.read),
            (Part::Optional, &self.cluster_roles.read),
            (Part::Optional, &self.compliance.read),
            (Part::Beside, &self.pods.read),
        ]
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.policy, context.now)
    }

    fn never_ran(&self) -> bool {
        self.vulnerabilities.is_empty()
            && self.secrets.is_empty()
            && self.audits.is_empty()
            && self.infra.is_empty()
            && self.cluster_infra.is_empty()
    }

    /// That of the scanner, from the newest report.
    fn version(&self) -> Option<String> {
        let newest = self.vulnerabilities.items.iter().max_by_key(|report| report.report.update_timestamp)?;
        newest.report.scanner.as_ref()?.version.clone()
    }
}

/// Judges the checks of Trivy Operator.
pub fn evaluate(input: &Input, policy: &Policy, now: Instant) -> Evaluation {
    let running = Running::of(&input.pods.items, &policy.unscanned_namespaces);
    evaluation([
        vulnerabilities::coverage(input, &running, now),
        vulnerabilities::fixable(input, &running, policy.fixable_days, now),
        vulnerabilities::end_of_life(input, &running, now),
        vulnerabilities::secrets(input, &running, now),
        settings::audit(input, &running, now),
        settings::infra(input, &running, now),
    ])
}
