//! How old what is known may be before it is stale: the settings in force, as of time.
//!
//! Reads: the configuration's budgets (as values), the catalogue's. Writes: intervals of settings, with a ledger entry where
//! they change. Never: changes what was in force, so that a page of the past judges by what held then. Before anything was
//! recorded, the catalogue's budgets held.

mod store;

use crate::{history, ledger, settle};
use chrono::TimeDelta;
use model::{Instant, catalogue::Catalogue, coverage::Budgets, ids::ControlId, source::Source};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};
use std::{collections::BTreeMap, str::FromStr};
use store::Interval;

/// What a budget is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// A source, wherever it is used.
    Source(Source),
    /// A control: its sources must be as fresh as this where their own budgets are longer.
    Control(ControlId),
}

impl Of {
    fn scope(&self) -> &'static str {
        match self {
            Self::Source(_) => "source",
            Self::Control(_) => "control",
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Source(source) => source.as_str(),
            Self::Control(control) => control.as_str(),
        }
    }

    /// `None` for a source that this build does not know any more.
    fn read(scope: &str, name: &str) -> Option<Self> {
        match scope {
            "source" => Source::from_str(name).ok().map(Self::Source),
            _ => Some(Self::Control(name.into())),
        }
    }
}

/// A budget that somebody set, or that a later setting took back (`to_seconds` is null).
#[derive(Serialize)]
struct Change<'a> {
    scope: &'a str,
    name: &'a str,
    from_seconds: Option<i32>,
    to_seconds: Option<i32>,
}

#[derive(Serialize)]
struct Entry<'a> {
    changes: Vec<Change<'a>>,
}

/// The budgets of every source, as the configuration or the catalogue has them, and those of controls that have one.
pub fn settings(sources: &BTreeMap<Source, u32>, controls: &BTreeMap<ControlId, u32>) -> BTreeMap<Of, i32> {
    let seconds = |seconds: u32| i32::try_from(seconds).unwrap_or(i32::MAX);
    let catalogue = Catalogue::current();
    let of_source = |source: Source| {
        let own = sources.get(&source).copied();
        let default = || u32::try_from(catalogue.stale_after(source).num_seconds()).unwrap_or(u32::MAX);
        (Of::Source(source), seconds(own.unwrap_or_else(default)))
    };
    let of_control = |(control, own): (&ControlId, &u32)| (Of::Control(control.clone()), seconds(*own));
    catalogue.sources().map(of_source).chain(controls.iter().map(of_control)).collect()
}

/// Brings what is in force in line with the settings; idempotent. What changes is in the ledger.
///
/// # Errors
/// What PostgreSQL says.
pub async fn keep(pool: &PgPool, settings: &BTreeMap<Of, i32>, at: Instant) -> Result<(), sqlx::Error> {
    let mut tx = pool.begin().await?;
    let at = settle::join(&mut tx, at).await?;
    store::lock(&mut tx).await?;
    let current = store::current(&mut tx).await?;
    let at = history::just_after(current.iter().map(|interval| interval.valid_from).max(), at);
    let differs = |interval: &&Interval| {
        Of::read(&interval.scope, &interval.name).and_then(|of| settings.get(&of)) != Some(&interval.seconds)
    };
    let ended: Vec<&Interval> = current.iter().filter(differs).collect();
    let known = |of: &Of| {
        current.iter().find(|interval| (interval.scope.as_str(), interval.name.as_str()) == (of.scope(), of.name()))
    };
    let begun: Vec<(&Of, i32)> = settings
        .iter()
        .filter(|(of, seconds)| known(of).is_none_or(|interval| interval.seconds != **seconds))
        .map(|(of, seconds)| (of, *seconds))
        .collect();
    if ended.is_empty() && begun.is_empty() {
        return Ok(());
    }
    store::end(&mut tx, &ended.iter().map(|interval| interval.id).collect::<Vec<_>>(), at).await?;
    store::begin(&mut tx, &begun.iter().map(|(of, seconds)| (of.scope(), of.name(), *seconds)).collect::<Vec<_>>(), at)
        .await?;
    let set = begun.iter().map(|(of, seconds)| Change {
        scope: of.scope(),
        name: of.name(),
        from_seconds: known(of).map(|interval| interval.seconds),
        to_seconds: Some(*seconds),
    });
    let taken_back = ended
        .iter()
        .filter(|interval| {
            begun.iter().all(|(of, _)| (of.scope(), of.name()) != (interval.scope.as_str(), interval.name.as_str()))
        })
        .map(|interval| Change {
            scope: &interval.scope,
            name: &interval.name,
            from_seconds: Some(interval.seconds),
            to_seconds: None,
        });
    let entry = Entry { changes: set.chain(taken_back).collect() };
    ledger::append(&mut tx, at, "system", "freshness.set", &entry).await?;
    tx.commit().await
}

/// The budgets over time, as far as they were known at an instant.
pub(crate) struct History {
    at: Instant,
    changes: BTreeMap<Of, Vec<(Instant, Option<TimeDelta>)>>,
}

impl History {
    /// Loads what was set until `at`.
    pub(crate) async fn load(db: &mut PgConnection, at: Instant) -> Result<Self, sqlx::Error> {
        let mut changes: BTreeMap<Of, Vec<(Instant, Option<TimeDelta>)>> = BTreeMap::new();
        for interval in store::until(db, at).await? {
            let Some(of) = Of::read(&interval.scope, &interval.name) else { continue };
            let own = changes.entry(of).or_default();
            own.push((interval.valid_from, Some(TimeDelta::seconds(interval.seconds.into()))));
            own.extend(interval.valid_to.map(|end| (end, None)));
        }
        Ok(Self { at, changes })
    }

    /// The budget of a source, over time; for a control, no longer than the control's own.
    pub(crate) fn budgets(&self, source: Source, control: Option<&ControlId>) -> Budgets {
        let own = self.of(&Of::Source(source), Catalogue::current().stale_after(source));
        control.map_or_else(
            || own.clone(),
            |control| own.tightest(&self.of(&Of::Control(control.clone()), TimeDelta::MAX)),
        )
    }

    /// The budget in force at the instant that was loaded.
    pub(crate) fn now(&self, source: Source, control: Option<&ControlId>) -> TimeDelta {
        self.budgets(source, control).at(self.at)
    }

    fn of(&self, of: &Of, otherwise: TimeDelta) -> Budgets {
        let changes = self.changes.get(of).into_iter().flatten();
        Budgets::new(otherwise, changes.map(|(at, budget)| (*at, budget.unwrap_or(otherwise))).collect())
    }
}
