//! Which management cluster each of some clusters relies on, as of the instant that they were loaded for.

use super::store::ClusterRow;
use model::platform::{Member, PairedBy, management};
use std::collections::HashMap;
use uuid::Uuid;

/// The pairs among all clusters of an instant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    /// By the cluster that relies on it.
    management: HashMap<Uuid, (Uuid, PairedBy)>,
    /// Clusters that rely on a management cluster of which it is not known which one it is.
    alone: Vec<Uuid>,
}

impl Pairs {
    /// The pairs among all clusters that there are.
    pub(crate) fn among(all: &[ClusterRow]) -> Self {
        let members: Vec<Member<'_>> = all.iter().map(member).collect();
        let mut pairs = Self::default();
        for (row, member) in all.iter().zip(&members) {
            match management(member, &members) {
                Some((place, by)) => drop(pairs.management.insert(row.id, (all[place].id, by))),
                None if member.needs_management() => pairs.alone.push(row.id),
                None => {}
            }
        }
        pairs
    }

    /// The management cluster that a cluster relies on, and how that is known.
    pub(crate) fn management_of(&self, cluster: Uuid) -> Option<(Uuid, PairedBy)> {
        self.management.get(&cluster).copied()
    }

    /// Whether a cluster relies on a management cluster that is not known.
    pub(crate) fn is_alone(&self, cluster: Uuid) -> bool {
        self.alone.contains(&cluster)
    }
}

fn member(row: &ClusterRow) -> Member<'_> {
    Member {
        name: &row.name,
        platform: row.facts.platform.as_ref(),
        login: row.facts.login.as_ref(),
        management: row.facts.management.as_deref(),
    }
}
