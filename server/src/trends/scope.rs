//! Of which findings and clusters a trend is, in the terms of the database.

use super::{periods::Periods, store};
use crate::error::{Error, Result};
use chrono::NaiveDate;
use model::{
    Instant,
    catalogue::Catalogue,
    ids::ControlId,
    trends::{TrendBy, TrendQuery},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A cluster, and when it was in the configuration as far as the instant asked for knows.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) from: Instant,
    pub(super) to: Option<Instant>,
}

impl Cluster {
    /// Whether it is there at an instant.
    pub(super) fn is_there(&self, at: Instant) -> bool {
        self.from <= at && self.to.is_none_or(|to| to > at)
    }
}

/// A filter as values to bind; `None` is no restriction.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) clusters: Vec<Cluster>,
    /// Their ids.
    pub(super) ids: Vec<Uuid>,
    pub(super) sources: Option<Vec<String>>,
    pub(super) severities: Option<Vec<i16>>,
    pub(super) checks: Option<Vec<String>>,
    pub(super) team: Option<String>,
    /// Whether findings are divided by team, or are of one.
    pub(super) by_team: bool,
}

impl Scope {
    /// Translates a query. What is not there is refused: an empty chart would look like "nothing found".
    pub(super) async fn of(
        db: &mut PgConnection,
        query: &TrendQuery,
        controls: &[ControlId],
        at: Instant,
    ) -> Result<Self> {
        let clusters = store::clusters(db, &query.cluster, at).await?;
        if let Some(unknown) = query.cluster.iter().find(|name| clusters.iter().all(|cluster| cluster.name != **name)) {
            return Err(refused("cluster", unknown));
        }
        Ok(Self {
            ids: clusters.iter().map(|cluster| cluster.id).collect(),
            clusters,
            sources: some(query.source.iter().map(|source| source.as_str().to_owned())),
            severities: some(query.severity.iter().map(|severity| severity.rank())),
            checks: checks(query, controls)?,
            team: query.team.clone(),
            by_team: query.team.is_some() || query.by == TrendBy::Team,
        })
    }

    /// The same whatever the team.
    pub(super) fn of_any_team(&self) -> Self {
        Self { team: None, by_team: false, ..self.clone() }
    }

    /// How many of the clusters were there on a day.
    pub(super) fn clusters_on(&self, periods: &Periods, day: NaiveDate) -> i64 {
        let (start, end) = (periods.zone.start_of(day), periods.zone.end_of(day).min(periods.end()));
        let there = |cluster: &&Cluster| cluster.from < end && cluster.to.is_none_or(|to| to > start);
        i64::try_from(self.clusters.iter().filter(there).count()).unwrap_or(i64::MAX)
    }
}

fn checks(query: &TrendQuery, controls: &[ControlId]) -> Result<Option<Vec<String>>> {
    let catalogue = Catalogue::current();
    if let Some(unknown) = controls.iter().find(|id| catalogue.control(id).is_none()) {
        return Err(refused("control", unknown.as_str()));
    }
    let of_controls = controls.iter().flat_map(|id| catalogue.checks_for(id).map(|(check, _)| check.id.0.clone()));
    let mut checks: Option<Vec<String>> = (!controls.is_empty()).then(|| of_controls.collect());
    if let Some(check) = &query.check {
        catalogue.check(check).ok_or_else(|| refused("check", check.as_str()))?;
        let within = checks.is_none_or(|checks| checks.contains(&check.0));
        checks = Some(if within { vec![check.0.clone()] } else { Vec::new() });
    }
    Ok(checks)
}

fn refused(name: &str, value: &str) -> Error {
    let value: String = value.chars().take(100).collect();
    Error::Invalid { key: "error-invalid-filter", value: format!("{name}={value}") }
}

fn some<T>(values: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let values: Vec<T> = values.collect();
    (!values.is_empty()).then_some(values)
}
