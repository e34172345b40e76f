//! The rule: how much time a clock has counted, when it runs out, and how it stands.

use super::{Book, Clock, ClockKind, ClockStanding, Meter, PauseReason, ServiceLevel, Target};
use crate::{Instant, severity::Severity, source::Source};
use chrono::TimeZone;

/// What people had said of a finding since an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Said {
    /// Nothing that counts.
    Open,
    /// It is acknowledged.
    Acknowledged,
    /// It is a false positive.
    FalsePositive,
}

/// A time for which a clock stands, until just before its end; without one, it stands still.
pub type Pause = (Instant, Option<Instant>);

/// A finding from when it was opened, as was known at some instant: what its clocks depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Its source.
    pub source: Source,
    /// When it was opened. When it fails again after it was closed, its clocks begin anew.
    pub opened_at: Instant,
    /// How bad it has been since when, oldest first, the first from its opening.
    pub severities: Vec<(Instant, Severity)>,
    /// What was said of it since when, oldest first; what was said before it was opened still holds.
    pub said: Vec<(Instant, Said)>,
    /// When it was accepted, in any order, perhaps by several acceptances at once.
    pub accepted: Vec<Pause>,
    /// When it was closed.
    pub ended_at: Option<Instant>,
}

/// Times for which clocks stand, in order and apart, from when a finding was accepted and from what was said of it.
pub fn pauses(accepted: &[Pause], said: &[(Instant, Said)]) -> Vec<Pause> {
    let mut all: Vec<Pause> = accepted.to_vec();
    for (place, (from, said_then)) in said.iter().enumerate() {
        if *said_then == Said::FalsePositive {
            all.push((*from, said.get(place + 1).map(|(at, _)| *at)));
        }
    }
    all.retain(|(from, to)| to.is_none_or(|to| to > *from));
    all.sort_unstable_by_key(|(from, _)| *from);
    let mut apart: Vec<Pause> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match apart.last_mut() {
            Some((_, last)) if last.is_none_or(|last| last >= from) => {
                *last = last.zip(to).map(|(last, to)| last.max(to));
            }
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// How far a clock has come.
enum Reached {
    /// It ran out then.
    Out(Instant),
    /// It has counted less than its target, and so many microseconds are left.
    Left(i64),
}

/// Runs a clock from an opening until an instant.
fn run<Z: TimeZone>(
    meter: &Meter<'_, Z>,
    target: Target,
    opened_at: Instant,
    pauses: &[Pause],
    until: Option<Instant>,
) -> Reached {
    let mut left = target.micros();
    let mut from = opened_at;
    let ends = pauses.iter().copied().chain([(Instant::MAX_UTC, None)]);
    for (stands_from, runs_again) in ends {
        let to = until.map_or(stands_from, |until| until.min(stands_from)).max(from);
        let begun = meter.position(target.unit, from);
        let due = meter.first(target.unit, begun + left);
        if due <= to {
            return Reached::Out(due.max(from));
        }
        left -= meter.position(target.unit, to) - begun;
        match runs_again {
            Some(again) if until.is_none_or(|until| again < until) => from = from.max(again),
            _ => break,
        }
    }
    Reached::Left(left)
}

/// When a clock runs out, if it does with these pauses, which are in order and apart.
pub fn due<Z: TimeZone>(meter: &Meter<'_, Z>, target: Target, opened_at: Instant, pauses: &[Pause]) -> Option<Instant> {
    match run(meter, target, opened_at, pauses, None) {
        Reached::Out(at) => Some(at),
        Reached::Left(_) => None,
    }
}

impl Failing {
    fn severity(&self, at: Instant) -> Option<Severity> {
        let then = self.severities.iter().rev().find(|(since, _)| *since <= at).or_else(|| self.severities.first());
        then.map(|(_, severity)| *severity)
    }

    /// When what a clock waits for came, by an instant. An acknowledgement that was taken back is none; what was closed
    /// before anybody acknowledged it needs no acknowledgement any more.
    fn ended(&self, kind: ClockKind, at: Instant) -> Option<Instant> {
        let closed = self.ended_at.filter(|ended| *ended <= at);
        if kind == ClockKind::Fix {
            return closed;
        }
        let until = closed.unwrap_or(at);
        let known = self.said.iter().rev().skip_while(|(since, _)| *since > until);
        let settled = known.take_while(|(_, said)| *said != Said::Open).last();
        settled.map(|(since, _)| (*since).max(self.opened_at)).or(closed)
    }

    fn paused_by(&self, at: Instant) -> Option<PauseReason> {
        if self.accepted.iter().any(|(from, to)| *from <= at && to.is_none_or(|to| to > at)) {
            return Some(PauseReason::Accepted);
        }
        let said = self.said.iter().rev().find(|(since, _)| *since <= at)?.1;
        (said == Said::FalsePositive).then_some(PauseReason::FalsePositive)
    }
}

impl<Z: TimeZone> Book<Z> {
    /// How a finding stands at an instant. A clock that has ended is judged by what was in force when it did.
    pub fn judge(&self, failing: &Failing, at: Instant) -> ServiceLevel {
        let pauses = pauses(&failing.accepted, &failing.said);
        let clock = |kind| self.clock(kind, failing, &pauses, at);
        ServiceLevel { acknowledge: clock(ClockKind::Acknowledge), fix: clock(ClockKind::Fix) }
    }

    fn clock(&self, kind: ClockKind, failing: &Failing, pauses: &[Pause], at: Instant) -> Option<Clock> {
        let ended_at = failing.ended(kind, at);
        let then = ended_at.unwrap_or(at);
        let version = self.in_force(then)?;
        let target = version.levels.target(kind, failing.source, failing.severity(then)?)?;
        let meter = self.meter(version);
        let reached = run(&meter, target, failing.opened_at, pauses, Some(then));
        let clock = Clock {
            standing: ClockStanding::Within,
            target,
            due: None,
            ended_at,
            paused_since: None,
            paused_by: None,
            left_seconds: None,
        };
        let out = match reached {
            Reached::Out(due) => Some(due),
            Reached::Left(_) => None,
        };
        if let Some(ended_at) = ended_at {
            let missed = out.is_some_and(|due| due < ended_at);
            // What ended in time has a due instant only where nothing stopped the clock then.
            let due = out.or_else(|| self.ahead(&meter, &reached, target, then, pauses));
            let standing = if missed { ClockStanding::Missed } else { ClockStanding::Met };
            return Some(Clock { standing, due, ..clock });
        }
        if let Some((since, _)) = pauses.iter().find(|(from, to)| *from <= at && to.is_none_or(|to| to > at)) {
            let left = match reached {
                Reached::Out(_) => 0,
                Reached::Left(left) => left,
            };
            return Some(Clock {
                standing: ClockStanding::Paused,
                due: out,
                paused_since: Some((*since).max(failing.opened_at)),
                paused_by: failing.paused_by(at),
                left_seconds: Some(left / 1_000_000),
                ..clock
            });
        }
        let standing = match reached {
            Reached::Out(_) => ClockStanding::Breached,
            Reached::Left(left) if left <= target.micros() / 4 => ClockStanding::DueSoon,
            Reached::Left(_) => ClockStanding::Within,
        };
        let due = out.or_else(|| self.ahead(&meter, &reached, target, at, pauses));
        Some(Clock { standing, due, ..clock })
    }

    /// When a clock that runs at an instant will run out, if nothing stops it after.
    fn ahead(
        &self,
        meter: &Meter<'_, Z>,
        reached: &Reached,
        target: Target,
        at: Instant,
        pauses: &[Pause],
    ) -> Option<Instant> {
        let Reached::Left(left) = reached else { return None };
        let stands = pauses.iter().any(|(from, to)| *from <= at && to.is_none_or(|to| to > at));
        (!stands).then(|| meter.first(target.unit, meter.position(target.unit, at) + left))
    }
}
