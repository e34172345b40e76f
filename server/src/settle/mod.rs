//! Keeps the past still: what was exported as of an instant must read the same for ever.
//!
//! Everything that writes history (scans, decisions, clusters, the ledger) calls [`join`] first in its transaction and
//! records at the instant that it answers. Whoever freezes an instant (the pack builder) calls [`close`], which waits for
//! the writers in flight; from then on nobody records at or before that instant, whatever their clock says.
//! Writers never wait for each other, and for a closer only as long as its one-row update takes.

mod store;

pub use store::{alone, close, join};
