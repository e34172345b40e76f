//! The manifest: what the pack covers, and the SHA-256 of every file in it.

use crate::{fault::Fault, ledger::is_instant};
use serde::{Deserialize, Serialize};

/// The format that this version writes.
pub const FORMAT: u64 = 1;
/// Bytes of a manifest at most.
pub const MAX_MANIFEST: u32 = 1 << 20;

/// The manifest. Its written form is canonical: fields in alphabetical order (as declared here), no white space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The instant that the pack speaks of.
    pub as_of: String,
    /// Every file but the manifest and its signature, in order of path.
    pub files: Vec<File>,
    /// The version of the format.
    pub format: u64,
    /// The key that signs.
    pub key: Key,
    /// The end of the ledger's chain at `as_of`.
    pub ledger: LedgerHead,
    /// What made the pack.
    pub product: Product,
    /// What the pack covers.
    pub scope: Scope,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its path in the pack.
    pub path: String,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
}

/// The key that signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// `ed25519`.
    pub algorithm: String,
    /// See [`crate::key::id`].
    pub id: String,
}

/// The end of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerHead {
    /// The newest entry's hash; 64 zeros where there is none.
    pub hash: String,
    /// The newest entry's number; 0 where there is none.
    pub seq: i64,
}

/// What made the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// `Bevis`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What the pack covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Clusters by name; all when empty.
    pub clusters: Vec<String>,
    /// Controls; all when empty.
    pub controls: Vec<String>,
    /// The language of the report.
    pub language: String,
    /// The time zone of the report.
    pub time_zone: String,
}

impl Manifest {
    /// The exact bytes that are signed.
    pub fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// Reads a manifest; refuses another format, and bytes that are not the canonical ones.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let fault = |what| Fault::Manifest { what };
        let format =
            serde_json::from_slice::<FormatOnly>(bytes).map_err(|_| fault("it is not a pack's manifest"))?.format;
        if format > FORMAT {
            return Err(Fault::Newer { format });
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(|_| fault("it is not a manifest of this format"))?;
        if !manifest.bytes().is_ok_and(|canonical| canonical == bytes) {
            return Err(fault("it is not written in the one canonical way"));
        }
        if !is_instant(&manifest.as_of) {
            return Err(fault("its as_of is not an instant"));
        }
        if !manifest.files.is_sorted_by(|a, b| a.path < b.path) {
            return Err(fault("its files are out of order, or one is there twice"));
        }
        Ok(manifest)
    }
}

#[derive(Deserialize)]
struct FormatOnly {
    format: u64,
}
