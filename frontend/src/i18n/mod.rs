//! Words, dates and numbers in the reader's language and time zone.
//!
//! Reads the translation files in `frontend/locales/<language>/`, which are built into the program.
//! Pages, printable reports and error pages all use it. It never decides what is said, only how:
//! a key without a translation stays visible as `⟦key⟧`, and is a failing test.

mod bundles;
mod dates;
mod instants;
mod language;
mod numbers;
#[cfg(test)]
mod tests;

pub use bundles::Arg;
pub use instants::{Asked, NoInstant, read_exact};
pub use language::Language;

use chrono_tz::Tz;

/// How a reader reads: a language and a time zone. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    /// The language.
    pub language: Language,
    /// The time zone in which instants are shown.
    pub time_zone: Tz,
}

impl Locale {
    /// A locale.
    pub const fn new(language: Language, time_zone: Tz) -> Self {
        Self { language, time_zone }
    }

    /// The text of a key that needs no values.
    pub fn t(self, key: &str) -> String {
        bundles::format(self.language, key, &[])
    }

    /// The text of a key with named values; numbers among them choose plurals and are grouped by locale.
    pub fn tx(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        bundles::format(self.language, key, args)
    }

    /// The text of a key, if there is one: for texts that only some things have.
    pub fn find(self, key: &str) -> Option<String> {
        bundles::has(self.language, key).then(|| self.t(key))
    }
}
