//! The SQL of taking one's own decision back.

use super::StateColumns;
use crate::db::word;
use model::{
    Instant,
    disposition::Disposition,
    finding::DecisionKind,
    ids::{DecisionId, PersonId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A decision that somebody wants to take back.
#[derive(Clone, Copy, Debug)]
pub(in crate::decisions) struct Undone {
    pub(in crate::decisions) id: DecisionId,
    pub(in crate::decisions) kind: DecisionKind,
    pub(in crate::decisions) by: PersonId,
    pub(in crate::decisions) at: Instant,
    pub(in crate::decisions) findings: i64,
}

pub(in crate::decisions) async fn decided(
    db: &mut PgConnection,
    decision: DecisionId,
) -> Result<Option<Undone>, sqlx::Error> {
    sqlx::query!("SELECT id, kind, decided_by, decided_at, findings FROM decision WHERE id = $1", decision.0)
        .try_map(|row| {
            Ok(Undone {
                id: DecisionId(row.id),
                kind: word::<DecisionKind>(&row.kind)?,
                by: PersonId(row.decided_by),
                at: row.decided_at,
                findings: i64::from(row.findings),
            })
        })
        .fetch_optional(db)
        .await
}

/// The decision that took a decision back.
pub(in crate::decisions) async fn undone_by(
    db: &mut PgConnection,
    decision: DecisionId,
) -> Result<Option<DecisionId>, sqlx::Error> {
    let undoing = sqlx::query_scalar!("SELECT id FROM decision WHERE undoes = $1", decision.0);
    Ok(undoing.fetch_optional(db).await?.map(DecisionId))
}

/// The findings of a decision, in the order of their ids.
pub(in crate::decisions) async fn findings_of(
    db: &mut PgConnection,
    decision: DecisionId,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("SELECT finding_id FROM decision_finding WHERE decision_id = $1 ORDER BY 1", decision.0)
        .fetch_all(db)
        .await
}

/// What had been said of findings before the newest decision about each of them, in the order of their ids.
pub(in crate::decisions) async fn before(
    db: &mut PgConnection,
    findings: &[Uuid],
) -> Result<Vec<Disposition>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT d.standing AS "standing?", d.claimed_by AS "claimed_by?", d.assigned_to AS "assigned_to?",
                  d.assigned_team AS "assigned_team?", d.ticket AS "ticket?", d.due AS "due?"
           FROM UNNEST($1::uuid[]) AS n (id)
           LEFT JOIN LATERAL (
               SELECT * FROM decision_finding WHERE finding_id = n.id
               ORDER BY decided_at DESC, decision_id DESC OFFSET 1 LIMIT 1
           ) AS d ON true
           ORDER BY n.id"#,
        findings,
    )
    .try_map(|row| {
        StateColumns {
            standing: row.standing,
            claimed_by: row.claimed_by,
            assigned_to: row.assigned_to,
            assigned_team: row.assigned_team,
            ticket: row.ticket,
            due: row.due,
        }
        .read()
    })
    .fetch_all(db)
    .await
}

/// The newest decision of a person, where it was made after an instant and nothing was decided since about any of its
/// findings.
pub(in crate::decisions) async fn undoable(
    db: &mut PgConnection,
    by: PersonId,
    after: Instant,
) -> Result<Option<Undone>, sqlx::Error> {
    // What was decided since is looked at first: that is little, and the decision's own findings may be many.
    sqlx::query!(
        r"SELECT d.id, d.kind, d.decided_by, d.decided_at, d.findings
          FROM (SELECT * FROM decision WHERE decided_by = $1 AND decided_at > $2 ORDER BY decided_at DESC, id DESC LIMIT 1) AS d
          WHERE NOT EXISTS (
              SELECT FROM decision l
              JOIN decision_finding n ON n.decision_id = l.id
              JOIN decision_finding o ON o.finding_id = n.finding_id AND o.decided_at = d.decided_at AND o.decision_id = d.id
              WHERE (l.decided_at, l.id) > (d.decided_at, d.id)
          )",
        by.0,
        after,
    )
    .try_map(|row| {
        Ok(Undone {
            id: DecisionId(row.id),
            kind: word::<DecisionKind>(&row.kind)?,
            by: PersonId(row.decided_by),
            at: row.decided_at,
            findings: i64::from(row.findings),
        })
    })
    .fetch_optional(db)
    .await
}
