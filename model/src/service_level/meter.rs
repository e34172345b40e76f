//! How time is counted: hours as they pass, days as clocks on a wall show them.
//!
//! Each unit has a position that grows with time and never shrinks. Between two instants, so much time was counted as their
//! positions differ, and a deadline is the first instant with its position. All of it is in whole microseconds, as history is.

use super::{Calendar, TargetUnit};
use crate::Instant;
use chrono::{DateTime, LocalResult, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};

/// Microseconds of an hour.
pub(super) const HOUR: i64 = 3_600_000_000;
/// Microseconds of a day, as clocks on a wall show it: 24 hours, also where an hour is skipped or shown twice.
pub(super) const DAY: i64 = 24 * HOUR;

/// Counts time in a zone, by a calendar.
#[derive(Clone, Copy, Debug)]
pub struct Meter<'a, Z> {
    /// The zone whose clocks count.
    pub zone: &'a Z,
    /// The business days.
    pub calendar: &'a Calendar,
}

impl<Z: TimeZone> Meter<'_, Z> {
    /// The position of an instant, in microseconds from a fixed beginning.
    pub(super) fn position(&self, unit: TargetUnit, at: Instant) -> i64 {
        match unit {
            TargetUnit::Hours => at.timestamp_micros(),
            TargetUnit::CalendarDays => self.wall(at).and_utc().timestamp_micros(),
            TargetUnit::BusinessDays => {
                let wall = self.wall(at);
                let whole = self.calendar.before(wall.date()) * DAY;
                if self.calendar.is_open(wall.date()) { whole + of_day(wall) } else { whole }
            }
        }
    }

    /// The first instant with a position, or past it.
    pub(super) fn first(&self, unit: TargetUnit, position: i64) -> Instant {
        let wall = match unit {
            TargetUnit::Hours => return DateTime::from_timestamp_micros(position).unwrap_or(Instant::MAX_UTC),
            TargetUnit::CalendarDays => DateTime::from_timestamp_micros(position).map(|at| at.naive_utc()),
            TargetUnit::BusinessDays => {
                // A position between two days is reached at the end of the one before.
                let day = (position - 1).div_euclid(DAY);
                let midnight = self.calendar.nth(day).and_time(NaiveTime::MIN);
                midnight.checked_add_signed(TimeDelta::microseconds(position - day * DAY))
            }
        };
        let Some(wall) = wall else { return Instant::MAX_UTC };
        match self.zone.from_local_datetime(&wall) {
            LocalResult::Single(at) => utc(&at),
            // A time that is shown twice counts when it is shown last, unless it is the first that is.
            LocalResult::Ambiguous(first, last) if self.position(unit, utc(&first)) < position => utc(&last),
            LocalResult::Ambiguous(first, _) => utc(&first),
            LocalResult::None => self.after_gap(wall),
        }
    }

    /// What clocks on a wall show. While they show for the first time what they will show again, they stand where that
    /// begins: a deadline is never cut short by an hour.
    fn wall(&self, at: Instant) -> NaiveDateTime {
        let local = at.with_timezone(self.zone).naive_local();
        match self.zone.from_local_datetime(&local) {
            LocalResult::Ambiguous(first, last) if utc(&first) == at => {
                let later = last.offset().fix();
                let offset = |at: Instant| at.with_timezone(self.zone).offset().fix();
                let back = search(at, utc(&last), |at| offset(at) == later);
                back.naive_utc().checked_add_offset(later).unwrap_or(local)
            }
            _ => local,
        }
    }

    /// The first instant at which clocks show a time later than one that they skip.
    fn after_gap(&self, wall: NaiveDateTime) -> Instant {
        let there = wall.and_utc();
        let days = |days| TimeDelta::days(days);
        let shows = |at: Instant| at.with_timezone(self.zone).naive_local() >= wall;
        search(there - days(2), there + days(2), shows)
    }
}

/// The first instant after `low`, until `high`, of which something holds that goes on to hold.
fn search(low: Instant, high: Instant, holds: impl Fn(Instant) -> bool) -> Instant {
    let (mut low, mut high) = (low.timestamp_micros(), high.timestamp_micros());
    let at = |micros| DateTime::from_timestamp_micros(micros).unwrap_or(Instant::MAX_UTC);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if holds(at(middle)) { high = middle } else { low = middle }
    }
    at(high)
}

fn utc<Z: TimeZone>(at: &DateTime<Z>) -> Instant {
    at.with_timezone(&Utc)
}

fn of_day(wall: NaiveDateTime) -> i64 {
    (wall - wall.date().and_time(NaiveTime::MIN)).num_microseconds().unwrap_or_default().min(DAY)
}
