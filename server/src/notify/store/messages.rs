//! Messages, their attempts, and the log.

use crate::{
    db::{integer, word},
    notify::route::Recipient,
};
use chrono::TimeDelta;
use model::{
    Instant,
    ids::{MessageId, PersonId},
    notify::MessageState,
    views::NotificationMessage,
};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// The message that gathers for a recipient, begun where there is none. Its row is held until the transaction ends.
pub(in crate::notify) async fn gather(
    db: &mut PgConnection,
    id: Uuid,
    to: &Recipient,
    due_at: Instant,
    at: Instant,
) -> Result<Uuid, sqlx::Error> {
    sqlx::query_scalar!(
        r"INSERT INTO notification_message (id, channel, person_id, topic, language, time_zone, state, created_at, due_at)
          VALUES ($1, $2, $3, $4, $5, $6, 'gathering', $7, $8)
          ON CONFLICT (channel, coalesce(person_id, '00000000-0000-0000-0000-000000000000'::uuid), topic, language, time_zone)
              WHERE state = 'gathering'
          DO UPDATE SET due_at = notification_message.due_at
          RETURNING id",
        id,
        to.channel,
        to.person,
        to.topic,
        to.language,
        to.time_zone,
        at,
        due_at,
    )
    .fetch_one(db)
    .await
}

/// Adds events to a message, each with the rule by which it comes.
pub(in crate::notify) async fn add_events(
    db: &mut PgConnection,
    message: Uuid,
    events: &[(Uuid, Option<Uuid>)],
) -> Result<(), sqlx::Error> {
    let (events, rules): (Vec<Uuid>, Vec<Option<Uuid>>) = events.iter().copied().unzip();
    sqlx::query!(
        r"INSERT INTO notification_message_event (message_id, event_id, rule_id)
          SELECT $1, e.id, e.rule_id FROM UNNEST($2::uuid[], $3::uuid[]) AS e (id, rule_id) ON CONFLICT DO NOTHING",
        message,
        &events,
        &rules as _,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// A message whose turn has come, claimed by one attempt.
#[derive(Clone, Debug)]
pub(in crate::notify) struct Claimed {
    pub(in crate::notify) id: Uuid,
    pub(in crate::notify) channel: String,
    pub(in crate::notify) person: Option<Uuid>,
    pub(in crate::notify) topic: String,
    pub(in crate::notify) language: String,
    pub(in crate::notify) time_zone: String,
    pub(in crate::notify) created_at: Instant,
    /// Attempts, this one included.
    pub(in crate::notify) attempt: i32,
    /// Those before somebody said "try again".
    pub(in crate::notify) forgiven: i32,
}

impl Claimed {
    /// Whether it tells what became of one finding, to a channel of tickets or alerts.
    pub(in crate::notify) fn is_of_one_finding(&self) -> bool {
        self.topic.starts_with("finding/")
    }
}

/// Takes the message that has been due for longest, until a lease ends; or the one of an id. No other sender takes it in
/// between, and where this one stops in the middle, another takes it up. What became of one finding is told in order: a message
/// waits for those before it. Others wait for nothing: each tells what happened, and when.
pub(in crate::notify) async fn claim(
    pool: &PgPool,
    id: Option<Uuid>,
    at: Instant,
    lease: TimeDelta,
) -> Result<Option<Claimed>, sqlx::Error> {
    sqlx::query!(
        r"UPDATE notification_message SET state = 'waiting', attempts = attempts + 1, leased_until = $2
          WHERE id = (
              SELECT id FROM notification_message m
              WHERE state IN ('gathering', 'waiting') AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                AND ($3::uuid IS NULL OR id = $3)
                AND (topic NOT LIKE 'finding/%' OR NOT EXISTS (
                    SELECT FROM notification_message o
                    WHERE o.topic = m.topic AND o.channel = m.channel AND o.person_id IS NOT DISTINCT FROM m.person_id
                      AND o.state IN ('gathering', 'waiting') AND (o.created_at, o.id) < (m.created_at, m.id)
                ))
              ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
          )
          RETURNING id, channel, person_id, topic, language, time_zone, created_at, attempts, forgiven",
        at,
        at + lease,
        id,
    )
    .map(|row| Claimed {
        id: row.id,
        channel: row.channel,
        person: row.person_id,
        topic: row.topic,
        language: row.language,
        time_zone: row.time_zone,
        created_at: row.created_at,
        attempt: row.attempts,
        forgiven: row.forgiven,
    })
    .fetch_optional(pool)
    .await
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub(in crate::notify) struct Settled<'a> {
    pub(in crate::notify) state: MessageState,
    pub(in crate::notify) outcome: &'static str,
    pub(in crate::notify) reason: &'a str,
    pub(in crate::notify) due_at: Instant,
}

/// Notes what became of an attempt, in message and log. An attempt whose lease ended in between changes the log alone.
pub(in crate::notify) async fn settle(
    db: &mut PgConnection,
    claimed: &Claimed,
    settled: &Settled<'_>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let reason: String = settled.reason.chars().take(300).collect();
    sqlx::query!(
        r"INSERT INTO notification_attempt (message_id, attempt, at, outcome, reason) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT DO NOTHING",
        claimed.id,
        claimed.attempt,
        at,
        settled.outcome,
        reason,
    )
    .execute(&mut *db)
    .await?;
    let ended = !matches!(settled.state, MessageState::Gathering | MessageState::Waiting);
    sqlx::query!(
        r"UPDATE notification_message SET state = $3, due_at = $4, leased_until = NULL, ended_at = $5
          WHERE id = $1 AND attempts = $2 AND state = 'waiting'",
        claimed.id,
        claimed.attempt,
        settled.state.as_str(),
        settled.due_at,
        ended.then_some(at),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Begins a message of its own, due at once: a test.
pub(in crate::notify) async fn insert(
    db: &mut PgConnection,
    id: MessageId,
    to: &Recipient,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO notification_message (id, channel, person_id, topic, language, time_zone, state, created_at, due_at)
          VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $7)",
        id.0,
        to.channel,
        to.person,
        to.topic,
        to.language,
        to.time_zone,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a message that was given up another round of attempts, now; `false` where there is none.
pub(in crate::notify) async fn again(db: &mut PgConnection, id: MessageId, at: Instant) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        r"UPDATE notification_message
          SET state = 'waiting', due_at = $2, leased_until = NULL, ended_at = NULL, forgiven = attempts
          WHERE id = $1 AND state = 'dead'",
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A person to whom a message goes.
pub(in crate::notify) struct Reader {
    pub(in crate::notify) name: String,
    pub(in crate::notify) email: Option<String>,
    pub(in crate::notify) last_login_at: Instant,
}

pub(in crate::notify) async fn reader(db: &mut PgConnection, person: PersonId) -> Result<Reader, sqlx::Error> {
    sqlx::query_as!(Reader, "SELECT name, email, last_login_at FROM person WHERE id = $1", person.0).fetch_one(db).await
}

/// A page of the log as it stood at an instant, the newest first; with `dead`, of what is given up alone.
pub(in crate::notify) async fn log(
    db: &mut PgConnection,
    at: Instant,
    dead: bool,
    before: (Instant, Uuid),
    limit: i64,
) -> Result<Vec<NotificationMessage>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT m.id, m.channel, p.name AS "person?", m.topic, m.created_at, m.due_at,
                  CASE WHEN m.ended_at > $5 THEN 'waiting' ELSE m.state END AS "state!",
                  CASE WHEN m.ended_at <= $5 THEN m.ended_at END AS ended_at,
                  coalesce(a.attempt, 0) AS "attempts!", a.reason AS "reason?",
                  (SELECT count(*) FROM notification_message_event e WHERE e.message_id = m.id) AS "events!"
           FROM notification_message m
           LEFT JOIN person p ON p.id = m.person_id
           LEFT JOIN LATERAL (
               SELECT attempt, reason FROM notification_attempt WHERE message_id = m.id AND at <= $5
               ORDER BY attempt DESC LIMIT 1
           ) AS a ON true
           WHERE (m.created_at, m.id) < ($1, $2) AND (NOT $3 OR m.state = 'dead')
           ORDER BY m.created_at DESC, m.id DESC LIMIT $4"#,
        before.0,
        before.1,
        dead,
        limit,
        at,
    )
    .fetch_all(db)
    .await?;
    let message = rows.into_iter().map(|row| {
        Ok(NotificationMessage {
            id: MessageId(row.id),
            channel: row.channel,
            person: row.person,
            topic: row.topic,
            state: word(&row.state)?,
            events: row.events,
            created_at: row.created_at,
            due_at: row.due_at,
            attempts: row.attempts,
            reason: row.reason,
            ended_at: row.ended_at,
        })
    });
    message.collect()
}

/// By channel, as it stood at an instant: when a message was last delivered, and how many were given up.
pub(in crate::notify) async fn per_channel(
    db: &mut PgConnection,
    channels: &[String],
    at: Instant,
) -> Result<Vec<(String, Option<Instant>, i64)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT n.channel AS "channel!",
                  (SELECT max(ended_at) FROM notification_message
                   WHERE channel = n.channel AND state = 'sent' AND ended_at <= $2) AS delivered_at,
                  (SELECT count(*) FROM notification_message
                   WHERE channel = n.channel AND state = 'dead' AND ended_at <= $2) AS "dead!"
           FROM UNNEST($1::text[]) AS n (channel)"#,
        channels,
        at,
    )
    .map(|row| (row.channel, row.delivered_at, row.dead))
    .fetch_all(db)
    .await
}

/// Messages that wait, and that were given up: what is measured.
pub(in crate::notify) async fn standing(pool: &PgPool) -> Result<(i32, i32), sqlx::Error> {
    sqlx::query!(
        r#"SELECT (SELECT count(*) FROM notification_message WHERE state IN ('gathering', 'waiting')) AS "waiting!",
                  (SELECT count(*) FROM notification_message WHERE state = 'dead') AS "dead!""#
    )
    .map(|row| (integer(row.waiting), integer(row.dead)))
    .fetch_one(pool)
    .await
}
