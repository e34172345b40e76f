//! `[freshness]`: how old what is known may be.

use super::place::{Place::At, Wrong};
use crate::freshness;
use model::{catalogue::Catalogue, ids::ControlId, source::Source};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `[freshness]`: seconds after which what is known is stale. Pages of the past judge by what was in force then.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FreshnessSettings {
    /// By source; the catalogue's where it is not named.
    pub sources: BTreeMap<Source, toml::Spanned<u32>>,
    /// By control: the sources behind it must be as fresh as this where their own budgets are longer.
    pub controls: BTreeMap<ControlId, toml::Spanned<u32>>,
}

impl FreshnessSettings {
    /// Every budget in force.
    pub fn settings(&self) -> BTreeMap<freshness::Of, i32> {
        let seconds = |value: &toml::Spanned<u32>| *value.get_ref();
        let sources = self.sources.iter().map(|(source, value)| (*source, seconds(value))).collect();
        let controls = self.controls.iter().map(|(control, value)| (control.clone(), seconds(value))).collect();
        freshness::settings(&sources, &controls)
    }

    pub(super) fn check(&self, interval: u64) -> Result<(), Wrong> {
        let sources = self.sources.iter().map(|(source, value)| (source.as_str(), value));
        let controls = self.controls.iter().map(|(control, value)| (control.as_str(), value));
        for (name, value) in sources.chain(controls) {
            let (seconds, at) = (*value.get_ref(), value.span().start);
            if u64::from(seconds) <= interval {
                let why = format!(
                    "freshness of {name}: {seconds} s is no longer than scan.interval_seconds ({interval}), so it would always be stale"
                );
                return Err((At(at), why));
            }
            if seconds > LONGEST_BUDGET {
                return Err((At(at), format!("freshness of {name}: {seconds} s is more than 366 days")));
            }
        }
        let unknown = self.controls.iter().find(|(control, _)| Catalogue::embedded().control(control).is_none());
        unknown.map_or(Ok(()), |(control, value)| {
            Err((At(value.span().start), format!("freshness of {control}: there is no such control in Annex A")))
        })
    }
}

/// Seconds of a freshness budget at most.
const LONGEST_BUDGET: u32 = 366 * 86_400;
