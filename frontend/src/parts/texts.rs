//! The catalogue's texts, and the sentences about faults and reasons with their values in place.

use crate::i18n::{Arg, Locale};
use chrono::{DateTime, Utc};
use model::{
    catalogue::Catalogue,
    custom::{Custom, Text},
    evaluation::Detail,
    ids::{CheckId, ControlId},
    problem::Problem,
};

impl Locale {
    /// A check's title. One that the operator wrote and took away again has none but its id.
    pub fn check_title(self, check: &CheckId) -> String {
        self.check_text(check, "title", |custom| &custom.texts.title)
    }

    /// A check's rule in words.
    pub fn check_rule(self, check: &CheckId) -> String {
        self.check_text(check, "rule", |custom| &custom.texts.rule)
    }

    /// Why a check matters.
    pub fn check_rationale(self, check: &CheckId) -> String {
        self.check_text(check, "rationale", |custom| &custom.texts.rationale)
    }

    /// What to do where a check fails.
    pub fn check_remedy(self, check: &CheckId) -> String {
        self.check_text(check, "remedy", |custom| &custom.texts.remedy)
    }

    /// The operator's own words where the operator wrote the check, else a translation.
    fn check_text(self, check: &CheckId, part: &str, own: fn(&Custom) -> &Text) -> String {
        if !check.is_custom() {
            return self.t(&format!("check-{}-{part}", check.key()));
        }
        let custom = Catalogue::current().custom(check);
        custom.map_or_else(|| check.to_string(), |custom| own(custom).in_language(self.language.tag()).to_owned())
    }

    /// A control's short title.
    pub fn control_title(self, control: &ControlId) -> String {
        self.t(&format!("control-{}", control.key()))
    }

    /// What is wrong with a subject.
    pub fn fault(self, check: &CheckId, fault: &str, detail: &Detail) -> String {
        self.sentence(&format!("fault-{}-{fault}", sentences_of(check)), detail)
    }

    /// Why a check has its outcome.
    pub fn reason(self, check: &CheckId, reason: &str, detail: &Detail) -> String {
        self.sentence(&format!("reason-{}-{reason}", sentences_of(check)), detail)
    }

    /// What went wrong with a reading.
    pub fn problem(self, problem: &Problem) -> String {
        let sentence = self.sentence(&format!("problem-{}", problem.key), &problem.values);
        match &problem.resource {
            Some(resource) => format!("{resource}: {sentence}"),
            None => sentence,
        }
    }

    /// All that went wrong with a reading.
    pub fn problems(self, problems: &[Problem]) -> String {
        problems.iter().map(|problem| self.problem(problem)).collect::<Vec<_>>().join("; ")
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

/// The stem of the keys of a check's sentences. All checks that the operator wrote share theirs.
pub fn sentences_of(check: &CheckId) -> String {
    if check.is_custom() { "custom".to_owned() } else { check.key() }
}
