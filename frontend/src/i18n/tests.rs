//! Every key exists in both languages, with the same values; and dates and numbers read as people write them.

use super::{Language, Locale, bundles};
use chrono::{TimeDelta, TimeZone, Utc};
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};

fn english() -> Locale {
    Locale::new(Language::English, chrono_tz::Europe::Copenhagen)
}

fn danish() -> Locale {
    Locale::new(Language::Danish, chrono_tz::Europe::Copenhagen)
}

/// The keys of a language, each with the names of the values in its text.
fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for (file, text) in bundles::files(language) {
        let resource = FluentResource::try_new((*text).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{}/{file}: {errors:?}", language.tag()));
        assert_eq!(resource.entries().filter(|entry| is_junk(entry)).count(), 0, "{}/{file}", language.tag());
        for message in messages(text) {
            let (key, values) = message;
            assert!(keys.insert(key.clone(), values).is_none(), "{key} is given twice in {}", language.tag());
        }
    }
    keys
}

fn is_junk(entry: &fluent_syntax::ast::Entry<&str>) -> bool {
    matches!(entry, fluent_syntax::ast::Entry::Junk { .. })
}

/// Keys and the `$names` in their texts, read from the source: a message begins at the start of a line.
fn messages(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
        if begins && let Some((key, _)) = line.split_once('=') {
            found.push((key.trim().to_owned(), BTreeSet::new()));
        }
        if let Some((_, values)) = found.last_mut() {
            for part in line.split('$').skip(1) {
                values
                    .insert(part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect());
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_values() {
    let (en, da) = (keys(Language::English), keys(Language::Danish));
    let missing: Vec<_> = en.keys().filter(|key| !da.contains_key(*key)).collect();
    assert!(missing.is_empty(), "missing in Danish: {missing:?}");
    let missing: Vec<_> = da.keys().filter(|key| !en.contains_key(*key)).collect();
    assert!(missing.is_empty(), "missing in English: {missing:?}");
    for (key, values) in &en {
        assert_eq!(Some(values), da.get(key), "{key} has other values in Danish");
    }
}

#[test]
fn every_key_named_in_the_sources_exists() {
    let known = keys(Language::English);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut missing = BTreeSet::new();
    for folder in ["frontend/src", "server/src", "server/templates"] {
        for (file, text) in sources(&root.join(folder)) {
            for key in named_keys(&text).chain(error_keys(&text)).filter(|key| !known.contains_key(*key)) {
                missing.insert(format!("{file}: {key}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn keys_of_errors_are_found_wherever_they_are_written() {
    let text =
        r#"Some(("error-one-thing", x)), Self::A => "error-another", format!("error-{word}-title"), "error_no_key""#;
    assert_eq!(error_keys(text).collect::<Vec<_>>(), ["error-one-thing", "error-another"]);
}

#[test]
fn the_texts_of_problems_take_the_values_that_are_recorded() {
    use model::problem::ProblemWord;
    for language in Language::ALL {
        let keys = keys(*language);
        for word in ProblemWord::ALL {
            let values: BTreeSet<String> = word.values().iter().map(ToString::to_string).collect();
            assert_eq!(keys.get(&format!("problem-{word}")), Some(&values), "problem-{word} in {}", language.tag());
        }
        let known: BTreeSet<String> = ProblemWord::ALL.iter().map(|word| format!("problem-{word}")).collect();
        let unknown: Vec<_> = keys.keys().filter(|key| key.starts_with("problem-") && !known.contains(*key)).collect();
        assert!(unknown.is_empty(), "nobody says {unknown:?}");
    }
}

#[test]
fn problems_are_told_in_the_reader_s_language_and_what_others_said_stays_as_it_is() {
    use model::problem::{Problem, ProblemWord};
    let problem = |key, values: &[(&str, &str)]| Problem {
        key,
        values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        resource: Some("v1/pods".into()),
    };
    let said =
        problem(ProblemWord::ServerSaid, &[("what", "GET /api"), ("status", "500"), ("message", "etcd is gone")]);
    assert_eq!(danish().problem(&said), "v1/pods: API-serveren svarede 500 på GET /api: “etcd is gone”");
    assert_eq!(english().problem(&said), "v1/pods: the API server answered GET /api with 500: “etcd is gone”");
    let gap = problem(ProblemWord::Gap, &[("coverage", "stale")]);
    assert_eq!(danish().problem(&gap), "v1/pods: Forældet");
    let column = [("count", "2"), ("object", "ns/a"), ("why", "type"), ("column", "7")];
    let misread = danish().problem(&problem(ProblemWord::Misread, &column));
    assert_eq!(
        misread,
        "v1/pods: 2 objekter blev ikke forstået; det første er “ns/a”: et felt har en anden type end dokumenteret (kolonne 7)"
    );
    let status = [("what", "GET /api"), ("status", "200"), ("found", "web_page")];
    assert!(danish().problem(&problem(ProblemWord::NotKubernetes, &status)).contains("(status 200, en webside)"));
}

#[test]
fn a_missing_key_is_seen() {
    assert_eq!(english().t("no-such-key"), "⟦no-such-key⟧");
}

#[test]
fn dates_and_numbers_follow_language_and_zone() {
    let at = Utc.with_ymd_and_hms(2026, 11, 3, 13, 5, 9).single().expect("an instant");
    assert_eq!(english().date_time(at), "3 Nov 2026, 14:05");
    assert_eq!(danish().date_time(at), "3. nov. 2026, 14.05");
    assert_eq!(english().exact(at), "3 Nov 2026, 14:05:09 (UTC+01:00)");
    assert_eq!(english().time(at), "14:05");
    assert_eq!(english().number(1_234_567), "1,234,567");
    assert_eq!(danish().number(1_234_567), "1.234.567");
    assert_eq!(danish().tx("notice-acknowledged", &[("count", 1200.into())]), "1.200 fund er bekræftet.");
    assert_eq!(danish().bytes(1_240_000), "1,2 MB");
    assert_eq!(english().bytes(999), "999 B");
    assert_eq!(english().ago(at, at + TimeDelta::minutes(90)), "1 hour ago");
    assert_eq!(danish().ago(at, at + TimeDelta::days(3)), "for 3 dage siden");
    assert_eq!(english().ago(at, at), "just now");
}

#[test]
fn what_a_date_field_shows_is_read_back() {
    let at = Utc.with_ymd_and_hms(2026, 7, 1, 12, 30, 0).single().expect("an instant");
    assert_eq!(english().input_value(at), "2026-07-01T14:30");
    let read = english().read_instant("2026-07-01T14:30").map(|asked| asked.as_of(at + TimeDelta::days(1)));
    assert_eq!(read, Ok(at));
}

#[test]
fn the_browser_s_wish_is_understood() {
    assert_eq!(Language::accepted("da-DK,da;q=0.9,en;q=0.8"), Some(Language::Danish));
    assert_eq!(Language::accepted("fr, en;q=0.5, da;q=0.4"), Some(Language::English));
    assert_eq!(Language::accepted("fr"), None);
}

#[test]
fn every_word_of_the_model_has_its_text() {
    use crate::context::Notice;
    use model::{
        acceptance::{AcceptanceAct, AcceptanceScope, AcceptanceState, AcceptanceStep, EndsOn, Watch},
        catalogue::{Catalogue, EvidenceKind, Strength, Theme},
        control::ControlState,
        errors::ErrorWord,
        evaluation::Outcome,
        finding::{DecisionKind, FindingState},
        notify::{ChannelKind, EventKind, MessageState},
        problem::ProblemWord,
        role::Role,
        scan::Coverage,
        severity::Severity,
        source::Source,
        trends::{TrendBy, TrendShow, TrendStep},
        views::{ChangeKind, FindingColumn, FindingGroupBy, NewsOfFinding, Presence, SourceState, SourceTurn},
    };
    let mut wanted: Vec<String> = Vec::new();
    let mut family = |stem: &str, words: &mut dyn Iterator<Item = &str>, tails: &[&str]| {
        wanted
            .extend(words.flat_map(|word| tails.iter().map(|tail| format!("{stem}-{word}{tail}")).collect::<Vec<_>>()));
    };
    family("state", &mut ControlState::ALL.iter().map(|w| w.as_str()), &["", "-means"]);
    family("outcome", &mut Outcome::ALL.iter().map(|w| w.as_str()), &[""]);
    family("coverage", &mut Coverage::ALL.iter().map(|w| w.as_str()), &["", "-means"]);
    family("coverage", &mut Coverage::TOLD_OF_SENT.into_iter(), &["", "-means"]);
    family("severity", &mut Severity::ALL.iter().map(|w| w.as_str()), &[""]);
    family("source", &mut Source::ALL.iter().map(|w| w.as_str()), &["", "-means"]);
    family("theme", &mut Theme::ALL.iter().map(|w| w.as_str()), &[""]);
    family("evidence", &mut EvidenceKind::ALL.iter().map(|w| w.as_str()), &["", "-means"]);
    family("strength", &mut Strength::ALL.iter().map(|w| w.as_str()), &[""]);
    family("finding-state", &mut FindingState::ALL.iter().map(|w| w.as_str()), &[""]);
    family("group", &mut FindingGroupBy::ALL.iter().map(|w| w.as_str()), &[""]);
    family("column", &mut FindingColumn::ALL.iter().map(|w| w.as_str()), &[""]);
    family("news", &mut NewsOfFinding::ALL.iter().map(|w| w.as_str()), &[""]);
    family("acceptance-state", &mut AcceptanceState::ALL.iter().map(|w| w.as_str()), &[""]);
    family("acceptance-act", &mut AcceptanceAct::ALL.iter().map(|w| w.as_str()), &[""]);
    family("acceptance-act", &mut AcceptanceStep::ALL.iter().map(|w| w.as_str()), &[""]);
    family("acceptance-ends-on", &mut EndsOn::ALL.iter().map(|w| w.as_str()), &[""]);
    family("acceptance-watch", &mut Watch::ALL.iter().map(|w| w.as_str()), &[""]);
    family("acceptance-scope", &mut AcceptanceScope::KINDS.iter().copied(), &[""]);
    family("decision", &mut DecisionKind::ALL.iter().map(|w| w.as_str()), &[""]);
    family("role", &mut Role::ALL.iter().map(|w| w.as_str()), &[""]);
    family("trends-show", &mut TrendShow::ALL.iter().map(|w| w.as_str()), &["", "-means"]);
    family("trends-by", &mut TrendBy::ALL.iter().map(|w| w.as_str()), &[""]);
    family("trends-step", &mut TrendStep::ALL.iter().map(|w| w.as_str()), &[""]);
    family("why", &mut ["no_check", "no_cluster", "checks", "manual_part", "only_supporting"].into_iter(), &[""]);
    family("change", &mut ChangeKind::ALL.iter().map(|w| w.as_str()), &[""]);
    family("cluster-change", &mut Presence::ALL.iter().map(|w| w.as_str()), &[""]);
    family("source-turn", &mut SourceTurn::ALL.iter().map(|w| w.as_str()), &[""]);
    family("source-state", &mut SourceState::ALL.iter().map(|w| w.as_str()), &[""]);
    family("as-of", &mut ["now", "yesterday", "month", "quarter", "year"].into_iter(), &[""]);
    family("notify-kind", &mut EventKind::ALL.iter().map(|w| w.as_str()), &[""]);
    family("notify-title", &mut EventKind::ALL.iter().map(|w| w.as_str()), &[""]);
    family("notify-line", &mut EventKind::ALL.iter().map(|w| w.as_str()), &[""]);
    family("notify-channel", &mut ChannelKind::ALL.iter().map(|w| w.as_str()), &[""]);
    family("notify-state", &mut MessageState::ALL.iter().map(|w| w.as_str()), &[""]);
    family("notify-topic", &mut ["finding", "source", "several", "test"].into_iter(), &[""]);
    family("notice", &mut Notice::words(), &[""]);
    family("error", &mut ErrorWord::ALL.iter().map(|w| w.as_str()), &["-title", "-text", "-next"]);
    family("problem", &mut ProblemWord::ALL.iter().map(|w| w.as_str()), &[""]);
    let catalogue = Catalogue::embedded();
    family("area", &mut catalogue.areas().iter().map(|area| area.id.as_str()), &[""]);
    let controls: Vec<_> = catalogue.controls().iter().map(|control| control.id.key()).collect();
    family("control", &mut controls.iter().map(String::as_str), &["", "-remains"]);
    let checks: Vec<_> = catalogue.checks().iter().map(|check| check.id.key()).collect();
    family("check", &mut checks.iter().map(String::as_str), &["-title", "-rule", "-rationale", "-remedy"]);
    let known = keys(Language::English);
    let missing: Vec<_> = wanted.iter().filter(|key| !known.contains_key(*key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

fn sources(folder: &std::path::Path) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.expect("a readable folder").path()) {
        if path.is_dir() {
            found.extend(sources(&path));
        } else if !path.ends_with("i18n/tests.rs")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            found.push((path.display().to_string(), text));
        }
    }
    found
}

/// The literals in `.t("…")`, `.tx("…"`, `.find("…")` and `key: "…"`.
fn named_keys(text: &str) -> impl Iterator<Item = &str> {
    [".t(\"", ".tx(\"", "key: \""].into_iter().flat_map(move |call| {
        text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).filter(|key| key.contains('-'))
    })
}

/// Keys of errors travel a long way before they are read: every literal that begins as one is one, unless it names a class.
fn error_keys(text: &str) -> impl Iterator<Item = &str> {
    let begins = text.match_indices("\"error-").filter(move |(at, _)| !text[..*at].ends_with("class="));
    begins.filter_map(move |(at, _)| text[at + 1..].split('"').next()).filter(|key| !key.contains('{'))
}
