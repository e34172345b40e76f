//! How things went over time: one value for chart, table, CSV, API and pack.
//!
//! Reads: what history counts by days, the edges of intervals, decisions, service levels and teams. Writes: whose namespaces
//! are, as they change. Never: samples, or tells of an instant what became known later.
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
mod teams;
mod times;

pub use csv::csv;
pub use load::load;
pub(crate) use load::load_of;
pub(crate) use teams::record_teams;
