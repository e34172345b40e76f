//! How the control plane encrypts what it stores and sends.

use super::{
    flags::Flags,
    k3s, openshift,
    plane::{Plane, Replica, Seen, Words},
};
use crate::rules::verdict::{Judge, Sentence, fault, reason};
use model::evaluation::Outcome;

pub(super) const AT_REST: &str = "enc.secrets_at_rest";
const ETCD: &str = "enc.etcd_tls";
const TLS: &str = "enc.apiserver_tls";

pub(super) const AT_REST_WORDS: Words = Words::of(AT_REST);
pub(super) const ETCD_WORDS: Words = Words::of(ETCD);
pub(super) const TLS_WORDS: Words = Words::of(TLS);

const NOT_ENCRYPTED: Sentence = fault(AT_REST, "none", &[]);
const CONTENT: Sentence = reason(AT_REST, "content", &[]);
const GENERATED: Sentence = reason(AT_REST, "generated", &[]);
const PLAIN: Sentence = fault(ETCD, "plain", &[]);
const NO_CERTIFICATE: Sentence = fault(ETCD, "no_certificate", &["flags"]);
const WEAK_MEMBER: Sentence = fault(ETCD, "weak_member", &["flags"]);
const OTHER_STORE: Sentence = reason(ETCD, "other_store", &[]);
const MEMBER_FILE: Sentence = reason(ETCD, "member_file", &[]);
const EXTERNAL: Sentence = reason(ETCD, "external", &[]);
const OLD_TLS: Sentence = fault(TLS, "old", &["version"]);
const WEAK_CIPHERS: Sentence = fault(TLS, "weak", &["ciphers"]);
const DEFAULT_CIPHERS: Sentence = reason(TLS, "default", &[]);

pub(super) const SENTENCES: &[Sentence] = &[
    NOT_ENCRYPTED,
    CONTENT,
    GENERATED,
    PLAIN,
    NO_CERTIFICATE,
    WEAK_MEMBER,
    OTHER_STORE,
    MEMBER_FILE,
    EXTERNAL,
    OLD_TLS,
    WEAK_CIPHERS,
    DEFAULT_CIPHERS,
];

pub(super) const PROVIDERS: &str = "encryption-provider-config";
const SERVERS: &str = "etcd-servers";
const OVERRIDES: &str = "etcd-servers-overrides";
const CLIENT_FILES: &[&str] = &["etcd-cafile", "etcd-certfile", "etcd-keyfile"];
const MIN_VERSION: &str = "tls-min-version";
const CIPHERS: &str = "tls-cipher-suites";
/// Kubernetes 1.32 is built with Go 1.23 (its CHANGELOG-1.32), which where none are set offers neither 3DES
/// (<https://go.dev/doc/go1.23#cryptotlspkgcryptotls>), nor, since Go 1.22, ciphers without forward secrecy
/// (<https://go.dev/doc/go1.22#cryptotlspkgcryptotls>). Looked up on 28 November 2026.
const GOOD_CIPHERS_SINCE: u32 = 32;

/// `enc.secrets_at_rest`: Secrets are encrypted before they are stored. That a file says how is seen; what it says is not,
/// and its first entry may be to encrypt nothing. That holds of the file that K3s and RKE2 write as well (RKE2 always:
/// rancher/rke2, `pkg/rke2/rke2.go`): `secrets-encrypt disable` turns encryption off, and in a cluster that was made without
/// it stays off until the command turns it on, which no argument tells (k3s-io/k3s, `encryptionEnable` of its server, and
/// `WriteIdentityConfig` of `pkg/secretsencrypt`). Looked up on 29 November 2026.
pub(super) fn at_rest(plane: &Plane<'_>) -> Judge {
    if let Some(settings) = plane.openshift() {
        return openshift::at_rest(plane, settings);
    }
    plane.judge(&AT_REST_WORDS, &[], |flags| match flags.value(PROVIDERS) {
        None => Seen::bad(&NOT_ENCRYPTED),
        Some(file) if plane.makes_encryption() && file.ends_with(k3s::GENERATED) => Seen::Unclear(&GENERATED),
        Some(_) => Seen::Unclear(&CONTENT),
    })
}

/// `enc.etcd_tls`: the API server and the members of etcd show each other certificates.
pub(super) fn etcd(plane: &Plane<'_>) -> Judge {
    if plane.is_told_by_arguments() {
        return plane.not_visible(&ETCD_WORDS);
    }
    let uses: Vec<&str> = [SERVERS, OVERRIDES].iter().chain(CLIENT_FILES).copied().collect();
    let mut judge = plane.judge(&ETCD_WORDS, &uses, client);
    plane.judge_etcd(&mut judge, &ETCD_WORDS, member);
    if plane.etcd.is_empty() && !plane.servers.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &EXTERNAL, []);
    }
    judge
}

fn client(flags: &Flags) -> Seen {
    // An override is `group/resource#server;server`.
    let overrides = flags.list(OVERRIDES).filter_map(|entry| entry.split_once('#')).flat_map(|(_, to)| to.split(';'));
    let servers: Vec<&str> = flags.list(SERVERS).chain(overrides).collect();
    let missing: Vec<String> =
        CLIENT_FILES.iter().filter(|flag| flags.value(flag).is_none()).map(|flag| format!("--{flag}")).collect();
    if servers.is_empty() {
        // It does not start so.
        Seen::Opaque
    } else if servers.iter().any(|server| server.starts_with("http://")) {
        Seen::bad(&PLAIN)
    } else if servers.iter().any(|server| !server.starts_with("https://")) {
        Seen::Unclear(&OTHER_STORE)
    } else if missing.is_empty() {
        Seen::GOOD
    } else {
        Seen::Bad(&NO_CERTIFICATE, Some(("flags", missing.join(", "))), None)
    }
}

fn member(replica: &Replica<'_>, flags: &Flags) -> Seen {
    if replica.has_variables || flags.value("config-file").is_some() {
        return Seen::Unclear(&MEMBER_FILE);
    }
    let wanted =
        [("client-cert-auth", true), ("peer-client-cert-auth", true), ("auto-tls", false), ("peer-auto-tls", false)];
    let listeners = ["listen-client-urls", "listen-peer-urls"];
    let is_plain = |flag: &&str| flags.list(flag).any(|url| url.starts_with("http://"));
    let mut weak: Vec<String> =
        listeners.into_iter().filter(is_plain).map(|flag| format!("--{flag}=http://")).collect();
    for (flag, wanted) in wanted {
        match flags.is_on(flag, false) {
            Ok(is_on) if is_on == wanted => {}
            Ok(is_on) => weak.push(format!("--{flag}={is_on}")),
            Err(_) => return Seen::Opaque,
        }
    }
    if weak.is_empty() { Seen::GOOD } else { Seen::Bad(&WEAK_MEMBER, Some(("flags", weak.join(", "))), None) }
}

/// `enc.apiserver_tls`: TLS 1.2 at least, which is the default, and no cipher that is known to be weak.
pub(super) fn serving(plane: &Plane<'_>, minor: Option<u32>) -> Judge {
    let has_good_defaults = minor.is_some_and(|minor| minor >= GOOD_CIPHERS_SINCE);
    plane.judge(&TLS_WORDS, &[MIN_VERSION, CIPHERS], |flags| {
        let weak: Vec<&str> = flags.list(CIPHERS).filter(|cipher| is_weak(cipher)).collect();
        match flags.value(MIN_VERSION) {
            // Its ciphers are fixed, and good.
            Some("VersionTLS13") => Seen::GOOD,
            Some(version @ ("VersionTLS10" | "VersionTLS11")) => {
                Seen::Bad(&OLD_TLS, Some(("version", version.to_owned())), None)
            }
            None | Some("VersionTLS12") if weak.is_empty() => {
                let is_set = flags.value(CIPHERS).is_some();
                if is_set || has_good_defaults { Seen::GOOD } else { Seen::Unclear(&DEFAULT_CIPHERS) }
            }
            None | Some("VersionTLS12") => Seen::Bad(&WEAK_CIPHERS, Some(("ciphers", weak.join(", "))), None),
            Some(_) => Seen::Opaque,
        }
    })
}

/// Broken ciphers, and those that Go itself calls insecure: without forward secrecy, or open to timing (`tls.InsecureCipherSuites`).
fn is_weak(cipher: &str) -> bool {
    cipher.starts_with("TLS_RSA_")
        || ["_RC4_", "_3DES_", "_NULL_", "_EXPORT"].iter().any(|part| cipher.contains(part))
        || cipher.ends_with("_CBC_SHA256")
}
