//! The catalogue's texts, and the sentences about faults and reasons with their values in place.

use crate::i18n::{Arg, Locale};
use chrono::{DateTime, Utc};
use model::{
    evaluation::Detail,
    ids::{CheckId, ControlId},
};

impl Locale {
    /// A check's title.
    pub fn check_title(self, check: &CheckId) -> String {
        self.t(&format!("check-{}-title", check.key()))
    }

    /// A control's short title.
    pub fn control_title(self, control: &ControlId) -> String {
        self.t(&format!("control-{}", control.key()))
    }

    /// What is wrong with a subject.
    pub fn fault(self, check: &CheckId, fault: &str, detail: &Detail) -> String {
        self.sentence(&format!("fault-{}-{fault}", check.key()), detail)
    }

    /// Why a check has its outcome.
    pub fn reason(self, check: &CheckId, reason: &str, detail: &Detail) -> String {
        self.sentence(&format!("reason-{}-{reason}", check.key()), detail)
    }

    fn sentence(self, key: &str, detail: &Detail) -> String {
        let args: Vec<(&str, Arg<'_>)> = detail.iter().map(|(name, value)| (name.as_str(), self.arg(value))).collect();
        self.tx(key, &args)
    }

    /// Whole numbers choose plurals and are grouped; instants are shown in the reader's zone; all else stands as it is.
    fn arg(self, value: &str) -> Arg<'_> {
        if let Ok(number) = value.parse::<i64>()
            && number.to_string() == value
        {
            return number.into();
        }
        match DateTime::parse_from_rfc3339(value) {
            Ok(at) => self.date_time(at.with_timezone(&Utc)).into(),
            Err(_) => value.into(),
        }
    }
}
