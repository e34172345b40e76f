//! Everything that a pack tells, loaded by the same loaders as pages and API.

use super::{build::BuildError, scope};
use crate::{
    acceptances::{self, ExportScope},
    access::{self, Reviewed},
    catalogues, clusters, compare, controls,
    coverage::{self, Ask},
    error::Error,
    findings, ledger,
    objects::{self, Export},
    trends,
};
use chrono::{Datelike, Months};
use model::{
    Instant,
    coverage::Period,
    ids::CheckId,
    platform::Platform,
    source::Source,
    trends::{TrendQuery, TrendShow, TrendStep},
    views::{
        AcceptanceDetail, ChangesFilter, CheckStatus, ClusterStatus, Comparison, ControlStatus, CoverageReport,
        FindingDetail, LedgerEntry, PackScope, PairedCluster, TimelineEvent, Trend,
    },
};
use pack::ledger::Entry;
use serde::Serialize;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Days of the coverage in a pack.
const YEAR: u32 = 365;
/// Gaps of a source that a pack tells one by one: the newest.
const GAPS: usize = 10_000;

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
    /// When those sources were observed in the year before the instant.
    pub(super) coverage: CoverageReport,
    /// The objects that open findings are about, where they were asked for.
    pub(super) objects: Option<Export>,
    /// What changed in the period, where the scope has one: its latest changes.
    pub(super) changes: Option<Comparison>,
    /// The digest of the catalogue in force at the instant, where one was noted.
    pub(super) catalogue: Option<Uuid>,
    /// How it went in the twelve months until the instant: each thing that trends show.
    pub(super) trends: Vec<Trend>,
    /// What each cluster is, and with which others it belongs together.
    pub(super) platforms: Vec<PlatformOfCluster>,
    /// Who may do what in each cluster, where a control in scope asks for it.
    pub(super) access: Option<Vec<Reviewed>>,
    /// The risk acceptances that speak of what is in scope, oldest first.
    pub(super) acceptances: Vec<AcceptanceDetail>,
    /// Every entry of the ledger until the instant; payloads where they belong to the scope.
    pub(super) ledger: Vec<Entry>,
}

/// A cluster's sources. Without what is known of a cluster only as it is now (its address, its version, its title).
#[derive(Clone, Debug, Serialize)]
pub(super) struct SourcesOfCluster {
    pub(super) cluster: String,
    pub(super) sources: Vec<model::views::SourceStatus>,
}

/// What a cluster is, and with which others it belongs together.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PlatformOfCluster {
    pub(super) cluster: String,
    pub(super) version: Option<String>,
    pub(super) platform: Option<Platform>,
    pub(super) platform_read_at: Option<Instant>,
    pub(super) management: Option<PairedCluster>,
    pub(super) lacks_management: bool,
    pub(super) workloads: Vec<PairedCluster>,
}

impl PlatformOfCluster {
    fn of(status: &ClusterStatus) -> Self {
        Self {
            cluster: status.cluster.name.clone(),
            version: status.version.clone(),
            platform: status.platform.clone(),
            platform_read_at: status.platform_read_at,
            management: status.management.clone(),
            lacks_management: status.lacks_management,
            workloads: status.workloads.clone(),
        }
    }
}

impl Evidence {
    /// Loads the evidence; call it in a transaction of one snapshot.
    pub(super) async fn load(db: &mut PgConnection, of: &PackScope) -> Result<Self, BuildError> {
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
        let open = || findings.iter().filter(|finding| finding.row.closed_at.is_none()).map(|finding| finding.row.id);
        let objects = if of.objects { Some(objects::export(db, open(), at).await?) } else { None };
        let clusters: Vec<String> = names.into_iter().map(|cluster| cluster.name).collect();
        let ask = Ask { at, period: Period::last(YEAR, at), clusters: &of.clusters, gaps: GAPS };
        let mut coverage = coverage::sources(db, ask).await?;
        coverage.rows.retain(|row| row.source.is_some_and(|source| sources.contains(&source)));
        for row in &mut coverage.rows {
            row.cluster.title.clone_from(&row.cluster.name);
        }
        let access = if scope::asks_for_access(of) { Some(access::whole(db, &of.clusters, at).await?) } else { None };
        let mut statuses = clusters::statuses(db, at).await?;
        statuses.retain(|status| clusters.contains(&status.cluster.name));
        let entries = ledger::entries_as_of(db, at).await?;
        let everything = of.clusters.is_empty() && of.controls.is_empty();
        let known = findings.iter().map(|finding| finding.row.id).collect();
        let in_scope = ExportScope { everything, clusters: &clusters, checks: &ids, findings: &known };
        let acceptances = acceptances::export(db, &in_scope, at).await?;
        Ok(Self {
            changes: changes(db, of).await?,
            catalogue: catalogues::in_force(db, at).await?.map(|known| known.digest),
            ledger: ledger_of(entries, everything, &findings, &acceptances),
            acceptances,
            coverage,
            trends: year(db, of).await?,
            platforms: statuses.iter().map(PlatformOfCluster::of).collect(),
            sources: statuses.into_iter().map(|status| trimmed(status, &sources)).collect(),
            access,
            scope: of.clone(),
            clusters,
            controls,
            checks,
            findings,
            objects,
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

    /// From when on findings are retained; `None` where none was ever dropped.
    pub(super) fn findings_from(&self) -> Option<Instant> {
        self.trends.first().and_then(|trend| trend.retained_from)
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

/// The twelve calendar months until the instant, the last of them as far as it had come.
async fn year(db: &mut PgConnection, of: &PackScope) -> Result<Vec<Trend>, BuildError> {
    let today = crate::days::as_of(db, of.as_of).await?.day_of(of.as_of);
    let from = today.with_day(1).and_then(|day| day.checked_sub_months(Months::new(11)));
    let mut all = Vec::new();
    for show in TrendShow::ALL {
        let query = TrendQuery {
            show: *show,
            step: Some(TrendStep::Month),
            from,
            cluster: of.clusters.clone(),
            ..TrendQuery::default()
        };
        all.push(trends::load_of(db, &query, &of.controls, of.as_of).await?);
    }
    Ok(all)
}

fn trimmed(status: ClusterStatus, sources: &BTreeSet<Source>) -> SourcesOfCluster {
    let ClusterStatus { cluster, sources: mut own, .. } = status;
    own.retain(|source| sources.contains(&source.source));
    SourcesOfCluster { cluster: cluster.name, sources: own }
}

/// The ledger with the payloads of the scope: all of them where everything is in scope, else decisions about its findings and its acceptances.
fn ledger_of(
    entries: Vec<LedgerEntry>,
    everything: bool,
    findings: &[FindingDetail],
    acceptances: &[AcceptanceDetail],
) -> Vec<Entry> {
    let decisions: BTreeSet<String> = findings
        .iter()
        .flat_map(|finding| &finding.timeline)
        .filter_map(|entry| match &entry.event {
            TimelineEvent::Decided { decision, .. } => Some(decision.to_string()),
            TimelineEvent::Opened { .. }
            | TimelineEvent::Changed { .. }
            | TimelineEvent::Closed { .. }
            | TimelineEvent::GoesOnAs { .. }
            | TimelineEvent::TookOver { .. } => None,
        })
        .chain(acceptances.iter().map(|acceptance| acceptance.row.id.to_string()))
        .collect();
    entries
        .into_iter()
        .map(|entry| {
            let mut entry = ledger::proof(entry);
            let payload = entry.payload.take();
            entry.payload =
                payload.filter(|payload| everything || decided(payload).is_some_and(|id| decisions.contains(&id)));
            entry
        })
        .collect()
}

/// The decision, or the acceptance, that an entry is about.
fn decided(payload: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Decision {
        decision: Option<String>,
        acceptance: Option<String>,
    }
    let about = serde_json::from_str::<Decision>(payload).ok()?;
    about.decision.or(about.acceptance)
}
