//! What every call to somewhere outside shares.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{
    error::Error,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};
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

/// Whether an address names a link-local host by its number: where clouds keep their credentials, and nothing that is ever
/// sent to.
pub(crate) fn is_link_local(address: &Url) -> bool {
    match address.host() {
        Some(Host::Ipv4(address)) => is_local_to_link(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_local_to_link(IpAddr::V6(address)),
        Some(Host::Domain(_)) | None => false,
    }
}

/// Resolves names as the system does, and refuses what is link-local. A client does not ask it for an address that is a
/// number: see [`is_link_local`].
#[derive(Debug)]
pub(crate) struct NotLinkLocal;

impl Resolve for NotLinkLocal {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|address| !is_local_to_link(address.ip())).collect();
            if allowed.is_empty() {
                return Err("it resolves to no address that may be sent to".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// `169.254.0.0/16`, `fe80::/10`, the same within an address of IPv6, and the metadata service's own `fd00:ec2::254`.
fn is_local_to_link(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local() || address.is_unspecified(),
        IpAddr::V6(address) => {
            within(address).is_some_and(|address| is_local_to_link(IpAddr::V4(address)))
                || (address.segments()[0] & 0xffc0) == 0xfe80
                || address.segments() == [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x254]
                || address.is_unspecified()
        }
    }
}

/// The address of IPv4 that one of IPv6 leads to: mapped (RFC 4291), translated (NAT64, RFC 6052), or tunnelled (6to4, RFC 3056).
fn within(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let joined = |high: u16, low: u16| Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            joined(high, low)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_credentials_of_clouds_lie_is_link_local() {
        let is = |address: &str| is_link_local(&address.parse().expect("an address"));
        for address in [
            "http://169.254.169.254/latest",
            "http://2852039166/latest",
            "http://[fe80::1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[2002:a9fe:a9fe::1]/",
            "http://[fd00:ec2::254]/",
            "http://0.0.0.0/",
        ] {
            assert!(is(address), "{address}");
        }
        for address in ["http://127.0.0.1/", "https://hooks.example.org/", "http://[::1]/", "http://10.0.0.1/"] {
            assert!(!is(address), "{address}");
        }
    }
}
