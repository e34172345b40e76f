//! A file of checks: read, validated, and tried on its own samples.

use super::{Budget, Rule, Verdict, Why};
use model::{
    catalogue::{Catalogue, Check, Edge},
    custom::{Custom, PREFIX, ResourceName, Text, Texts},
    ids::CheckId,
    severity::Severity,
    source::Source,
};
use serde::Deserialize;
use toml::Spanned;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The byte at which it is.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    checks: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    title: Text,
    rule: Text,
    rationale: Text,
    remedy: Text,
    #[serde(default)]
    remedy_code: Option<String>,
    severity: Severity,
    controls: Vec<Edge>,
    #[serde(default)]
    areas: Vec<String>,
    resource: Spanned<ResourceName>,
    #[serde(default)]
    select: Option<Spanned<String>>,
    passes: Spanned<String>,
    #[serde(default)]
    subject_key: Option<Spanned<String>>,
    #[serde(default)]
    may_select_none: bool,
    samples: Spanned<Vec<Sample>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    object: Spanned<String>,
    expect: Expect,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Expect {
    Pass,
    Fail,
    NotSelected,
}

/// The checks of a file. Each must be whole, and judge its samples as they say: a rule that its own author has
/// misunderstood is no rule.
pub fn parse(text: &str) -> Result<Vec<Custom>, Mistake> {
    let file: File = toml::from_str(text).map_err(|error| Mistake {
        at: error.span().map_or(0, |span| span.start),
        message: error.message().to_owned(),
    })?;
    let mut customs: Vec<Custom> = Vec::new();
    for entry in file.checks {
        let at = entry.id.span().start;
        let custom = entry.check()?;
        let so_far = customs.iter().cloned().chain([custom.clone()]).collect();
        Catalogue::embedded().with(so_far).map_err(|error| Mistake { at, message: error.to_string() })?;
        customs.push(custom);
    }
    Ok(customs)
}

fn wrong<T>(spanned: &Spanned<T>, message: impl Into<String>) -> Mistake {
    Mistake { at: spanned.span().start, message: message.into() }
}

impl Entry {
    fn check(self) -> Result<Custom, Mistake> {
        let id = self.id.get_ref();
        if !id.strip_prefix(PREFIX).is_some_and(is_word) {
            return Err(wrong(
                &self.id,
                format!("id \"{id}\": use custom.WORD, of lower-case letters, digits and _, 60 at most"),
            ));
        }
        if self.controls.is_empty() {
            return Err(wrong(&self.id, format!("{id} supports no control; a check without one is no evidence")));
        }
        check_resource(&self.resource)?;
        let samples = self.samples()?;
        let text = |expression: &Option<Spanned<String>>| expression.as_ref().map(|text| text.get_ref().clone());
        let custom = Custom {
            check: Check {
                id: CheckId::from(id.clone()),
                source: Source::Custom,
                severity: self.severity,
                controls: self.controls.clone(),
                areas: self.areas.clone(),
                remedy_code: self.remedy_code.clone(),
                in_management: false,
            },
            texts: Texts {
                title: self.title.clone(),
                rule: self.rule.clone(),
                rationale: self.rationale.clone(),
                remedy: self.remedy.clone(),
            },
            resource: self.resource.get_ref().clone(),
            kind: self.kind(&samples)?,
            select: text(&self.select),
            passes: self.passes.get_ref().clone(),
            subject_key: text(&self.subject_key),
            may_select_none: self.may_select_none,
        };
        self.try_samples(&custom, &samples)?;
        Ok(custom)
    }

    /// The samples as JSON: enough of them to show that the rule tells right from wrong.
    fn samples(&self) -> Result<Vec<serde_json::Value>, Mistake> {
        for (needed, word) in [(Expect::Pass, "pass"), (Expect::Fail, "fail")] {
            if !self.samples.get_ref().iter().any(|sample| sample.expect == needed) {
                return Err(wrong(
                    &self.samples,
                    format!("{} needs a sample with expect = \"{word}\"", self.id.get_ref()),
                ));
            }
        }
        let read = |sample: &Sample| {
            let text = sample.object.get_ref();
            serde_saphyr::from_str::<serde_json::Value>(text)
                .ok()
                .filter(serde_json::Value::is_object)
                .ok_or_else(|| wrong(&sample.object, "a sample's object must be one object in YAML or JSON"))
        };
        self.samples.get_ref().iter().map(read).collect()
    }

    /// What one object is called; lists of an API server do not say it.
    fn kind(&self, samples: &[serde_json::Value]) -> Result<String, Mistake> {
        let kinds = samples.iter().map(|sample| sample["kind"].as_str().unwrap_or_default());
        let first = samples.first().and_then(|sample| sample["kind"].as_str()).unwrap_or_default();
        for (sample, kind) in self.samples.get_ref().iter().zip(kinds) {
            if kind.is_empty() || kind != first {
                return Err(wrong(&sample.object, "every sample needs a kind, and all of a check the same"));
            }
        }
        Ok(first.to_owned())
    }

    fn try_samples(&self, custom: &Custom, samples: &[serde_json::Value]) -> Result<(), Mistake> {
        let rule = Rule::of(custom).map_err(|(key, why)| {
            let place = match key {
                "select" => self.select.as_ref(),
                "subject_key" => self.subject_key.as_ref(),
                _ => None,
            };
            wrong(place.unwrap_or(&self.passes), format!("{key} of {}: {why}", custom.check.id))
        })?;
        for (sample, object) in self.samples.get_ref().iter().zip(samples) {
            let judged = rule.judge(&object.to_string(), &Budget::default());
            let as_expected = matches!(
                (&judged, sample.expect),
                (Ok(Verdict::Pass), Expect::Pass)
                    | (Ok(Verdict::Fail { .. }), Expect::Fail)
                    | (Ok(Verdict::NotSelected), Expect::NotSelected)
            );
            if !as_expected {
                let expected = in_words(sample.expect);
                let message =
                    format!("{}: this sample should {expected}, and {}", custom.check.id, what_happened(&judged));
                return Err(wrong(&sample.object, message));
            }
        }
        Ok(())
    }
}

const fn in_words(expect: Expect) -> &'static str {
    match expect {
        Expect::Pass => "pass",
        Expect::Fail => "fail",
        Expect::NotSelected => "not be selected",
    }
}

fn what_happened(judged: &Result<Verdict, Why>) -> String {
    match judged {
        Ok(Verdict::Pass) => "passes".into(),
        Ok(Verdict::Fail { .. }) => "fails".into(),
        Ok(Verdict::NotSelected) => "is not selected".into(),
        Err(why) => format!("cannot be judged: {why}"),
    }
}

fn is_word(word: &str) -> bool {
    (1..=60).contains(&word.len())
        && word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The names go into a path and into a ClusterRole: only what a name may hold, never all of something, never a Secret.
fn check_resource(resource: &Spanned<ResourceName>) -> Result<(), Mistake> {
    let ResourceName { group, version, plural, .. } = resource.get_ref();
    let of = |text: &str, also: &[u8]| {
        text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || also.contains(&byte))
    };
    if plural == "secrets" {
        return Err(wrong(resource, "Bevis reads no Secret, and no check can make it"));
    }
    if plural.is_empty() || version.is_empty() || !of(plural, b"") || !of(version, b"") || !of(group, b".-") {
        return Err(wrong(
            resource,
            "a resource is one list: lower-case letters and digits, in the group also dots and dashes; no * and no /",
        ));
    }
    Ok(())
}
