//! Every sentence that a rule may say has its words, in every language and with the same values.

use crate::rules::{
    sentences,
    verdict::{COMMON, Says},
};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use model::catalogue::Catalogue;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The words of a language: the shared ones first, since others refer to them.
fn text(language: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/locales").join(language);
    let files = fs::read_dir(&folder).expect("a folder of translations").flatten().map(|entry| entry.path());
    let of_checks = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("checks"));
    let mut files: Vec<PathBuf> = files.filter(of_checks).collect();
    files.sort_by_key(|path| (path.file_stem().is_none_or(|stem| stem != "checks"), path.clone()));
    files.into_iter().map(|path| fs::read_to_string(path).expect("a translation") + "\n").collect()
}

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
    for language in ["en", "da"] {
        let text = text(language);
        let words = words(&text);
        for (key, values) in &needed {
            let found = words.get(key).unwrap_or_else(|| panic!("{language}: {key} is missing"));
            assert_eq!(found, values, "{language}: the values of {key}");
        }
        let shared = [
            "reason-forbidden",
            "reason-absent",
            "reason-unread",
            "reason-inactive",
            "reason-never_ran",
            "fault-mixed",
            "reason-managed",
            "reason-in_process",
            "reason-elsewhere",
            "reason-openshift",
            "reason-arguments",
            "reason-trivy_none",
            "reason-trivy_old",
            "reason-trivy_stale",
            "reason-trivy_seen",
            "reason-trivy_summary",
        ];
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
