//! What a filter asks for, in the terms of the database.

use super::store;
use crate::{
    acceptances,
    clusters::store::as_of,
    error::{Error, Result},
};
use model::{Instant, catalogue::Catalogue, finding::FindingState, views::FindingFilter};
use sqlx::PgConnection;
use std::collections::HashSet;
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
    /// Accepted ones, besides those that are acknowledged or are not, as the scope says.
    Besides,
}

impl Among {
    /// From whether open, acknowledged and accepted ones are listed.
    const fn of(open: bool, acknowledged: bool, accepted: bool) -> Self {
        match (open || acknowledged, accepted) {
            (false, true) => Self::Only,
            (true, false) => Self::Without,
            (true, true) if open && acknowledged => Self::Any,
            (true, true) => Self::Besides,
            // Nothing that fails is listed at all.
            (false, false) => Self::Any,
        }
    }
}

/// A filter as values to bind; `None` is no restriction.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) at: Instant,
    /// Whether findings that fail are listed.
    pub(super) failing: bool,
    /// Whether findings that are closed are listed.
    pub(super) ended: bool,
    /// Of those that fail, only acknowledged ones, or only others.
    pub(super) acknowledged: Option<bool>,
    pub(super) accepted: Among,
    /// What is accepted at the instant, where that matters and they are few.
    pub(super) accepted_ids: Option<Vec<Uuid>>,
    pub(super) clusters: Vec<Uuid>,
    pub(super) sources: Option<Vec<String>>,
    pub(super) severities: Option<Vec<i16>>,
    pub(super) checks: Option<Vec<String>>,
    pub(super) ids: Option<Vec<Uuid>>,
    pub(super) pattern: Option<String>,
}

impl Scope {
    /// Failing findings of some checks on some clusters.
    pub(super) fn failing(at: Instant, clusters: Vec<Uuid>, checks: Vec<String>) -> Self {
        Self {
            at,
            failing: true,
            ended: false,
            acknowledged: None,
            accepted: Among::Any,
            accepted_ids: None,
            clusters,
            sources: None,
            severities: None,
            checks: Some(checks),
            ids: None,
            pattern: None,
        }
    }

    /// Translates a filter. A cluster, control or check that is not there is refused: an empty list would look like
    /// "nothing found".
    pub(super) async fn of(db: &mut PgConnection, filter: &FindingFilter, at: Instant) -> Result<Self> {
        let clusters = clusters(db, filter, at).await?;
        let has = |state| filter.state.contains(&state);
        let any = filter.state.is_empty();
        let (open, acknowledged) = (any || has(FindingState::Open), any || has(FindingState::Acknowledged));
        let accepted = any || has(FindingState::Accepted);
        let mut scope = Self {
            at,
            failing: open || acknowledged || accepted,
            ended: has(FindingState::Closed),
            acknowledged: if open == acknowledged { None } else { Some(acknowledged) },
            accepted: Among::of(open, acknowledged, accepted),
            accepted_ids: None,
            clusters,
            sources: some(filter.source.iter().map(|source| source.as_str().to_owned())),
            severities: some(filter.severity.iter().map(|severity| severity.rank())),
            checks: checks(filter)?,
            ids: None,
            pattern: None,
        };
        if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            scope.narrow_to_text(db, text).await?;
        }
        if scope.accepted != Among::Any {
            scope.look_up_accepted(db).await?;
        }
        if scope.acknowledged == Some(true) && scope.accepted != Among::Besides && !scope.ended {
            scope.narrow_to_acknowledged(db).await?;
        }
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

    /// Whether the rollup of open findings tells how many are listed, if need be less those that are accepted.
    pub(super) fn rollup_knows(&self) -> bool {
        match self.accepted {
            Among::Any => true,
            Among::Without => self.accepted_ids.is_some(),
            Among::Only | Among::Besides => false,
        }
    }

    /// The same scope, of the accepted findings that it leaves out; `None` where it leaves none out.
    pub(super) fn of_those_accepted(&self) -> Option<Self> {
        let accepted = self.accepted_ids.clone().filter(|_| self.accepted == Among::Without)?;
        Some(Self { accepted: Among::Any, ids: Some(accepted), ..self.clone() })
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

    async fn narrow_to_acknowledged(&mut self, db: &mut PgConnection) -> Result<()> {
        let matches = store::acknowledged(db, self.at, NARROW + 1).await?;
        if matches.len() <= usize::try_from(NARROW).unwrap_or_default() {
            self.narrow_to(matches);
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
fn like_pattern(text: &str) -> String {
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
