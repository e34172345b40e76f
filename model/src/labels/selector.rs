//! What a selector asks of labels, and whether they have it.

use super::{BadSelector, KINDS, KeptLabels};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

/// How a term asks for the label of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// It is one of the values.
    In,
    /// It is none of the values, or there is none.
    NotIn,
    /// There is one.
    Exists,
    /// There is none.
    Absent,
}

/// One term of a selector.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Term {
    /// The key.
    pub key: String,
    /// How it asks.
    pub operator: Operator,
    /// The values that it names; none where it asks whether there is one.
    pub values: BTreeSet<String>,
}

/// A label selector in the syntax of Kubernetes, as `environment in (test,dev),tier!=db`: every term must hold. It has one
/// written form, whatever the order and the spelling in which it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Selector(pub(super) BTreeSet<Term>);

/// What is known of the labels that a finding carries: those of its subject, and of its namespace.
#[derive(Clone, Copy, Debug)]
pub struct Carried<'a> {
    /// The kind of the subject.
    pub kind: &'a str,
    /// The kept labels of the subject; `None` where it was not read.
    pub own: Option<&'a KeptLabels>,
    /// The kept labels of the namespace that it lies in, or is; `None` where that was not read, or there is none.
    pub namespace: Option<&'a KeptLabels>,
}

impl Selector {
    /// Characters of a written selector at most.
    pub const LONGEST: usize = 1_000;
    /// Terms at most.
    pub const MOST_TERMS: usize = 10;
    /// Values of a term at most.
    pub const MOST_VALUES: usize = 20;

    /// Its terms, in their order.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = &Term> {
        self.0.iter()
    }

    /// From terms that were written by [`Selector::terms`]; `None` without any, which would select everything.
    pub fn from_terms(terms: impl IntoIterator<Item = Term>) -> Option<Self> {
        let terms: BTreeSet<Term> = terms.into_iter().collect();
        (!terms.is_empty()).then_some(Self(terms))
    }

    /// Whether every term holds. What is not known holds nothing, so that nothing is selected by what nobody read: a term
    /// that asks for what there is not holds only where both the subject and, where it says nothing, its namespace were read
    /// while that key was kept. The label of the subject goes before that of its namespace. Of a kind whose labels are never
    /// kept, those of the namespace tell what there is, and never what there is not.
    ///
    /// The same as `selector_matches` of the schema; a test compares them.
    pub fn matches(&self, carried: Carried<'_>) -> bool {
        self.0.iter().all(|term| term.holds(carried))
    }
}

impl Term {
    fn holds(&self, carried: Carried<'_>) -> bool {
        let own = carried.own.and_then(|labels| labels.get(&self.key));
        let namespace = carried.namespace.and_then(|labels| labels.get(&self.key));
        let inherited = || namespace.and_then(Option::as_ref);
        let value = match own {
            Some(own) => own.as_ref().or_else(inherited),
            None if KINDS.contains(&carried.kind) => None,
            None => inherited(),
        };
        let known = own.is_some_and(|own| own.is_some() || namespace.is_some());
        match self.operator {
            Operator::In => value.is_some_and(|value| self.values.contains(value)),
            Operator::Exists => value.is_some(),
            Operator::NotIn => known && value.is_none_or(|value| !self.values.contains(value)),
            Operator::Absent => known && value.is_none(),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, operator, values } = self;
        let one = values.first().filter(|_| values.len() == 1);
        let all = || values.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        match (operator, one) {
            (Operator::Exists, _) => f.write_str(key),
            (Operator::Absent, _) => write!(f, "!{key}"),
            (Operator::In, Some(value)) => write!(f, "{key}={value}"),
            (Operator::NotIn, Some(value)) => write!(f, "{key}!={value}"),
            (Operator::In, None) => write!(f, "{key} in ({})", all()),
            (Operator::NotIn, None) => write!(f, "{key} notin ({})", all()),
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, term) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            write!(f, "{term}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Selector {
    type Error = BadSelector;

    fn try_from(text: String) -> Result<Self, BadSelector> {
        text.parse()
    }
}

impl From<Selector> for String {
    fn from(selector: Selector) -> Self {
        selector.to_string()
    }
}
