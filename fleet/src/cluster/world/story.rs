//! What goes on in a simulated cluster: a profile, a seed, and when it began. Everything else follows from the time.

use super::{World, certificates, namespaces, object::number, pod_security, rbac, velero, volumes, workloads};
use chrono::{DateTime, TimeDelta, Utc};

/// The kind of cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Well kept: nearly everything is met, and small slips are mended within days.
    Healthy,
    /// Real problems in access, backups and certificates.
    Troubled,
    /// No Velero, and the reader may not see role bindings.
    Staging,
    /// Old, small, and at times not to be reached.
    Edge,
}

impl Profile {
    /// The version of its API server.
    pub const fn version(self) -> &'static str {
        match self {
            Self::Healthy => "1.33.4",
            Self::Troubled => "1.31.9",
            Self::Staging => "1.34.1",
            Self::Edge => "1.24.17",
        }
    }

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

    pub(super) const fn has_velero(self) -> bool {
        !matches!(self, Self::Staging)
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
        let mut world = World::empty(self.profile.version());
        namespaces::fill(&mut world, self, at);
        rbac::fill(&mut world, self, at);
        certificates::fill(&mut world, self, at);
        workloads::fill(&mut world, self);
        volumes::fill(&mut world, self);
        pod_security::fill(&mut world, self);
        if self.profile.has_velero() {
            velero::fill(&mut world, self, at);
        }
        world
    }

    /// Whether it cannot be reached. The edge's line fails for ten minutes now and then.
    pub fn away(&self, at: DateTime<Utc>) -> bool {
        let slot = at.timestamp().div_euclid(600);
        self.profile == Profile::Edge && number(&format!("{}/line/{slot}", self.seed)).is_multiple_of(4)
    }

    /// Whether the reader lacks the permission to list a resource.
    pub fn withheld(&self, plural: &str) -> bool {
        self.profile == Profile::Staging && matches!(plural, "rolebindings" | "secrets")
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
