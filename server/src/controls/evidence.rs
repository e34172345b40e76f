//! All that the states of checks and controls rest on, loaded once for all clusters in a few queries.

use super::store;
use crate::{
    acceptances::{self, Accepted, CheckCounts},
    clusters::{OwnAnswer, Pairs, Speaker, store::ClusterRow},
    freshness,
    retention::{self, Class},
};
use chrono::TimeDelta;
use model::{
    Instant,
    catalogue::{Catalogue, Check},
    control::{CheckEvidence, ControlState, check_state},
    evaluation::{Detail, Outcome},
    ids::{ClusterId, ControlId},
    platform::PairedBy,
    scan::Coverage,
    severity::Severity,
    source::Source,
    views::ScanEntry,
};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashMap};

/// What was known at an instant of some clusters.
pub(crate) struct Evidence {
    /// The instant.
    pub(crate) at: Instant,
    /// The clusters, in the order of their names.
    pub(crate) clusters: Vec<ClusterRow>,
    /// Every cluster that there was: those in scope may rely on others.
    all: Vec<ClusterRow>,
    pairs: Pairs,
    scans: HashMap<(ClusterId, Source), SourceScans>,
    results: HashMap<ClusterId, HashMap<String, ResultRow>>,
    open: Vec<OpenCount>,
    accepted: CheckCounts,
    budgets: freshness::History,
    retained_from: Option<Instant>,
}

/// The newest scans of a cluster's source.
#[derive(Clone, Debug)]
pub(crate) struct SourceScans {
    /// How the newest went.
    pub(crate) coverage: Coverage,
    /// When the newest ended.
    pub(crate) ended_at: Instant,
    /// The newest itself; `None` where the log of it was dropped, and the run that it ended tells of it alone.
    pub(crate) entry: Option<ScanEntry>,
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

/// The state of a check on a cluster, and what it rests on.
pub(crate) struct Judged<'a> {
    pub(crate) state: ControlState,
    pub(crate) result: Option<&'a ResultRow>,
    pub(crate) scans: Option<&'a SourceScans>,
    /// How many of its failing findings are accepted.
    pub(crate) accepted: Accepted,
    /// Whether the log that it rests on is not retained, so that the state cannot be told.
    pub(crate) not_retained: bool,
    /// The management cluster in which all of this was seen, if not in the cluster itself; `Some(None)` where it is not
    /// known which that is.
    #[expect(clippy::option_option, reason = "seen elsewhere or not, and there whether it is known where")]
    pub(crate) elsewhere: Option<Option<&'a ClusterRow>>,
}

impl Judged<'_> {
    fn answer(&self) -> OwnAnswer {
        OwnAnswer {
            coverage: self.scans.map(|scans| scans.coverage),
            outcome: self.result.map(|result| result.outcome),
            state: self.state,
        }
    }
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
        let all = crate::clusters::store::as_of(db, at, &[]).await?;
        let pairs = Pairs::among(&all);
        let in_scope = |row: &&ClusterRow| names.is_empty() || names.contains(&row.name);
        let clusters: Vec<ClusterRow> = all.iter().filter(in_scope).cloned().collect();
        let ids: Vec<uuid::Uuid> = clusters.iter().map(|row| row.id).collect();
        // What is seen in a management cluster counts for its workload clusters, whether or not it is in scope itself.
        let management = ids.iter().filter_map(|id| pairs.management_of(*id)).map(|(id, _)| id);
        let read: BTreeSet<uuid::Uuid> = ids.iter().copied().chain(management).collect();
        let read: Vec<uuid::Uuid> = read.into_iter().collect();
        let mut scans = store::newest_scans(db, &read, at).await?;
        let mut results: HashMap<ClusterId, HashMap<String, ResultRow>> = HashMap::new();
        for (cluster, check, row) in store::results(db, &read, at).await? {
            results.entry(cluster).or_default().insert(check, row);
        }
        let open = store::open_counts(db, &ids, at).await?;
        let accepted = acceptances::counts(db, &read, at).await?;
        let budgets = freshness::History::load(db, at).await?;
        let retained_from = retention::retained_from(db, Class::ScanLog).await?;
        if let Some(from) = retained_from.filter(|from| *from <= at) {
            add_runs(db, &mut scans, &read, from).await?;
        }
        Ok(Self { at, clusters, all, pairs, scans, results, open, accepted, budgets, retained_from })
    }

    /// The scans of a cluster's source; `None` where it was never tried, or where they are not retained.
    pub(crate) fn scans(&self, cluster: ClusterId, source: Source) -> Option<&SourceScans> {
        self.scans.get(&(cluster, source))
    }

    /// From when on states are told, where the instant lies before.
    pub(crate) fn states_retained_from(&self) -> Option<Instant> {
        self.retained_from.filter(|from| self.at < *from)
    }

    /// Whether the log that would tell of a source at the instant was dropped, before the horizon or, of a source that nobody
    /// reads any more and whose runs were dropped as well, up to it: then no scan does not mean that it was never tried.
    pub(crate) fn not_retained(&self, cluster: ClusterId, source: Source) -> bool {
        self.scans(cluster, source).is_none()
            && self.retained_from.is_some_and(|from| self.at < from || self.was_judged(cluster, source))
    }

    /// Whether the newest reading that judged a source lay in a part of the log that was dropped.
    pub(crate) fn lost_reading(&self, cluster: ClusterId, source: Source) -> bool {
        let judged_at = self.scans(cluster, source).and_then(|scans| scans.judged_at);
        let before =
            |from: Instant| judged_at.map_or_else(|| self.was_judged(cluster, source), |judged_at| judged_at < from);
        self.retained_from.is_some_and(|from| self.at < from || before(from))
    }

    fn was_judged(&self, cluster: ClusterId, source: Source) -> bool {
        Catalogue::current().checks_of(source).any(|check| self.result(cluster, check).is_some())
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
        self.judged(cluster, check, control).state
    }

    /// The state of a check on a cluster with what it rests on; for a control, by its budget where that is shorter. Where a
    /// management cluster speaks for it, all of it is the management cluster's: its result, its reading, and how old that is.
    pub(crate) fn judged(&self, cluster: ClusterId, check: &Check, control: Option<&ControlId>) -> Judged<'_> {
        let own = self.own(cluster, check, control);
        // It may have had an answer of its own.
        if own.not_retained {
            return own;
        }
        match self.pairs.speaker(cluster.0, check, own.answer()) {
            Speaker::Itself => own,
            Speaker::Management(id) => {
                let found = self.all.iter().find(|row| row.id == id);
                Judged { elsewhere: Some(found), ..self.own(ClusterId(id), check, control) }
            }
            Speaker::Unknown => Judged { state: ControlState::NotAssessed, elsewhere: Some(None), ..own },
        }
    }

    fn own(&self, cluster: ClusterId, check: &Check, control: Option<&ControlId>) -> Judged<'_> {
        let result = self.result(cluster, check);
        let scans = self.scans(cluster, check.source);
        let accepted = self.accepted(cluster, check);
        let evidence = CheckEvidence {
            outcome: result.map(|result| result.outcome),
            unread: result.map_or(0, |result| u32::try_from(result.unread).unwrap_or(u32::MAX)),
            accepted: accepted.is_all(),
            last_scan: scans.map(|scans| (scans.coverage, scans.ended_at)),
        };
        let state = check_state(&evidence, self.at, self.budget(check.source, control));
        let not_retained = self.not_retained(cluster, check.source);
        Judged { state, result, scans, accepted, not_retained, elsewhere: None }
    }

    /// How many of a check's failing findings on a cluster are accepted.
    fn accepted(&self, cluster: ClusterId, check: &Check) -> Accepted {
        self.accepted.get(&(cluster, check.id.0.clone())).copied().unwrap_or_default()
    }

    /// How many of the findings that are open are accepted, over all clusters in scope.
    pub(crate) fn accepted_findings(&self) -> i64 {
        let in_scope = |id: &ClusterId| self.clusters.iter().any(|row| row.id == id.0);
        self.accepted.iter().filter(|((id, _), _)| in_scope(id)).map(|(_, counts)| counts.accepted).sum()
    }

    /// The management cluster that a cluster relies on, and how that is known.
    pub(crate) fn management_of(&self, cluster: ClusterId) -> Option<(&ClusterRow, PairedBy)> {
        let (id, by) = self.pairs.management_of(cluster.0)?;
        self.all.iter().find(|row| row.id == id).map(|row| (row, by))
    }

    /// Whether a cluster relies on a management cluster, and it is not known on which.
    pub(crate) fn lacks_management(&self, cluster: ClusterId) -> bool {
        self.pairs.is_alone(cluster.0)
    }

    /// The clusters that rely on a cluster, in scope or not, and how that is known.
    pub(crate) fn workloads_of(&self, cluster: ClusterId) -> impl Iterator<Item = (&ClusterRow, PairedBy)> {
        self.all.iter().filter_map(move |row| {
            let (id, by) = self.pairs.management_of(row.id)?;
            (id == cluster.0).then_some((row, by))
        })
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

/// Adds what the runs of the scans tell that were dropped before `from`, where the log has nothing of a source, nothing that
/// was judged, or nothing that saw something.
async fn add_runs(
    db: &mut PgConnection,
    scans: &mut HashMap<(ClusterId, Source), SourceScans>,
    clusters: &[uuid::Uuid],
    from: Instant,
) -> Result<(), sqlx::Error> {
    let all = clusters.iter().flat_map(|id| Source::ALL.iter().map(move |source| (ClusterId(*id), *source)));
    let lacking = |pair: &(ClusterId, Source)| {
        scans.get(pair).is_none_or(|scans| scans.judged_at.is_none() || scans.seen_at.is_none())
    };
    let pairs: Vec<(ClusterId, Source)> = all.filter(lacking).collect();
    for (pair, run) in store::newest_runs(db, &pairs, from).await? {
        match scans.get_mut(&pair) {
            Some(known) => {
                known.judged_at = known.judged_at.or(run.judged_at);
                known.seen_at = known.seen_at.or(run.seen_at);
            }
            None => {
                scans.insert(pair, run);
            }
        }
    }
    Ok(())
}
