//! How strong keys are, and whether they are renewed with their certificates.

use super::{Input, STRENGTH, certificate_subject};
use crate::{
    objects::cert_manager::Certificate,
    request::CERTIFICATES,
    rules::{
        duration,
        verdict::{Judge, Sentence, fault, names, reason},
    },
};
use chrono::TimeDelta;
use model::{evaluation::Outcome, finding::Subject};

const WEAK: Sentence = fault(STRENGTH, "weak", &["algorithm", "least", "size"]);
const NOT_ROTATED: Sentence = fault(STRENGTH, "not_rotated", &[]);
const ROTATION_UNSET: Sentence = reason(STRENGTH, "rotation_unset", &["certificates", "count"]);
const NONE: Sentence = reason(STRENGTH, "none", &[]);

pub(super) const SENTENCES: &[Sentence] = &[WEAK, NOT_ROTATED, ROTATION_UNSET, NONE];

/// What cert-manager issues for where nothing is said.
const DEFAULT_LIFETIME: TimeDelta = TimeDelta::days(90);
/// The longest that a certificate of the public web may live; longer ones need longer keys.
const LONG_LIVED: TimeDelta = TimeDelta::days(398);

/// A key as a Certificate asks for it, in bits.
struct Key {
    algorithm: &'static str,
    size: i64,
    least: i64,
}

/// `cert.key_strength`: RSA keys of 2048 bits (3072 where the certificate lives long), ECDSA of 256, and a new key with every renewal.
pub(super) fn strength(input: &Input) -> Judge {
    let mut judge = Judge::of(STRENGTH).needs(&CERTIFICATES, &input.certificates);
    let mut unset = Vec::new();
    for certificate in &input.certificates.items {
        let private_key = certificate.spec.as_ref().and_then(|spec| spec.private_key.as_ref());
        let rotation = private_key.and_then(|key| key.rotation_policy.as_deref()).unwrap_or_default();
        let (Some(key), "" | "Always" | "Never") = (key(certificate), rotation) else {
            judge.doubt();
            continue;
        };
        judge.examine();
        let subject = certificate_subject(certificate);
        if rotation == "Never" {
            // Beside its size, so under a key of its own.
            judge.fail(&NOT_ROTATED, Subject { key: Some("rotation".into()), ..subject.clone() }, []);
        } else if rotation.is_empty() {
            unset.push(subject.to_string());
        }
        if key.size < key.least {
            let [least, size] = [key.least, key.size].map(|bits| bits.to_string());
            judge.fail(&WEAK, subject, [("algorithm", key.algorithm.into()), ("least", least), ("size", size)]);
        }
    }
    if input.certificates.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NONE, []);
    } else if !unset.is_empty() {
        // Nothing said is `Never` before cert-manager 1.18 and `Always` since, and its version cannot be seen here.
        let values = [("certificates", names(unset.iter().map(String::as_str))), ("count", unset.len().to_string())];
        judge.otherwise(Outcome::NeedsReview, &ROTATION_UNSET, values);
    }
    judge
}

/// The key; `None` where the specification is missing or not understood.
fn key(certificate: &Certificate) -> Option<Key> {
    let spec = certificate.spec.as_ref()?;
    let private_key = spec.private_key.as_ref();
    let size = private_key.and_then(|key| key.size).filter(|size| *size != 0);
    match private_key.and_then(|key| key.algorithm.as_deref()).unwrap_or("RSA") {
        "RSA" | "" => {
            let least = if lifetime(certificate)? > LONG_LIVED { 3072 } else { 2048 };
            Some(Key { algorithm: "RSA", size: size.unwrap_or(2048), least })
        }
        "ECDSA" => Some(Key { algorithm: "ECDSA", size: size.unwrap_or(256), least: 256 }),
        // It has but one size.
        "Ed25519" => Some(Key { algorithm: "Ed25519", size: 256, least: 256 }),
        _ => None,
    }
}

/// How long the certificate lives: as it was issued, or else as it was asked for.
fn lifetime(certificate: &Certificate) -> Option<TimeDelta> {
    let issued = certificate.status.as_ref().and_then(|status| {
        let (start, end) = (status.not_before?, status.not_after?);
        Some(end.signed_duration_since(start))
    });
    let asked = certificate.spec.as_ref().and_then(|spec| spec.duration.as_deref());
    issued.or_else(|| asked.map_or(Some(DEFAULT_LIFETIME), duration::parse))
}
