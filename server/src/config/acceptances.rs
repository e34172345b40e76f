//! `[acceptances]`: for how long a risk may be accepted, and by how many.

use super::place::{Place::Key, Wrong};
use model::severity::Severity;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroU16,
};

/// `[acceptances]`
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AcceptanceSettings {
    /// Days that a risk of a severity may be accepted at most, counted from the request.
    pub max_days: BTreeMap<Severity, NonZeroU16>,
    /// Severities of which two officers must approve.
    pub two_approvers: BTreeSet<Severity>,
    /// Megabytes of one attachment at most; 10 at most.
    pub attachment_mb: u8,
    /// Attachments of one acceptance at most.
    pub attachments: NonZeroU16,
}

/// The largest attachment that a request may bring, in megabytes, whatever the configuration says.
pub const LARGEST_ATTACHMENT_MB: u8 = 10;

impl Default for AcceptanceSettings {
    fn default() -> Self {
        Self {
            max_days: BTreeMap::new(),
            two_approvers: BTreeSet::from([Severity::Critical]),
            attachment_mb: 5,
            attachments: NonZeroU16::new(20).unwrap_or(NonZeroU16::MIN),
        }
    }
}

impl AcceptanceSettings {
    /// Days that a risk of a severity may be accepted at most.
    pub fn days(&self, severity: Severity) -> u16 {
        let usual = match severity {
            Severity::Critical => 30,
            Severity::High | Severity::Unknown => 90,
            Severity::Medium => 180,
            Severity::Low | Severity::Info => 365,
        };
        self.max_days.get(&severity).map_or(usual, |days| days.get())
    }

    /// How many officers must approve a risk of a severity.
    pub fn approvals(&self, severity: Severity) -> u8 {
        if self.two_approvers.contains(&severity) { 2 } else { 1 }
    }

    /// Bytes of one attachment at most.
    pub fn attachment_bytes(&self) -> usize {
        usize::from(self.attachment_mb) * 1_024 * 1_024
    }

    /// Whether everything lies within its bounds; a sentence where it does not.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        if (1..=LARGEST_ATTACHMENT_MB).contains(&self.attachment_mb) {
            Ok(())
        } else {
            Err((
                Key("acceptances.attachment_mb"),
                format!("acceptances.attachment_mb must be 1 to {LARGEST_ATTACHMENT_MB}"),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> AcceptanceSettings {
        toml::from_str(text).expect("it is read")
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let settings = read("max_days = { critical = 7 }\ntwo_approvers = ['critical', 'high']\n");
        assert_eq!([Severity::Critical, Severity::High, Severity::Low].map(|it| settings.days(it)), [7, 90, 365]);
        assert_eq!([Severity::Critical, Severity::High, Severity::Low].map(|it| settings.approvals(it)), [2, 2, 1]);
        assert_eq!(read("").approvals(Severity::Critical), 2);
        assert_eq!(read("two_approvers = []").approvals(Severity::Critical), 1);
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        assert!(read("attachment_mb = 0").check().is_err());
        assert!(read("attachment_mb = 11").check().is_err());
        assert!(read("attachment_mb = 10").check().is_ok());
        assert!(toml::from_str::<AcceptanceSettings>("max_days = { critical = 0 }").is_err());
        assert!(toml::from_str::<AcceptanceSettings>("max_days = { awful = 1 }").is_err());
    }
}
