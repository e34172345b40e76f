//! When a schedule should have fired.
//!
//! Without `CRON_TZ=` the time zone is that of Velero's pod, usually UTC, which cannot be seen: then half an
//! interval (at most 14 hours) either way is allowed for.

use super::duration;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use croner::parser::{CronParser, Seconds, Year};
use model::Instant;

/// The time that a backup may take, and that summer time may shift it.
const GRACE: TimeDelta = TimeDelta::hours(2);
/// Clocks of two machines differ.
const SKEW: TimeDelta = TimeDelta::minutes(5);
/// The furthest that two time zones are apart, nearly.
const ZONES: TimeDelta = TimeDelta::hours(14);

/// A schedule's rhythm.
#[derive(Clone, Debug)]
pub(super) enum Rhythm {
    Every(TimeDelta),
    Cron { cron: Box<croner::Cron>, zone: Tz, zone_is_known: bool },
}

/// What a schedule should have done by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    /// A good backup must have begun at or after this.
    pub(super) since: Instant,
    /// One that is still running must have begun after this; then `before` is enough.
    pub(super) before: Instant,
    /// One that began before this is more than two intervals late.
    pub(super) long_ago: Instant,
}

impl Rhythm {
    /// Reads the rhythm of a schedule; `None` where it is not understood.
    pub(super) fn parse(text: &str) -> Option<Self> {
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
        let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
        let cron = parser.parse(pattern).ok()?;
        Some(Self::Cron { cron: Box::new(cron), zone, zone_is_known })
    }

    /// What should have been done at `now`; `None` where the rhythm never fires.
    pub(super) fn expected(&self, now: Instant) -> Option<Expected> {
        match self {
            Self::Every(every) => {
                let since = ago(now, *every + GRACE);
                Some(Expected { since, before: ago(since, *every), long_ago: ago(since, *every) })
            }
            Self::Cron { cron, zone, zone_is_known } => {
                let previous = |from: Instant| -> Option<Instant> {
                    let found: DateTime<Tz> = cron.find_previous_occurrence(&from.with_timezone(zone), false).ok()?;
                    Some(found.with_timezone(&Utc))
                };
                let newest = previous(now)?;
                let interval = newest.signed_duration_since(previous(newest)?);
                let (grace, slack) = if *zone_is_known {
                    (GRACE, SKEW)
                } else {
                    let unknown = (interval / 2).min(ZONES);
                    (GRACE.max(unknown), SKEW.max(unknown))
                };
                let due = previous(ago(now, grace))?;
                let before = previous(due)?;
                let long_ago = previous(before).unwrap_or(before);
                let ago = |instant| ago(instant, slack);
                Some(Expected { since: ago(due), before: ago(before), long_ago: ago(long_ago) })
            }
        }
    }
}

fn ago(instant: Instant, by: TimeDelta) -> Instant {
    instant.checked_sub_signed(by).unwrap_or(Instant::UNIX_EPOCH)
}
