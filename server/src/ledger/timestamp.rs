//! Time stamps of heads (RFC 3161): the request, and what an answer must be to count.
//!
//! The stamped digest is the head's own hash, so that `openssl ts -verify -digest HASH` needs no file. An answer counts where
//! it stamps that digest and carries our nonce, its signature covers it (RFC 5652), the signed attributes name the signer's
//! certificate (RFC 5035), and that certificate is for time stamps and leads to one that the operator trusts.

use chrono::DateTime;
use cms::{
    cert::x509::{Certificate, ext::pkix::ExtendedKeyUsage},
    content_info::ContentInfo,
    signed_data::{EncapsulatedContentInfo, SignerIdentifier, SignerInfo, SignerInfos},
};
use der::{
    Any, Decode, Encode, Header, Reader, Sequence, SliceReader, Tag, TagNumber,
    asn1::{Int, ObjectIdentifier, OctetString},
};
use model::Instant;
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::time::Duration;
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert};
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion, TstInfo};

const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// `id-kp-timeStamping`.
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// The same as it stands in a certificate.
const TIME_STAMPING_DER: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];

/// Why an answer is no time stamp of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It cannot be read.
    #[error("the answer cannot be read as a time stamp")]
    Unreadable,
    /// The authority refuses.
    #[error("the authority refuses to stamp")]
    Refused,
    /// It stamps something else.
    #[error("the answer stamps another digest")]
    OtherDigest,
    /// It is the answer to another request.
    #[error("the answer has another nonce than the request")]
    OtherNonce,
    /// The signed attributes are not about this content and this signer.
    #[error("what is signed is not the time stamp")]
    NotSigned,
    /// The signature does not hold, or is of a kind that is not taken.
    #[error("the signature does not hold, or is neither RSA (PKCS #1) nor ECDSA on P-256 or P-384")]
    Signature,
    /// The certificate is not for time stamps, or leads to none that is trusted.
    #[error(
        "the authority's certificate is not one for time stamps that leads to a certificate of ledger.timestamp.ca_file"
    )]
    Untrusted,
}

impl From<der::Error> for Fault {
    fn from(_: der::Error) -> Self {
        Self::Unreadable
    }
}

/// An identifier of an algorithm.
type Algorithm = cms::cert::x509::spki::AlgorithmIdentifier<Any>;

#[derive(Sequence)]
struct SigningCertificate {
    certs: Vec<EssCertId>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

#[derive(Sequence)]
struct EssCertId {
    cert_hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<Any>,
}

#[derive(Sequence)]
struct SigningCertificateV2 {
    certs: Vec<EssCertIdV2>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

#[derive(Sequence)]
struct EssCertIdV2 {
    #[asn1(optional = "true")]
    hash_algorithm: Option<Algorithm>,
    cert_hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<Any>,
}

/// A nonce: positive, and of the length in which DER writes it.
pub fn nonce() -> [u8; 16] {
    let mut nonce: [u8; 16] = rand::random();
    nonce[0] = (nonce[0] & 0x3f) | 0x40;
    nonce
}

/// The request for a stamp on a digest.
///
/// # Errors
/// Never for digests and nonces of ours.
pub fn request(digest: [u8; 32], nonce: [u8; 16]) -> Result<Vec<u8>, Fault> {
    let request = TimeStampReq {
        version: TspVersion::V1,
        message_imprint: MessageImprint {
            hash_algorithm: Algorithm { oid: SHA_256, parameters: Some(Any::null()) },
            hashed_message: OctetString::new(digest)?,
        },
        req_policy: None,
        nonce: Some(Int::new(&nonce)?),
        cert_req: true,
        extensions: None,
    };
    Ok(request.to_der()?)
}

/// Verifies an authority's answer; tells the time that it stamps.
///
/// # Errors
/// Why it does not count.
pub fn verify(
    answer: &[u8],
    digest: [u8; 32],
    nonce: [u8; 16],
    trusted: &[CertificateDer<'_>],
) -> Result<Instant, Fault> {
    let answer = TimeStampResp::from_der(answer)?;
    // 0 is granted, 1 granted with modifications.
    if answer.status.status as u32 > 1 {
        return Err(Fault::Refused);
    }
    let ContentInfo { content_type, content } = answer.time_stamp_token.ok_or(Fault::Unreadable)?;
    if content_type != SIGNED_DATA {
        return Err(Fault::Unreadable);
    }
    let signed = Signed::read(&content.to_der()?)?;
    let stamp = signed.content.econtent.as_ref().ok_or(Fault::Unreadable)?.value();
    if signed.content.econtent_type != TST_INFO {
        return Err(Fault::Unreadable);
    }
    let info = TstInfo::from_der(stamp)?;
    let imprint = &info.message_imprint;
    if imprint.hash_algorithm.oid != SHA_256 || imprint.hashed_message.as_bytes() != digest {
        return Err(Fault::OtherDigest);
    }
    if info.nonce.as_ref().is_none_or(|it| it.as_bytes() != nonce) {
        return Err(Fault::OtherNonce);
    }
    let at = info.gen_time.to_unix_duration();
    check_signature(&signed, stamp, at, trusted)?;
    let seconds = i64::try_from(at.as_secs()).map_err(|_| Fault::Unreadable)?;
    DateTime::from_timestamp(seconds, at.subsec_nanos()).ok_or(Fault::Unreadable)
}

/// Signed data (RFC 5652), read so that a certificate may stand in it twice, as some authorities have it.
struct Signed {
    content: EncapsulatedContentInfo,
    /// As they came.
    certificates: Vec<Vec<u8>>,
    signers: SignerInfos,
}

impl Signed {
    fn read(bytes: &[u8]) -> der::Result<Self> {
        let is =
            |tag: Tag, number: u8| tag == Tag::ContextSpecific { constructed: true, number: TagNumber::new(number) };
        SliceReader::new(bytes)?.sequence(|reader| {
            let _version: Any = reader.decode()?;
            let _digest_algorithms: Any = reader.decode()?;
            let content = reader.decode()?;
            let mut certificates = Vec::new();
            if is(reader.peek_tag()?, 0) {
                let length = Header::decode(reader)?.length;
                reader.read_nested(length, |reader| {
                    while !reader.is_finished() {
                        certificates.push(reader.decode::<Any>()?.to_der()?);
                    }
                    Ok(())
                })?;
            }
            if is(reader.peek_tag()?, 1) {
                let _revoked: Any = reader.decode()?;
            }
            Ok(Self { content, certificates, signers: reader.decode()? })
        })
    }
}

fn check_signature(data: &Signed, stamp: &[u8], at: Duration, trusted: &[CertificateDer<'_>]) -> Result<(), Fault> {
    let [signer] = data.signers.0.as_slice() else { return Err(Fault::NotSigned) };
    if attribute(signer, CONTENT_TYPE)?.decode_as::<ObjectIdentifier>()? != TST_INFO {
        return Err(Fault::NotSigned);
    }
    let named = attribute(signer, MESSAGE_DIGEST)?.decode_as::<OctetString>()?;
    if digest_of(signer.digest_alg.oid, stamp).is_none_or(|digest| digest != named.as_bytes()) {
        return Err(Fault::NotSigned);
    }
    let mut sent = Vec::new();
    let mut own = None;
    for encoded in &data.certificates {
        // What is no certificate of the plain kind cannot be the signer's.
        let Ok(certificate) = Certificate::from_der(encoded) else { continue };
        let is_meant = match &signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(id) => {
                id.issuer == certificate.tbs_certificate.issuer
                    && id.serial_number == certificate.tbs_certificate.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(_) => true,
        };
        if own.is_none() && is_meant && names_certificate(signer, encoded)? {
            if !is_for_stamps_alone(&certificate) {
                return Err(Fault::Untrusted);
            }
            own = Some(CertificateDer::from(encoded.as_slice()));
        } else {
            sent.push(CertificateDer::from(encoded.as_slice()));
        }
    }
    let own = own.ok_or(Fault::NotSigned)?;
    let own = EndEntityCert::try_from(&own).map_err(|_| Fault::Untrusted)?;
    let content = signer.signed_attrs.as_ref().ok_or(Fault::NotSigned)?.to_der()?;
    let holds = |algorithm: &&dyn rustls::pki_types::SignatureVerificationAlgorithm| {
        own.verify_signature(*algorithm, &content, signer.signature.as_bytes()).is_ok()
    };
    if !ALL_VERIFICATION_ALGS.iter().any(holds) {
        return Err(Fault::Signature);
    }
    let anchors: Vec<TrustAnchor<'_>> = trusted.iter().filter_map(|it| anchor_from_trusted_cert(it).ok()).collect();
    let time = UnixTime::since_unix_epoch(at);
    // Certificates above it need no purpose, and where they have one, it must allow this.
    let usage = KeyUsage::required_if_present(TIME_STAMPING_DER);
    own.verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, &sent, time, usage, None, None)
        .map(drop)
        .map_err(|_| Fault::Untrusted)
}

/// Whether a certificate says that it is for time stamps, that alone, and that nobody may pass it over (RFC 3161, 2.3).
fn is_for_stamps_alone(certificate: &Certificate) -> bool {
    match certificate.tbs_certificate.get::<ExtendedKeyUsage>() {
        Ok(Some((critical, usage))) => critical && usage.0 == [TIME_STAMPING],
        _ => false,
    }
}

/// The one value of a signed attribute that must be there.
fn attribute(signer: &SignerInfo, oid: ObjectIdentifier) -> Result<&Any, Fault> {
    let attributes = signer.signed_attrs.as_ref().ok_or(Fault::NotSigned)?;
    let values = attributes.iter().find(|attribute| attribute.oid == oid).map(|attribute| attribute.values.as_slice());
    match values {
        Some([value]) => Ok(value),
        _ => Err(Fault::NotSigned),
    }
}

/// Whether the signed attributes name a certificate as the signer's.
fn names_certificate(signer: &SignerInfo, certificate: &[u8]) -> Result<bool, Fault> {
    if let Ok(value) = attribute(signer, SIGNING_CERTIFICATE_V2) {
        let named = value.decode_as::<SigningCertificateV2>()?;
        let own = named.certs.first().ok_or(Fault::NotSigned)?;
        let algorithm = own.hash_algorithm.as_ref().map_or(SHA_256, |algorithm| algorithm.oid);
        return Ok(digest_of(algorithm, certificate).is_some_and(|digest| digest == own.cert_hash.as_bytes()));
    }
    let named = attribute(signer, SIGNING_CERTIFICATE)?.decode_as::<SigningCertificate>()?;
    let own = named.certs.first().ok_or(Fault::NotSigned)?;
    Ok(own.cert_hash.as_bytes() == <sha1::Sha1 as sha1::Digest>::digest(certificate).as_slice())
}

fn digest_of(algorithm: ObjectIdentifier, bytes: &[u8]) -> Option<Vec<u8>> {
    match algorithm {
        SHA_256 => Some(Sha256::digest(bytes).to_vec()),
        SHA_384 => Some(Sha384::digest(bytes).to_vec()),
        SHA_512 => Some(Sha512::digest(bytes).to_vec()),
        _ => None,
    }
}
