//! Checks that an operator writes: their files, and their expressions over objects that anybody may have made.

mod expression;
mod file;
mod rule;

pub use expression::{Budget, Why};
pub use file::{Mistake, parse};
pub use rule::{Rule, Verdict};
