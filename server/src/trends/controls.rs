//! Controls by state at the end of each period: by the same rule as on every page, from what was in force then.

use super::{
    load::Columns,
    periods::Periods,
    scope::Scope,
    spans::{Series, add},
    store::states::{self, ResultSpan, Results},
};
use crate::{
    acceptances::{self, CheckCounts},
    clusters::{OwnAnswer, Pairs, Speaker, store as clusters},
    controls::{assessed, newest_runs},
    freshness,
    retention::{self, Class},
};
use model::{
    Instant,
    catalogue::{Catalogue, Check},
    control::{CheckEvidence, ControlState, check_state},
    coverage::Budgets,
    ids::{ClusterId, ControlId},
    scan::Coverage,
    source::Source,
    views::{TrendChart, TrendFamily, TrendUnit},
};
use sqlx::PgConnection;
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// The states in the order in which they are drawn, best at the bottom, and what was not measured in bands of its own.
const DRAWN: [ControlState; 10] = [
    ControlState::Met,
    ControlState::AcceptedRisk,
    ControlState::NeedsReview,
    ControlState::PartlyCovered,
    ControlState::NotMet,
    ControlState::Stale,
    ControlState::Unreachable,
    ControlState::NotVisible,
    ControlState::NotAssessed,
    ControlState::NotApplicable,
];

/// How the newest scan of a source went as of the instant at a place, and when it ended.
type Scans = HashMap<(usize, ClusterId, Source), (Coverage, Instant)>;

/// Everything that the states rest on, for all periods.
struct Known {
    results: Results,
    scans: Scans,
    /// What was accepted, at each instant.
    accepted: Vec<CheckCounts>,
    budgets: HashMap<(ControlId, Source), Budgets>,
    /// Which clusters keep which, at each instant.
    pairs: Vec<Arc<Pairs>>,
}

/// The columns: how many controls are in each state, and how many of a thousand are met.
pub(super) async fn columns(
    db: &mut PgConnection,
    scope: &Scope,
    only: &[ControlId],
    periods: &Periods,
) -> Result<Columns, sqlx::Error> {
    let instants: Vec<Instant> = periods.all.iter().map(super::periods::Period::until).collect();
    let (from, until) =
        (instants.first().copied().unwrap_or(periods.at), instants.last().copied().unwrap_or(periods.at));
    let pairs = pairs(db, &instants).await?;
    // What is seen in a management cluster counts for those that it keeps, whether or not it is in scope itself.
    let management = scope.ids.iter().flat_map(|id| pairs.iter().filter_map(|pairs| pairs.management_of(*id)));
    let read: BTreeSet<Uuid> = management.map(|(id, _)| id).chain(scope.ids.iter().copied()).collect();
    let read: Vec<Uuid> = read.into_iter().collect();
    let mut accepted = Vec::with_capacity(instants.len());
    for at in &instants {
        accepted.push(acceptances::counts(db, &read, *at).await?);
    }
    let mut scans = states::scans(db, &read, &instants).await?;
    if let Some(from) = retention::retained_from(db, Class::ScanLog).await? {
        add_runs(db, &mut scans, (read.as_slice(), instants.as_slice()), from).await?;
    }
    let known = Known {
        scans,
        accepted,
        results: states::results(db, &read, from, until).await?,
        pairs,
        budgets: budgets(&freshness::History::load(db, periods.at).await?),
    };
    let mut counts: Series<ControlState> = Series::new();
    let mut met = Vec::with_capacity(instants.len());
    for (place, at) in instants.iter().enumerate() {
        let there: Vec<ClusterId> =
            scope.clusters.iter().filter(|it| it.is_there(*at)).map(|it| ClusterId(it.id)).collect();
        let controls =
            Catalogue::current().controls().iter().filter(|control| only.is_empty() || only.contains(&control.id));
        let (mut all, mut of_them_met) = (0_i64, 0_i64);
        for control in controls {
            let state =
                assessed(control, &there, |cluster, check| known.state(place, cluster, (check, &control.id), *at))
                    .0
                    .state;
            add(&mut counts, state, periods, place..place + 1, 1);
            all += 1;
            of_them_met += i64::from(state == ControlState::Met);
        }
        met.push((of_them_met * 1_000).checked_div(all));
    }
    let mut columns = Columns::default();
    let mut places = Vec::new();
    for state in DRAWN {
        if let Some(values) = counts.remove(&state) {
            let values = values.into_iter().map(Some).collect();
            places.push(columns.add(TrendFamily::State, state.as_str(), TrendUnit::Count, values));
        }
    }
    columns.add(TrendFamily::Trend, "share_met", TrendUnit::PerMille, met);
    columns.panel("controls", TrendChart::Stacked, places);
    Ok(columns)
}

impl Known {
    fn state(&self, place: usize, cluster: ClusterId, of: (&Check, &ControlId), at: Instant) -> ControlState {
        let own = self.answer(place, cluster, of, at);
        match self.pairs[place].speaker(cluster.0, of.0, own) {
            Speaker::Itself => own.state,
            Speaker::Management(id) => self.answer(place, ClusterId(id), of, at).state,
            Speaker::Unknown => ControlState::NotAssessed,
        }
    }

    /// What a cluster itself says.
    fn answer(&self, place: usize, cluster: ClusterId, of: (&Check, &ControlId), at: Instant) -> OwnAnswer {
        let (check, control) = of;
        let spans = self.results.get(&cluster).and_then(|checks| checks.get(check.id.as_str()));
        let result = spans.and_then(|spans| in_force(spans, at));
        let last_scan = self.scans.get(&(place, cluster, check.source)).copied();
        let outcome = result.map(|result| result.outcome);
        let accepted = self.accepted[place].get(&(cluster, check.id.0.clone())).is_some_and(|counts| counts.is_all());
        let unread = result.map_or(0, |result| result.unread);
        let evidence = CheckEvidence { outcome, unread, accepted, last_scan };
        let budget = self.budgets.get(&(control.clone(), check.source)).map(|budgets| budgets.at(at));
        let budget = budget.unwrap_or_else(|| Catalogue::current().stale_after(check.source));
        OwnAnswer {
            coverage: last_scan.map(|(coverage, _)| coverage),
            outcome,
            state: check_state(&evidence, at, budget),
        }
    }
}

/// Adds what the runs of the scans tell that were dropped before `from`, to the instants from then on at which the log has
/// nothing of a source. Of earlier instants nothing is told.
async fn add_runs(
    db: &mut PgConnection,
    scans: &mut Scans,
    (clusters, instants): (&[Uuid], &[Instant]),
    from: Instant,
) -> Result<(), sqlx::Error> {
    let first = instants.partition_point(|at| *at < from);
    let all = clusters.iter().flat_map(|id| Source::ALL.iter().map(move |source| (ClusterId(*id), *source)));
    // What the log has at one instant it has at all later ones.
    let lacking = |pair: &(ClusterId, Source)| first < instants.len() && !scans.contains_key(&(first, pair.0, pair.1));
    let pairs: Vec<(ClusterId, Source)> = all.filter(lacking).collect();
    for ((cluster, source), run) in newest_runs(db, &pairs, from).await? {
        for place in first..instants.len() {
            scans.entry((place, cluster, source)).or_insert((run.coverage, run.ended_at));
        }
    }
    Ok(())
}

/// The pairs at each of some instants in the order of time; loaded where something about clusters had changed since the last.
async fn pairs(db: &mut PgConnection, instants: &[Instant]) -> Result<Vec<Arc<Pairs>>, sqlx::Error> {
    let changes = clusters::changed_at(db).await?;
    let mut all: Vec<Arc<Pairs>> = Vec::with_capacity(instants.len());
    let mut before: Option<(usize, Arc<Pairs>)> = None;
    for at in instants {
        let passed = changes.partition_point(|change| change <= at);
        let now = match &before {
            Some((then, pairs)) if *then == passed => Arc::clone(pairs),
            _ => Arc::new(Pairs::among(&clusters::as_of(db, *at, &[]).await?)),
        };
        before = Some((passed, Arc::clone(&now)));
        all.push(now);
    }
    Ok(all)
}

/// How old a reading may be, over time, of every source that speaks to a control.
fn budgets(history: &freshness::History) -> HashMap<(ControlId, Source), Budgets> {
    let catalogue = Catalogue::current();
    let pairs = catalogue.controls().iter().flat_map(|control| {
        catalogue.checks_for(&control.id).map(move |(check, _)| (control.id.clone(), check.source))
    });
    pairs.map(|(control, source)| ((control.clone(), source), history.budgets(source, Some(&control)))).collect()
}

/// The result in force at an instant, of one check's in the order of time.
fn in_force(spans: &[ResultSpan], at: Instant) -> Option<&ResultSpan> {
    let newest = spans.partition_point(|span| span.from <= at).checked_sub(1)?;
    spans.get(newest).filter(|span| span.to.is_none_or(|to| to > at))
}
