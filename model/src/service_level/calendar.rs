//! Which days are business days: Monday to Friday, less the days that rules close.

use crate::ids::UnknownWord;
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A day of every year, written `12-24`. 29 February is one in leap years alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl std::fmt::Display for MonthDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl std::str::FromStr for MonthDay {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A leap year has every day that any year has.
        let day = Some(text).filter(|text| text.len() == 5).and_then(|text| format!("2000-{text}").parse().ok());
        let day: NaiveDate =
            day.ok_or_else(|| UnknownWord { kind: "MonthDay", word: text.chars().take(100).collect() })?;
        Ok(Self { month: day.month(), day: day.day() })
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for MonthDay {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// When a day that is closed falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Falls {
    /// On the same date every year.
    Yearly(MonthDay),
    /// So many days after Easter Sunday of the western churches, or before it.
    Easter(i32),
    /// Once.
    Once(NaiveDate),
}

/// A rule that closes days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// What it is called where it is a holiday.
    pub name: String,
    /// When it falls.
    pub falls: Falls,
    /// The last year in which it does; for ever where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<i32>,
}

impl Holiday {
    /// The day in a year, if it falls in it.
    fn in_year(&self, year: i32) -> Option<NaiveDate> {
        if self.last_year.is_some_and(|last| year > last) {
            return None;
        }
        match self.falls {
            Falls::Yearly(MonthDay { month, day }) => NaiveDate::from_ymd_opt(year, month, day),
            Falls::Easter(days) => easter(year)?.checked_add_signed(TimeDelta::days(days.into())),
            Falls::Once(day) => Some(day).filter(|day| day.year() == year),
        }
    }
}

/// Easter Sunday of a year of the Gregorian calendar, by the tables of its reform (the "anonymous" algorithm).
fn easter(year: i32) -> Option<NaiveDate> {
    let (century, of_century, golden) = (year / 100, year % 100, year % 19);
    let corrected = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + corrected + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = u32::try_from(epact + weekday - 7 * late + 114).ok()?;
    NaiveDate::from_ymd_opt(year, days / 31, days % 31 + 1)
}

/// The public holidays of a country: a data file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    /// Where the rules are from.
    pub source: String,
    /// The day as of which they are known.
    pub as_of: NaiveDate,
    /// The rules.
    pub holidays: Vec<Holiday>,
}

static DENMARK: LazyLock<Holidays> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../catalogue/holidays/denmark.toml")).expect("a test parses the embedded file")
});

impl Holidays {
    /// Denmark's.
    pub fn denmark() -> &'static Self {
        &DENMARK
    }
}

/// The years for which rules are followed: before and after, Monday to Friday are business days.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;
/// A Monday before all of them.
const MONDAY: NaiveDate = match NaiveDate::from_ymd_opt(1969, 12, 29) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The business days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Closed days from Monday to Friday, in order.
    closed: Vec<NaiveDate>,
}

impl Calendar {
    /// By some rules.
    pub fn of(rules: &[Holiday]) -> Self {
        let days = YEARS.flat_map(|year| rules.iter().filter_map(move |rule| rule.in_year(year)));
        let mut closed: Vec<NaiveDate> = days.filter(|day| is_weekday(*day)).collect();
        closed.sort_unstable();
        closed.dedup();
        Self { closed }
    }

    /// Whether a day is a business day.
    pub fn is_open(&self, day: NaiveDate) -> bool {
        is_weekday(day) && self.closed.binary_search(&day).is_err()
    }

    /// How many business days there are from a fixed day until just before this one.
    pub(super) fn before(&self, day: NaiveDate) -> i64 {
        let days = (day - MONDAY).num_days();
        let closed = self.closed.partition_point(|closed| *closed < day);
        days.div_euclid(7) * 5 + days.rem_euclid(7).min(5) - i64::try_from(closed).unwrap_or_default()
    }

    /// The business day that has so many before it.
    pub(super) fn nth(&self, before: i64) -> NaiveDate {
        // Without closed days; each of them moves it by three days at most.
        let (mut low, mut high) = (0, 3 * i64::try_from(self.closed.len()).unwrap_or_default() + 7);
        let least = before.div_euclid(5) * 7 + before.rem_euclid(5);
        let day = |offset: i64| MONDAY.checked_add_signed(TimeDelta::days(least + offset)).unwrap_or(NaiveDate::MAX);
        while low < high {
            let middle = low.midpoint(high);
            let after = day(middle).checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
            if self.before(after) > before { high = middle } else { low = middle + 1 }
        }
        day(low)
    }
}

fn is_weekday(day: NaiveDate) -> bool {
    day.weekday().num_days_from_monday() < 5
}
