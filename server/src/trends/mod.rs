//! How things went over time: one value for chart, table, CSV, API and pack.
//!
//! Reads: what history counts by days, the edges of intervals, decisions, deadlines and teams. Writes: the deadlines of the
//! configuration and whose namespaces are, as they change. Never: samples, or tells of an instant what became known later.
//!
//! Open findings and their flow over whole days are read from the counts of days; everything else, and the day of the
//! instant asked for as far as it has come, from the edges themselves.

mod age;
mod controls;
mod csv;
mod deadlines;
mod flow;
mod load;
mod open;
mod periods;
mod scope;
mod spans;
mod store;
mod targets;
mod teams;
mod times;

pub use csv::csv;
pub use load::load;
pub(crate) use load::load_of;
pub use targets::adopt;
pub(crate) use teams::record_teams;

/// Deadlines in days, from being opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// To be acknowledged.
    pub acknowledge: Option<u32>,
    /// To be fixed.
    pub fix: Option<u32>,
}
