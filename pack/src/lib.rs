//! The evidence pack: its format, how it is written, and how anybody verifies it.
//!
//! A pack is a ZIP archive of prescribed bytes that holds the evidence files, the ledger up to the pack's
//! instant ([`ledger`]), a manifest of every file's SHA-256, and an Ed25519 signature over the manifest's
//! exact bytes. The same content always gives the same bytes.
//!
//! Reads and writes bytes in memory alone: no files, no clock, no network; compiles to wasm.
#![warn(missing_docs)]

pub mod fault;
pub mod ledger;
