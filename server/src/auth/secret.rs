//! Values that nobody can guess, and what is kept of them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Characters of a secret: 32 bytes in base64url.
const LENGTH: usize = 43;

/// 256 bits from the operating system's generator, as text. Printing it for debugging tells nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Random(String);

impl Random {
    /// A new one.
    pub fn new() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// One that came back, if it has the form of ours.
    pub fn read(text: &str) -> Option<Self> {
        let well_formed =
            text.len() == LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        well_formed.then(|| Self(text.to_owned()))
    }

    /// The text, for a cookie or a parameter.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored: no way leads back from it, and looking it up tells nothing by its timing.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Random(…)")
    }
}
