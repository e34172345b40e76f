//! The SQL of rows, from the intervals that they show.

use crate::{days, db::word, service_levels};
use model::{
    Instant,
    disposition::{Assignee, Ticket},
    evaluation::Detail,
    finding::{FindingState, Subject},
    ids::{ClusterId, FindingId, PersonId},
    severity::Severity,
    source::Source,
    views::{Assigned, ClusterName, Due, FindingRow, PersonName},
};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// The row of each interval, in the order given, as of an instant, with when the finding was first seen.
///
/// People have the name that the decision recorded: it may change, and what is told of an instant may not.
pub(in crate::findings) async fn rows(
    db: &mut PgConnection,
    intervals: &[i64],
    at: Instant,
) -> Result<Vec<(FindingRow, Instant)>, sqlx::Error> {
    if intervals.is_empty() {
        return Ok(Vec::new());
    }
    let today = days::as_of(db, at).await?.day_of(at);
    let mut levels = service_levels::judged(db, intervals, at).await?;
    sqlx::query!(
        r#"SELECT f.id, i.check_id, i.source, i.severity, i.fault, i.detail AS "detail: Json<Detail>", i.opened_at,
                  f.subject_kind, f.subject_namespace, f.subject_name, f.subject_key, f.first_seen_at,
                  c.id AS cluster, c.name, facts.title,
                  CASE WHEN i.valid_to <= $2 THEN i.valid_to END AS closed_at,
                  EXISTS (SELECT FROM accepted_findings($2) AS a WHERE a.finding_id = f.id) AS "accepted!",
                  u.valid_from AS "unseen_since?", d.standing AS "standing?", d.ticket AS "ticket?", d.due AS "due?",
                  d.assigned_to AS "assigned_to?", d.assigned_team AS "assigned_team?", d.claimed_by AS "claimed_by?",
                  (SELECT o.assigned_as FROM decision_finding e JOIN decision o ON o.id = e.decision_id
                   WHERE e.finding_id = f.id AND e.decided_at <= d.decided_at AND o.assigned_to = d.assigned_to
                   ORDER BY e.decided_at DESC, e.decision_id DESC LIMIT 1) AS assigned_name,
                  (SELECT o.decided_as FROM decision_finding e JOIN decision o ON o.id = e.decision_id
                   WHERE e.finding_id = f.id AND e.decided_at <= d.decided_at AND o.decided_by = d.claimed_by
                     AND o.kind = 'false_positive'
                   ORDER BY e.decided_at DESC, e.decision_id DESC LIMIT 1) AS claimed_name
           FROM UNNEST($1::bigint[]) WITH ORDINALITY AS n (id, place)
           JOIN finding_interval i ON i.id = n.id
           JOIN finding f ON f.id = i.finding_id
           JOIN cluster c ON c.id = i.cluster_id
           JOIN cluster_facts facts ON facts.cluster_id = c.id AND facts.valid_from <= $2 AND (facts.valid_to IS NULL OR facts.valid_to > $2)
           LEFT JOIN LATERAL (
               SELECT * FROM decision_finding
               WHERE finding_id = f.id AND decided_at <= $2
               ORDER BY decided_at DESC, decision_id DESC LIMIT 1
           ) AS d ON true
           LEFT JOIN finding_unseen u ON u.finding_id = f.id AND u.valid_from <= $2 AND (u.valid_to IS NULL OR u.valid_to > $2)
           ORDER BY n.place"#,
        intervals,
        at,
    )
    .try_map(|row| {
        let state = match (row.closed_at, row.accepted, row.standing.as_deref()) {
            (Some(_), ..) => FindingState::Closed,
            (None, true, _) => FindingState::Accepted,
            (None, false, Some(standing)) => word::<FindingState>(standing)?,
            (None, false, None) => FindingState::Open,
        };
        let waits = matches!(state, FindingState::Open | FindingState::Acknowledged);
        let subject = Subject {
            kind: row.subject_kind,
            namespace: row.subject_namespace,
            name: row.subject_name,
            key: row.subject_key,
        };
        let finding = FindingRow {
            id: FindingId(row.id),
            cluster: ClusterName { id: ClusterId(row.cluster), name: row.name, title: row.title },
            check: row.check_id.into(),
            source: word::<Source>(&row.source)?,
            severity: Severity::from(row.severity),
            subject,
            fault: row.fault,
            detail: row.detail.0,
            state,
            acknowledged: row.standing.as_deref() == Some(FindingState::Acknowledged.as_str()),
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            unseen_since: row.unseen_since,
            assigned: assigned(row.assigned_to, row.assigned_name, row.assigned_team),
            due: row.due.map(|on| Due { on, overdue: waits && on < today }),
            ticket: row.ticket.as_deref().and_then(Ticket::read),
            claimed_by: row.claimed_by.zip(row.claimed_name).map(|(id, name)| PersonName { person: PersonId(id), name }),
            service_level: levels.remove(&row.id).unwrap_or_default(),
        };
        Ok((finding, row.first_seen_at))
    })
    .fetch_all(db)
    .await
}

/// Whom a finding is given to, from the columns that say so.
pub(super) fn assigned(person: Option<Uuid>, name: Option<String>, team: Option<String>) -> Option<Assigned> {
    let of_person = person.zip(name).map(|(id, name)| Assigned { assignee: Assignee::Person(PersonId(id)), name });
    of_person.or_else(|| team.map(|name| Assigned { assignee: Assignee::Team(name.clone()), name }))
}

/// The interval of each finding that was the newest at an instant, in the order given.
pub(in crate::findings) async fn newest_intervals(
    db: &mut PgConnection,
    findings: &[Uuid],
    at: Instant,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT i.id
           FROM UNNEST($1::uuid[]) WITH ORDINALITY AS n (id, place)
           CROSS JOIN LATERAL (
               SELECT id FROM finding_interval WHERE finding_id = n.id AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1
           ) AS i
           ORDER BY n.place"#,
        findings,
        at,
    )
    .fetch_all(db)
    .await
}

/// The interval of a finding that was the newest at an instant; `None` where it had none yet.
pub(in crate::findings) async fn newest_interval(
    db: &mut PgConnection,
    finding: FindingId,
    at: Instant,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT id FROM finding_interval WHERE finding_id = $1 AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1",
        finding.0,
        at,
    )
    .fetch_optional(db)
    .await
}

/// Whether a finding had been seen by an instant, whatever is left of it.
pub(in crate::findings) async fn was_seen(
    db: &mut PgConnection,
    finding: FindingId,
    at: Instant,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM finding WHERE id = $1 AND first_seen_at <= $2) AS "seen!""#,
        finding.0,
        at,
    )
    .fetch_one(db)
    .await
}

/// The newest interval at an instant of every finding of some clusters that does not go on as another, and of some checks
/// where any are given; in the order of the findings' ids.
pub(in crate::findings) async fn existing(
    db: &mut PgConnection,
    clusters: &[Uuid],
    checks: Option<&[String]>,
    at: Instant,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT ON (finding_id) id
           FROM finding_interval
           WHERE cluster_id = ANY($1) AND ($2::text[] IS NULL OR check_id = ANY($2)) AND valid_from <= $3
             AND NOT EXISTS (
                 SELECT FROM finding_merged m
                 WHERE m.finding_id = finding_interval.finding_id
                   AND m.version = (SELECT max(to_version) FROM rekey WHERE at <= $3)
             )
           ORDER BY finding_id, valid_from DESC"#,
        clusters,
        checks,
        at,
    )
    .fetch_all(db)
    .await
}
