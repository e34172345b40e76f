//! The key that signs packs: a PEM file that only its owner may read.

use ed25519_dalek::{SigningKey, VerifyingKey};
use pack::key;
use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("the signing key {}: {error}; `bevis keygen {}` makes one", path.display(), path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A key is there already; it is never overwritten, or older packs could not be told from forged ones.
    #[error("{} is there already; choose another name", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Others on the machine may read the key.
    #[error("others may read the signing key {}; allow only its owner: chmod 600 {}", path.display(), path.display())]
    Readable {
        /// The file.
        path: PathBuf,
    },
    /// The file holds something else.
    #[error("the signing key {}: {error}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: key::UnusableKey,
    },
}

/// Signs evidence packs.
pub struct Signer(SigningKey);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.key_id())
    }
}

impl Signer {
    /// A signer from a private key's 32 bytes, for tests and demos; a server reads its key from a file.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// Reads the key; refuses a file that others may read.
    pub fn from_pem_file(path: &Path) -> Result<Self, KeyError> {
        let file = |error| KeyError::File { path: path.into(), error };
        let metadata = fs::metadata(path).map_err(file)?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(KeyError::Readable { path: path.into() });
        }
        let pem = fs::read_to_string(path).map_err(file)?;
        key::private_from_pem(&pem).map(Self).map_err(|error| KeyError::Unusable { path: path.into(), error })
    }

    /// Makes a new key in a new file (mode 0600); never overwrites one.
    pub fn generate(path: &Path) -> Result<Self, KeyError> {
        let secret: [u8; 32] = rand::random();
        let pem = key::private_to_pem(&secret).map_err(|error| KeyError::Unusable { path: path.into(), error })?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|error| {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                KeyError::Exists { path: path.into() }
            } else {
                KeyError::File { path: path.into(), error }
            }
        })?;
        file.write_all(pem.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(|error| KeyError::File { path: path.into(), error })?;
        Ok(Self::from_secret(&secret))
    }

    /// The public half, for whoever verifies.
    pub fn public_key(&self) -> VerifyingKey {
        self.0.verifying_key()
    }

    /// The public half in PEM.
    pub fn public_pem(&self) -> Result<String, key::UnusableKey> {
        key::public_to_pem(&self.public_key())
    }

    /// The id by which people compare keys.
    pub fn key_id(&self) -> String {
        key::id(&self.public_key())
    }

    pub(super) const fn key(&self) -> &SigningKey {
        &self.0
    }
}
