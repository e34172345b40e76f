//! The SQL of comparing. `finding_edges` and `finding_changes` are functions of the schema.

use super::{
    cursor::Cursor,
    scope::{ClusterStay, Scope},
};
use crate::db::word;
use model::{
    Instant,
    finding::{DecisionKind, Subject},
    ids::{CheckId, ClusterId, DecisionId, FindingId},
    severity::Severity,
    views::{ChangeKind, ClusterName, DecisionRow, FindingChange},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Every cluster that was in the configuration at any time from one instant until another, as it was called last by then;
/// of the names given, where any are.
pub(super) async fn stays(
    db: &mut PgConnection,
    (from, to): (Instant, Instant),
    names: &[String],
) -> Result<Vec<ClusterStay>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT c.id, c.name, f.title, c.valid_from, c.valid_to
           FROM cluster c
           CROSS JOIN LATERAL (
               SELECT title FROM cluster_facts WHERE cluster_id = c.id AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1
           ) AS f
           WHERE c.valid_from <= $2 AND (c.valid_to IS NULL OR c.valid_to > $1)
             AND (cardinality($3::text[]) = 0 OR c.name = ANY($3))
           ORDER BY c.name, c.valid_from"#,
        from,
        to,
        names,
    )
    .map(|row| ClusterStay {
        cluster: ClusterName { id: ClusterId(row.id), name: row.name, title: row.title },
        came: row.valid_from,
        went: row.valid_to,
    })
    .fetch_all(db)
    .await
}

/// The last of the first so many edges before a place, where there are more of them.
pub(super) async fn floor(
    db: &mut PgConnection,
    scope: &Scope,
    before: Cursor,
    edges: i64,
) -> Result<Option<Cursor>, sqlx::Error> {
    // A walk along two indexes of so many entries each, and never of more: each branch is limited by itself.
    let last = sqlx::query!(
        r#"SELECT e.at AS "at!", e.finding_id AS "finding_id!"
           FROM (
               (SELECT valid_from AS at, finding_id FROM finding_interval
                WHERE valid_from > $1 AND valid_from <= $2 AND (valid_from, finding_id) < ($3, $4)
                ORDER BY valid_from DESC, finding_id DESC LIMIT $5::bigint + 2)
               UNION ALL
               (SELECT valid_to, finding_id FROM finding_interval
                WHERE NOT continued AND valid_to > $1 AND valid_to <= $2 AND (valid_to, finding_id) < ($3, $4)
                ORDER BY valid_to DESC, finding_id DESC LIMIT $5::bigint + 2)
           ) AS e
           ORDER BY e.at DESC, e.finding_id DESC OFFSET $5::bigint LIMIT 2"#,
        scope.from,
        scope.to,
        before.at,
        before.id,
        edges - 1,
    )
    .map(|row| Cursor { at: row.at, id: row.finding_id })
    .fetch_all(db)
    .await?;
    Ok(if let [floor, _more] = last.as_slice() { Some(*floor) } else { None })
}

/// What happened to findings, the latest first, from the floor on and before a place: of every kind, so that they can be
/// counted.
pub(super) async fn findings(
    db: &mut PgConnection,
    scope: &Scope,
    floor: Option<Cursor>,
    before: Cursor,
) -> Result<Vec<FindingChange>, sqlx::Error> {
    let floor = floor.unwrap_or(Cursor { at: scope.from, id: Uuid::nil() });
    let clusters = scope.cluster_ids();
    sqlx::query!(
        r#"SELECT n.at AS "at!", n.finding_id AS "finding_id!", n.known AS "known!", n.before, n.after,
                  n.opened AS "opened!", n.closed AS "closed!", n.severity_changes AS "severity_changes!",
                  f.cluster_id, f.check_id, f.subject_kind, f.subject_namespace, f.subject_name, f.subject_key
           FROM finding_changes($1, $2, $3, $4, $5, $6) AS n
           JOIN finding f ON f.id = n.finding_id
           WHERE f.cluster_id = ANY($7)
             AND ($8::text[] IS NULL OR f.check_id = ANY($8))
             AND ($9::smallint[] IS NULL OR coalesce(n.after, n.before, n.worst) = ANY($9))
           ORDER BY n.at DESC, n.finding_id DESC"#,
        scope.from,
        scope.to,
        floor.at,
        floor.id,
        before.at,
        before.id,
        &clusters,
        scope.checks.as_deref(),
        scope.severities.as_deref(),
    )
    .try_map(|row| {
        let cluster = scope.clusters.iter().find(|stay| stay.cluster.id.0 == row.cluster_id);
        let (before, after) = (row.before.map(Severity::from), row.after.map(Severity::from));
        Ok(FindingChange {
            finding: FindingId(row.finding_id),
            cluster: cluster.map(|stay| stay.cluster.clone()).ok_or(sqlx::Error::RowNotFound)?,
            check: CheckId(row.check_id),
            subject: Subject {
                kind: row.subject_kind,
                namespace: row.subject_namespace,
                name: row.subject_name,
                key: row.subject_key,
            },
            kind: ChangeKind::of(row.known, before, after),
            before,
            after,
            opened: row.opened,
            closed: row.closed,
            severity_changes: row.severity_changes,
            at: row.at,
        })
    })
    .fetch_all(db)
    .await
}

/// Decisions about findings in scope, the latest first, before a place.
pub(super) async fn decisions(
    db: &mut PgConnection,
    scope: &Scope,
    before: Cursor,
    limit: i64,
) -> Result<Vec<DecisionRow>, sqlx::Error> {
    let clusters = scope.cluster_ids();
    sqlx::query!(
        r#"SELECT d.id, d.kind, d.decided_as, d.decided_at, d.comment, d.findings, one.finding_id
           FROM decision d
           CROSS JOIN LATERAL (
               SELECT f.finding_id FROM decision_finding f JOIN finding n ON n.id = f.finding_id
               WHERE f.decision_id = d.id AND n.cluster_id = ANY($5) AND ($6::text[] IS NULL OR n.check_id = ANY($6))
               ORDER BY f.finding_id LIMIT 1
           ) AS one
           WHERE d.decided_at > $1 AND d.decided_at <= $2 AND (d.decided_at, d.id) < ($3, $4)
           ORDER BY d.decided_at DESC, d.id DESC
           LIMIT $7"#,
        scope.from,
        scope.to,
        before.at,
        before.id,
        &clusters,
        scope.checks.as_deref(),
        limit,
    )
    .try_map(|row| {
        Ok(DecisionRow {
            decision: DecisionId(row.id),
            kind: word::<DecisionKind>(&row.kind)?,
            by: row.decided_as,
            at: row.decided_at,
            comment: row.comment,
            findings: i64::from(row.findings),
            finding: FindingId(row.finding_id),
        })
    })
    .fetch_all(db)
    .await
}
