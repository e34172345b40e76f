//! Alerts that fire, and when they are told again.

use model::Instant;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A finding that fires, and is told.
pub(in crate::notify) struct Firing<'a> {
    pub(in crate::notify) channel: &'a str,
    pub(in crate::notify) finding: Uuid,
    pub(in crate::notify) event: Uuid,
    pub(in crate::notify) language: &'a str,
    pub(in crate::notify) time_zone: &'a str,
    /// When it is told again.
    pub(in crate::notify) again_at: Instant,
}

/// Notes that a finding fires.
pub(in crate::notify) async fn fires(pool: &PgPool, firing: &Firing<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO notification_alert (channel, finding_id, event_id, language, time_zone, again_at)
          VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT (channel, finding_id) DO UPDATE
          SET event_id = excluded.event_id, language = excluded.language, time_zone = excluded.time_zone,
              again_at = excluded.again_at, resolved_at = NULL",
        firing.channel,
        firing.finding,
        firing.event,
        firing.language,
        firing.time_zone,
        firing.again_at,
    )
    .execute(pool)
    .await
    .map(|_| ())
}

/// Notes that a finding fires no more.
pub(in crate::notify) async fn resolved(
    pool: &PgPool,
    channel: &str,
    finding: Uuid,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"UPDATE notification_alert SET resolved_at = $3 WHERE channel = $1 AND finding_id = $2 AND resolved_at IS NULL",
        channel,
        finding,
        at,
    )
    .execute(pool)
    .await
    .map(|_| ())
}

/// An alert that is to be told again.
pub(in crate::notify) struct Due {
    pub(in crate::notify) event: Uuid,
    pub(in crate::notify) topic: String,
    pub(in crate::notify) language: String,
    pub(in crate::notify) time_zone: String,
}

/// Takes the alerts of a channel whose time has come to be told again: of findings that still fail, on clusters that are still
/// there, where a rule still asks for the channel and nothing about the finding waits. They are not due before `next`.
pub(in crate::notify) async fn due_again(
    db: &mut PgConnection,
    channel: &str,
    at: Instant,
    next: Instant,
) -> Result<Vec<Due>, sqlx::Error> {
    sqlx::query_as!(
        Due,
        r#"UPDATE notification_alert a SET again_at = $3
           WHERE a.channel = $1 AND a.resolved_at IS NULL AND a.again_at <= $2
             AND EXISTS (SELECT FROM finding_interval i JOIN cluster c ON c.id = i.cluster_id
                         WHERE i.finding_id = a.finding_id AND i.valid_to IS NULL AND c.valid_to IS NULL)
             AND EXISTS (SELECT FROM notification_rule r WHERE r.channel = a.channel AND r.ended_at IS NULL)
             AND NOT EXISTS (SELECT FROM notification_message m
                             WHERE m.topic = 'finding/' || a.finding_id::text AND m.channel = a.channel
                               AND m.state IN ('gathering', 'waiting'))
           RETURNING a.event_id AS event, 'finding/' || a.finding_id::text AS "topic!", a.language, a.time_zone"#,
        channel,
        at,
        next,
    )
    .fetch_all(db)
    .await
}

/// Begins messages that tell alerts again, due at once, each with its id.
pub(in crate::notify) async fn begin(
    db: &mut PgConnection,
    channel: &str,
    messages: &[(Uuid, Due)],
    at: Instant,
) -> Result<(), sqlx::Error> {
    if messages.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = messages.iter().map(|(id, _)| *id).collect();
    let events: Vec<Uuid> = messages.iter().map(|(_, due)| due.event).collect();
    let texts = |text: fn(&Due) -> &String| messages.iter().map(|(_, due)| text(due).clone()).collect::<Vec<String>>();
    sqlx::query!(
        r"INSERT INTO notification_message (id, channel, topic, language, time_zone, state, created_at, due_at)
          SELECT n.id, $2, n.topic, n.language, n.time_zone, 'waiting', $1, $1
          FROM UNNEST($3::uuid[], $4::text[], $5::text[], $6::text[]) AS n (id, topic, language, time_zone)",
        at,
        channel,
        &ids,
        &texts(|due| &due.topic),
        &texts(|due| &due.language),
        &texts(|due| &due.time_zone),
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r"INSERT INTO notification_message_event (message_id, event_id)
          SELECT n.id, n.event_id FROM UNNEST($1::uuid[], $2::uuid[]) AS n (id, event_id)",
        &ids,
        &events,
    )
    .execute(db)
    .await
    .map(|_| ())
}
