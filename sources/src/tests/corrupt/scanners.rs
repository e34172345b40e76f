//! Reports of scanners.

use super::{WAYS, damaged, is_sound, places};
use crate::{
    policy::Policy,
    rules,
    tests::{Manifests, corpus, now},
};
use model::evaluation::{CheckResult, Outcome};
use serde_json::Value;

/// A finding that damage loses leaves a gap: it is never good news.
#[test]
fn a_damaged_report_of_a_scanner_passes_nothing() {
    let whole = Manifests::read(crate::tests::trivy::FOUND);
    let judged = rules::trivy::evaluate(&whole.trivy(), &Policy::default(), now());
    let before = |check: &str| judged.results.iter().find(|result| result.check.as_str() == check).expect("a result");
    for (number, object) in whole.0.iter().enumerate().filter(|(_, object)| object["kind"] != "Pod") {
        let mut found = Vec::new();
        places(&object["report"], "/report", &mut found);
        // A time, an image or a figure of another report changes nothing in what was found.
        for place in found.iter().filter(|place| !place.starts_with("/report/artifact")) {
            for damage in WAYS {
                let mut all = whole.clone();
                all.0[number] = damaged(object, place, *damage);
                let evaluation = rules::trivy::evaluate(&all.trivy(), &Policy::default(), now());
                is_sound(&evaluation);
                let check = match object["kind"].as_str() {
                    Some("VulnerabilityReport") => "vul.critical_fixable",
                    Some("ExposedSecretReport") => "sec.exposed",
                    Some("ConfigAuditReport") => "cfg.audit",
                    _ => "cfg.infra",
                };
                let result = evaluation.results.iter().find(|result| result.check.as_str() == check).expect("a result");
                let lost = result.failed < before(check).failed;
                assert!(!lost || result.unread > 0, "{check} {place} {damage:?}: {result:?}");
            }
        }
    }
}

/// What is told beside says the same whatever is damaged, or that something was not counted, or it is no pass.
#[test]
fn damage_to_what_is_beside_is_told_or_leaves_no_pass() {
    use crate::tests::trivy::{IN_ORDER, PODS};
    let whole = Manifests::read(&[PODS, IN_ORDER, crate::tests::trivy_beside::BESIDE].join("\n---\n"));
    let judged = |all: &Manifests| {
        let evaluation = rules::trivy::evaluate(&all.trivy(), &Policy::default(), now());
        is_sound(&evaluation);
        evaluation.results.into_iter().find(|result| result.check.as_str() == "cfg.audit").expect("a result")
    };
    let before = judged(&whole);
    assert_eq!((before.outcome, before.unread), (Outcome::Pass, 0));
    let kinds = ["ClusterComplianceReport", "RbacAssessmentReport", "ClusterRbacAssessmentReport"];
    let beside = |object: &Value| kinds.iter().any(|kind| object["kind"] == *kind);
    let mut tried = 0;
    for (number, object) in whole.0.iter().enumerate().filter(|(_, object)| beside(object)) {
        let mut found = Vec::new();
        let part = if object["status"].is_object() { "status" } else { "report" };
        places(object, "", &mut found);
        for place in found.iter().filter(|place| place.starts_with(&format!("/{part}"))) {
            for damage in WAYS {
                let mut all = whole.clone();
                all.0[number] = damaged(object, place, *damage);
                let after = judged(&all);
                let is_clean = after.outcome == Outcome::Pass && after.unread == 0;
                let is_told = after.detail.get("unusable") != before.detail.get("unusable");
                assert!(!is_clean || is_told || says_the_same(&after, &before), "{place} {damage:?}: {after:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

/// Whether a sentence says the same, but for the name of a rule, which nothing else tells.
fn says_the_same(after: &CheckResult, before: &CheckResult) -> bool {
    let mut after = after.detail.clone();
    if let Some(rules) = before.detail.get("rules") {
        after.insert("rules".into(), rules.clone());
    }
    after == before.detail
}

/// A result of kube-bench that fails, damaged anywhere.
#[test]
fn a_damaged_result_of_kube_bench_passes_nothing() {
    use crate::intake::kube_bench::{Status, read};
    let test = |number: &str, status: &str| serde_json::json!({ "test_number": number, "test_desc": "Ask", "status": status, "scored": true });
    let whole = crate::tests::kube_bench::result(&[test("4.1.1", "FAIL"), test("4.1.2", "PASS")]);
    let mut found = Vec::new();
    places(&whole, "", &mut found);
    for (place, damage) in found.iter().flat_map(|place| WAYS.iter().map(move |damage| (place, *damage))) {
        let Ok(results) = read(&damaged(&whole, place, damage).to_string()) else { continue };
        let tests = || results.controls.iter().flat_map(|control| &control.tests);
        let fails = tests().any(|test| test.status == Status::Fail);
        let is_whole = results.refused.is_empty() && results.contradictions.is_empty();
        assert!(fails || !is_whole, "{place} {damage:?}: {results:?}");
    }
}

/// Places of one object of the corpus that are damaged at most.
const MOST_PLACES: usize = 100;

#[test]
fn damaged_reports_of_the_corpus_are_survived() {
    let Some(corpus) = corpus::corpus() else { return };
    let kinds = [
        "VulnerabilityReport",
        "ExposedSecretReport",
        "ConfigAuditReport",
        "InfraAssessmentReport",
        "RbacAssessmentReport",
        "ClusterComplianceReport",
        "CISKubeBenchReport",
    ];
    let folders = [
        "trivy-operator/doc-samples",
        "trivy-operator/real-exports",
        "trivy-operator/upstream-fixtures",
        "kube-bench/starboard-legacy",
    ];
    let all = folders.map(|folder| corpus::objects(&corpus.join(folder), "").0).concat();
    for object in all.iter().filter(|object| kinds.iter().any(|kind| object["kind"] == *kind)) {
        let mut found = Vec::new();
        places(object, "", &mut found);
        // A report has thousands of places, most of them alike.
        let step = found.len().div_ceil(MOST_PLACES);
        for (number, place) in found.iter().filter(|place| *place != "/kind").step_by(step).enumerate() {
            let all = Manifests(vec![damaged(object, place, WAYS[number % WAYS.len()])]);
            is_sound(&rules::trivy::evaluate(&all.trivy(), &Policy::default(), now()));
            is_sound(&rules::kube_bench::evaluate(&all.kube_bench(&Policy::default()), now()));
        }
    }
}
