//! Alerts of Falco, as its `http_output` and Falcosidekick's webhook send them.
//!
//! The text of an alert and its command line may hold secrets and personal data. They go into the digest that
//! knows an alert again, and are not kept.

use super::{Digest, Object, Raw, Refusal, Why, parts};
use model::{Instant, severity::Severity};
use std::collections::BTreeSet;

/// Bytes of a delivery, at most.
pub const BYTES: usize = 1024 * 1024;
/// Tags that are kept of an alert, at most.
const TAGS: usize = 32;

/// What a delivery gave.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Of the bytes as they came.
    pub digest: Digest,
    /// The alerts that were understood, each once, in the order in which they came.
    pub alerts: Vec<Alert>,
    /// The parts that were not.
    pub refusals: Vec<Refusal>,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// What makes it the same alert when it is delivered again, within a cluster: of host, rule, time and text.
    pub key: Digest,
    /// What it speaks of.
    pub kind: Kind,
    /// What it belongs to, together with other alerts.
    pub incident: Incident,
    /// How urgent Falco calls it.
    pub priority: Priority,
    /// When, by the clock of the node. It may be in the future.
    pub at: Instant,
    /// What it was seen by, as `syscall` or `k8s_audit`; old versions do not tell.
    pub source: Option<String>,
    /// The node, or the pod of Falco, that saw it.
    pub hostname: Option<String>,
    /// Words that the rule is marked with.
    pub tags: Vec<String>,
}

/// What an alert speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something that happened.
    Alert,
    /// Falco could not keep up, and did not see everything.
    Drops,
    /// Falco itself, in another way.
    Internal,
    /// A trial: nothing happened, and alerts arrive.
    Test,
}

/// What alerts belong together by: nothing of it is of one pod alone, so that a rollout begins no new incident.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Incident {
    /// The rule.
    pub rule: String,
    /// The namespace.
    pub namespace: Option<String>,
    /// The pod's owner, as far as the pod's name tells it; or for audit events of other objects, `resource/name`.
    pub workload: Option<String>,
    /// The image's repository.
    pub image: Option<String>,
}

/// How urgent Falco calls an alert; the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Priority {
    /// 0
    Emergency,
    /// 1
    Alert,
    /// 2
    Critical,
    /// 3
    Error,
    /// 4
    Warning,
    /// 5
    Notice,
    /// 6
    Informational,
    /// 7
    Debug,
}

impl Priority {
    fn of(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "emergency" => Self::Emergency,
            "alert" => Self::Alert,
            "critical" => Self::Critical,
            "error" => Self::Error,
            "warning" => Self::Warning,
            "notice" => Self::Notice,
            "informational" | "info" => Self::Informational,
            "debug" => Self::Debug,
            _ => return None,
        })
    }

    /// How bad that is on the one scale.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Emergency | Self::Alert | Self::Critical => Severity::Critical,
            Self::Error => Severity::High,
            Self::Warning => Severity::Medium,
            Self::Notice => Severity::Low,
            Self::Informational | Self::Debug => Severity::Info,
        }
    }
}

/// Reads a delivery: one alert, a list of them, or lines of them.
pub fn read(body: &[u8]) -> Batch {
    let mut batch = Batch { digest: Digest::of(body), alerts: Vec::new(), refusals: Vec::new() };
    let mut seen = BTreeSet::new();
    for part in parts(body, BYTES, &mut batch.refusals) {
        match alert(&part) {
            Ok(alert) => {
                if seen.insert(alert.key) {
                    batch.alerts.push(alert);
                }
            }
            Err(refusal) => batch.refusals.push(refusal),
        }
    }
    batch
}

fn alert(part: &Raw<'_>) -> Result<Alert, Refusal> {
    let alert = Object::read(part)?;
    let rule = alert.needed("rule")?;
    let priority =
        Priority::of(&alert.needed("priority")?).ok_or_else(|| alert.refuse("priority", Why::UnknownWord))?;
    let time = alert.needed("time")?;
    let at = alert.instant("time")?.ok_or_else(|| alert.refuse("time", Why::Missing))?;
    let hostname = alert.text("hostname")?;
    // The text may be left out by settings.
    let output = alert.long_text("output")?.unwrap_or_default();
    let key = Digest::of_parts(&[hostname.as_deref().unwrap_or_default(), &rule, &time, &output]);
    let fields = alert.object("output_fields")?;
    let source = alert.text("source")?;
    Ok(Alert {
        key,
        kind: kind(&rule),
        incident: incident(rule, fields.as_ref())?,
        priority,
        at,
        source,
        hostname,
        tags: alert.texts("tags")?.iter().take(TAGS).map(|tag| crate::error::clean(tag, 100)).collect(),
    })
}

fn kind(rule: &str) -> Kind {
    match rule {
        "Test rule" => Kind::Test,
        "Falco internal: syscall event drop" => Kind::Drops,
        _ if rule.starts_with("Falco internal:") => Kind::Internal,
        _ => Kind::Alert,
    }
}

fn incident(rule: String, fields: Option<&Object<'_>>) -> Result<Incident, Refusal> {
    let Some(fields) = fields else { return Ok(Incident { rule, namespace: None, workload: None, image: None }) };
    // Fields that Falco could not fill are null, or a text that says so.
    let field = |name: &str| fields.text(name).map(|text| text.filter(|text| !text.is_empty() && text != "<NA>"));
    let namespace = match field("k8s.ns.name")? {
        Some(namespace) => Some(namespace),
        None => field("ka.target.namespace")?,
    };
    let workload = match (field("k8s.pod.name")?, field("ka.target.resource")?, field("ka.target.name")?) {
        (Some(pod), ..) => Some(owner(&pod).to_owned()),
        (None, Some(resource), Some(name)) if resource == "pods" => Some(owner(&name).to_owned()),
        (None, Some(resource), Some(name)) => Some(format!("{resource}/{name}")),
        (None, resource, _) => resource,
    };
    Ok(Incident { rule, namespace, workload, image: field("container.image.repository")? })
}

/// The letters and digits of which Kubernetes makes random parts of names.
const RANDOM: &str = "bcdfghjklmnpqrstvwxz2456789";

/// A pod's name without what is made up for each pod, by the ways in which Kubernetes makes such names.
fn owner(pod: &str) -> &str {
    let is_random = |part: &str| part.chars().all(|c| RANDOM.contains(c));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match pod.rsplit_once('-') {
        Some((stem, last)) if last.len() == 5 && is_random(last) => match stem.rsplit_once('-') {
            // The hash of a ReplicaSet, or the minute of a CronJob.
            Some((owner, hash)) if (6..=10).contains(&hash.len()) && is_random(hash) => owner,
            Some((owner, minute)) if minute.len() >= 8 && is_number(minute) => owner,
            _ => stem,
        },
        Some((stem, last)) if last.len() <= 4 && is_number(last) => stem,
        _ => pod,
    }
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn owners_are_found_in_names_of_pods() {
        for (pod, expected) in [
            ("nginx-676b6c5bbc-4xc6t", "nginx"),
            ("falco-pod-delete-7dc9f5fbb8-gbfk7", "falco-pod-delete"),
            ("poolmgr-go-default-516098-5bdbf8c8f5-g8gvc", "poolmgr-go-default-516098"),
            ("falco-xczjd", "falco"),
            ("backup-29012345-x2k9p", "backup"),
            ("postgres-0", "postgres"),
            ("postgres-12", "postgres"),
            ("alpine", "alpine"),
            ("my-redis", "my-redis"),
            ("", ""),
            ("-", "-"),
            ("æøå-æøåæø", "æøå-æøåæø"),
        ] {
            assert_eq!(owner(pod), expected, "{pod}");
        }
    }
}
