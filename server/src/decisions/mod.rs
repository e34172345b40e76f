//! What people decide about findings: acknowledge, assign, link, date, comment, claim, judge, reopen, undo.
//!
//! Reads: findings and what was decided before. Writes: decisions, the rollup of open findings, and the ledger, in one
//! transaction. Never: changes a decision; taking one back is another decision. The rule by which a decision leads from
//! one state of a finding to the next is [`model::disposition`]'s.

mod comment;
mod decide;
mod mentions;
mod people;
mod record;
mod store;
mod undo;
mod work;

pub use comment::is_required;
pub use decide::{decide, decide_matching};
pub use people::{assignees, due_date, ticket};
pub use record::Actor;
pub use undo::{undo, undoable};
pub use work::{Pages, my_work};
