//! Where findings stand as tickets or alerts, or may: what becomes of them goes there too.

use model::severity::Severity;
use sqlx::PgConnection;
use std::collections::HashSet;
use uuid::Uuid;

/// A channel where a finding stands, and in which words it was told there.
#[derive(Clone, Debug)]
pub(in crate::notify) struct Standing {
    pub(in crate::notify) finding: Uuid,
    pub(in crate::notify) channel: String,
    pub(in crate::notify) language: String,
    pub(in crate::notify) time_zone: String,
}

/// Where findings stand: where the last that was told, or is about to be, is not that they are fixed. What was given up, or tried
/// before there was nothing left to tell, may have reached its receiver.
pub(in crate::notify) async fn of(db: &mut PgConnection, findings: &[Uuid]) -> Result<Vec<Standing>, sqlx::Error> {
    sqlx::query_as!(
        Standing,
        r#"SELECT s.finding_id AS "finding!", s.channel AS "channel!", coalesce(w.language, 'en') AS "language!",
                  coalesce(w.time_zone, 'UTC') AS "time_zone!"
           FROM (
               SELECT f.id AS finding_id, m.channel
               FROM UNNEST($1::uuid[]) AS f (id)
               JOIN notification_message m ON m.topic = 'finding/' || f.id::text
               JOIN notification_message_event o ON o.message_id = m.id
               JOIN notification_event e ON e.id = o.event_id
               GROUP BY f.id, m.channel
               HAVING max(e.at) FILTER (WHERE e.kind <> 'finding_closed' AND (m.state <> 'dropped' OR m.attempts > 1))
                      > coalesce(max(e.at) FILTER (WHERE e.kind = 'finding_closed' AND m.state NOT IN ('dead', 'dropped')), '-infinity')
               UNION
               -- The messages about a ticket may be retained no more; those that reached nobody tell nothing of it.
               SELECT t.finding_id, t.channel FROM notification_ticket t
               WHERE t.finding_id = ANY($1)
                 AND NOT EXISTS (SELECT FROM notification_message m
                                 WHERE m.topic = 'finding/' || t.finding_id::text AND m.channel = t.channel
                                   AND m.state <> 'dead' AND (m.state <> 'dropped' OR m.attempts > 1))
           ) AS s
           LEFT JOIN LATERAL (
               SELECT language, time_zone FROM notification_message
               WHERE topic = 'finding/' || s.finding_id::text AND channel = s.channel ORDER BY created_at DESC, id DESC LIMIT 1
           ) AS w ON true
           ORDER BY s.finding_id, s.channel"#,
        findings,
    )
    .fetch_all(db)
    .await
}

/// Which of some findings stand anywhere, or are about to: what was noted of them may not be in a message yet.
pub(in crate::notify) async fn among(db: &mut PgConnection, findings: &[Uuid]) -> Result<HashSet<Uuid>, sqlx::Error> {
    let noted = sqlx::query_scalar!(
        r#"SELECT finding_id AS "finding!" FROM notification_event
           WHERE finding_id = ANY($1) AND routed_at IS NULL AND kind <> 'finding_closed'"#,
        findings,
    )
    .fetch_all(&mut *db)
    .await?;
    let standing = of(db, findings).await?.into_iter().map(|standing| standing.finding);
    Ok(noted.into_iter().chain(standing).collect())
}

/// How bad a finding is now; `None` where it does not fail.
pub(in crate::notify) async fn fails_as(db: &mut PgConnection, finding: Uuid) -> Result<Option<Severity>, sqlx::Error> {
    let severity = sqlx::query_scalar!(
        "SELECT severity FROM finding_interval WHERE finding_id = $1 AND valid_to IS NULL",
        finding
    )
    .fetch_optional(db)
    .await?;
    Ok(severity.map(Severity::from))
}
