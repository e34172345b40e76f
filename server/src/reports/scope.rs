//! A pack's scope, checked and put in its one written form: the same scope must give the same bytes.

use crate::{
    clusters,
    error::{Error, Result},
    retention,
};
use chrono::{DurationRound, TimeDelta};
use frontend::i18n::{Language, Locale};
use model::{
    Instant, access,
    catalogue::{Catalogue, Check},
    ids::ControlId,
    views::PackScope,
};
use sqlx::PgConnection;
use std::collections::BTreeSet;

/// Checks a scope against what there is at its instant; sorts it, and names everything once.
pub(super) async fn canonical(db: &mut PgConnection, scope: &PackScope, now: Instant) -> Result<PackScope> {
    let as_of = scope.as_of.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(scope.as_of);
    let refused = |key, value: &str| Err(Error::Invalid { key, value: value.to_owned() });
    if as_of > now {
        return Err(Error::Invalid { key: "error-pack-as-of-ahead", value: as_of.to_rfc3339() });
    }
    let since = scope.since.map(|since| since.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(since));
    if let Some(since) = since.filter(|since| *since >= as_of) {
        return Err(Error::Invalid { key: "error-pack-since", value: since.to_rfc3339() });
    }
    retention::refuse_dropped(db, since.unwrap_or(as_of)).await?;
    let known: BTreeSet<String> = clusters::names(db, as_of).await?.into_iter().map(|cluster| cluster.name).collect();
    if let Some(unknown) = scope.clusters.iter().find(|name| !known.contains(*name)) {
        return refused("error-pack-cluster", unknown);
    }
    let catalogue = Catalogue::current();
    if let Some(unknown) = scope.controls.iter().find(|id| catalogue.control(id).is_none()) {
        return refused("error-pack-control", unknown.as_str());
    }
    if language(&scope.language).is_none() {
        return refused("error-pack-language", &scope.language);
    }
    if scope.time_zone.parse::<chrono_tz::Tz>().is_err() {
        return refused("error-pack-time-zone", &scope.time_zone);
    }
    let clusters: BTreeSet<String> = scope.clusters.iter().cloned().collect();
    Ok(PackScope {
        clusters: clusters.into_iter().collect(),
        controls: controls_in_order(&scope.controls),
        as_of,
        since,
        language: scope.language.clone(),
        time_zone: scope.time_zone.clone(),
        objects: scope.objects,
    })
}

/// How the report's reader reads.
pub(super) fn locale(scope: &PackScope) -> Locale {
    let time_zone = scope.time_zone.parse().unwrap_or(chrono_tz::UTC);
    Locale::new(language(&scope.language).unwrap_or_default(), time_zone)
}

/// The checks that speak to the controls in scope.
pub(super) fn checks(scope: &PackScope) -> impl Iterator<Item = &'static Check> {
    let all = scope.controls.is_empty();
    Catalogue::current()
        .checks()
        .iter()
        .filter(move |check| all || check.controls.iter().any(|edge| scope.controls.contains(&edge.control)))
}

/// Whether a control is in scope.
pub(super) fn covers(scope: &PackScope, control: &ControlId) -> bool {
    scope.controls.is_empty() || scope.controls.contains(control)
}

/// Whether a control in scope asks who may do what.
pub(super) fn asks_for_access(scope: &PackScope) -> bool {
    access::CONTROLS.iter().any(|id| covers(scope, &ControlId::from(*id)))
}

fn language(tag: &str) -> Option<Language> {
    Language::ALL.iter().copied().find(|language| language.tag() == tag)
}

/// In the framework's order, each once.
fn controls_in_order(asked: &[ControlId]) -> Vec<ControlId> {
    let controls = Catalogue::current().controls().iter();
    controls.map(|control| control.id.clone()).filter(|id| asked.contains(id)).collect()
}
