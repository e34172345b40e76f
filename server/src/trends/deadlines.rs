//! Findings past their deadlines.
//!
//! Whether a finding is past one at an instant follows from that instant alone, by the rule of `model::service_level`: it
//! fails, its severity and source have a target that is in force then, its clock does not stand, and has counted that much
//! time since it was opened (and, for the first deadline, it is not acknowledged).

use super::{
    load::Columns,
    periods::Periods,
    scope::Scope,
    spans::{Series, Span, add, add_at},
    store::{self, spans::Needs},
};
use crate::service_levels;
use chrono::{TimeDelta, TimeZone};
use model::{
    Instant,
    service_level::{Book, ClockKind, Pause, Said, Version, due, pauses},
    severity::Severity,
    source::Source,
    views::{TrendChart, TrendFamily, TrendUnit},
};
use sqlx::PgConnection;

/// The words of a clock's columns: past it at the end, and gone past it within.
const fn words(kind: ClockKind) -> (&'static str, &'static str) {
    match kind {
        ClockKind::Acknowledge => ("late_acknowledge", "breached_acknowledge"),
        ClockKind::Fix => ("late_fix", "breached_fix"),
    }
}

/// Whether anything of a severity has a target.
fn has_target(version: &Version, kind: ClockKind, severity: Severity) -> bool {
    Source::ALL.iter().any(|source| version.levels.target(kind, *source, severity).is_some())
}

/// The columns, of every severity that had a deadline within the periods; and whether there was any.
pub(super) async fn columns(
    db: &mut PgConnection,
    scope: &Scope,
    periods: &Periods,
) -> Result<(Columns, bool), sqlx::Error> {
    let book = service_levels::book(db, periods.at).await?;
    let during = |version: &&Version| version.from < periods.end() && version.to.is_none_or(|to| to > periods.start());
    let mut columns = Columns::default();
    let wanted = |kind: ClockKind, severity: Severity| {
        let asked = scope.severities.as_ref().is_none_or(|severities| severities.contains(&severity.rank()));
        asked && book.versions.iter().filter(during).any(|version| has_target(version, kind, severity))
    };
    if !ClockKind::ALL.iter().any(|kind| Severity::ALL.iter().any(|severity| wanted(*kind, *severity))) {
        return Ok((columns, false));
    }
    let spans = store::spans::overlapping(db, scope, periods, Needs::Decisions).await?;
    let (mut late, mut breached) = (Series::new(), Series::new());
    for (span, kind) in spans.iter().flat_map(|span| ClockKind::ALL.iter().map(move |kind| (span, *kind))) {
        for stretch in past(span, kind, &book) {
            let key = (kind, span.severity);
            add(&mut late, key, periods, periods.ends_within(stretch.from, stretch.to), span.findings);
            if stretch.is_new {
                add_at(&mut breached, key, periods, stretch.from, span.findings);
            }
        }
    }
    for kind in ClockKind::ALL.iter().copied() {
        for (word, series) in [(words(kind).0, &late), (words(kind).1, &breached)] {
            let severities = Severity::ALL.iter().rev().filter(|severity| wanted(kind, **severity));
            let places = severities.map(|severity| {
                let values = series.get(&(kind, *severity)).cloned().unwrap_or_else(|| vec![0; periods.all.len()]);
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
fn past<Z: TimeZone>(span: &Span, kind: ClockKind, book: &Book<Z>) -> Vec<Past> {
    let Some(source) = span.source else { return Vec::new() };
    let pauses = pauses(&span.accepted, &span.said);
    let mut stretches: Vec<Past> = Vec::new();
    for version in &book.versions {
        let Some(target) = version.levels.target(kind, source, span.severity) else { continue };
        let Some(due) = due(&book.meter(version), target, span.opened_at, &pauses) else { continue };
        for (from, to) in waiting(span, kind, &pauses) {
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
        first.is_new = !was_past(span, source, kind, book, &pauses, just_before);
    }
    stretches
}

fn was_past<Z: TimeZone>(
    span: &Span,
    source: Source,
    kind: ClockKind,
    book: &Book<Z>,
    pauses: &[Pause],
    at: Instant,
) -> bool {
    let Some(version) = book.in_force(at) else { return false };
    let Some(target) = version.levels.target(kind, source, span.severity) else { return false };
    let said = span.said.iter().rev().find(|(since, _)| *since <= at).map_or(Said::Open, |(_, said)| *said);
    let waits = kind == ClockKind::Fix || said == Said::Open;
    let stands = pauses.iter().any(|(from, to)| *from <= at && to.is_none_or(|to| to > at));
    waits && !stands && due(&book.meter(version), target, span.opened_at, pauses).is_some_and(|due| due <= at)
}

/// When a span's findings wait for what the deadline asks, and their clock does not stand: always to be fixed, or while they
/// are not acknowledged.
fn waiting(span: &Span, kind: ClockKind, pauses: &[Pause]) -> Vec<Pause> {
    let settled = span.said.iter().enumerate().filter(|(_, (_, said))| *said != Said::Open);
    let settled = settled.map(|(place, (from, _))| (*from, span.said.get(place + 1).map(|(at, _)| *at)));
    let mut stops = pauses.to_vec();
    stops.extend(settled.filter(|_| kind == ClockKind::Acknowledge));
    let mut waiting = Vec::new();
    let mut since = Some(span.from);
    for (from, to) in model::service_level::pauses(&stops, &[]) {
        let Some(before) = since else { break };
        waiting.push((before, earlier(Some(from), span.to)));
        since = to.map(|to| to.max(span.from));
    }
    waiting.extend(since.map(|since| (since, span.to)));
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
    use super::*;
    use crate::trends::spans::{Begins, Ends};
    use ClockKind::{Acknowledge, Fix};
    use chrono::Utc;
    use model::service_level::{ServiceLevels, Target, TargetUnit, Targets};
    use std::collections::BTreeMap;

    fn day(day: i64) -> Instant {
        chrono::DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + day)
    }

    /// From which day on findings were to be acknowledged and fixed within how many calendar days.
    fn book(versions: &[(i64, u32, u32)]) -> Book<Utc> {
        let levels = |acknowledge, fix| {
            let target = |amount| Some(Target { amount, unit: TargetUnit::CalendarDays });
            let targets = Targets { acknowledge: target(acknowledge), fix: target(fix) };
            ServiceLevels { targets: BTreeMap::from([(Severity::High, targets)]), ..ServiceLevels::default() }
        };
        let since = versions.iter().map(|(from, acknowledge, fix)| (day(*from), levels(*acknowledge, *fix)));
        Book { zone: Utc, versions: Version::all(since) }
    }

    fn span(from: i64, to: Option<i64>, moves: &[(i64, bool)]) -> Span {
        let said = |acknowledged| if acknowledged { Said::Acknowledged } else { Said::Open };
        Span {
            team: String::new(),
            source: Some(Source::Rbac),
            severity: Severity::High,
            opened_at: day(0),
            from: day(from),
            to: to.map(day),
            begins: Begins::Opened,
            ends: Ends::Closed,
            goes_on: from > 0,
            said: moves.iter().map(|(at, to)| (day(*at), said(*to))).collect(),
            accepted: vec![],
            findings: 1,
        }
    }

    fn told(span: &Span, kind: ClockKind, book: &Book<Utc>) -> Vec<(Instant, Option<Instant>, bool)> {
        past(span, kind, book).iter().map(|past| (past.from, past.to, past.is_new)).collect()
    }

    #[test]
    fn a_finding_is_late_from_its_deadline_until_it_is_fixed() {
        let book = book(&[(-10, 2, 7)]);
        assert_eq!(told(&span(0, Some(9), &[]), Fix, &book), [(day(7), Some(day(9)), true)]);
        assert_eq!(told(&span(0, Some(7), &[]), Fix, &book), []);
        // Its facts changed when it was late already.
        assert_eq!(told(&span(8, None, &[]), Fix, &book), [(day(8), None, false)]);
    }

    #[test]
    fn the_deadline_in_force_counts() {
        let changing = book(&[(-10, 2, 7), (4, 1, 3), (8, 2, 30)]);
        assert_eq!(told(&span(0, None, &[]), Fix, &changing), [(day(4), Some(day(8)), true), (day(30), None, true)]);
        assert_eq!(told(&span(0, None, &[]), Fix, &book(&[(-10, 2, 7), (8, 1, 3)])), [(day(7), None, true)]);
    }

    #[test]
    fn whoever_acknowledged_is_not_late_until_they_take_it_back() {
        let book = book(&[(-10, 2, 7)]);
        let told = |moves: &[(i64, bool)]| told(&span(0, Some(9), moves), Acknowledge, &book);
        assert_eq!(told(&[(1, true)]), []);
        assert_eq!(told(&[(3, true), (5, false)]), [(day(2), Some(day(3)), true), (day(5), Some(day(9)), true)]);
        // Acknowledged when it failed the last time, which still holds.
        assert_eq!(told(&[(-4, true)]), []);
        assert_eq!(told(&[(-4, true), (-3, false)]), [(day(2), Some(day(9)), true)]);
    }

    #[test]
    fn nothing_is_late_while_it_is_accepted_and_what_was_left_continues_after() {
        let book = book(&[(-10, 2, 7)]);
        let mut it = span(0, None, &[]);
        it.accepted = vec![(day(4), Some(day(14)))];
        assert_eq!(told(&it, Fix, &book), [(day(17), None, true)]);
        assert_eq!(told(&it, Acknowledge, &book), [(day(2), Some(day(4)), true), (day(14), None, true)]);
        it.accepted.push((day(12), None));
        assert_eq!(told(&it, Fix, &book), []);
        // A false positive stops the one clock as acceptance does.
        it.accepted = vec![];
        it.said = vec![(day(8), Said::FalsePositive), (day(10), Said::Open)];
        assert_eq!(told(&it, Fix, &book), [(day(7), Some(day(8)), true), (day(10), None, true)]);
    }
}
