//! The SQL of findings.

mod count;
mod history;
mod list;
mod rows;

pub(super) use count::{acknowledged, count_open, count_up_to, matching_text};
pub(super) use history::{Decided, Interval, decisions, intervals};
pub(super) use list::{Listed, newest_first, oldest_first, worst_first, worst_last};
pub(super) use rows::{existing, newest_interval, rows};
