//! The SQL of what happened to findings: their intervals and the decisions on them.

use super::rows::assigned;
use crate::db::word;
use chrono::NaiveDate;
use model::{
    Instant,
    disposition::Ticket,
    evaluation::Detail,
    finding::DecisionKind,
    ids::{DecisionId, ScanId},
    severity::Severity,
    views::Assigned,
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// A time for which a finding failed in one way.
#[derive(Clone, Debug)]
pub(in crate::findings) struct Interval {
    pub(in crate::findings) finding: Uuid,
    pub(in crate::findings) severity: Severity,
    pub(in crate::findings) fault: String,
    pub(in crate::findings) detail: Detail,
    pub(in crate::findings) opened_at: Instant,
    pub(in crate::findings) valid_from: Instant,
    pub(in crate::findings) opened_by: ScanId,
    /// When and by which scan it ended, if it had at the instant asked for.
    pub(in crate::findings) ended: Option<(Instant, ScanId)>,
}

/// A decision on a finding.
#[derive(Clone, Debug)]
pub(in crate::findings) struct Decided {
    pub(in crate::findings) finding: Uuid,
    pub(in crate::findings) decision: DecisionId,
    pub(in crate::findings) kind: DecisionKind,
    pub(in crate::findings) by: String,
    pub(in crate::findings) at: Instant,
    pub(in crate::findings) comment: String,
    pub(in crate::findings) findings: i64,
    pub(in crate::findings) assigned: Option<Assigned>,
    pub(in crate::findings) ticket: Option<Ticket>,
    pub(in crate::findings) due: Option<NaiveDate>,
    pub(in crate::findings) undoes: Option<DecisionId>,
}

/// Two findings that a new rule of identity made one.
#[derive(Clone, Debug)]
pub(in crate::findings) struct Merged {
    /// Whose timeline tells it: one of the two.
    pub(in crate::findings) of: Uuid,
    pub(in crate::findings) finding: Uuid,
    pub(in crate::findings) goes_on_as: Uuid,
    pub(in crate::findings) at: Instant,
    /// Whether it holds by the newest rule at the instant asked for.
    pub(in crate::findings) holds: bool,
}

/// The mergers of some findings until an instant, in the order of findings and time.
pub(in crate::findings) async fn merged(
    db: &mut PgConnection,
    findings: &[Uuid],
    at: Instant,
) -> Result<Vec<Merged>, sqlx::Error> {
    sqlx::query_as!(
        Merged,
        r#"SELECT n.id AS "of!", m.finding_id AS "finding!", m.goes_on_as AS "goes_on_as!", r.at AS "at!",
                  (r.to_version = (SELECT max(to_version) FROM rekey WHERE at <= $2)) AS "holds!"
           FROM UNNEST($1::uuid[]) AS n (id)
           CROSS JOIN LATERAL (
               SELECT * FROM finding_merged WHERE finding_id = n.id
               UNION ALL
               SELECT * FROM finding_merged WHERE goes_on_as = n.id
           ) AS m
           JOIN rekey r ON r.to_version = m.version
           WHERE r.at <= $2
           ORDER BY n.id, r.at, m.finding_id"#,
        findings,
        at,
    )
    .fetch_all(db)
    .await
}

/// Every interval of some findings that had begun at an instant, in order of time.
pub(in crate::findings) async fn intervals(
    db: &mut PgConnection,
    findings: &[Uuid],
    at: Instant,
) -> Result<Vec<Interval>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT finding_id, severity, fault, detail AS "detail: Json<Detail>", opened_at, valid_from, opened_by,
                  valid_to, closed_by
           FROM finding_interval
           WHERE finding_id = ANY($1) AND valid_from <= $2
           ORDER BY finding_id, valid_from"#,
        findings,
        at,
    )
    .map(|row| Interval {
        finding: row.finding_id,
        severity: Severity::from(row.severity),
        fault: row.fault,
        detail: row.detail.0,
        opened_at: row.opened_at,
        valid_from: row.valid_from,
        opened_by: ScanId(row.opened_by),
        ended: row.valid_to.filter(|ended| *ended <= at).zip(row.closed_by.map(ScanId)),
    })
    .fetch_all(db)
    .await
}

/// Every decision on some findings that had been made at an instant, and on those as which they went on by then, in order
/// of time.
pub(in crate::findings) async fn decisions(
    db: &mut PgConnection,
    findings: &[Uuid],
    at: Instant,
) -> Result<Vec<Decided>, sqlx::Error> {
    sqlx::query!(
        r#"WITH f AS (
               SELECT finding_id AS of, decision_id, decided_at FROM decision_finding
               WHERE finding_id = ANY($1) AND decided_at <= $2
               UNION
               SELECT m.goes_on_as, f.decision_id, f.decided_at
               FROM finding_merged m
               JOIN rekey r ON r.to_version = m.version AND r.at <= $2
               JOIN decision_finding f ON f.finding_id = m.finding_id AND f.decided_at <= $2
               WHERE m.goes_on_as = ANY($1)
           )
           SELECT f.of AS "finding_id!", f.decided_at AS "decided_at!", d.id, d.kind, d.decided_as, d.comment, d.findings,
                  d.assigned_to, d.assigned_as, d.assigned_team, d.ticket, d.due, d.undoes
           FROM f
           JOIN decision d ON d.id = f.decision_id
           ORDER BY f.of, f.decided_at, f.decision_id"#,
        findings,
        at,
    )
    .try_map(|row| {
        Ok(Decided {
            finding: row.finding_id,
            decision: DecisionId(row.id),
            kind: word::<DecisionKind>(&row.kind)?,
            by: row.decided_as,
            at: row.decided_at,
            comment: row.comment,
            findings: i64::from(row.findings),
            assigned: assigned(row.assigned_to, row.assigned_as, row.assigned_team),
            ticket: row.ticket.as_deref().and_then(Ticket::read),
            due: row.due,
            undoes: row.undoes.map(DecisionId),
        })
    })
    .fetch_all(db)
    .await
}
