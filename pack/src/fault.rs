//! What can be wrong with a pack, as sentences that name the file.

use crate::ledger::ChainFault;

/// One thing that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The archive's own structure is not the one that is prescribed.
    #[error("{place}: {what}")]
    Archive {
        /// The file whose record it is, or `the archive`.
        place: String,
        /// What is wrong.
        what: &'static str,
    },
    /// A file differs from what was signed.
    #[error("{path} differs from the file that was signed")]
    Changed {
        /// The file.
        path: String,
    },
    /// A file that was signed is not there.
    #[error("{path} was signed and is missing")]
    Missing {
        /// The file.
        path: String,
    },
    /// A file is there that was not signed.
    #[error("{path} was not signed and does not belong here")]
    Extra {
        /// The file.
        path: String,
    },
    /// The manifest cannot be understood.
    #[error("manifest.json: {what}")]
    Manifest {
        /// What is wrong.
        what: &'static str,
    },
    /// The pack is of a format that this version does not know.
    #[error(
        "manifest.json: this pack has format {format}, which a newer version of Bevis made; verify it with that version"
    )]
    Newer {
        /// The format.
        format: u64,
    },
    /// The signature does not fit the manifest.
    #[error(
        "manifest.sig is not the signature of manifest.json under the key in public-key.pem; one of the three differs"
    )]
    Signature,
    /// The key in the pack cannot be used, or is not the one that the manifest names.
    #[error("{path}: {what}")]
    Key {
        /// The file.
        path: &'static str,
        /// What is wrong.
        what: &'static str,
    },
    /// The pack is signed by another key than the one trusted.
    #[error("public-key.pem: the pack is signed with key {found}, not with the key that you trust ({trusted})")]
    OtherKey {
        /// The key's id.
        found: String,
        /// The id of the key asked for.
        trusted: String,
    },
    /// The ledger does not hold together, or does not end where the manifest says.
    #[error("ledger.jsonl: {0}")]
    Ledger(#[from] ChainFault),
    /// A line of the ledger cannot be understood, or the chain ends elsewhere than the manifest says.
    #[error("ledger.jsonl: {what}")]
    LedgerFile {
        /// What is wrong.
        what: &'static str,
    },
}

/// Everything that is wrong with a pack, at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if index > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}
