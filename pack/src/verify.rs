//! Verifies a pack, and says what that proves and what it does not.

use crate::{
    archive::{Archive, Packed},
    fault::{Fault, Faults},
    key,
    ledger::{Chain, Entry, bytes32, sha256},
    manifest::{File, MAX_MANIFEST, Manifest},
    names,
};
use ed25519_dalek::{Signature, VerifyingKey};

/// A pack that is in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its manifest.
    pub manifest: Manifest,
    /// Whether the key was compared with one that the reader trusts. Without that, anybody could have signed.
    pub key_trusted: bool,
    /// Entries of the ledger whose payload the pack carries.
    pub payloads: usize,
}

/// Verifies a pack: structure, signature, every file, and the ledger's chain.
///
/// `trusted` is the key that the reader got from somewhere else than the pack.
pub fn verify(bytes: &[u8], trusted: Option<&VerifyingKey>) -> Result<Verified, Faults> {
    let archive = Archive::read(bytes)?;
    let manifest_bytes = small(&archive, names::MANIFEST, MAX_MANIFEST)?;
    let signature = small(&archive, names::SIGNATURE, 64)?;
    let key = public_key(&archive)?;
    let signature = Signature::from_slice(&signature).map_err(|_| Fault::Signature)?;
    key.verify_strict(&manifest_bytes, &signature).map_err(|_| Fault::Signature)?;
    if let Some(trusted) = trusted.filter(|trusted| **trusted != key) {
        return Err(Fault::OtherKey { found: key::id(&key), trusted: key::id(trusted) }.into());
    }
    let manifest = Manifest::read(&manifest_bytes)?;
    if manifest.key.id != key::id(&key) || manifest.key.algorithm != "ed25519" {
        return Err(Fault::Key { path: names::PUBLIC_KEY, what: "it is not the key that the manifest names" }.into());
    }
    let faults = compare(&archive, &manifest);
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    let payloads = ledger(&archive, &manifest)?;
    Ok(Verified { manifest, key_trusted: trusted.is_some(), payloads })
}

/// A file that must be there and small.
fn small(archive: &Archive<'_>, name: &str, max: u32) -> Result<Vec<u8>, Fault> {
    let file = archive.file(name).ok_or_else(|| Fault::Missing { path: name.to_owned() })?;
    if file.size() > max {
        return Err(Fault::Archive { place: name.to_owned(), what: "it is larger than it can be" });
    }
    file.content()
}

fn public_key(archive: &Archive<'_>) -> Result<VerifyingKey, Fault> {
    let fault = || Fault::Key { path: names::PUBLIC_KEY, what: "it is not an Ed25519 public key in PEM" };
    let pem = String::from_utf8(small(archive, names::PUBLIC_KEY, 4096)?).map_err(|_| fault())?;
    key::public_from_pem(&pem).map_err(|_| fault())
}

/// Every file against the manifest, both ways.
fn compare(archive: &Archive<'_>, manifest: &Manifest) -> Vec<Fault> {
    let listed = |name: &str| manifest.files.binary_search_by(|file| file.path.as_str().cmp(name)).ok();
    let extra = |file: &&Packed<'_>| {
        !matches!(file.name(), names::MANIFEST | names::SIGNATURE) && listed(file.name()).is_none()
    };
    let mut faults: Vec<Fault> =
        archive.files().iter().filter(extra).map(|file| Fault::Extra { path: file.name().to_owned() }).collect();
    faults.extend(manifest.files.iter().filter_map(|file| one(archive, file).err()));
    faults
}

fn one(archive: &Archive<'_>, listed: &File) -> Result<(), Fault> {
    let packed = archive.file(&listed.path).ok_or_else(|| Fault::Missing { path: listed.path.clone() })?;
    let same = u64::from(packed.size()) == listed.size && Some(sha256(&packed.content()?)) == bytes32(&listed.sha256);
    if same { Ok(()) } else { Err(Fault::Changed { path: listed.path.clone() }) }
}

/// Follows the ledger's chain to the head that the manifest names; tells how many payloads are there.
fn ledger(archive: &Archive<'_>, manifest: &Manifest) -> Result<usize, Fault> {
    let fault = |what| Fault::LedgerFile { what };
    let file = archive.file(names::LEDGER).ok_or_else(|| Fault::Missing { path: names::LEDGER.into() })?;
    let content = file.content()?;
    let mut chain = Chain::default();
    let mut payloads = 0;
    for line in content.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let entry: Entry = serde_json::from_slice(line).map_err(|_| fault("a line is not an entry of the ledger"))?;
        payloads += usize::from(entry.payload.is_some());
        chain.add(&entry)?;
    }
    if chain.seq() != manifest.ledger.seq || Some(chain.hash()) != bytes32(&manifest.ledger.hash) {
        return Err(fault("its chain does not end at the head that the manifest names"));
    }
    if chain.at() > manifest.as_of.as_str() {
        return Err(fault("it goes on after the instant that the pack speaks of"));
    }
    Ok(payloads)
}

impl Verified {
    /// What the pack was found to be, in sentences.
    pub fn proves(&self) -> Vec<String> {
        let Manifest { files, key, ledger, as_of, .. } = &self.manifest;
        let signer = if self.key_trusted { "the key that you trust" } else { "the key in it" };
        vec![
            format!("All {} files are exactly those that were signed with {signer} ({}).", files.len(), key.id),
            format!("The pack speaks of {as_of}, and of {}.", self.scope()),
            format!(
                "The ledger holds together from its first entry to entry {} (hash {}); {} of the entries are shown in full, the others by their digests.",
                ledger.seq, ledger.hash, self.payloads
            ),
        ]
    }

    /// What it does not prove, in sentences.
    pub fn leaves_open(&self) -> Vec<String> {
        let mut open = Vec::new();
        if !self.key_trusted {
            open.push(format!(
                "Who signed: the key came with the pack. Compare its id {} with the one that the organisation published, or give that key with --key.",
                self.manifest.key.id
            ));
        }
        open.push("When it was signed: the signature carries no time stamp of a third party.".into());
        open.push(
            "That the ledger is the only one: compare entry and hash with what the organisation's Bevis shows, or with an earlier pack."
                .into(),
        );
        open.push(
            "That the clusters were read rightly: it proves what Bevis recorded, and that nobody changed it since."
                .into(),
        );
        open
    }

    fn scope(&self) -> String {
        let part = |names: &[String], all: &str| if names.is_empty() { all.to_owned() } else { names.join(", ") };
        let scope = &self.manifest.scope;
        format!("{}; {}", part(&scope.clusters, "all clusters"), part(&scope.controls, "all controls"))
    }
}
