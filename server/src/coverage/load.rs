//! What the coverage of a period rests on: runs of days that are over, the log of the day that is not, and the log of days
//! whose runs are too coarse for the budget asked for.

use super::{
    report::Ask,
    store::{self, ClusterSpan, DayRun, Pair},
};
use crate::{
    clusters::{Pairs, Speaker},
    freshness,
    retention::{self, Class},
};
use chrono::{Days, NaiveDate, TimeDelta};
use model::{
    Instant,
    coverage::{Run, Span},
    ids::ControlId,
    source::Source,
};
use sqlx::PgConnection;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What is known of a source of a cluster.
#[derive(Default)]
pub(super) struct Known {
    pub(super) runs: Vec<Run>,
    pub(super) polled_before: bool,
}

/// Everything for a period.
pub(super) struct Loaded {
    /// Those asked for.
    pub(super) clusters: Vec<ClusterSpan>,
    /// Others that keep something for one of them.
    pub(super) management: Vec<ClusterSpan>,
    /// Which clusters keep which, over the period; nothing where that was not asked.
    pairs: Vec<(Span, Pairs)>,
    pub(super) budgets: freshness::History,
    pub(super) known: HashMap<Pair, Known>,
    pub(super) retained_from: Option<Instant>,
}

/// The days whose scans could matter: those recorded in `[first, end)`.
struct Window {
    first: NaiveDate,
    end: NaiveDate,
}

impl Loaded {
    /// Loads the watch over some sources, exact for their budgets and, where it is asked for, a control's. Where it is asked
    /// who keeps what for whom, that over management clusters is loaded too, whether or not they are in scope.
    pub(super) async fn of(
        db: &mut PgConnection,
        ask: &Ask<'_>,
        sources: &[Source],
        control: Option<&ControlId>,
        paired: bool,
    ) -> Result<Self, sqlx::Error> {
        let in_scope = |cluster: &ClusterSpan| ask.clusters.is_empty() || ask.clusters.contains(&cluster.name.name);
        let all = store::clusters(db, &ask.period, ask.at).await?.into_iter();
        let (clusters, mut management): (Vec<_>, Vec<_>) = all.partition(in_scope);
        let pairs = if paired { Pairs::over(db, &ask.period, ask.at).await? } else { Vec::new() };
        let managers = || clusters.iter().flat_map(|cluster| pairs.iter().map(|(_, pairs)| pairs.keeper(cluster.id)));
        management.retain(|other| managers().any(|keeper| keeper == Speaker::Management(other.id)));
        let budgets = freshness::History::load(db, ask.at).await?;
        let bounds: BTreeMap<Source, (TimeDelta, TimeDelta)> = sources
            .iter()
            .map(|source| (*source, budgets.budgets(*source, control).bounds(ask.period.from, ask.period.until)))
            .collect();
        let longest = bounds.values().map(|(_, longest)| *longest).max().unwrap_or_default();
        let day = TimeDelta::days(1);
        // A day more on each side: what is recorded may have ended a little before or, by a clock that jumped, after.
        let window = Window {
            first: (ask.period.from - longest - day).date_naive(),
            end: (ask.period.until + day * 2).date_naive(),
        };
        let ids: Vec<Uuid> = clusters.iter().chain(&management).map(|cluster| cluster.id).collect();
        let mut days = days(db, ask, &ids, sources, &window).await?;
        resolve(db, ask, &mut days, &bounds).await?;
        // Last: what was dropped while the runs were read is not told as never looked at.
        let retained_from = retention::retained_from(db, Class::Coverage).await?;
        let known = days.into_iter().map(|(pair, days)| (pair, days.known(retained_from.is_some()))).collect();
        Ok(Self { clusters, management, pairs, budgets, known, retained_from })
    }

    /// A cluster, asked for or not.
    pub(super) fn cluster(&self, id: Uuid) -> Option<&ClusterSpan> {
        self.clusters.iter().chain(&self.management).find(|cluster| cluster.id == id)
    }

    /// The clusters that may keep something for a cluster, each with the time for which it did; `None` is one of which it is
    /// not known which one it is.
    pub(super) fn keepers(&self, cluster: Uuid) -> BTreeMap<Option<Uuid>, Vec<Span>> {
        let mut keepers: BTreeMap<Option<Uuid>, Vec<Span>> = BTreeMap::new();
        for (span, pairs) in &self.pairs {
            let keeper = match pairs.keeper(cluster) {
                Speaker::Itself => continue,
                Speaker::Management(id) => Some(id),
                Speaker::Unknown => None,
            };
            keepers.entry(keeper).or_default().push(*span);
        }
        keepers
    }
}

/// The runs of a source of a cluster, by day.
#[derive(Default)]
struct DaysOf {
    runs: BTreeMap<NaiveDate, Vec<Run>>,
    earlier: Option<NaiveDate>,
}

impl DaysOf {
    fn known(self, dropped: bool) -> Known {
        let polled_before = dropped || self.earlier.is_some();
        let mut runs: Vec<Run> = self.runs.into_values().flatten().collect();
        runs.sort_by_key(|run| run.first);
        Known { runs, polled_before }
    }

    /// The days that must be read scan by scan: those with a gap longer than the budget inside a run, and those whose scans
    /// did not end in the order in which they were recorded.
    fn coarse(&self, shortest: TimeDelta) -> Vec<NaiveDate> {
        let mut coarse: Vec<NaiveDate> = Vec::new();
        let mut before: Option<(NaiveDate, Instant)> = None;
        for (day, run) in self.runs.iter().flat_map(|(day, runs)| runs.iter().map(move |run| (*day, run))) {
            if run.longest_gap > shortest {
                coarse.push(day);
            }
            if let Some((other, last)) = before.filter(|(_, last)| *last > run.first) {
                coarse.extend([other, day]);
                before = Some((day, last.max(run.last)));
            } else {
                before = Some((day, run.last));
            }
        }
        coarse.sort_unstable();
        coarse.dedup();
        coarse
    }
}

async fn days(
    db: &mut PgConnection,
    ask: &Ask<'_>,
    clusters: &[Uuid],
    sources: &[Source],
    window: &Window,
) -> Result<HashMap<Pair, DaysOf>, sqlx::Error> {
    let pairs = || clusters.iter().flat_map(|cluster| sources.iter().map(move |source| (*cluster, *source)));
    let mut all: HashMap<Pair, DaysOf> = pairs().map(|pair| (pair, DaysOf::default())).collect();
    let mut keep = |rows: Vec<DayRun>| {
        for row in rows {
            all.entry(row.pair).or_default().runs.entry(row.day).or_default().push(row.run);
        }
    };
    // The day of the instant asked for is never taken from runs: they would tell what came after that instant.
    let today = ask.at.date_naive();
    keep(store::runs(db, clusters, sources, window.first, window.end.min(today)).await?);
    for (pair, day) in store::earlier(db, clusters, sources, window.first).await? {
        all.entry(pair).or_default().earlier = Some(day);
    }
    let since: Vec<(Pair, Option<NaiveDate>)> = all
        .iter()
        .map(|(pair, days)| {
            let newest = days.runs.keys().next_back().copied().or(days.earlier);
            (*pair, newest.and_then(|day| day.checked_add_days(Days::new(1))))
        })
        .collect();
    let rows = store::log_runs(db, &since, window.end, ask.at).await?;
    for row in rows {
        all.entry(row.pair).or_default().runs.entry(row.day).or_default().push(row.run);
    }
    Ok(all)
}

/// Reads the days that are too coarse scan by scan, as far as their log is still there.
async fn resolve(
    db: &mut PgConnection,
    ask: &Ask<'_>,
    days: &mut HashMap<Pair, DaysOf>,
    bounds: &BTreeMap<Source, (TimeDelta, TimeDelta)>,
) -> Result<(), sqlx::Error> {
    let coarse: Vec<(Pair, NaiveDate)> = days
        .iter()
        .flat_map(|(pair, days)| {
            let shortest = bounds.get(&pair.1).map_or(TimeDelta::zero(), |(shortest, _)| *shortest);
            days.coarse(shortest).into_iter().map(move |day| (*pair, day))
        })
        .collect();
    if coarse.is_empty() {
        return Ok(());
    }
    let mut singles: HashMap<(Pair, NaiveDate), Vec<Run>> = HashMap::new();
    for row in store::scans(db, &coarse, ask.at).await? {
        singles.entry((row.pair, row.day)).or_default().push(row.run);
    }
    for ((pair, day), scans) in singles {
        let Some(runs) = days.get_mut(&pair).and_then(|days| days.runs.get_mut(&day)) else { continue };
        // A day of which the log is only there in part is left as it is: it then says what it cannot say.
        if i64::try_from(scans.len()).ok() == Some(runs.iter().map(|run| run.scans).sum()) {
            *runs = scans;
        }
    }
    Ok(())
}
