//! Everything that a pack tells, loaded by the same loaders as pages and API.

use super::scope;
use crate::{catalogues, clusters, compare, controls, error::Error, findings, ledger};
use model::{
    Instant,
    ids::CheckId,
    source::Source,
    views::{
        ChangesFilter, CheckStatus, ClusterStatus, Comparison, ControlStatus, FindingDetail, LedgerEntry, PackScope,
        TimelineEvent,
    },
};
use pack::ledger::Entry;
use serde::Serialize;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The evidence for a scope.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    pub(super) scope: PackScope,
    /// Names of the clusters in scope.
    pub(super) clusters: Vec<String>,
    /// Controls in scope; the states are over the clusters in scope.
    pub(super) controls: Vec<ControlStatus>,
    /// The checks of those controls, on every cluster in scope.
    pub(super) checks: Vec<CheckStatus>,
    /// Their findings, closed ones included, worst first within each state.
    pub(super) findings: Vec<FindingDetail>,
    /// The sources of those checks.
    pub(super) sources: Vec<SourcesOfCluster>,
    /// What changed in the period, where the scope has one: its latest changes.
    pub(super) changes: Option<Comparison>,
    /// The digest of the catalogue in force at the instant, where one was noted.
    pub(super) catalogue: Option<Uuid>,
    /// Every entry of the ledger until the instant; payloads where they belong to the scope.
    pub(super) ledger: Vec<Entry>,
}

/// A cluster's sources. Without what is known of a cluster only as it is now (its address, its version, its title).
#[derive(Clone, Debug, Serialize)]
pub(super) struct SourcesOfCluster {
    pub(super) cluster: String,
    pub(super) sources: Vec<model::views::SourceStatus>,
}

impl Evidence {
    /// Loads the evidence; call it in a transaction of one snapshot.
    pub(super) async fn load(db: &mut PgConnection, of: &PackScope) -> Result<Self, sqlx::Error> {
        let at = of.as_of;
        let ids: Vec<CheckId> = scope::checks(of).map(|check| check.id.clone()).collect();
        let sources: BTreeSet<Source> = scope::checks(of).map(|check| check.source).collect();
        let (names, mut controls) = controls::list(db, at, &of.clusters).await?;
        controls.retain(|status| scope::covers(of, &status.control));
        let mut checks = controls::checks(db, at, &of.clusters).await?;
        checks.retain(|status| ids.contains(&status.check));
        // No check in scope means no finding, not every finding.
        let mut findings = if ids.is_empty() { vec![] } else { findings::export(db, &of.clusters, &ids, at).await? };
        for cluster in checks.iter_mut().map(|c| &mut c.cluster).chain(findings.iter_mut().map(|f| &mut f.row.cluster))
        {
            cluster.title.clone_from(&cluster.name);
        }
        findings.sort_by_key(|f| (f.row.state, std::cmp::Reverse(f.row.severity), f.row.id));
        let clusters: Vec<String> = names.into_iter().map(|cluster| cluster.name).collect();
        let statuses = clusters::statuses(db, at).await?;
        let entries = ledger::entries_as_of(db, at).await?;
        Ok(Self {
            changes: changes(db, of).await?,
            catalogue: catalogues::in_force(db, at).await?.map(|known| known.digest),
            ledger: in_scope(entries, of, &findings),
            sources: statuses.into_iter().filter_map(|status| trimmed(status, &clusters, &sources)).collect(),
            scope: of.clone(),
            clusters,
            controls,
            checks,
            findings,
        })
    }

    /// The checks that speak to a control, on every cluster in scope.
    pub(super) fn checks_of(
        &self,
        control: &model::ids::ControlId,
    ) -> impl Iterator<Item = (&CheckStatus, model::catalogue::Strength)> {
        let catalogue = model::catalogue::Catalogue::current();
        self.checks.iter().filter_map(move |status| {
            let edges = &catalogue.check(&status.check)?.controls;
            edges.iter().find(|edge| edge.control == *control).map(|edge| (status, edge.strength))
        })
    }

    /// The end of the chain in the pack.
    pub(super) fn head(&self) -> (i64, String) {
        self.ledger.last().map_or_else(|| (0, "0".repeat(64)), |entry| (entry.seq, entry.hash.clone()))
    }

    /// The instant that the pack speaks of.
    pub(super) const fn at(&self) -> Instant {
        self.scope.as_of
    }
}

/// Changes of findings and decisions that a report prints.
const CHANGES: i64 = 1_000;

/// What changed in the period of a scope.
async fn changes(db: &mut PgConnection, of: &PackScope) -> Result<Option<Comparison>, sqlx::Error> {
    let Some(since) = of.since else { return Ok(None) };
    let filter =
        ChangesFilter { cluster: of.clusters.clone(), control: of.controls.clone(), ..ChangesFilter::default() };
    let compared = compare::compare(db, (since, of.as_of), &filter, compare::Reach::first(CHANGES)).await;
    compared.map(Some).map_err(|error| match error {
        Error::DatabaseAway(error) => error,
        other => sqlx::Error::Decode(other.into()),
    })
}

fn trimmed(status: ClusterStatus, clusters: &[String], sources: &BTreeSet<Source>) -> Option<SourcesOfCluster> {
    let ClusterStatus { cluster, sources: mut own, .. } = status;
    own.retain(|source| sources.contains(&source.source));
    clusters.contains(&cluster.name).then_some(SourcesOfCluster { cluster: cluster.name, sources: own })
}

/// The ledger with the payloads of the scope: all of them where everything is in scope, else decisions about its findings.
fn in_scope(entries: Vec<LedgerEntry>, of: &PackScope, findings: &[FindingDetail]) -> Vec<Entry> {
    let everything = of.clusters.is_empty() && of.controls.is_empty();
    let decisions: BTreeSet<String> = findings
        .iter()
        .flat_map(|finding| &finding.timeline)
        .filter_map(|entry| match &entry.event {
            TimelineEvent::Decided { decision, .. } => Some(decision.to_string()),
            TimelineEvent::Opened { .. } | TimelineEvent::Changed { .. } | TimelineEvent::Closed { .. } => None,
        })
        .collect();
    entries
        .into_iter()
        .map(|entry| {
            let mut entry = ledger::proof(entry);
            let payload = entry.payload.take();
            entry.payload =
                payload.filter(|payload| everything || decision_of(payload).is_some_and(|id| decisions.contains(&id)));
            entry
        })
        .collect()
}

fn decision_of(payload: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Decision {
        decision: Option<String>,
    }
    serde_json::from_str::<Decision>(payload).ok()?.decision
}
