//! When a schedule should have fired.
//!
//! Without `CRON_TZ=` the time zone is that of Velero's pod, usually UTC, which cannot be seen. Then the firings
//! may be shifted by hours, their distances may not: the age of the newest backup is compared with the longest
//! distance around now. Where the zone is named, it is compared with the firing itself.

use crate::rules::duration;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Tz;
use croner::parser::{CronParser, Seconds, Year};
use model::Instant;

/// The time that a backup may take, and that summer time may shift it.
const GRACE: TimeDelta = TimeDelta::hours(2);
/// Clocks of two machines differ.
const SKEW: TimeDelta = TimeDelta::minutes(5);
/// The furthest that a time zone is from UTC.
const ZONES: TimeDelta = TimeDelta::hours(14);
/// Firings looked at around now; more are so close together that their distances do not matter.
const FIRINGS: usize = 100;
/// Years searched before and after now: three leap days fit. Without bounds, a day that never comes, as
/// 30 February, is looked for through four thousand years.
const YEARS: i32 = 13;

/// A schedule's rhythm.
#[derive(Clone, Debug)]
pub(in crate::rules) enum Rhythm {
    Every(TimeDelta),
    Cron { cron: Box<croner::Cron>, zone: Tz, zone_is_known: bool },
}

/// What a schedule should have done by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) struct Expected {
    /// A good backup must have begun at or after this.
    pub(in crate::rules) since: Instant,
    /// One that is still running must have begun after this; then `before` is enough.
    pub(in crate::rules) before: Instant,
    /// One that began before this is more than two intervals late.
    pub(in crate::rules) long_ago: Instant,
}

impl Rhythm {
    /// Reads the rhythm of a schedule, to be asked about `now`; `None` where it is not understood.
    pub(in crate::rules) fn parse(text: &str, now: Instant) -> Option<Self> {
        let text = text.trim();
        if text.len() > 200 {
            return None;
        }
        let zoned = text.strip_prefix("CRON_TZ=").or_else(|| text.strip_prefix("TZ="));
        let (zone, zone_is_known, pattern) = match zoned {
            Some(rest) => {
                let (zone, pattern) = rest.split_once(' ')?;
                (zone.parse().ok()?, true, pattern.trim())
            }
            None => (Tz::UTC, false, text),
        };
        if let Some(every) = pattern.strip_prefix("@every ") {
            return duration::parse(every).filter(|every| *every >= TimeDelta::seconds(1)).map(Self::Every);
        }
        let cron = if pattern.starts_with('@') {
            CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build().parse(pattern).ok()?
        } else if pattern.split_whitespace().count() == 5 {
            let bounded = format!("0 {pattern} {}-{}", now.year() - YEARS, now.year() + YEARS);
            CronParser::builder().seconds(Seconds::Required).year(Year::Required).build().parse(&bounded).ok()?
        } else {
            return None;
        };
        Some(Self::Cron { cron: Box::new(cron), zone, zone_is_known })
    }

    /// What should have been done at `now`; `None` where the rhythm never fires.
    pub(in crate::rules) fn expected(&self, now: Instant) -> Option<Expected> {
        match self {
            Self::Every(every) => {
                let since = ago(now, *every + GRACE);
                Some(Expected { since, before: ago(since, *every), long_ago: ago(since, *every) })
            }
            Self::Cron { cron, zone, zone_is_known: true } => {
                let due = previous(cron, *zone, ago(now, GRACE))?;
                let before = previous(cron, *zone, due)?;
                let long_ago = previous(cron, *zone, before).unwrap_or(before);
                Some(Expected { since: ago(due, SKEW), before: ago(before, SKEW), long_ago: ago(long_ago, SKEW) })
            }
            Self::Cron { cron, zone, zone_is_known: false } => {
                let distance = longest_distance(cron, *zone, ago(now, GRACE))?;
                let since = ago(now, distance + GRACE);
                Some(Expected { since, before: ago(since, distance), long_ago: ago(since, distance) })
            }
        }
    }
}

fn previous(cron: &croner::Cron, zone: Tz, from: Instant) -> Option<Instant> {
    let found: DateTime<Tz> = cron.find_previous_occurrence(&from.with_timezone(&zone), false).ok()?;
    Some(found.with_timezone(&Utc))
}

/// The longest distance between two firings next to each other, among those around an instant.
fn longest_distance(cron: &croner::Cron, zone: Tz, around: Instant) -> Option<TimeDelta> {
    let end = around.checked_add_signed(ZONES)?;
    let mut firing = previous(cron, zone, ago(around, ZONES))?;
    let mut longest = TimeDelta::zero();
    for _ in 0..FIRINGS {
        let next: DateTime<Tz> = cron.find_next_occurrence(&firing.with_timezone(&zone), false).ok()?;
        let next = next.with_timezone(&Utc);
        longest = longest.max(next.signed_duration_since(firing));
        firing = next;
        if firing >= end {
            break;
        }
    }
    Some(longest)
}

fn ago(instant: Instant, by: TimeDelta) -> Instant {
    instant.checked_sub_signed(by).unwrap_or(Instant::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Instant {
        "2026-06-30T12:00:00Z".parse().expect("an instant")
    }

    #[test]
    fn a_day_that_comes_seldom_is_found_and_one_that_never_comes_is_not() {
        let expected = |text: &str| Rhythm::parse(text, now()).and_then(|rhythm| rhythm.expected(now()));
        let leap = expected("CRON_TZ=UTC 0 0 29 2 *").expect("a leap day");
        assert_eq!(leap.since.to_rfc3339(), "2024-02-28T23:55:00+00:00");
        assert_eq!(leap.before.to_rfc3339(), "2020-02-28T23:55:00+00:00");
        for never in ["0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "CRON_TZ=UTC 0 0 30 2 *", "0 0 * * * *", "0 0 1 1 * 2026"] {
            assert_eq!(expected(never), None, "{never}");
        }
    }
}
