//! All that the states of checks and controls rest on, loaded once for all clusters in a few queries.

use super::store;
use crate::{
    clusters::store::ClusterRow,
    freshness,
    retention::{self, Class},
};
use chrono::TimeDelta;
use model::{
    Instant,
    catalogue::Check,
    control::{CheckEvidence, ControlState, check_state},
    evaluation::{Detail, Outcome},
    ids::{ClusterId, ControlId},
    scan::Coverage,
    severity::Severity,
    source::Source,
    views::ScanEntry,
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// What was known at an instant of some clusters.
pub(crate) struct Evidence {
    /// The instant.
    pub(crate) at: Instant,
    /// The clusters, in the order of their names.
    pub(crate) clusters: Vec<ClusterRow>,
    scans: HashMap<(ClusterId, Source), SourceScans>,
    results: HashMap<ClusterId, HashMap<String, ResultRow>>,
    open: Vec<OpenCount>,
    budgets: freshness::History,
    retained_from: Option<Instant>,
}

/// The newest scans of a cluster's source.
#[derive(Clone, Debug)]
pub(crate) struct SourceScans {
    /// The newest, however it went.
    pub(crate) last: ScanEntry,
    /// The end of the newest that could be judged.
    pub(crate) judged_at: Option<Instant>,
    /// The end of the newest that saw something.
    pub(crate) seen_at: Option<Instant>,
    /// The source's version, as that scan told it.
    pub(crate) version: Option<String>,
}

/// A result in force.
#[derive(Clone, Debug)]
pub(crate) struct ResultRow {
    pub(crate) outcome: Outcome,
    pub(crate) examined: i32,
    pub(crate) failed: i32,
    pub(crate) unread: i32,
    pub(crate) reason: Option<String>,
    pub(crate) detail: Detail,
    pub(crate) since: Instant,
}

/// Open findings, as the rollup counts them.
#[derive(Clone, Debug)]
pub(crate) struct OpenCount {
    pub(crate) cluster: ClusterId,
    pub(crate) source: Source,
    pub(crate) check: String,
    pub(crate) severity: Severity,
    pub(crate) acknowledged: bool,
    pub(crate) findings: i64,
}

impl Evidence {
    /// Loads what was known at `at` of the clusters named (all where `names` is empty).
    pub(crate) async fn load(db: &mut PgConnection, at: Instant, names: &[String]) -> Result<Self, sqlx::Error> {
        let clusters = crate::clusters::store::as_of(db, at, names).await?;
        let ids: Vec<uuid::Uuid> = clusters.iter().map(|row| row.id).collect();
        let scans = store::newest_scans(db, &ids, at).await?;
        let mut results: HashMap<ClusterId, HashMap<String, ResultRow>> = HashMap::new();
        for (cluster, check, row) in store::results(db, &ids, at).await? {
            results.entry(cluster).or_default().insert(check, row);
        }
        let open = store::open_counts(db, &ids, at).await?;
        let budgets = freshness::History::load(db, at).await?;
        let retained_from = retention::retained_from(db, Class::ScanLog).await?;
        Ok(Self { at, clusters, scans, results, open, budgets, retained_from })
    }

    /// The scans of a cluster's source; `None` where it was never tried.
    pub(crate) fn scans(&self, cluster: ClusterId, source: Source) -> Option<&SourceScans> {
        self.scans.get(&(cluster, source))
    }

    /// Whether the log that would tell of a source at the instant was dropped: then no scan does not mean that it was never
    /// tried.
    pub(crate) fn not_retained(&self, cluster: ClusterId, source: Source) -> bool {
        self.scans(cluster, source).is_none() && self.retained_from.is_some_and(|from| self.at < from)
    }

    /// The result in force; `None` where no scan has judged the check.
    pub(crate) fn result(&self, cluster: ClusterId, check: &Check) -> Option<&ResultRow> {
        self.results.get(&cluster).and_then(|results| results.get(check.id.as_str()))
    }

    /// How old a reading of a source may be; for a control, no older than the control's own budget allows.
    pub(crate) fn budget(&self, source: Source, control: Option<&ControlId>) -> TimeDelta {
        self.budgets.now(source, control)
    }

    /// The state of a check on a cluster; for a control, by its budget where that is shorter.
    pub(crate) fn state(&self, cluster: ClusterId, check: &Check, control: Option<&ControlId>) -> ControlState {
        let result = self.result(cluster, check);
        let last_scan: Option<(Coverage, Instant)> =
            self.scans(cluster, check.source).map(|scans| (scans.last.coverage, scans.last.ended_at));
        let evidence = CheckEvidence {
            outcome: result.map(|result| result.outcome),
            unread: result.map_or(0, |result| u32::try_from(result.unread).unwrap_or(u32::MAX)),
            last_scan,
        };
        check_state(&evidence, self.at, self.budget(check.source, control))
    }

    /// The counts of open findings.
    pub(crate) fn open(&self) -> &[OpenCount] {
        &self.open
    }

    /// How many findings are open of those that `which` picks.
    pub(crate) fn open_findings(&self, which: impl Fn(&OpenCount) -> bool) -> i64 {
        self.open.iter().filter(|count| which(count)).map(|count| count.findings).sum()
    }
}
