//! What became of acceptances in a period.

use super::store::{changes, rows};
use model::{Instant, ids::AcceptanceId, views::AcceptanceChange};
use sqlx::PgConnection;
use std::collections::HashMap;

/// A period, and what of it is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period<'a> {
    /// What happened at this instant is before it.
    pub(crate) from: Instant,
    /// What happened at this instant is in it.
    pub(crate) to: Instant,
    /// Names of clusters; empty for all of them.
    pub(crate) clusters: &'a [String],
    /// Checks; `None` for all of them.
    pub(crate) checks: Option<&'a [String]>,
}

/// What became of acceptances in a period, the latest first, before a place, at most `limit`. One acceptance has no two steps
/// of one instant, so that both tell a place.
///
/// Where clusters or checks are asked for, it is told of acceptances that name one of them, and of those that name no cluster
/// where something fell under them then that is on one: what is listed follows from the step alone, so that two periods in a
/// row list what the whole does.
pub(crate) async fn changes(
    db: &mut PgConnection,
    period: &Period<'_>,
    before: (Instant, AcceptanceId),
    limit: i64,
) -> Result<Vec<AcceptanceChange>, sqlx::Error> {
    let steps = changes::steps(db, period, before, limit).await?;
    let mut ids: Vec<AcceptanceId> = steps.iter().map(|step| step.acceptance).collect();
    ids.sort();
    ids.dedup();
    let named = rows::named(db, &ids, period.to).await?;
    let named: HashMap<AcceptanceId, rows::Named> = named.into_iter().map(|named| (named.asked.id, named)).collect();
    let told = steps.into_iter().filter_map(|step| {
        let about = named.get(&step.acceptance)?;
        Some(AcceptanceChange {
            acceptance: step.acceptance,
            step: step.kind,
            by: step.by,
            at: step.at,
            comment: step.comment,
            scope: about.scope.clone(),
            check: about.check.clone(),
            cluster: about.cluster.clone(),
            subject: about.subject.clone(),
        })
    });
    Ok(told.collect())
}
