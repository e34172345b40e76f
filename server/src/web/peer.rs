//! Where a request comes from.

use crate::app::App;
use axum::extract::{ConnectInfo, FromRequestParts, Request};
use http::{Extensions, HeaderMap, request::Parts};
use ipnet::IpNet;
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

/// The address of the visitor: of the connection, or, where that is a trusted proxy's, the one that the proxy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// Where a request comes from.
    pub fn of(app: &App, request: &Request) -> Self {
        Self::read(app, request.extensions(), request.headers())
    }

    fn read(app: &App, extensions: &Extensions, headers: &HeaderMap) -> Self {
        let connected =
            extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        Self(behind(connected, headers, &app.config.trusted_proxies))
    }
}

impl FromRequestParts<App> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::read(app, &parts.extensions, &parts.headers))
    }
}

/// The last hop of `X-Forwarded-For` that is not a trusted proxy: everything left of it may be invented.
fn behind(connected: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let connected = connected.to_canonical();
    if !is_trusted(connected) {
        return connected;
    }
    let named: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    let mut nearest = connected;
    for hop in named.iter().rev() {
        let Ok(address) = hop.trim().parse::<IpAddr>() else { return nearest };
        nearest = address.to_canonical();
        if !is_trusted(nearest) {
            return nearest;
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(connected: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        behind(connected.parse().unwrap(), &headers, &["10.0.0.0/8".parse().unwrap()]).to_string()
    }

    #[test]
    fn a_stranger_cannot_name_an_address() {
        assert_eq!(peer("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(peer("10.0.0.2", &["198.51.100.1, 203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn trusted_hops_are_passed_over() {
        assert_eq!(peer("10.0.0.2", &["203.0.113.9, 10.0.0.7"]), "203.0.113.9");
        assert_eq!(peer("10.0.0.2", &["203.0.113.9", "10.0.0.7"]), "203.0.113.9");
        assert_eq!(peer("::ffff:10.0.0.2", &["203.0.113.9"]), "203.0.113.9");
    }

    #[test]
    fn without_a_readable_hop_it_is_the_proxy() {
        assert_eq!(peer("10.0.0.2", &[]), "10.0.0.2");
        assert_eq!(peer("10.0.0.2", &["unknown"]), "10.0.0.2");
    }
}
