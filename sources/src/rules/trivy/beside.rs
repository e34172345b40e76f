//! What Trivy Operator says beside its reports on settings: its compliance reports, and what it holds of roles.
//!
//! Neither is evidence. A compliance report is made from the other reports, and a control of it whose checks never ran
//! counts as passed; roles are judged by the checks of RBAC, from the roles themselves, and would be found twice. Both
//! are told with `cfg.audit`. Where one contradicts itself, the operator's figures cannot be relied on; and as long as a
//! compliance report is empty, old or in an unknown form, the operator has not done what it is there for.

use super::{
    Input,
    counts::{NOTHING, most},
    reports::{Payload, day, is_fresh, is_within},
};
use crate::{
    listed::Listed,
    objects::trivy::{AuditReport, ComplianceReport, ComplianceStatus, ComplianceSummary, Controls},
    request::{CLUSTER_ROLE_REPORTS, COMPLIANCE_REPORTS, ROLE_REPORTS, Resource},
    rules::verdict::names,
};
use chrono::TimeDelta;
use model::{Instant, finding::Extent, scan::Coverage};
use std::collections::BTreeMap;

/// How old a compliance report may be. By default, one is made every six hours.
const LONGEST: TimeDelta = TimeDelta::hours(48);

const COMPLIANCE: &str = "ClusterComplianceReport";
const ROLES: &str = "RbacAssessmentReport";

/// What is told beside.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Of each compliance report, how many controls fail, of how many, and on which day that was.
    compliance: Vec<String>,
    /// Roles that were assessed, of late.
    roles: u32,
    /// Those of them in which something critical or high was found.
    risky: u32,
    /// In how many roles each rule fails.
    rules: BTreeMap<String, u32>,
    /// What nothing can be said of.
    unusable: Vec<String>,
    /// Reports that list something else than they sum up.
    pub(super) contradicting: Vec<(String, Extent)>,
    /// Compliance reports of which nothing can be said.
    pub(super) doubtful: Vec<Extent>,
}

impl Beside {
    /// What the reports tell, and which of them tell nothing.
    pub(super) fn of(input: &Input, now: Instant) -> Self {
        let mut beside = Self::default();
        beside.miss(&ROLE_REPORTS, &input.roles);
        beside.miss(&CLUSTER_ROLE_REPORTS, &input.cluster_roles);
        beside.miss(&COMPLIANCE_REPORTS, &input.compliance);
        if input.compliance.unread > 0 {
            beside.doubtful.push(Extent { kind: Some(COMPLIANCE.into()), ..Extent::default() });
        }
        input.compliance.items.iter().for_each(|report| beside.take_compliance(report, now));
        let roles = || input.roles.items.iter().chain(&input.cluster_roles.items);
        let untold = roles().filter(|report| !beside.take_role(report, now)).count();
        if untold > 0 {
            beside.unusable.push(format!("{ROLES} ({untold})"));
        }
        beside
    }

    /// Whether there is anything to tell.
    pub(super) fn is_empty(&self) -> bool {
        self.compliance.is_empty() && self.roles == 0 && self.unusable.is_empty()
    }

    /// The values of the sentence that tells it.
    pub(super) fn values(&self, oldest: String) -> [(&'static str, String); 6] {
        let listed = |all: &[String]| {
            if all.is_empty() { NOTHING.to_owned() } else { names(all.iter().map(String::as_str)) }
        };
        [
            ("compliance", listed(&self.compliance)),
            ("oldest", oldest),
            ("risky", self.risky.to_string()),
            ("roles", self.roles.to_string()),
            ("rules", most(&self.rules)),
            ("unusable", listed(&self.unusable)),
        ]
    }

    /// Takes note of what was not read of a list. That it is not served is no gap: older versions have no such reports.
    fn miss<T>(&mut self, resource: &Resource, list: &Listed<T>) {
        match list.read.coverage {
            Coverage::Absent => {}
            Coverage::Complete | Coverage::Truncated => {
                if list.unread > 0 {
                    self.unusable.push(format!("{} ({})", resource.plural, list.unread));
                }
            }
            _ => self.unusable.push(resource.plural.to_string()),
        }
    }

    fn take_compliance(&mut self, report: &ComplianceReport, now: Instant) {
        let name = report.metadata.name.as_deref().unwrap_or_default();
        let extent = Extent::of_object(COMPLIANCE, None, name);
        match report.status.as_ref().and_then(figures) {
            Some((controls, summary, _)) if !controls.agree_with(summary) => {
                self.contradicting.push((name.into(), extent));
            }
            Some((controls, summary, at)) if is_within(at, LONGEST, now) => {
                self.compliance.push(format!("{name} {}/{} {}", summary.fail_count, controls.all(), day(at)));
            }
            _ => {
                self.unusable.push(name.into());
                self.doubtful.push(extent);
            }
        }
    }

    /// Takes note of what was found in a role; whether that can be relied on.
    fn take_role(&mut self, report: &AuditReport, now: Instant) -> bool {
        let (metadata, payload) = (&report.metadata, &report.report);
        let (counted, summary, unclear) = payload.figures();
        if unclear == 0 && counted != summary {
            let name = metadata.name.as_deref().unwrap_or_default();
            let extent = Extent::of_object(ROLES, metadata.namespace.as_deref(), name);
            self.contradicting.push((name.into(), extent));
            return true;
        }
        if unclear > 0 || !is_fresh(metadata, payload.updated(), now) {
            return false;
        }
        self.roles = self.roles.saturating_add(1);
        self.risky = self.risky.saturating_add(u32::from(!payload.checks.kept.is_empty()));
        for entry in &payload.checks.kept {
            let count = self.rules.entry(entry.rule().into()).or_default();
            *count = count.saturating_add(1);
        }
        true
    }
}

/// What a compliance report lists, what it sums that up to, and when it was made.
fn figures(status: &ComplianceStatus) -> Option<(Controls, ComplianceSummary, Option<Instant>)> {
    Some((status.controls()?, status.summary?, status.update_timestamp))
}
