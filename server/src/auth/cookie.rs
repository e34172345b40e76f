//! Our two cookies: the session, and the log-ins that a browser has begun.

use super::secret::Random;
use crate::{config::Config, outbound};
use http::{HeaderMap, HeaderValue, header::COOKIE};

/// Seconds that a log-in on its way may take.
pub const LOGIN_SECONDS: i64 = 600;

/// Log-ins that one browser may have on their way, in as many tabs.
const LOGINS_AT_ONCE: usize = 4;

/// Whether the request brings a session cookie, good or not.
pub fn has_session(config: &Config, headers: &HeaderMap) -> bool {
    values(headers, session_name(config)).next().is_some()
}

/// The session's id. Two of them, or one that cannot be ours, is none.
pub fn session(config: &Config, headers: &HeaderMap) -> Option<Random> {
    let mut found = values(headers, session_name(config));
    match (found.next(), found.next()) {
        (Some(value), None) => Random::read(value),
        _ => None,
    }
}

/// Sets the session.
pub fn set_session(config: &Config, id: &Random) -> HeaderValue {
    cookie(config, session_name(config), id.reveal(), None)
}

/// Removes the session.
pub fn clear_session(config: &Config) -> HeaderValue {
    cookie(config, session_name(config), "", Some(0))
}

/// The states of the log-ins that this browser has begun, newest first.
pub fn logins(config: &Config, headers: &HeaderMap) -> Vec<Random> {
    values(headers, login_name(config))
        .flat_map(|value| value.split('.'))
        .filter_map(Random::read)
        .take(LOGINS_AT_ONCE)
        .collect()
}

/// Keeps the states given; none removes the cookie.
pub fn set_logins(config: &Config, states: &[Random]) -> HeaderValue {
    let kept: Vec<&str> = states.iter().take(LOGINS_AT_ONCE).map(Random::reveal).collect();
    cookie(config, login_name(config), &kept.join("."), Some(if kept.is_empty() { 0 } else { LOGIN_SECONDS }))
}

/// The value of a cookie that is no secret.
pub fn value<'a>(headers: &'a HeaderMap, name: &'a str) -> Option<&'a str> {
    values(headers, name).next()
}

fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Browsers take `Secure` over https, and from loopback, which they trust like it.
fn is_trustworthy(config: &Config) -> bool {
    config.public_url.scheme() == "https" || outbound::is_loopback(&config.public_url)
}

fn session_name(config: &Config) -> &'static str {
    if is_trustworthy(config) { "__Host-bevis_session" } else { "bevis_session" }
}

fn login_name(config: &Config) -> &'static str {
    if is_trustworthy(config) { "__Host-bevis_login" } else { "bevis_login" }
}

/// `Lax`, since a `Strict` cookie is absent where the provider sends the browser back.
fn cookie(config: &Config, name: &str, value: &str, max_age: Option<i64>) -> HeaderValue {
    let secure = if is_trustworthy(config) { "; Secure" } else { "" };
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let text = format!("{name}={value}; Path=/{secure}; HttpOnly; SameSite=Lax{age}");
    HeaderValue::from_str(&text).expect("names and values are of base64url characters and dots")
}
