//! From a body to a batch: which parser reads it, and what of its result is kept.

use super::batch::{AuditSummary, Batch, Content, Event, Hit, Report, Says, digest};
use crate::error::Fault;
use model::{Instant, finding::Subject, severity::Severity, source::Source};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use sha2::{Digest, Sha256};
use sources::{
    intake::{Refusal, audit, external, falco, kube_bench, ocsf, sarif, trivy},
    pushed::Found,
    rules::falco_events::DROPS_RULE,
};

/// Faults that are told of one body.
const TOLD: usize = 100;

/// Reads a body that arrived at an instant; `node` is the node that it is about, where the sender names one.
pub(super) fn read(source: Source, body: &[u8], node: Option<&str>, at: Instant) -> Batch {
    match source {
        Source::FalcoEvents => of_falco(body, at),
        Source::AuditEvents => of_audit(body, at),
        Source::KubeBench => of_kube_bench(body, node),
        _ => of_report(body, node),
    }
}

fn of_falco(body: &[u8], at: Instant) -> Batch {
    let read = falco::read(body);
    let events = read.alerts.into_iter().map(|alert| Event {
        key: cut(alert.key.0),
        at: alert.at.min(at),
        hits: hit_of(alert).into_iter().collect(),
    });
    let content = Content::Events(events.collect(), None);
    with_refusals(body, content, &read.refusals)
}

/// What an alert counts for: an incident from `Notice` on, and drops. Anything else shows that Falco lives.
fn hit_of(alert: falco::Alert) -> Option<Hit> {
    let falco::Incident { rule, namespace, workload, image } = alert.incident;
    let cluster = || Subject { kind: "Cluster".into(), namespace: None, name: "*".into(), key: None };
    let severity = alert.priority.severity();
    match alert.kind {
        falco::Kind::Drops => Some(Hit { rule: DROPS_RULE.into(), subject: cluster(), severity }),
        falco::Kind::Alert if severity > Severity::Info => {
            let key = Some(image.map_or_else(|| rule.clone(), |image| format!("{rule} ({image})")));
            let subject = match workload {
                Some(name) => Subject { kind: "Workload".into(), namespace, name, key },
                None => match namespace {
                    Some(name) => Subject { kind: "Namespace".into(), namespace: None, name, key },
                    None => Subject { key, ..cluster() },
                },
            };
            Some(Hit { rule, subject, severity })
        }
        _ => None,
    }
}

fn of_audit(body: &[u8], at: Instant) -> Batch {
    let read = audit::read(body);
    let times = || read.events.iter().filter_map(|event| event.at);
    let counts = read.counts();
    let summary = AuditSummary {
        first_at: times().min(),
        last_at: times().max(),
        counts: json!({ "users": counts.users, "verbs": counts.verbs, "resources": counts.resources }).to_string(),
    };
    let events = read.events.iter().map(|event| Event {
        key: digest(&[&event.key.audit_id, &format!("{:?}", event.key.stage)]),
        at: event.at.unwrap_or(at).min(at),
        hits: hits_of(event),
    });
    let content = Content::Events(events.collect(), Some(summary));
    with_refusals(body, content, &read.refusals)
}

/// Who did it, and in which namespace; not to what, or a person at work would be a finding for each object.
fn hits_of(event: &audit::Event) -> Vec<Hit> {
    let who = event.user.clone().unwrap_or_else(|| "system:anonymous".into());
    let namespace = event.object.as_ref().and_then(|object| object.namespace.clone());
    let hit = |rule: &audit::Rule| Hit {
        rule: rule.as_str().into(),
        subject: Subject {
            kind: "User".into(),
            namespace: namespace.clone(),
            name: who.clone(),
            key: Some(rule.as_str().into()),
        },
        severity: rule.severity(),
    };
    event.hits.iter().map(hit).collect()
}

fn with_refusals(body: &[u8], content: Content, refusals: &[Refusal]) -> Batch {
    let fault = |refusal: &Refusal| Fault { pointer: refusal.pointer.clone(), detail: refusal.why.to_string() };
    Batch {
        sha256: Sha256::digest(body).into(),
        content,
        faults: refusals.iter().take(TOLD).map(fault).collect(),
        refused: refusals.len(),
    }
}

/// The fields by which formats are told apart.
#[derive(Deserialize)]
struct Marks {
    runs: Option<IgnoredAny>,
    class_uid: Option<IgnoredAny>,
    #[serde(rename = "Controls")]
    controls: Option<IgnoredAny>,
    #[serde(rename = "Totals")]
    totals: Option<IgnoredAny>,
}

#[derive(Clone, Copy)]
enum Format {
    Sarif,
    Ocsf,
    Trivy,
    KubeBench,
}

fn format_of(body: &[u8]) -> Format {
    match serde_json::from_slice::<Marks>(body) {
        Ok(Marks { runs: Some(_), .. }) => Format::Sarif,
        Ok(Marks { class_uid: Some(_), .. }) => Format::Ocsf,
        Ok(Marks { controls, totals, .. }) if controls.is_some() || totals.is_some() => Format::KubeBench,
        Ok(_) => Format::Trivy,
        Err(_) if body.trim_ascii_start().starts_with(b"[{") || body.trim_ascii_start().starts_with(b"[\n") => {
            Format::Ocsf
        }
        // Only the output of kube-bench has lines of a log around its JSON.
        Err(_) => Format::KubeBench,
    }
}

/// The results of a node, whole: the rule counts passes too.
fn of_kube_bench(body: &[u8], node: Option<&str>) -> Batch {
    let whole = |problem: &str| external::Refusal { pointer: String::new(), problem: problem.into() };
    let text = std::str::from_utf8(body).map_err(|_| whole("it is not UTF-8"));
    let node = node.ok_or_else(|| whole("the address must name the node: ?node=NAME"));
    let read = text.and_then(|text| Ok((node?, kube_bench::read(text)?)));
    let (reports, refused) = match read {
        Ok((node, results)) => {
            let parts = results.controls.iter().map(|part| format!("{} {}", part.version, part.id));
            let producer = format!("{node}: {}", parts.collect::<Vec<_>>().join(", "));
            let refused = results.refused.clone();
            (vec![Report { producer, is_message: false, says: Says::Benchmark(results) }], refused)
        }
        Err(refusal) => (Vec::new(), vec![refusal]),
    };
    let fault =
        |refusal: &external::Refusal| Fault { pointer: refusal.pointer.clone(), detail: refusal.problem.clone() };
    Batch {
        sha256: Sha256::digest(body).into(),
        faults: refused.iter().take(TOLD).map(fault).collect(),
        refused: refused.len(),
        content: Content::Reports(reports),
    }
}

fn of_report(body: &[u8], node: Option<&str>) -> Batch {
    let format = format_of(body);
    let read = match format {
        Format::Sarif => sarif::batch(body),
        Format::Ocsf => ocsf::batch(body),
        Format::Trivy => trivy::batch(body),
        Format::KubeBench => kube_bench::batch(body, node),
    };
    let read = read.unwrap_or_else(|refusal| external::Batch { refused: vec![refusal], ..external::Batch::default() });
    let fault =
        |refusal: &external::Refusal| Fault { pointer: refusal.pointer.clone(), detail: refusal.problem.clone() };
    Batch {
        sha256: Sha256::digest(body).into(),
        faults: read.refused.iter().take(TOLD).map(fault).collect(),
        refused: read.refused.len().saturating_add(usize::try_from(read.more_refused).unwrap_or(usize::MAX)),
        content: Content::Reports(reports(read, format)),
    }
}

/// A report for each thing that a later batch may speak of without speaking of the others.
fn reports(read: external::Batch, format: Format) -> Vec<Report> {
    let external::Batch { tool, scope, findings, in_order, .. } = read;
    let producer = |examined: &str| format!("{tool}: {examined}");
    if scope.is_empty() {
        let about = |rule: &str, subject: &Subject| producer(&format!("{rule} {subject}"));
        let stands = findings.into_iter().map(|finding| {
            let producer = about(&finding.rule, &finding.subject);
            Report { producer, is_message: true, says: Says::Findings(vec![found(finding)]) }
        });
        let over = in_order.iter().map(|(rule, subject)| Report {
            producer: about(rule, subject),
            is_message: true,
            says: Says::Findings(Vec::new()),
        });
        return stands.chain(over).collect();
    }
    if matches!(format, Format::Trivy) {
        let each = scope.iter().map(|examined| {
            let is_of = |finding: &&external::ExternalFinding| {
                Subject { key: None, ..finding.subject.clone() }.to_string() == *examined
            };
            let findings = findings.iter().filter(is_of).cloned().map(found).collect();
            Report { producer: producer(examined), is_message: false, says: Says::Findings(findings) }
        });
        return each.collect();
    }
    let examined = scope.into_iter().collect::<Vec<_>>().join(", ");
    vec![Report {
        producer: producer(&examined),
        is_message: false,
        says: Says::Findings(findings.into_iter().map(found).collect()),
    }]
}

fn found(finding: external::ExternalFinding) -> Found {
    let external::ExternalFinding { rule, title, severity, subject, text, location: _ } = finding;
    Found { rule, title, severity, subject, text }
}

fn cut(digest: [u8; 32]) -> uuid::Uuid {
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    uuid::Uuid::from_bytes(half)
}
