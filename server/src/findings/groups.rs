//! Findings in groups: how many of what, each with the filter that lists them.

use super::{
    page::lacks_before,
    scope::Scope,
    store::{self, Counted},
};
use crate::{clusters, error::Result};
use model::{
    Instant,
    catalogue::Catalogue,
    ids::{CheckId, ControlId},
    severity::Severity,
    views::{
        AssigneeFilter, ClusterName, Count, FindingFilter, FindingGroup, FindingGroupBy, FindingGroups, SeverityCount,
    },
};
use sqlx::PgConnection;
use std::{cmp::Reverse, collections::HashMap};
use uuid::Uuid;

/// Groups at most.
const MOST_GROUPS: usize = 200;
/// Findings looked at, the worst first.
const MOST_COUNTED: i64 = 50_000;

/// What findings of a group have in common, with the cluster where that is part of it.
type Common = (String, Option<Uuid>);
/// How many of each severity, the worst first.
type Severities = [i64; Severity::ALL.len()];

/// The findings that a filter matches at an instant, in groups.
pub async fn groups(
    db: &mut PgConnection,
    filter: &FindingFilter,
    by: FindingGroupBy,
    at: Instant,
) -> Result<FindingGroups> {
    let scope = Scope::of(db, filter, at).await?;
    let counted = store::counted(db, &scope, by, MOST_COUNTED + 1).await?;
    let total: i64 = counted.iter().map(|row| row.findings).sum();
    let mut groups: HashMap<Common, Severities> = HashMap::new();
    let mut ungrouped = 0;
    for row in counted {
        let common = in_common(filter, by, &row);
        if common.is_empty() {
            ungrouped += row.findings;
        }
        for common in common {
            let counts = groups.entry(common).or_default();
            if let Some(count) = place(row.severity).and_then(|place| counts.get_mut(place)) {
                *count += row.findings;
            }
        }
    }
    let mut groups: Vec<(Common, Severities)> = groups.into_iter().collect();
    let clusters: HashMap<Uuid, ClusterName> =
        clusters::names(db, at).await?.into_iter().map(|cluster| (cluster.id.0, cluster)).collect();
    let name = |cluster: &Option<Uuid>| cluster.and_then(|id| clusters.get(&id)).map(|cluster| cluster.name.as_str());
    groups.sort_by_cached_key(|((value, cluster), counts)| {
        (Reverse(*counts), value.clone(), name(cluster).map(ToOwned::to_owned))
    });
    let more = groups.len() > MOST_GROUPS;
    groups.truncate(MOST_GROUPS);
    let names = Names::of(db, by, &groups, clusters).await?;
    Ok(FindingGroups {
        by,
        groups: groups.into_iter().filter_map(|(common, counts)| names.group(filter, by, common, &counts)).collect(),
        more,
        count: Count { rows: total.min(MOST_COUNTED), at_least: total > MOST_COUNTED },
        ungrouped,
        retained_from: lacks_before(db, &scope).await?,
    })
}

/// Where a severity stands among all, the worst first.
fn place(rank: i16) -> Option<usize> {
    Severity::ALL.iter().rev().position(|severity| severity.rank() == rank)
}

/// The groups that findings belong to. Of controls as many as the check supports, within the filter's own.
fn in_common(filter: &FindingFilter, by: FindingGroupBy, row: &Counted) -> Vec<Common> {
    let Some(value) = row.value.clone() else { return Vec::new() };
    if by != FindingGroupBy::Control {
        return vec![(value, row.cluster_id)];
    }
    let catalogue = Catalogue::current();
    let supported = catalogue.check(&CheckId(value)).into_iter().flat_map(|check| &check.controls);
    let mut controls: Vec<ControlId> = supported.map(|edge| edge.control.clone()).collect();
    controls.sort();
    controls.dedup();
    controls.retain(|control| filter.control.as_ref().is_none_or(|only| only == control));
    controls.into_iter().map(|control| (control.to_string(), None)).collect()
}

/// What clusters and people are called.
struct Names {
    clusters: HashMap<Uuid, ClusterName>,
    people: HashMap<Uuid, String>,
}

impl Names {
    async fn of(
        db: &mut PgConnection,
        by: FindingGroupBy,
        groups: &[(Common, Severities)],
        clusters: HashMap<Uuid, ClusterName>,
    ) -> Result<Self> {
        let person = |((value, _), _): &(Common, Severities)| value.strip_prefix("person:")?.parse().ok();
        let people: Vec<Uuid> = match by {
            FindingGroupBy::Owner => groups.iter().filter_map(person).collect(),
            _ => Vec::new(),
        };
        Ok(Self { clusters, people: store::people(db, &people).await?.into_iter().collect() })
    }

    fn group(
        &self,
        filter: &FindingFilter,
        by: FindingGroupBy,
        (mut value, cluster): Common,
        counts: &Severities,
    ) -> Option<FindingGroup> {
        let cluster = cluster.and_then(|id| self.clusters.get(&id)).cloned();
        let mut narrowed = filter.clone();
        let mut name = None;
        match by {
            FindingGroupBy::Check => narrowed.check = Some(CheckId(value.clone())),
            FindingGroupBy::Control => narrowed.control = Some(ControlId(value.clone())),
            FindingGroupBy::Workload => {
                narrowed.workload = value.parse().ok();
                narrowed.cluster = vec![cluster.as_ref()?.name.clone()];
            }
            FindingGroupBy::Cve => narrowed.cve = Some(value.clone()),
            FindingGroupBy::Namespace => narrowed.namespace = Some(value.clone()),
            FindingGroupBy::Cluster => {
                let cluster = cluster.as_ref()?;
                value.clone_from(&cluster.name);
                name = Some(cluster.title.clone());
                narrowed.cluster = vec![cluster.name.clone()];
            }
            FindingGroupBy::Owner => {
                let owner: AssigneeFilter = value.parse().ok()?;
                let person = value.strip_prefix("person:").and_then(|id| self.people.get(&id.parse().ok()?));
                name = person.cloned().or_else(|| value.strip_prefix("team:").map(ToOwned::to_owned));
                narrowed.assignee = vec![owner];
            }
        }
        let of_severity =
            |(severity, findings): (&Severity, &i64)| SeverityCount { severity: *severity, findings: *findings };
        let severities = Severity::ALL.iter().rev().zip(counts).filter(|(_, findings)| **findings > 0).map(of_severity);
        Some(FindingGroup {
            cluster: cluster.filter(|_| by == FindingGroupBy::Workload),
            value,
            name,
            query: narrowed.to_query(),
            findings: counts.iter().sum(),
            severities: severities.collect(),
        })
    }
}
