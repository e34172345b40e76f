//! How often one address may begin or finish a log-in.

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DefaultKeyedStateStore,
};
use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use crate::error::{Error, Result};

/// Log-ins a minute from one address.
const PER_MINUTE: NonZeroU32 = NonZeroU32::new(60).expect("60 is not 0");

/// Addresses remembered before those that are at rest are forgotten.
const REMEMBERED: usize = 10_000;

/// A bucket per address: 60 at once, refilled at 60 a minute.
#[derive(Debug)]
pub(super) struct PerAddress(RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock>);

impl Default for PerAddress {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(PER_MINUTE)))
    }
}

impl PerAddress {
    /// Takes one from an address's bucket.
    pub(super) fn take(&self, address: IpAddr) -> Result<()> {
        if self.0.len() > REMEMBERED {
            self.0.retain_recent();
        }
        self.0.check_key(&household(address)).map_err(|wait| {
            let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs();
            Error::RateLimited { retry_after: seconds + 1 }
        })
    }
}

/// Whoever has an IPv6 address usually has its whole /64.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixty_first_waits_and_others_do_not() {
        let limit = PerAddress::default();
        let (one, other): (IpAddr, IpAddr) = ("203.0.113.1".parse().unwrap(), "203.0.113.2".parse().unwrap());
        for _ in 0..60 {
            limit.take(one).unwrap();
        }
        assert!(matches!(limit.take(one), Err(Error::RateLimited { retry_after: 1..=2 })));
        limit.take(other).unwrap();
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let limit = PerAddress::default();
        for host in 0..60_u16 {
            limit.take(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, host).into()).unwrap();
        }
        assert!(limit.take("2001:db8::ffff".parse().unwrap()).is_err());
        limit.take("2001:db8:0:1::1".parse().unwrap()).unwrap();
    }
}
