//! What people decide about findings: acknowledge, withdraw, comment.
//!
//! Reads: findings and what was decided before. Writes: decisions, the rollup of open findings, and the ledger, in one
//! transaction. Never: changes a decision; taking one back is another decision.

mod comment;
mod decide;
mod store;

pub use decide::{Actor, decide};
