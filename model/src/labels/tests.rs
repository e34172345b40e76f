use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Option<String> {
    text.parse::<Selector>().ok().map(|selector| selector.to_string())
}

#[test]
fn a_selector_is_read_as_kubernetes_writes_it() {
    for (text, written) in [
        ("env=test", "env=test"),
        ("env==test", "env=test"),
        (" env = test ", "env=test"),
        ("env!=prod", "env!=prod"),
        ("env in (test,dev)", "env in (dev,test)"),
        ("env in(test)", "env=test"),
        ("env notin ( prod , prod )", "env!=prod"),
        ("env in (,test)", "env in (,test)"),
        ("env=", "env="),
        ("tier", "tier"),
        ("!tier", "!tier"),
        ("! app.kubernetes.io/name", "!app.kubernetes.io/name"),
        ("tier,env=test,tier", "env=test,tier"),
        ("in in (in,notin)", "in in (in,notin)"),
    ] {
        assert_eq!(read(text).as_deref(), Some(written), "{text}");
    }
    for text in [
        "",
        ",",
        "env=test,",
        ",env",
        "env test",
        "env=a b",
        "env=(a)",
        "env in",
        "env in a",
        "env in ()",
        "env in (a",
        "env in (a))",
        "env of (a)",
        "!env=test",
        "!",
        "!!env",
        "env>1",
        "env=test;drop",
        "en%=a",
        "env=-a",
        "a/b/c",
        "Example.org/env",
        "/env",
        "env/",
        "env=æ",
        "env\0=a",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
    let long = |length| format!("env={}", "a".repeat(length));
    assert!(read(&long(63)).is_some() && read(&long(64)).is_none());
    let keys = |count: usize| (0..count).map(|at| format!("k{at}")).collect::<Vec<_>>().join(",");
    assert!(read(&keys(Selector::MOST_TERMS)).is_some() && read(&keys(Selector::MOST_TERMS + 1)).is_none());
    let values = |count: usize| format!("k in ({})", keys(count));
    assert!(read(&values(Selector::MOST_VALUES)).is_some() && read(&values(Selector::MOST_VALUES + 1)).is_none());
    assert_eq!(read(&format!("env={}a", " ".repeat(Selector::LONGEST))), None);
}

fn kept(labels: &[(&str, Option<&str>)]) -> KeptLabels {
    labels.iter().map(|(key, value)| ((*key).to_owned(), value.map(ToOwned::to_owned))).collect()
}

#[test]
fn what_is_not_known_is_not_selected() {
    let (test, prod, none, unknown) =
        (kept(&[("env", Some("test"))]), kept(&[("env", Some("prod"))]), kept(&[("env", None)]), kept(&[]));
    let holds = |text: &str, kind, own, namespace| {
        text.parse::<Selector>().expect("a selector").matches(Carried { kind, own, namespace })
    };
    let all = ["env=test", "env", "env!=test", "!env"];
    for (what, kind, own, namespace, expected) in [
        ("its own", "Deployment", Some(&test), None, [true, true, false, false]),
        ("its own goes first", "Deployment", Some(&test), Some(&prod), [true, true, false, false]),
        ("its own goes first", "Deployment", Some(&prod), Some(&test), [false, true, true, false]),
        ("that of its namespace", "Deployment", Some(&none), Some(&test), [true, true, false, false]),
        ("there is none", "Deployment", Some(&none), Some(&none), [false, false, true, true]),
        ("a namespace that was not read", "Deployment", Some(&none), None, [false; 4]),
        ("a key not kept of the namespace", "Deployment", Some(&none), Some(&unknown), [false; 4]),
        ("a workload that was not read", "Deployment", None, Some(&test), [false; 4]),
        ("a key not kept of the workload", "Deployment", Some(&unknown), Some(&test), [false; 4]),
        ("of a kind that is not read", "Schedule", None, Some(&test), [true, true, false, false]),
        ("of a kind that is not read", "Schedule", None, Some(&prod), [false, true, false, false]),
        ("of a kind that is not read", "Schedule", None, Some(&none), [false; 4]),
        ("of nothing", "Node", None, None, [false; 4]),
        ("a namespace", "Namespace", Some(&test), Some(&test), [true, true, false, false]),
        ("a namespace without", "Namespace", Some(&none), Some(&none), [false, false, true, true]),
    ] {
        assert_eq!(all.map(|text| holds(text, kind, own, namespace)), expected, "{what}");
    }
    assert!(!holds("env=test,tier", "Deployment", Some(&test), Some(&test)), "every term must hold");
}

#[test]
fn a_policy_names_few_keys_and_only_such_as_there_can_be() {
    let keys = |names: &[&str]| LabelKeys::try_from(names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
    assert!(keys(&["env", "example.org/cost-centre", "env"]).is_ok());
    for bad in ["", "en v", "a/b/c", "Example.org/x", "x=", "-x"] {
        assert_eq!(keys(&["env", bad]), Err(BadKeys::Key(bad.into())));
    }
    let many: Vec<String> = (0..=LabelKeys::MOST).map(|at| format!("k{at}")).collect();
    assert_eq!(LabelKeys::try_from(many), Err(BadKeys::TooMany));
    assert_eq!(LabelKeys::try_from(Vec::from(LabelKeys::default())), Ok(LabelKeys::default()));
    let labels =
        BTreeMap::from([("env".into(), "test".into()), ("tier".into(), "a b".into()), ("x".into(), "y".into())]);
    let of = keys(&["env", "tier", "team"]).expect("keys");
    assert_eq!(of.kept(Some(&labels)), kept(&[("env", Some("test")), ("team", None)]), "and no others");
}

proptest! {
    #[test]
    fn what_is_written_reads_back(text in r"!?[a-c]( (in|notin) \((a|b|c|)(,(x|y))?\)|=|!=[a-c]|)(,!?[d-f](==z)?){0,3}") {
        if let Ok(selector) = text.parse::<Selector>() {
            prop_assert_eq!(selector.to_string().parse::<Selector>(), Ok(selector.clone()));
            prop_assert_eq!(Selector::from_terms(selector.terms().cloned()), Some(selector));
        }
    }

    #[test]
    fn no_text_is_too_much(text in "\\PC{0,80}") {
        let _ = text.parse::<Selector>();
    }
}
