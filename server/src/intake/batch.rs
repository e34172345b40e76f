//! What a body says, in the form in which it is kept, whatever its format was.

use crate::error::Fault;
use model::{Instant, finding::Subject, severity::Severity};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sources::{intake::kube_bench::Results, pushed::Found};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a body says.
#[derive(Debug)]
pub(super) struct Batch {
    /// SHA-256 of the bytes as they came.
    pub(super) sha256: [u8; 32],
    /// What is good of it.
    pub(super) content: Content,
    /// What is not, the first of it.
    pub(super) faults: Vec<Fault>,
    /// How much is not.
    pub(super) refused: usize,
}

/// What is good of a body.
#[derive(Debug)]
pub(super) enum Content {
    /// Single events.
    Events(Vec<Event>, Option<AuditSummary>),
    /// Reports, each of something that was examined.
    Reports(Vec<Report>),
}

impl Content {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Events(events, _) => events.len(),
            Self::Reports(reports) => reports.len(),
        }
    }
}

/// An event: of itself nothing is kept.
#[derive(Debug)]
pub(super) struct Event {
    /// What makes it the same event when it is delivered again.
    pub(super) key: Uuid,
    /// When it happened; never after its arrival.
    pub(super) at: Instant,
    /// What it counts for; nothing where it is only a sign of life.
    pub(super) hits: Vec<Hit>,
}

/// What an event counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) rule: String,
    pub(super) subject: Subject,
    pub(super) severity: Severity,
}

/// What is kept of a batch of audit events.
#[derive(Debug)]
pub(super) struct AuditSummary {
    pub(super) first_at: Option<Instant>,
    pub(super) last_at: Option<Instant>,
    /// Requests by user, verb and resource, as JSON.
    pub(super) counts: String,
}

/// A report of something that was examined.
#[derive(Debug)]
pub(super) struct Report {
    /// The tool, and what it examined.
    pub(super) producer: String,
    /// Whether it is one message of many.
    pub(super) is_message: bool,
    pub(super) says: Says,
}

/// What a report says.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Says {
    /// What was found.
    Findings(Vec<Found>),
    /// What kube-bench came to, passes and all.
    Benchmark(Results),
}

/// Events of one rule about one subject.
#[derive(Debug)]
pub(super) struct Grouped {
    pub(super) key: Uuid,
    pub(super) hit: Hit,
    pub(super) first_at: Instant,
    pub(super) last_at: Instant,
    pub(super) events: i64,
}

/// Puts the hits of events together, in the order of their keys: all writers take rows in one order.
pub(super) fn grouped(events: &[&Event]) -> Vec<Grouped> {
    let mut groups: BTreeMap<Uuid, Grouped> = BTreeMap::new();
    for event in events {
        for hit in &event.hits {
            let key = key_of(hit);
            let group = groups.entry(key).or_insert_with(|| Grouped {
                key,
                hit: hit.clone(),
                first_at: event.at,
                last_at: event.at,
                events: 0,
            });
            group.first_at = group.first_at.min(event.at);
            group.last_at = group.last_at.max(event.at);
            group.hit.severity = group.hit.severity.max(hit.severity);
            group.events += 1;
        }
    }
    groups.into_values().collect()
}

fn key_of(hit: &Hit) -> Uuid {
    let Subject { kind, namespace, name, key } = &hit.subject;
    digest(&[&hit.rule, kind, namespace.as_deref().unwrap_or_default(), name, key.as_deref().unwrap_or_default()])
}

/// A digest of texts, cut to 128 bits; no two lists of texts give the same bytes.
pub(super) fn digest(parts: &[&str]) -> Uuid {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let whole: [u8; 32] = hasher.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(&whole[..16]);
    Uuid::from_bytes(half)
}
