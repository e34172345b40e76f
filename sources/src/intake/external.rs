//! What batches of every kind have in common: what was found, what was examined, and what was not understood.

use crate::error::clean;
use model::{finding::Subject, severity::Severity};
use serde_json::Value;
use std::collections::BTreeSet;

/// Bytes of a payload at most.
pub const MOST_BYTES: usize = 16 << 20;
/// Entries of a payload at most; further ones are refused.
pub const MOST_ENTRIES: usize = 100_000;
/// Characters of a name at most; a longer one is refused, since a name that is cut may be that of another.
pub const LONGEST_NAME: usize = 300;
/// Characters of a sentence at most; a longer one is cut.
pub const LONGEST_TEXT: usize = 1_000;
/// Refusals that are told; of further ones there is only the number.
pub const MOST_REFUSALS: usize = 100;

/// What a tool pushed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The tool, as it calls itself.
    pub tool: String,
    /// Its version.
    pub version: Option<String>,
    /// What was examined as a whole, in words that stay the same from run to run. A finding that is not in the batch is
    /// gone only where an earlier batch with the same scope had it, and this one [is whole](Batch::is_whole).
    /// Empty where a batch is part of a stream: what is not in it may be anything.
    pub scope: BTreeSet<String>,
    /// What was found.
    pub findings: Vec<ExternalFinding>,
    /// What the tool says to be in order, rule and subject, where it says so one by one.
    pub in_order: Vec<(String, Subject)>,
    /// Parts that were not understood, the first of them.
    pub refused: Vec<Refusal>,
    /// How many more there are.
    pub more_refused: u32,
}

/// Something that a tool found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalFinding {
    /// The tool's id of the rule, as `CVE-2024-0553` or `cis-1.12 1.2.3`.
    pub rule: String,
    /// The rule in a few words, as the tool says it.
    pub title: String,
    /// How bad it is; unknown where the tool does not say.
    pub severity: Severity,
    /// What it is about, without anything that changes from run to run.
    pub subject: Subject,
    /// What is wrong, as the tool says it.
    pub text: String,
    /// Where within the subject, as `src/main.rs:12`.
    pub location: Option<String>,
}

/// A part of a payload that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[error("{}: {problem}", if .pointer.is_empty() { "the whole" } else { .pointer.as_str() })]
pub struct Refusal {
    /// Where, as a JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
    /// What is wrong. It never quotes the payload, which may hold secrets.
    pub problem: String,
}

impl Batch {
    /// Whether everything in it was understood, so that what is not in it is known not to be there.
    pub fn is_whole(&self) -> bool {
        self.refused.is_empty()
    }

    /// Notes a part that was not understood.
    pub fn refuse(&mut self, refusal: Refusal) {
        if self.refused.len() < MOST_REFUSALS {
            self.refused.push(refusal);
        } else {
            self.more_refused = self.more_refused.saturating_add(1);
        }
    }

    /// Takes what was found, or notes why it was not understood.
    pub fn take(&mut self, found: Result<impl IntoIterator<Item = ExternalFinding>, Refusal>) {
        match found {
            Ok(findings) => {
                for finding in findings {
                    self.add(finding);
                }
            }
            Err(refusal) => self.refuse(refusal),
        }
    }

    fn add(&mut self, finding: ExternalFinding) {
        if self.findings.len() < MOST_ENTRIES {
            // Put together from several values, it may have become too long.
            let text = clean(&finding.text, LONGEST_TEXT);
            self.findings.push(ExternalFinding { text, ..finding });
        } else {
            let problem = format!("it has more than {MOST_ENTRIES} findings");
            self.refuse(Refusal { pointer: String::new(), problem });
        }
    }
}

/// Reads a payload as JSON. Its depth is limited by the parser, to 128.
pub fn json(body: &[u8]) -> Result<Value, Refusal> {
    let whole = |problem: String| Refusal { pointer: String::new(), problem };
    if body.len() > MOST_BYTES {
        return Err(whole(format!("it is larger than {} MiB", MOST_BYTES >> 20)));
    }
    serde_json::from_slice(body).map_err(|error| whole(not_json(&error)))
}

/// Why a text is no JSON. Never the library's own words: they quote values.
pub(super) fn not_json(error: &serde_json::Error) -> String {
    let why = if error.is_eof() { "it ends too soon" } else { "it is not JSON, or nested too deeply" };
    format!("{why} (line {}, column {})", error.line(), error.column())
}

/// A value, and where it is.
#[derive(Clone, Debug)]
pub struct At<'a> {
    value: &'a Value,
    pointer: String,
}

impl<'a> At<'a> {
    /// The whole.
    pub fn root(value: &'a Value) -> Self {
        Self { value, pointer: String::new() }
    }

    /// Where it is.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// That something is wrong here.
    pub fn refusal(&self, problem: impl Into<String>) -> Refusal {
        Refusal { pointer: self.pointer.clone(), problem: problem.into() }
    }

    /// A field; `None` where it is missing or `null`.
    pub fn get(&self, key: &str) -> Option<At<'a>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(At { value, pointer: format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1")) })
    }

    /// That it is an object: of anything else, every field would just be missing.
    pub fn object(&self) -> Result<&Self, Refusal> {
        if self.value.is_object() { Ok(self) } else { Err(self.refusal("an object is expected")) }
    }

    /// A field that must be there.
    pub fn need(&self, key: &str) -> Result<At<'a>, Refusal> {
        self.object()?.get(key).ok_or_else(|| self.refusal(format!("`{key}` is missing")))
    }

    /// The entries of a list.
    pub fn list(&self) -> Result<Vec<At<'a>>, Refusal> {
        let entries = self.value.as_array().ok_or_else(|| self.refusal("a list is expected"))?;
        if entries.len() > MOST_ENTRIES {
            return Err(self.refusal(format!("it has more than {MOST_ENTRIES} entries")));
        }
        let at = |(number, value)| At { value, pointer: format!("{}/{number}", self.pointer) };
        Ok(entries.iter().enumerate().map(at).collect())
    }

    /// The entries of a list that may be missing.
    pub fn list_of(&self, key: &str) -> Result<Vec<At<'a>>, Refusal> {
        self.get(key).map_or(Ok(Vec::new()), |list| list.list())
    }

    /// The fields of an object that are texts, by name.
    pub fn texts(&self) -> Vec<(&'a str, &'a str)> {
        let fields = self.value.as_object().into_iter().flatten();
        fields.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))).collect()
    }

    /// A number, be it written as a text.
    pub fn decimal(&self) -> Option<f64> {
        self.value.as_f64().or_else(|| self.value.as_str()?.trim().parse().ok())
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// A text, as it is.
    pub fn text(&self) -> Result<&'a str, Refusal> {
        self.value.as_str().ok_or_else(|| self.refusal("a text is expected"))
    }

    /// A text that tells one thing from another: neither empty nor too long, on one line.
    pub fn name(&self) -> Result<String, Refusal> {
        let text = self.text()?;
        if text.chars().nth(LONGEST_NAME).is_some() {
            return Err(self.refusal(format!("it is longer than {LONGEST_NAME} characters")));
        }
        let name = clean(text, LONGEST_NAME);
        if name.is_empty() { Err(self.refusal("it is empty")) } else { Ok(name) }
    }

    /// A text for people: cut, on one line, perhaps empty.
    pub fn prose(&self) -> Result<String, Refusal> {
        self.text().map(|text| clean(text, LONGEST_TEXT))
    }

    /// A number of things.
    pub fn count(&self) -> Result<u64, Refusal> {
        self.value.as_u64().ok_or_else(|| self.refusal("a whole number, not below zero, is expected"))
    }

    /// Yes or no.
    pub fn flag(&self) -> Result<bool, Refusal> {
        self.value.as_bool().ok_or_else(|| self.refusal("true or false is expected"))
    }

    /// A field that is a name, where it is there and not empty.
    pub fn filled(&self, key: &str) -> Result<Option<String>, Refusal> {
        let field = self.get(key).filter(|field| field.value.as_str().is_none_or(|text| !text.trim().is_empty()));
        field.map(|field| field.name()).transpose()
    }

    /// A field that is a text for people; empty where it is not there.
    pub fn prose_of(&self, key: &str) -> Result<String, Refusal> {
        self.get(key).map_or(Ok(String::new()), |field| field.prose())
    }
}

/// The severity that a word of a scanner stands for, whatever its case.
pub fn severity(word: &str) -> Option<Severity> {
    Some(match word.to_ascii_lowercase().as_str() {
        "critical" => Severity::Critical,
        "high" => Severity::High,
        "medium" | "moderate" => Severity::Medium,
        "low" => Severity::Low,
        "info" | "informational" | "negligible" => Severity::Info,
        "unknown" => Severity::Unknown,
        _ => return None,
    })
}
