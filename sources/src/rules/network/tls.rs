//! Whether what comes in from outside is encrypted.

use super::{INGRESS_TLS, Input};
use crate::{
    objects::network::{Gateway, Ingress, Listener},
    request::{GATEWAYS, INGRESSES},
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{evaluation::Outcome, finding::Subject};
use std::collections::BTreeSet;

const PLAIN: Sentence = fault(INGRESS_TLS, "plain", &["host"]);
const UNCLEAR: Sentence = reason(INGRESS_TLS, "unclear", &["count", "hosts"]);
const UNREAD_KINDS: Sentence = reason(INGRESS_TLS, "unread_kinds", &["kinds"]);
const NONE: Sentence = reason(INGRESS_TLS, "none", &[]);

pub(super) const SENTENCES: &[Sentence] = &[PLAIN, UNCLEAR, UNREAD_KINDS, NONE];

/// Where nothing is said, every host is meant.
const EVERY: &str = "*";

/// Annotations by which controllers are told of certificates that are not in `spec.tls`.
const CERTIFICATES_ELSEWHERE: &[&str] = &[
    "alb.ingress.kubernetes.io/certificate-arn",
    "alb.ingress.kubernetes.io/listen-ports",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "traefik.ingress.kubernetes.io/router.tls",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Transport {
    Tls,
    Plain,
    /// A person must look: a default certificate, one that the controller has from elsewhere, or no HTTP at all.
    Unclear,
}

/// `enc.ingress_tls`: every host of an Ingress has a certificate, and every HTTP listener of a Gateway an HTTPS one beside it.
/// Where other kinds may let hosts in, which are not read, that is not all there is.
pub(super) fn ingress_tls(input: &Input) -> Judge {
    let judge = Judge::of(INGRESS_TLS).needs(&INGRESSES, &input.ingresses);
    let mut judge = input.needing(judge, &GATEWAYS, &input.gateways);
    let mut unclear = BTreeSet::new();
    let mut seen = 0_usize;
    for (subject, host, transport) in
        of_ingresses(input).into_iter().chain(input.gateways.items.iter().flat_map(of_gateway))
    {
        judge.examine();
        seen += 1;
        match transport {
            Transport::Tls => {}
            Transport::Unclear => drop(unclear.insert(subject.to_string())),
            Transport::Plain => judge.fail(&PLAIN, subject, [("host", host)]),
        }
    }
    if !unclear.is_empty() {
        let values = [("count", unclear.len().to_string()), ("hosts", names(unclear.iter().map(String::as_str)))];
        judge.otherwise(Outcome::NeedsReview, &UNCLEAR, values);
    } else if !input.unread_kinds.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNREAD_KINDS, [("kinds", names(input.unread_kinds.iter().copied()))]);
    } else if seen == 0 {
        judge.otherwise(Outcome::NotApplicable, &NONE, []);
    }
    judge
}

pub(super) fn or_every(host: Option<&str>) -> &str {
    host.filter(|host| !host.is_empty()).unwrap_or(EVERY)
}

/// The hosts that an Ingress serves, each once.
pub(super) fn hosts(ingress: &Ingress) -> BTreeSet<&str> {
    let rules = ingress.spec.rules.iter().flatten().map(|rule| or_every(rule.host.as_deref()));
    rules.chain(ingress.spec.default_backend.is_some().then_some(EVERY)).collect()
}

fn of_ingresses(input: &Input) -> Vec<(Subject, String, Transport)> {
    let tls = input.ingresses.items.iter().flat_map(|ingress| ingress.spec.tls.iter().flatten());
    let anywhere: BTreeSet<&str> = tls.flat_map(|tls| tls.hosts.iter().flatten()).map(String::as_str).collect();
    let mut found = Vec::new();
    for ingress in input.ingresses.items.iter().filter(|ingress| ingress.metadata.owner("Challenge").is_none()) {
        let subject = subject("Ingress", ingress.metadata.namespace.as_deref(), ingress.metadata.name());
        for host in hosts(ingress) {
            let transport = match of_host(ingress, host) {
                // Controllers may put together what several Ingresses say of a host.
                Transport::Plain if anywhere.contains(host) => Transport::Unclear,
                transport => transport,
            };
            found.push((Subject { key: Some(host.into()), ..subject.clone() }, host.to_owned(), transport));
        }
    }
    found
}

fn of_host(ingress: &Ingress, host: &str) -> Transport {
    let elsewhere = |key: &&str| ingress.metadata.annotations.as_ref().is_some_and(|held| held.contains_key(*key));
    let mut transport =
        if CERTIFICATES_ELSEWHERE.iter().any(elsewhere) { Transport::Unclear } else { Transport::Plain };
    for tls in ingress.spec.tls.iter().flatten() {
        let hosts = tls.hosts.as_deref().unwrap_or_default();
        let has_secret = tls.secret_name.as_ref().is_some_and(|name| !name.is_empty());
        let covers = hosts.is_empty() || hosts.iter().any(|covering| covers(covering, host));
        match (covers, has_secret) {
            (true, true) => return Transport::Tls,
            (true, false) => transport = Transport::Unclear,
            // Every host is served, and some of them have a certificate.
            (false, _) if host == EVERY => transport = Transport::Unclear,
            (false, _) => {}
        }
    }
    transport
}

fn of_gateway(gateway: &Gateway) -> Vec<(Subject, String, Transport)> {
    let listeners: Vec<&Listener> = gateway.spec.listeners.iter().flatten().collect();
    let is_tls = |listener: &&&Listener| matches!(listener.protocol.as_deref(), Some("HTTPS" | "TLS"));
    let encrypted: Vec<&str> =
        listeners.iter().filter(is_tls).map(|listener| or_every(listener.hostname.as_deref())).collect();
    let subject = subject("Gateway", gateway.metadata.namespace.as_deref(), gateway.metadata.name());
    let judged = listeners.iter().map(|listener| {
        let host = or_every(listener.hostname.as_deref());
        let transport = match listener.protocol.as_deref() {
            Some("HTTPS" | "TLS") => Transport::Tls,
            // Beside an HTTPS listener for the same host it is there to send people on.
            Some("HTTP") if encrypted.iter().any(|covering| *covering == EVERY || covers(covering, host)) => {
                Transport::Tls
            }
            Some("HTTP") if host == EVERY && !encrypted.is_empty() => Transport::Unclear,
            Some("HTTP") => Transport::Plain,
            _ => Transport::Unclear,
        };
        let key = listener.name.clone().unwrap_or_else(|| host.to_owned());
        (Subject { key: Some(key), ..subject.clone() }, host.to_owned(), transport)
    });
    judged.collect()
}

/// Whether a certificate for a host covers another: the same, or one label below `*.`.
fn covers(covering: &str, host: &str) -> bool {
    let below = covering.strip_prefix("*.").zip(host.split_once('.'));
    covering.eq_ignore_ascii_case(host)
        || below.is_some_and(|(end, (label, rest))| !label.is_empty() && end.eq_ignore_ascii_case(rest))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_wildcard_covers_one_label() {
        for (covering, host, expected) in [
            ("shop.example.org", "Shop.example.org", true),
            ("*.example.org", "shop.example.org", true),
            ("*.example.org", "a.shop.example.org", false),
            ("*.example.org", "example.org", false),
            ("*.example.org", "*.example.org", true),
            ("example.org", "shop.example.org", false),
        ] {
            assert_eq!(covers(covering, host), expected, "{covering} for {host}");
        }
    }
}
