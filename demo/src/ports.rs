//! Ports: fixed ones must be free, others are picked once and kept while they stay free.

use anyhow::Context as _;
use std::net::{IpAddr, Ipv4Addr, TcpListener};

/// Checks that a port that people know is free; says what to do where it is not.
pub(crate) fn must_be_free(address: IpAddr, port: u16, what: &str, instead: &str) -> anyhow::Result<()> {
    TcpListener::bind((address, port)).map(|_closed_again| ()).with_context(|| {
        format!("Port {port}, where {what} should listen, cannot be used. Stop the program that uses it, or choose another: {instead}")
    })
}

/// The port of last time if it is free, else any that is.
pub(crate) fn keep_or_pick(last: Option<u16>) -> anyhow::Result<u16> {
    let free = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| listener.local_addr());
    if let Some(last) = last.filter(|last| free(*last).is_ok()) {
        return Ok(last);
    }
    Ok(free(0).context("There is no free port on 127.0.0.1.")?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_kept_while_it_is_free() {
        let first = keep_or_pick(None).expect("a port");
        assert_eq!(keep_or_pick(Some(first)).expect("a port"), first);
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, first)).expect("it is free");
        assert_ne!(keep_or_pick(Some(first)).expect("a port"), first);
        let refusal = must_be_free(Ipv4Addr::LOCALHOST.into(), first, "Bevis", "make demo PORT=8081")
            .expect_err("taken")
            .to_string();
        assert!(refusal.contains("make demo PORT=8081"), "{refusal}");
        drop(taken);
    }
}
