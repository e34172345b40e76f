//! Whether what was asked of an authority was issued.
//!
//! Requests and orders have random names and are kept as history: of each certificate only the newest counts.
//! Those that belong to no certificate are told by their namespace.

use super::{Input, REQUESTS};
use crate::{
    objects::{
        cert_manager::{CertificateRequest, Order},
        meta::{Condition, Owned},
    },
    request::{CERTIFICATE_REQUESTS, ORDERS},
    rules::verdict::{Judge, Sentence, fault, reason, subject},
};
use chrono::TimeDelta;
use model::{Instant, evaluation::Outcome, finding::Subject, scan::Coverage};
use std::collections::{BTreeMap, BTreeSet};

const DENIED: Sentence = fault(REQUESTS, "denied", &[]);
const FAILED: Sentence = fault(REQUESTS, "failed", &[]);
const STUCK: Sentence = fault(REQUESTS, "stuck", &[]);
const ORDER_FAILED: Sentence = fault(REQUESTS, "order_failed", &["state"]);
const ORDER_STUCK: Sentence = fault(REQUESTS, "order_stuck", &[]);
const NONE: Sentence = reason(REQUESTS, "none", &[]);

pub(super) const SENTENCES: &[Sentence] = &[DENIED, FAILED, STUCK, ORDER_FAILED, ORDER_STUCK, NONE];

/// How long an authority may take.
const PATIENCE: TimeDelta = TimeDelta::hours(24);
/// How far in the future a time may be without being nonsense.
const SKEW: TimeDelta = TimeDelta::minutes(10);

/// `cert.requests`: the newest request and order of every certificate was issued, or is not yet a day old.
pub(super) fn requests(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(REQUESTS).needs(&CERTIFICATE_REQUESTS, &input.requests);
    if input.orders.read.coverage != Coverage::Absent {
        judge = judge.needs(&ORDERS, &input.orders);
    }
    let newest = newest(input, now, &mut judge);
    for (subject, request) in &newest {
        judge.examine();
        judge_request(&mut judge, subject, request, now);
    }
    let by_name: BTreeMap<_, _> =
        newest.iter().map(|(subject, request)| ((request.namespace(), request.metadata.name()), subject)).collect();
    let all: BTreeSet<_> = input.requests.items.iter().map(|r| (r.namespace(), r.metadata.name())).collect();
    for order in &input.orders.items {
        let of_request = order.metadata.owner("CertificateRequest").map(|name| (order.namespace(), name));
        let subject = match of_request {
            Some(request) if by_name.contains_key(&request) => by_name[&request].clone(),
            // It belongs to a request that a newer one has replaced.
            Some(request) if all.contains(&request) => continue,
            _ => subject("Order", Some(order.namespace()), "*"),
        };
        judge.examine();
        judge_order(&mut judge, subject, order, now);
    }
    if input.requests.items.is_empty() && input.orders.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NONE, []);
    }
    judge
}

/// The newest request of every certificate, and every one that belongs to none.
fn newest<'a>(input: &'a Input, now: Instant, judge: &mut Judge) -> Vec<(Subject, &'a CertificateRequest)> {
    let mut of_certificates: BTreeMap<Subject, &CertificateRequest> = BTreeMap::new();
    let mut others = Vec::new();
    for request in &input.requests.items {
        if age(&request.metadata, now).is_none() {
            judge.doubt();
            continue;
        }
        let Some(certificate) = request.metadata.owner("Certificate") else {
            others.push((subject("CertificateRequest", Some(request.namespace()), "*"), request));
            continue;
        };
        let order = |request: &CertificateRequest| (request.metadata.creation_timestamp, request.metadata.name.clone());
        let newest =
            of_certificates.entry(subject("Certificate", Some(request.namespace()), certificate)).or_insert(request);
        if order(request) > order(newest) {
            *newest = request;
        }
    }
    of_certificates.into_iter().chain(others).collect()
}

/// How old an object is; `None` where it does not say, or says that it is from the future.
fn age(metadata: &Owned, now: Instant) -> Option<TimeDelta> {
    let age = now.signed_duration_since(metadata.creation_timestamp?);
    (age >= -SKEW).then_some(age)
}

fn judge_request(judge: &mut Judge, subject: &Subject, request: &CertificateRequest, now: Instant) {
    let conditions = request.status.as_ref().and_then(|status| status.conditions.as_deref()).unwrap_or_default();
    let of = |kind: &str| conditions.iter().find(|condition| condition.kind.as_deref() == Some(kind));
    let holds = |condition: Option<&Condition>| condition.and_then(|held| held.status.as_deref()) == Some("True");
    let ready = of("Ready");
    let why = ready.and_then(|ready| ready.reason.as_deref());
    if holds(of("Denied")) || (!holds(ready) && why == Some("Denied")) {
        judge.fail(&DENIED, subject.clone(), []);
    } else if holds(of("InvalidRequest")) || (!holds(ready) && why == Some("Failed")) {
        judge.fail(&FAILED, subject.clone(), []);
    } else if !holds(ready) && age(&request.metadata, now).is_none_or(|age| age > PATIENCE) {
        judge.fail(&STUCK, subject.clone(), []);
    }
}

fn judge_order(judge: &mut Judge, subject: Subject, order: &Order, now: Instant) {
    let state = order.status.as_ref().and_then(|status| status.state.as_deref()).unwrap_or_default();
    match (state, age(&order.metadata, now)) {
        ("errored" | "invalid" | "expired", _) => judge.fail(&ORDER_FAILED, subject, [("state", state.into())]),
        ("" | "ready" | "pending" | "processing", Some(age)) if age > PATIENCE => judge.fail(&ORDER_STUCK, subject, []),
        ("valid", _) | ("" | "ready" | "pending" | "processing", Some(_)) => {}
        _ => judge.doubt(),
    }
}
