//! Findings for a pack: all of them, with all that happened to them, in a few queries.

use super::{
    detail::assembled,
    store::{self, Decided, Interval, Merged},
};
use crate::{
    clusters::store::as_of,
    retention::{self, Class},
};
use model::{Instant, ids::CheckId, views::FindingDetail};
use sqlx::PgConnection;
use uuid::Uuid;

/// Findings worked on at a time, which bounds what is held besides the answer.
const BATCH: usize = 5_000;

/// Every finding seen until an instant, closed ones included and those left out that go on as another, of the clusters and checks named (all where there are
/// none), in the order of their ids.
pub async fn export(
    db: &mut PgConnection,
    clusters: &[String],
    checks: &[CheckId],
    at: Instant,
) -> Result<Vec<FindingDetail>, sqlx::Error> {
    let clusters: Vec<Uuid> = as_of(db, at, clusters).await?.into_iter().map(|row| row.id).collect();
    let checks: Vec<String> = checks.iter().map(|check| check.0.clone()).collect();
    let checks = (!checks.is_empty()).then_some(checks.as_slice());
    let retained_from = retention::retained_from(db, Class::Findings).await?;
    let newest = store::existing(db, &clusters, checks, at).await?;
    let mut findings = Vec::with_capacity(newest.len());
    for batch in newest.chunks(BATCH) {
        let rows = store::rows(db, batch, at).await?;
        let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id.0).collect();
        let intervals = store::intervals(db, &ids, at).await?;
        let decisions = store::decisions(db, &ids, at).await?;
        let merged = store::merged(db, &ids, at).await?;
        let (mut intervals, mut decisions, mut merged) =
            (intervals.as_slice(), decisions.as_slice(), merged.as_slice());
        for (row, first_seen_at) in rows {
            let own_intervals = split_off(&mut intervals, |interval: &Interval| interval.finding == row.id.0);
            let own_decisions = split_off(&mut decisions, |decided: &Decided| decided.finding == row.id.0);
            let own_merged = split_off(&mut merged, |merged: &Merged| merged.of == row.id.0);
            findings.push(assembled((row, first_seen_at), retained_from, own_intervals, own_decisions, own_merged));
        }
    }
    Ok(findings)
}

/// Cuts off the front of a slice that is sorted by finding, as far as it is of one finding.
fn split_off<'a, T>(rest: &mut &'a [T], own: impl Fn(&T) -> bool) -> &'a [T] {
    let (front, back) = rest.split_at(rest.partition_point(own));
    *rest = back;
    front
}
