//! What a filter asks for, in the terms of the database.

use super::{sought::Sought, store};
use crate::{
    acceptances,
    clusters::store::as_of,
    days,
    error::{Error, Result},
    service_levels,
};
use chrono::{Days, NaiveDate};
use model::{
    Instant,
    catalogue::Catalogue,
    disposition::Assignee,
    finding::FindingState,
    views::{AssigneeFilter, ChangedFilter, DueFilter, FindingFilter, ServiceFilter},
};
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A filter that matches at most so many findings is looked up first, and the list then read by their ids.
pub(super) const NARROW: i64 = 1_000;

/// An order in which an index can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Worst first, then newest.
    WorstFirst,
    /// The reverse of [`Order::WorstFirst`].
    WorstLast,
    /// Newest first.
    NewestFirst,
    /// Oldest first.
    OldestFirst,
}

/// Which findings a list shows as to their being accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// Whether they are accepted or not.
    Any,
    /// Accepted ones.
    Only,
    /// Those that are not.
    Without,
    /// Accepted ones, besides those that stand as the scope says.
    Besides,
}

impl Among {
    /// From whether any and all of those that are not accepted are listed, and whether accepted ones are.
    const fn of(any: bool, all: bool, accepted: bool) -> Self {
        match (any, accepted) {
            (false, true) => Self::Only,
            (true, false) => Self::Without,
            (true, true) if all => Self::Any,
            (true, true) => Self::Besides,
            // Nothing that fails is listed at all.
            (false, false) => Self::Any,
        }
    }
}

/// On which days findings are due.
#[derive(Clone, Copy, Debug)]
pub(super) enum DueOn {
    /// From one to another, both included.
    Between(NaiveDate, NaiveDate),
    /// On none: nobody set a day.
    NoDay,
}

/// Which counts of the rollup are those of a filter.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counted {
    /// Of the findings that fail.
    All,
    /// Of those that nobody decided on.
    Unsettled,
    /// Of those that somebody decided on.
    Settled,
}

/// A filter as values to bind; `None` is no restriction.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) at: Instant,
    /// Whether findings that fail are listed.
    pub(super) failing: bool,
    /// Whether findings that are closed are listed.
    pub(super) ended: bool,
    /// Of those that fail, only those that stand in one of these ways.
    pub(super) standings: Option<Vec<String>>,
    /// Only those of some people and teams, where they are too many to be looked up first.
    pub(super) assigned: Option<AssignedTo>,
    /// Only those due from a day to another, or those without such a day.
    pub(super) due: Option<DueOn>,
    /// Only those that stand in a way to their service levels.
    pub(super) service: Option<service_levels::Standing>,
    /// Only those with a ticket.
    pub(super) ticket: Option<String>,
    /// Of those that fail, whether accepted ones.
    pub(super) accepted: Among,
    /// What is accepted at the instant, where that matters and they are few.
    pub(super) accepted_ids: Option<Vec<Uuid>>,
    pub(super) clusters: Vec<Uuid>,
    pub(super) sources: Option<Vec<String>>,
    pub(super) severities: Option<Vec<i16>>,
    pub(super) checks: Option<Vec<String>>,
    pub(super) ids: Option<Vec<Uuid>>,
    pub(super) pattern: Option<String>,
    /// Only those that changed since, where they are too many to be looked up first.
    pub(super) changed: Option<Instant>,
    /// What findings are about, where they are too many to be looked up first.
    pub(super) sought: Option<Sought>,
    /// How badly each finding fits the words searched for, where they are few.
    pub(super) misfits: Option<HashMap<Uuid, u8>>,
}

impl Scope {
    /// Failing findings of some checks on some clusters.
    pub(super) fn failing(at: Instant, clusters: Vec<Uuid>, checks: Vec<String>) -> Self {
        Self {
            at,
            failing: true,
            ended: false,
            accepted: Among::Any,
            accepted_ids: None,
            standings: None,
            assigned: None,
            due: None,
            service: None,
            ticket: None,
            clusters,
            sources: None,
            severities: None,
            checks: Some(checks),
            ids: None,
            pattern: None,
            changed: None,
            sought: None,
            misfits: None,
        }
    }

    /// Translates a filter. A cluster, control or check that is not there is refused: an empty list would look like
    /// "nothing found".
    pub(super) async fn of(db: &mut PgConnection, filter: &FindingFilter, at: Instant) -> Result<Self> {
        let clusters = clusters(db, filter, at).await?;
        let states: Vec<FindingState> = if filter.state.is_empty() { FAILING.to_vec() } else { filter.state.clone() };
        let standings: Vec<FindingState> = STANDINGS.into_iter().filter(|state| states.contains(state)).collect();
        let accepted = states.contains(&FindingState::Accepted);
        let all = standings.len() == STANDINGS.len();
        let listed = standings.iter().map(|state| state.as_str().to_owned()).collect();
        let mut scope = Self {
            at,
            failing: accepted || !standings.is_empty(),
            ended: states.contains(&FindingState::Closed),
            standings: (!all && !standings.is_empty()).then_some(listed),
            accepted: Among::of(!standings.is_empty(), all, accepted),
            accepted_ids: None,
            assigned: AssignedTo::of(&filter.assignee),
            due: None,
            service: None,
            ticket: filter.ticket.clone(),
            clusters,
            sources: some(filter.source.iter().map(|source| source.as_str().to_owned())),
            severities: some(filter.severity.iter().map(|severity| severity.rank())),
            checks: checks(filter)?,
            ids: None,
            pattern: None,
            changed: None,
            sought: None,
            misfits: None,
        };
        if let Some(due) = filter.due {
            scope.due = Some(days_of(due, days::as_of(db, at).await?.day_of(at)));
        }
        if let Some(wanted) = filter.service {
            scope.narrow_to_service(db, wanted).await?;
        }
        match filter.changed {
            None => {}
            // Whose visit is known to whoever asks.
            Some(ChangedFilter::SinceVisit) => return Err(refused("changed", "since_visit")),
            Some(ChangedFilter::Since(since)) => scope.narrow_to_changed(db, since).await?,
        }
        scope.narrow_to_sought(db, Sought::of(filter)?).await?;
        if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            scope.narrow_to_text(db, text).await?;
        }
        if scope.accepted != Among::Any {
            scope.look_up_accepted(db).await?;
        }
        scope.narrow_to_what_was_said(db).await?;
        Ok(scope)
    }

    async fn look_up_accepted(&mut self, db: &mut PgConnection) -> Result<()> {
        let accepted = acceptances::accepted(db, self.at, NARROW + 1).await?;
        if accepted.len() > usize::try_from(NARROW).unwrap_or_default() {
            return Ok(());
        }
        if self.accepted == Among::Only && !self.ended {
            self.narrow_to(accepted.clone());
        }
        self.accepted_ids = Some(accepted);
        Ok(())
    }

    /// Which of the counts of the rollup tell how many there are; `None` where they do not.
    pub(super) fn counted_by_rollup(&self) -> Option<Counted> {
        let other = self.ended || self.ids.is_some() || self.pattern.is_some() || self.sought.is_some();
        let other = other || self.changed.is_some() || self.service.is_some();
        if other || self.assigned.is_some() || self.due.is_some() || self.ticket.is_some() {
            return None;
        }
        let known = match self.accepted {
            Among::Any => true,
            Among::Without => self.accepted_ids.is_some(),
            Among::Only | Among::Besides => false,
        };
        if !known {
            return None;
        }
        match self.standings.as_deref() {
            None => Some(Counted::All),
            Some([open]) if open == FindingState::Open.as_str() => Some(Counted::Unsettled),
            Some([_, _]) if !self.stands(FindingState::Open) => Some(Counted::Settled),
            Some(_) => None,
        }
    }

    /// The same scope, of the accepted findings that it leaves out; `None` where it leaves none out.
    pub(super) fn of_those_accepted(&self) -> Option<Self> {
        let accepted = self.accepted_ids.clone().filter(|_| self.accepted == Among::Without)?;
        Some(Self { accepted: Among::Any, ids: Some(accepted), ..self.clone() })
    }

    fn stands(&self, state: FindingState) -> bool {
        self.standings.as_ref().is_none_or(|standings| standings.iter().any(|standing| standing == state.as_str()))
    }

    /// What few findings were said to be is looked up first. Where they are few, the list needs no other look.
    async fn narrow_to_what_was_said(&mut self, db: &mut PgConnection) -> Result<()> {
        if let Some(standings) = self
            .standings
            .clone()
            .filter(|_| !self.ended && self.accepted != Among::Besides && !self.stands(FindingState::Open))
        {
            let matches = store::standing(db, &standings, self.at, NARROW + 1).await?;
            self.narrow_if_few(matches);
        }
        if let Some(AssignedTo { people, teams, nobody: false }) = self.assigned.clone() {
            let matches = store::assigned(db, &people, &teams, self.at, NARROW + 1).await?;
            if self.narrow_if_few(matches) {
                self.assigned = None;
            }
        }
        if let Some(DueOn::Between(from, to)) = self.due {
            let matches = store::due(db, (from, to), self.at, NARROW + 1).await?;
            if self.narrow_if_few(matches) {
                self.due = None;
            }
        }
        if let Some(ticket) = self.ticket.clone() {
            let matches = store::with_ticket(db, &ticket, self.at, NARROW + 1).await?;
            if self.narrow_if_few(matches) {
                self.ticket = None;
            }
        }
        Ok(())
    }

    fn narrow_if_few(&mut self, matches: Vec<Uuid>) -> bool {
        let few = matches.len() <= usize::try_from(NARROW).unwrap_or_default();
        if few {
            self.narrow_to(matches);
        }
        few
    }

    /// How badly a finding fits the words searched for; `None` where it does not.
    pub(super) fn misfit(&self, finding: Uuid) -> Option<u8> {
        self.misfits.as_ref()?.get(&finding).copied()
    }

    async fn narrow_to_changed(&mut self, db: &mut PgConnection, since: Instant) -> Result<()> {
        let mut matches = store::changed(db, since, self.at, NARROW + 1).await?;
        matches.sort_unstable();
        matches.dedup();
        if !self.narrow_if_few(matches) {
            self.changed = Some(since);
        }
        Ok(())
    }

    /// What few findings are about is looked up first, with how well each fits.
    async fn narrow_to_sought(&mut self, db: &mut PgConnection, sought: Sought) -> Result<()> {
        if sought.is_nothing() {
            return Ok(());
        }
        if sought.is_indexed() {
            let found = store::found(db, &self.clusters, &sought, NARROW + 1).await?;
            if found.len() <= usize::try_from(NARROW).unwrap_or_default() {
                let misfit = |found: &store::Found| (found.id, sought.misfit(&found.check_id, &found.search));
                self.misfits = (!sought.words.is_empty()).then(|| found.iter().map(misfit).collect());
                self.narrow_to(found.into_iter().map(|found| found.id).collect());
                return Ok(());
            }
        }
        self.sought = Some(sought);
        Ok(())
    }

    async fn narrow_to_text(&mut self, db: &mut PgConnection, text: &str) -> Result<()> {
        let pattern = like_pattern(text);
        let matches = store::matching_text(db, &self.clusters, &pattern, NARROW + 1).await?;
        if matches.len() > usize::try_from(NARROW).unwrap_or_default() {
            self.pattern = Some(pattern);
        } else {
            self.narrow_to(matches);
        }
        Ok(())
    }

    /// Only what fails has clocks that run.
    async fn narrow_to_service(&mut self, db: &mut PgConnection, wanted: ServiceFilter) -> Result<()> {
        self.service = service_levels::Standing::of(db, wanted, &self.clusters, self.at).await?;
        if self.service.is_none() || !self.failing {
            self.narrow_to(Vec::new());
        } else {
            self.ended = false;
        }
        Ok(())
    }

    fn narrow_to(&mut self, matches: Vec<Uuid>) {
        self.ids = Some(match self.ids.take() {
            None => matches,
            Some(ids) => {
                let matches: HashSet<Uuid> = matches.into_iter().collect();
                ids.into_iter().filter(|id| matches.contains(id)).collect()
            }
        });
    }
}

/// Whose findings are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AssignedTo {
    pub(super) people: Vec<Uuid>,
    pub(super) teams: Vec<String>,
    /// Whether those that nobody has are listed too.
    pub(super) nobody: bool,
}

impl AssignedTo {
    fn of(filters: &[AssigneeFilter]) -> Option<Self> {
        let mut assigned = Self { people: Vec::new(), teams: Vec::new(), nobody: false };
        for filter in filters {
            match filter {
                AssigneeFilter::Nobody => assigned.nobody = true,
                AssigneeFilter::Of(Assignee::Person(person)) => assigned.people.push(person.0),
                AssigneeFilter::Of(Assignee::Team(team)) => assigned.teams.push(team.clone()),
            }
        }
        (!filters.is_empty()).then_some(assigned)
    }
}

/// How findings that fail stand by what people said of them.
const STANDINGS: [FindingState; 3] = [FindingState::Open, FindingState::Acknowledged, FindingState::FalsePositive];
/// The states of findings that fail.
const FAILING: [FindingState; 4] =
    [FindingState::Open, FindingState::Acknowledged, FindingState::FalsePositive, FindingState::Accepted];

/// The days that a filter names; `None` for no day at all.
fn days_of(filter: DueFilter, today: NaiveDate) -> DueOn {
    // PostgreSQL knows fewer years than we do.
    let (first, last) = (NaiveDate::default(), NaiveDate::from_ymd_opt(9_999, 12, 31).unwrap_or(today));
    match filter {
        DueFilter::Overdue => DueOn::Between(first, today - Days::new(1)),
        DueFilter::Week => DueOn::Between(today, today + Days::new(7)),
        DueFilter::Set => DueOn::Between(first, last),
        DueFilter::Unset => DueOn::NoDay,
    }
}

async fn clusters(db: &mut PgConnection, filter: &FindingFilter, at: Instant) -> Result<Vec<Uuid>> {
    let rows = as_of(db, at, &filter.cluster).await?;
    if let Some(unknown) = filter.cluster.iter().find(|name| rows.iter().all(|row| row.name != **name)) {
        return Err(refused("cluster", unknown));
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

fn checks(filter: &FindingFilter) -> Result<Option<Vec<String>>> {
    let catalogue = Catalogue::current();
    let mut checks: Option<Vec<String>> = None;
    if let Some(control) = &filter.control {
        catalogue.control(control).ok_or_else(|| refused("control", control.as_str()))?;
        checks = Some(catalogue.checks_for(control).map(|(check, _)| check.id.0.clone()).collect());
    }
    if let Some(check) = &filter.check {
        catalogue.check(check).ok_or_else(|| refused("check", check.as_str()))?;
        let within = checks.is_none_or(|checks| checks.contains(&check.0));
        checks = Some(if within { vec![check.0.clone()] } else { Vec::new() });
    }
    Ok(checks)
}

fn refused(name: &str, value: &str) -> Error {
    Error::Invalid {
        key: "error-invalid-filter",
        value: format!("{name}={}", value.chars().take(100).collect::<String>()),
    }
}

fn some<T>(values: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let values: Vec<T> = values.collect();
    (!values.is_empty()).then_some(values)
}

/// A LIKE pattern that finds the text anywhere, with LIKE's own signs taken as they are.
pub(super) fn like_pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    // NUL is the one character that PostgreSQL's text cannot hold.
    for character in text.chars().filter(|character| *character != '\0') {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_like_are_taken_as_they_are() {
        assert_eq!(like_pattern(r"50%_a\b"), r"%50\%\_a\\b%");
    }

    #[test]
    fn a_check_outside_the_control_matches_nothing() {
        let catalogue = Catalogue::current();
        let control =
            catalogue.controls().iter().find(|c| catalogue.checks_for(&c.id).next().is_none()).expect("one without");
        let filter = FindingFilter {
            control: Some(control.id.clone()),
            check: Some(catalogue.checks()[0].id.clone()),
            ..FindingFilter::default()
        };
        assert_eq!(checks(&filter).ok(), Some(Some(Vec::new())));
    }
}
