//! RSA keys of the test provider, made once, and tokens signed by hand.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use rsa::{
    RsaPrivateKey,
    pkcs1v15::SigningKey,
    rand_core::OsRng,
    signature::{SignatureEncoding, Signer},
    traits::PublicKeyParts,
};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::LazyLock;

/// Two keys of good length, and one that is too short.
pub static GOOD: LazyLock<RsaPrivateKey> = LazyLock::new(|| key(2048));
pub static OTHER: LazyLock<RsaPrivateKey> = LazyLock::new(|| key(2048));
pub static SHORT: LazyLock<RsaPrivateKey> = LazyLock::new(|| key(1024));

fn key(bits: usize) -> RsaPrivateKey {
    RsaPrivateKey::new(&mut OsRng, bits).unwrap()
}

/// The public half, as a JWKS has it.
pub fn jwk(key: &RsaPrivateKey, kid: &str) -> Value {
    json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": BASE64.encode(key.n().to_bytes_be()),
        "e": BASE64.encode(key.e().to_bytes_be()),
    })
}

/// How a token is signed.
#[derive(Clone, Debug)]
pub enum Signing {
    /// RS256 with a key that was published, or was not.
    Rsa(&'static LazyLock<RsaPrivateKey>),
    /// HS256 with a shared secret.
    Secret(String),
    /// Not at all.
    Nothing,
    /// RS256, over other bytes.
    Forged,
}

/// A compact JWS of any header and claims, right or wrong.
pub fn token(header: &Value, claims: &Value, signing: &Signing) -> String {
    let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let signature = match signing {
        Signing::Rsa(key) => rs256(key, &signed),
        Signing::Forged => rs256(&GOOD, "something else"),
        Signing::Secret(secret) => hs256(secret.as_bytes(), signed.as_bytes()),
        Signing::Nothing => vec![],
    };
    format!("{signed}.{}", BASE64.encode(signature))
}

fn rs256(key: &RsaPrivateKey, text: &str) -> Vec<u8> {
    SigningKey::<Sha256>::new(key.clone()).sign(text.as_bytes()).to_vec()
}

/// HMAC by its definition, RFC 2104: a dependency would be more than this one use.
fn hs256(secret: &[u8], text: &[u8]) -> Vec<u8> {
    use sha2::Digest;
    let mut block = [0_u8; 64];
    block[..secret.len()].copy_from_slice(secret);
    let pad = |byte: u8| block.map(|b| b ^ byte);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}
