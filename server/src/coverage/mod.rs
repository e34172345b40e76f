//! Coverage of time: were you looking all the year?
//!
//! Reads: runs of scans, the scan log of days that are not over or need it, results, freshness budgets. Writes: nothing (runs
//! are `history`'s). Never: calls observed what no scan observed; the rule is `model::coverage`'s, and no other is here.

mod load;
mod report;
mod store;

pub use report::{Ask, check, control, named, sources};
