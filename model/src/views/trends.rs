//! Trends: one value that chart, table, CSV, API and pack are written from.

use crate::{
    trends::{TrendBy, TrendShow, TrendStep},
    words::words,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

words! {
    /// What the values of a column count.
    TrendUnit {
        /// A number of things.
        Count = "count",
        /// Seconds.
        Seconds = "seconds",
        /// Thousandths.
        PerMille = "per_mille",
    }
}

words! {
    /// What kind of thing a column is named by; with its key it finds its title.
    TrendFamily {
        /// A severity.
        Severity = "severity",
        /// A cluster, by name.
        Cluster = "cluster",
        /// A source.
        Source = "source",
        /// A control, by id.
        Control = "control",
        /// A team, by the value of its label; empty for namespaces without one.
        Team = "team",
        /// The state of a control.
        State = "state",
        /// A column that trends alone have; of a severity where its key has a dot.
        Trend = "trend",
    }
}

words! {
    /// How a chart draws its columns.
    TrendChart {
        /// On top of each other: they add up.
        Stacked = "stacked",
        /// Each by itself.
        Lines = "lines",
    }
}

view! {
    /// A column of a trend.
    TrendColumn {
        /// What kind of thing it is named by.
        family: TrendFamily,
        /// Its word among those.
        key: String,
        /// What its values count.
        unit: TrendUnit,
    }
}

view! {
    /// A chart of some of the columns.
    TrendPanel {
        /// Its word; its title is the key `trend-panel-<word>`.
        key: String,
        /// How it is drawn.
        chart: TrendChart,
        /// The places of its columns.
        columns: Vec<usize>,
    }
}

view! {
    /// One period of a trend.
    TrendPeriod {
        /// Its first day.
        first: NaiveDate,
        /// Its last day.
        last: NaiveDate,
        /// The last instant that it speaks of: the end of its last day, or the instant asked for.
        until: DateTime<Utc>,
        /// Its days.
        days: i64,
        /// Days on which anything in scope was judged at all.
        days_observed: i64,
        /// Clusters that were judged, counted on each day. With none, nobody looked: no findings means nothing then.
        observed: i64,
        /// Clusters that there were, counted on each day.
        clusters: i64,
        /// Whether it begins before what is retained of what is shown. It has no values then: nothing can be said, good or bad.
        not_retained: bool,
        /// A value for each column; absent where there is none, as the mean of nothing.
        values: Vec<Option<i64>>,
    }
}

view! {
    /// A trend.
    Trend {
        /// What it shows.
        show: TrendShow,
        /// What open findings are divided by.
        by: TrendBy,
        /// How long its periods are.
        step: TrendStep,
        /// The zone by which days begin and end, as an IANA name.
        time_zone: String,
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
        /// From when on what is shown is retained; absent where nothing was ever dropped.
        retained_from: Option<DateTime<Utc>>,
        /// What is told of each period.
        columns: Vec<TrendColumn>,
        /// The charts.
        panels: Vec<TrendPanel>,
        /// The periods, oldest first.
        periods: Vec<TrendPeriod>,
        /// Whether any deadline was in force; without, nothing can be past one.
        has_deadlines: bool,
        /// Every team that owned a namespace by the end, to choose from.
        teams: Vec<String>,
    }
}

impl Trend {
    /// The value to show: nothing where nobody looked, since what was open before may be gone and what is new was not seen.
    /// What people did (times to acknowledge and to fix) and states, which say themselves what was not measured, are shown.
    pub fn shown(&self, period: &TrendPeriod, column: usize) -> Option<i64> {
        let tells_by_itself = matches!(self.show, TrendShow::Times | TrendShow::Controls);
        period.values.get(column).copied().flatten().filter(|_| period.observed > 0 || tells_by_itself)
    }
}
