//! Reads selectors as Kubernetes writes them: <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/>.

use super::{Operator, Selector, Term, is_key, is_value};
use std::{collections::BTreeSet, str::FromStr};

/// A text that is no selector, or asks for more than is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no label selector: terms as environment=test, tier!=db, app in (a,b), app notin (a,b), app or !app, with commas in between; \
     at most {terms} terms of {values} values each",
    terms = Selector::MOST_TERMS,
    values = Selector::MOST_VALUES
)]
pub struct BadSelector;

impl FromStr for Selector {
    type Err = BadSelector;

    fn from_str(text: &str) -> Result<Self, BadSelector> {
        if text.chars().count() > Self::LONGEST {
            return Err(BadSelector);
        }
        let mut rest = Rest(text);
        let mut terms = BTreeSet::new();
        loop {
            terms.insert(rest.term()?);
            if rest.is_over() {
                break;
            }
            rest.expect(",")?;
        }
        if terms.len() > Self::MOST_TERMS { Err(BadSelector) } else { Ok(Self(terms)) }
    }
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// Passes over blanks.
    fn blanks(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn is_over(&mut self) -> bool {
        self.blanks();
        self.0.is_empty()
    }

    /// Takes a sign where it comes next.
    fn takes(&mut self, sign: &str) -> bool {
        self.blanks();
        let rest = self.0.strip_prefix(sign);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn expect(&mut self, sign: &str) -> Result<(), BadSelector> {
        if self.takes(sign) { Ok(()) } else { Err(BadSelector) }
    }

    /// The letters up to a sign or a blank, which may be none.
    fn word(&mut self) -> &'a str {
        self.blanks();
        let end = self.0.find(|c: char| c.is_ascii_whitespace() || "=!(),".contains(c)).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word
    }

    fn term(&mut self) -> Result<Term, BadSelector> {
        let absent = self.takes("!");
        let key = self.word();
        if !is_key(key) {
            return Err(BadSelector);
        }
        let (operator, values) = if absent { (Operator::Absent, BTreeSet::new()) } else { self.asks()? };
        if values.len() > Selector::MOST_VALUES || values.iter().any(|value| !is_value(value)) {
            return Err(BadSelector);
        }
        Ok(Term { key: key.to_owned(), operator, values })
    }

    /// What follows a key.
    fn asks(&mut self) -> Result<(Operator, BTreeSet<String>), BadSelector> {
        if self.takes("!=") {
            return Ok((Operator::NotIn, BTreeSet::from([self.word().to_owned()])));
        }
        if self.takes("==") || self.takes("=") {
            return Ok((Operator::In, BTreeSet::from([self.word().to_owned()])));
        }
        let operator = match self.word() {
            "" => return Ok((Operator::Exists, BTreeSet::new())),
            "in" => Operator::In,
            "notin" => Operator::NotIn,
            _ => return Err(BadSelector),
        };
        self.expect("(")?;
        let mut values = BTreeSet::new();
        loop {
            values.insert(self.word().to_owned());
            if self.takes(")") {
                break;
            }
            self.expect(",")?;
        }
        // Nothing in the brackets is no value, and not the empty one.
        if values.iter().all(String::is_empty) { Err(BadSelector) } else { Ok((operator, values)) }
    }
}
