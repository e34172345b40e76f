//! Policy engines, their reports, and pods.

use super::{Damage, WAYS, damaged, is_sound, places};
use crate::{
    policy::Policy,
    tests::{Manifests, corpus, gatekeeper, kyverno, pods, policy_report},
};
use model::{
    evaluation::{Evaluation, Outcome},
    source::Source,
};
use serde_json::Value;

/// Sources that are read by their word, and the groups that they are served in.
fn by_word(all: &Manifests) -> Vec<Evaluation> {
    const GROUPS: &[&str] = &[
        "constraints.gatekeeper.sh/v1beta1",
        "templates.gatekeeper.sh/v1beta1",
        "kyverno.io/v1",
        "policies.kyverno.io/v1",
        "wgpolicyk8s.io/v1alpha2",
        "openreports.io/v1alpha1",
    ];
    let sources = [Source::Pods, Source::Gatekeeper, Source::Kyverno, Source::PolicyReport];
    sources.map(|source| all.cluster(32, GROUPS).evaluate(source, &Policy::default())).to_vec()
}

/// One object alone, damaged: a pass rests on it only where it was understood.
fn check_by_word(object: &Value, place: &str, damage: Damage) {
    let all = Manifests(vec![damaged(object, place, damage)]);
    for evaluation in by_word(&all) {
        is_sound(&evaluation);
        let sure = evaluation.results.iter().filter(|result| result.outcome == Outcome::Pass && result.unread == 0);
        for result in sure {
            assert!(result.examined > 0, "{place} {damage:?}: {result:?}");
        }
    }
}

#[test]
fn damage_to_what_policy_engines_and_pods_say_is_survived() {
    let samples = [
        pods::PODS_OF_ALL_KINDS,
        gatekeeper::CONSTRAINTS_OF_ALL_KINDS,
        kyverno::POLICIES_OF_ALL_KINDS,
        policy_report::REPORTS_OF_ALL_KINDS,
    ];
    for (number, object) in Manifests::read(&samples.join("\n---\n")).0.iter().enumerate() {
        let mut found = Vec::new();
        places(object, "", &mut found);
        for (at, place) in found.iter().filter(|place| !matches!(place.as_str(), "/kind" | "/apiVersion")).enumerate() {
            // Every way at some places of each object, and two ways at every place.
            for damage in [WAYS[(number + at) % WAYS.len()], WAYS[(number + at + 3) % WAYS.len()]] {
                check_by_word(object, place, damage);
            }
        }
    }
}

#[test]
fn what_fails_does_not_pass_once_it_is_damaged() {
    // One pod that breaks a control, one constraint that is violated, one report that fails: whatever is done to the
    // value that tells, it is another fault, a gap or a doubt, but that it is taken away.
    let of = |text: &str, source: Source, groups: &[&str], check: &str, place: &str| {
        let object = Manifests::read(text).0.swap_remove(0);
        for damage in WAYS.iter().filter(|way| !matches!(way, Damage::Missing | Damage::Null)) {
            let all = Manifests(vec![damaged(&object, place, *damage)]);
            let evaluation = all.cluster(32, groups).evaluate(source, &Policy::default());
            let result = evaluation.results.iter().find(|result| result.check.as_str() == check).expect("a result");
            assert!(result.outcome != Outcome::Pass || result.unread > 0, "{place} {damage:?}: {result:?}");
        }
    };
    let pod = "{kind: Pod, metadata: {name: a, namespace: b}, spec: {hostPID: true, hostNetwork: true, containers: [{name: c, securityContext: {privileged: true, procMount: Unmasked, capabilities: {add: [X]}}}]}}";
    for place in ["/spec/containers/0/securityContext/privileged", "/spec/hostPID", "/spec/containers", "/spec"] {
        of(pod, Source::Pods, &[], "pod.no_privileged", place);
    }
    for place in ["/spec/containers/0/securityContext/procMount", "/spec/containers/0/securityContext/capabilities"] {
        of(pod, Source::Pods, &[], "pod.baseline", place);
    }
    let constraint = "{apiVersion: constraints.gatekeeper.sh/v1beta1, kind: A, metadata: {name: a}, status: {auditTimestamp: '2026-06-30T12:00:00Z', totalViolations: 1, violations: [{kind: Pod, name: x}]}}";
    for place in ["/status/totalViolations", "/status/violations", "/status/auditTimestamp", "/status"] {
        of(
            constraint,
            Source::Gatekeeper,
            &["constraints.gatekeeper.sh/v1beta1", "templates.gatekeeper.sh"],
            "gk.violations",
            place,
        );
    }
    let report = "{apiVersion: wgpolicyk8s.io/v1alpha2, kind: PolicyReport, metadata: {name: a}, summary: {fail: 1}, results: [{policy: p, result: fail}]}";
    for place in ["/results/0/result", "/results", "/summary/fail", "/results/0"] {
        of(report, Source::PolicyReport, &["wgpolicyk8s.io/v1alpha2"], "kyv.results", place);
    }
}

#[test]
fn damaged_policies_and_pods_of_the_corpus_are_survived() {
    let Some(corpus) = corpus::corpus() else { return };
    let folders = ["psa", "gatekeeper/library-psp", "gatekeeper/doc-samples", "kyverno", "policyreport-wgpolicyk8s"];
    let engines = folders.map(|folder| corpus::objects(&corpus.join(folder), ".yaml").0).concat();
    for object in engines.iter().filter(|object| object["kind"] != "CustomResourceDefinition") {
        let mut found = Vec::new();
        places(object, "", &mut found);
        // Every ninth place: there are many objects, and they are alike.
        for (number, place) in found.iter().filter(|place| *place != "/kind").enumerate().step_by(9) {
            check_by_word(object, place, WAYS[number % WAYS.len()]);
        }
    }
}
