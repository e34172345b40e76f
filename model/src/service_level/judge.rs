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
struct Run {
    /// When it ran out, if it has.
    out: Option<Instant>,
    /// Microseconds that are left of its target, in its unit's own time.
    left: i64,
}

/// Runs a clock from an opening until an instant.
fn run<Z: TimeZone>(
    meter: &Meter<'_, Z>,
    target: Target,
    opened_at: Instant,
    pauses: &[Pause],
    until: Option<Instant>,
) -> Run {
    let mut left = target.micros();
    let mut from = opened_at;
    let ends = pauses.iter().copied().chain([(Instant::MAX_UTC, None)]);
    for (stands_from, runs_again) in ends {
        let to = until.map_or(stands_from, |until| until.min(stands_from)).max(from);
        let begun = meter.position(target.unit, from);
        let due = meter.first(target.unit, begun + left);
        if due <= to {
            return Run { out: Some(due.max(from)), left: 0 };
        }
        left -= meter.position(target.unit, to) - begun;
        match runs_again {
            Some(again) if until.is_none_or(|until| again < until) => from = from.max(again),
            _ => break,
        }
    }
    Run { out: None, left }
}

/// When a clock runs out, if it does with these pauses, which are in order and apart.
pub fn due<Z: TimeZone>(meter: &Meter<'_, Z>, target: Target, opened_at: Instant, pauses: &[Pause]) -> Option<Instant> {
    run(meter, target, opened_at, pauses, None).out
}

/// Since when a clock stands at an instant, where it does.
fn stands_since(pauses: &[Pause], at: Instant) -> Option<Instant> {
    let pause = pauses.iter().find(|(from, to)| *from <= at && to.is_none_or(|to| to > at));
    pause.map(|(since, _)| *since)
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
        if stands_since(&self.accepted, at).is_some() {
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
        let run = run(&meter, target, failing.opened_at, pauses, Some(then));
        let stands = stands_since(pauses, then);
        // Where nothing stops the clock then, it is known when it runs out if nothing stops it after.
        let ahead = || meter.first(target.unit, meter.position(target.unit, then) + run.left);
        let standing = match (ended_at, stands) {
            (Some(ended_at), _) if run.out.is_some_and(|due| due < ended_at) => ClockStanding::Missed,
            (Some(_), _) => ClockStanding::Met,
            (None, Some(_)) => ClockStanding::Paused,
            (None, None) if run.out.is_some() => ClockStanding::Breached,
            (None, None) if run.left <= target.micros() / 4 => ClockStanding::DueSoon,
            (None, None) => ClockStanding::Within,
        };
        let is_paused = standing == ClockStanding::Paused;
        Some(Clock {
            standing,
            target,
            due: run.out.or_else(|| stands.is_none().then(ahead)),
            ended_at,
            paused_since: stands.filter(|_| is_paused).map(|since| since.max(failing.opened_at)),
            paused_by: failing.paused_by(then).filter(|_| is_paused),
            left_seconds: is_paused.then_some(run.left / 1_000_000),
        })
    }
}
