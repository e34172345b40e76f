//! The SQL of what waits for somebody.

use crate::db::word;
use model::{
    Instant,
    finding::DecisionKind,
    ids::{DecisionId, FindingId, PersonId},
    views::Mention,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Decisions by others that name a person, the latest first, before a place.
pub(in crate::decisions) async fn mentions(
    db: &mut PgConnection,
    person: PersonId,
    (at, id): (Instant, Uuid),
    limit: i64,
) -> Result<Vec<Mention>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT d.id, d.kind, d.decided_as, d.decided_at, d.comment, d.findings, one.finding_id AS "finding_id!"
           FROM decision_mention m
           JOIN decision d ON d.id = m.decision_id
           CROSS JOIN LATERAL (
               SELECT finding_id FROM decision_finding WHERE decision_id = d.id ORDER BY finding_id LIMIT 1
           ) AS one
           WHERE m.person_id = $1 AND (m.decided_at, m.decision_id) < ($2, $3)
           ORDER BY m.decided_at DESC, m.decision_id DESC
           LIMIT $4"#,
        person.0,
        at,
        id,
        limit,
    )
    .try_map(|row| {
        Ok(Mention {
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

/// How many decisions name a person until an instant.
pub(in crate::decisions) async fn count_mentions(
    db: &mut PgConnection,
    person: PersonId,
    at: Instant,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM decision_mention WHERE person_id = $1 AND decided_at <= $2"#,
        person.0,
        at
    )
    .fetch_one(db)
    .await
}

/// Findings that fail and of which somebody else claims that they are false positives, as of an instant, those that wait
/// longest first, after a place: since when they have stood so, and which.
pub(in crate::decisions) async fn claims(
    db: &mut PgConnection,
    judge: PersonId,
    (since, id): (Instant, Uuid),
    at: Instant,
    limit: i64,
) -> Result<Vec<(Instant, Uuid)>, sqlx::Error> {
    sqlx::query!(
        r"SELECT d.decided_at, d.finding_id
          FROM decision_finding d
          WHERE d.claimed_by <> $1 AND (d.decided_at, d.finding_id) > ($2, $3) AND d.decided_at <= $4
            AND NOT EXISTS (
                SELECT FROM decision_finding n
                WHERE n.finding_id = d.finding_id AND n.decided_at <= $4
                  AND (n.decided_at, n.decision_id) > (d.decided_at, d.decision_id)
            )
            AND EXISTS (
                SELECT FROM finding_interval i
                WHERE i.finding_id = d.finding_id AND i.valid_from <= $4 AND (i.valid_to IS NULL OR i.valid_to > $4)
            )
          ORDER BY d.decided_at, d.finding_id
          LIMIT $5",
        judge.0,
        since,
        id,
        at,
        limit,
    )
    .map(|row| (row.decided_at, row.finding_id))
    .fetch_all(db)
    .await
}

/// How many of them there are, counted no further than `limit`.
pub(in crate::decisions) async fn count_claims(
    db: &mut PgConnection,
    judge: PersonId,
    at: Instant,
    limit: i64,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM (
               SELECT FROM decision_finding d
               WHERE d.claimed_by <> $1 AND d.decided_at <= $2
                 AND NOT EXISTS (
                     SELECT FROM decision_finding n
                     WHERE n.finding_id = d.finding_id AND n.decided_at <= $2
                       AND (n.decided_at, n.decision_id) > (d.decided_at, d.decision_id)
                 )
                 AND EXISTS (
                     SELECT FROM finding_interval i
                     WHERE i.finding_id = d.finding_id AND i.valid_from <= $2 AND (i.valid_to IS NULL OR i.valid_to > $2)
                 )
               LIMIT $3
           ) AS waiting"#,
        judge.0,
        at,
        limit,
    )
    .fetch_one(db)
    .await
}
