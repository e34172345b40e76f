//! Coverage of time: when sources, checks and controls were observed.

use super::ClusterName;
use crate::{
    coverage::Gap,
    ids::{CheckId, ControlId},
    source::Source,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

view! {
    /// A gap: from when until when, and why.
    GapRow {
        /// Its first instant.
        from: DateTime<Utc>,
        /// The first instant after it.
        until: DateTime<Utc>,
        /// Why nothing was observed.
        reason: Gap,
    }
}

view! {
    /// A part of a strip: hours or days that are alike.
    StripCell {
        /// Its first instant.
        from: DateTime<Utc>,
        /// The first instant after it.
        until: DateTime<Utc>,
        /// How much of it was observed, in thousandths, rounded down.
        observed_permille: u16,
        /// What kept the most of the rest; `None` where all of it was observed.
        gap: Option<Gap>,
    }
}

view! {
    /// How much of a period was observed, and what was missed.
    Strip {
        /// Microseconds observed.
        observed_micros: i64,
        /// Microseconds in which the cluster was in the configuration: what could have been observed.
        expected_micros: i64,
        /// The share observed in hundredths of a percent, rounded down; `None` where nothing was expected.
        share: Option<i64>,
        /// Days (UTC) with time that could have been observed.
        days: i64,
        /// Of those, the days without a gap.
        days_observed: i64,
        /// The strip, from left to right.
        cells: Vec<StripCell>,
        /// The newest gaps, in the order of time.
        gaps: Vec<GapRow>,
        /// How many gaps there are in all.
        gaps_total: usize,
        /// Microseconds of the longest gap; 0 without any.
        longest_gap_micros: i64,
    }
}

view! {
    /// The coverage of a source, a check or a control of one cluster: exactly one of the three is named.
    CoverageRow {
        /// The cluster. It may have left the configuration since.
        cluster: ClusterName,
        /// The source.
        source: Option<Source>,
        /// The check.
        check: Option<CheckId>,
        /// The control.
        control: Option<ControlId>,
        /// The freshness budget in force at the end of the period, in seconds; `None` for a control, whose checks have several.
        stale_after_seconds: Option<i64>,
        /// The management clusters in which a check was observed instead, where they keep what it asks of.
        seen_in: Vec<ClusterName>,
        /// What was observed.
        strip: Strip,
    }
}

view! {
    /// Coverage over a period.
    CoverageReport {
        /// The first instant of the period.
        from: DateTime<Utc>,
        /// The first instant after it.
        until: DateTime<Utc>,
        /// Rows, by cluster.
        rows: Vec<CoverageRow>,
    }
}
