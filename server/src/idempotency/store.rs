//! The SQL of answers to writes that may be sent again.

use super::Claim;
use model::Instant;
use sqlx::PgConnection;

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its kind, where it says one.
    pub content_type: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// Claims a key that nobody has, or that somebody had before `forgotten`.
pub(super) async fn claim(
    db: &mut PgConnection,
    claim: &Claim,
    now: Instant,
    forgotten: Instant,
) -> Result<bool, sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO idempotent_answer AS a (sender, key, request, created_at) VALUES ($1, $2, $3, $4)
          ON CONFLICT (sender, key) DO UPDATE
          SET request = excluded.request, created_at = excluded.created_at, status = NULL, content_type = NULL, body = NULL
          WHERE a.created_at <= $5",
        claim.sender,
        claim.key,
        &claim.request[..],
        now,
        forgotten,
    )
    .execute(db)
    .await
    .map(|done| done.rows_affected() == 1)
}

/// What a key stands for, and its answer where there is one.
pub(super) async fn find(
    db: &mut PgConnection,
    claim: &Claim,
) -> Result<Option<(Vec<u8>, Option<Answer>)>, sqlx::Error> {
    sqlx::query!(
        "SELECT request, status, content_type, body FROM idempotent_answer WHERE sender = $1 AND key = $2",
        claim.sender,
        claim.key,
    )
    .map(|row| {
        let status = row.status.and_then(|status| u16::try_from(status).ok());
        let answer = status.zip(row.body).map(|(status, body)| Answer { status, content_type: row.content_type, body });
        (row.request, answer)
    })
    .fetch_optional(db)
    .await
}

pub(super) async fn finish(db: &mut PgConnection, claim: &Claim, answer: &Answer) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"UPDATE idempotent_answer SET status = $3, content_type = $4, body = $5
          WHERE sender = $1 AND key = $2 AND request = $6 AND status IS NULL",
        claim.sender,
        claim.key,
        i16::try_from(answer.status).unwrap_or(i16::MAX),
        answer.content_type,
        answer.body,
        &claim.request[..],
    )
    .execute(db)
    .await
    .map(drop)
}

pub(super) async fn release(db: &mut PgConnection, claim: &Claim) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM idempotent_answer WHERE sender = $1 AND key = $2 AND request = $3 AND status IS NULL",
        claim.sender,
        claim.key,
        &claim.request[..],
    )
    .execute(db)
    .await
    .map(drop)
}

pub(super) async fn forget(db: &mut PgConnection, before: Instant) -> Result<u64, sqlx::Error> {
    sqlx::query!("DELETE FROM idempotent_answer WHERE created_at <= $1", before)
        .execute(db)
        .await
        .map(|done| done.rows_affected())
}
