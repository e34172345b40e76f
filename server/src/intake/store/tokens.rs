//! The SQL of tokens.

use crate::{
    db::word,
    intake::token::{NewToken, TokenRow},
};
use model::{Instant, ids::ClusterId, source::Source};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A token as it is kept.
pub(in crate::intake) struct Kept {
    pub(in crate::intake) cluster: ClusterId,
    pub(in crate::intake) source: Source,
    pub(in crate::intake) secret_hash: Vec<u8>,
    pub(in crate::intake) expires_at: Instant,
    pub(in crate::intake) revoked_at: Option<Instant>,
    pub(in crate::intake) last_used_at: Option<Instant>,
    pub(in crate::intake) cluster_ended: bool,
}

/// The cluster of that name that is in the configuration.
pub(in crate::intake) async fn cluster(db: &mut PgConnection, name: &str) -> Result<Option<ClusterId>, sqlx::Error> {
    let id = sqlx::query_scalar!("SELECT id FROM cluster WHERE name = $1 AND valid_to IS NULL", name);
    Ok(id.fetch_optional(db).await?.map(ClusterId))
}

pub(in crate::intake) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    cluster: ClusterId,
    new: &NewToken<'_>,
    secret_hash: &[u8; 32],
    (created_at, expires_at): (Instant, Instant),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO intake_token (id, cluster_id, source, name, secret_hash, created_at, created_by, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        cluster.0,
        new.source.as_str(),
        new.name,
        &secret_hash[..],
        created_at,
        new.by,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::intake) async fn list(pool: &PgPool) -> Result<Vec<TokenRow>, sqlx::Error> {
    sqlx::query_as!(
        TokenRow,
        r"SELECT t.id, c.name AS cluster, t.source, t.name, t.created_at, t.expires_at, t.revoked_at, t.last_used_at
          FROM intake_token t JOIN cluster c ON c.id = t.cluster_id
          ORDER BY t.created_at DESC, t.id DESC",
    )
    .fetch_all(pool)
    .await
}

/// Whether there was one to revoke.
pub(in crate::intake) async fn revoke(
    db: &mut PgConnection,
    id: Uuid,
    by: &str,
    at: Instant,
) -> Result<bool, sqlx::Error> {
    let revoked = sqlx::query!(
        "UPDATE intake_token SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL",
        id,
        at,
        by,
    );
    Ok(revoked.execute(db).await?.rows_affected() == 1)
}

pub(in crate::intake) async fn find(pool: &PgPool, id: Uuid) -> Result<Option<Kept>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT t.cluster_id, t.source, t.secret_hash, t.expires_at, t.revoked_at, t.last_used_at,
                  c.valid_to IS NOT NULL AS "cluster_ended!"
           FROM intake_token t JOIN cluster c ON c.id = t.cluster_id
           WHERE t.id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        Ok(Kept {
            cluster: ClusterId(row.cluster_id),
            source: word(&row.source)?,
            secret_hash: row.secret_hash,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            last_used_at: row.last_used_at,
            cluster_ended: row.cluster_ended,
        })
    })
    .transpose()
}

pub(in crate::intake) async fn note_use(pool: &PgPool, id: Uuid, at: Instant) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE intake_token SET last_used_at = $2 WHERE id = $1", id, at).execute(pool).await?;
    Ok(())
}
