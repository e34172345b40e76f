//! `ClusterComplianceReport`: what the operator makes of its other reports, by the controls of a benchmark.
//!
//! Only what its figures are compared with is read: whether each control fails. By `reportType`, the controls are in a
//! summary or in detail, never in both. Go leaves out figures of 0.

use super::ReportMeta;
use crate::page::Named;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A compliance report. Without a status it has never been made.
#[derive(Clone, Debug, Deserialize)]
pub struct ComplianceReport {
    /// Its metadata.
    pub metadata: ReportMeta,
    /// What it came to.
    #[serde(default)]
    pub status: Option<ComplianceStatus>,
}

/// What a compliance report came to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComplianceStatus {
    /// When it was made.
    #[serde(default)]
    pub update_timestamp: Option<DateTime<Utc>>,
    /// Its own figures; old versions have another name for them.
    #[serde(default, alias = "totalCounts")]
    pub summary: Option<ComplianceSummary>,
    #[serde(default)]
    summary_report: Option<SummaryReport>,
    #[serde(default)]
    detail_report: Option<DetailReport>,
}

/// The operator's own figures, of controls.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct ComplianceSummary {
    /// Those with a failure.
    #[serde(default)]
    pub fail_count: u32,
    /// All others, be it that nothing of them was ever checked.
    #[serde(default)]
    pub pass_count: u32,
}

/// What the controls that a report lists come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Controls {
    /// Those with a failure.
    pub failed: u32,
    /// Those without.
    pub passed: u32,
    /// Those that a person must look at: the list does not tell how they count in the figures.
    pub by_hand: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SummaryReport {
    #[serde(default)]
    control_check: Vec<ControlSummary>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ControlSummary {
    name: Box<str>,
    #[serde(default)]
    total_fail: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
struct DetailReport {
    #[serde(default)]
    results: Vec<ControlDetail>,
}

#[derive(Clone, Debug, Deserialize)]
struct ControlDetail {
    checks: Vec<CheckOfControl>,
}

#[derive(Clone, Debug, Deserialize)]
struct CheckOfControl {
    success: bool,
}

impl ComplianceStatus {
    /// What the controls come to; `None` where none is listed, or not as Bevis knows it.
    pub fn controls(&self) -> Option<Controls> {
        let controls = match (&self.summary_report, &self.detail_report) {
            (Some(summary), None) => Controls::of_summary(&summary.control_check)?,
            (None, Some(detail)) => Controls::of_detail(&detail.results)?,
            _ => return None,
        };
        (controls.all() > 0).then_some(controls)
    }
}

impl Controls {
    fn of_summary(listed: &[ControlSummary]) -> Option<Self> {
        let mut controls = Self::default();
        for control in listed {
            let figure = match control.total_fail {
                Some(0) => &mut controls.passed,
                Some(_) => &mut controls.failed,
                None if control.name.contains("Manual") => &mut controls.by_hand,
                None => return None,
            };
            *figure = figure.saturating_add(1);
        }
        Some(controls)
    }

    fn of_detail(listed: &[ControlDetail]) -> Option<Self> {
        let mut controls = Self::default();
        for control in listed {
            // One in order has a check that says so.
            if control.checks.is_empty() {
                return None;
            }
            let fails = control.checks.iter().any(|check| !check.success);
            let figure = if fails { &mut controls.failed } else { &mut controls.passed };
            *figure = figure.saturating_add(1);
        }
        Some(controls)
    }

    /// How many there are.
    pub const fn all(self) -> u32 {
        self.failed.saturating_add(self.passed).saturating_add(self.by_hand)
    }

    /// Whether they can come to these figures.
    pub fn agree_with(self, summary: ComplianceSummary) -> bool {
        let most = self.failed.saturating_add(self.by_hand);
        (self.failed..=most).contains(&summary.fail_count)
            && summary.fail_count.checked_add(summary.pass_count) == Some(self.all())
    }
}

impl Named for ComplianceReport {
    fn name(&self) -> Option<&str> {
        self.metadata.name.as_deref()
    }
}
