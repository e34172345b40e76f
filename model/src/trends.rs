//! What is asked of trends, in its written form: the address is the state of the page.

use crate::{
    ids::{CheckId, ControlId},
    query::BadFilter,
    severity::Severity,
    source::Source,
    words::words,
};
use chrono::{Datelike, Days, Months, NaiveDate};

/// Days that a trend spans at most: five years, whatever leap days they have.
pub const LONGEST_DAYS: i64 = 1_827;
/// Days of a trend for which no period is asked.
pub const DEFAULT_DAYS: u32 = 30;

words! {
    /// What a trend shows.
    TrendShow {
        /// Open findings at the end of each period.
        Open = "open",
        /// Findings opened and closed within each period.
        Flow = "flow",
        /// How long it took to acknowledge and to fix what was acknowledged and fixed within each period.
        Times = "times",
        /// Findings past their deadline at the end of each period, and those that went past it within.
        Sla = "sla",
        /// Open findings by age at the end of each period.
        Age = "age",
        /// Controls by state at the end of each period.
        Controls = "controls",
    }
}

words! {
    /// What open findings are divided by.
    TrendBy {
        /// Severity.
        Severity = "severity",
        /// Cluster.
        Cluster = "cluster",
        /// Source.
        Source = "source",
        /// Control. A finding counts for every control that its check speaks to, so these do not add up.
        Control = "control",
        /// The team that the finding's namespace named as its own then.
        Team = "team",
    }
}

words! {
    /// How long one period of a trend is.
    TrendStep {
        /// A day of the organisation's time zone.
        Day = "day",
        /// A week of ISO 8601, from Monday.
        Week = "week",
        /// A calendar month.
        Month = "month",
    }
}

impl TrendStep {
    /// The step that shows a span of days best.
    pub const fn for_days(days: i64) -> Self {
        match days {
            ..=92 => Self::Day,
            93..=400 => Self::Week,
            _ => Self::Month,
        }
    }

    /// The last day of the period that a day is in.
    pub fn last_of(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => day + Days::new(u64::from(6 - day.weekday().num_days_from_monday())),
            Self::Month => {
                let first = day - Days::new(u64::from(day.day0()));
                first + Months::new(1) - Days::new(1)
            }
        }
    }
}

/// What is asked: what to show, of which findings, and of which time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendQuery {
    /// What to show.
    pub show: TrendShow,
    /// What open findings are divided by.
    pub by: TrendBy,
    /// The length of a period; by the span where none is asked.
    pub step: Option<TrendStep>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day; that of the instant asked for where none is named.
    pub to: Option<NaiveDate>,
    /// How many days until the last, where no first day is named.
    pub last: u32,
    /// Only these clusters, by name.
    pub cluster: Vec<String>,
    /// Only these sources.
    pub source: Vec<Source>,
    /// Only these severities.
    pub severity: Vec<Severity>,
    /// Only findings that speak to this control.
    pub control: Option<ControlId>,
    /// Only findings of this check.
    pub check: Option<CheckId>,
    /// Only findings in namespaces of this team.
    pub team: Option<String>,
}

impl Default for TrendQuery {
    fn default() -> Self {
        Self {
            show: TrendShow::Open,
            by: TrendBy::Severity,
            step: None,
            from: None,
            to: None,
            last: DEFAULT_DAYS,
            cluster: Vec::new(),
            source: Vec::new(),
            severity: Vec::new(),
            control: None,
            check: None,
            team: None,
        }
    }
}

impl TrendQuery {
    /// Reads a query string. Empty values and parameters of the page itself are passed over; what is no part of a trend is
    /// refused rather than ignored.
    pub fn from_query(query: &str) -> Result<Self, BadFilter> {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if value.is_empty() || matches!(&*name, "notice" | "as_of") {
                continue;
            }
            let bad = || BadFilter { name: name.chars().take(100).collect(), value: value.chars().take(100).collect() };
            let day =
                || value.parse::<NaiveDate>().ok().filter(|day| (1970..=9999).contains(&day.year())).ok_or_else(bad);
            match &*name {
                "show" => asked.show = value.parse().map_err(|_| bad())?,
                "by" => asked.by = value.parse().map_err(|_| bad())?,
                "step" => asked.step = Some(value.parse().map_err(|_| bad())?),
                "from" => asked.from = Some(day()?),
                "to" => asked.to = Some(day()?),
                "last" => asked.last = value.parse().ok().filter(|last| *last > 0).ok_or_else(bad)?,
                "cluster" => asked.cluster.push(value.into_owned()),
                "source" => asked.source.push(value.parse().map_err(|_| bad())?),
                "severity" => asked.severity.push(value.parse().map_err(|_| bad())?),
                "control" => asked.control = Some(ControlId(value.into_owned())),
                "check" => asked.check = Some(CheckId(value.into_owned())),
                "team" => asked.team = Some(value.into_owned()),
                _ => return Err(bad()),
            }
        }
        Ok(asked)
    }

    /// The filters that say nothing of what is shown, by name and value: the state of a control is that of all its checks,
    /// and no filter of findings narrows it.
    pub fn not_applicable(&self) -> Vec<(&'static str, String)> {
        if self.show != TrendShow::Controls {
            return Vec::new();
        }
        let sources = self.source.iter().map(|source| ("source", source.to_string()));
        let severities = self.severity.iter().map(|severity| ("severity", severity.to_string()));
        let check = self.check.iter().map(|check| ("check", check.to_string()));
        let team = self.team.iter().map(|team| ("team", team.clone()));
        sources.chain(severities).chain(check).chain(team).collect()
    }

    /// The same without the filters that say nothing of what is shown.
    #[must_use]
    pub fn applicable(&self) -> Self {
        if self.not_applicable().is_empty() {
            return self.clone();
        }
        Self { source: Vec::new(), severity: Vec::new(), check: None, team: None, ..self.clone() }
    }

    /// Writes the query string that [`TrendQuery::from_query`] reads back; empty for the default.
    pub fn to_query(&self) -> String {
        let usual = Self::default();
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.show != usual.show {
            query.append_pair("show", self.show.as_str());
        }
        if self.by != usual.by {
            query.append_pair("by", self.by.as_str());
        }
        query.extend_pairs(self.step.map(|step| ("step", step.as_str())));
        query.extend_pairs(self.from.map(|day| ("from", day.to_string())));
        query.extend_pairs(self.to.map(|day| ("to", day.to_string())));
        if self.last != usual.last {
            query.append_pair("last", &self.last.to_string());
        }
        query.extend_pairs(self.cluster.iter().map(|v| ("cluster", v.as_str())));
        query.extend_pairs(self.source.iter().map(|v| ("source", v.as_str())));
        query.extend_pairs(self.severity.iter().map(|v| ("severity", v.as_str())));
        query.extend_pairs(self.control.iter().map(|v| ("control", v.as_str())));
        query.extend_pairs(self.check.iter().map(|v| ("check", v.as_str())));
        query.extend_pairs(self.team.iter().map(|v| ("team", v.as_str())));
        query.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_query_survives_being_written_and_read() {
        let asked = TrendQuery {
            show: TrendShow::Sla,
            by: TrendBy::Team,
            step: Some(TrendStep::Week),
            from: Some(day("2026-01-01")),
            to: Some(day("2026-06-30")),
            last: 90,
            cluster: vec!["prod".into()],
            source: vec![Source::Rbac],
            severity: vec![Severity::High, Severity::Critical],
            control: Some("A.8.2".into()),
            check: Some("bak.recent".into()),
            team: Some("shop & æøå".into()),
        };
        assert_eq!(TrendQuery::from_query(&asked.to_query()), Ok(asked));
        assert_eq!(TrendQuery::default().to_query(), "");
    }

    #[test]
    fn what_is_no_part_of_a_trend_is_refused_and_named() {
        for (query, name) in [
            ("from=yesterday", "from"),
            ("to=2026-02-30", "to"),
            ("step=hour", "step"),
            ("last=0", "last"),
            ("x=1", "x"),
        ] {
            assert_eq!(TrendQuery::from_query(query).map_err(|bad| bad.name), Err(name.to_owned()));
        }
    }

    #[test]
    fn filters_of_findings_say_nothing_of_controls() {
        let every = "show=controls&source=rbac&severity=high&check=bak.recent&team=shop&control=A.8.2&cluster=prod";
        let asked = TrendQuery::from_query(every).expect("a query");
        let names: Vec<&str> = asked.not_applicable().iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["source", "severity", "check", "team"]);
        assert_eq!(asked.applicable().to_query(), "show=controls&cluster=prod&control=A.8.2");
        for show in TrendShow::ALL.iter().filter(|show| **show != TrendShow::Controls) {
            let other = TrendQuery { show: *show, ..asked.clone() };
            assert!(other.not_applicable().is_empty() && other.applicable() == other, "{show}");
        }
    }

    #[test]
    fn weeks_are_those_of_iso_8601_and_months_end_with_the_calendar() {
        assert_eq!(TrendStep::Week.last_of(day("2026-12-31")), day("2027-01-03"));
        assert_eq!(TrendStep::Week.last_of(day("2027-01-03")), day("2027-01-03"));
        assert_eq!(TrendStep::Month.last_of(day("2028-02-01")), day("2028-02-29"));
        assert_eq!(TrendStep::Month.last_of(day("2026-12-31")), day("2026-12-31"));
        assert_eq!(TrendStep::Day.last_of(day("2026-12-31")), day("2026-12-31"));
    }
}
