//! Service levels: within how much time findings are to be acknowledged and fixed, and how they stand to that.
//!
//! A clock runs from when a finding was opened, and stands while it is accepted or a false positive. Whether it has run out
//! at an instant follows from that instant alone, by the severity that the finding has then and the target in force then.

mod calendar;
mod judge;
mod meter;

pub use calendar::{Calendar, Falls, Holiday, Holidays, MonthDay};
pub use judge::{Failing, Pause, Said, due, pauses};
pub use meter::Meter;

use crate::{Instant, severity::Severity, source::Source, words::words};
use chrono::{DateTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// What a target counts.
    TargetUnit {
        /// Hours, whatever the day.
        Hours = "hours",
        /// Days of the calendar.
        CalendarDays = "calendar_days",
        /// Days of the calendar on which people work.
        BusinessDays = "business_days",
    }
}

words! {
    /// The two clocks of a finding.
    ClockKind {
        /// Until somebody has acknowledged it.
        Acknowledge = "acknowledge",
        /// Until it is fixed.
        Fix = "fix",
    }
}

words! {
    /// How a clock stands.
    ClockStanding {
        /// It runs, and there is time.
        Within = "within",
        /// It runs, and at most a quarter of its time is left.
        DueSoon = "due_soon",
        /// It ran out, and what it waits for has not come.
        Breached = "breached",
        /// It stands.
        Paused = "paused",
        /// What it waited for came in time.
        Met = "met",
        /// What it waited for came after it had run out.
        Missed = "missed",
    }
}

words! {
    /// Why a clock stands.
    PauseReason {
        /// The risk is accepted.
        Accepted = "accepted",
        /// It is a false positive.
        FalsePositive = "false_positive",
    }
}

/// An amount of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Target {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: TargetUnit,
}

impl Target {
    /// In microseconds of its unit's own time.
    const fn micros(self) -> i64 {
        let unit = match self.unit {
            TargetUnit::Hours => meter::HOUR,
            TargetUnit::CalendarDays | TargetUnit::BusinessDays => meter::DAY,
        };
        self.amount as i64 * unit
    }

    /// The last instant, exclusive, at which what was opened has at `at` used so many quarters of this time, had its clock
    /// never stood: the four quarters are the whole of it.
    pub fn opened_before<Z: TimeZone>(self, meter: &Meter<'_, Z>, at: Instant, quarters: i64) -> Instant {
        let used = (self.micros() / 4).saturating_mul(quarters);
        meter.first(self.unit, meter.position(self.unit, at) - used + 1)
    }
}

/// The targets of both clocks; where there is none, there is no clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// To be acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge: Option<Target>,
    /// To be fixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Target>,
}

impl Targets {
    /// Of one clock.
    pub const fn of(self, kind: ClockKind) -> Option<Target> {
        match kind {
            ClockKind::Acknowledge => self.acknowledge,
            ClockKind::Fix => self.fix,
        }
    }

    fn units(self) -> impl Iterator<Item = TargetUnit> {
        [self.acknowledge, self.fix].into_iter().flatten().map(|target| target.unit)
    }
}

/// All that decides how findings are judged, as it is in force for a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceLevels {
    /// By severity.
    #[serde(default)]
    pub targets: BTreeMap<Severity, Targets>,
    /// By source, where they are others than the severity's: each clock for itself.
    #[serde(default)]
    pub sources: BTreeMap<Source, BTreeMap<Severity, Targets>>,
    /// Which days are no business days, besides Saturdays and Sundays.
    #[serde(default)]
    pub closed: Vec<Holiday>,
}

impl ServiceLevels {
    /// The same, without what has no effect.
    #[must_use]
    pub fn simplified(mut self) -> Self {
        let any = |targets: &mut Targets| *targets != Targets::default();
        self.targets.retain(|_, targets| any(targets));
        for targets in self.sources.values_mut() {
            targets.retain(|_, targets| any(targets));
        }
        self.sources.retain(|_, targets| !targets.is_empty());
        let all = self.targets.values().chain(self.sources.values().flat_map(BTreeMap::values));
        if !all.flat_map(|targets| targets.units()).any(|unit| unit == TargetUnit::BusinessDays) {
            self.closed.clear();
        }
        self
    }

    /// The target of a clock of a finding.
    pub fn target(&self, kind: ClockKind, source: Source, severity: Severity) -> Option<Target> {
        let of = |targets: &BTreeMap<Severity, Targets>| targets.get(&severity)?.of(kind);
        self.sources.get(&source).and_then(of).or_else(|| of(&self.targets))
    }
}

/// Service levels with the time for which they are in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Since when.
    pub from: Instant,
    /// Until when, exclusive.
    pub to: Option<Instant>,
    /// What is in force.
    pub levels: ServiceLevels,
    /// The business days by them.
    pub calendar: Calendar,
}

impl Version {
    /// Versions from what came into force when, oldest first.
    pub fn all(since: impl IntoIterator<Item = (Instant, ServiceLevels)>) -> Vec<Self> {
        let mut versions: Vec<Self> = Vec::new();
        for (from, levels) in since {
            if let Some(before) = versions.last_mut() {
                before.to = Some(from);
            }
            versions.push(Self { from, to: None, calendar: Calendar::of(&levels.closed), levels });
        }
        versions
    }

    /// Whether it is in force at an instant.
    pub fn holds(&self, at: Instant) -> bool {
        self.from <= at && self.to.is_none_or(|to| to > at)
    }
}

/// All versions, and the zone whose clocks count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book<Z> {
    /// The zone.
    pub zone: Z,
    /// Oldest first.
    pub versions: Vec<Version>,
}

impl<Z: TimeZone> Book<Z> {
    /// The version in force at an instant.
    pub fn in_force(&self, at: Instant) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.holds(at))
    }

    /// What counts time by a version.
    pub const fn meter<'a>(&'a self, version: &'a Version) -> Meter<'a, Z> {
        Meter { zone: &self.zone, calendar: &version.calendar }
    }
}

/// How a clock of a finding stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clock {
    /// How it stands.
    pub standing: ClockStanding,
    /// The target that it is held to.
    pub target: Target,
    /// When it runs out, or ran out; nobody knows while it stands before that.
    pub due: Option<DateTime<Utc>>,
    /// When what it waits for came.
    pub ended_at: Option<DateTime<Utc>>,
    /// Since when it stands, while it does.
    pub paused_since: Option<DateTime<Utc>>,
    /// Why it stands, while it does.
    pub paused_by: Option<PauseReason>,
    /// While it stands: the seconds that will be left, of its unit's own time, in which a day has 86,400.
    pub left_seconds: Option<i64>,
}

/// How a finding stands to its service levels; a clock that has no target is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceLevel {
    /// To be acknowledged.
    pub acknowledge: Option<Clock>,
    /// To be fixed.
    pub fix: Option<Clock>,
}

impl ServiceLevel {
    /// The clocks that there are.
    pub fn clocks(&self) -> impl Iterator<Item = (ClockKind, Clock)> {
        let all = [(ClockKind::Acknowledge, self.acknowledge), (ClockKind::Fix, self.fix)];
        all.into_iter().filter_map(|(kind, clock)| Some((kind, clock?)))
    }

    /// The clock that asks for something first: of those that have not ended, the one that runs out, or ran out, first;
    /// one that stands where none runs.
    pub fn next(&self) -> Option<(ClockKind, Clock)> {
        let waiting = self.clocks().filter(|(_, clock)| clock.ended_at.is_none());
        waiting.min_by_key(|(_, clock)| {
            let stands = clock.standing == ClockStanding::Paused;
            (stands, clock.due.unwrap_or(Instant::MAX_UTC))
        })
    }
}

#[cfg(test)]
mod tests;
