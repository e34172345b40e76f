//! The hash-chained record of everything that was decided, changed or exported.
//!
//! The rule of the chain is [`pack::ledger::entry_hash`], which a pack's reader uses too.
//! Reads and writes the table `ledger`; never changes an entry. Recomputes the chain every now and then, and sends its head
//! out of the house, so that whoever rewrites all of it is found out: see `docs/ledger.md`.

mod page;
mod send;
mod settings;
mod store;
pub mod timestamp;
mod verify;
mod work;

pub use page::page;
pub use settings::adopt;
pub(crate) use store::proof;
pub use store::{Head, append, append_seldom, entries, entries_as_of, entries_known_at, head_as_of};
pub use verify::{Broken, check, verify, verify_command};
pub use work::{receipt, send_due, work};

use model::Instant;

/// An instant as the ledger hashes it: RFC 3339 in UTC with six decimals, which is exactly what PostgreSQL keeps.
pub fn instant_text(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}
