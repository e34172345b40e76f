//! The CIS benchmark, as kube-bench runs it: `cfg.cis`.
//!
//! kube-bench has no objects of its own. Its results are read from where the policy says: a `ConfigMap`, the log of
//! the pods that ran it, or the reports that Starboard made. Of several results for a node and a benchmark, the
//! newest counts. A test that the benchmark leaves to a person, or that was skipped, is never in order by itself, nor
//! is a node that was examined by some parts of the benchmark only: see `parts`.

mod parts;

use super::{
    installed,
    verdict::{Judge, Sentence, evaluation, fault, reason},
};
use crate::{
    error::problem,
    intake::{
        external::Refusal,
        kube_bench::{Control, Results, Status, read, read_document},
    },
    listed::{Listed, One},
    objects::{
        kube_bench::{CisReport, ResultMap},
        running::{Node, Pod},
    },
    policy::Policy,
    pushed::Pushed,
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{CIS_REPORTS, NODES, PODS, kube_bench_config_map, kube_bench_log},
};
use chrono::{DateTime, TimeDelta, Utc};
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    finding::{Extent, Subject},
    problem::ProblemWord,
    scan::{Coverage, Read},
    source::Source,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What the rule looks at.
#[derive(Clone, Debug)]
pub struct Input {
    /// The reports of Starboard.
    pub reports: Listed<CisReport>,
    /// The nodes that there are.
    pub nodes: Arc<Listed<Node>>,
    /// Pods, where the policy names a namespace in which kube-bench runs.
    pub pods: Option<Arc<Listed<Pod>>>,
    /// How reading each `ConfigMap` and log went, and what permission it needs.
    pub places: Vec<(Read, String)>,
    /// Every result, wherever it was.
    pub runs: Vec<Run>,
}

/// The result of a node.
#[derive(Clone, Debug)]
pub struct Run {
    /// The node.
    pub node: String,
    /// When it was examined, at the latest.
    pub at: Option<Instant>,
    /// What it came to; `None` where it is no result of kube-bench.
    pub results: Option<Results>,
    /// The version of kube-bench, where it is told: by Starboard, or by the pod that ran it.
    pub scanner: Option<String>,
}

const CIS: &str = "cfg.cis";

const SCORED: Sentence = fault(CIS, "scored", &["test", "title"]);
const UNSCORED: Sentence = fault(CIS, "unscored", &["test", "title"]);
const NOT_NAMED: Sentence = reason(CIS, "not_named", &[]);
const NONE: Sentence = reason(CIS, "none", &[]);
const OLD: Sentence = reason(CIS, "old", &["days"]);
const BY_HAND: Sentence = reason(CIS, "by_hand", &["count", "tests"]);
const TOTALS: Sentence = reason(CIS, "totals", &["nodes"]);
const PARTS: Sentence = reason(CIS, "parts", &["nodes"]);

/// Every sentence of this rule.
pub const SENTENCES: &[&[Sentence]] = &[&[SCORED, UNSCORED, NOT_NAMED, NONE, OLD, BY_HAND, TOTALS, PARTS]];

/// How old a result may be.
const LONGEST: TimeDelta = TimeDelta::days(30);
/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);
/// Logs that are read at most.
const MOST_LOGS: usize = 1_000;

impl Input {
    /// Reads results from where the policy says.
    pub async fn read<R: Reader>(reader: &R, policy: &Policy) -> Self {
        let reports: Listed<CisReport> = reader.list(&CIS_REPORTS).await;
        let runs = reports.items.iter().map(of_report).collect();
        let nodes = reader.shared(&NODES).await;
        let mut input = Self { reports, nodes, pods: None, places: Vec::new(), runs };
        for named in &policy.kube_bench_config_maps {
            let object = kube_bench_config_map(named);
            let map = reader.one(&object).await;
            input.take(map, object.permission(), of_map);
        }
        if let Some(namespace) = &policy.kube_bench_log_namespace {
            let pods: Arc<Listed<Pod>> = reader.shared(&PODS).await;
            for (node, pod) in finished(&pods.items, namespace).into_iter().take(MOST_LOGS) {
                let log = kube_bench_log(namespace, pod.metadata.name());
                let text = reader.log(&log).await;
                let run = |text: &String| Run::of(node, pod.metadata.creation_timestamp, read(text));
                input.take(text, log.permission(), |text| vec![Run { scanner: scanner(pod), ..run(text) }]);
            }
            input.pods = Some(pods);
        }
        input.take_pushed(reader).await;
        input
    }

    /// Takes what the nodes sent by themselves, where any of them may.
    async fn take_pushed<R: Reader>(&mut self, reader: &R) {
        let pushed = match reader.pushed(Source::KubeBench).await {
            Ok(pushed) if pushed.expected || pushed.newest_at.is_some() => pushed,
            Ok(_) => return,
            Err(error) => {
                let read = Read {
                    coverage: error.coverage(),
                    error: Some(error.sentence()),
                    problems: vec![error.problem()],
                    ..Pushed::default().read(Source::KubeBench, None)
                };
                self.places.push((read, String::new()));
                return;
            }
        };
        self.places.push((pushed.read(Source::KubeBench, None), String::new()));
        self.runs.extend(pushed.benchmarks.into_iter().map(|sent| Run {
            node: sent.node,
            at: Some(sent.received_at),
            results: Some(sent.results),
            scanner: None,
        }));
    }

    /// Takes what a `ConfigMap` or log holds; one that holds nothing of kube-bench was not understood.
    fn take<T>(&mut self, one: One<T>, permission: String, runs: impl FnOnce(&T) -> Vec<Run>) {
        let mut found = one.read;
        if let Some(object) = &one.object {
            let runs = runs(object);
            let malformed = runs.iter().filter(|run| run.results.is_none()).count();
            if malformed > 0 {
                found.malformed = u32::try_from(malformed).unwrap_or(u32::MAX);
                found.coverage = Coverage::Truncated;
                found.error = Some("it holds something else than results of kube-bench, or only a part".into());
                found.problems = vec![problem(ProblemWord::NotKubeBench, &[])];
            }
            self.runs.extend(runs);
        }
        self.places.push((found, permission));
    }

    fn is_named(&self) -> bool {
        self.pods.is_some() || !self.places.is_empty()
    }
}

impl Run {
    fn of(node: &str, at: Option<Instant>, results: Result<Results, Refusal>) -> Self {
        Self { node: node.to_owned(), at, results: results.ok(), scanner: None }
    }

    fn is_fresh(&self, now: Instant) -> bool {
        self.at.is_some_and(|at| (-SKEW..=LONGEST).contains(&now.signed_duration_since(at)))
    }
}

fn of_report(report: &CisReport) -> Run {
    let node = report.metadata.label("starboard.resource.name").unwrap_or(report.metadata.name());
    let at = report.report.get("updateTimestamp").and_then(|at| at.as_str());
    let at = at.and_then(|at| DateTime::parse_from_rfc3339(at).ok()).map(|at| at.with_timezone(&Utc));
    let scanner = report.report.pointer("/scanner/version").and_then(|version| version.as_str()).map(ToOwned::to_owned);
    Run { scanner, ..Run::of(node, at, read_document(&report.report)) }
}

fn of_map(map: &ResultMap) -> Vec<Run> {
    let data = map.data.iter().flatten();
    data.map(|(key, text)| Run::of(key.strip_suffix(".json").unwrap_or(key), map.written(), read(text))).collect()
}

/// The pods of a namespace in which kube-bench has run to its end, each with its node; the newest first.
fn finished<'a>(pods: &'a [Pod], namespace: &str) -> Vec<(&'a str, &'a Pod)> {
    let of_kube_bench = |pod: &&Pod| {
        let by_label =
            ["app", "app.kubernetes.io/name"].iter().any(|key| pod.metadata.label(key) == Some("kube-bench"));
        let by_image = pod.containers().any(|found| found.image.as_deref().is_some_and(|i| i.contains("kube-bench")));
        let phase = pod.status.as_ref().and_then(|status| status.phase.as_deref());
        pod.metadata.namespace.as_deref() == Some(namespace) && (by_label || by_image) && phase == Some("Succeeded")
    };
    let found = pods.iter().filter(of_kube_bench);
    let mut found: Vec<_> = found.filter_map(|pod| Some((pod.spec.as_ref()?.node_name.as_deref()?, pod))).collect();
    found.sort_by_key(|(_, pod)| (std::cmp::Reverse(pod.metadata.creation_timestamp), pod.metadata.name()));
    found
}

/// The version of kube-bench that a pod ran.
fn scanner(pod: &Pod) -> Option<String> {
    let images = pod.containers().filter_map(|container| container.image.as_deref());
    installed::of_images(images, |repository| installed::last(repository) == "kube-bench")
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        // Where the policy names a place, Starboard need not be installed.
        let reports = if self.is_named() { Part::Optional } else { Part::Own };
        let pods = self.pods.iter().map(|pods| (Part::Beside, &pods.read));
        let places = self.places.iter().map(|(read, _)| (Part::Beside, read));
        [(reports, &self.reports.read), (Part::Beside, &self.nodes.read)]
            .into_iter()
            .chain(pods)
            .chain(places)
            .collect()
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.now)
    }

    fn never_ran(&self) -> bool {
        self.runs.is_empty()
    }

    /// That by which each node was examined last, as far as it is told.
    fn version(&self) -> Option<String> {
        let mut newest: BTreeMap<&str, &Run> = BTreeMap::new();
        for run in &self.runs {
            let known = newest.entry(&run.node).or_insert(run);
            if run.at > known.at {
                *known = run;
            }
        }
        installed::together(newest.values().filter_map(|run| run.scanner.as_deref()))
    }
}

/// Judges the benchmark.
pub fn evaluate(input: &Input, now: Instant) -> Evaluation {
    evaluation([cis(input, now)])
}

/// The newest result of each part of each benchmark on each node: by node, benchmark without its version, and part.
type Newest<'a> = BTreeMap<(&'a str, &'a str, &'a str), (&'a Run, &'a Control)>;

/// `cfg.cis`: every node was examined within 30 days by every part of the benchmark that applies, and no test fails.
fn cis(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(CIS).needs(&NODES, &input.nodes);
    if !input.is_named() || input.reports.read.coverage != Coverage::Absent {
        judge = judge.needs(&CIS_REPORTS, &input.reports);
    }
    if let Some(pods) = &input.pods {
        judge = judge.needs(&PODS, pods);
    }
    for (read, permission) in &input.places {
        judge = judge.needs_read(read, permission);
    }
    if input.runs.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, if input.is_named() { &NONE } else { &NOT_NAMED }, []);
        return judge;
    }
    let nodes: BTreeSet<&str> = input.nodes.items.iter().map(|node| node.metadata.name()).collect();
    let runs: Vec<&Run> = input.runs.iter().filter(|run| nodes.contains(run.node.as_str())).collect();
    let newest = newest(&runs);
    let (fresh, old): (Vec<_>, Vec<_>) = newest.values().partition(|(run, _)| run.is_fresh(now));
    let mut by_hand = BTreeSet::new();
    for (run, control) in &fresh {
        judge_tests(&mut judge, run, control, &mut by_hand);
    }
    for (run, control) in &old {
        // What failed then is still the newest that is known; what passed then is not.
        judge_failures(&mut judge, run, control);
    }
    doubts(&mut judge, &nodes, &runs, &newest);
    if fresh.is_empty() && judge.saw_all() && !judge.fails() {
        judge.otherwise(Outcome::Stale, &OLD, [("days", LONGEST.num_days().to_string())]);
        return judge;
    }
    for (run, _) in &old {
        judge.doubt_in(Extent::of_object("Node", None, &run.node));
    }
    let partly = parts::missing(&input.nodes.items, &newest);
    for node in partly.keys() {
        judge.doubt_in(Extent::of_object("Node", None, node));
    }
    if !partly.is_empty() {
        let nodes: Vec<String> = partly.iter().map(|(node, parts)| format!("{node} ({})", parts.join(", "))).collect();
        let nodes = super::verdict::names(nodes.iter().map(String::as_str));
        judge.otherwise(Outcome::NeedsReview, &PARTS, [("nodes", nodes)]);
    }
    if !by_hand.is_empty() {
        let values = [("count", by_hand.len().to_string()), ("tests", super::verdict::names(by_hand))];
        judge.otherwise(Outcome::NeedsReview, &BY_HAND, values);
    }
    judge
}

/// What keeps the results from being all there is to know.
fn doubts(judge: &mut Judge, nodes: &BTreeSet<&str>, runs: &[&Run], newest: &Newest<'_>) {
    let examined: BTreeSet<&str> = newest.keys().map(|(node, ..)| *node).collect();
    nodes.difference(&examined).for_each(|node| judge.doubt_in(Extent::of_object("Node", None, node)));
    let refused = |run: &&&Run| run.results.as_ref().is_none_or(|results| !results.refused.is_empty());
    runs.iter().filter(refused).for_each(|run| judge.doubt_in(Extent::of_object("Node", None, &run.node)));
    let contradicts = |run: &&&Run| run.results.as_ref().is_some_and(|results| !results.contradictions.is_empty());
    let contradicting: BTreeSet<&str> = runs.iter().filter(contradicts).map(|run| run.node.as_str()).collect();
    if !contradicting.is_empty() {
        judge.disagree(&TOTALS, [("nodes", super::verdict::names(contradicting))]);
    }
}

fn newest<'a>(runs: &[&'a Run]) -> Newest<'a> {
    let mut newest = Newest::new();
    for run in runs {
        for control in run.results.iter().flat_map(|results| &results.controls) {
            let key = (run.node.as_str(), benchmark(&control.version), control.id.as_str());
            let known = newest.entry(key).or_insert((*run, control));
            if run.at > known.0.at {
                *known = (*run, control);
            }
        }
    }
    newest
}

/// The benchmark without its version: `cis` of `cis-1.12`.
fn benchmark(version: &str) -> &str {
    let start = version.find(|c: char| c.is_ascii_digit()).unwrap_or(version.len());
    version[..start].trim_end_matches('-')
}

fn judge_tests<'a>(judge: &mut Judge, run: &Run, control: &'a Control, by_hand: &mut BTreeSet<&'a str>) {
    for test in &control.tests {
        match test.status {
            Status::Pass | Status::Fail => judge.examine(),
            Status::Warn | Status::Info => drop(by_hand.insert(test.number.as_str())),
        }
    }
    judge_failures(judge, run, control);
}

fn judge_failures(judge: &mut Judge, run: &Run, control: &Control) {
    for test in control.tests.iter().filter(|test| test.status == Status::Fail) {
        let key = format!("{} {}", control.version, test.number);
        let subject = Subject { kind: "Node".into(), namespace: None, name: run.node.clone(), key: Some(key) };
        let fault = if test.scored { &SCORED } else { &UNSCORED };
        judge.fail_as(test.severity(), fault, subject, [("test", test.number.clone()), ("title", test.title.clone())]);
    }
}
