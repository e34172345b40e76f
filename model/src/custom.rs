//! Checks that an operator wrote: a rule in CEL over the objects of one resource, with texts of its own.
//!
//! Only what is needed to show them and to tell one definition from another; `sources` judges by them.

use crate::{catalogue::Check, evaluation::Hasher, ids::CheckId};
use serde::Deserialize;
use uuid::Uuid;

/// What every id of such a check begins with.
pub const PREFIX: &str = "custom.";

/// A check that an operator wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custom {
    /// What it has in common with every other check.
    pub check: Check,
    /// What it says of itself.
    pub texts: Texts,
    /// The objects that it is about.
    pub resource: ResourceName,
    /// The kind of one of them, as `Deployment`.
    pub kind: String,
    /// CEL: which of the objects it speaks of; all where there is none.
    pub select: Option<String>,
    /// CEL: whether an object is as it must be.
    pub passes: String,
    /// CEL: what tells several faults of one object apart.
    pub subject_key: Option<String>,
    /// Whether it passes where there is no object of which it speaks.
    pub may_select_none: bool,
}

/// A resource, as an operator names it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceName {
    /// The API group; empty for the core group.
    pub group: String,
    /// The version.
    pub version: String,
    /// The resource, in the plural.
    pub plural: String,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
}

/// The texts of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// Its title.
    pub title: Text,
    /// Its rule in words.
    pub rule: Text,
    /// Why it matters.
    pub rationale: Text,
    /// What to do.
    pub remedy: Text,
}

/// A text in the languages that its author knows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: String,
    /// Danish; readers of Danish see English where there is none.
    #[serde(default)]
    pub da: Option<String>,
}

impl Text {
    /// The text for readers of a language.
    pub fn in_language(&self, tag: &str) -> &str {
        self.da.as_deref().filter(|_| tag == "da").unwrap_or(&self.en)
    }
}

impl Custom {
    /// What decides its verdicts: another digest is another rule, and must be tried anew. Texts, severity and controls
    /// do not belong to it.
    pub fn digest(&self) -> Uuid {
        let ResourceName { group, version, plural, namespaced } = &self.resource;
        let mut hasher = Hasher::new();
        for part in [self.check.id.as_str(), group, version, plural, &namespaced.to_string(), &self.kind, &self.passes]
        {
            hasher.part(part);
        }
        // A part that is not there is told from one that is empty.
        for part in [&self.select, &self.subject_key] {
            hasher.part(if part.is_some() { "some" } else { "none" });
            hasher.part(part.as_deref().unwrap_or_default());
        }
        // Not where it is not said, so that checks from before are what they were tried as.
        if self.may_select_none {
            hasher.part("may_select_none");
        }
        hasher.finish()
    }
}

impl CheckId {
    /// Whether an operator wrote it.
    pub fn is_custom(&self) -> bool {
        self.0.starts_with(PREFIX)
    }
}
