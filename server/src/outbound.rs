//! What every call to somewhere outside shares.

use std::error::Error;
use url::{Host, Url};

/// Names ring as what TLS computes with, for the whole process. Whatever talks TLS in it calls this before it does;
/// a second call finds the first one's choice in place.
pub fn use_ring() {
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
}

/// Whether an address leads to this machine, by its host alone.
pub(crate) fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The innermost cause, which is what a person needs: "connection refused", "invalid peer certificate".
pub(crate) fn innermost(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}
