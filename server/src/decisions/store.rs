//! The SQL of decisions.

use super::Actor;
use model::{
    Instant,
    finding::DecisionKind,
    ids::{ClusterId, DecisionId, PersonId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A finding that is decided about.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) cluster: ClusterId,
    pub(super) source: String,
    pub(super) check: String,
    /// The severity with which it fails now; `None` where it is closed.
    pub(super) failing: Option<i16>,
    pub(super) acknowledged: bool,
    /// When it was last decided about.
    pub(super) decided_at: Option<Instant>,
}

/// The clusters' sources that findings belong to, in the order in which they are locked.
pub(super) async fn sources(db: &mut PgConnection, findings: &[Uuid]) -> Result<Vec<(ClusterId, String)>, sqlx::Error> {
    sqlx::query!(
        "SELECT DISTINCT cluster_id, source FROM finding WHERE id = ANY($1) ORDER BY cluster_id, source",
        findings
    )
    .map(|row| (ClusterId(row.cluster_id), row.source))
    .fetch_all(db)
    .await
}

/// What is known now of findings; unknown ones are left out.
pub(super) async fn subjects(db: &mut PgConnection, findings: &[Uuid]) -> Result<Vec<Subject>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT f.cluster_id, f.source, f.check_id, i.severity AS "severity?",
                  coalesce(d.kind = 'acknowledge', false) AS "acknowledged!", l.decided_at AS "decided_at?"
           FROM finding f
           LEFT JOIN finding_interval i ON i.finding_id = f.id AND i.valid_to IS NULL
           LEFT JOIN LATERAL (
               SELECT kind FROM decision_finding
               WHERE finding_id = f.id AND kind IN ('acknowledge', 'withdraw')
               ORDER BY decided_at DESC, decision_id DESC LIMIT 1
           ) AS d ON true
           LEFT JOIN LATERAL (
               SELECT decided_at FROM decision_finding WHERE finding_id = f.id ORDER BY decided_at DESC LIMIT 1
           ) AS l ON true
           WHERE f.id = ANY($1)"#,
        findings,
    )
    .map(|row| Subject {
        cluster: ClusterId(row.cluster_id),
        source: row.source,
        check: row.check_id,
        failing: row.severity,
        acknowledged: row.acknowledged,
        decided_at: row.decided_at,
    })
    .fetch_all(db)
    .await
}

/// The decision that says exactly this, where it is the newest on every one of the findings and on no other.
pub(super) async fn same_decision(
    db: &mut PgConnection,
    by: PersonId,
    kind: DecisionKind,
    comment: &str,
    findings: &[Uuid],
) -> Result<Option<DecisionId>, sqlx::Error> {
    let newest = sqlx::query_scalar!(
        r#"SELECT DISTINCT l.decision_id AS "decision_id?"
           FROM UNNEST($1::uuid[]) AS n (id)
           LEFT JOIN LATERAL (
               SELECT decision_id FROM decision_finding WHERE finding_id = n.id
               ORDER BY decided_at DESC, decision_id DESC LIMIT 1
           ) AS l ON true"#,
        findings,
    )
    .fetch_all(&mut *db)
    .await?;
    let [Some(decision)] = newest.as_slice() else {
        return Ok(None);
    };
    let same = sqlx::query_scalar!(
        r"SELECT id FROM decision
          WHERE id = $1 AND decided_by = $2 AND kind = $3 AND comment = $4 AND findings = cardinality($5::uuid[])",
        decision,
        by.0,
        kind.as_str(),
        comment,
        findings,
    )
    .fetch_optional(db)
    .await?;
    Ok(same.map(DecisionId))
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: DecisionId,
    by: &Actor,
    kind: DecisionKind,
    comment: &str,
    findings: i32,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO decision (id, kind, decided_by, decided_as, decided_at, comment, findings)
          VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        kind.as_str(),
        by.person.0,
        by.name,
        at,
        comment,
        findings,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn insert_findings(
    db: &mut PgConnection,
    decision: DecisionId,
    kind: DecisionKind,
    findings: &[Uuid],
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO decision_finding (finding_id, decision_id, kind, decided_at)
          SELECT n.id, $2, $3, $4 FROM UNNEST($1::uuid[]) AS n (id)",
        findings,
        decision.0,
        kind.as_str(),
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
