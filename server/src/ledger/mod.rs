//! The hash-chained record of everything that was decided, changed or exported.
//!
//! Entry n's hash is SHA-256 over `prev_hash ‖ seq ‖ at ‖ actor ‖ action ‖ payload`, each but the first
//! length-prefixed (see [`entry_hash`]); the first entry's previous hash is 32 zero bytes.

mod store;

pub use store::{Head, append, entries, head_as_of};

use model::Instant;
use sha2::{Digest, Sha256};

/// The hash of an entry, from the previous entry's hash and its own fields.
///
/// The instant is hashed as microseconds since 1970 in decimal, which is exactly what PostgreSQL keeps.
pub fn entry_hash(prev: [u8; 32], seq: i64, at: Instant, actor: &str, action: &str, payload: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(prev);
    for part in [&seq.to_string(), &at.timestamp_micros().to_string(), actor, action, payload] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}
