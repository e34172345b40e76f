//! Keys: PEM in and out, and the id by which people compare them.

use crate::ledger::sha256;
use ed25519_dalek::{
    SigningKey, VerifyingKey,
    pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, spki::der::pem::LineEnding},
};

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnusableKey {
    /// Not an Ed25519 private key in PKCS #8 PEM.
    #[error("this is not an Ed25519 private key in PEM (PKCS #8); `bevis keygen` makes one")]
    Private,
    /// Not an Ed25519 public key in SPKI PEM.
    #[error("this is not an Ed25519 public key in PEM, as the file public-key.pem of a pack holds")]
    Public,
}

/// Reads a private key.
pub fn private_from_pem(pem: &str) -> Result<SigningKey, UnusableKey> {
    SigningKey::from_pkcs8_pem(pem).map_err(|_| UnusableKey::Private)
}

/// Reads a public key; weak ones are refused.
pub fn public_from_pem(pem: &str) -> Result<VerifyingKey, UnusableKey> {
    let key = VerifyingKey::from_public_key_pem(pem.trim()).map_err(|_| UnusableKey::Public)?;
    if key.is_weak() { Err(UnusableKey::Public) } else { Ok(key) }
}

/// A new private key in PEM, from 32 random bytes.
pub fn private_to_pem(secret: &[u8; 32]) -> Result<String, UnusableKey> {
    let pem = SigningKey::from_bytes(secret).to_pkcs8_pem(LineEnding::LF).map_err(|_| UnusableKey::Private)?;
    Ok(pem.to_string())
}

/// A public key in PEM.
pub fn public_to_pem(key: &VerifyingKey) -> Result<String, UnusableKey> {
    key.to_public_key_pem(LineEnding::LF).map_err(|_| UnusableKey::Public)
}

/// The id of a key: SHA-256 of its 32 bytes, in hexadecimal, the first 32 digits in groups of four.
pub fn id(key: &VerifyingKey) -> String {
    let digits = hex::encode(&sha256(key.as_bytes())[..16]);
    let groups: Vec<&str> = (0..8).filter_map(|i| digits.get(4 * i..4 * i + 4)).collect();
    groups.join("-")
}
