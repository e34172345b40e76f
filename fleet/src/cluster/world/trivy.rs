//! Trivy Operator: what it found in the images that run.

use super::{
    World,
    cast::cast,
    object::{Meta, digest, number, time},
    pods::owned_by,
    story::{Profile, Story, System},
    workload::{Kind, Rollout, Workload},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Packages in which faults are found.
const PACKAGES: &[&str] = &[
    "openssl",
    "libc6",
    "zlib1g",
    "curl",
    "libxml2",
    "stdlib",
    "golang.org/x/net",
    "spring-core",
    "libexpat1",
    "perl-base",
];

/// Puts reports of vulnerabilities and of secrets.
pub(super) fn fill(world: &mut World, story: &Story, at: DateTime<Utc>) {
    if !story.profile.has(System::Trivy) {
        return;
    }
    for workload in cast(story, at) {
        let Some(scanned) = Scanned::of(story, &workload, at) else { continue };
        world.put_all("vulnerabilityreports", [vulnerabilities(story, &scanned)]);
        world.put_all("exposedsecretreports", [secrets(story, &scanned)]);
    }
}

/// Whether the operator is out of order: for nine days, nobody sees it.
pub(super) fn is_down(story: &Story, at: DateTime<Utc>) -> bool {
    story.profile == Profile::Troubled && story.between(at, 120, 86..95)
}

/// What was scanned of a workload, and when.
pub(super) struct Scanned<'a> {
    pub(super) workload: &'a Workload,
    pub(super) rollout: Rollout,
    /// Kind and name.
    pub(super) object: (&'static str, String),
    pub(super) updated: DateTime<Utc>,
}

impl<'a> Scanned<'a> {
    /// The newest scan; none where there has been none, or where its report has been thrown away for its age.
    pub(super) fn of(story: &Story, workload: &'a Workload, at: DateTime<Utc>) -> Option<Self> {
        let rollout = workload.rollout(story, at);
        let object = match workload.kind {
            Kind::Deployment => ("ReplicaSet", format!("{}-{}", workload.name, rollout.hash(story, workload))),
            Kind::StatefulSet => ("StatefulSet", workload.name.to_owned()),
            Kind::DaemonSet => ("DaemonSet", workload.name.to_owned()),
            Kind::CronJob => return None,
        };
        let phase = TimeDelta::minutes(story.pick(&format!("{}/scan", workload.key()), 24 * 60));
        // While the operator stands still, nothing is scanned and nothing is thrown away.
        let works_until = if is_down(story, at) { story.day(86 + 120 * (story.hours(at) / 24 / 120)) } else { at };
        let daily = works_until - TimeDelta::seconds((works_until - phase).timestamp().rem_euclid(86_400));
        let first = rollout.since + TimeDelta::minutes(10);
        if daily < first && first > works_until {
            return None;
        }
        // When it is back it throws all away that is too old, and has not scanned anything yet.
        if is_down(story, daily) && !is_down(story, at) {
            return None;
        }
        Some(Self { workload, rollout, object, updated: daily.max(first) })
    }

    /// The metadata of a report on it.
    pub(super) fn metadata(&self, story: &Story, kind: &'static str, container: bool) -> Value {
        let (object, name) = &self.object;
        let namespace = self.workload.namespace;
        let mut labels = json!({
            "trivy-operator.resource.kind": object, "trivy-operator.resource.name": name,
            "trivy-operator.resource.namespace": namespace, "resource-spec-hash": self.rollout.hash(story, self.workload),
            "plugin-config-hash": "659b7b9c46", "app.kubernetes.io/managed-by": "trivy-operator",
        });
        let mut report = format!("{}-{name}", object.to_lowercase());
        if container {
            labels["trivy-operator.container.name"] = self.workload.name.into();
            report = format!("{report}-{}", self.workload.name);
        }
        let meta = Meta { kind, namespace: Some(namespace), name: &report, created: self.updated, labels };
        let mut metadata = meta.json(story.seed);
        metadata["annotations"] = json!({ "trivy-operator.aquasecurity.github.io/report-ttl": "24h0m0s" });
        metadata["ownerReferences"] = json!([owned_by(story, object, namespace, name)]);
        metadata
    }
}

/// Who scanned.
pub(super) fn scanner() -> Value {
    json!({ "name": "Trivy", "vendor": "Aqua Security", "version": "0.67.2" })
}

fn artifact(scanned: &Scanned<'_>) -> (Value, Value) {
    let image = scanned.rollout.image(scanned.workload);
    let (path, tag) = image.rsplit_once(':').unwrap_or((&image, ""));
    let (server, repository) = path.split_once('/').unwrap_or(("", path));
    let artifact = json!({ "repository": repository, "tag": tag, "digest": digest(&image) });
    (json!({ "server": server }), artifact)
}

fn vulnerabilities(story: &Story, scanned: &Scanned<'_>) -> Value {
    let image = scanned.workload.image;
    let found: Vec<Value> = (0..24).filter_map(|fault| vulnerability(story, scanned, image, fault)).collect();
    let count = |severity: &str| found.iter().filter(|one| one["severity"] == severity).count();
    let summary = json!({
        "criticalCount": count("CRITICAL"), "highCount": count("HIGH"), "mediumCount": count("MEDIUM"),
        "lowCount": count("LOW"), "unknownCount": 0, "noneCount": 0,
    });
    let old = scanned.workload.namespace == "legacy-booking";
    let (registry, artifact) = artifact(scanned);
    json!({
        "metadata": scanned.metadata(story, "VulnerabilityReport", true),
        "report": {
            "updateTimestamp": time(scanned.updated), "scanner": scanner(), "registry": registry, "artifact": artifact,
            "os": { "family": "debian", "name": if old { "10.13" } else { "12.12" }, "eosl": old },
            "summary": summary, "vulnerabilities": found,
        },
    })
}

/// A fault of an image: not there before it is known, and gone from images that were built after it was mended.
fn vulnerability(story: &Story, scanned: &Scanned<'_>, image: &str, fault: u32) -> Option<Value> {
    // The world's faults are the same for all clusters; only when this story meets them differs.
    let lot = number(&format!("{image}/{fault}"));
    let lot = |below: u64, shift: u32| i64::try_from((lot >> shift) % below).unwrap_or_default();
    let known = story.day(lot(260, 0) - 130) + TimeDelta::hours(lot(24, 9));
    let mended = known + TimeDelta::days(1 + lot(6, 14));
    let own = scanned.workload.tag.is_empty();
    if known > scanned.updated || (own && scanned.rollout.built >= mended) {
        return None;
    }
    let severity = match lot(100, 20) {
        0..4 => "CRITICAL",
        4..20 => "HIGH",
        20..60 => "MEDIUM",
        _ => "LOW",
    };
    let package = PACKAGES[usize::try_from(lot(PACKAGES.len() as u64, 28)).unwrap_or_default()];
    // Who looks after a cluster takes what is mended; what is left of foreign images cannot be.
    let neglected = matches!(story.profile, Profile::Troubled | Profile::Staging);
    let fixed =
        if (own || neglected) && scanned.updated >= mended { format!("3.{}.1", 1 + lot(9, 36)) } else { String::new() };
    let id = format!("CVE-2026-{}", 90_000 + lot(9_999, 40));
    Some(json!({
        "vulnerabilityID": id, "resource": package, "installedVersion": format!("3.{}.0", lot(9, 36)), "fixedVersion": fixed,
        "severity": severity, "title": format!("{package}: input that is not checked"), "target": "", "class": "os-pkgs",
        "packagePURL": format!("pkg:deb/debian/{package}"), "primaryLink": format!("https://avd.aquasec.com/nvd/{}", id.to_lowercase()),
        "publishedDate": time(known), "lastModifiedDate": time(known), "links": [],
    }))
}

fn secrets(story: &Story, scanned: &Scanned<'_>) -> Value {
    let exposed = story.profile == Profile::Troubled && scanned.workload.namespace == "legacy-booking";
    let found = if exposed && scanned.workload.name == "web" {
        json!([{
            "target": "/app/config/backup.properties", "ruleID": "aws-access-key-id", "category": "AWS", "severity": "CRITICAL",
            "title": "AWS Access Key ID", "match": "aws.key=********************",
        }])
    } else {
        json!([])
    };
    let critical = found.as_array().map_or(0, Vec::len);
    let (registry, artifact) = artifact(scanned);
    json!({
        "metadata": scanned.metadata(story, "ExposedSecretReport", true),
        "report": {
            "updateTimestamp": time(scanned.updated), "scanner": scanner(), "registry": registry, "artifact": artifact,
            "summary": { "criticalCount": critical, "highCount": 0, "mediumCount": 0, "lowCount": 0 }, "secrets": found,
        },
    })
}
