//! A story is told in chapters. Each tells of one system, and for how long at least nothing of it changes.

use super::{
    World, admission, certificates, control_plane, controllers, gatekeeper, inventory, kube_bench, kyverno, namespaces,
    network, nodes, orders, pod_security, policy_report, rbac, story::Story, systems, trivy, trivy_audit, trivy_roles,
    velero, volumes,
};
use chrono::{DateTime, TimeDelta, Utc};

/// What one system puts in a world.
pub(in crate::cluster) struct Chapter {
    /// Seconds for which all of it stays the same.
    every: i64,
    fill: fn(&mut World, &Story, DateTime<Utc>),
}

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;

const fn chapter(every: i64, fill: fn(&mut World, &Story, DateTime<Utc>)) -> Chapter {
    Chapter { every, fill }
}

/// All of a story.
pub(in crate::cluster) const CHAPTERS: &[Chapter] = &[
    chapter(HOUR, namespaces::fill),
    chapter(HOUR, rbac::fill),
    chapter(HOUR, certificates::fill),
    chapter(HOUR, orders::fill),
    chapter(HOUR, systems::fill),
    chapter(HOUR, nodes::fill),
    chapter(10, nodes::leases),
    chapter(HOUR, control_plane::fill),
    chapter(HOUR, controllers::fill),
    chapter(HOUR, inventory::fill),
    chapter(HOUR, network::fill),
    chapter(HOUR, volumes::fill),
    chapter(HOUR, pod_security::fill),
    chapter(HOUR, admission::fill),
    chapter(10 * MINUTE, gatekeeper::fill),
    chapter(HOUR, kyverno::fill),
    chapter(HOUR, policy_report::fill),
    chapter(HOUR, trivy::fill),
    chapter(HOUR, trivy_audit::fill),
    chapter(HOUR, trivy_roles::fill),
    chapter(HOUR, kube_bench::fill),
    chapter(MINUTE, velero::locations),
    chapter(MINUTE, velero::fill),
];

impl Chapter {
    /// Since when everything is as it is at `at`.
    pub(in crate::cluster) fn since(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at - TimeDelta::seconds(at.timestamp().rem_euclid(self.every))
    }

    /// What it puts, alone.
    pub(in crate::cluster) fn world(&self, story: &Story, at: DateTime<Utc>) -> World {
        let mut world = World::default();
        (self.fill)(&mut world, story, at);
        world
    }
}
