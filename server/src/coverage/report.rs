//! The coverage of sources, checks and controls over a period, as pages, API and packs show it.

use super::{
    load::{Known, Loaded},
    store::{self, ClusterSpan},
};
use crate::{
    error::Error,
    retention::{self, Class},
};
use model::{
    Instant,
    catalogue::{Catalogue, Check},
    coverage::{self, Budgets, Gap, Judged, Period, Stretch, Summary, Watch, observes_checks, observes_source},
    ids::{CheckId, ControlId},
    scan::Coverage,
    source::Source,
    views::{ClusterName, CoverageReport, CoverageRow, Strip},
};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What is asked: over which period, of which clusters, as of when.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// What was recorded later counts for nothing.
    pub at: Instant,
    /// The period; it ends at `at` at the latest.
    pub period: Period,
    /// The clusters' names; all where there are none. One that left in the period is among them.
    pub clusters: &'a [String],
    /// How many gaps of each row are told one by one: the newest.
    pub gaps: usize,
}

/// Coverage of one check or of one control, as they are named; of every source where neither is.
///
/// # Errors
/// Both at once are refused, and what is not there is not found.
pub async fn named(
    db: &mut PgConnection,
    ask: Ask<'_>,
    check: Option<&str>,
    control: Option<&str>,
) -> crate::error::Result<CoverageReport> {
    let catalogue = Catalogue::current();
    match (check, control) {
        (Some(_), Some(control)) => {
            Err(Error::Invalid { key: "error-invalid-filter", value: format!("control={control}") })
        }
        (Some(id), None) => {
            let check = catalogue.check(&CheckId::from(id)).ok_or(Error::NotFound)?;
            Ok(self::check(db, ask, check).await?)
        }
        (None, Some(id)) => {
            let control = catalogue.control(&ControlId::from(id)).ok_or(Error::NotFound)?;
            Ok(self::control(db, ask, &control.id).await?)
        }
        (None, None) => Ok(sources(db, ask).await?),
    }
}

/// Every source of the catalogue on every cluster.
///
/// # Errors
/// What PostgreSQL says.
pub async fn sources(db: &mut PgConnection, ask: Ask<'_>) -> Result<CoverageReport, sqlx::Error> {
    let sources: Vec<Source> = Catalogue::current().sources().collect();
    let loaded = Loaded::of(db, &ask, &sources, None, false).await?;
    let mut rows = Vec::new();
    for cluster in &loaded.clusters {
        for source in &sources {
            let budgets = loaded.budgets.budgets(*source, None);
            let line = watched(&loaded, cluster, *source, &budgets, &ask, observes_source);
            let of = Row { source: Some(*source), stale_after: Some(&budgets), ..Row::default() };
            rows.push(of.told(cluster, &line, &ask));
        }
    }
    Ok(CoverageReport { from: ask.period.from, until: ask.period.until, rows })
}

/// One check on every cluster.
///
/// # Errors
/// What PostgreSQL says.
pub async fn check(db: &mut PgConnection, ask: Ask<'_>, check: &Check) -> Result<CoverageReport, sqlx::Error> {
    let loaded = Loaded::of(db, &ask, &[check.source], None, check.in_management).await?;
    let results = results(db, &loaded, std::slice::from_ref(&check.id), &ask).await?;
    let rows = loaded.clusters.iter().map(|cluster| {
        let budgets = loaded.budgets.budgets(check.source, None);
        let (line, seen_in) = judged(&loaded, &results, cluster, check, &budgets, &ask);
        let of = Row { check: Some(&check.id), stale_after: Some(&budgets), seen_in, ..Row::default() };
        of.told(cluster, &line, &ask)
    });
    Ok(CoverageReport { from: ask.period.from, until: ask.period.until, rows: rows.collect() })
}

/// One control on every cluster, each followed by the checks that support it, by the control's own budget where that is
/// shorter. Without any check there are no rows.
///
/// # Errors
/// What PostgreSQL says.
pub async fn control(db: &mut PgConnection, ask: Ask<'_>, control: &ControlId) -> Result<CoverageReport, sqlx::Error> {
    let checks: Vec<&Check> = Catalogue::current().checks_for(control).map(|(check, _)| check).collect();
    let period = ask.period;
    if checks.is_empty() {
        return Ok(CoverageReport { from: period.from, until: period.until, rows: vec![] });
    }
    let sources: BTreeSet<Source> = checks.iter().map(|check| check.source).collect();
    let sources: Vec<Source> = sources.into_iter().collect();
    let paired = checks.iter().any(|check| check.in_management);
    let loaded = Loaded::of(db, &ask, &sources, Some(control), paired).await?;
    let ids: Vec<CheckId> = checks.iter().map(|check| check.id.clone()).collect();
    let results = results(db, &loaded, &ids, &ask).await?;
    let mut rows = Vec::new();
    for cluster in &loaded.clusters {
        let mut of_checks = Vec::new();
        let mut lines = Vec::new();
        for check in &checks {
            let budgets = loaded.budgets.budgets(check.source, Some(control));
            let (line, seen_in) = judged(&loaded, &results, cluster, check, &budgets, &ask);
            let of = Row { check: Some(&check.id), stale_after: Some(&budgets), seen_in, ..Row::default() };
            of_checks.push(of.told(cluster, &line, &ask));
            lines.push(line);
        }
        let of = Row { control: Some(control), ..Row::default() };
        rows.push(of.told(cluster, &coverage::all(&lines), &ask));
        rows.extend(of_checks);
    }
    Ok(CoverageReport { from: period.from, until: period.until, rows })
}

/// What checks said, by cluster and check.
#[derive(Default)]
struct Results {
    by: HashMap<(Uuid, String), Vec<Judged>>,
    retained_from: Option<Instant>,
}

impl Results {
    fn of(&self, cluster: &ClusterSpan, check: &Check) -> &[Judged] {
        self.by.get(&(cluster.id, check.id.0.clone())).map(Vec::as_slice).unwrap_or_default()
    }
}

async fn results(
    db: &mut PgConnection,
    loaded: &Loaded,
    checks: &[CheckId],
    ask: &Ask<'_>,
) -> Result<Results, sqlx::Error> {
    let clusters: Vec<Uuid> = loaded.clusters.iter().chain(&loaded.management).map(|cluster| cluster.id).collect();
    let checks: Vec<String> = checks.iter().map(|check| check.0.clone()).collect();
    let mut results = Results::default();
    for (cluster, check, judged) in store::results(&mut *db, &clusters, &checks, &ask.period, ask.at).await? {
        results.by.entry((cluster, check)).or_default().push(judged);
    }
    // Asked last: what was dropped while they were read is not told as not judged.
    results.retained_from = retention::retained_from(db, Class::Findings).await?;
    Ok(results)
}

fn watched(
    loaded: &Loaded,
    cluster: &ClusterSpan,
    source: Source,
    budgets: &Budgets,
    ask: &Ask<'_>,
    observes: fn(Coverage, bool) -> bool,
) -> Vec<Stretch> {
    let nothing = Known::default();
    let known = loaded.known.get(&(cluster.id, source)).unwrap_or(&nothing);
    let watch = Watch {
        registered_from: cluster.from,
        registered_until: cluster.until,
        runs: &known.runs,
        polled_before: known.polled_before,
        retained_from: loaded.retained_from,
        budgets,
    };
    coverage::source(&watch, ask.period.from, ask.period.until, observes)
}

/// When a check was observed for a cluster, and the management clusters in which it was where they keep what it asks of.
fn judged(
    loaded: &Loaded,
    results: &Results,
    cluster: &ClusterSpan,
    check: &Check,
    budgets: &Budgets,
    ask: &Ask<'_>,
) -> (Vec<Stretch>, Vec<ClusterName>) {
    let in_itself = |cluster: &ClusterSpan| {
        let source = watched(loaded, cluster, check.source, budgets, ask, observes_checks);
        let line = coverage::check(&source, results.of(cluster, check), results.retained_from);
        (source, line)
    };
    let (source, mut line) = in_itself(cluster);
    let mut seen_in = Vec::new();
    if !check.in_management {
        return (line, seen_in);
    }
    let runs = loaded.known.get(&(cluster.id, check.source)).map(|known| known.runs.as_slice()).unwrap_or_default();
    let nothing = coverage::nothing_of_its_own(&source, runs, results.of(cluster, check));
    for (keeper, span) in loaded.keepers(cluster.id) {
        let span = coverage::both(&nothing, &span);
        if span.is_empty() {
            continue;
        }
        let kept = if let Some(keeper) = keeper.and_then(|id| loaded.cluster(id)) {
            seen_in.push(keeper.name.clone());
            in_itself(keeper).1
        } else {
            vec![Stretch { from: ask.period.from, until: ask.period.until, gap: Some(Gap::NotEvaluated) }]
        };
        line = coverage::instead(&line, &span, &kept);
    }
    (line, seen_in)
}

/// What a row is of.
#[derive(Default)]
struct Row<'a> {
    source: Option<Source>,
    check: Option<&'a CheckId>,
    control: Option<&'a ControlId>,
    stale_after: Option<&'a Budgets>,
    /// The management clusters in which it was seen.
    seen_in: Vec<ClusterName>,
}

impl Row<'_> {
    fn told(&self, cluster: &ClusterSpan, line: &[Stretch], ask: &Ask<'_>) -> CoverageRow {
        let budget = |budgets: &Budgets| budgets.at(ask.period.until).num_seconds();
        CoverageRow {
            cluster: cluster.name.clone(),
            source: self.source,
            check: self.check.cloned(),
            control: self.control.cloned(),
            stale_after_seconds: self.stale_after.map(budget),
            seen_in: self.seen_in.clone(),
            strip: strip(line, ask),
        }
    }
}

fn strip(line: &[Stretch], ask: &Ask<'_>) -> Strip {
    let summary = Summary::of(line);
    let micros = |span: chrono::TimeDelta| span.num_microseconds().unwrap_or(i64::MAX);
    Strip {
        observed_micros: micros(summary.observed),
        expected_micros: micros(summary.expected),
        share: summary.share(),
        days: summary.days,
        days_observed: summary.days_observed,
        cells: coverage::cells(line, &ask.period),
        gaps: coverage::gaps(line, ask.gaps),
        gaps_total: summary.gaps,
        longest_gap_micros: micros(summary.longest_gap),
    }
}
