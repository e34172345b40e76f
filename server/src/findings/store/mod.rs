//! The SQL of findings.

mod changed;
mod count;
mod groups;
mod history;
mod list;
mod rows;
mod service;
mod sought;

pub(super) use changed::{Happened, changed, happened};
pub(super) use count::{assigned, count_open, due, matching_text, standing, with_ticket};
pub(super) use groups::{Counted, counted, people};
pub(super) use history::{Decided, Interval, Merged, decisions, intervals, merged};
pub(super) use list::{Listed, count_up_to, every, list};
pub(super) use rows::{existing, newest_interval, newest_intervals, rows, was_seen};
pub(super) use sought::{Found, found};
