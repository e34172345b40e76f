//! A finding with everything that happened to it.

use super::store::{self, Decided, Interval, Merged};
use crate::{
    error::{Error, Result},
    retention::{self, Class, Horizon},
};
use model::{
    Instant,
    catalogue::Catalogue,
    ids::FindingId,
    views::{FindingDetail, FindingRow, TimelineEntry, TimelineEvent},
};
use sqlx::PgConnection;

/// A finding as of an instant; `None` where it had not been seen yet.
pub async fn detail(
    db: &mut PgConnection,
    finding: FindingId,
    at: Instant,
) -> std::result::Result<Option<FindingDetail>, sqlx::Error> {
    let Some(interval) = store::newest_interval(db, finding, at).await? else {
        return Ok(None);
    };
    let Some((row, first_seen_at)) = store::rows(db, &[interval], at).await?.pop() else {
        return Ok(None);
    };
    let intervals = store::intervals(db, &[finding.0], at).await?;
    let decisions = store::decisions(db, &[finding.0], at).await?;
    let merged = store::merged(db, &[finding.0], at).await?;
    let retained_from = retention::retained_from(db, Class::Findings).await?;
    Ok(Some(assembled((row, first_seen_at), retained_from, &intervals, &decisions, &merged)))
}

/// A finding as of an instant.
///
/// # Errors
/// Where it had not been seen yet; where all that it did was dropped; where the database is away.
pub async fn told(db: &mut PgConnection, finding: FindingId, at: Instant) -> Result<FindingDetail> {
    if let Some(detail) = detail(db, finding, at).await? {
        return Ok(detail);
    }
    match retention::horizon(db, Class::Findings).await? {
        Some(Horizon { from, months }) if store::was_seen(db, finding, at).await? => {
            Err(Error::NotRetained { from, months })
        }
        _ => Err(Error::NotFound),
    }
}

/// A finding's value from its parts: the intervals, decisions and mergers of this finding alone, in order of time.
pub(super) fn assembled(
    (row, first_seen_at): (FindingRow, Instant),
    retained_from: Option<Instant>,
    intervals: &[Interval],
    decisions: &[Decided],
    merged: &[Merged],
) -> FindingDetail {
    let controls = Catalogue::current()
        .check(&row.check)
        .map(|check| check.controls.iter().map(|edge| edge.control.clone()).collect())
        .unwrap_or_default();
    let goes_on_as = merged.iter().rev().find(|merged| merged.holds && merged.finding == row.id.0);
    let goes_on_as = goes_on_as.map(|merged| FindingId(merged.goes_on_as));
    let timeline = timeline((row.id, first_seen_at), intervals, decisions, merged);
    // What is left begins later than the finding did.
    let lacks = intervals.first().is_none_or(|first| first.valid_from > first_seen_at);
    let retained_from = retained_from.filter(|_| lacks);
    FindingDetail { row, first_seen_at, controls, timeline, goes_on_as, retained_from }
}

fn timeline(
    (finding, first_seen_at): (FindingId, Instant),
    intervals: &[Interval],
    decisions: &[Decided],
    merged: &[Merged],
) -> Vec<TimelineEntry> {
    let mut entries = Vec::with_capacity(2 * intervals.len() + decisions.len());
    for (place, interval) in intervals.iter().enumerate() {
        // What was before may have been dropped since.
        let again = place > 0 || interval.valid_from > first_seen_at;
        entries.push(TimelineEntry { at: interval.valid_from, event: beginning(interval, again) });
        let next = intervals.get(place + 1).map(|next| next.valid_from);
        // Where the next interval begins at the same instant, the finding changed and did not close.
        if let Some((at, scan)) = interval.ended.filter(|(at, _)| Some(*at) != next) {
            entries.push(TimelineEntry { at, event: TimelineEvent::Closed { scan } });
        }
    }
    entries.extend(decisions.iter().map(|decided| TimelineEntry {
        at: decided.at,
        event: TimelineEvent::Decided {
            decision: decided.decision,
            kind: decided.kind,
            by: decided.by.clone(),
            comment: decided.comment.clone(),
            findings: decided.findings,
            assigned: decided.assigned.clone(),
            ticket: decided.ticket.clone(),
            due: decided.due,
            undoes: decided.undoes,
        },
    }));
    entries.extend(merged.iter().map(|merged| {
        let event = if merged.finding == finding.0 {
            TimelineEvent::GoesOnAs { finding: FindingId(merged.goes_on_as) }
        } else {
            TimelineEvent::TookOver { finding: FindingId(merged.finding) }
        };
        TimelineEntry { at: merged.at, event }
    }));
    entries.sort_by_key(|entry| entry.at);
    entries
}

fn beginning(interval: &Interval, again: bool) -> TimelineEvent {
    let (scan, severity) = (interval.opened_by, interval.severity);
    let (fault, detail) = (interval.fault.clone(), interval.detail.clone());
    if interval.valid_from == interval.opened_at {
        TimelineEvent::Opened { scan, severity, fault, detail, again }
    } else {
        TimelineEvent::Changed { scan, severity, fault, detail }
    }
}
