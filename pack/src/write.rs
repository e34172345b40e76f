//! Writes a pack.

use crate::{
    archive::{self, Unwritable},
    key,
    ledger::{Chain, ChainFault, Entry, sha256},
    manifest::{FORMAT, File, Key, LedgerHead, Manifest, Product, Scope},
    names,
};
use ed25519_dalek::{Signer as _, SigningKey};
use std::collections::BTreeMap;

/// What goes into a pack.
#[derive(Clone, Debug)]
pub struct Content {
    /// The instant that it speaks of (see [`crate::ledger::is_instant`]).
    pub as_of: String,
    /// What it covers.
    pub scope: Scope,
    /// The version of Bevis that makes it.
    pub product_version: String,
    /// The evidence, by path. The names in [`names`] are taken.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Every entry of the ledger up to `as_of`, from the first; payloads out of scope may be left out.
    pub ledger: Vec<Entry>,
}

/// Why a pack cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The ledger's chain does not hold: a pack would carry a proof of nothing.
    #[error(transparent)]
    Ledger(#[from] ChainFault),
    /// The archive cannot hold it.
    #[error(transparent)]
    Archive(#[from] Unwritable),
    /// The key cannot be written.
    #[error(transparent)]
    Key(#[from] key::UnusableKey),
    /// Something cannot be written as JSON.
    #[error("writing JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// The pack's bytes. The same content under the same key gives the same bytes.
pub fn write(content: Content, signer: &SigningKey) -> Result<Vec<u8>, WriteError> {
    let public = signer.verifying_key();
    let key_id = key::id(&public);
    let (ledger, head) = ledger(&content.ledger)?;
    let how_to = if content.scope.language == "da" { HOW_TO_DA } else { HOW_TO_EN };
    let mut files = content.files;
    files.insert(names::LEDGER.into(), ledger);
    files.insert(names::PUBLIC_KEY.into(), key::public_to_pem(&public)?.into_bytes());
    files.insert(names::KEY_ID.into(), format!("{key_id}\n").into_bytes());
    files.insert(names::HOW_TO.into(), how_to.as_bytes().to_vec());
    let manifest = Manifest {
        as_of: content.as_of,
        files: files.iter().map(|(path, content)| file(path, content)).collect(),
        format: FORMAT,
        key: Key { algorithm: "ed25519".into(), id: key_id },
        ledger: head,
        product: Product { name: "Bevis".into(), version: content.product_version },
        scope: content.scope,
    }
    .bytes()?;
    files.insert(names::SIGNATURE.into(), signer.sign(&manifest).to_bytes().to_vec());
    files.insert(names::MANIFEST.into(), manifest);
    Ok(archive::write(&files)?)
}

const HOW_TO_EN: &str = include_str!("../texts/how-to-verify.en.txt");
const HOW_TO_DA: &str = include_str!("../texts/how-to-verify.da.txt");

fn file(path: &str, content: &[u8]) -> File {
    File { path: path.to_owned(), sha256: hex::encode(sha256(content)), size: content.len() as u64 }
}

/// The ledger's file and its head; the chain is followed first.
fn ledger(entries: &[Entry]) -> Result<(Vec<u8>, LedgerHead), WriteError> {
    let mut chain = Chain::default();
    let mut lines = Vec::new();
    for entry in entries {
        chain.add(entry)?;
        serde_json::to_writer(&mut lines, entry)?;
        lines.push(b'\n');
    }
    Ok((lines, LedgerHead { hash: hex::encode(chain.hash()), seq: chain.seq() }))
}
