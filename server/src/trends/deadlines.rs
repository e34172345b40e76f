//! Findings past their deadlines.
//!
//! Whether a finding is past one at an instant follows from that instant alone: it fails, its severity has a deadline that
//! is in force then, and so many calendar days of the organisation have passed since it was opened (and, for the first
//! deadline, it is not acknowledged).

use super::{
    load::Columns,
    periods::Periods,
    scope::Scope,
    spans::{Series, Span, add, add_at},
    store::{self, settings, spans::Needs},
    targets::Version,
};
use crate::days::Zone;
use chrono::TimeDelta;
use model::{
    Instant,
    severity::Severity,
    views::{TrendChart, TrendFamily, TrendUnit},
};
use sqlx::PgConnection;

/// The two deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deadline {
    Acknowledge,
    Fix,
}

impl Deadline {
    const ALL: [Self; 2] = [Self::Acknowledge, Self::Fix];

    /// The words of its columns: past it at the end, and gone past it within.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Acknowledge => ("late_acknowledge", "breached_acknowledge"),
            Self::Fix => ("late_fix", "breached_fix"),
        }
    }

    fn days(self, version: &Version, severity: Severity) -> Option<u32> {
        let target = version.targets.get(&severity)?;
        match self {
            Self::Acknowledge => target.acknowledge,
            Self::Fix => target.fix,
        }
    }
}

/// The columns, of every severity that had a deadline within the periods; and whether there was any.
pub(super) async fn columns(
    db: &mut PgConnection,
    scope: &Scope,
    periods: &Periods,
) -> Result<(Columns, bool), sqlx::Error> {
    let versions = settings::targets(db, periods.at).await?;
    let during = |version: &&Version| version.from < periods.end() && version.to.is_none_or(|to| to > periods.start());
    let mut columns = Columns::default();
    let wanted = |deadline: Deadline, severity: Severity| {
        let asked = scope.severities.as_ref().is_none_or(|severities| severities.contains(&severity.rank()));
        asked && versions.iter().filter(during).any(|version| deadline.days(version, severity).is_some())
    };
    if !Deadline::ALL.iter().any(|deadline| Severity::ALL.iter().any(|severity| wanted(*deadline, *severity))) {
        return Ok((columns, false));
    }
    let spans = store::spans::overlapping(db, scope, periods, Needs::Decisions).await?;
    let (mut late, mut breached) = (Series::new(), Series::new());
    for (span, deadline) in spans.iter().flat_map(|span| Deadline::ALL.map(|deadline| (span, deadline))) {
        for stretch in past(span, deadline, &versions, periods.zone) {
            let key = (deadline, span.severity);
            add(&mut late, key, periods, periods.ends_within(stretch.from, stretch.to), span.findings);
            if stretch.is_new {
                add_at(&mut breached, key, periods, stretch.from, span.findings);
            }
        }
    }
    for deadline in Deadline::ALL {
        for (word, series) in [(deadline.words().0, &late), (deadline.words().1, &breached)] {
            let severities = Severity::ALL.iter().rev().filter(|severity| wanted(deadline, **severity));
            let places = severities.map(|severity| {
                let values = series.get(&(deadline, *severity)).cloned().unwrap_or_else(|| vec![0; periods.all.len()]);
                let key = format!("{word}.{severity}");
                columns.add(TrendFamily::Trend, &key, TrendUnit::Count, values.into_iter().map(Some).collect())
            });
            let places = places.collect();
            columns.panel(word, TrendChart::Stacked, places);
        }
    }
    Ok((columns, true))
}

/// A time for which a span's findings are past a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Past {
    from: Instant,
    to: Option<Instant>,
    /// Whether they were not just before.
    is_new: bool,
}

/// When a span's findings are past a deadline.
fn past(span: &Span, deadline: Deadline, versions: &[Version], zone: Zone) -> Vec<Past> {
    let mut stretches: Vec<Past> = Vec::new();
    for version in versions {
        let Some(days) = deadline.days(version, span.severity) else { continue };
        let due = zone.days_later(span.opened_at, days);
        for (from, to) in waiting(span, deadline) {
            let (from, to) = (from.max(version.from).max(due), earlier(to, version.to));
            if to.is_some_and(|to| to <= from) {
                continue;
            }
            stretches.push(Past { from, to, is_new: true });
        }
    }
    stretches.sort_by_key(|stretch| stretch.from);
    stretches.dedup_by(|next, before| {
        let joins = before.to == Some(next.from);
        if joins {
            before.to = next.to;
        }
        joins
    });
    // What fails on with the same severity, and was past its deadline just before, is not past it anew.
    if let Some(first) = stretches.first_mut().filter(|first| first.from == span.from && span.goes_on) {
        let just_before = span.from - TimeDelta::microseconds(1);
        first.is_new = !was_past(span, deadline, versions, zone, just_before);
    }
    stretches
}

fn was_past(span: &Span, deadline: Deadline, versions: &[Version], zone: Zone, at: Instant) -> bool {
    let in_force = versions.iter().find(|version| version.from <= at && version.to.is_none_or(|to| to > at));
    let days = in_force.and_then(|version| deadline.days(version, span.severity));
    let acknowledged = span.moves.iter().rev().find(|(moved_at, _)| *moved_at <= at).is_some_and(|(_, to)| *to);
    days.is_some_and(|days| zone.days_later(span.opened_at, days) <= at) && (deadline == Deadline::Fix || !acknowledged)
}

/// When a span's findings wait for what the deadline asks: always to be fixed, or while they are not acknowledged.
fn waiting(span: &Span, deadline: Deadline) -> Vec<(Instant, Option<Instant>)> {
    if deadline == Deadline::Fix {
        return vec![(span.from, span.to)];
    }
    let mut waiting = Vec::new();
    let mut since = Some(span.from);
    for (at, acknowledged) in &span.moves {
        if *acknowledged {
            let until = since.take();
            waiting.extend(until.filter(|from| from < at).map(|from| (from, earlier(Some(*at), span.to))));
        } else if since.is_none() {
            since = Some(span.from.max(*at));
        }
    }
    waiting.extend(since.map(|from| (from, span.to)));
    waiting.retain(|(from, to)| to.is_none_or(|to| to > *from));
    waiting
}

/// The earlier of two ends, of which none is the latest.
fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Target, *};
    use crate::trends::spans::{Begins, Ends};
    use std::collections::BTreeMap;

    const UTC: Zone = Zone { id: 1, time_zone: chrono_tz::UTC };

    fn day(day: i64) -> Instant {
        chrono::DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + day)
    }

    fn version(from: i64, to: Option<i64>, acknowledge: u32, fix: u32) -> Version {
        let target = Target { acknowledge: Some(acknowledge), fix: Some(fix) };
        Version { from: day(from), to: to.map(day), targets: BTreeMap::from([(Severity::High, target)]) }
    }

    fn span(from: i64, to: Option<i64>, moves: &[(i64, bool)]) -> Span {
        Span {
            team: String::new(),
            severity: Severity::High,
            opened_at: day(0),
            from: day(from),
            to: to.map(day),
            begins: Begins::Opened,
            ends: Ends::Closed,
            goes_on: from > 0,
            moves: moves.iter().map(|(at, to)| (day(*at), *to)).collect(),
            findings: 1,
        }
    }

    fn told(span: &Span, deadline: Deadline, versions: &[Version]) -> Vec<(Instant, Option<Instant>, bool)> {
        past(span, deadline, versions, UTC).iter().map(|past| (past.from, past.to, past.is_new)).collect()
    }

    #[test]
    fn a_finding_is_late_from_its_deadline_until_it_is_fixed() {
        let versions = [version(-10, None, 2, 7)];
        assert_eq!(told(&span(0, Some(9), &[]), Deadline::Fix, &versions), [(day(7), Some(day(9)), true)]);
        assert_eq!(told(&span(0, Some(7), &[]), Deadline::Fix, &versions), []);
        // Its facts changed when it was late already.
        assert_eq!(told(&span(8, None, &[]), Deadline::Fix, &versions), [(day(8), None, false)]);
    }

    #[test]
    fn the_deadline_in_force_counts() {
        let versions = [version(-10, Some(4), 2, 7), version(4, Some(8), 1, 3), version(8, None, 2, 30)];
        assert_eq!(
            told(&span(0, None, &[]), Deadline::Fix, &versions),
            [(day(4), Some(day(8)), true), (day(30), None, true)]
        );
        let tighter = [version(-10, Some(8), 2, 7), version(8, None, 1, 3)];
        assert_eq!(told(&span(0, None, &[]), Deadline::Fix, &tighter), [(day(7), None, true)]);
    }

    #[test]
    fn whoever_acknowledged_is_not_late_until_they_take_it_back() {
        let versions = [version(-10, None, 2, 7)];
        let told = |moves: &[(i64, bool)]| told(&span(0, Some(9), moves), Deadline::Acknowledge, &versions);
        assert_eq!(told(&[(1, true)]), []);
        assert_eq!(told(&[(3, true), (5, false)]), [(day(2), Some(day(3)), true), (day(5), Some(day(9)), true)]);
        // Acknowledged when it failed the last time, which still holds.
        assert_eq!(told(&[(-4, true)]), []);
        assert_eq!(told(&[(-4, true), (-3, false)]), [(day(2), Some(day(9)), true)]);
    }
}
