//! Evidence packs, from a seeded history to the bytes that an auditor verifies.

mod bytes;
mod content;
mod ledger;
mod queue;
mod roles;
pub(crate) mod seed;
