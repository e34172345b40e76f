//! The hash-chained record of everything that was decided, changed or exported.
//!
//! The rule of the chain is [`pack::ledger::entry_hash`], which a pack's reader uses too.
//! Reads and writes the table `ledger`; never changes an entry.

mod store;
mod verify;

pub(crate) use store::proof;
pub use store::{Head, append, entries, entries_as_of, entries_known_at, head_as_of};
pub use verify::{Broken, verify, verify_command};

use model::Instant;

/// An instant as the ledger hashes it: RFC 3339 in UTC with six decimals, which is exactly what PostgreSQL keeps.
pub fn instant_text(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}
