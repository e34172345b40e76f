//! The SQL of the catalogues in force.

use model::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

/// Held while a catalogue is noted, so that two servers that start at once note it once.
const NOTE_LOCK: i64 = 0x6265_7669_735f_6361;

/// A catalogue, and since when it was in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// See [`model::catalogue::Catalogue::digest`].
    pub digest: Uuid,
    /// Since when.
    pub since: Instant,
    /// The version of Bevis that brought it.
    pub version: String,
}

pub(super) async fn lock(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", NOTE_LOCK).execute(db).await?;
    Ok(())
}

pub(super) async fn newest(db: &mut PgConnection) -> Result<Option<InForce>, sqlx::Error> {
    sqlx::query_as!(InForce, "SELECT digest, since, version FROM catalogue_in_force ORDER BY since DESC LIMIT 1")
        .fetch_optional(db)
        .await
}

pub(super) async fn at(db: &mut PgConnection, at: Instant) -> Result<Option<InForce>, sqlx::Error> {
    sqlx::query_as!(
        InForce,
        "SELECT digest, since, version FROM catalogue_in_force WHERE since <= $1 ORDER BY since DESC LIMIT 1",
        at
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn insert(
    db: &mut PgConnection,
    since: Instant,
    digest: Uuid,
    version: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!("INSERT INTO catalogue_in_force (since, digest, version) VALUES ($1, $2, $3)", since, digest, version)
        .execute(db)
        .await?;
    Ok(())
}
