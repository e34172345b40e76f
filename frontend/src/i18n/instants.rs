//! Instants that people choose: what a text in an address or a field means, and the ends of days, months and years.

use super::Locale;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc};

/// What a person asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// An instant, written with its offset from UTC.
    Exact(DateTime<Utc>),
    /// A minute or a second of a clock in the reader's zone, from `begins` until just before `ends`.
    Clock {
        /// Its beginning.
        begins: DateTime<Utc>,
        /// The beginning of the next.
        ends: DateTime<Utc>,
    },
    /// A day of the reader's calendar, from `begins` until just before `ends`.
    Day {
        /// Its beginning.
        begins: DateTime<Utc>,
        /// The beginning of the next.
        ends: DateTime<Utc>,
    },
}

/// Why a text is no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInstant {
    /// It cannot be read as one.
    Unreadable,
    /// The reader's clocks skipped it, as in spring.
    Skipped,
}

/// Microseconds are what PostgreSQL keeps: this is the last instant before another.
const LEAST: TimeDelta = TimeDelta::microseconds(1);
/// How far the clocks may skip at the beginning of a day; Samoa once skipped a whole one.
const LONGEST_GAP_MINUTES: i64 = 49 * 60;

impl Asked {
    /// The instant of which a page or a pack speaks: what lasts until after `now` means now, a day means its end, a
    /// minute its beginning.
    pub fn as_of(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Exact(at) => at,
            Self::Clock { begins, ends } | Self::Day { begins, ends } if begins <= now && now < ends => now,
            Self::Clock { begins, .. } => begins,
            Self::Day { ends, .. } => ends - LEAST,
        }
    }

    /// The instant after which a period begins: what is known at the end of the day before belongs to no day of it.
    pub fn beginning(self) -> DateTime<Utc> {
        match self {
            Self::Exact(at) | Self::Clock { begins: at, .. } => at,
            Self::Day { begins, .. } => begins - LEAST,
        }
    }
}

impl Locale {
    /// Reads an instant with its offset (RFC 3339), or a local day, minute or second.
    ///
    /// A local time that the clocks showed twice is the first. A space before the offset is taken for the plus sign that it
    /// was before an address was decoded.
    ///
    /// # Errors
    /// [`NoInstant`]
    pub fn read_instant(self, text: &str) -> Result<Asked, NoInstant> {
        let text = text.trim();
        if let Some(at) = read_exact(text) {
            return Ok(Asked::Exact(at));
        }
        if let Ok(day) = text.parse::<NaiveDate>() {
            let next = day.checked_add_days(Days::new(1)).ok_or(NoInstant::Unreadable)?;
            return match (self.day_begins(day), self.day_begins(next)) {
                (Some(begins), Some(ends)) if begins < ends => Ok(Asked::Day { begins, ends }),
                _ => Err(NoInstant::Skipped),
            };
        }
        let units = [("%Y-%m-%dT%H:%M", TimeDelta::minutes(1)), ("%Y-%m-%dT%H:%M:%S", TimeDelta::seconds(1))];
        let read = |(format, unit)| Some((NaiveDateTime::parse_from_str(text, format).ok()?, unit));
        let (local, unit) = units.into_iter().find_map(read).ok_or(NoInstant::Unreadable)?;
        let begins = local.and_local_timezone(self.time_zone).earliest().ok_or(NoInstant::Skipped)?.with_timezone(&Utc);
        Ok(Asked::Clock { begins, ends: begins + unit })
    }

    /// The last instants of yesterday and of the last month, quarter and year that are over at `now`, in the reader's zone;
    /// each with the last part of its key `as-of-<part>`.
    pub fn presets(self, now: DateTime<Utc>) -> Vec<(&'static str, DateTime<Utc>)> {
        let today = now.with_timezone(&self.time_zone).date_naive();
        let month = today.with_day(1).unwrap_or(today);
        let quarter = month.with_month0(month.month0() / 3 * 3).unwrap_or(month);
        let year = month.with_month(1).unwrap_or(month);
        [("yesterday", today), ("month", month), ("quarter", quarter), ("year", year)]
            .into_iter()
            .filter_map(|(part, day)| Some((part, self.day_begins(day)? - LEAST)))
            .collect()
    }

    /// The instant for an address: RFC 3339 in UTC, with as many decimals as it has.
    pub fn in_address(at: DateTime<Utc>) -> String {
        at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    /// When a day begins: at midnight, or where the clocks skip midnight, at the first time that they show.
    fn day_begins(self, day: NaiveDate) -> Option<DateTime<Utc>> {
        let midnight = day.and_hms_opt(0, 0, 0)?;
        (0..=LONGEST_GAP_MINUTES).find_map(|minutes| {
            let local = midnight.checked_add_signed(TimeDelta::minutes(minutes))?;
            local.and_local_timezone(self.time_zone).earliest().map(|at| at.with_timezone(&Utc))
        })
    }
}

/// An instant with its offset, in whole microseconds; a leap second is the first instant of the next.
pub fn read_exact(text: &str) -> Option<DateTime<Utc>> {
    let plus = text.len().checked_sub(6).filter(|at| text.as_bytes()[*at] == b' ' && text.is_ascii());
    let mended = plus.map(|at| format!("{}+{}", &text[..at], &text[at + 1..]));
    let at = DateTime::parse_from_rfc3339(mended.as_deref().unwrap_or(text)).ok()?;
    DateTime::from_timestamp_micros(at.timestamp_micros())
}

#[cfg(test)]
mod tests {
    use super::{super::Language, *};

    fn copenhagen() -> Locale {
        Locale::new(Language::English, chrono_tz::Europe::Copenhagen)
    }

    fn utc(text: &str) -> DateTime<Utc> {
        read_exact(text).expect("an instant")
    }

    fn day(locale: Locale, text: &str) -> (DateTime<Utc>, DateTime<Utc>) {
        match locale.read_instant(text) {
            Ok(Asked::Day { begins, ends }) => (begins, ends),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_day_has_the_hours_that_the_clocks_give_it() {
        let hours = |text| {
            let (begins, ends) = day(copenhagen(), text);
            (ends - begins).num_hours()
        };
        assert_eq!([hours("2026-03-29"), hours("2026-06-30"), hours("2026-10-25")], [23, 24, 25]);
        let (begins, ends) = day(copenhagen(), "2026-03-29");
        assert_eq!((begins, ends), (utc("2026-03-28T23:00:00Z"), utc("2026-03-29T22:00:00Z")));
    }

    #[test]
    fn a_midnight_that_the_clocks_skip_is_the_first_time_that_they_show() {
        let santiago = Locale::new(Language::English, chrono_tz::America::Santiago);
        assert_eq!(day(santiago, "2026-09-06").0, utc("2026-09-06T04:00:00Z"), "00:00 to 01:00 is not there");
        let havana = Locale::new(Language::English, chrono_tz::America::Havana);
        assert_eq!(day(havana, "2026-11-01").0, utc("2026-11-01T04:00:00Z"), "00:00 is there twice; the first");
        let apia = Locale::new(Language::English, chrono_tz::Pacific::Apia);
        assert_eq!(apia.read_instant("2011-12-30"), Err(NoInstant::Skipped), "a day that never was");
    }

    #[test]
    fn a_local_time_that_is_not_there_is_refused_and_one_that_is_there_twice_is_the_first() {
        assert_eq!(copenhagen().read_instant("2026-03-29T02:30"), Err(NoInstant::Skipped));
        let twice = copenhagen().read_instant("2026-10-25T02:30").map(|asked| asked.as_of(utc("2027-01-01T00:00:00Z")));
        assert_eq!(twice, Ok(utc("2026-10-25T00:30:00Z")));
        // The second is named by its offset.
        let second = copenhagen().read_instant("2026-10-25T02:30:00+01:00");
        assert_eq!(second, Ok(Asked::Exact(utc("2026-10-25T01:30:00Z"))));
    }

    #[test]
    fn a_day_means_its_end_a_minute_its_beginning_and_what_is_not_over_means_now() {
        let now = utc("2026-06-30T10:05:30Z");
        let at = |text| copenhagen().read_instant(text).map(|asked| asked.as_of(now));
        assert_eq!(at("2026-06-29"), Ok(utc("2026-06-29T21:59:59.999999Z")));
        assert_eq!(at("2026-06-29T12:00"), Ok(utc("2026-06-29T10:00:00Z")));
        assert_eq!(at("2026-06-29T12:00:07"), Ok(utc("2026-06-29T10:00:07Z")));
        assert_eq!([at("2026-06-30"), at("2026-06-30T12:05")], [Ok(now), Ok(now)]);
        assert!(at("2026-07-01").is_ok_and(|at| at > now));
    }

    #[test]
    fn a_period_of_days_has_its_first_and_its_last() {
        let first = copenhagen().read_instant("2026-06-01").map(Asked::beginning);
        assert_eq!(first, Ok(utc("2026-05-31T21:59:59.999999Z")));
    }

    #[test]
    fn what_an_address_holds_is_read_back_exactly() {
        for text in ["2026-06-30T21:59:59Z", "2026-06-30T21:59:59.999Z", "2026-06-30T21:59:59.999999Z"] {
            assert_eq!(Locale::in_address(utc(text)), text);
        }
        assert_eq!(utc("2026-06-30T23:59:59 02:00"), utc("2026-06-30T23:59:59+02:00"));
        assert_eq!(utc("2026-06-30T21:59:59.9999999Z"), utc("2026-06-30T21:59:59.999999Z"));
        assert_eq!(utc("2016-12-31T23:59:60Z"), utc("2017-01-01T00:00:00Z"), "a leap second");
        for text in ["", "yesterday", "2026-13-01", "2026-06-30T25:00", "2026-06-30T23:59:59", "æøå-06-30 02:00", "1"]
        {
            assert_eq!(read_exact(text), None, "{text}");
        }
        for text in ["", "yesterday", "2026-13-01", "2026-02-29", "2026-06-30T25:00", "now()"] {
            assert_eq!(copenhagen().read_instant(text), Err(NoInstant::Unreadable), "{text}");
        }
    }

    #[test]
    fn presets_are_the_ends_of_what_is_over_also_across_the_change_of_clocks() {
        let presets = |now| copenhagen().presets(utc(now)).into_iter().map(|(_, at)| at).collect::<Vec<_>>();
        // Half an hour after the day with 25 hours, which ended in winter time; the month before ended in summer time.
        assert_eq!(
            presets("2026-10-25T23:30:00Z"),
            [
                "2026-10-25T22:59:59.999999Z",
                "2026-09-30T21:59:59.999999Z",
                "2026-09-30T21:59:59.999999Z",
                "2025-12-31T22:59:59.999999Z"
            ]
            .map(utc)
        );
        // New Year in Copenhagen, still the old year in UTC.
        assert_eq!(presets("2026-12-31T23:30:00Z"), [utc("2026-12-31T22:59:59.999999Z"); 4]);
        assert_eq!(presets("2026-03-29T22:30:00Z")[0], utc("2026-03-29T21:59:59.999999Z"));
    }
}
