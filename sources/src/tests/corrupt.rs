//! Objects that were damaged on the way: no rule panics on them, and none takes them for good news.

use super::{Manifests, corpus, now};
use crate::{policy::Policy, rules};
use model::evaluation::{Evaluation, Outcome};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Ways to damage a value at a place in an object.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Missing,
    Null,
    Number,
    Text,
    List,
    Object,
    Huge,
    Deep,
}

const WAYS: &[Damage] = &[
    Damage::Missing,
    Damage::Null,
    Damage::Number,
    Damage::Text,
    Damage::List,
    Damage::Object,
    Damage::Huge,
    Damage::Deep,
];

/// Every place in a value, as a path of keys.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    let mut go = |key: &str, inner: &Value| {
        let path = format!("{here}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(path.clone());
        places(inner, &path, found);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| go(key, inner)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, inner)| go(&at.to_string(), inner)),
        _ => {}
    }
}

fn damaged(object: &Value, place: &str, damage: Damage) -> Value {
    let mut object = object.clone();
    if let Damage::Missing = damage {
        let (parent, key) = place.rsplit_once('/').expect("a path");
        let key = key.replace("~1", "/").replace("~0", "~");
        match object.pointer_mut(parent) {
            Some(Value::Object(map)) => drop(map.remove(&key)),
            Some(Value::Array(items)) => drop(items.remove(key.parse().expect("a number"))),
            _ => {}
        }
        return object;
    }
    let Some(value) = object.pointer_mut(place) else { return object };
    *value = match damage {
        Damage::Missing | Damage::Null => Value::Null,
        Damage::Number => json!(-9_007_199_254_740_993_i64),
        Damage::Text => json!("\u{0}\u{202e}not what was expected <script>"),
        Damage::List => json!([[], {}, null, 7]),
        Damage::Object => json!({ "a": { "b": [1] } }),
        Damage::Huge => json!("x".repeat(100_000)),
        Damage::Deep => (0..100).fold(json!({}), |inner, _| json!({ "a": [inner] })),
    };
    object
}

fn evaluations(all: &Manifests) -> Vec<Evaluation> {
    let policy = Policy::default();
    vec![
        rules::rbac::evaluate(&all.rbac(), &policy),
        rules::pod_security::evaluate(&all.pod_security(32, &[]), &policy),
        rules::pod_security::evaluate(&all.pod_security(24, &[]), &policy),
        rules::cert_manager::evaluate(&all.cert_manager(), now()),
        rules::velero::evaluate(&all.velero(), &policy, now()),
        rules::trivy::evaluate(&all.trivy(), &policy, now()),
        rules::kube_bench::evaluate(&all.kube_bench(&policy), now()),
    ]
}

/// What holds of every evaluation, whatever it rests on.
fn is_sound(evaluation: &Evaluation) {
    for result in &evaluation.results {
        let failed = evaluation.observations.iter().filter(|seen| seen.check == result.check).count();
        assert_eq!(usize::try_from(result.failed).ok(), Some(failed), "{result:?}");
        assert_eq!(result.outcome == Outcome::Fail, failed > 0, "{result:?}");
        assert!(result.detail.values().all(|value| value.chars().count() <= 300), "{result:?}");
    }
    for seen in &evaluation.observations {
        assert!(seen.detail.values().all(|value| value.chars().count() <= 300 && !value.contains('\u{0}')), "{seen:?}");
    }
}

/// One object alone, damaged: where it is no longer understood, its list is not wholly read, and nothing is in order for sure.
fn check_object(object: &Value, place: &str, damage: Damage) {
    let all = Manifests(vec![damaged(object, place, damage)]);
    let judged = evaluations(&all);
    judged.iter().for_each(is_sound);
    let unread = [
        all.rbac().cluster_roles.unread + all.rbac().roles.unread + all.rbac().cluster_role_bindings.unread,
        all.cert_manager().certificates.unread,
        all.velero().schedules.unread,
    ];
    for (unread, evaluation) in unread.into_iter().zip([0, 3, 4].map(|at| &judged[at])) {
        if unread > 0 {
            let passing: Vec<_> =
                evaluation.results.iter().filter(|r| r.outcome == Outcome::Pass && r.unread == 0).collect();
            let unconcerned = ["rbac.no_wildcards", "rbac.no_system_masters", "bak.location", "bak.restore_test"];
            assert!(passing.iter().all(|r| unconcerned.contains(&r.check.as_str())), "{place} {damage:?}: {passing:?}");
        }
    }
}

fn samples() -> Vec<Value> {
    let text = [
        super::rbac::EVERYBODY,
        super::cert_manager::CERTIFICATES_OF_ALL_KINDS,
        super::velero::GOOD,
        super::trivy::IN_ORDER,
    ]
    .join("\n---\n");
    Manifests::read(&text).with(Manifests::read(super::pod_security::NAMESPACES_OF_ALL_KINDS)).0
}

#[test]
fn damage_at_every_place_of_every_sample_is_survived() {
    for object in samples() {
        let mut found = Vec::new();
        places(&object, "", &mut found);
        for place in found.iter().filter(|place| *place != "/kind") {
            for damage in WAYS {
                check_object(&object, place, *damage);
            }
        }
    }
}

/// A finding that damage loses leaves a gap: it is never good news.
#[test]
fn a_damaged_report_of_a_scanner_passes_nothing() {
    let whole = Manifests::read(super::trivy::FOUND);
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

/// A result of kube-bench that fails, damaged anywhere.
#[test]
fn a_damaged_result_of_kube_bench_passes_nothing() {
    use crate::intake::kube_bench::{Status, read};
    let test = |number: &str, status: &str| serde_json::json!({ "test_number": number, "test_desc": "Ask", "status": status, "scored": true });
    let whole = super::kube_bench::result(&[test("4.1.1", "FAIL"), test("4.1.2", "PASS")]);
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
fn damaged_corpus_objects_are_survived() {
    let Some(corpus) = corpus::corpus() else { return };
    let kinds = [
        "ClusterRole",
        "ClusterRoleBinding",
        "Certificate",
        "ClusterIssuer",
        "Schedule",
        "Backup",
        "BackupStorageLocation",
        "VulnerabilityReport",
        "ExposedSecretReport",
        "ConfigAuditReport",
        "InfraAssessmentReport",
        "CISKubeBenchReport",
    ];
    let all = [
        "rbac",
        "cert-manager/samples",
        "velero/doc-samples",
        "kubernetes-api-roundtrip",
        "trivy-operator/doc-samples",
        "trivy-operator/real-exports",
        "trivy-operator/upstream-fixtures",
        "kube-bench/starboard-legacy",
    ]
    .map(|folder| corpus::objects(&corpus.join(folder), "").0)
    .concat();
    for object in all.iter().filter(|object| kinds.iter().any(|kind| object["kind"] == *kind)) {
        let mut found = Vec::new();
        places(object, "", &mut found);
        // A report of a scanner has thousands of places, most of them alike.
        let step = found.len().div_ceil(MOST_PLACES);
        for (number, place) in found.iter().filter(|place| *place != "/kind").step_by(step).enumerate() {
            check_object(object, place, WAYS[number % WAYS.len()]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// A page that is cut anywhere, or has a byte changed, is a whole list, a list with gaps, or an error: never a panic.
    #[test]
    fn a_damaged_page_is_survived(cut in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), to in any::<u8>()) {
        use crate::{listed::Listed, objects::cert_manager::Certificate, request::CERTIFICATES};
        let items: Vec<Value> = samples().into_iter().filter(|object| object["kind"] == "Certificate").collect();
        let whole = json!({ "kind": "CertificateList", "metadata": {}, "items": items }).to_string().into_bytes();
        let short = &whole[..cut.index(whole.len())];
        let listed: Listed<Certificate> = Listed::of_page(&CERTIFICATES, short);
        prop_assert!(!listed.was_read());
        let mut changed = whole.clone();
        let at = byte.index(changed.len());
        changed[at] = to;
        let listed: Listed<Certificate> = Listed::of_page(&CERTIFICATES, &changed);
        prop_assert!(!listed.was_read() || listed.items.len() + listed.unread as usize == items.len());
    }
}
