//! The SQL of findings.

mod count;
mod history;
mod list;
mod rows;

pub(super) use count::{acknowledged, count_open, matching_text};
pub(super) use history::{Decided, Interval, Merged, decisions, intervals, merged};
pub(super) use list::{Listed, count_up_to, list};
pub(super) use rows::{existing, newest_interval, rows};
