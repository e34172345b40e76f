//! Which management cluster each of some clusters relies on, as of the instant that they were loaded for.

use super::store::{self, ClusterRow};
use model::{
    Instant,
    catalogue::Check,
    control::ControlState,
    coverage::{Period, Span},
    evaluation::Outcome,
    platform::{Member, PairedBy, management},
    scan::Coverage,
};
use sqlx::PgConnection;
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
    pub(crate) fn among<'a>(all: impl IntoIterator<Item = &'a ClusterRow>) -> Self {
        let all: Vec<&ClusterRow> = all.into_iter().collect();
        let members: Vec<Member<'_>> = all.iter().map(|row| member(row)).collect();
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

    /// The pairs over a period, as far as an instant knows, with the time for which nothing changed that pairing looks at.
    pub(crate) async fn over(
        db: &mut PgConnection,
        period: &Period,
        at: Instant,
    ) -> Result<Vec<(Span, Self)>, sqlx::Error> {
        let rows = store::over(db, period, at).await?;
        let changes = rows.iter().flat_map(|(_, begins, ends)| [Some(*begins), *ends]).flatten();
        let mut edges: Vec<Instant> = changes.filter(|at| *at > period.from && *at < period.until).collect();
        edges.extend([period.from, period.until]);
        edges.sort_unstable();
        edges.dedup();
        let mut over: Vec<(Span, Self)> = Vec::new();
        let mut before: Vec<(Uuid, Member<'_>)> = Vec::new();
        for edge in edges.windows(2) {
            let (from, until) = (edge[0], edge[1]);
            let there = rows.iter().filter(|(_, begins, ends)| *begins <= from && ends.is_none_or(|ends| ends > from));
            let there: Vec<&ClusterRow> = there.map(|(row, ..)| row).collect();
            let members: Vec<(Uuid, Member<'_>)> = there.iter().map(|row| (row.id, member(row))).collect();
            match over.last_mut().filter(|_| members == before) {
                Some(((_, last), _)) => *last = until,
                None => over.push(((from, until), Self::among(there))),
            }
            before = members;
        }
        Ok(over)
    }

    /// Whose answer to a check counts for a cluster, from its own.
    ///
    /// Where a workload cluster was read and has nothing of its own that the check asks of, and it is one that a
    /// management cluster keeps, the management cluster's counts. Where it is not known which cluster that is, nobody's.
    pub(crate) fn speaker(&self, cluster: Uuid, check: &Check, own: OwnAnswer) -> Speaker {
        if !check.in_management || !own.has_nothing() {
            return Speaker::Itself;
        }
        self.keeper(cluster)
    }

    /// Whose answer counts for a cluster to what a management cluster may keep, where it has nothing of its own.
    pub(crate) fn keeper(&self, cluster: Uuid) -> Speaker {
        match self.management_of(cluster) {
            Some((management, _)) => Speaker::Management(management),
            None if self.is_alone(cluster) => Speaker::Unknown,
            None => Speaker::Itself,
        }
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

/// Whose answer to a check counts for a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// Its own.
    Itself,
    /// That of the management cluster which keeps it.
    Management(Uuid),
    /// That of a management cluster of which it is not known which one it is: nobody has looked.
    Unknown,
}

/// What a cluster itself says to a check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnAnswer {
    /// How the newest reading of the check's source went.
    pub(crate) coverage: Option<Coverage>,
    /// The outcome in force.
    pub(crate) outcome: Option<Outcome>,
    /// The state that follows.
    pub(crate) state: ControlState,
}

impl OwnAnswer {
    /// Whether the cluster was read, and there is nothing in it that the check asks of. What was not read may be there.
    fn has_nothing(self) -> bool {
        matches!(self.coverage, Some(Coverage::Complete | Coverage::Absent))
            && matches!(self.outcome, Some(Outcome::NotApplicable | Outcome::NotEvaluated))
            && matches!(self.state, ControlState::NotApplicable | ControlState::NotAssessed)
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
