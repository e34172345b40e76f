//! The SQL of what is decided about.

use super::{StateColumns, assignee_columns};
use crate::{
    db::integer,
    decisions::record::{Actor, Values},
};
use model::{
    Instant,
    disposition::Disposition,
    finding::DecisionKind,
    ids::{ClusterId, DecisionId},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A finding that is decided about.
#[derive(Clone, Debug)]
pub(in crate::decisions) struct Subject {
    pub(in crate::decisions) id: Uuid,
    pub(in crate::decisions) cluster: ClusterId,
    pub(in crate::decisions) source: String,
    pub(in crate::decisions) check: String,
    /// The severity with which it fails now; `None` where it is closed.
    pub(in crate::decisions) failing: Option<i16>,
    /// What was said of it until now.
    pub(in crate::decisions) before: Disposition,
    /// The newest decision about it.
    pub(in crate::decisions) newest: Option<DecisionId>,
    /// When that was.
    pub(in crate::decisions) decided_at: Option<Instant>,
}

/// The clusters' sources that findings belong to, in the order in which they are locked.
pub(in crate::decisions) async fn sources(
    db: &mut PgConnection,
    findings: &[Uuid],
) -> Result<Vec<(ClusterId, String)>, sqlx::Error> {
    sqlx::query!(
        "SELECT DISTINCT cluster_id, source FROM finding WHERE id = ANY($1) ORDER BY cluster_id, source",
        findings
    )
    .map(|row| (ClusterId(row.cluster_id), row.source))
    .fetch_all(db)
    .await
}

/// What is known now of findings, in the order of their ids; unknown ones are left out.
pub(in crate::decisions) async fn subjects(
    db: &mut PgConnection,
    findings: &[Uuid],
) -> Result<Vec<Subject>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT f.id, f.cluster_id, f.source, f.check_id, i.severity AS "severity?",
                  d.decision_id AS "decision_id?", d.decided_at AS "decided_at?", d.standing AS "standing?",
                  d.claimed_by AS "claimed_by?", d.assigned_to AS "assigned_to?", d.assigned_team AS "assigned_team?",
                  d.ticket AS "ticket?", d.due AS "due?"
           FROM UNNEST($1::uuid[]) AS n (id)
           JOIN finding f ON f.id = n.id
           LEFT JOIN finding_interval i ON i.finding_id = f.id AND i.valid_to IS NULL
           LEFT JOIN LATERAL (
               SELECT * FROM decision_finding WHERE finding_id = f.id ORDER BY decided_at DESC, decision_id DESC LIMIT 1
           ) AS d ON true
           ORDER BY f.id"#,
        findings,
    )
    .try_map(|row| {
        let before = StateColumns {
            standing: row.standing,
            claimed_by: row.claimed_by,
            assigned_to: row.assigned_to,
            assigned_team: row.assigned_team,
            ticket: row.ticket,
            due: row.due,
        };
        Ok(Subject {
            id: row.id,
            cluster: ClusterId(row.cluster_id),
            source: row.source,
            check: row.check_id,
            failing: row.severity,
            before: before.read()?,
            newest: row.decision_id.map(DecisionId),
            decided_at: row.decided_at,
        })
    })
    .fetch_all(db)
    .await
}

/// The decision that is the newest on every one of the findings.
pub(in crate::decisions) fn one_newest(subjects: &[Subject]) -> Option<DecisionId> {
    let newest = subjects.first()?.newest?;
    subjects.iter().all(|subject| subject.newest == Some(newest)).then_some(newest)
}

/// Whether a decision says exactly this, about exactly so many findings.
pub(in crate::decisions) async fn says_the_same(
    db: &mut PgConnection,
    decision: DecisionId,
    by: &Actor,
    kind: DecisionKind,
    values: &Values,
    comment: &str,
    findings: usize,
) -> Result<bool, sqlx::Error> {
    let (assigned_to, assigned_team) = assignee_columns(values.assignee.as_ref());
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT FROM decision
               WHERE id = $1 AND decided_by = $2 AND kind = $3 AND comment = $4 AND findings = $5
                 AND assigned_to IS NOT DISTINCT FROM $6 AND assigned_team IS NOT DISTINCT FROM $7
                 AND ticket IS NOT DISTINCT FROM $8 AND due IS NOT DISTINCT FROM $9
           ) AS "same!""#,
        decision.0,
        by.person.0,
        kind.as_str(),
        comment,
        integer(findings),
        assigned_to,
        assigned_team,
        values.ticket.as_ref().map(model::disposition::Ticket::address),
        values.due,
    )
    .fetch_one(db)
    .await
}
