//! Tickets that stand for findings.

use model::{Instant, views::NotificationTicket};
use sqlx::PgPool;
use uuid::Uuid;

/// The tracker's own name of the ticket of a finding.
pub(in crate::notify) async fn of_finding(
    pool: &PgPool,
    channel: &str,
    finding: Uuid,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("SELECT key FROM notification_ticket WHERE channel = $1 AND finding_id = $2", channel, finding)
        .fetch_optional(pool)
        .await
}

pub(in crate::notify) async fn keep(
    pool: &PgPool,
    channel: &str,
    finding: Uuid,
    key: &str,
    address: &str,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO notification_ticket (channel, finding_id, key, address, created_at) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT DO NOTHING",
        channel,
        finding,
        key,
        address,
        at,
    )
    .execute(pool)
    .await
    .map(|_| ())
}

/// The tickets of a finding that there were at an instant.
pub(in crate::notify) async fn links(
    db: &mut sqlx::PgConnection,
    finding: Uuid,
    at: Instant,
) -> Result<Vec<NotificationTicket>, sqlx::Error> {
    sqlx::query_as!(
        NotificationTicket,
        r"SELECT channel, key, address FROM notification_ticket
          WHERE finding_id = $1 AND created_at <= $2 ORDER BY created_at, channel",
        finding,
        at,
    )
    .fetch_all(db)
    .await
}
