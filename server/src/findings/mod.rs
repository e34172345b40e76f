//! Findings as lists, one by one, and as the rows of a pack; always as of an instant.
//!
//! Reads: findings, their intervals, decisions on them, the rollup of open findings. Writes: nothing.
//! Never: pages by OFFSET, or shows findings of a cluster that was not in the configuration at the instant asked for
//! (except one by one, by its id).

mod changed;
mod cursor;
mod detail;
mod export;
mod groups;
mod page;
mod scope;
mod sought;
mod store;

pub use changed::news;
pub use detail::{detail, told};
pub use export::export;
pub use groups::groups;
pub use page::{how_many, matching, page};

pub(crate) use page::{all_matching, by_ids, failing, number_matching, of_intervals, worst};
