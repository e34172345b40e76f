//! The evidence pack: its format, how it is written, and how anybody verifies it.
//!
//! A pack is a ZIP archive of prescribed bytes (see [`archive`]) that holds the evidence files, the ledger up to the pack's
//! instant ([`ledger`]), a manifest of every file's SHA-256 ([`manifest`]), and an Ed25519 signature over the manifest's
//! exact bytes ([`key`]). The same content always gives the same bytes.
//!
//! Reads and writes bytes in memory alone: no files, no clock, no network; compiles to wasm.
#![warn(missing_docs)]

pub mod archive;
pub mod fault;
pub mod key;
pub mod ledger;
pub mod manifest;
pub mod verify;
pub mod write;

/// Names of the files that every pack has.
pub mod names {
    /// The list of all other files, which is what is signed.
    pub const MANIFEST: &str = "manifest.json";
    /// The signature: 64 bytes.
    pub const SIGNATURE: &str = "manifest.sig";
    /// The public half of the key, PEM.
    pub const PUBLIC_KEY: &str = "public-key.pem";
    /// The key's id, a line.
    pub const KEY_ID: &str = "key-id.txt";
    /// How to verify the pack, with Bevis and by hand.
    pub const HOW_TO: &str = "HOW-TO-VERIFY.txt";
    /// The ledger, an entry a line.
    pub const LEDGER: &str = "ledger.jsonl";
}
