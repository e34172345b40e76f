//! Checks that an operator writes: their files, their samples, and what they say of objects that anybody made.

use super::{Manifests, expect, said};
use crate::{
    custom::{Budget, Mistake, Rule, Verdict, Why, parse},
    error::ReadError,
    policy::Policy,
    reading::{Context, Reading},
    rules::custom::{Input, until_tried},
};
use futures::executor::block_on;
use model::{
    custom::Custom,
    evaluation::{Evaluation, Outcome},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const EXAMPLE: &str = include_str!("../../../deploy/checks/example.toml");

/// The example with other expressions; its samples are those of `replicas`.
fn custom(select: Option<&str>, passes: &str, key: Option<&str>) -> Custom {
    let example = parse(EXAMPLE).expect("the example is good").remove(0);
    let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
    Custom { select: owned(select), passes: passes.into(), subject_key: owned(key), ..example }
}

fn judge(passes: &str, object: &Value) -> Result<Verdict, Why> {
    Rule::of(&custom(None, passes, None)).expect(passes).judge(&object.to_string(), &Budget::default())
}

fn evaluation(custom: Custom, manifests: &str) -> Evaluation {
    let manifests = Manifests::read(manifests);
    let cluster = manifests.cluster(32, &[]);
    // As in earnest, where checks live as long as the process.
    let customs = Vec::leak(vec![custom]);
    let input = block_on(Input::read_for(&cluster, customs));
    input.evaluate(&Context { policy: &Policy::default(), now: super::now(), hello: &cluster.hello })
}

const DEPLOYMENTS: &str = "
kind: Deployment
metadata: { name: a, namespace: shop, labels: { tier: customer } }
spec: { replicas: 1 }
---
kind: Deployment
metadata: { name: b, namespace: shop, labels: { tier: customer } }
spec: { replicas: 3 }
---
kind: Deployment
metadata: { name: c, namespace: shop }
spec: {}
";

#[test]
fn the_example_judges_what_it_selects() {
    let example = parse(EXAMPLE).expect("the example is good").remove(0);
    expect(&said(&evaluation(example, DEPLOYMENTS)), "custom.two_replicas fail 1/2\n  medium Deployment shop/a: fails");
}

#[test]
fn an_error_is_never_a_pass_and_closes_nothing() {
    let evaluation = evaluation(custom(None, "object.spec.replicas > 0", None), DEPLOYMENTS);
    expect(
        &said(&evaluation),
        "custom.two_replicas error 0/2 unread 1 missing [count=1; field=replicas; subject=Deployment shop/c]",
    );
    assert!(!evaluation.results[0].is_conclusive());
}

#[test]
fn a_check_that_speaks_of_nothing_is_no_pass() {
    let typo = || custom(Some("has(object.spec.replica)"), "true", None);
    expect(&said(&evaluation(typo(), DEPLOYMENTS)), "custom.two_replicas not_evaluated 0/0 none_selected");
    expect(&said(&evaluation(typo(), "")), "custom.two_replicas not_evaluated 0/0 empty");
    assert!(!evaluation(typo(), DEPLOYMENTS).results[0].is_conclusive(), "it closes nothing");
    let expected = Custom { may_select_none: true, ..typo() };
    assert_ne!(expected.digest(), typo().digest(), "it must be tried anew");
    expect(&said(&evaluation(expected, DEPLOYMENTS)), "custom.two_replicas pass 0/0");
    let written = EXAMPLE.replacen("passes = ", "may_select_none = true\npasses = ", 1);
    assert!(parse(&written).expect("it is an option").remove(0).may_select_none);
    // What could not be judged may be what it speaks of.
    let unsure = evaluation(custom(Some("object.spec.replicas > 5"), "true", None), DEPLOYMENTS);
    assert_eq!(unsure.results[0].outcome, Outcome::Error);
}

#[test]
fn a_key_tells_faults_of_one_object_apart() {
    let custom = custom(None, "has(object.spec.replicas) && object.spec.replicas > 1", Some("object.metadata.name"));
    let evaluation = evaluation(custom, DEPLOYMENTS);
    assert_eq!(evaluation.observations.len(), 2);
    assert!(evaluation.observations.iter().all(|seen| seen.subject.key.as_ref() == Some(&seen.subject.name)));
}

#[test]
fn a_list_that_may_not_be_read_is_not_visible() {
    let manifests = Manifests::default();
    let refused = ReadError::Forbidden { permission: "list deployments in apps".into() };
    let cluster = manifests.cluster(32, &[]).failing("apps/v1/deployments", refused);
    let customs = Vec::leak(parse(EXAMPLE).expect("the example is good"));
    let input = block_on(Input::read_for(&cluster, customs));
    let evaluation = input.evaluate(&Context { policy: &Policy::default(), now: super::now(), hello: &cluster.hello });
    assert_eq!(evaluation.results[0].outcome, Outcome::NotVisible);
}

#[test]
fn a_definition_counts_once_it_was_tried_and_a_changed_one_must_be_tried_anew() {
    let example = parse(EXAMPLE).expect("the example is good").remove(0);
    let judged = evaluation(example.clone(), DEPLOYMENTS);
    let customs = [example.clone()];
    let untried = until_tried(judged.clone(), &customs, &BTreeSet::new());
    expect(&said(&untried), "custom.two_replicas not_evaluated 0/0 untried [check=custom.two_replicas]");
    assert!(untried.observations.is_empty());
    let tried = BTreeSet::from([example.digest()]);
    assert_eq!(until_tried(judged.clone(), &customs, &tried), judged);
    let changed = [Custom { passes: "true".into(), ..example.clone() }];
    assert_eq!(until_tried(judged, &changed, &tried).results[0].outcome, Outcome::NotEvaluated);
    let other_words = Custom { texts: example.texts.clone(), kind: "Other".into(), ..example.clone() };
    assert_ne!(other_words.digest(), example.digest());
}

#[test]
fn numbers_texts_lists_and_maps_are_what_they_seem() {
    let object = json!({ "n": 3, "f": 1.5, "t": "ab", "l": [1, 2, 3], "m": { "a": { "x": null } }, "big": u64::MAX });
    for passes in [
        "object.n - 1 == 2",
        "object.f > 1.0",
        "object.t.startsWith('a') && object.t.matches('^a.$')",
        "object.l.all(x, x > 0) && object.l.exists_one(x, x == 2)",
        "object.l.filter(x, x > 1).map(x, x * 2) == [4, 6]",
        "object.m.all(k, object.m[k].x == null)",
        "!has(object.nothing)",
        "object.l.exists(x, x in [2, 9])",
    ] {
        assert_eq!(judge(passes, &object), Ok(Verdict::Pass), "{passes}");
    }
    assert_eq!(judge("object.n", &object), Err(Why::Failed), "no yes/no");
    assert_eq!(judge("object.n > 'x'", &object), Err(Why::Failed));
    assert_eq!(judge("other.n == 3", &object), Err(Why::Failed));
    assert_eq!(judge("object.gone == 1", &object), Err(Why::Missing { field: "gone".into() }));
}

#[test]
fn what_could_take_too_long_ends_as_a_doubt() {
    let many = json!({ "l": vec![1; 2_000] });
    assert_eq!(judge("object.l.all(x, x == 1)", &many), Ok(Verdict::Pass));
    for passes in [
        "object.l.all(x, object.l.all(y, y == x))",
        "object.l.all(x, object.l.all(y, y == x)) || true",
        "object.l.all(x, object.l.map(y, object.l).size() > x)",
    ] {
        assert_eq!(judge(passes, &many), Err(Why::Limit), "{passes}");
    }
    let large = json!({ "t": "x".repeat(3 << 20) });
    assert_eq!(judge("true", &large), Err(Why::Limit));
    let mut deep = json!(1);
    for _ in 0..200 {
        deep = json!([deep]);
    }
    assert_eq!(judge("true", &json!({ "d": deep })), Err(Why::Failed));
}

#[test]
fn a_check_has_its_time_over_all_objects() {
    let rule = Rule::of(&custom(None, "object.l.all(x, x == 1)", None)).expect("a rule");
    let object = json!({ "l": vec![1; 400] }).to_string();
    let budget = Budget::of(1_000);
    let outcomes: Vec<_> = (0..3).map(|_| rule.judge(&object, &budget)).collect();
    assert_eq!(outcomes, [Ok(Verdict::Pass), Ok(Verdict::Pass), Err(Why::Limit)]);
}

/// What is wrong with the example where a part is replaced, with the line.
fn mistake(from: &str, to: &str) -> (usize, String) {
    assert!(EXAMPLE.contains(from), "{from}");
    let text = EXAMPLE.replacen(from, to, 1);
    let Mistake { at, message } = parse(&text).expect_err(to);
    (text[..at].matches('\n').count() + 1, message)
}

#[test]
fn a_file_that_is_wrong_is_refused_with_line_and_reason() {
    let line = |part: &str| EXAMPLE.lines().position(|line| line.contains(part)).expect(part) + 1;
    let (resource, passes) = ("resource = ", "passes = ");
    for (from, to, at, why) in [
        ("deployments", "secrets", resource, "reads no Secret"),
        ("deployments", "*", resource, "no * and no /"),
        ("\"apps\"", "\"*\"", resource, "no * and no /"),
        ("deployments", "pods/log", resource, "no * and no /"),
        ("\"v1\"", "\"../v1\"", resource, "no * and no /"),
        ("custom.two_replicas", "rbac.two_replicas", "id = ", "use custom.WORD"),
        ("custom.two_replicas", "custom.Two", "id = ", "use custom.WORD"),
        ("A.8.14", "A.9.99", "id = ", "A.9.99, which is not in the catalogue"),
        (".replicas >= 2'", ".replicas >= '", passes, "not CEL"),
        (
            ".replicas >= 2'",
            ".replicas >= 2 || object.a.all(x, x + x == 2)'",
            passes,
            "+ may not be used within a loop",
        ),
        (".replicas >= 2'", ".replicas >= 2 || object.a.all(x, [x, x] == x)'", passes, "only constants"),
        (".replicas >= 2'", ".replicas >= 2 || \"a\".matches(object.a)'", passes, "the pattern of matches()"),
        (".replicas >= 2'", ".replicas >= 3'", "object = '''", "this sample should pass, and fails"),
        ("has(object.spec.replicas) &&", "object.spec.replica > 1 &&", "object = '''", "has no \"replica\""),
        ("severity = \"medium\"", "severity = \"awful\"", "severity = ", "awful"),
        ("remedy_code", "remedy_kode", "remedy_code", "remedy_kode"),
        ("kind: Deployment", "", "object = '''", "needs a kind"),
    ] {
        let (told_at, told) = mistake(from, to);
        assert!(told.contains(why), "{to}: {told}");
        assert_eq!(told_at, line(at), "{to}: {told}");
    }
    for needed in ["pass", "fail"] {
        let from = format!("expect = \"{needed}\"");
        let (_, told) = mistake(&from, "expect = \"not_selected\"");
        assert!(told.contains(&format!("needs a sample with expect = \"{needed}\"")), "{told}");
    }
    let twice = format!("{EXAMPLE}\n{EXAMPLE}");
    assert!(parse(&twice).expect_err("twice").message.contains("defined twice"));
}

#[test]
fn an_expression_has_a_largest_size() {
    let wrong = |passes: &str| Rule::of(&custom(None, passes, None)).expect_err("too large").1;
    assert!(wrong(&format!("'{}' == ''", "x".repeat(2_000))).contains("longer than"));
    assert!(wrong(&format!("{}true{}", "(".repeat(500), ")".repeat(500))).contains("brackets"));
    for long in
        ["!".repeat(1_900) + "true", "-".repeat(1_900) + "1", "true?".repeat(390) + "true", "a.".repeat(900) + "a"]
    {
        // Whether it is taken or refused, nothing breaks.
        if let Ok(rule) = Rule::of(&custom(None, &long, None)) {
            let _any = rule.judge("{}", &Budget::default());
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    let names = prop_oneof![
        Just("spec".to_owned()),
        Just("replicas".to_owned()),
        Just("metadata".to_owned()),
        Just("labels".to_owned()),
        Just("tier".to_owned()),
        "\\PC{0,6}",
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(names.clone(), inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_object_panics_or_passes_by_error(object in any_json()) {
        let example = parse(EXAMPLE).expect("the example is good").remove(0);
        let rule = Rule::of(&example).expect("a rule");
        let judged = rule.judge(&object.to_string(), &Budget::default());
        if judged == Ok(Verdict::Pass) {
            prop_assert_eq!(&object["metadata"]["labels"]["tier"], "customer");
            prop_assert!(object["spec"]["replicas"].as_f64().is_some_and(|replicas| replicas >= 2.0));
        }
        for passes in ["object.spec.all(x, x.y > 1)", "object.metadata.labels.exists(k, k == 1)", "object == object"] {
            let _any = judge(passes, &object);
        }
    }

    #[test]
    fn no_expression_panics(text in "[a-z0-9.()\\[\\]{}!&|<>=+,?:'\" -]{0,60}") {
        if let Ok(rule) = Rule::of(&custom(None, &text, None)) {
            let _any = rule.judge(r#"{"spec":{"replicas":1}}"#, &Budget::default());
        }
    }
}
