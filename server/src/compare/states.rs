//! The states of controls, checks and sources at the two ends of a period.

use super::scope::{Scope, takes};
use crate::controls::{self, Evidence};
use model::{
    Instant,
    catalogue::{Catalogue, Control},
    ids::ClusterId,
    source::Source,
    views::{ChangesFilter, CheckChange, ControlChange, SourceChange, SourceState, SourceTurn},
};
use sqlx::PgConnection;

/// What was known at the two ends.
pub(super) struct States {
    before: Evidence,
    after: Evidence,
}

impl States {
    pub(super) async fn load(
        db: &mut PgConnection,
        (from, to): (Instant, Instant),
        filter: &ChangesFilter,
    ) -> Result<Self, sqlx::Error> {
        let before = Evidence::load(db, from, &filter.cluster).await?;
        let after = Evidence::load(db, to, &filter.cluster).await?;
        Ok(Self { before, after })
    }

    /// From when on states are told, where the period begins before: then nothing is told of how they changed.
    pub(super) fn retained_from(&self) -> Option<Instant> {
        self.before.states_retained_from()
    }

    /// The controls whose state is another, in the framework's order.
    pub(super) fn controls(&self, filter: &ChangesFilter) -> Vec<ControlChange> {
        if self.retained_from().is_some() {
            return Vec::new();
        }
        let measured =
            |control: &Control| Catalogue::current().checks_for(&control.id).any(|(check, _)| takes(filter, check));
        let asked = |control: &&Control| {
            (filter.control.is_empty() || filter.control.contains(&control.id))
                && (filter.source.is_empty() || measured(control))
        };
        let all = Catalogue::current().controls().iter().filter(asked);
        all.filter_map(|control| {
            let before = controls::assessment(&self.before, control);
            let after = controls::assessment(&self.after, control);
            let checks = || self.checks(control);
            (before.state != after.state).then(|| ControlChange {
                control: control.id.clone(),
                before,
                after,
                checks: checks(),
            })
        })
        .collect()
    }

    /// The checks of a control whose state is another, on every cluster that was there at either end.
    fn checks(&self, control: &Control) -> Vec<CheckChange> {
        let gone = self.before.clusters.iter().filter(|row| self.after.clusters.iter().all(|other| other.id != row.id));
        let clusters: Vec<_> = self.after.clusters.iter().chain(gone).collect();
        let mut changes = Vec::new();
        for (check, strength) in Catalogue::current().checks_for(&control.id) {
            for cluster in &clusters {
                let state = |evidence: &Evidence| {
                    let there = evidence.clusters.iter().any(|row| row.id == cluster.id);
                    there.then(|| evidence.state(ClusterId(cluster.id), check, Some(&control.id)))
                };
                let (before, after) = (state(&self.before), state(&self.after));
                if before != after {
                    let (check, cluster) = (check.id.clone(), cluster.cluster_name());
                    changes.push(CheckChange { check, cluster, strength, before, after });
                }
            }
        }
        changes
    }

    /// The sources that turned, of the clusters that were there at both ends.
    pub(super) fn sources(&self, scope: &Scope) -> Vec<SourceChange> {
        if self.retained_from().is_some() {
            return Vec::new();
        }
        let catalogue = Catalogue::current();
        let asked = |source: &Source| {
            let checks = scope.checks.as_ref();
            checks.is_none_or(|only| catalogue.checks_of(*source).any(|check| only.contains(&check.id.0)))
        };
        let sources: Vec<Source> = catalogue.sources().filter(asked).collect();
        let stayed =
            self.after.clusters.iter().filter(|row| self.before.clusters.iter().any(|other| other.id == row.id));
        stayed
            .flat_map(|cluster| sources.iter().map(move |source| (cluster, *source)))
            .filter_map(|(cluster, source)| {
                let id = ClusterId(cluster.id);
                // What it was is not known: it neither came nor fell silent.
                if self.before.not_retained(id, source) || self.after.not_retained(id, source) {
                    return None;
                }
                let (before, after) = (state(&self.before, id, source), state(&self.after, id, source));
                let turn = SourceTurn::of(before, after)?;
                Some(SourceChange { cluster: cluster.cluster_name(), source, before, after, turn })
            })
            .collect()
    }
}

fn state(evidence: &Evidence, cluster: ClusterId, source: Source) -> SourceState {
    let last = evidence.scans(cluster, source);
    let budget = evidence.budget(source, None);
    let stale = last.is_some_and(|scan| evidence.at.signed_duration_since(scan.ended_at) > budget);
    SourceState::of(last.map(|scan| scan.coverage), stale)
}
