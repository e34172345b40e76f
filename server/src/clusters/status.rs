//! How fresh the knowledge of each cluster is, from the same evidence that controls are assessed by.

use super::store::{self, ClusterRow};
use crate::controls::{Evidence, detail::on_every_cluster};
use model::{
    Instant,
    catalogue::{Catalogue, Check, Strength},
    ids::ClusterId,
    platform::PairedBy,
    source::Source,
    views::{CheckStatus, ClusterStatus, PairedCluster, RoundEntry, ScanEntry, SourceStatus},
};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Scans that a cluster's page shows.
const NEWEST_SCANS: i64 = 50;

/// Rounds that a cluster's page shows.
const NEWEST_ROUNDS: i64 = 12;

/// Every cluster at an instant, with its sources.
pub async fn statuses(db: &mut PgConnection, at: Instant) -> Result<Vec<ClusterStatus>, sqlx::Error> {
    let evidence = Evidence::load(db, at, &[]).await?;
    Ok(of_evidence(&evidence))
}

/// One cluster at an instant with every check on it and its newest scans (50 at most, newest first); `None` where there
/// was none of the name.
pub async fn status(
    db: &mut PgConnection,
    name: &str,
    at: Instant,
) -> Result<Option<(ClusterStatus, Vec<CheckStatus>, Vec<ScanEntry>)>, sqlx::Error> {
    let evidence = Evidence::load(db, at, &[name.to_owned()]).await?;
    let Some(status) = of_evidence(&evidence).pop() else {
        return Ok(None);
    };
    let scans = store::scans(db, status.cluster.id, at, NEWEST_SCANS).await?;
    let checks: Vec<(&Check, Strength)> =
        Catalogue::current().checks().iter().map(|check| (check, Strength::Supporting)).collect();
    Ok(Some((status, on_every_cluster(&evidence, &checks, None), scans)))
}

/// The newest rounds of a cluster at an instant (12 at most, newest first): what was asked of it, within which budget.
pub async fn rounds(db: &mut PgConnection, cluster: ClusterId, at: Instant) -> Result<Vec<RoundEntry>, sqlx::Error> {
    store::rounds(db, cluster, at, NEWEST_ROUNDS).await
}

/// The clusters of evidence that was loaded for more than this.
pub(crate) fn of_evidence(evidence: &Evidence) -> Vec<ClusterStatus> {
    evidence.clusters.iter().map(|row| cluster_status(evidence, row)).collect()
}

fn cluster_status(evidence: &Evidence, row: &ClusterRow) -> ClusterStatus {
    let id = ClusterId(row.id);
    let paired = |(row, by): (&ClusterRow, PairedBy)| PairedCluster { cluster: row.cluster_name(), by };
    ClusterStatus {
        cluster: row.cluster_name(),
        server: row.facts.server.clone(),
        version: row.facts.version.clone(),
        platform: row.facts.platform.clone(),
        platform_read_at: evidence.scans(id, Source::Nodes).and_then(|scans| scans.seen_at),
        management: evidence.management_of(id).map(paired),
        lacks_management: evidence.lacks_management(id),
        workloads: evidence.workloads_of(id).map(paired).collect(),
        sources: Catalogue::current().sources().map(|source| source_status(evidence, id, source)).collect(),
    }
}

fn source_status(evidence: &Evidence, cluster: ClusterId, source: Source) -> SourceStatus {
    let catalogue = Catalogue::current();
    let scans = evidence.scans(cluster, source);
    let mut states = BTreeMap::new();
    for check in catalogue.checks_of(source) {
        *states.entry(evidence.state(cluster, check, None)).or_default() += 1;
    }
    SourceStatus {
        source,
        last_scan: scans.and_then(|scans| scans.entry.clone()),
        not_retained: scans.is_some_and(|scans| scans.entry.is_none()) || evidence.not_retained(cluster, source),
        last_seen_at: scans.and_then(|scans| scans.seen_at),
        stale_after_seconds: evidence.budget(source, None).num_seconds(),
        version: scans.and_then(|scans| scans.version.clone()),
        states,
        open_findings: evidence.open_findings(|count| count.cluster == cluster && count.source == source),
    }
}
