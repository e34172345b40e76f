//! What changed between two instants: controls, findings, decisions, risk acceptances, clusters, sources.
//!
//! Reads: the evidence of both instants, the edges of findings' intervals in between, decisions, acceptances. Writes: nothing.
//! Never: looks at more edges than it was told to, or counts further; what it did not look at is said.

mod cursor;
mod scope;
mod states;
mod store;

use crate::{
    acceptances::{self, Period},
    error::Result,
    retention,
};
use cursor::Cursor;
use model::{
    Instant,
    ids::AcceptanceId,
    views::{
        AcceptanceChangesPage, ChangeCount, ChangeKind, ChangesFilter, Comparison, Count, DecisionsPage, FindingChange,
        FindingChangesPage,
    },
};
use scope::Scope;
use sqlx::PgConnection;

/// How far a comparison reaches.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    /// Where the list of findings goes on.
    pub cursor: Option<&'a str>,
    /// Where the list of decisions goes on.
    pub decisions_cursor: Option<&'a str>,
    /// Where the list of what became of risk acceptances goes on.
    pub acceptances_cursor: Option<&'a str>,
    /// Rows of each list at most.
    pub rows: i64,
    /// Edges of findings looked at, at most, for each list and count: a filter that matches little is not followed through
    /// years.
    pub edges: i64,
}

impl Reach<'_> {
    /// The first page of every list.
    pub const fn first(rows: i64) -> Self {
        Self { cursor: None, decisions_cursor: None, acceptances_cursor: None, rows, edges: EDGES }
    }
}

/// Edges looked at, unless a test asks for less: some tenths of a second.
pub const EDGES: i64 = 5_000;

/// What changed after `from`, up to and including `to`. Both are known to be in order, and not in the future.
///
/// # Errors
/// A cluster or control that is not there, a cursor that is none, a beginning of which findings are not retained, and where the
/// database is away.
pub async fn compare(
    db: &mut PgConnection,
    (from, to): (Instant, Instant),
    filter: &ChangesFilter,
    reach: Reach<'_>,
) -> Result<Comparison> {
    retention::refuse_dropped(db, from).await?;
    let scope = Scope::of(db, (from, to), filter).await?;
    let states = states::States::load(db, (from, to), filter).await?;
    let compared = Comparison {
        from,
        to,
        from_known: crate::history::is_anything_known(db, from).await?,
        states_retained_from: states.retained_from(),
        controls: states.controls(filter),
        findings: findings(db, &scope, reach).await?,
        decisions: decisions(db, &scope, reach).await?,
        acceptances: acceptances(db, &scope, filter, reach).await?,
        clusters: scope.coming_and_going(),
        sources: states.sources(&scope),
    };
    // Again, for what was dropped meanwhile.
    retention::refuse_dropped(db, from).await?;
    Ok(compared)
}

/// Which clusters of some names were there at any time of a period; of those alone a comparison can be asked for.
pub(crate) async fn there(db: &mut PgConnection, period: (Instant, Instant), names: &[String]) -> Result<Vec<String>> {
    let stays = store::stays(db, period, names).await?;
    Ok(stays.into_iter().map(|stay| stay.cluster.name).collect())
}

/// A page of findings, the latest first. It ends early, with a cursor, where so many edges were looked at.
async fn findings(db: &mut PgConnection, scope: &Scope, reach: Reach<'_>) -> Result<FindingChangesPage> {
    let before = reach.cursor.map(Cursor::read).transpose()?;
    let newest = Stretch::load(db, scope, Cursor::END, reach.edges).await?;
    let counts = newest.counts();
    let stretch = match before {
        None => newest,
        Some(before) => Stretch::load(db, scope, before, reach.edges).await?,
    };
    let Stretch { rows, floor } = stretch;
    let limit = usize::try_from(reach.rows).unwrap_or(usize::MAX);
    let mut rows: Vec<FindingChange> = rows.into_iter().filter(|row| scope.takes(row.kind)).collect();
    let full = rows.len() > limit;
    rows.truncate(limit);
    let next = if full { rows.last().map(|row| Cursor { at: row.at, id: row.finding.0 }) } else { floor };
    Ok(FindingChangesPage { rows, next: next.map(Cursor::write), counts })
}

/// What happened at some edges in a row, and the last of these where there are more.
struct Stretch {
    rows: Vec<FindingChange>,
    floor: Option<Cursor>,
}

impl Stretch {
    async fn load(db: &mut PgConnection, scope: &Scope, before: Cursor, edges: i64) -> Result<Self> {
        let floor = store::floor(db, scope, before, edges).await?;
        Ok(Self { rows: store::findings(db, scope, floor, before).await?, floor })
    }

    /// How many findings have each net change.
    fn counts(&self) -> Vec<ChangeCount> {
        let count = |kind: &ChangeKind| {
            let rows = self.rows.iter().filter(|row| row.kind == *kind).count();
            let count = Count { rows: i64::try_from(rows).unwrap_or(i64::MAX), at_least: self.floor.is_some() };
            ChangeCount { kind: *kind, count }
        };
        ChangeKind::ALL.iter().map(count).collect()
    }
}

async fn acceptances(
    db: &mut PgConnection,
    scope: &Scope,
    filter: &ChangesFilter,
    reach: Reach<'_>,
) -> Result<AcceptanceChangesPage> {
    let before = reach.acceptances_cursor.map(Cursor::read).transpose()?.unwrap_or(Cursor::END);
    let period = Period { from: scope.from, to: scope.to, clusters: &filter.cluster, checks: scope.checks.as_deref() };
    let before = (before.at, AcceptanceId(before.id));
    let mut rows = acceptances::changes(db, &period, before, reach.rows + 1).await?;
    let full = i64::try_from(rows.len()).unwrap_or(i64::MAX) > reach.rows;
    rows.truncate(usize::try_from(reach.rows).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| full).map(|row| Cursor { at: row.at, id: row.acceptance.0 }.write());
    Ok(AcceptanceChangesPage { rows, next })
}

async fn decisions(db: &mut PgConnection, scope: &Scope, reach: Reach<'_>) -> Result<DecisionsPage> {
    let before = reach.decisions_cursor.map(Cursor::read).transpose()?.unwrap_or(Cursor::END);
    let mut rows = store::decisions(db, scope, before, reach.rows + 1).await?;
    let full = i64::try_from(rows.len()).unwrap_or(i64::MAX) > reach.rows;
    rows.truncate(usize::try_from(reach.rows).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| full).map(|row| Cursor { at: row.at, id: row.decision.0 }.write());
    Ok(DecisionsPage { rows, next })
}
