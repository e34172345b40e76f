//! What a cluster sent by itself, as it is kept: groups of events, and the newest reports.

use crate::{error::Told, intake::kube_bench::Results};
use chrono::{SecondsFormat, TimeDelta};
use model::{
    Instant,
    finding::Subject,
    problem::ProblemWord,
    scan::{Coverage, Read},
    severity::Severity,
    source::Source,
};
use serde::{Deserialize, Serialize};

/// All that is kept of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pushed {
    /// Whether anybody may send: there is a token that is neither expired nor revoked.
    pub expected: bool,
    /// When it was looked up, by Bevis' clock; none where that is not told.
    pub asked_at: Option<Instant>,
    /// When the newest event happened, or the newest report arrived; never after its arrival.
    pub newest_at: Option<Instant>,
    /// Parts that were not understood: of events within the last day, of the reports that are kept. A body that was refused as a
    /// whole, within the last day or since the newest report, counts as one.
    pub refused: u32,
    /// Events, grouped.
    pub groups: Vec<Group>,
    /// Groups beyond those.
    pub cut_off: u32,
    /// The newest report of everything that was examined.
    pub reports: Vec<Report>,
    /// The newest results of kube-bench, by node.
    pub benchmarks: Vec<Benchmark>,
}

/// What kube-bench came to on a node.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Benchmark {
    /// The node.
    pub node: String,
    /// When it arrived.
    pub received_at: Instant,
    /// What it came to.
    pub results: Results,
}

/// Events of one rule about one subject.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// The rule.
    pub rule: String,
    /// What they are about.
    pub subject: Subject,
    /// How bad the newest are.
    pub severity: Severity,
    /// When the newest happened; never after its arrival.
    pub last_at: Instant,
}

/// What a tool found when it last examined something.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Report {
    /// The tool, and what it examined.
    pub producer: String,
    /// Whether it is one message of many, which speaks until another takes it back.
    #[serde(default)]
    pub is_message: bool,
    /// When it arrived.
    pub received_at: Instant,
    /// What was found.
    pub findings: Vec<Found>,
}

/// Something that a tool found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The tool's id of the rule.
    pub rule: String,
    /// The rule in a few words, as the tool says it.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// What is wrong, as the tool says it.
    pub text: String,
}

/// Why nothing can be concluded from there being nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Nobody may send.
    NoSender,
    /// Nothing ever arrived.
    Never,
    /// Nothing arrived since.
    Since(Instant),
}

impl Pushed {
    /// How reading it counts. Something must have come within `patience`, where that is known; else it is silent.
    pub fn read(&self, source: Source, patience: Option<TimeDelta>) -> Read {
        let unread = self.refused.saturating_add(self.cut_off);
        let since = self.asked_at.zip(patience).map_or(Instant::MIN_UTC, |(asked, patience)| asked - patience);
        let (coverage, told) = match self.silence(since) {
            Some(Silence::NoSender) => {
                let sentence =
                    format!("nothing was sent yet: bevis token create --source {source}; see docs/intake.md");
                (Coverage::Absent, Some(Told::new(sentence, ProblemWord::NoSender, &[("source", &source)])))
            }
            Some(Silence::Since(newest)) => {
                let since = instant(newest);
                let sentence = format!("nothing came since {since}; see docs/intake.md");
                (Coverage::Stale, Some(Told::new(sentence, ProblemWord::Silent, &[("since", &since)])))
            }
            _ if unread > 0 => {
                let sentence = format!("{unread} parts that were sent are not judged");
                (Coverage::Truncated, Some(Told::new(sentence, ProblemWord::NotJudged, &[("count", &unread)])))
            }
            _ => (Coverage::Complete, None),
        };
        let objects = u32::try_from(self.groups.len() + self.reports.len() + self.benchmarks.len()).unwrap_or(u32::MAX);
        Read {
            resource: format!("intake/{source}"),
            coverage,
            objects,
            malformed: self.refused,
            confirmed: 0,
            error: told.as_ref().map(|told| told.sentence.clone()),
            problems: told.into_iter().map(|told| told.problem).collect(),
        }
    }

    /// Whether somebody may send, and nothing ever arrived.
    pub fn never_came(&self) -> bool {
        self.expected && self.newest_at.is_none()
    }

    /// Whether, and why, there is no sign of life since an instant.
    pub fn silence(&self, since: Instant) -> Option<Silence> {
        match self.newest_at {
            None if self.expected => Some(Silence::Never),
            None => Some(Silence::NoSender),
            Some(newest) if newest <= since => Some(Silence::Since(newest)),
            Some(_) => None,
        }
    }

    /// Groups with an event after an instant.
    pub fn groups_since(&self, since: Instant) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.last_at > since)
    }
}

/// Hours as a span of time.
pub fn hours(hours: u32) -> TimeDelta {
    TimeDelta::hours(hours.into())
}

/// An instant as a value of a sentence.
pub fn instant(at: Instant) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
