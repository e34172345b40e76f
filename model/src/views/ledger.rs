//! The ledger.

use chrono::{DateTime, Utc};
use serde::Serialize;

view! {
    /// An entry of the ledger.
    LedgerEntry {
        /// Its number, without gaps from 1.
        seq: i64,
        /// When.
        at: DateTime<Utc>,
        /// Who: a person's name, or `system`.
        actor: String,
        /// What kind of thing happened, as `finding.acknowledge`.
        action: String,
        /// What exactly, as canonical JSON.
        payload: String,
        /// SHA-256 over the previous hash and this entry, in hexadecimal.
        hash: String,
    }
}
