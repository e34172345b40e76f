//! Reports of policy engines: `kyv.results`.
//!
//! The same result may be in two API groups while an engine moves from one to the other: it counts once. A report that
//! does not add up to its own summary is not believed.
//!
//! An engine that has stopped leaves its reports behind. Kyverno's background scans tell when they were made; of another
//! engine the newest time among its results counts, or else when its newest report was made. Some write no time, or none
//! that can be one, and rewrite their reports in place: of these a person must show that they run. Of an engine that has
//! stopped, what failed is the newest that is known; that something passed is no evidence.

use super::verdict::{Judge, Sentence, evaluation, fault, names, reason};
use crate::{
    error::ReadError,
    listed::Listed,
    objects::reports::{About, Report, ReportResult, Summary},
    owner::Owner,
    reader::{Reader, Serving},
    reading::{Context, Part, Reading},
    request::{
        CLUSTER_OPEN_REPORTS, CLUSTER_POLICY_REPORTS, CLUSTER_POLICY_REPORTS_X, OPEN_REPORTS, POLICY_REPORTS,
        POLICY_REPORTS_X, Resource,
    },
};
use chrono::TimeDelta;
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    finding::{Extent, Subject},
    scan::Read,
    severity::Severity,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// How asking for API groups went.
    pub groups: Read,
    /// Every kind of report that is served; one that is absent where none is.
    pub reports: Vec<(Resource, Listed<Report>)>,
}

/// Kinds of reports, with the versions of their group, the newest first. In `v1alpha1` of the first a server shows
/// reports of a newer version without their results, so it is asked for only where it is all that is served.
const FAMILIES: &[(&[&str], [Resource; 2])] = &[
    (&["v1beta2", "v1beta1", "v1alpha2", "v1alpha1"], [POLICY_REPORTS, CLUSTER_POLICY_REPORTS]),
    (&["v1beta2", "v1beta1"], [POLICY_REPORTS_X, CLUSTER_POLICY_REPORTS_X]),
    (&["v1", "v1beta1", "v1alpha1"], [OPEN_REPORTS, CLUSTER_OPEN_REPORTS]),
];

impl Input {
    /// Reads the reports of every group that is served.
    pub async fn read<R: Reader>(reader: &R) -> Result<Self, ReadError> {
        let groups = reader.groups().await?;
        let mut reports = Vec::new();
        for (versions, resources) in FAMILIES {
            for resource in resources {
                let asked = match groups.serving(resource.group, versions) {
                    Serving::In(version) => resource.at(version),
                    // Where groups may not be read, the usual version is tried.
                    Serving::Hidden => resource.clone(),
                    Serving::Otherwise(versions) => {
                        reports.push((resource.clone(), Listed::of_unknown_version(resource, &versions)));
                        continue;
                    }
                    Serving::Absent => continue,
                };
                let list = reader.list(&asked).await;
                reports.push((asked, list));
            }
        }
        if reports.is_empty() {
            reports.push((POLICY_REPORTS, Listed::failed(&POLICY_REPORTS, &ReadError::Absent)));
        }
        Ok(Self { groups: groups.read.clone(), reports })
    }

    fn all(&self) -> impl Iterator<Item = (&Report, &'static str)> {
        self.reports.iter().flat_map(|(resource, list)| {
            let kind = match (resource.group == OPEN_REPORTS.group, resource.plural.starts_with("cluster")) {
                (true, true) => "ClusterReport",
                (true, false) => "Report",
                (false, true) => "ClusterPolicyReport",
                (false, false) => "PolicyReport",
            };
            list.items.iter().map(move |report| (report, kind))
        })
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        let lists = self.reports.iter().map(|(_, list)| (Part::Own, &list.read));
        [(Part::Beside, &self.groups)].into_iter().chain(lists).collect()
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.now)
    }

    fn never_ran(&self) -> bool {
        self.reports.iter().all(|(_, list)| list.is_empty())
    }
}

const RESULTS: &str = "kyv.results";

const FAILS: Sentence = fault(RESULTS, "fails", &["producer", "policy"]);
const NEVER_RAN: Sentence = reason(RESULTS, "never_ran", &[]);
const DISAGREES: Sentence = reason(RESULTS, "disagrees", &["report"]);
const ENGINE_FAILED: Sentence = reason(RESULTS, "engine_failed", &["policies"]);
const OLD: Sentence = reason(RESULTS, "old", &["producers"]);
const UNDATED: Sentence = reason(RESULTS, "undated", &["producers"]);
const WARNED: Sentence = reason(RESULTS, "warned", &["policies"]);
const ALL_SKIPPED: Sentence = reason(RESULTS, "all_skipped", &[]);
const NO_RESULT: Sentence = reason(RESULTS, "no_result", &[]);

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] =
    &[&[FAILS, NEVER_RAN, DISAGREES, ENGINE_FAILED, OLD, UNDATED, WARNED, ALL_SKIPPED, NO_RESULT]];

/// A background scan is made every hour unless Kyverno is told otherwise.
const LONGEST: TimeDelta = TimeDelta::hours(24);
/// Others mostly scan once a day.
const LONGEST_OF_OTHERS: TimeDelta = TimeDelta::hours(48);
/// No engine is older than Kubernetes: what is before is no time, as the second of the minute that Falcosidekick writes.
const FIRST_POSSIBLE: i64 = 1_400_000_000;
/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// What a result says, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Skip,
    Pass,
    Warn,
    Unclear,
    Error,
    Fail,
}

impl Word {
    fn of(result: &ReportResult) -> Self {
        match result.result.as_deref() {
            Some("skip") => Self::Skip,
            Some("pass") => Self::Pass,
            Some("warn") => Self::Warn,
            Some("error") => Self::Error,
            Some("fail") => Self::Fail,
            _ => Self::Unclear,
        }
    }
}

/// A result that counts, whatever number of reports hold it.
struct Counted {
    word: Word,
    severity: Severity,
    producer: String,
    policy: String,
}

/// Judges what engines report.
pub fn evaluate(input: &Input, now: Instant) -> Evaluation {
    let mut judge = Judge::of(RESULTS);
    for (resource, list) in &input.reports {
        judge = judge.needs(resource, list);
    }
    for (report, kind) in input.all() {
        if !adds_up(report) {
            judge.disagree(&DISAGREES, [("report", about_report(report, kind).to_string())]);
        }
    }
    let producers = producers(input, now);
    let counted = count(input, &producers);
    judge_results(&mut judge, &counted, &producers);
    if input.never_ran() {
        judge.otherwise(Outcome::NotEvaluated, &NEVER_RAN, []);
    } else if counted.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &NO_RESULT, []);
    }
    evaluation([judge])
}

fn judge_results(judge: &mut Judge, counted: &BTreeMap<Subject, Counted>, producers: &Producers<'_>) {
    let of_age = |age| names(producers.iter().filter(|(_, known)| **known == age).map(|(producer, _)| *producer));
    let (old, undated) = (of_age(Age::Old), of_age(Age::Unknown));
    let of = |word| -> BTreeSet<&str> {
        counted.values().filter(|result| result.word == word).map(|result| result.policy.as_str()).collect()
    };
    let judged = counted.values().any(|result| result.word != Word::Skip);
    for (subject, result) in counted {
        match result.word {
            Word::Skip => {}
            Word::Pass | Word::Warn => judge.examine(),
            Word::Unclear | Word::Error => judge.doubt_in(Extent::of_subject(subject)),
            Word::Fail => {
                judge.examine();
                let values = [("producer", result.producer.clone()), ("policy", result.policy.clone())];
                judge.fail_as(result.severity, &FAILS, subject.clone(), values);
            }
        }
    }
    if !old.is_empty() {
        if judged {
            judge.doubt();
        }
        judge.otherwise(Outcome::Stale, &OLD, [("producers", old)]);
    }
    let (errors, warnings) = (of(Word::Error), of(Word::Warn));
    if !errors.is_empty() {
        judge.otherwise(Outcome::Error, &ENGINE_FAILED, [("policies", names(errors))]);
    }
    if !warnings.is_empty() {
        let policies = || [("policies", names(warnings.iter().copied()))];
        judge.remark(&WARNED, policies());
        judge.otherwise(Outcome::NeedsReview, &WARNED, policies());
    }
    if !counted.is_empty() && !judged {
        judge.otherwise(Outcome::NotApplicable, &ALL_SKIPPED, []);
    } else if !undated.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNDATED, [("producers", undated)]);
    }
}

/// How old what an engine says is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    Fresh,
    Old,
    Unknown,
}

type Producers<'a> = BTreeMap<&'a str, Age>;

/// The times that an engine tells; of each, whether the newest is fresh.
#[derive(Default)]
struct Times {
    /// Of background scans.
    scanned: Option<bool>,
    /// Of any results.
    dated: Option<bool>,
    /// Whether a report of it was made lately. It may have been filled anew since.
    made: bool,
}

/// How old what each engine says is.
fn producers(input: &Input, now: Instant) -> Producers<'_> {
    let mut times: BTreeMap<&str, Times> = BTreeMap::new();
    for (report, result) in input.all().flat_map(|(report, _)| results(report).map(move |result| (report, result))) {
        let known = times.entry(producer(report, result)).or_default();
        let process = result.properties.as_ref().and_then(|properties| properties.process.as_deref());
        let at = result.timestamp.as_ref().and_then(|at| at.seconds).filter(|at| *at >= FIRST_POSSIBLE);
        // An admission comes when somebody changes something: that nobody did is no sign of an engine that has stopped.
        if let Some(at) = at.filter(|_| process != Some("admission review")) {
            *known.dated.get_or_insert_default() |= is_fresh(at, LONGEST_OF_OTHERS, now);
        }
        if let Some(at) = at.filter(|_| process == Some("background scan")) {
            *known.scanned.get_or_insert_default() |= is_fresh(at, LONGEST, now);
        }
        let made = report.metadata.creation_timestamp.map(|made| made.timestamp());
        known.made |= made.is_some_and(|made| is_fresh(made, LONGEST_OF_OTHERS, now));
    }
    let age = |times: &Times| match times.scanned.or(times.dated) {
        Some(false) => Age::Old,
        None if !times.made => Age::Unknown,
        Some(true) | None => Age::Fresh,
    };
    times.iter().map(|(producer, times)| (*producer, age(times))).collect()
}

/// Every result once, the worst of those with one subject. Of engines that have stopped only what failed counts.
fn count(input: &Input, producers: &Producers<'_>) -> BTreeMap<Subject, Counted> {
    let counts = |report: &Report, result: &ReportResult| {
        producers.get(producer(report, result)) != Some(&Age::Old) || Word::of(result) == Word::Fail
    };
    let mut counted: BTreeMap<Subject, Counted> = BTreeMap::new();
    for (report, kind) in input.all() {
        for result in results(report).filter(|result| counts(report, result)) {
            for subject in subjects(report, kind, result) {
                let next = Counted {
                    word: Word::of(result),
                    severity: severity(result),
                    producer: producer(report, result).to_owned(),
                    policy: policy(result),
                };
                let rank = |result: &Counted| (result.word, result.severity);
                match counted.get_mut(&subject) {
                    Some(known) if rank(known) >= rank(&next) => {}
                    Some(known) => *known = next,
                    None => drop(counted.insert(subject, next)),
                }
            }
        }
    }
    counted
}

fn results(report: &Report) -> impl Iterator<Item = &ReportResult> {
    report.results.iter().flatten()
}

fn is_fresh(seconds: i64, longest: TimeDelta, now: Instant) -> bool {
    Instant::from_timestamp(seconds, 0)
        .is_some_and(|made| now.signed_duration_since(made) <= longest && made.signed_duration_since(now) <= SKEW)
}

fn producer<'a>(report: &'a Report, result: &'a ReportResult) -> &'a str {
    const LABELS: [&str; 3] = ["app.kubernetes.io/managed-by", "policy.kubernetes.io/engine", "wgpolicyk8s.io/engine"];
    let said = [result.source.as_deref(), report.source.as_deref()];
    let labelled = LABELS.iter().map(|label| report.metadata.label(label));
    said.into_iter().chain(labelled).flatten().find(|name| !name.is_empty()).unwrap_or("-")
}

fn policy(result: &ReportResult) -> String {
    let policy = result.policy.as_deref().filter(|policy| !policy.is_empty()).unwrap_or("-");
    match result.rule.as_deref().filter(|rule| !rule.is_empty()) {
        Some(rule) => format!("{policy}/{rule}"),
        None => policy.to_owned(),
    }
}

/// As the engine says; `medium` where it does not.
fn severity(result: &ReportResult) -> Severity {
    match result.severity.as_deref().unwrap_or_default().to_ascii_lowercase().as_str() {
        "critical" => Severity::Critical,
        "high" => Severity::High,
        "" | "medium" => Severity::Medium,
        "low" => Severity::Low,
        "info" => Severity::Info,
        _ => Severity::Unknown,
    }
}

/// What a result is about, and by which policy of which engine.
fn subjects(report: &Report, kind: &str, result: &ReportResult) -> Vec<Subject> {
    let key = format!("{}: {}", producer(report, result), policy(result));
    let named = result.resources.iter().flatten().filter_map(subject);
    let mut subjects: Vec<Subject> = named.collect();
    if subjects.is_empty() {
        subjects.push(about_report(report, kind));
    }
    subjects.into_iter().map(|subject| Subject { key: Some(key.clone()), ..subject }).collect()
}

/// What a report is about: its scope, or itself where it names none.
fn about_report(report: &Report, kind: &str) -> Subject {
    report.scope.as_ref().and_then(subject).unwrap_or_else(|| Subject {
        kind: kind.to_owned(),
        namespace: report.metadata.namespace.clone(),
        name: report.metadata.name().to_owned(),
        key: None,
    })
}

fn subject(about: &About) -> Option<Subject> {
    let name = about.name.as_deref().filter(|name| !name.is_empty())?;
    let Owner { kind, name } = Owner::of_named(about.kind.as_deref().unwrap_or("-"), name);
    let namespace = about.namespace.clone().filter(|namespace| !namespace.is_empty());
    Some(Subject { kind, namespace, name, key: None })
}

/// Whether the results are those of the summary. Where results were left out, that may be only what is in order.
fn adds_up(report: &Report) -> bool {
    let Some(Summary { pass, fail, warn, error, skip }) = report.summary else { return true };
    let is_limited = report.configuration.as_ref().is_some_and(|how| how.limits.is_some());
    let agrees = |told: Option<i64>, word: Word, may_lack: bool| {
        let listed = i64::try_from(results(report).filter(|result| Word::of(result) == word).count());
        told.zip(listed.ok()).is_none_or(|(told, listed)| told == listed || (may_lack && told > listed))
    };
    agrees(pass, Word::Pass, is_limited)
        && agrees(skip, Word::Skip, is_limited)
        && agrees(fail, Word::Fail, false)
        && agrees(warn, Word::Warn, false)
        && agrees(error, Word::Error, false)
}
