//! Acceptances as they are shown.

use super::{Asked, Bound, ids};
use crate::db::word;
use model::{
    Instant,
    acceptance::{AcceptanceScope, EndsOn},
    finding::Subject,
    ids::{AcceptanceId, CheckId, ClusterId, FindingId, PersonId},
    labels::{Selector, Term},
    severity::Severity,
    views::ClusterName,
};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// What was asked for, with the names of what it is about.
pub(in super::super) struct Named {
    pub(in super::super) asked: Asked,
    pub(in super::super) scope: AcceptanceScope,
    pub(in super::super) check: Option<CheckId>,
    pub(in super::super) cluster: Option<ClusterName>,
    pub(in super::super) subject: Option<Subject>,
}

/// The acceptances of some ids that were asked for by an instant, in the order of the ids given.
pub(in super::super) async fn named(
    db: &mut PgConnection,
    ids: &[AcceptanceId],
    at: Instant,
) -> Result<Vec<Named>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        r#"SELECT a.*, a.selector AS "terms: Json<Vec<Term>>", f.check_id AS "finding_check?", f.subject_kind AS "subject_kind?", f.subject_namespace,
                  f.subject_name AS "subject_name?", f.subject_key,
                  k.id AS "known_cluster?", k.name AS "cluster_name?", facts.title AS "cluster_title?"
           FROM UNNEST($1::uuid[]) WITH ORDINALITY AS n (id, place)
           JOIN acceptance a ON a.id = n.id
           LEFT JOIN finding f ON f.id = a.finding_id
           LEFT JOIN cluster k ON k.id = coalesce(a.cluster_id, f.cluster_id)
           LEFT JOIN LATERAL (
               SELECT title FROM cluster_facts WHERE cluster_id = k.id AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1
           ) AS facts ON true
           WHERE a.requested_at <= $2
           ORDER BY n.place"#,
        &ids,
        at,
    )
    .try_map(|row| {
        let cluster = row.known_cluster.zip(row.cluster_name).map(|(id, name)| ClusterName {
            id: ClusterId(id),
            title: row.cluster_title.unwrap_or_else(|| name.clone()),
            name,
        });
        let bound = Bound {
            kind: row.scope,
            finding: row.finding_id,
            check: row.check_id,
            cluster: row.cluster_id,
            namespace: row.namespace,
            workload_kind: row.workload_kind,
            workload: row.workload,
            team: row.team,
            cve: row.cve,
            selector: row.terms.and_then(|Json(terms)| Selector::from_terms(terms)),
        };
        let scope = scope_of(&bound, cluster.as_ref().map(|cluster| cluster.name.as_str()))
            .ok_or_else(|| sqlx::Error::Decode("an acceptance of an unknown scope".into()))?;
        let subject = row.subject_kind.zip(row.subject_name).map(|(kind, name)| Subject {
            kind,
            namespace: row.subject_namespace,
            name,
            key: row.subject_key,
        });
        let check = bound.check.clone().or(row.finding_check).map(CheckId);
        let asked = Asked {
            id: AcceptanceId(row.id),
            requested_by: PersonId(row.requested_by),
            requested_as: row.requested_as,
            requested_at: row.requested_at,
            extends: row.extends.map(AcceptanceId),
            bound,
            severity: Severity::from(row.severity),
            approvals: u8::try_from(row.approvals).unwrap_or(u8::MAX),
            reason: row.reason,
            compensating_control: row.compensating_control,
            residual_risk: row.residual_risk,
            begins_at: row.begins_at,
            expires_at: row.expires_at,
            ends_on: row.ends_on.iter().map(|on| word::<EndsOn>(on)).collect::<Result<_, _>>()?,
            covered: row.covered,
        };
        Ok(Named { asked, scope, check, cluster, subject })
    })
    .fetch_all(db)
    .await
}

fn scope_of(bound: &Bound, cluster: Option<&str>) -> Option<AcceptanceScope> {
    let check = || bound.check.clone().map(CheckId);
    let cluster = || cluster.map(ToOwned::to_owned);
    Some(match bound.kind.as_str() {
        "finding" => AcceptanceScope::Finding { finding: FindingId(bound.finding?) },
        "cluster" => AcceptanceScope::Cluster { check: check()?, cluster: cluster()? },
        "namespace" => {
            AcceptanceScope::Namespace { check: check()?, cluster: cluster()?, namespace: bound.namespace.clone()? }
        }
        "workload" => AcceptanceScope::Workload {
            check: check()?,
            cluster: cluster()?,
            namespace: bound.namespace.clone(),
            workload_kind: bound.workload_kind.clone()?,
            workload: bound.workload.clone()?,
        },
        "team" => AcceptanceScope::Team { check: check()?, cluster: cluster(), team: bound.team.clone()? },
        "labels" => AcceptanceScope::Labels { check: check()?, cluster: cluster(), selector: bound.selector.clone()? },
        "cve" => AcceptanceScope::Cve { cve: bound.cve.clone()? },
        _ => return None,
    })
}

/// The acceptances that are not over at an instant.
pub(in super::super) async fn live(db: &mut PgConnection, at: Instant) -> Result<Vec<AcceptanceId>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT a.id FROM acceptance a
          WHERE a.expires_at > $1 AND a.requested_at <= $1
            AND NOT EXISTS (SELECT FROM acceptance_event e WHERE e.acceptance_id = a.id AND e.at <= $1
                            AND e.kind IN ('rejected', 'withdrawn', 'revoked', 'ended'))
          ORDER BY a.expires_at, a.id",
        at,
    )
    .fetch_all(db)
    .await
    .map(ids)
}

/// The acceptances that are over at an instant and were asked for before one of them, newest first, at most `limit`.
pub(in super::super) async fn over(
    db: &mut PgConnection,
    before: Option<AcceptanceId>,
    limit: i64,
    at: Instant,
) -> Result<Vec<AcceptanceId>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT a.id FROM acceptance a
          WHERE a.requested_at <= $1 AND ($2::uuid IS NULL OR a.id < $2)
            AND (a.expires_at <= $1 OR EXISTS (
                SELECT FROM acceptance_event e WHERE e.acceptance_id = a.id AND e.at <= $1
                AND e.kind IN ('rejected', 'withdrawn', 'revoked', 'ended')))
          ORDER BY a.id DESC
          LIMIT $3",
        at,
        before.map(|id| id.0),
        limit,
    )
    .fetch_all(db)
    .await
    .map(ids)
}

/// Every acceptance that was asked for by an instant, oldest first.
pub(in super::super) async fn all(db: &mut PgConnection, at: Instant) -> Result<Vec<AcceptanceId>, sqlx::Error> {
    sqlx::query_scalar!("SELECT id FROM acceptance WHERE requested_at <= $1 ORDER BY id", at)
        .fetch_all(db)
        .await
        .map(ids)
}

/// How many failing findings acceptances cover at an instant, as far as they are no worse than what each accepts. What
/// covers none is not there.
pub(in super::super) async fn covered(
    db: &mut PgConnection,
    ids: &[AcceptanceId],
    at: Instant,
) -> Result<HashMap<AcceptanceId, i64>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"SELECT a.id, count(*) AS "count!"
           FROM acceptance a
           CROSS JOIN LATERAL acceptance_covers(a.scope, a.finding_id, a.check_id, a.cluster_id, a.namespace, a.workload_kind,
                                                a.workload, a.team, a.cve, a.selector, $2) AS c
           JOIN finding_interval i ON i.finding_id = c.finding_id AND i.valid_from <= $2
                AND (i.valid_to IS NULL OR i.valid_to > $2)
           JOIN cluster k ON k.id = i.cluster_id AND k.valid_from <= $2 AND (k.valid_to IS NULL OR k.valid_to > $2)
           WHERE a.id = ANY($1) AND severity_covered(i.severity, a.severity)
           GROUP BY a.id"#,
        &ids,
        at,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (AcceptanceId(row.id), row.count)).collect())
}

/// The acceptances under which a finding falls at an instant, newest first, at most 20.
pub(in super::super) async fn of_finding(
    db: &mut PgConnection,
    finding: FindingId,
    at: Instant,
) -> Result<Vec<AcceptanceId>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT a.id FROM acceptance a
          WHERE a.requested_at <= $2 AND a.expires_at > '-infinity'
            AND EXISTS (
                SELECT FROM acceptance_covers(a.scope, a.finding_id, a.check_id, a.cluster_id, a.namespace, a.workload_kind,
                                              a.workload, a.team, a.cve, a.selector, $2) AS c
                WHERE c.finding_id = $1
            )
          ORDER BY a.id DESC
          LIMIT 20",
        finding.0,
        at,
    )
    .fetch_all(db)
    .await
    .map(ids)
}

/// The requests that go on from an acceptance, oldest first.
pub(in super::super) async fn extended_by(
    db: &mut PgConnection,
    id: AcceptanceId,
    at: Instant,
) -> Result<Vec<AcceptanceId>, sqlx::Error> {
    sqlx::query_scalar!("SELECT id FROM acceptance WHERE extends = $1 AND requested_at <= $2 ORDER BY id", id.0, at)
        .fetch_all(db)
        .await
        .map(ids)
}

/// The one object that a scope is about, and its cluster; `None` where it is not about one.
pub(in super::super) async fn subject(
    db: &mut PgConnection,
    bound: &Bound,
) -> Result<Option<(ClusterId, Subject)>, sqlx::Error> {
    if let (Some(cluster), Some(kind), Some(name)) = (bound.cluster, &bound.workload_kind, &bound.workload) {
        let subject = Subject { kind: kind.clone(), namespace: bound.namespace.clone(), name: name.clone(), key: None };
        return Ok(Some((ClusterId(cluster), subject)));
    }
    let Some(finding) = bound.finding else { return Ok(None) };
    sqlx::query!("SELECT cluster_id, subject_kind, subject_namespace, subject_name FROM finding WHERE id = $1", finding)
        .map(|row| {
            let subject =
                Subject { kind: row.subject_kind, namespace: row.subject_namespace, name: row.subject_name, key: None };
            (ClusterId(row.cluster_id), subject)
        })
        .fetch_optional(db)
        .await
}
