//! Certificates that cert-manager keeps: `cert.*`.
//!
//! Validity is computed from the dates; the controller's `Ready` is never enough, since it stays true on a
//! certificate that has run out while the controller was down.

mod keys;
mod requests;

use super::{
    installed,
    verdict::{Judge, Sentence, evaluation, fault, reason, subject},
};
use crate::{
    listed::Listed,
    objects::{
        cert_manager::{Certificate, CertificateRequest, CertificateStatus, Issuer, Order},
        deployment::Deployment,
        meta::{Condition, Meta},
    },
    reader::Reader,
    reading::{Context, Part, Reading},
    request::{CERTIFICATE_REQUESTS, CERTIFICATES, CLUSTER_ISSUERS, ISSUERS, ORDERS},
};
use chrono::{SecondsFormat, TimeDelta};
use model::{
    Instant,
    evaluation::{Evaluation, Outcome},
    scan::Read,
    severity::Severity,
};
use std::sync::Arc;

/// What the rules look at.
#[derive(Clone, Debug)]
pub struct Input {
    /// Certificates.
    pub certificates: Listed<Certificate>,
    /// Issuers of namespaces.
    pub issuers: Listed<Issuer>,
    /// Issuers of the whole cluster.
    pub cluster_issuers: Listed<Issuer>,
    /// What was asked of issuers.
    pub requests: Listed<CertificateRequest>,
    /// What was asked of ACME authorities; not every installation serves them.
    pub orders: Listed<Order>,
    /// The controller among them, where any of it is served: its version.
    pub deployments: Option<Arc<Listed<Deployment>>>,
}

impl Input {
    /// Reads certificates, issuers and requests.
    pub async fn read<R: Reader>(reader: &R) -> Self {
        let mut input = Self {
            certificates: reader.list(&CERTIFICATES).await,
            issuers: reader.list(&ISSUERS).await,
            cluster_issuers: reader.list(&CLUSTER_ISSUERS).await,
            requests: reader.list(&CERTIFICATE_REQUESTS).await,
            orders: reader.list(&ORDERS).await,
            deployments: None,
        };
        let own = [&input.certificates.read, &input.issuers.read, &input.cluster_issuers.read, &input.requests.read];
        input.deployments = installed::controllers(reader, &own).await;
        input
    }
}

impl Reading for Input {
    fn parts(&self) -> Vec<(Part, &Read)> {
        let own = [
            (Part::Own, &self.certificates.read),
            (Part::Own, &self.issuers.read),
            (Part::Own, &self.cluster_issuers.read),
            (Part::Own, &self.requests.read),
            (Part::Optional, &self.orders.read),
        ];
        own.into_iter().chain(self.deployments.iter().map(|list| (Part::Aside, &list.read))).collect()
    }

    fn evaluate(&self, context: &Context<'_>) -> Evaluation {
        evaluate(self, context.now)
    }

    fn version(&self) -> Option<String> {
        installed::version(self.deployments.as_ref(), |repository| {
            matches!(installed::last(repository), "cert-manager-controller" | "cert-manager")
        })
    }
}

const VALID: &str = "cert.valid";
const EXPIRING: &str = "cert.expiring";
const ISSUING: &str = "cert.issuers";
const STRENGTH: &str = "cert.key_strength";
const REQUESTS: &str = "cert.requests";

const EXPIRED: Sentence = fault(VALID, "expired", &["not_after"]);
const NOT_YET_VALID: Sentence = fault(VALID, "not_yet_valid", &["not_before"]);
const NOT_READY: Sentence = fault(VALID, "not_ready", &["reason"]);
const NONE: Sentence = reason(VALID, "none", &[]);
const NONE_EXPIRING: Sentence = reason(EXPIRING, "none", &[]);
const SOON: Sentence = fault(EXPIRING, "soon", &["not_after"]);
const STUCK: Sentence = fault(EXPIRING, "stuck", &["renewal_time"]);
const FAILING: Sentence = fault(EXPIRING, "failing", &[]);
const ISSUER_NOT_READY: Sentence = fault(ISSUING, "not_ready", &["reason"]);
const STAGING: Sentence = fault(ISSUING, "staging", &["server"]);
const NO_ISSUER: Sentence = reason(ISSUING, "none", &[]);

const READINESS: &[Sentence] = &[
    EXPIRED,
    NOT_YET_VALID,
    NOT_READY,
    NONE,
    NONE_EXPIRING,
    SOON,
    STUCK,
    FAILING,
    ISSUER_NOT_READY,
    STAGING,
    NO_ISSUER,
];

/// Every sentence of these rules.
pub const SENTENCES: &[&[Sentence]] = &[READINESS, keys::SENTENCES, requests::SENTENCES];

/// How long something new may take to become ready.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// How long before its end a certificate must have been renewed, at most.
const AHEAD: TimeDelta = TimeDelta::days(15);
/// ... or this part of its lifetime, where that is shorter: a certificate of a day is never 15 days from its end.
const PART_OF_LIFETIME: i32 = 6;
/// How late a renewal may be.
const LATE: TimeDelta = TimeDelta::hours(24);

/// Judges the checks of cert-manager.
pub fn evaluate(input: &Input, now: Instant) -> Evaluation {
    evaluation([
        valid(input, now),
        expiring(input, now),
        issuers(input, now),
        keys::strength(input),
        requests::requests(input, now),
    ])
}

enum Ready<'a> {
    Yes,
    /// Not yet, and not for long enough to say that something is wrong.
    Waiting,
    No(&'a str),
}

fn ready<'a>(conditions: Option<&'a Vec<Condition>>, metadata: &Meta, now: Instant) -> Ready<'a> {
    let condition = conditions.into_iter().flatten().find(|condition| condition.kind.as_deref() == Some("Ready"));
    if condition.is_some_and(|condition| condition.status.as_deref() == Some("True")) {
        return Ready::Yes;
    }
    let since = condition.and_then(|condition| condition.last_transition_time).or(metadata.creation_timestamp);
    match since {
        // A time in the future is no time that has been waited.
        Some(since) if now.signed_duration_since(since) <= PATIENCE => Ready::Waiting,
        _ => Ready::No(condition.and_then(|condition| condition.reason.as_deref()).unwrap_or("-")),
    }
}

/// Whether what the controller says is about the specification as it is now.
fn is_up_to_date(status: &CertificateStatus, metadata: &Meta) -> bool {
    let observed = status.conditions.iter().flatten().filter_map(|condition| condition.observed_generation).max();
    observed.zip(metadata.generation).is_none_or(|(observed, current)| observed >= current)
}

/// `cert.valid`: within its dates, and ready.
fn valid(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(VALID).needs(&CERTIFICATES, &input.certificates);
    let empty = CertificateStatus::default();
    for certificate in &input.certificates.items {
        let subject = certificate_subject(certificate);
        let status = certificate.status.as_ref().unwrap_or(&empty);
        let state = ready(status.conditions.as_ref(), &certificate.metadata, now);
        match (status.not_before, status.not_after, state) {
            (_, Some(end), _) if end <= now => judge.fail(&EXPIRED, subject, [("not_after", date(end))]),
            (Some(start), _, _) if start > now => {
                judge.fail_as(Severity::High, &NOT_YET_VALID, subject, [("not_before", date(start))]);
            }
            (_, _, Ready::No(why)) => judge.fail_as(Severity::High, &NOT_READY, subject, [("reason", why.into())]),
            (_, Some(_), Ready::Yes) if is_up_to_date(status, &certificate.metadata) => {}
            // Being issued, without dates, or described by an outdated status: not known to be valid.
            _ => {
                judge.doubt();
                continue;
            }
        }
        judge.examine();
    }
    if input.certificates.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NONE, []);
    }
    judge
}

/// `cert.expiring`: renewed in time, and no renewal overdue or failing.
fn expiring(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(EXPIRING).needs(&CERTIFICATES, &input.certificates);
    for certificate in &input.certificates.items {
        let status = certificate.status.as_ref();
        let Some((status, end)) = status.and_then(|status| Some((status, status.not_after?))) else {
            judge.doubt();
            continue;
        };
        judge.examine();
        let subject = certificate_subject(certificate);
        let lifetime = status.not_before.map_or(TimeDelta::MAX, |start| end.signed_duration_since(start));
        let ahead = AHEAD.min(lifetime / PART_OF_LIFETIME);
        let due = status.renewal_time.is_none_or(|renewal| renewal < now);
        let overdue = status.renewal_time.filter(|renewal| now.signed_duration_since(*renewal) > LATE);
        if end <= now || (due && end.signed_duration_since(now) < ahead) {
            judge.fail(&SOON, subject, [("not_after", date(end))]);
        } else if let Some(renewal) = overdue {
            judge.fail(&STUCK, subject, [("renewal_time", date(renewal))]);
        } else if status.failed_issuance_attempts.is_some_and(|attempts| attempts > 0) {
            judge.fail(&FAILING, subject, []);
        }
    }
    if input.certificates.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NONE_EXPIRING, []);
    }
    judge
}

/// `cert.issuers`: ready, and no public trial authority that no browser trusts.
fn issuers(input: &Input, now: Instant) -> Judge {
    let mut judge = Judge::of(ISSUING).needs(&ISSUERS, &input.issuers).needs(&CLUSTER_ISSUERS, &input.cluster_issuers);
    let of_namespaces = input.issuers.items.iter().map(|issuer| ("Issuer", issuer));
    let of_cluster = input.cluster_issuers.items.iter().map(|issuer| ("ClusterIssuer", issuer));
    for (kind, issuer) in of_namespaces.chain(of_cluster) {
        let subject = subject(kind, issuer.metadata.namespace.as_deref(), issuer.metadata.name());
        let conditions = issuer.status.as_ref().and_then(|status| status.conditions.as_ref());
        let server = issuer.spec.as_ref().and_then(|spec| spec.acme.as_ref()?.server.as_deref());
        match (ready(conditions, &issuer.metadata, now), server) {
            (Ready::No(why), _) => judge.fail(&ISSUER_NOT_READY, subject, [("reason", why.into())]),
            (_, Some(server)) if is_staging(server) => {
                judge.fail_as(Severity::Medium, &STAGING, subject, [("server", server.into())]);
            }
            (Ready::Yes, _) => {}
            (Ready::Waiting, _) => {
                judge.doubt();
                continue;
            }
        }
        judge.examine();
    }
    if input.issuers.items.is_empty() && input.cluster_issuers.items.is_empty() {
        judge.otherwise(Outcome::NotApplicable, &NO_ISSUER, []);
    }
    judge
}

fn is_staging(server: &str) -> bool {
    server.to_ascii_lowercase().contains("acme-staging")
}

fn certificate_subject(certificate: &Certificate) -> model::finding::Subject {
    subject("Certificate", certificate.metadata.namespace.as_deref(), certificate.metadata.name())
}

fn date(instant: Instant) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
