//! What holds of reports of every kind: how old they are, whether they are about what runs now, whether they add up, and
//! whether they are there.

use super::{
    counts::NOTHING,
    image::is_of_another,
    running::{Place, Running},
};
use crate::{
    objects::trivy::{Artifact, Audit, ExposedSecrets, Report, ReportMeta, Summary, Vulnerabilities},
    rules::{
        duration,
        verdict::{Judge, Sentence, names},
    },
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome, finding::Extent};

/// How long a report is kept where nothing is said, or nonsense.
const DEFAULT_TTL: TimeDelta = TimeDelta::hours(24);
/// Nothing older is news, however long reports are kept.
const LONGEST: TimeDelta = TimeDelta::days(30);
/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// Whether a report is young enough to rest a verdict on.
pub(super) fn is_fresh(metadata: &ReportMeta, updated: Option<Instant>, now: Instant) -> bool {
    let ttl = metadata.annotations.as_ref().and_then(|annotations| annotations.ttl.as_deref());
    let ttl = ttl.and_then(duration::parse).filter(|ttl| *ttl > TimeDelta::zero()).unwrap_or(DEFAULT_TTL);
    is_within(updated, ttl.checked_mul(2).unwrap_or(LONGEST).min(LONGEST), now)
}

/// Whether something is no older than that, and not of the future either.
pub(super) fn is_within(updated: Option<Instant>, most: TimeDelta, now: Instant) -> bool {
    updated.is_some_and(|updated| (-SKEW..=most).contains(&now.signed_duration_since(updated)))
}

/// The age of a report, for a sentence: the day of UTC, since an age moves with every scan, and reports are made all day.
pub(super) fn day(updated: Option<Instant>) -> String {
    updated.map_or_else(|| NOTHING.to_owned(), |updated| updated.date_naive().to_string())
}

/// The earlier of two times, of which either may not be known.
pub(super) fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}

/// What a check says of its reports as a whole.
pub(super) struct Sayings {
    /// There is none on anything that runs.
    pub(super) none: &'static Sentence,
    /// All are too old, or about what ran before.
    pub(super) stale: &'static Sentence,
    /// What these list is not what they sum up to.
    pub(super) summary: &'static Sentence,
}

/// A report on something that is there.
pub(super) struct Found<'a, T> {
    /// The owner of what it is about: kind and name.
    pub(super) owner: (&'a str, &'a str),
    /// The report.
    pub(super) report: &'a Report<T>,
}

impl<T> Found<'_, T> {
    /// The namespace.
    pub(super) fn namespace(&self) -> Option<&str> {
        self.report.metadata.namespace.as_deref()
    }
}

/// What the reports on what is there come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Swept {
    /// Whether any of them is young enough, and about what runs.
    pub(super) is_fresh: bool,
    /// When the oldest was made.
    pub(super) oldest: Option<Instant>,
}

/// Judges the reports on what is there, one by one, and says what follows for the check as a whole.
/// `missing` is what a report is expected of and is not there.
pub(super) fn sweep<'a, T: Payload + 'a>(
    judge: &mut Judge,
    reports: impl IntoIterator<Item = &'a Report<T>>,
    (running, now): (&'a Running<'_>, Instant),
    (missing, say): (Vec<Extent>, &Sayings),
    mut each: impl FnMut(&mut Judge, &Found<'a, T>),
) -> Swept {
    let mut swept = Swept::default();
    if !judge.can_judge() {
        return swept;
    }
    let (mut old, mut doubtful) = (false, missing);
    let mut disagreeing = Vec::new();
    for report in reports {
        let (metadata, payload) = (&report.metadata, &report.report);
        match running.place(metadata.about(), metadata.namespace.as_deref().unwrap_or_default()) {
            Place::Live(owner) => each(judge, &Found { owner, report }),
            Place::Gone => continue,
            Place::Unknown => {
                judge.doubt_in(Extent { namespace: metadata.namespace.clone(), ..Extent::default() });
                continue;
            }
        }
        swept.oldest = earlier(swept.oldest, payload.updated());
        let about = running.owner(metadata.about(), metadata.namespace.as_deref());
        let (counted, summary, unclear) = payload.figures();
        if unclear > 0 {
            // The figures cannot add up where a severity is not understood.
            judge.doubt_in(about.clone());
        } else if counted != summary {
            disagreeing.push((metadata.name.as_deref().unwrap_or_default(), about.clone()));
        }
        // What was found in what ran before is the newest that is known; that nothing was is no evidence.
        if is_fresh(metadata, payload.updated(), now) && !is_of_another(report, running) {
            swept.is_fresh = true;
            judge.examine();
        } else {
            old = true;
            doubtful.push(about);
        }
    }
    if !disagreeing.is_empty() {
        let (disagreeing, about): (Vec<&str>, Vec<Extent>) = disagreeing.into_iter().unzip();
        judge.disagree_in(say.summary, [("reports", names(disagreeing))], about);
    }
    if swept.is_fresh || !judge.saw_all() || judge.fails() {
        for extent in doubtful {
            judge.doubt_in(extent);
        }
    } else if old {
        judge.otherwise(Outcome::Stale, say.stale, [("oldest", day(swept.oldest))]);
    } else {
        judge.otherwise(Outcome::NotEvaluated, say.none, []);
    }
    swept
}

/// What a report of any kind tells of itself.
pub(super) trait Payload {
    /// When it was made.
    fn updated(&self) -> Option<Instant>;

    /// The image that it is about, where it is about one.
    fn artifact(&self) -> Option<&Artifact> {
        None
    }

    /// What its entries come to, what it says that they come to, and how many are not understood.
    fn figures(&self) -> (Summary, Summary, u32);
}

impl Payload for Vulnerabilities {
    fn updated(&self) -> Option<Instant> {
        self.update_timestamp
    }

    fn figures(&self) -> (Summary, Summary, u32) {
        (self.vulnerabilities.counted, self.summary, self.vulnerabilities.unclear)
    }

    fn artifact(&self) -> Option<&Artifact> {
        self.artifact.as_ref()
    }
}

impl Payload for ExposedSecrets {
    fn updated(&self) -> Option<Instant> {
        self.update_timestamp
    }

    fn figures(&self) -> (Summary, Summary, u32) {
        (self.secrets.counted, self.summary, self.secrets.unclear)
    }

    fn artifact(&self) -> Option<&Artifact> {
        self.artifact.as_ref()
    }
}

impl Payload for Audit {
    fn updated(&self) -> Option<Instant> {
        self.update_timestamp
    }

    fn figures(&self) -> (Summary, Summary, u32) {
        (self.checks.counted, self.summary, self.checks.unclear)
    }
}
