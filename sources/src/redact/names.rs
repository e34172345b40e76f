//! Names that say that a secret is behind them.

use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Parts of names behind which secrets are, in lower case and without signs.
const TELLING: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "bindpw",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "credential",
    "signingkey",
    "encryptionkey",
    "sharedkey",
    "accountkey",
    "masterkey",
    "clientkey",
    "keydata",
    "sessionkey",
    "authorization",
    "bearer",
    "cookie",
    "dsn",
    "connectionstring",
    "webhookurl",
    "dockerconfig",
    "hmac",
    "sastoken",
];

/// Names that tell where a secret is, how long it lives or whether there is one, and not what it is.
const HARMLESS: &[&str] = &[
    "name",
    "names",
    "namespace",
    "namespaces",
    "ref",
    "refs",
    "file",
    "path",
    "dir",
    "ttl",
    "seconds",
    "count",
    "limit",
    "size",
    "period",
    "expiry",
    "age",
    "policy",
    "enabled",
    "optional",
];

/// All of [`TELLING`] looked for at once: this is asked of every name of every object.
static TELLING_PARTS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(TELLING).expect("a test looks for each of a few short words"));

/// A name without signs, in lower case.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a secret is to be expected behind a name.
pub(super) fn tells_of_secret(name: &str) -> bool {
    let plain = plain(name);
    plain != "automountserviceaccounttoken"
        && TELLING_PARTS.is_match(&plain)
        && !HARMLESS.iter().any(|harmless| plain.ends_with(harmless))
}

/// Whether a name ends in a word for a secret, as `db_password` and unlike `external-secrets`.
pub(super) fn is_secret_itself(name: &str) -> bool {
    let plain = plain(name);
    TELLING.iter().any(|telling| plain.ends_with(telling))
}

/// Whether a name is that of a place where secrets are named and not written, as `secretKeyRef` or `imagePullSecrets`.
pub(super) fn is_reference(name: &str) -> bool {
    let plain = plain(name);
    ["ref", "refs", "secret", "secrets", "token", "credential", "credentials", "privatekey"]
        .iter()
        .any(|end| plain.ends_with(end))
}

/// Whether a name is one by which such a place tells which secret it means.
pub(super) fn is_of_reference(name: &str) -> bool {
    let plain = plain(name);
    let of_reference = [
        "namespace",
        "kind",
        "group",
        "apiversion",
        "path",
        "key",
        "audience",
        "algorithm",
        "encoding",
        "rotationpolicy",
    ];
    plain.ends_with("name") || of_reference.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_telling_part_is_found() {
        for part in TELLING {
            assert!(tells_of_secret(part), "{part}");
            assert!(tells_of_secret(&format!("my-{part}-1")), "{part}");
        }
    }

    #[test]
    fn names_are_told_apart() {
        for secret in
            ["password", "DB_PASSWORD", "clientSecret", "api-key", "bindPW", "accessKeyID", "--token", "X-Auth-Token"]
        {
            assert!(tells_of_secret(secret), "{secret}");
        }
        for harmless in [
            "secretName",
            "secretKeyRef",
            "automountServiceAccountToken",
            "--token-auth-file",
            "tokenTTL",
            "resources",
            "image",
            "passwordPolicy",
            "=(automountServiceAccountToken)",
        ] {
            assert!(!tells_of_secret(harmless), "{harmless}");
        }
        assert!(is_secret_itself("db.password") && !is_secret_itself("external-secrets"));
    }
}
