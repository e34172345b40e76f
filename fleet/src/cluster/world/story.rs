//! What goes on in a simulated cluster: a profile, a seed, and when it began. Everything else follows from the time.

use super::{CHAPTERS, World, object::number};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// The kind of cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Well kept: nearly everything is met, and small slips are mended within days. A workload cluster of Welkin.
    Healthy,
    /// The management cluster beside the healthy one: the login service, logs and how long they are kept.
    Management,
    /// Real problems in access, backups and certificates.
    Troubled,
    /// Its control plane is run by a provider, and cannot be seen.
    Managed,
    /// No Velero, and the reader may not see half of what there is.
    Staging,
    /// Old, small, and at times not to be reached.
    Edge,
}

/// A system that is installed beside the applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Falco,
    Gatekeeper,
    Kyverno,
    Trivy,
    Velero,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Healthy, Self::Management, Self::Troubled, Self::Managed, Self::Staging, Self::Edge];

    /// Teams with their application namespaces.
    pub(super) const fn teams(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Healthy => &[
                ("webshop", "webshop"),
                ("webshop", "webshop-search"),
                ("payments", "payments"),
                ("payments", "payments-ledger"),
                ("customers", "customer-portal"),
                ("customers", "newsletter"),
                ("logistics", "warehouse"),
                ("platform", "identity"),
            ],
            Self::Management => &[("platform", "harbor")],
            Self::Troubled => &[
                ("webshop", "webshop"),
                ("payments", "payments"),
                ("customers", "customer-portal"),
                ("reporting", "reporting"),
                ("reporting", "data-lake"),
                ("legacy", "legacy-booking"),
                ("legacy", "legacy-print"),
                ("logistics", "warehouse"),
            ],
            Self::Managed => &[("analytics", "forecast"), ("analytics", "dashboards"), ("customers", "chat")],
            Self::Staging => &[
                ("webshop", "webshop"),
                ("payments", "payments"),
                ("customers", "customer-portal"),
                ("platform", "sandbox"),
                ("platform", "load-test"),
            ],
            Self::Edge => &[("logistics", "conveyor"), ("logistics", "label-printers"), ("platform", "telemetry")],
        }
    }

    pub(super) fn has(self, system: System) -> bool {
        let systems: &[System] = match self {
            Self::Healthy | Self::Management => &[System::Falco, System::Gatekeeper, System::Trivy, System::Velero],
            Self::Troubled | Self::Managed => &[System::Falco, System::Kyverno, System::Trivy, System::Velero],
            Self::Staging => &[System::Gatekeeper, System::Trivy],
            Self::Edge => &[System::Velero],
        };
        systems.contains(&system)
    }

    /// Whether the cluster is one of the two kinds of Welkin.
    pub(super) const fn is_welkin(self) -> bool {
        matches!(self, Self::Healthy | Self::Management)
    }
}

/// A cluster's story.
#[derive(Clone, Debug)]
pub struct Story {
    /// The kind of cluster.
    pub profile: Profile,
    /// The domain that its services are reached under.
    pub domain: String,
    /// What makes two clusters of one profile differ.
    pub seed: u64,
    /// The day zero that events are told from; objects may be older.
    pub began: DateTime<Utc>,
}

impl Story {
    /// Everything that the cluster holds at an instant.
    pub fn world(&self, at: DateTime<Utc>) -> World {
        let chapters = CHAPTERS.iter().map(|chapter| Arc::new(chapter.world(self, chapter.since(at))));
        World::of(self.version(at), chapters)
    }

    /// The version of its API server, as `1.33.4`.
    pub fn version(&self, at: DateTime<Utc>) -> &'static str {
        let day = self.hours(at).div_euclid(24);
        match self.profile {
            Profile::Healthy if day < 76 => "1.34.3",
            Profile::Management if day < 74 => "1.34.3",
            Profile::Healthy | Profile::Management => "1.35.1",
            Profile::Troubled => "1.31.9",
            Profile::Managed if day < 90 => "1.33.5-eks-3cfe0ce",
            Profile::Managed => "1.34.2-eks-b3126f4",
            Profile::Staging => "1.34.1",
            Profile::Edge => "1.24.17",
        }
    }

    /// Whether it cannot be reached. The edge's line fails for ten minutes now and then, and once for two days.
    pub fn away(&self, at: DateTime<Utc>) -> bool {
        let slot = at.timestamp().div_euclid(600);
        let line_fails = number(&format!("{}/line/{slot}", self.seed)).is_multiple_of(4);
        self.profile == Profile::Edge && (line_fails || self.between(at, 120, 97..99))
    }

    /// Whether the reader lacks the permission to list a resource.
    pub fn withheld(&self, plural: &str) -> bool {
        const WITHHELD: &[&str] = &[
            "rolebindings",
            "secrets",
            "serviceaccounts",
            "pods",
            "nodes",
            "replicasets",
            "statefulsets",
            "cronjobs",
            "configmaps",
            "ingresses",
            "poddisruptionbudgets",
            "persistentvolumes",
            "certificaterequests",
            "validatingwebhookconfigurations",
            "k8spspallowedusers",
            "k8sresourcerequests",
            "vulnerabilityreports",
            "exposedsecretreports",
        ];
        self.profile == Profile::Staging && WITHHELD.contains(&plural)
    }

    /// Hours since the story began; negative before.
    pub(super) fn hours(&self, at: DateTime<Utc>) -> i64 {
        (at - self.began).num_hours()
    }

    /// Whether `at` is between two days of a story that repeats itself every `every` days.
    pub(super) fn between(&self, at: DateTime<Utc>, every: i64, days: std::ops::Range<i64>) -> bool {
        let hour = self.hours(at);
        let day = hour.rem_euclid(every * 24).div_euclid(24);
        hour >= 0 && days.contains(&day)
    }

    /// An instant so many days after the story began.
    pub(super) fn day(&self, day: i64) -> DateTime<Utc> {
        self.began + TimeDelta::days(day)
    }

    /// A number in `0..below` that belongs to a text.
    pub(super) fn pick(&self, text: &str, below: u64) -> i64 {
        i64::try_from(number(&format!("{}/{text}", self.seed)) % below.max(1)).unwrap_or_default()
    }
}
