//! Findings by how they stand, for lists that are read from an index.
//!
//! A clock that never stood has run out exactly where its finding was opened before an instant that follows from the target
//! alone: a bound on what lists are sorted by. The few that stood at some time are judged one by one before.

use super::{book, judged_by, store};
use model::{
    Instant,
    service_level::{ClockKind, ClockStanding, ServiceLevel, Target, Version},
    severity::Severity,
    source::Source,
    views::ServiceFilter,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Findings judged at a time.
const BATCH: usize = 5_000;
/// Before everything that was ever opened: of what has no target.
const NEVER: Instant = chrono::DateTime::UNIX_EPOCH;

/// For a severity and a source: what was opened before these instants has a clock that ran out, or soon will.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) severity: Severity,
    pub(crate) source: Source,
    pub(crate) fix_out: Instant,
    pub(crate) fix_soon: Instant,
    pub(crate) acknowledge_out: Instant,
    pub(crate) acknowledge_soon: Instant,
}

impl Limit {
    /// Before which instant everything was opened that a filter matches.
    pub(crate) fn latest(&self, wanted: ServiceFilter) -> Instant {
        match wanted {
            ServiceFilter::Breached => self.fix_out.max(self.acknowledge_out),
            ServiceFilter::DueSoon => self.fix_soon.max(self.acknowledge_soon),
        }
    }
}

/// A filter in the terms of the database.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) wanted: ServiceFilter,
    pub(crate) limits: Vec<Limit>,
    /// Findings whose clocks stood at some time, to which the limits do not apply.
    pub(crate) ever_paused: Vec<Uuid>,
    /// Those of them that match.
    pub(crate) matching: Vec<Uuid>,
}

impl Standing {
    /// Translates a filter; `None` where no finding can match, as there are no targets.
    pub(crate) async fn of(
        db: &mut PgConnection,
        wanted: ServiceFilter,
        clusters: &[Uuid],
        at: Instant,
    ) -> Result<Option<Self>, sqlx::Error> {
        let book = book(db, at).await?;
        let Some(version) = book.in_force(at) else { return Ok(None) };
        let limits = limits(version, |target, quarters| target.opened_before(&book.meter(version), at, quarters));
        if limits.is_empty() {
            return Ok(None);
        }
        let (intervals, ever_paused): (Vec<i64>, Vec<Uuid>) =
            store::ever_paused(db, clusters, at).await?.into_iter().unzip();
        let mut matching = Vec::new();
        for batch in intervals.chunks(BATCH) {
            let judged = judged_by(db, &book, batch, at).await?;
            matching.extend(judged.into_iter().filter(|(_, level)| matches(level, wanted)).map(|(finding, _)| finding));
        }
        Ok(Some(Self { wanted, limits, ever_paused, matching }))
    }
}

/// Whether a finding stands as a filter asks: it has a clock that ran out; or it has none, and one that soon will.
fn matches(level: &ServiceLevel, wanted: ServiceFilter) -> bool {
    let any = |standing| level.clocks().any(|(_, clock)| clock.standing == standing);
    match wanted {
        ServiceFilter::Breached => any(ClockStanding::Breached),
        ServiceFilter::DueSoon => any(ClockStanding::DueSoon) && !any(ClockStanding::Breached),
    }
}

/// The limits of every severity and source that has a target.
fn limits(version: &Version, before: impl Fn(Target, i64) -> Instant) -> Vec<Limit> {
    let all = Severity::ALL.iter().flat_map(|severity| Source::ALL.iter().map(|source| (*severity, *source)));
    let limit = |(severity, source): (Severity, Source)| {
        let target = |kind| version.levels.target(kind, source, severity);
        let (fix, acknowledge) = (target(ClockKind::Fix), target(ClockKind::Acknowledge));
        fix.or(acknowledge)?;
        let of = |target: Option<Target>, quarters| target.map_or(NEVER, |target| before(target, quarters));
        Some(Limit {
            severity,
            source,
            fix_out: of(fix, 4),
            fix_soon: of(fix, 3),
            acknowledge_out: of(acknowledge, 4),
            acknowledge_soon: of(acknowledge, 3),
        })
    };
    all.filter_map(limit).collect()
}
