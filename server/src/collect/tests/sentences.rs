//! Every sentence that a rule may say has its words, in every language and with the same values.

use crate::collect::rules::{
    sentences,
    verdict::{COMMON, Says},
};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use model::catalogue::Catalogue;
use std::collections::{BTreeMap, BTreeSet};

const FILES: &[(&str, &str)] = &[
    ("en", include_str!("../../../../frontend/locales/en/checks.ftl")),
    ("da", include_str!("../../../../frontend/locales/da/checks.ftl")),
];

/// Keys with the values that their sentences use.
fn words(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut values = BTreeSet::new();
        if let Some(pattern) = &message.value {
            collect(pattern, &messages, &mut values);
        }
        let twice = messages.insert(message.id.name.to_owned(), values);
        assert!(twice.is_none(), "{} is there twice", message.id.name);
    }
    messages
}

fn collect(pattern: &Pattern<&str>, known: &BTreeMap<String, BTreeSet<String>>, values: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                values.insert(id.name.to_owned());
            }
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::MessageReference { id, .. }),
            } => {
                values.extend(known.get(id.name).unwrap_or_else(|| panic!("no {}", id.name)).iter().cloned());
            }
            _ => {}
        }
    }
}

/// Keys that must be there, with their values.
fn needed() -> BTreeMap<String, BTreeSet<String>> {
    let mut needed = BTreeMap::new();
    let owned = |values: &[&str]| values.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    for check in Catalogue::embedded().checks() {
        for part in ["title", "rule", "rationale", "remedy"] {
            needed.insert(format!("check-{}-{part}", check.id.key()), BTreeSet::new());
        }
        for (name, values) in COMMON {
            needed.insert(format!("reason-{}-{name}", check.id.key()), owned(values));
        }
    }
    for sentence in sentences() {
        let stem = if sentence.says == Says::Fault { "fault" } else { "reason" };
        let key = format!("{stem}-{}-{}", sentence.check.replace('.', "-"), sentence.name);
        assert!(needed.insert(key.clone(), owned(sentence.values)).is_none(), "{key} is said twice");
    }
    needed
}

#[test]
fn every_sentence_has_its_words_in_every_language() {
    let needed = needed();
    for (language, text) in FILES {
        let words = words(text);
        for (key, values) in &needed {
            let found = words.get(key).unwrap_or_else(|| panic!("{language}: {key} is missing"));
            assert_eq!(found, values, "{language}: the values of {key}");
        }
        let shared = ["reason-forbidden", "reason-absent", "reason-unread", "reason-inactive", "reason-never_ran"];
        for key in words.keys() {
            assert!(needed.contains_key(key) || shared.contains(&key.as_str()), "{language}: nobody says {key}");
        }
    }
}

#[test]
fn every_check_shows_how_to_remedy_it() {
    for check in Catalogue::embedded().checks() {
        assert!(check.remedy_code.as_ref().is_some_and(|code| !code.trim().is_empty()), "{}", check.id);
    }
}
