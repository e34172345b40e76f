//! What a day is: from one midnight to the next in the organisation's time zone, 23 or 25 hours where its clocks change.
//!
//! Reads and writes the zones that were in force, and rebuilds what is counted by days when the zone changes. The zone's
//! rules are those that this program is built with, never the database's. Never: alters the days of an older zone.

mod adopt;
mod store;

pub use adopt::adopt;
pub use store::as_of;
pub(crate) use store::current;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use model::Instant;

/// A zone that days are counted by, with the number of its days in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its number.
    pub(crate) id: i16,
    /// The zone.
    pub time_zone: Tz,
}

impl Zone {
    /// The day that an instant is in.
    pub fn day_of(self, at: Instant) -> NaiveDate {
        at.with_timezone(&self.time_zone).date_naive()
    }

    /// The first instant of a day.
    pub fn start_of(self, day: NaiveDate) -> Instant {
        first(self.time_zone, day.and_time(NaiveTime::MIN))
    }

    /// The first instant of the day after.
    pub fn end_of(self, day: NaiveDate) -> Instant {
        self.start_of(day.checked_add_days(Days::new(1)).unwrap_or(day))
    }
}

/// The first instant that clocks show a time, or the time an hour later where they skip it.
fn first(zone: Tz, local: NaiveDateTime) -> Instant {
    let shown = |local: NaiveDateTime| zone.from_local_datetime(&local).earliest();
    let at = shown(local).or_else(|| shown(local + TimeDelta::hours(1)));
    at.map_or_else(|| DateTime::from_naive_utc_and_offset(local, Utc), |at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COPENHAGEN: Zone = Zone { id: 2, time_zone: chrono_tz::Europe::Copenhagen };

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn days_on_which_the_clocks_change_have_23_and_25_hours() {
        let hours = |text| (COPENHAGEN.end_of(day(text)) - COPENHAGEN.start_of(day(text))).num_hours();
        assert_eq!([hours("2026-03-28"), hours("2026-03-29"), hours("2026-10-25")], [24, 23, 25]);
        assert_eq!(COPENHAGEN.start_of(day("2026-03-29")), at("2026-03-28T23:00:00Z"));
        assert_eq!(COPENHAGEN.end_of(day("2026-03-29")), at("2026-03-29T22:00:00Z"));
    }

    #[test]
    fn every_instant_is_in_the_day_between_its_midnights() {
        for zone in
            [chrono_tz::UTC, chrono_tz::Europe::Copenhagen, chrono_tz::America::Sao_Paulo, chrono_tz::Asia::Kolkata]
        {
            let zone = Zone { id: 1, time_zone: zone };
            let mut instant = at("2018-10-01T00:00:00Z");
            while instant < at("2019-11-10T00:00:00Z") {
                let day = zone.day_of(instant);
                assert!(zone.start_of(day) <= instant && instant < zone.end_of(day), "{instant} {zone:?}");
                instant += TimeDelta::minutes(30);
            }
        }
    }
}
