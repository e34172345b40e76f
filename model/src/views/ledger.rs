//! The ledger.

use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

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
        /// The hash of the entry before, in hexadecimal; zeros before the first.
        prev_hash: String,
        /// SHA-256 over the previous hash and this entry, in hexadecimal.
        hash: String,
    }
}

view! {
    /// Entries of the ledger, newest first, a page at a time.
    LedgerPage {
        /// The entries.
        entries: Vec<LedgerEntry>,
        /// Pass it as `before` to read on to older entries; absent at the end.
        next: Option<i64>,
        /// Every action that stands in the ledger, in alphabetical order.
        actions: Vec<String>,
        /// What the people that are named by their id are called now, by actor.
        names: BTreeMap<String, String>,
        /// How many entries there are in all.
        size: i64,
        /// The last time that the whole chain was recomputed; none where that was never done.
        check: Option<LedgerCheck>,
        /// The newest head that was sent to each place outside.
        anchors: Vec<LedgerAnchor>,
    }
}

view! {
    /// A recomputation of the whole chain.
    LedgerCheck {
        /// When it began.
        started_at: DateTime<Utc>,
        /// When it ended.
        finished_at: DateTime<Utc>,
        /// Entries that hold, from the first on.
        entries: i64,
        /// The hash of the last of them, in hexadecimal.
        head: String,
        /// The first link that does not hold; none where all do.
        broken: Option<BrokenLink>,
    }
}

view! {
    /// The first link of the chain that does not hold.
    BrokenLink {
        /// The number of the entry.
        seq: i64,
        /// What of it: `number`, `instant`, `digest`, `payload`, `hash`, or `witness` where a head that was noted before
        /// is another now.
        link: String,
        /// What should stand there.
        expected: String,
        /// What stands there.
        found: String,
    }
}

view! {
    /// A head of the ledger that was sent outside, or could not be.
    LedgerAnchor {
        /// Its id.
        id: Uuid,
        /// Where to: `webhook`, `file` or `timestamp`.
        target: String,
        /// The number of the newest entry then.
        seq: i64,
        /// Its hash, in hexadecimal.
        hash: String,
        /// When it was sent.
        at: DateTime<Utc>,
        /// Why it could not be; none where it was taken.
        fault: Option<String>,
        /// Whether there is a time stamp to fetch.
        has_receipt: bool,
    }
}

/// What a reader of the ledger looks for; the address is its written form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Who: a person's name, or the actor as the ledger has it.
    pub actor: Option<String>,
    /// What kind of thing happened.
    pub action: Option<String>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
}
