//! Access reviews: who may do what in a cluster, as the newest reading until an instant saw it.
//!
//! Reads: the reviews that `history` keeps with the scan log. Writes: nothing. Never: shows a review without the reading
//! that it came from, or takes what was not read for access that nobody has.

mod sisters;
mod store;

pub(crate) use sisters::administrators as administrators_of_sisters;

use crate::{controls::Evidence, history};
use model::{
    Instant,
    access::{AccessFilter, AccessReview, Grant, changes},
    ids::ClusterId,
    source::Source,
    views::{AccessPage, AccessReading, AccessSince, ClusterName, Holders},
};
use sqlx::PgConnection;
use std::collections::BTreeSet;

/// Grants of a page.
pub const GRANTS_A_PAGE: u32 = 100;
/// Subjects that gained or lost something, of each at most.
const MOST_CHANGES: usize = 500;

/// What is asked of a review.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which grants.
    pub filter: AccessFilter,
    /// The place of the first of them, from 0.
    pub from: u32,
    /// How many of them at most.
    pub limit: u32,
    /// The earlier instant to compare with.
    pub since: Option<Instant>,
}

/// A whole review, with the reading that it came from.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// The cluster.
    pub cluster: ClusterName,
    /// The reading; `None` where none has ever given a review, or where it is not retained.
    pub found: Option<(AccessReading, AccessReview)>,
    /// Whether it is not retained.
    pub not_retained: bool,
}

/// A page of a cluster's review at an instant; `None` where there was no cluster of the name.
pub async fn page(
    db: &mut PgConnection,
    name: &str,
    at: Instant,
    asked: &Asked,
) -> Result<Option<AccessPage>, sqlx::Error> {
    let evidence = Evidence::load(db, at, &[name.to_owned()]).await?;
    let Some(cluster) = evidence.clusters.first() else { return Ok(None) };
    let id = ClusterId(cluster.id);
    let found = reviewed(db, id, at).await?;
    let not_retained = found.is_none() && evidence.lost_reading(id, Source::Rbac);
    let since = match asked.since {
        Some(since) => {
            let before = reviewed(db, id, since).await?;
            let lost =
                before.is_none() && Evidence::load(db, since, &[name.to_owned()]).await?.lost_reading(id, Source::Rbac);
            Some(AccessSince { not_retained: lost, ..compared(before, found.as_ref(), since) })
        }
        None => None,
    };
    let (reading, review) = found.map_or((None, AccessReview::default()), |(reading, review)| (Some(reading), review));
    let matching: Vec<&Grant> = review.worst_first().into_iter().filter(|grant| asked.filter.matches(grant)).collect();
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let namespaces: BTreeSet<String> = review.grants.iter().filter_map(|grant| grant.namespace.clone()).collect();
    Ok(Some(AccessPage {
        cluster: cluster.cluster_name(),
        newest: evidence.scans(id, Source::Rbac).and_then(|scans| scans.entry.clone()),
        stale_after_seconds: evidence.budget(Source::Rbac, None).num_seconds(),
        holders: holders(&review),
        namespaces: namespaces.into_iter().collect(),
        matching: count(matching.len()),
        from: asked.from,
        grants: matching.into_iter().skip(place(asked.from)).take(place(asked.limit)).cloned().collect(),
        since,
        reading,
        not_retained,
    }))
}

/// The whole reviews of the clusters named at an instant, in the order of their names; of all where `clusters` is empty.
pub async fn whole(db: &mut PgConnection, clusters: &[String], at: Instant) -> Result<Vec<Reviewed>, sqlx::Error> {
    let mut all = Vec::new();
    let evidence = Evidence::load(db, at, clusters).await?;
    for row in &evidence.clusters {
        let id = ClusterId(row.id);
        let found = reviewed(db, id, at).await?;
        let not_retained = found.is_none() && evidence.lost_reading(id, Source::Rbac);
        all.push(Reviewed { cluster: row.cluster_name(), found, not_retained });
    }
    Ok(all)
}

/// How many subjects hold which power, most powerful first.
pub(crate) fn holders(review: &AccessReview) -> Vec<Holders> {
    review.holders().into_iter().map(|(right, subjects)| Holders { right, subjects: count(subjects) }).collect()
}

async fn reviewed(
    db: &mut PgConnection,
    cluster: ClusterId,
    at: Instant,
) -> Result<Option<(AccessReading, AccessReview)>, sqlx::Error> {
    let Some(reading) = store::newest(&mut *db, cluster, at).await? else { return Ok(None) };
    let review = history::access_review(db, reading.digest).await?;
    Ok(review.map(|review| (reading, review)))
}

fn compared(
    before: Option<(AccessReading, AccessReview)>,
    after: Option<&(AccessReading, AccessReview)>,
    since: Instant,
) -> AccessSince {
    let (mut gained, mut lost) = match (&before, after) {
        (Some((_, before)), Some((_, after))) => changes(before, after),
        _ => (Vec::new(), Vec::new()),
    };
    let (gained_count, lost_count) = (count(gained.len()), count(lost.len()));
    gained.truncate(MOST_CHANGES);
    lost.truncate(MOST_CHANGES);
    let before = before.map(|(reading, _)| reading);
    AccessSince { since, before, not_retained: false, gained, gained_count, lost, lost_count }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
