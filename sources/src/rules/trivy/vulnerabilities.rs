//! Images: whether they were scanned, and what was found in them.

use super::{
    Input,
    counts::most,
    image::{self, is_other_image},
    reports::{Found, Sayings, day, earlier, is_fresh, sweep},
    running::{Running, Scanned, subject},
};
use crate::{
    listed::Listed,
    objects::trivy::{Report, VulnerabilityReport},
    request::{EXPOSED_SECRET_REPORTS, PODS, VULNERABILITY_REPORTS},
    rules::verdict::{Judge, Sentence, fault, reason},
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome, finding::Extent};
use std::collections::{BTreeMap, BTreeSet};

const COVERAGE: &str = "vul.coverage";
const FIXABLE: &str = "vul.critical_fixable";
const EOSL: &str = "vul.eosl";
const EXPOSED: &str = "sec.exposed";

const MISSING: Sentence = fault(COVERAGE, "missing", &[]);
const OLD: Sentence = fault(COVERAGE, "old", &[]);
const OTHER_IMAGE: Sentence = fault(COVERAGE, "other_image", &[]);
const NOTHING_RUNS: Sentence = reason(COVERAGE, "nothing_runs", &[]);
const NO_REPORT: Sentence = reason(COVERAGE, "none", &[]);
const SCANNED: Sentence = reason(COVERAGE, "seen", &["oldest"]);
const CAN_BE_FIXED: Sentence = fault(FIXABLE, "fixable", &["fixed", "id", "installed", "package"]);
const LEFT: Sentence = reason(FIXABLE, "left", &["count", "days", "oldest", "unfixable", "workloads"]);
const NO_LONGER_CORRECTED: Sentence = fault(EOSL, "end_of_life", &["os"]);
const SEEN_EOSL: Sentence = reason(EOSL, "seen", &["oldest"]);
const SECRET: Sentence = fault(EXPOSED, "found", &["file", "rule"]);
const SEEN_EXPOSED: Sentence = reason(EXPOSED, "seen", &["oldest"]);

/// What was said before reasons told the age of reports, and is shown of the past.
pub(super) const EARLIER: &[Sentence] = &[
    reason(FIXABLE, "within", &["count", "days"]),
    reason(FIXABLE, "old", &[]),
    reason(EOSL, "old", &[]),
    reason(EXPOSED, "old", &[]),
];

const OF_FIXABLE: Sayings = Sayings {
    none: &reason(FIXABLE, "none", &[]),
    stale: &reason(FIXABLE, "stale", &["oldest"]),
    summary: &reason(FIXABLE, "summary", &["reports"]),
};
const OF_EOSL: Sayings = Sayings {
    none: &reason(EOSL, "none", &[]),
    stale: &reason(EOSL, "stale", &["oldest"]),
    summary: &reason(EOSL, "summary", &["reports"]),
};
const OF_EXPOSED: Sayings = Sayings {
    none: &reason(EXPOSED, "none", &[]),
    stale: &reason(EXPOSED, "stale", &["oldest"]),
    summary: &reason(EXPOSED, "summary", &["reports"]),
};

pub(super) const SENTENCES: &[Sentence] = &[
    MISSING,
    OLD,
    OTHER_IMAGE,
    NOTHING_RUNS,
    NO_REPORT,
    SCANNED,
    CAN_BE_FIXED,
    LEFT,
    NO_LONGER_CORRECTED,
    SEEN_EOSL,
    SECRET,
    SEEN_EXPOSED,
    *OF_FIXABLE.none,
    *OF_FIXABLE.stale,
    *OF_FIXABLE.summary,
    *OF_EOSL.none,
    *OF_EOSL.stale,
    *OF_EOSL.summary,
    *OF_EXPOSED.none,
    *OF_EXPOSED.stale,
    *OF_EXPOSED.summary,
];

/// How long something may run before its report must be there.
const PATIENCE: TimeDelta = TimeDelta::hours(1);

/// Reports by what they are about: a scanned object, and a container of it.
type ByContainer<'a, T> = BTreeMap<(Scanned<'a>, &'a str), &'a Report<T>>;

fn by_container<T>(reports: &[Report<T>]) -> ByContainer<'_, T> {
    let mut found = BTreeMap::new();
    for report in reports {
        let metadata = &report.metadata;
        if let (Some((kind, name)), Some(container)) = (metadata.about(), metadata.container()) {
            found.insert(((kind, metadata.namespace.as_deref().unwrap_or_default(), name), container), report);
        }
    }
    found
}

/// `vul.coverage`: every container that runs has a report, which is fresh and about the image that runs.
pub(super) fn coverage(input: &Input, running: &Running<'_>, now: Instant) -> Judge {
    let mut judge = Judge::of(COVERAGE).needs(&VULNERABILITY_REPORTS, &input.vulnerabilities).needs(&PODS, &input.pods);
    if !judge.can_judge() {
        return judge;
    }
    let reports = by_container(&input.vulnerabilities.items);
    let fresh = |report: &&VulnerabilityReport| is_fresh(&report.metadata, report.report.update_timestamp, now);
    let digests: BTreeSet<&str> = input.vulnerabilities.items.iter().filter(fresh).filter_map(digest).collect();
    if input.vulnerabilities.is_empty() {
        judge.otherwise(Outcome::NotEvaluated, &NO_REPORT, []);
        return judge;
    }
    let mut oldest = None;
    for (scanned, workload, name, container) in running.containers() {
        let report = reports.get(&(scanned, name));
        oldest = earlier(oldest, report.and_then(|report| report.report.update_timestamp));
        let known = !container.digests.is_empty() && container.digests.iter().all(|running| digests.contains(running));
        let fault = match report {
            _ if known => None,
            // One that could not be read may be its report.
            None if input.vulnerabilities.unread > 0 => {
                judge.doubt();
                continue;
            }
            None => Some(&MISSING),
            Some(report) if !fresh(report) => Some(&OLD),
            Some(report) if is_other_image(&report.report, scanned.0, container) => Some(&OTHER_IMAGE),
            Some(_) => None,
        };
        let is_new = container.since.is_some_and(|since| now.signed_duration_since(since) <= PATIENCE);
        match fault {
            Some(_) if is_new => {
                judge.doubt_in(Extent::of_subject(&subject(workload.owner, Some(scanned.1), name.into())));
                continue;
            }
            Some(fault) => judge.fail(fault, subject(workload.owner, Some(scanned.1), name.into()), []),
            None => {}
        }
        judge.examine();
    }
    if running.containers().next().is_none() {
        judge.otherwise(Outcome::NotApplicable, &NOTHING_RUNS, []);
    }
    judge.remark(&SCANNED, [("oldest", day(oldest))]);
    judge
}

fn digest(report: &VulnerabilityReport) -> Option<&str> {
    image::digest(report.report.artifact.as_ref()?)
}

/// The workload of each container that runs and of which a report is expected and not there.
fn missing<T>(reports: &Listed<Report<T>>, running: &Running<'_>) -> Vec<Extent> {
    let reports = by_container(&reports.items);
    let missing = running.containers().filter(|(scanned, _, name, _)| !reports.contains_key(&(*scanned, *name)));
    missing
        .map(|(scanned, workload, ..)| Extent::of_object(workload.owner.0, Some(scanned.1), workload.owner.1))
        .collect()
}

/// `vul.critical_fixable`: no image has a critical or high vulnerability for which there is a correction for longer than
/// the organisation allows. Counted from the day when it was published: neither when it came into the cluster nor when
/// it was corrected is in a report, and whoever takes in an old one late has had no less time. One whose day is not told
/// is never within the time. How many there are for which there is no correction is told, and fails nothing.
pub(super) fn fixable(input: &Input, running: &Running<'_>, days: u32, now: Instant) -> Judge {
    let mut judge = Judge::of(FIXABLE).needs(&VULNERABILITY_REPORTS, &input.vulnerabilities).needs(&PODS, &input.pods);
    let missing = missing(&input.vulnerabilities, running);
    let reports = &input.vulnerabilities.items;
    let since = now.date_naive() - TimeDelta::days(days.into());
    let (mut within, mut unfixable) = (0_u32, BTreeMap::<String, u32>::new());
    let swept = sweep(&mut judge, reports, (running, now), (missing, &OF_FIXABLE), |judge, found| {
        let left = found.report.report.unfixable();
        if left > 0 {
            let count = unfixable.entry(named(found)).or_default();
            *count = count.saturating_add(left);
        }
        let container = found.report.metadata.container().unwrap_or("-");
        for entry in &found.report.report.vulnerabilities.kept {
            if entry.published.is_some_and(|day| day >= since) {
                within = within.saturating_add(1);
                continue;
            }
            let path = entry.path.as_deref().filter(|path| !path.is_empty());
            let place = path.map(|path| format!(" {path}")).unwrap_or_default();
            let key = format!("{container} {} {}{place}", entry.id, entry.package);
            let values = [
                ("fixed", String::from(&*entry.fixed)),
                ("id", String::from(&*entry.id)),
                ("installed", String::from(&*entry.installed)),
                ("package", String::from(&*entry.package)),
            ];
            judge.fail_as(entry.severity, &CAN_BE_FIXED, subject(found.owner, found.namespace(), key), values);
        }
    });
    let values = [
        ("count", within.to_string()),
        ("days", days.to_string()),
        ("oldest", day(swept.oldest)),
        ("unfixable", unfixable.values().fold(0_u32, |sum, count| sum.saturating_add(*count)).to_string()),
        ("workloads", most(&unfixable)),
    ];
    judge.remark(&LEFT, values);
    judge
}

/// A workload as people write it: `Deployment shop/web`.
fn named<T>(found: &Found<'_, T>) -> String {
    let (kind, name) = found.owner;
    format!("{kind} {}/{name}", found.namespace().unwrap_or_default())
}

/// `vul.eosl`: no image is made of a distribution that is no longer corrected.
pub(super) fn end_of_life(input: &Input, running: &Running<'_>, now: Instant) -> Judge {
    let mut judge = Judge::of(EOSL).needs(&VULNERABILITY_REPORTS, &input.vulnerabilities).needs(&PODS, &input.pods);
    let missing = missing(&input.vulnerabilities, running);
    let reports = &input.vulnerabilities.items;
    let swept = sweep(&mut judge, reports, (running, now), (missing, &OF_EOSL), |judge, found| {
        // An image of no distribution has an empty entry; without any, it was not looked at.
        let Some(os) = &found.report.report.os else {
            return judge.doubt_in(Extent::of_object(found.owner.0, found.namespace(), found.owner.1));
        };
        if os.eosl == Some(true) {
            let container = found.report.metadata.container().unwrap_or("-");
            let parts = [os.family.as_deref(), os.name.as_deref()].map(Option::unwrap_or_default);
            let os = parts.join(" ").trim().to_owned();
            let subject = subject(found.owner, found.namespace(), container.into());
            judge.fail(&NO_LONGER_CORRECTED, subject, [("os", os)]);
        }
    });
    judge.remark(&SEEN_EOSL, [("oldest", day(swept.oldest))]);
    judge
}

/// `sec.exposed`: no secret was found in an image. What was found is neither read nor shown.
pub(super) fn secrets(input: &Input, running: &Running<'_>, now: Instant) -> Judge {
    let mut judge = Judge::of(EXPOSED).needs(&EXPOSED_SECRET_REPORTS, &input.secrets).needs(&PODS, &input.pods);
    let missing = missing(&input.secrets, running);
    let swept = sweep(&mut judge, &input.secrets.items, (running, now), (missing, &OF_EXPOSED), |judge, found| {
        let container = found.report.metadata.container().unwrap_or("-");
        for entry in &found.report.report.secrets.kept {
            let subject =
                subject(found.owner, found.namespace(), format!("{container} {} {}", entry.rule, entry.target));
            let values = [("file", String::from(&*entry.target)), ("rule", String::from(&*entry.rule))];
            judge.fail_as(entry.severity, &SECRET, subject, values);
        }
    });
    judge.remark(&SEEN_EXPOSED, [("oldest", day(swept.oldest))]);
    judge
}
