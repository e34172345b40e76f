//! Texts that hold a secret, whatever they are called.

use super::names::{is_secret_itself, tells_of_secret};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// How the tokens of well-known systems begin.
const BEGINNINGS: &[&str] = &[
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "gldt-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xapp-",
    "sk_live_",
    "rk_live_",
    "dckr_pat_",
    "npm_",
    "pypi-",
    "hvs.",
    "AIza",
    "AKIA",
    "ASIA",
    "SG.",
    // Any token that is signed JSON.
    "eyJ",
];
/// How passwords are written that were hashed.
const HASHES: &[&str] =
    &["$2a$", "$2b$", "$2y$", "$1$", "$5$", "$6$", "$y$", "$argon2", "$scrypt$", "{SSHA", "{SHA", "{CRYPT}"];
/// What stands in a text before a secret, or around it.
const AROUND: &[&str] = &["PRIVATE KEY-----", "hooks.slack.com/services/", "://", BEARER, BASIC, USER];
const BEARER: &str = "Bearer ";
const BASIC: &str = "Basic ";
const USER: &str = " -u ";
/// All of them looked for at once: most texts have none, and need not be looked at word by word.
static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let all = BEGINNINGS.iter().chain(HASHES).chain(AROUND);
    AhoCorasick::new(all).expect("a test looks for each of a few short words")
});
/// Characters that a token has at least.
const SHORTEST: usize = 16;

/// Whether a text holds a secret: a key, a token, a hash of a password, an address with a password, or a value given to a
/// name that tells of one.
pub(super) fn holds_secret(text: &str) -> bool {
    (SIGNS.is_match(text) && has_sign_of_secret(text)) || assigns_secret(text) || has_secret_line(text)
}

fn has_sign_of_secret(text: &str) -> bool {
    let is_credential = |value: &str| value.len() >= 8 && !value.starts_with("realm=");
    text.contains("PRIVATE KEY-----")
        || HASHES.iter().any(|hash| text.contains(hash))
        || text.contains("hooks.slack.com/services/")
        || words(text).any(is_token)
        || has_user_info(text)
        || follows(text, BEARER, is_credential)
        || follows(text, BASIC, is_credential)
        || follows(text, USER, |value| value.contains(':'))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | ';' | '=' | '(' | ')' | '<' | '>' | '&' | '?')
    })
}

fn is_token(word: &str) -> bool {
    word.len() >= SHORTEST && BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
}

/// `https://user:password@host`, and `https://token@host`. A password may hold most signs (RFC 3986, section 3.2.1), and
/// people write others in it too.
fn has_user_info(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '"' | '`' | '<' | '>');
    text.match_indices("://")
        .any(|(at, scheme)| text[at + scheme.len()..].split(ends).next().unwrap_or_default().contains('@'))
}

fn follows(text: &str, marker: &str, is_secret: impl Fn(&str) -> bool) -> bool {
    let after = |at: usize| text[at + marker.len()..].split_whitespace().next().unwrap_or_default();
    text.match_indices(marker).any(|(at, _)| is_secret(after(at)))
}

/// `NAME=value`, `--name=value`, `name: value`, `"name":"value"`.
fn assigns_secret(text: &str) -> bool {
    text.char_indices().filter(|(_, sign)| matches!(sign, '=' | ':')).any(|(at, sign)| {
        let before = text[..at].trim_end_matches([' ', '"', '\'', '\\']);
        let begins = before
            .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
            .map_or(0, |place| place + before[place..].chars().next().map_or(1, char::len_utf8));
        let name = &before[begins..];
        let after = &text[at + 1..];
        if sign == '=' {
            return tells_of_secret(name) && !is_plain(after);
        }
        let separated = after.starts_with([' ', '"', '\'', '\t', '\n', '\\']);
        separated && is_secret_itself(name) && tells_of_secret(name) && !is_plain(after)
    })
}

/// Whether what begins here is nothing, or a plain yes or no.
fn is_plain(text: &str) -> bool {
    let value = text.trim_start_matches([' ', '\t', '"', '\'']);
    let value =
        value.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';')).next().unwrap_or_default();
    matches!(value, "" | "true" | "false" | "null")
}

/// A line of a configuration that gives a name its value by a space, as fluent-bit's `HTTP_Passwd value`.
fn has_secret_line(text: &str) -> bool {
    text.contains('\n')
        && text.lines().any(|line| {
            let mut words = line.split_whitespace();
            words.next().is_some_and(tells_of_secret) && words.next().is_some()
        })
}

/// Whether a text looks like drawn letters: what a key is that nothing else gives away.
pub(super) fn looks_drawn(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-');
    let has = |kind: fn(&u8) -> bool| text.bytes().any(|byte| kind(&byte));
    text.len() >= 20
        && text.bytes().all(is_sign)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_seen_in_texts() {
        for text in [
            "--token=abc",
            "DB_PASSWORD=x",
            "export API_KEY='a'; run",
            "password: hunter2",
            r#"{"password":"x"}"#,
            r#"{\"clientSecret\":\"x\"}"#,
            "postgres://app:hunter2@db/app",
            "--database-url=postgres://app:p=ss@db/app",
            "amqp://u:a;b,c(d)&e'f@h",
            "postgres://app:p#ss@db/app",
            r"postgres://app:p\ss@db/app",
            "https://ghp@host/x",
            "-----BEGIN RSA PRIVATE KEY-----",
            "Authorization: Bearer abcdefghij",
            "curl -u me:pw x",
            "$2a$10$abc",
            "[OUTPUT]\n  HTTP_Passwd hunter2",
            "glpat-0123456789abcdef",
            "eyJhbGciOiJIUzI1NiJ9.e30.x",
            "http://x/?access_token=abc",
            "pæssword= & token=é",
        ] {
            assert!(holds_secret(text), "{text}");
        }
        for text in [
            "",
            "nginx:1.25",
            "external-secrets/external-secrets:v0.9",
            "--token-auth-file=/etc/x",
            "system:node-proxier",
            "--enable-bootstrap-token-auth=true",
            "app.kubernetes.io/name=web",
            "sha256:0123",
            "https://host/path",
            "https://host/path, or mail to ops@example.org",
            "https://etcd-0:2379,https://etcd-1:2379",
            "token",
            "é=",
            "www-authenticate: Bearer realm=\"x\"",
            "the secret is missing",
        ] {
            assert!(!holds_secret(text), "{text}");
        }
        assert!(looks_drawn("Zm9vYmFyMTIzNDU2Nzg5MA==") && !looks_drawn("a-name-of-many-words-and-1"));
    }
}
