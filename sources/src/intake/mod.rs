//! What systems send to Bevis by themselves: audit events and alerts.
//!
//! Pure parsers of what comes from outside, and may be written by an attacker: names, addresses and command lines
//! are theirs. Sizes, depth and lengths are limited, only what is used is kept, and a part that is refused costs no
//! other: a batch gives its good parts and the list of those refused, each with its place.

pub mod audit;
mod envelope;
pub mod external;
pub mod falco;
pub mod kube_bench;
pub mod ocsf;
pub mod sarif;
pub mod trivy;

use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use std::{borrow::Cow, collections::BTreeMap, fmt};

/// How deep a part may be nested; what lies deeper than the few levels that are read is never looked at.
pub const DEPTH: usize = 128;
/// Parts of one delivery at most: API servers send 400.
pub const PARTS: usize = 10_000;
/// Characters of a text that is kept, at most: the longest name in Kubernetes has 253, users' names may be longer.
pub const TEXT: usize = 1024;

/// A part that was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {why}")]
pub struct Refusal {
    /// Where in the delivery: a JSON pointer, empty for the whole. Where several documents came after each other,
    /// it begins with their number, as if they were a list.
    pub pointer: String,
    /// What is wrong.
    pub why: Why,
}

/// Why a part is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Bytes.
    #[error("more than {0} bytes")]
    TooLarge(usize),
    /// Not Unicode.
    #[error("not UTF-8")]
    NotText,
    /// Where the syntax ends: line and column, from 1.
    #[error("not JSON at line {line}, column {column}")]
    NotJson {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Levels.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// Parts; those beyond were not read.
    #[error("more than {0} parts")]
    TooMany(usize),
    /// Something that must be there is not.
    #[error("missing")]
    Missing,
    /// Of another type.
    #[error("not {0}")]
    Not(&'static str),
    /// Characters.
    #[error("longer than {0} characters")]
    TooLong(usize),
    /// A word that is none of those known.
    #[error("not one of the words known")]
    UnknownWord,
}

impl Refusal {
    fn new(pointer: impl Into<String>, why: Why) -> Self {
        Self { pointer: pointer.into(), why }
    }
}

/// A SHA-256 digest; as text, 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Of bytes as they came.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Of several texts, so that no two lists of them give the same bytes.
    fn of_parts(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A part of a delivery, not looked into yet.
#[derive(Clone, Debug)]
struct Raw<'a> {
    pointer: String,
    json: &'a RawValue,
}

/// Takes a delivery apart: one document, a list of them, or several after each other, as lines of a log.
fn parts<'a>(body: &'a [u8], most_bytes: usize, refusals: &mut Vec<Refusal>) -> Vec<Raw<'a>> {
    if body.len() > most_bytes {
        refusals.push(Refusal::new("", Why::TooLarge(most_bytes)));
        return Vec::new();
    }
    let Ok(text) = std::str::from_utf8(body) else {
        refusals.push(Refusal::new("", Why::NotText));
        return Vec::new();
    };
    let mut documents = Vec::new();
    let mut broken = None;
    for document in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        match document {
            Ok(json) => documents.push(json),
            Err(error) => {
                broken = Some(Why::NotJson { line: error.line(), column: error.column() });
                break;
            }
        }
    }
    let alone = documents.len() == 1 && broken.is_none();
    let mut parts = Vec::new();
    for (number, json) in documents.iter().enumerate() {
        let pointer = if alone { String::new() } else { format!("/{number}") };
        match serde_json::from_str::<Vec<&RawValue>>(json.get()) {
            Ok(list) => parts.extend(numbered(&pointer, list)),
            Err(_) => parts.push(Raw { pointer, json }),
        }
    }
    match broken {
        Some(why) if documents.is_empty() => refusals.push(Refusal::new("", why)),
        Some(why) => refusals.push(Refusal::new(format!("/{}", documents.len()), why)),
        None if documents.is_empty() => refusals.push(Refusal::new("", Why::Missing)),
        None => {}
    }
    limited(parts, "", refusals)
}

fn numbered<'a>(pointer: &str, list: Vec<&'a RawValue>) -> Vec<Raw<'a>> {
    list.into_iter().enumerate().map(|(at, json)| Raw { pointer: format!("{pointer}/{at}"), json }).collect()
}

fn limited<'a>(mut parts: Vec<Raw<'a>>, pointer: &str, refusals: &mut Vec<Refusal>) -> Vec<Raw<'a>> {
    if parts.len() > PARTS {
        parts.truncate(PARTS);
        refusals.push(Refusal::new(pointer, Why::TooMany(PARTS)));
    }
    parts
}

/// An object whose fields are looked into one by one, so that each error has its place.
struct Object<'a> {
    pointer: String,
    fields: BTreeMap<String, &'a RawValue>,
}

impl<'a> Object<'a> {
    fn read(raw: &Raw<'a>) -> Result<Self, Refusal> {
        if depth(raw.json.get()) > DEPTH {
            return Err(Refusal::new(&raw.pointer, Why::TooDeep(DEPTH)));
        }
        Self::of(raw.json, raw.pointer.clone())
    }

    fn of(json: &'a RawValue, pointer: String) -> Result<Self, Refusal> {
        match serde_json::from_str(json.get()) {
            Ok(fields) => Ok(Self { pointer, fields }),
            Err(_) => Err(Refusal::new(pointer, Why::Not("an object"))),
        }
    }

    fn refuse(&self, field: &str, why: Why) -> Refusal {
        let field = field.replace('~', "~0").replace('/', "~1");
        Refusal::new(format!("{}/{field}", self.pointer), why)
    }

    /// The field, unless it is missing or `null`.
    fn field(&self, name: &str) -> Option<&'a RawValue> {
        self.fields.get(name).copied().filter(|json| json.get() != "null")
    }

    fn object(&self, name: &str) -> Result<Option<Object<'a>>, Refusal> {
        self.field(name).map(|json| Object::of(json, self.refuse(name, Why::Missing).pointer)).transpose()
    }

    fn list(&self, name: &str) -> Result<Option<Vec<Raw<'a>>>, Refusal> {
        let Some(json) = self.field(name) else { return Ok(None) };
        let list = serde_json::from_str(json.get()).map_err(|_| self.refuse(name, Why::Not("a list")))?;
        Ok(Some(numbered(&self.refuse(name, Why::Missing).pointer, list)))
    }

    /// A text of at most [`TEXT`] characters.
    fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        let text = self.long_text(name)?;
        match text {
            Some(text) if text.chars().count() > TEXT => Err(self.refuse(name, Why::TooLong(TEXT))),
            Some(text) => Ok(Some(text.into_owned())),
            None => Ok(None),
        }
    }

    /// A text of any length, to be looked at and not kept.
    fn long_text(&self, name: &str) -> Result<Option<Cow<'a, str>>, Refusal> {
        let Some(json) = self.field(name) else { return Ok(None) };
        serde_json::from_str(json.get()).map(Some).map_err(|_| self.refuse(name, Why::Not("a text")))
    }

    /// A text that must be there, and not be empty.
    fn needed(&self, name: &str) -> Result<String, Refusal> {
        self.text(name)?.filter(|text| !text.is_empty()).ok_or_else(|| self.refuse(name, Why::Missing))
    }

    fn texts(&self, name: &str) -> Result<Vec<String>, Refusal> {
        let Some(json) = self.field(name) else { return Ok(Vec::new()) };
        serde_json::from_str(json.get()).map_err(|_| self.refuse(name, Why::Not("a list of texts")))
    }

    fn instant(&self, name: &str) -> Result<Option<model::Instant>, Refusal> {
        let Some(text) = self.long_text(name)? else { return Ok(None) };
        let instant = chrono::DateTime::parse_from_rfc3339(&text);
        instant.map(|at| Some(at.to_utc())).map_err(|_| self.refuse(name, Why::Not("a time of RFC 3339")))
    }
}

/// How deep a JSON text is nested.
fn depth(json: &str) -> usize {
    let (mut deepest, mut now, mut in_text, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' if !in_text => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::{Digest, depth};

    #[test]
    fn depth_is_that_of_brackets_outside_of_texts() {
        for (json, expected) in
            [("7", 0), ("{}", 1), (r#"{"a":[{}]}"#, 3), (r#"{"a":"[[[","b":"\"[{"}"#, 1), ("[[],[],[[]]]", 3)]
        {
            assert_eq!(depth(json), expected, "{json}");
        }
    }

    #[test]
    fn lists_of_texts_have_digests_of_their_own() {
        assert_ne!(Digest::of_parts(&["ab", "c"]), Digest::of_parts(&["a", "bc"]));
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").to_string(), empty);
    }
}
