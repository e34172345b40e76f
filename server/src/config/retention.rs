//! `[retention]`: how long what is recorded is kept.

use crate::retention::Class;
use serde::{Deserialize, Serialize};
use std::num::NonZeroU16;

/// `[retention]`: whole months that a class of data is kept; for ever where it is not named.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetentionSettings {
    /// The scan log, and with it which objects a reading rested on.
    pub scan_log_months: Option<NonZeroU16>,
    /// Who looked when: what the coverage of time is told from.
    pub coverage_months: Option<NonZeroU16>,
    /// Objects behind verdicts, from when they were last seen in that state.
    pub objects_months: Option<NonZeroU16>,
    /// Digests and counts of batches of audit events.
    pub audit_digests_months: Option<NonZeroU16>,
    /// Messages that were delivered, given up or dropped, with every attempt, from when that happened.
    pub messages_months: Option<NonZeroU16>,
    /// How findings failed and what checks said, from when that was over.
    pub findings_months: Option<NonZeroU16>,
}

impl RetentionSettings {
    /// The classes that are not kept for ever, with their months.
    pub fn policies(self) -> Vec<(Class, i32)> {
        let all = [
            (Class::ScanLog, self.scan_log_months),
            (Class::Coverage, self.coverage_months),
            (Class::Objects, self.objects_months),
            (Class::AuditDigests, self.audit_digests_months),
            (Class::Messages, self.messages_months),
            (Class::Findings, self.findings_months),
        ];
        all.into_iter().filter_map(|(class, months)| Some((class, i32::from(months?.get())))).collect()
    }
}
