//! The overview.

use super::ClusterStatus;
use crate::{catalogue::Theme, control::ControlState, severity::Severity};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::collections::BTreeMap;

view! {
    /// How many controls of a theme are in which state, on one cluster.
    ThemeCell {
        /// Control states and how many controls are in each.
        states: BTreeMap<ControlState, u32>,
    }
}

view! {
    /// A row of the overview's heat map.
    ThemeRow {
        /// The theme.
        theme: Theme,
        /// Over all clusters.
        all: ThemeCell,
        /// Per cluster, in the order of the cluster list.
        clusters: Vec<ThemeCell>,
    }
}

view! {
    /// Open findings at the end of a day.
    TrendPoint {
        /// The day, in the organisation's time zone.
        day: NaiveDate,
        /// The end of the day, or the instant asked for on the last.
        at: DateTime<Utc>,
        /// Open findings by severity, as they were known then. On a day on which nobody looked they may be gone.
        open: BTreeMap<Severity, i64>,
        /// Clusters of which something was judged on that day. With none, nobody looked: no findings means nothing then.
        observed: i64,
        /// Clusters in scope.
        clusters: i64,
        /// Whether findings of the day are not retained.
        not_retained: bool,
    }
}

impl TrendPoint {
    /// How many findings of a severity to show; nothing where nobody looked, by the rule of [`Trend::shown`].
    ///
    /// [`Trend::shown`]: super::Trend::shown
    pub fn shown(&self, severity: Severity) -> Option<i64> {
        self.was_observed().then(|| self.open.get(&severity).copied().unwrap_or(0))
    }

    /// How many findings of any severity to show.
    pub fn shown_in_all(&self) -> Option<i64> {
        self.was_observed().then(|| self.open.values().sum())
    }

    const fn was_observed(&self) -> bool {
        self.observed > 0 && !self.not_retained
    }
}

view! {
    /// The overview: control themes by clusters, open findings, and the last 30 days.
    Overview {
        /// The instant asked for.
        at: DateTime<Utc>,
        /// Every cluster with the freshness of its sources.
        clusters: Vec<ClusterStatus>,
        /// From when on states of controls are retained, where the instant lies before: then those of the heat map say nothing.
        states_retained_from: Option<DateTime<Utc>>,
        /// The heat map.
        themes: Vec<ThemeRow>,
        /// Open findings by severity (acknowledged ones included).
        open: BTreeMap<Severity, i64>,
        /// Of those, how many are acknowledged.
        acknowledged: i64,
        /// Of the open findings, how many are accepted.
        accepted: i64,
        /// Open findings at the end of each of the last 30 days.
        trend: Vec<TrendPoint>,
    }
}
