//! Signing keys: made, kept by the caller as PEM, rotated.

use anyhow::{Context as _, anyhow};
use base64::Engine as _;
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey as _,
    core::{CoreJsonWebKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey},
};
use rsa::{
    RsaPrivateKey,
    pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _, EncodeRsaPublicKey as _},
    pkcs8::LineEnding,
};
use sha2::{Digest as _, Sha256};

/// A key with the id under which it is published.
pub(crate) struct SigningKey {
    pub(crate) id: String,
    inner: CoreRsaPrivateSigningKey,
}

/// Makes a key of RSA 2048, as PKCS #1 PEM. Takes up to a second.
pub fn generate_key() -> anyhow::Result<String> {
    let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).context("generating an RSA key")?;
    Ok(key.to_pkcs1_pem(LineEnding::LF).context("writing an RSA key")?.to_string())
}

impl SigningKey {
    /// Reads a key; its id is a digest of its public half, and so stays what it was over restarts.
    pub(crate) fn from_pem(pem: &str) -> anyhow::Result<Self> {
        let public = RsaPrivateKey::from_pkcs1_pem(pem).context("reading an RSA key")?.to_public_key();
        let der = public.to_pkcs1_der().context("writing a public key")?;
        let id: String =
            Sha256::digest(der.as_bytes()).iter().take(10).fold(String::new(), |id, byte| format!("{id}{byte:02x}"));
        let inner =
            CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new(id.clone()))).map_err(|e| anyhow!(e))?;
        Ok(Self { id, inner })
    }

    /// The public half, as published.
    pub(crate) fn public(&self) -> CoreJsonWebKey {
        self.inner.as_verification_key()
    }

    /// Signs with RS256.
    pub(crate) fn sign(&self, message: &[u8]) -> anyhow::Result<Vec<u8>> {
        self.inner.sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, message).map_err(|e| anyhow!("signing: {e}"))
    }
}

/// Base64 as JWTs have it.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// `length` random bytes in base64.
pub(crate) fn random_text(length: usize) -> String {
    let bytes: Vec<u8> = (0..length).map(|_| rand::random()).collect();
    base64url(&bytes)
}
