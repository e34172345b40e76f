//! When a message is sent: quiet hours, and how long to wait before another attempt. Pure; time is a parameter.

use chrono::{Days, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use model::Instant;

/// Hours in which nothing is sent, by the clocks of a time zone. They may reach over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// When they begin.
    pub from: NaiveTime,
    /// When they end.
    pub until: NaiveTime,
    /// By whose clocks.
    pub zone: Tz,
}

impl Quiet {
    /// As they are kept; `None` where there are none, or the time zone is known no longer.
    pub(super) fn of(from: Option<NaiveTime>, until: Option<NaiveTime>, zone: &str) -> Option<Self> {
        let (from, until) = from.zip(until)?;
        Some(Self { from, until, zone: zone.parse().ok()? })
    }

    /// When the quiet hours end that an instant lies in; `None` where it lies in none.
    pub fn ends(self, at: Instant) -> Option<Instant> {
        let local = at.with_timezone(&self.zone).naive_local();
        let (time, today) = (local.time(), local.date());
        let over_midnight = self.from > self.until;
        let within =
            if over_midnight { time >= self.from || time < self.until } else { time >= self.from && time < self.until };
        if !within {
            return None;
        }
        let day = if over_midnight && time >= self.from { today.checked_add_days(Days::new(1))? } else { today };
        let end = day.and_time(self.until);
        // A time that the clocks skip is an hour later; of one that they show twice it is the second.
        let shown = |local| self.zone.from_local_datetime(&local).latest();
        let end = shown(end).or_else(|| shown(end + TimeDelta::hours(1)))?.to_utc();
        (end > at).then_some(end)
    }
}

/// The first wait after a failure.
const FIRST: TimeDelta = TimeDelta::seconds(30);
/// The longest wait.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// How long to wait after the `attempt`th attempt (from 1) failed: doubling from 30 seconds to an hour, of which a half is
/// left to chance (`chance` in 0 to 1), so that what failed together does not come back together. A receiver that names a
/// time is given it, up to an hour.
pub fn wait(attempt: i32, chance: f64, asked: Option<TimeDelta>) -> TimeDelta {
    let doublings = u32::try_from(attempt.saturating_sub(1)).unwrap_or(0).min(7);
    let whole = (FIRST * (1 << doublings)).min(LONGEST);
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "an hour has few milliseconds")]
    let part = TimeDelta::milliseconds((whole.num_milliseconds() as f64 / 2.0 * chance.clamp(0.0, 1.0)) as i64);
    let own = whole / 2 + part;
    asked.map_or(own, |asked| asked.clamp(own, LONGEST))
}

/// When a message that comes by rules with these quiet hours is sent again at the earliest, from an instant on: as soon as one of
/// the rules would have it.
pub(super) fn after_quiet(rules: &[Option<Quiet>], at: Instant) -> Instant {
    rules.iter().map(|quiet| quiet.and_then(|quiet| quiet.ends(at)).unwrap_or(at)).min().unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().expect("a time")
    }

    #[test]
    fn quiet_hours_reach_over_midnight_and_over_changes_of_the_clocks() {
        let night = Quiet { from: time("22:00:00"), until: time("07:00:00"), zone: chrono_tz::Europe::Copenhagen };
        assert_eq!(night.ends(at("2026-11-02T20:59:59Z")), None, "21:59 there");
        assert_eq!(night.ends(at("2026-11-02T21:00:00Z")), Some(at("2026-11-03T06:00:00Z")));
        assert_eq!(night.ends(at("2026-11-03T05:59:59Z")), Some(at("2026-11-03T06:00:00Z")));
        assert_eq!(night.ends(at("2026-11-03T06:00:00Z")), None, "07:00 there");
        assert_eq!(night.ends(at("2026-10-24T21:00:00Z")), Some(at("2026-10-25T06:00:00Z")), "the clocks go back");
        assert_eq!(night.ends(at("2026-03-28T22:00:00Z")), Some(at("2026-03-29T05:00:00Z")), "they go forward");
        let lunch = Quiet { from: time("12:00:00"), until: time("13:00:00"), ..night };
        assert_eq!(lunch.ends(at("2026-11-02T11:30:00Z")), Some(at("2026-11-02T12:00:00Z")));
        assert_eq!(lunch.ends(at("2026-11-02T12:00:00Z")), None);
        let skipped = Quiet { from: time("01:00:00"), until: time("02:30:00"), ..night };
        assert_eq!(skipped.ends(at("2026-03-29T00:30:00Z")), Some(at("2026-03-29T01:30:00Z")), "02:30 is not there");
    }

    #[test]
    fn what_comes_by_several_rules_is_sent_as_soon_as_one_would_have_it() {
        let zone = chrono_tz::Europe::Copenhagen;
        let night = Some(Quiet { from: time("22:00:00"), until: time("07:00:00"), zone });
        let late = Some(Quiet { from: time("22:00:00"), until: time("09:00:00"), zone });
        let now = at("2026-11-02T23:00:00Z");
        assert_eq!(after_quiet(&[late, night], now), at("2026-11-03T06:00:00Z"));
        assert_eq!(after_quiet(&[night, None], now), now);
        assert_eq!(after_quiet(&[], now), now);
    }

    proptest! {
        #[test]
        fn quiet_hours_always_end_within_a_day_or_so(minute in 0i64..1_000_000, from in 0u32..1_440, until in 0u32..1_440) {
            prop_assume!(from != until);
            let of = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).expect("a time");
            let quiet = Quiet { from: of(from), until: of(until), zone: chrono_tz::Europe::Copenhagen };
            let now = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minute);
            if let Some(end) = quiet.ends(now) {
                prop_assert!(end > now && end - now <= TimeDelta::hours(26));
            }
        }
    }

    #[test]
    fn waits_double_up_to_an_hour_and_half_of_each_is_chance() {
        let seconds = |attempt, chance| wait(attempt, chance, None).num_seconds();
        assert_eq!([1, 2, 3, 4].map(|attempt| seconds(attempt, 1.0)), [30, 60, 120, 240]);
        assert_eq!([1, 2, 3, 4].map(|attempt| seconds(attempt, 0.0)), [15, 30, 60, 120]);
        assert_eq!((seconds(8, 1.0), seconds(1_000, 1.0), seconds(i32::MAX, 0.0)), (3_600, 3_600, 1_800));
        assert_eq!(wait(1, 0.0, Some(TimeDelta::seconds(90))), TimeDelta::seconds(90), "what the receiver asks for");
        assert_eq!(wait(1, 0.0, Some(TimeDelta::seconds(1))), TimeDelta::seconds(15), "but never less than our own");
        assert_eq!(wait(1, 0.0, Some(TimeDelta::days(9))), TimeDelta::hours(1));
    }
}
