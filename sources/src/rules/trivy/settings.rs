//! Settings of workloads, of the control plane and of nodes.

use super::{
    Input,
    beside::Beside,
    reports::{Found, Sayings, day, sweep},
    running::{Running, Scanned, subject},
};
use crate::{
    objects::trivy::{Audit, AuditReport},
    request::{CLUSTER_INFRA_REPORTS, CONFIG_AUDIT_REPORTS, INFRA_REPORTS, PODS},
    rules::verdict::{Judge, Sentence, fault, names, reason},
};
use model::{Instant, evaluation::Outcome, finding::Extent};
use std::collections::BTreeSet;

const AUDIT: &str = "cfg.audit";
const INFRA: &str = "cfg.infra";

const AUDIT_FAILED: Sentence = fault(AUDIT, "failed", &["rule", "title"]);
const INFRA_FAILED: Sentence = fault(INFRA, "failed", &["rule", "title"]);
const SEEN_AUDIT: Sentence = reason(AUDIT, "seen", &["oldest"]);
const BESIDE: Sentence = reason(AUDIT, "beside", &["compliance", "oldest", "risky", "roles", "rules", "unusable"]);
const SEEN_INFRA: Sentence = reason(INFRA, "seen", &["oldest"]);
const NOT_SEEN: Sentence = reason(INFRA, "not_seen", &["parts"]);
/// What was said before reasons told the age of reports, and is shown of the past.
pub(super) const EARLIER: &[Sentence] = &[reason(AUDIT, "old", &[]), reason(INFRA, "old", &[])];

const OF_AUDIT: Sayings = Sayings {
    none: &reason(AUDIT, "none", &[]),
    stale: &reason(AUDIT, "stale", &["oldest"]),
    summary: &reason(AUDIT, "summary", &["reports"]),
};
const OF_INFRA: Sayings = Sayings {
    none: &reason(INFRA, "none", &[]),
    stale: &reason(INFRA, "stale", &["oldest"]),
    summary: &reason(INFRA, "summary", &["reports"]),
};

pub(super) const SENTENCES: &[Sentence] = &[
    AUDIT_FAILED,
    INFRA_FAILED,
    SEEN_AUDIT,
    BESIDE,
    SEEN_INFRA,
    NOT_SEEN,
    *OF_AUDIT.none,
    *OF_AUDIT.stale,
    *OF_AUDIT.summary,
    *OF_INFRA.none,
    *OF_INFRA.stale,
    *OF_INFRA.summary,
];

/// What a control plane is made of, by the names of its pods. Where it keeps its data may be elsewhere.
const CONTROL_PLANE: &[&str] = &["kube-apiserver", "kube-controller-manager", "kube-scheduler"];

/// `cfg.audit`: nothing is set up in a way that Trivy holds for a critical or high risk. What Trivy says beside that is told
/// with it.
pub(super) fn audit(input: &Input, running: &Running<'_>, now: Instant) -> Judge {
    let mut judge = Judge::of(AUDIT).needs(&CONFIG_AUDIT_REPORTS, &input.audits).needs(&PODS, &input.pods);
    let reported: BTreeSet<Scanned<'_>> = input.audits.items.iter().filter_map(about).collect();
    let missing = running.expected().filter(|scanned| !reported.contains(scanned));
    let missing = missing.map(|(kind, namespace, name)| running.owner(Some((kind, name)), Some(namespace))).collect();
    let swept = sweep(&mut judge, &input.audits.items, (running, now), (missing, &OF_AUDIT), |judge, found| {
        failures(judge, &AUDIT_FAILED, found);
    });
    let beside = Beside::of(input, now);
    if !beside.contradicting.is_empty() {
        let reports = names(beside.contradicting.iter().map(|(name, _)| name.as_str()));
        let about: Vec<Extent> = beside.contradicting.iter().map(|(_, extent)| extent.clone()).collect();
        judge.disagree_in(OF_AUDIT.summary, [("reports", reports)], about);
    }
    if swept.is_fresh {
        beside.doubtful.iter().for_each(|extent| judge.doubt_in(extent.clone()));
    }
    if beside.is_empty() {
        judge.remark(&SEEN_AUDIT, [("oldest", day(swept.oldest))]);
    } else {
        judge.remark(&BESIDE, beside.values(day(swept.oldest)));
    }
    judge
}

/// `cfg.infra`: the control plane and the nodes are set up as the benchmark asks, as far as critical and high go.
pub(super) fn infra(input: &Input, running: &Running<'_>, now: Instant) -> Judge {
    let mut judge = Judge::of(INFRA)
        .needs(&INFRA_REPORTS, &input.infra)
        .needs(&CLUSTER_INFRA_REPORTS, &input.cluster_infra)
        .needs(&PODS, &input.pods);
    let reports = || input.infra.items.iter().chain(&input.cluster_infra.items);
    let reported: BTreeSet<Scanned<'_>> = reports().filter_map(about).collect();
    let of = |stem: &str, (kind, namespace, name): Scanned<'_>| {
        kind == "Pod" && namespace == "kube-system" && name.starts_with(stem)
    };
    let of_control_plane = |scanned: &Scanned<'_>| CONTROL_PLANE.iter().any(|stem| of(stem, *scanned));
    let missing = running.expected().filter(of_control_plane).filter(|scanned| !reported.contains(scanned));
    let missing = missing.map(|(kind, namespace, name)| running.owner(Some((kind, name)), Some(namespace))).collect();
    let swept = sweep(&mut judge, reports(), (running, now), (missing, &OF_INFRA), |judge, found| {
        failures(judge, &INFRA_FAILED, found);
    });
    let seen = |stem: &str| running.expected().any(|scanned| of(stem, scanned) && reported.contains(&scanned));
    let mut unseen: Vec<&str> = CONTROL_PLANE.iter().copied().filter(|stem| !seen(stem)).collect();
    if !reported.iter().any(|(kind, ..)| *kind == "Node") {
        unseen.push("Node");
    }
    if !unseen.is_empty() {
        // As where a provider runs the control plane: what cannot be seen is not in order.
        judge.otherwise(Outcome::NotVisible, &NOT_SEEN, [("parts", unseen.join(", "))]);
    }
    judge.remark(&SEEN_INFRA, [("oldest", day(swept.oldest))]);
    judge
}

fn about(report: &AuditReport) -> Option<Scanned<'_>> {
    let (kind, name) = report.metadata.about()?;
    Some((kind, report.metadata.namespace.as_deref().unwrap_or_default(), name))
}

fn failures(judge: &mut Judge, fault: &Sentence, found: &Found<'_, Audit>) {
    for entry in &found.report.report.checks.kept {
        let rule = entry.rule();
        let subject = subject(found.owner, found.namespace(), rule.into());
        let values = [("rule", rule.into()), ("title", String::from(&*entry.title))];
        judge.fail_as(entry.severity, fault, subject, values);
    }
}
