//! The period that coverage is asked for, as a URL writes it: whole days of UTC, so that a link means the same everywhere.

use crate::Instant;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

/// The periods that are one press away, in days up to and including the one of the instant asked for.
pub const PRESETS: &[u32] = &[30, 90, 365];

/// Days of a period at most: five years.
pub const LONGEST_DAYS: u32 = 1_830;

/// A stretch of time `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first instant: the beginning of a day.
    pub from: Instant,
    /// The first instant after it: the beginning of a day, or the instant that the page speaks of.
    pub until: Instant,
}

/// A period that cannot be read. The word is the last part of the translation key `error-period-<word>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{value} is not a period: {word}")]
pub struct BadPeriod {
    /// What is wrong: `unreadable`, `backwards`, `ahead`, `long`.
    pub word: &'static str,
    /// The value, cut to 100 characters.
    pub value: String,
}

impl Period {
    /// The last `days` days, the one of `at` included, up to `at`.
    pub fn last(days: u32, at: Instant) -> Self {
        let today = midnight(at.date_naive());
        let before = Days::new(u64::from(days.saturating_sub(1)));
        Self { from: today.checked_sub_days(before).unwrap_or(today), until: at }
    }

    /// Reads `days`, or `from` and `to` (dates, both included), whichever are given and not empty. Without any of them it is
    /// the last `default` days. The day of `at` ends at `at`.
    ///
    /// # Errors
    /// A value that is no date or number, an end before its beginning, a day after that of `at`, more than five years.
    pub fn read(
        days: Option<&str>,
        from: Option<&str>,
        to: Option<&str>,
        at: Instant,
        default: u32,
    ) -> Result<Self, BadPeriod> {
        let bad = |word, value: &str| BadPeriod { word, value: value.chars().take(100).collect() };
        if from.is_none() && to.is_none() {
            let Some(days) = days else { return Ok(Self::last(default, at)) };
            let number: u32 = days.parse().map_err(|_| bad("unreadable", days))?;
            return match number {
                0 => Err(bad("unreadable", days)),
                1..=LONGEST_DAYS => Ok(Self::last(number, at)),
                _ => Err(bad("long", days)),
            };
        }
        let date = |text: &str| {
            let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == "2026-11-28".len());
            read.map(midnight).ok_or_else(|| bad("unreadable", text))
        };
        let until = match to {
            None => at,
            Some(text) => match date(text)? {
                day if day > at => return Err(bad("ahead", text)),
                day => (day + TimeDelta::days(1)).min(at),
            },
        };
        let begins = match from {
            Some(text) => date(text)?,
            None => Self::last(default, until - TimeDelta::microseconds(1)).from,
        };
        let written = || format!("{} – {}", from.unwrap_or_default(), to.unwrap_or_default());
        if begins >= at {
            return Err(bad("ahead", from.unwrap_or_default()));
        }
        if begins >= until {
            return Err(bad("backwards", &written()));
        }
        if until - begins > TimeDelta::days(LONGEST_DAYS.into()) {
            return Err(bad("long", &written()));
        }
        Ok(Self { from: begins, until })
    }

    /// The date of its last day.
    pub fn last_day(&self) -> NaiveDate {
        (self.until - TimeDelta::microseconds(1)).date_naive()
    }

    /// Its days, counted in UTC, the first and last included.
    pub fn days(&self) -> i64 {
        (self.last_day() - self.from.date_naive()).num_days() + 1
    }
}

fn midnight(day: NaiveDate) -> Instant {
    day.and_time(NaiveTime::MIN).and_utc()
}
