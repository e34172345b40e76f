//! The SQL of groups: the findings of a list, counted by what they have in common.
//!
//! Built from the same pieces as lists, so that a group counts what its list shows.

use super::super::scope::Scope;
use super::list::{push_worst, worst_turns};
use model::views::FindingGroupBy;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// Findings of one severity that have something in common.
#[derive(Debug, FromRow)]
pub(in crate::findings) struct Counted {
    /// What; none where they have nothing of the kind.
    pub(in crate::findings) value: Option<String>,
    /// On which cluster, where that is part of it.
    pub(in crate::findings) cluster_id: Option<Uuid>,
    pub(in crate::findings) severity: i16,
    pub(in crate::findings) findings: i64,
}

/// The worst findings of a list, at most `limit`, by what they have in common.
pub(in crate::findings) async fn counted(
    db: &mut PgConnection,
    scope: &Scope,
    by: FindingGroupBy,
    limit: i64,
) -> Result<Vec<Counted>, sqlx::Error> {
    let mut counted: Vec<Counted> = Vec::new();
    for severities in worst_turns(scope) {
        let room = limit - counted.iter().map(|row| row.findings).sum::<i64>();
        if room <= 0 {
            break;
        }
        let mut sql = QueryBuilder::new("SELECT ");
        sql.push(value(by))
            .push(" AS value, ")
            .push(cluster(by))
            .push(" AS cluster_id, l.severity, count(*) AS findings FROM (");
        push_worst(&mut sql, scope, &severities, room);
        sql.push(") AS l JOIN finding f ON f.id = l.finding_id");
        if by == FindingGroupBy::Owner {
            push_said(&mut sql, scope);
        }
        sql.push(" GROUP BY 1, 2, 3");
        counted.extend(sql.build_query_as::<Counted>().fetch_all(&mut *db).await?);
    }
    Ok(counted)
}

/// The newest decision about each finding.
fn push_said(sql: &mut QueryBuilder<Postgres>, scope: &Scope) {
    sql.push(" LEFT JOIN LATERAL (SELECT d.assigned_to, d.assigned_team FROM decision_finding d");
    sql.push(" WHERE d.finding_id = l.finding_id AND d.decided_at <= ").push_bind(scope.at);
    sql.push(" ORDER BY d.decided_at DESC, d.decision_id DESC LIMIT 1) AS said ON true");
}

/// What findings of a group have in common, as a filter has it.
const fn value(by: FindingGroupBy) -> &'static str {
    match by {
        FindingGroupBy::Check | FindingGroupBy::Control => "f.check_id",
        FindingGroupBy::Workload => {
            "f.subject_kind || '/' || coalesce(f.subject_namespace, '') || '/' || f.subject_name"
        }
        FindingGroupBy::Cve => "f.cve",
        FindingGroupBy::Owner => "coalesce('person:' || said.assigned_to, 'team:' || said.assigned_team, 'nobody')",
        FindingGroupBy::Cluster => "''",
        FindingGroupBy::Namespace => "coalesce(f.subject_namespace, '-')",
    }
}

const fn cluster(by: FindingGroupBy) -> &'static str {
    match by {
        FindingGroupBy::Workload | FindingGroupBy::Cluster => "f.cluster_id",
        _ => "NULL::uuid",
    }
}

/// What people are called.
pub(in crate::findings) async fn people(
    db: &mut PgConnection,
    people: &[Uuid],
) -> Result<Vec<(Uuid, String)>, sqlx::Error> {
    sqlx::query!("SELECT id, name FROM person WHERE id = ANY($1)", people)
        .map(|row| (row.id, row.name))
        .fetch_all(db)
        .await
}
