//! What is reached from outside the cluster, compared with what was approved.

use super::{EXPOSED, Input};
use crate::{
    policy::Policy,
    request::{GATEWAYS, INGRESSES, SERVICES},
    rules::verdict::{Judge, Sentence, fault, names, reason, subject},
};
use model::{evaluation::Outcome, finding::Subject};

const SERVICE: Sentence = fault(EXPOSED, "service", &["type"]);
const HOST: Sentence = fault(EXPOSED, "host", &["host"]);
const NO_LIST: Sentence = reason(EXPOSED, "no_list", &["count", "doors"]);
const UNREAD_KINDS: Sentence = reason(EXPOSED, "unread_kinds", &["kinds"]);
const NONE: Sentence = reason(EXPOSED, "none", &[]);

pub(super) const SENTENCES: &[Sentence] = &[SERVICE, HOST, NO_LIST, UNREAD_KINDS, NONE];

/// A way in from outside.
enum Door {
    /// A Service, by its type.
    Service(String),
    /// A host.
    Host(String),
}

/// `net.exposed`: every Service with an address outside and every host is on the approved list.
pub(super) fn exposed(input: &Input, policy: &Policy) -> Judge {
    let judge = Judge::of(EXPOSED).needs(&SERVICES, &input.services).needs(&INGRESSES, &input.ingresses);
    let mut judge = input.needing(judge, &GATEWAYS, &input.gateways);
    if input.services.is_empty() {
        // Every cluster has the one of its own API server: not to see any is to have seen nothing.
        judge.doubt();
    }
    let doors = doors(input);
    let mut unlisted = Vec::new();
    for (subject, door) in &doors {
        judge.examine();
        let entry = entry(subject, door);
        match (&policy.exposed, door) {
            (None, _) => unlisted.push(entry),
            (Some(approved), _) if is_approved(approved, &entry) => {}
            (Some(_), Door::Service(kind)) => judge.fail(&SERVICE, subject.clone(), [("type", kind.clone())]),
            (Some(_), Door::Host(host)) => judge.fail(&HOST, subject.clone(), [("host", host.clone())]),
        }
    }
    if !unlisted.is_empty() {
        unlisted.sort();
        unlisted.dedup();
        let values = [("count", unlisted.len().to_string()), ("doors", names(unlisted.iter().map(String::as_str)))];
        judge.otherwise(Outcome::NeedsReview, &NO_LIST, values);
    } else if !input.unread_kinds.is_empty() {
        judge.otherwise(Outcome::NeedsReview, &UNREAD_KINDS, [("kinds", names(input.unread_kinds.iter().copied()))]);
    } else if doors.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NONE, []);
    }
    judge
}

fn doors(input: &Input) -> Vec<(Subject, Door)> {
    let mut doors = Vec::new();
    // What cert-manager opens to answer a challenge is gone after some minutes, and has a random name.
    for service in input.services.items.iter().filter(|service| service.metadata.owner("Challenge").is_none()) {
        let subject = subject("Service", service.metadata.namespace.as_deref(), service.metadata.name());
        let external = service.spec.external_ips.as_ref().is_some_and(|addresses| !addresses.is_empty());
        match service.spec.kind.as_deref() {
            Some(kind @ ("LoadBalancer" | "NodePort")) => doors.push((subject, Door::Service(kind.into()))),
            _ if external => doors.push((subject, Door::Service("externalIPs".into()))),
            _ => {}
        }
    }
    for ingress in input.ingresses.items.iter().filter(|ingress| ingress.metadata.owner("Challenge").is_none()) {
        let subject = subject("Ingress", ingress.metadata.namespace.as_deref(), ingress.metadata.name());
        for host in super::tls::hosts(ingress) {
            doors.push((Subject { key: Some(host.into()), ..subject.clone() }, Door::Host(host.into())));
        }
    }
    for gateway in &input.gateways.items {
        let subject = subject("Gateway", gateway.metadata.namespace.as_deref(), gateway.metadata.name());
        for listener in gateway.spec.listeners.iter().flatten() {
            let host = super::tls::or_every(listener.hostname.as_deref());
            doors.push((Subject { key: Some(host.into()), ..subject.clone() }, Door::Host(host.into())));
        }
    }
    doors
}

/// As policies write it: `Service:ingress/nginx`, `Host:shop.example.org`.
fn entry(subject: &Subject, door: &Door) -> String {
    match door {
        Door::Service(_) => {
            format!("Service:{}/{}", subject.namespace.as_deref().unwrap_or_default(), subject.name)
        }
        Door::Host(host) => format!("Host:{}", host.to_ascii_lowercase()),
    }
}

/// Whether an entry is on the list; `Host:*.example.org` there stands for every host below.
fn is_approved(approved: &[String], entry: &str) -> bool {
    approved.iter().any(|approved| {
        let below = approved.strip_prefix("Host:*").zip(entry.strip_prefix("Host:"));
        approved.eq_ignore_ascii_case(entry)
            || below.is_some_and(|(end, host)| end.starts_with('.') && host.ends_with(&end.to_ascii_lowercase()))
    })
}
