//! Which periods a query asks for.

use crate::{
    days::Zone,
    error::{Error, Result},
};
use chrono::{Days, NaiveDate, TimeDelta};
use model::{
    Instant,
    trends::{LONGEST_DAYS, TrendQuery, TrendStep},
};

/// Days in a row, and the instants between which they lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) start: Instant,
    /// Just after the last instant of the period that the trend speaks of.
    pub(super) end: Instant,
}

impl Period {
    /// The last instant that the period's end speaks of.
    pub(super) fn until(&self) -> Instant {
        self.end - TimeDelta::microseconds(1)
    }

    pub(super) fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
}

/// The periods of a query, oldest first.
#[derive(Clone, Debug)]
pub(super) struct Periods {
    pub(super) zone: Zone,
    pub(super) step: TrendStep,
    /// At least one, without a gap between them.
    pub(super) all: Vec<Period>,
    /// The instant asked for.
    pub(super) at: Instant,
}

impl Periods {
    /// Of a query asked at an instant. Refused with a sentence of its own: a last day before the first or after the
    /// instant's, and more than five years.
    pub(super) fn of(query: &TrendQuery, zone: Zone, at: Instant) -> Result<Self> {
        let today = zone.day_of(at);
        let last = query.to.unwrap_or(today);
        if last > today {
            return Err(Error::Invalid { key: "error-period-ahead", value: last.to_string() });
        }
        let back = Days::new(u64::from(query.last.saturating_sub(1)));
        let too_long = || Error::Invalid { key: "error-trend-too-long", value: LONGEST_DAYS.to_string() };
        let first = match query.from {
            Some(first) => first,
            None => last.checked_sub_days(back).ok_or_else(too_long)?,
        };
        if first > last {
            return Err(Error::Invalid { key: "error-trend-backwards", value: format!("{first} – {last}") });
        }
        let days = (last - first).num_days() + 1;
        if days > LONGEST_DAYS {
            return Err(too_long());
        }
        let step = query.step.unwrap_or_else(|| TrendStep::for_days(days));
        let mut all = Vec::new();
        let mut begin = first;
        while begin <= last {
            let end = step.last_of(begin).min(last);
            all.push(Period {
                first: begin,
                last: end,
                start: zone.start_of(begin),
                end: zone.end_of(end).min(at + TimeDelta::microseconds(1)),
            });
            begin = end + Days::new(1);
        }
        Ok(Self { zone, step, all, at })
    }

    pub(super) fn first_day(&self) -> NaiveDate {
        self.all.first().map_or_else(|| self.zone.day_of(self.at), |period| period.first)
    }

    pub(super) fn last_day(&self) -> NaiveDate {
        self.all.last().map_or_else(|| self.zone.day_of(self.at), |period| period.last)
    }

    pub(super) fn start(&self) -> Instant {
        self.all.first().map_or(self.at, |period| period.start)
    }

    pub(super) fn end(&self) -> Instant {
        self.all.last().map_or(self.at, |period| period.end)
    }

    /// The last day, where it was not over at the instant asked for: its counts go on after that.
    pub(super) fn unfinished(&self) -> Option<NaiveDate> {
        let last = self.last_day();
        (self.end() < self.zone.end_of(last)).then_some(last)
    }

    /// The period that a day is in.
    pub(super) fn of_day(&self, day: NaiveDate) -> Option<usize> {
        let place = self.all.partition_point(|period| period.last < day);
        self.all.get(place).filter(|period| period.first <= day).map(|_| place)
    }

    /// The period that an instant is in.
    pub(super) fn of_instant(&self, at: Instant) -> Option<usize> {
        let place = self.ended_by(at);
        self.all.get(place).filter(|period| period.start <= at).map(|_| place)
    }

    /// The periods at whose ends something holds that holds from one instant until another.
    pub(super) fn ends_within(&self, from: Instant, to: Option<Instant>) -> std::ops::Range<usize> {
        let first = self.ended_by(from);
        first..to.map_or(self.all.len(), |to| self.ended_by(to)).max(first)
    }

    /// How many periods have ended at an instant.
    fn ended_by(&self, at: Instant) -> usize {
        self.all.partition_point(|period| period.end <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COPENHAGEN: Zone = Zone { id: 2, time_zone: chrono_tz::Europe::Copenhagen };

    fn at() -> Instant {
        "2026-04-02T09:30:00Z".parse().expect("an instant")
    }

    fn periods(query: &str) -> Result<Periods> {
        Periods::of(&TrendQuery::from_query(query).expect("a query"), COPENHAGEN, at())
    }

    fn refusal(query: &str) -> String {
        periods(query).expect_err("it is refused").to_string()
    }

    #[test]
    fn thirty_days_until_the_instant_where_nothing_is_asked() {
        let periods = periods("").expect("periods");
        assert_eq!(periods.all.len(), 30);
        assert!(periods.all.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(periods.all.last().map(Period::until), Some(at()));
        assert_eq!(periods.unfinished(), Some(periods.last_day()));
    }

    #[test]
    fn weeks_and_months_are_cut_at_the_ends_and_follow_the_clocks() {
        let weeks = periods("from=2026-03-25&to=2026-04-01&step=week").expect("periods");
        let days: Vec<i64> = weeks.all.iter().map(Period::days).collect();
        assert_eq!(days, [5, 3]);
        // Five days, of which one has 23 hours.
        assert_eq!((weeks.all[0].end - weeks.all[0].start).num_hours(), 5 * 24 - 1);
        assert_eq!(weeks.unfinished(), None);
        assert_eq!(periods("last=1826").expect("periods").step, TrendStep::Month);
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_own_sentence() {
        assert!(refusal("from=2026-03-02&to=2026-03-01").contains("error-trend-backwards"));
        assert!(refusal("to=2026-04-03").contains("error-period-ahead"));
        assert!(refusal("from=2021-03-01").contains("error-trend-too-long"));
        assert!(refusal("last=4000000000").contains("error-trend-too-long"));
        assert!(periods("from=2021-04-03").is_ok());
    }

    #[test]
    fn something_holds_at_the_ends_from_its_beginning_and_no_longer_at_its_end() {
        let periods = periods("from=2026-03-30&to=2026-04-01").expect("periods");
        let [first, second, _] = &periods.all[..] else { panic!("three days") };
        assert_eq!(periods.ends_within(first.start, None), 0..3);
        assert_eq!(periods.ends_within(first.until(), Some(second.until())), 0..1);
        assert_eq!(periods.ends_within(first.end, Some(second.end)), 1..2);
        assert_eq!(periods.ends_within(second.start, Some(second.until())), 1..1);
    }
}
