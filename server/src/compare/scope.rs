//! What a filter of changes asks for, in the terms of the database.

use super::store;
use crate::error::{Error, Result};
use model::{
    Instant,
    catalogue::{Catalogue, Check},
    ids::ControlId,
    views::{ChangeKind, ChangesFilter, ClusterChange, ClusterName, Presence},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A filter as values to bind; `None` is no restriction.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) from: Instant,
    pub(super) to: Instant,
    /// Every cluster that was there at any time of the period, as it was called last, with when it came and went.
    pub(super) clusters: Vec<ClusterStay>,
    pub(super) checks: Option<Vec<String>>,
    pub(super) severities: Option<Vec<i16>>,
    pub(super) kinds: Vec<ChangeKind>,
}

/// A cluster, and from when until when it was in the configuration.
#[derive(Clone, Debug)]
pub(super) struct ClusterStay {
    pub(super) cluster: ClusterName,
    pub(super) came: Instant,
    pub(super) went: Option<Instant>,
}

impl ClusterStay {
    /// Whether it was there at an instant.
    pub(super) fn is_there(&self, at: Instant) -> bool {
        self.came <= at && self.went.is_none_or(|went| went > at)
    }
}

impl Scope {
    /// Translates a filter. A cluster or control that is not there is refused: an empty list would look like "nothing
    /// changed".
    pub(super) async fn of(
        db: &mut PgConnection,
        (from, to): (Instant, Instant),
        filter: &ChangesFilter,
    ) -> Result<Self> {
        let clusters = store::stays(db, (from, to), &filter.cluster).await?;
        if let Some(unknown) =
            filter.cluster.iter().find(|name| clusters.iter().all(|stay| stay.cluster.name != **name))
        {
            return Err(refused("cluster", unknown));
        }
        let catalogue = Catalogue::current();
        if let Some(unknown) = filter.control.iter().find(|control| catalogue.control(control).is_none()) {
            return Err(refused("control", unknown.as_str()));
        }
        // Controls and sources without a check take no finding, not every finding.
        let narrowed = !filter.control.is_empty() || !filter.source.is_empty();
        let asked = || catalogue.checks().iter().filter(|check| takes(filter, check));
        let checks = narrowed.then(|| asked().map(|check| check.id.0.clone()).collect());
        Ok(Self {
            from,
            to,
            clusters,
            checks,
            severities: some(filter.severity.iter().map(|severity| severity.rank())),
            kinds: filter.kind.clone(),
        })
    }

    /// The clusters that came or went, or both.
    pub(super) fn coming_and_going(&self) -> Vec<ClusterChange> {
        let change = |stay: &ClusterStay| {
            let change = match (stay.is_there(self.from), stay.is_there(self.to)) {
                (true, true) => return None,
                (true, false) => Presence::Went,
                (false, true) => Presence::Came,
                (false, false) => Presence::Passed,
            };
            let at = stay.went.filter(|went| *went <= self.to).unwrap_or(stay.came);
            Some(ClusterChange { cluster: stay.cluster.clone(), change, at })
        };
        self.clusters.iter().filter_map(change).collect()
    }

    /// Whether a net change is listed.
    pub(super) fn takes(&self, kind: ChangeKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    pub(super) fn cluster_ids(&self) -> Vec<Uuid> {
        self.clusters.iter().map(|stay| stay.cluster.id.0).collect()
    }
}

/// Whether a check is of one of the sources, and supports one of the controls, as far as any are named.
pub(super) fn takes(filter: &ChangesFilter, check: &Check) -> bool {
    let supports = |control: &ControlId| check.controls.iter().any(|edge| edge.control == *control);
    (filter.source.is_empty() || filter.source.contains(&check.source))
        && (filter.control.is_empty() || filter.control.iter().any(supports))
}

fn refused(name: &str, value: &str) -> Error {
    let value = value.chars().take(100).collect::<String>();
    Error::Invalid { key: "error-invalid-filter", value: format!("{name}={value}") }
}

fn some<T>(values: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let values: Vec<T> = values.collect();
    (!values.is_empty()).then_some(values)
}
