//! What is attached to acceptances.

use super::super::By;
use model::{
    Instant,
    ids::{AcceptanceId, AttachmentId},
    views::AcceptanceAttachment,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// What was attached to acceptances until an instant, of each oldest first.
pub(in super::super) async fn of(
    db: &mut PgConnection,
    ids: &[AcceptanceId],
    at: Instant,
) -> Result<Vec<(AcceptanceId, AcceptanceAttachment)>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        r"SELECT acceptance_id, id, name, media_type, size, sha256, added_as, added_at
          FROM acceptance_attachment
          WHERE acceptance_id = ANY($1) AND added_at <= $2
          ORDER BY acceptance_id, added_at, id",
        &ids,
        at,
    )
    .map(|row| {
        let attachment = AcceptanceAttachment {
            id: AttachmentId(row.id),
            name: row.name,
            media_type: row.media_type,
            size: row.size,
            sha256: hex::encode(row.sha256),
            by: row.added_as,
            at: row.added_at,
        };
        (AcceptanceId(row.acceptance_id), attachment)
    })
    .fetch_all(db)
    .await
}

/// What is to be attached.
pub(in super::super) struct New<'a> {
    pub(in super::super) id: AttachmentId,
    pub(in super::super) acceptance: AcceptanceId,
    pub(in super::super) name: &'a str,
    pub(in super::super) media_type: &'a str,
    pub(in super::super) sha256: [u8; 32],
    pub(in super::super) body: &'a [u8],
    pub(in super::super) at: Instant,
}

/// Keeps a content once, and that it is attached.
pub(in super::super) async fn insert(db: &mut PgConnection, by: &By, new: &New<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO attachment (sha256, body) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        &new.sha256[..],
        new.body
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r"INSERT INTO acceptance_attachment (id, acceptance_id, sha256, size, name, media_type, added_by, added_as, added_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id.0,
        new.acceptance.0,
        &new.sha256[..],
        crate::db::integer(new.body.len()),
        new.name,
        new.media_type,
        by.person.0,
        by.name,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The name, the type and the content of something that was attached by an instant.
pub(in super::super) async fn content(
    db: &mut PgConnection,
    acceptance: AcceptanceId,
    id: AttachmentId,
    at: Instant,
) -> Result<Option<(String, String, Vec<u8>)>, sqlx::Error> {
    sqlx::query!(
        r"SELECT a.name, a.media_type, c.body
          FROM acceptance_attachment a JOIN attachment c ON c.sha256 = a.sha256
          WHERE a.id = $1 AND a.acceptance_id = $2 AND a.added_at <= $3",
        id.0,
        acceptance.0,
        at,
    )
    .map(|row| (row.name, row.media_type, row.body))
    .fetch_optional(db)
    .await
}
