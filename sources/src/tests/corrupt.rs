//! Objects that were damaged on the way: no rule panics on them, and none takes them for good news.

use super::{Manifests, corpus, now};
use crate::{policy::Policy, rules};
use model::{
    evaluation::{Evaluation, Outcome},
    source::Source,
};
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
    ]
}

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
        super::pods::PODS_OF_ALL_KINDS,
        super::gatekeeper::CONSTRAINTS_OF_ALL_KINDS,
        super::kyverno::POLICIES_OF_ALL_KINDS,
        super::policy_report::REPORTS_OF_ALL_KINDS,
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
    for evaluation in evaluations(&all) {
        is_sound(&evaluation);
    }
    let unread = [
        all.rbac().cluster_roles.unread + all.rbac().roles.unread + all.rbac().cluster_role_bindings.unread,
        all.cert_manager().certificates.unread,
        all.velero().schedules.unread,
    ];
    for (unread, evaluation) in unread.into_iter().zip([0, 3, 4].map(|at| evaluations(&all).swap_remove(at))) {
        if unread > 0 {
            let passing: Vec<_> =
                evaluation.results.iter().filter(|r| r.outcome == Outcome::Pass && r.unread == 0).collect();
            let unconcerned = ["rbac.no_wildcards", "rbac.no_system_masters", "bak.location", "bak.restore_test"];
            assert!(passing.iter().all(|r| unconcerned.contains(&r.check.as_str())), "{place} {damage:?}: {passing:?}");
        }
    }
}

fn samples() -> Vec<Value> {
    let text =
        [super::rbac::EVERYBODY, super::cert_manager::CERTIFICATES_OF_ALL_KINDS, super::velero::GOOD].join("\n---\n");
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
    ];
    let all = ["rbac", "cert-manager/samples", "velero/doc-samples", "kubernetes-api-roundtrip"]
        .map(|folder| corpus::objects(&corpus.join(folder), "").0)
        .concat();
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
    for object in all.iter().filter(|object| kinds.iter().any(|kind| object["kind"] == *kind)) {
        let mut found = Vec::new();
        places(object, "", &mut found);
        for (number, place) in found.iter().filter(|place| *place != "/kind").enumerate() {
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
