//! The ledger's chain, as the server keeps it and a pack carries it: the one rule by which entries are hashed.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The hash before the first entry.
pub const START: [u8; 32] = [0; 32];

/// An entry of the ledger. A line of `ledger.jsonl`, fields in alphabetical order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What kind of thing happened, as `finding.acknowledge`.
    pub action: String,
    /// Who: a person's name, or `system`.
    pub actor: String,
    /// When: RFC 3339, UTC, six decimals.
    pub at: String,
    /// This entry's hash, in hexadecimal.
    pub hash: String,
    /// What exactly; left out where it is not in the pack's scope, of which the digest then speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// SHA-256 of the payload's bytes, in hexadecimal.
    pub payload_sha256: String,
    /// Its number, without gaps from 1.
    pub seq: i64,
}

/// The hash of an entry: SHA-256 over the previous entry's hash, then `seq` (decimal), `at`, `actor`, `action` and the
/// payload's SHA-256 (hexadecimal), each after its length in bytes as eight bytes, big end first.
///
/// It covers the payload's digest, not the payload: so a payload can be left out of a pack, and the chain still verified.
pub fn entry_hash(prev: [u8; 32], seq: i64, at: &str, actor: &str, action: &str, payload_sha256: [u8; 32]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(prev);
    for part in [&seq.to_string(), at, actor, action, &hex::encode(payload_sha256)] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first link of a chain that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ledger entry {seq}: {} (expected {expected}, found {found})", link.what())]
pub struct ChainFault {
    /// The entry's number, as it should be.
    pub seq: i64,
    /// What is wrong with it.
    pub link: Link,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// What of a link does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Its number.
    Number,
    /// Its instant.
    Instant,
    /// The form of its payload's digest.
    Digest,
    /// Its payload.
    Payload,
    /// Its hash.
    Hash,
}

impl Link {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Instant => "instant",
            Self::Digest => "digest",
            Self::Payload => "payload",
            Self::Hash => "hash",
        }
    }

    /// What is wrong with it, in words for an operator.
    pub const fn what(self) -> &'static str {
        match self {
            Self::Number => "is missing, doubled or out of order",
            Self::Instant => "its instant is not written as it should be, or lies before the entry before it",
            Self::Digest => "its payload's digest is not SHA-256",
            Self::Payload => "its payload is not the one that was recorded",
            Self::Hash => "its hash does not follow from its content and the entry before it",
        }
    }
}

/// A chain as far as it has been followed.
#[derive(Clone, Debug)]
pub struct Chain {
    seq: i64,
    hash: [u8; 32],
    at: String,
}

impl Default for Chain {
    fn default() -> Self {
        Self { seq: 0, hash: START, at: String::new() }
    }
}

impl Chain {
    /// The number of the newest entry; 0 where there is none.
    pub const fn seq(&self) -> i64 {
        self.seq
    }

    /// The newest entry's hash; [`START`] where there is none.
    pub const fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// The newest entry's instant; empty where there is none.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Follows the chain by one entry: number, order of time, payload and hash must hold.
    pub fn add(&mut self, entry: &Entry) -> Result<(), ChainFault> {
        let seq = self.seq + 1;
        let fault =
            |link, expected: String, found: &dyn ToString| ChainFault { seq, link, expected, found: found.to_string() };
        if entry.seq != seq {
            return Err(fault(Link::Number, seq.to_string(), &entry.seq));
        }
        if !is_instant(&entry.at) || entry.at < self.at {
            return Err(fault(Link::Instant, format!("an instant not before {}", self.at), &entry.at));
        }
        let digest = bytes32(&entry.payload_sha256)
            .ok_or_else(|| fault(Link::Digest, "64 hexadecimal digits".into(), &entry.payload_sha256))?;
        if let Some(found) = entry.payload.as_ref().map(|payload| sha256(payload.as_bytes())).filter(|it| *it != digest)
        {
            return Err(fault(Link::Payload, hex::encode(digest), &hex::encode(found)));
        }
        let hash = entry_hash(self.hash, seq, &entry.at, &entry.actor, &entry.action, digest);
        if bytes32(&entry.hash) != Some(hash) {
            return Err(fault(Link::Hash, hex::encode(hash), &entry.hash));
        }
        (self.seq, self.hash) = (seq, hash);
        self.at.clone_from(&entry.at);
        Ok(())
    }
}

/// Whether a text is an instant as packs write it (`2026-06-30T12:00:00.000000Z`), so that text order is time order.
pub fn is_instant(text: &str) -> bool {
    const SHAPE: &[u8] = b"dddd-dd-ddTdd:dd:dd.ddddddZ";
    text.len() == SHAPE.len()
        && text
            .bytes()
            .zip(SHAPE)
            .all(|(byte, shape)| if *shape == b'd' { byte.is_ascii_digit() } else { byte == *shape })
}

/// 32 bytes from lower-case hexadecimal.
pub(crate) fn bytes32(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let lower = text.bytes().all(|b| !b.is_ascii_uppercase());
    (lower && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(chain: &Chain, payload: &str) -> Entry {
        let (seq, at) = (chain.seq() + 1, "2026-06-30T12:00:00.000000Z");
        let hash = entry_hash(chain.hash(), seq, at, "Anna", "finding.acknowledge", sha256(payload.as_bytes()));
        Entry {
            action: "finding.acknowledge".into(),
            actor: "Anna".into(),
            at: at.into(),
            hash: hex::encode(hash),
            payload: Some(payload.into()),
            payload_sha256: hex::encode(sha256(payload.as_bytes())),
            seq,
        }
    }

    #[test]
    fn a_chain_holds_until_something_is_changed() {
        let mut chain = Chain::default();
        let first = entry(&chain, "{\"a\":1}");
        chain.add(&first).expect("the first link holds");
        let second = entry(&chain, "{\"b\":2}");
        for (change, what) in [
            (Entry { actor: "Bo".into(), ..second.clone() }, "hash"),
            (Entry { payload: Some("{}".into()), ..second.clone() }, "payload"),
            (Entry { seq: 3, ..second.clone() }, "missing"),
            (Entry { at: "2026-06-30T11:59:59.999999Z".into(), ..second.clone() }, "instant"),
            (Entry { at: "yesterday".into(), ..second.clone() }, "instant"),
        ] {
            let fault = chain.clone().add(&change).expect_err("the link is broken");
            assert!(fault.link.what().contains(what), "{fault}");
            assert_ne!(fault.expected, fault.found);
        }
        chain.add(&Entry { payload: None, ..second }).expect("a payload may be left out");
        assert_eq!(chain.seq(), 2);
    }
}
