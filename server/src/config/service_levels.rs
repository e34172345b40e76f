//! `[sla]`: within how much time findings are to be acknowledged and fixed.

use super::place::{
    Place::{At, Key},
    Wrong,
};
use chrono::NaiveDate;
use model::{
    service_level::{Falls, Holiday, Holidays, ServiceLevels, Target, TargetUnit, Targets},
    severity::Severity,
    source::Source,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Days of a target at most: ten years.
const MOST_DAYS: u32 = 3_650;
/// Hours of a target at most: as long.
const MOST_HOURS: u32 = MOST_DAYS * 24;
/// Days of one's own that are closed, at most.
const MOST_CLOSED: usize = 1_000;

/// `[sla]`. What has no target has no clock: which time is due is the organisation's to say, and Bevis assumes none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlaSettings {
    /// Which days targets in days count.
    pub days: DayKind,
    /// Whose public holidays are no business days.
    pub holidays: HolidaysOf,
    /// More days that are no business days: `12-24` every year, `2027-05-07` once.
    pub closed_days: Vec<Spanned<String>>,
    /// By severity.
    pub critical: SlaTarget,
    /// By severity.
    pub high: SlaTarget,
    /// By severity.
    pub medium: SlaTarget,
    /// By severity.
    pub low: SlaTarget,
    /// By severity.
    pub info: SlaTarget,
    /// Of findings whose source named no severity.
    pub unknown: SlaTarget,
    /// By source, where its findings have other targets: what is not said here is as above.
    pub sources: BTreeMap<Source, BTreeMap<Severity, SlaTarget>>,
}

/// Which days count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// All.
    #[default]
    Calendar,
    /// Monday to Friday, without holidays and days that are closed.
    Business,
}

/// Whose public holidays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidaysOf {
    /// Denmark's, by its law.
    #[default]
    Denmark,
    /// Nobody's.
    None,
}

/// `[sla.<severity>]`: time from when a finding was opened; a target that is not given does not exist.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlaTarget {
    /// Days until somebody must have acknowledged it.
    pub acknowledge_days: Option<Spanned<u32>>,
    /// The same in hours, whatever the day.
    pub acknowledge_hours: Option<Spanned<u32>>,
    /// Days until it must be fixed.
    pub fix_days: Option<Spanned<u32>>,
    /// The same in hours, whatever the day.
    pub fix_hours: Option<Spanned<u32>>,
    /// Which days they are, where they are others than `sla.days` says.
    pub days: Option<DayKind>,
}

impl SlaTarget {
    fn targets(&self, days: DayKind) -> Targets {
        let unit = match self.days.unwrap_or(days) {
            DayKind::Calendar => TargetUnit::CalendarDays,
            DayKind::Business => TargetUnit::BusinessDays,
        };
        let of = |days: &Option<Spanned<u32>>, hours: &Option<Spanned<u32>>| {
            let days = days.as_ref().map(|amount| Target { amount: *amount.get_ref(), unit });
            let hours = hours.as_ref().map(|amount| Target { amount: *amount.get_ref(), unit: TargetUnit::Hours });
            days.or(hours)
        };
        Targets {
            acknowledge: of(&self.acknowledge_days, &self.acknowledge_hours),
            fix: of(&self.fix_days, &self.fix_hours),
        }
    }

    fn check(&self, of: &str, days: DayKind) -> Result<(), Wrong> {
        let all = [
            ("acknowledge_days", &self.acknowledge_days, MOST_DAYS),
            ("acknowledge_hours", &self.acknowledge_hours, MOST_HOURS),
            ("fix_days", &self.fix_days, MOST_DAYS),
            ("fix_hours", &self.fix_hours, MOST_HOURS),
        ];
        for (key, amount, most) in all.iter().filter_map(|(key, amount, most)| Some((key, amount.as_ref()?, most))) {
            if !(1..=*most).contains(amount.get_ref()) {
                return Err((At(amount.span().start), format!("{of}.{key} = {}: write 1 to {most}", amount.get_ref())));
            }
        }
        for (key, in_days, in_hours) in
            [("acknowledge", &self.acknowledge_days, &self.acknowledge_hours), ("fix", &self.fix_days, &self.fix_hours)]
        {
            if let (Some(_), Some(hours)) = (in_days, in_hours) {
                return Err((At(hours.span().start), format!("{of}: give {key}_days or {key}_hours, not both")));
            }
        }
        let Targets { acknowledge: Some(first), fix: Some(last) } = self.targets(days) else { return Ok(()) };
        if first.unit == last.unit && first.amount > last.amount {
            let at = [&self.acknowledge_days, &self.acknowledge_hours].into_iter().flatten().next();
            let why = format!("{of}: {} to acknowledge is more than {} to fix", first.amount, last.amount);
            return Err((at.map_or(Key("sla"), |amount| At(amount.span().start)), why));
        }
        Ok(())
    }
}

impl SlaSettings {
    /// By severity.
    fn severities(&self) -> [(Severity, &SlaTarget); 6] {
        [
            (Severity::Unknown, &self.unknown),
            (Severity::Info, &self.info),
            (Severity::Low, &self.low),
            (Severity::Medium, &self.medium),
            (Severity::High, &self.high),
            (Severity::Critical, &self.critical),
        ]
    }

    /// What is to be in force.
    pub fn levels(&self) -> ServiceLevels {
        let holidays = match self.holidays {
            HolidaysOf::Denmark => Holidays::denmark().holidays.clone(),
            HolidaysOf::None => Vec::new(),
        };
        let own = self.closed_days.iter().filter_map(|day| {
            let name = day.get_ref().clone();
            falls(&name).map(|falls| Holiday { name, falls, last_year: None })
        });
        let of = |targets: &BTreeMap<Severity, SlaTarget>| -> BTreeMap<Severity, Targets> {
            targets.iter().map(|(severity, target)| (*severity, target.targets(self.days))).collect()
        };
        let levels = ServiceLevels {
            targets: self.severities().map(|(severity, target)| (severity, target.targets(self.days))).into(),
            sources: self.sources.iter().map(|(source, targets)| (*source, of(targets))).collect(),
            closed: holidays.into_iter().chain(own).collect(),
        };
        levels.simplified()
    }

    /// Whether everything can be meant; a sentence where it cannot.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        for (severity, target) in self.severities() {
            target.check(&format!("sla.{severity}"), self.days)?;
        }
        for (source, targets) in &self.sources {
            for (severity, target) in targets {
                target.check(&format!("sla.sources.{source}.{severity}"), self.days)?;
            }
        }
        if self.closed_days.len() > MOST_CLOSED {
            return Err((
                Key("sla.closed_days"),
                format!("sla.closed_days has {} days; {MOST_CLOSED} at most", self.closed_days.len()),
            ));
        }
        let unreadable = self.closed_days.iter().find(|day| falls(day.get_ref()).is_none());
        unreadable.map_or(Ok(()), |day| {
            let text = day.get_ref();
            Err((
                At(day.span().start),
                format!("sla.closed_days \"{text}\": write 12-24 for every year, or 2027-05-07"),
            ))
        })
    }
}

/// When a day that the configuration closes falls.
fn falls(text: &str) -> Option<Falls> {
    let yearly = text.parse().ok().map(Falls::Yearly);
    yearly.or_else(|| text.parse::<NaiveDate>().ok().filter(|day| day.to_string() == text).map(Falls::Once))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::service_level::ClockKind;

    fn read(text: &str) -> SlaSettings {
        toml::from_str(text).expect("it is read")
    }

    fn refused(text: &str) -> String {
        read(text).check().expect_err("a mistake").1
    }

    #[test]
    fn nothing_is_due_that_nobody_said() {
        assert_eq!(read("").levels(), ServiceLevels::default());
        // Days that are closed change nothing where no business day counts.
        assert_eq!(read("closed_days = ['12-24']").levels(), ServiceLevels::default());
    }

    #[test]
    fn days_are_of_the_calendar_where_it_is_not_said() {
        let levels =
            read("critical = { acknowledge_days = 1, fix_days = 7 }\nhigh = { fix_days = 5, days = 'business' }")
                .levels();
        let target =
            |kind, severity| levels.target(kind, Source::Rbac, severity).map(|target| (target.amount, target.unit));
        assert_eq!(target(ClockKind::Acknowledge, Severity::Critical), Some((1, TargetUnit::CalendarDays)));
        assert_eq!(target(ClockKind::Fix, Severity::Critical), Some((7, TargetUnit::CalendarDays)));
        assert_eq!(target(ClockKind::Fix, Severity::High), Some((5, TargetUnit::BusinessDays)));
        assert_eq!(target(ClockKind::Acknowledge, Severity::High), None);
        assert_eq!(levels.closed, Holidays::denmark().holidays);
    }

    #[test]
    fn a_source_has_other_targets_where_it_says_so() {
        let levels = read(
            "days = 'business'\nholidays = 'none'\nclosed_days = ['12-24', '2027-05-07']\n\
             [high]\nacknowledge_hours = 8\nfix_days = 20\n[sources.trivy.high]\nfix_days = 10\n",
        )
        .levels();
        let target =
            |kind, source| levels.target(kind, source, Severity::High).map(|target| (target.amount, target.unit));
        assert_eq!(target(ClockKind::Fix, Source::Trivy), Some((10, TargetUnit::BusinessDays)));
        assert_eq!(target(ClockKind::Fix, Source::Rbac), Some((20, TargetUnit::BusinessDays)));
        assert_eq!(target(ClockKind::Acknowledge, Source::Trivy), Some((8, TargetUnit::Hours)));
        assert_eq!(levels.closed.len(), 2);
    }

    #[test]
    fn what_cannot_be_meant_is_told_in_a_sentence() {
        assert_eq!(refused("[high]\nfix_days = 0"), "sla.high.fix_days = 0: write 1 to 3650");
        assert_eq!(refused("[high]\nfix_hours = 87601"), "sla.high.fix_hours = 87601: write 1 to 87600");
        assert_eq!(refused("[low]\nfix_days = 1\nfix_hours = 2"), "sla.low: give fix_days or fix_hours, not both");
        assert_eq!(
            refused("[sources.trivy.low]\nfix_days = 1\nacknowledge_days = 2"),
            "sla.sources.trivy.low: 2 to acknowledge is more than 1 to fix"
        );
        assert!(refused("closed_days = ['24-12']").contains("\"24-12\""));
        for unknown in
            ["days = 'working'", "holidays = 'sweden'", "[sources.trivi.low]\nfix_days = 1", "[low]\nfix_weeks = 1"]
        {
            assert!(toml::from_str::<SlaSettings>(unknown).is_err(), "{unknown}");
        }
    }
}
