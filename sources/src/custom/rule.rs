//! One check of an operator, ready to judge objects.

use super::expression::{Budget, Expression, Subject, Why};
use model::custom::Custom;

/// What a check says of one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The check does not speak of it.
    NotSelected,
    /// It is as it must be.
    Pass,
    /// It is not.
    Fail {
        /// What tells this fault from others of the same object.
        key: Option<String>,
    },
}

/// The expressions of a check.
#[derive(Debug)]
pub struct Rule {
    select: Option<Expression>,
    passes: Expression,
    subject_key: Option<Expression>,
}

impl Rule {
    /// Parses the expressions of a check; the error names the key of the one that is wrong, and why.
    pub fn of(custom: &Custom) -> Result<Self, (&'static str, String)> {
        let parse = |key, text: &str| Expression::parse(text).map_err(|why| (key, why));
        Ok(Self {
            select: custom.select.as_deref().map(|text| parse("select", text)).transpose()?,
            passes: parse("passes", &custom.passes)?,
            subject_key: custom.subject_key.as_deref().map(|text| parse("subject_key", text)).transpose()?,
        })
    }

    /// Judges an object, given as the JSON that the API server sent.
    pub fn judge(&self, json: &str, budget: &Budget) -> Result<Verdict, Why> {
        let subject = Subject::new(json, budget)?;
        if let Some(select) = &self.select
            && !select.asks(&subject)?
        {
            return Ok(Verdict::NotSelected);
        }
        if self.passes.asks(&subject)? {
            return Ok(Verdict::Pass);
        }
        let key = self.subject_key.as_ref().map(|key| key.tells(&subject)).transpose()?;
        Ok(Verdict::Fail { key })
    }
}
