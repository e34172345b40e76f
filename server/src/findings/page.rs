//! Lists of findings, a page at a time.

use super::{
    cursor::{Cursor, Direction, Key},
    scope::{NARROW, Order, Scope},
    store,
};
use crate::{
    error::{Error, Result},
    retention::{self, Class},
};
use chrono::DateTime;
use model::{
    Instant,
    ids::FindingId,
    severity::Severity,
    views::{Count, FindingFilter, FindingPage, FindingRow, FindingSort},
};
use sqlx::PgConnection;
use std::cmp::Reverse;
use uuid::Uuid;

/// Rows of a page at most, whatever was asked for.
const LARGEST_PAGE: u32 = 500;

/// A page of the findings that a filter matches at an instant: at most `limit` rows (500 at most) from the cursor on.
pub async fn page(
    db: &mut PgConnection,
    filter: &FindingFilter,
    cursor: Option<&str>,
    limit: u32,
    at: Instant,
) -> Result<FindingPage> {
    let sort = filter.sort;
    let cursor = cursor.map(|text| Cursor::decode(text, sort)).transpose()?;
    let scope = Scope::of(db, filter, at).await?;
    let limit = usize::try_from(limit.clamp(1, LARGEST_PAGE)).unwrap_or(1);
    let direction = cursor.map_or(Direction::Forward, |cursor| cursor.direction);
    let from = cursor.map(|cursor| cursor.key);
    let ranked = is_ranked(&scope, sort);
    if let Some(from) = from.filter(|from| ranked && scope.misfit(from.finding).is_none()) {
        return Err(Error::Invalid { key: "error-invalid-cursor", value: from.finding.to_string() });
    }
    let mut listed = listed(db, &scope, sort, direction, from, limit + 1).await?;
    let more = listed.len() > limit;
    listed.truncate(limit);
    if direction == Direction::Backward {
        listed.reverse();
    }
    let (before, after) = match direction {
        Direction::Forward => (cursor.is_some(), more),
        Direction::Backward => (more, true),
    };
    let at_row =
        |row: Option<&store::Listed>, direction| row.map(|row| Cursor { sort, direction, key: row.key() }.encode());
    let intervals: Vec<i64> = listed.iter().map(|row| row.id).collect();
    Ok(FindingPage {
        rows: store::rows(db, &intervals, at).await?.into_iter().map(|(row, _)| row).collect(),
        next: at_row(listed.last(), Direction::Forward).filter(|_| after),
        previous: at_row(listed.first(), Direction::Backward).filter(|_| before),
        count: count(db, &scope).await?,
        ranked,
        retained_from: lacks_before(db, &scope).await?,
    })
}

/// From when on what a list tells of is retained, where it tells of findings that are closed.
pub(super) async fn lacks_before(
    db: &mut PgConnection,
    scope: &Scope,
) -> std::result::Result<Option<Instant>, sqlx::Error> {
    if scope.ended { retention::retained_from(db, Class::Findings).await } else { Ok(None) }
}

/// Whether a list is in the order of how well its rows fit the words searched for: where they are few, and no other order
/// is asked for.
fn is_ranked(scope: &Scope, sort: FindingSort) -> bool {
    scope.misfits.is_some() && sort == FindingSort::Severity
}

/// The ids of the findings that a filter matches at an instant, in its order, at most `limit`.
pub async fn matching(
    db: &mut PgConnection,
    filter: &FindingFilter,
    limit: u32,
    at: Instant,
) -> Result<Vec<FindingId>> {
    let scope = Scope::of(db, filter, at).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let listed = listed(db, &scope, filter.sort, Direction::Forward, None, limit).await?;
    Ok(listed.into_iter().map(|row| FindingId(row.finding_id)).collect())
}

/// How many findings a filter matches at an instant, as a page of them would say.
pub async fn how_many(db: &mut PgConnection, filter: &FindingFilter, at: Instant) -> Result<Count> {
    let scope = Scope::of(db, filter, at).await?;
    Ok(count(db, &scope).await?)
}

/// The ids of all findings that a filter matches at an instant, in ascending order.
pub(crate) async fn all_matching(db: &mut PgConnection, filter: &FindingFilter, at: Instant) -> Result<Vec<Uuid>> {
    let scope = Scope::of(db, filter, at).await?;
    Ok(store::every(db, &scope).await?)
}

/// How many findings a filter matches at an instant, whatever that costs.
pub(crate) async fn number_matching(db: &mut PgConnection, filter: &FindingFilter, at: Instant) -> Result<i64> {
    let scope = Scope::of(db, filter, at).await?;
    Ok(store::count_up_to(db, &scope, i64::MAX).await?)
}

/// Findings by their ids as of an instant, in the order given; those that had not been seen yet are left out.
pub(crate) async fn by_ids(
    db: &mut PgConnection,
    ids: &[Uuid],
    at: Instant,
) -> std::result::Result<Vec<FindingRow>, sqlx::Error> {
    let intervals = store::newest_intervals(db, ids, at).await?;
    Ok(store::rows(db, &intervals, at).await?.into_iter().map(|(row, _)| row).collect())
}

/// The worst failing findings of some checks on some clusters.
pub(crate) async fn worst(
    db: &mut PgConnection,
    clusters: &[Uuid],
    checks: &[String],
    limit: i64,
    at: Instant,
) -> std::result::Result<Vec<FindingRow>, sqlx::Error> {
    let scope = Scope::failing(at, clusters.to_vec(), checks.to_vec());
    let listed = store::list(db, &scope, Order::WorstFirst, LAST, limit).await?;
    let intervals: Vec<i64> = listed.iter().map(|row| row.id).collect();
    Ok(store::rows(db, &intervals, at).await?.into_iter().map(|(row, _)| row).collect())
}

/// The rows of some intervals, in the order given, as of an instant.
pub(crate) async fn of_intervals(
    db: &mut PgConnection,
    intervals: &[i64],
    at: Instant,
) -> std::result::Result<Vec<FindingRow>, sqlx::Error> {
    Ok(store::rows(db, intervals, at).await?.into_iter().map(|(row, _)| row).collect())
}

/// How bad a finding is at an instant and since when it fails; `None` where it does not.
pub(crate) async fn failing(
    db: &mut PgConnection,
    finding: FindingId,
    at: Instant,
) -> std::result::Result<Option<(Severity, Instant)>, sqlx::Error> {
    let Some(interval) = store::newest_interval(db, finding, at).await? else { return Ok(None) };
    let row = of_intervals(db, &[interval], at).await?.pop().filter(|row| row.closed_at.is_none());
    Ok(row.map(|row| (row.severity, row.opened_at)))
}

/// Before every row that ascends, and after every row that descends.
const FIRST: Key = Key { severity: -1, opened_at: DateTime::UNIX_EPOCH, finding: Uuid::nil() };
pub(super) const LAST: Key = Key { severity: i16::MAX, opened_at: END_OF_TIME, finding: Uuid::max() };
/// Past the year 9000, and well within what PostgreSQL takes.
const END_OF_TIME: Instant = match DateTime::from_timestamp(222_000_000_000, 0) {
    Some(instant) => instant,
    None => DateTime::UNIX_EPOCH,
};

async fn listed(
    db: &mut PgConnection,
    scope: &Scope,
    sort: FindingSort,
    direction: Direction,
    from: Option<Key>,
    limit: usize,
) -> std::result::Result<Vec<store::Listed>, sqlx::Error> {
    if is_ranked(scope, sort) {
        return ranked(db, scope, direction, from, limit).await;
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let descending = (sort != FindingSort::Oldest) == (direction == Direction::Forward);
    let from = from.unwrap_or(if descending { LAST } else { FIRST });
    let order = match (sort, descending) {
        (FindingSort::Severity, true) => Order::WorstFirst,
        (FindingSort::Severity, false) => Order::WorstLast,
        (_, true) => Order::NewestFirst,
        (_, false) => Order::OldestFirst,
    };
    store::list(db, scope, order, from, limit).await
}

/// The rows on one side of another, or from the first on, in the order of how well they fit, and within it worst first. So few that all of
/// them are read, so that a place among them needs to tell no more than its finding.
async fn ranked(
    db: &mut PgConnection,
    scope: &Scope,
    direction: Direction,
    from: Option<Key>,
    limit: usize,
) -> std::result::Result<Vec<store::Listed>, sqlx::Error> {
    let mut all = store::list(db, scope, Order::WorstFirst, LAST, NARROW).await?;
    let place = |key: &Key| (scope.misfit(key.finding), Reverse((key.severity, key.opened_at, key.finding)));
    all.sort_by_key(|row| place(&row.key()));
    let Some(from) = from.as_ref().map(place) else {
        all.truncate(limit);
        return Ok(all);
    };
    Ok(match direction {
        Direction::Forward => all.into_iter().filter(|row| place(&row.key()) > from).take(limit).collect(),
        Direction::Backward => all.into_iter().rev().filter(|row| place(&row.key()) < from).take(limit).collect(),
    })
}

/// Exact from the rollup where that knows all that the filter asks; counted, up to a bound, where it does not.
async fn count(db: &mut PgConnection, scope: &Scope) -> std::result::Result<Count, sqlx::Error> {
    let Some(counted) = scope.counted_by_rollup() else {
        let rows = store::count_up_to(db, scope, NARROW + 1).await?;
        return Ok(Count { rows: rows.min(NARROW), at_least: rows > NARROW });
    };
    let mut rows = store::count_open(db, scope, counted).await?;
    if let Some(accepted) = scope.of_those_accepted() {
        rows -= store::count_up_to(db, &accepted, NARROW).await?;
    }
    Ok(Count { rows, at_least: false })
}
