//! The SQL of packs: a queue and a shelf in one table.

use model::{
    Instant,
    ids::{PackId, PersonId},
    views::{PackRow, PackScope, PackStatus},
};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgPool, Postgres, Transaction, types::Json};
use uuid::Uuid;

/// Packs that the list shows at most, newest first.
const LISTED: i64 = 200;
/// How often building is begun at most.
pub(super) const MAX_ATTEMPTS: i32 = 3;

/// A scope as it is kept, without its instant, which has a column.
#[derive(Debug, Deserialize, Serialize)]
struct Kept {
    clusters: Vec<String>,
    controls: Vec<model::ids::ControlId>,
    // Packs of before there were periods have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<Instant>,
    language: String,
    time_zone: String,
    #[serde(default)]
    objects: bool,
}

impl Kept {
    fn of(scope: &PackScope) -> Self {
        let PackScope { clusters, controls, as_of: _, since, language, time_zone, objects } = scope.clone();
        Self { clusters, controls, since, language, time_zone, objects }
    }

    fn at(self, as_of: Instant) -> PackScope {
        let Self { clusters, controls, since, language, time_zone, objects } = self;
        PackScope { clusters, controls, as_of, since, language, time_zone, objects }
    }
}

/// A pack whose turn has come.
#[derive(Debug)]
pub(super) struct Claimed {
    pub(super) id: PackId,
    pub(super) scope: PackScope,
    pub(super) attempts: i32,
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: PackId,
    scope: &PackScope,
    by: PersonId,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO pack (id, scope, as_of, created_by, created_at, status) VALUES ($1, $2, $3, $4, $5, 'queued')",
        id.0,
        Json(Kept::of(scope)) as _,
        scope.as_of,
        by.0,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Packs asked for until an instant, newest first; or the one of an id.
pub(super) async fn rows(db: &mut PgConnection, id: Option<PackId>, at: Instant) -> Result<Vec<PackRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT p.id,
                  p.scope AS "scope: Json<Kept>",
                  p.as_of,
                  person.name AS created_by,
                  p.created_at,
                  p.status,
                  p.error_id,
                  p.sha256,
                  coalesce(octet_length(p.archive), 0)::bigint AS "size!"
           FROM pack p JOIN person ON person.id = p.created_by
           WHERE p.created_at <= $1 AND ($2::uuid IS NULL OR p.id = $2)
           ORDER BY p.created_at DESC, p.id DESC
           LIMIT $3"#,
        at,
        id.map(|id| id.0),
        LISTED
    )
    .fetch_all(db)
    .await?;
    let row = rows.into_iter().map(|row| PackRow {
        id: PackId(row.id),
        scope: row.scope.0.at(row.as_of),
        created_by: row.created_by,
        created_at: row.created_at,
        status: status(&row.status, row.sha256, row.size, row.error_id),
    });
    Ok(row.collect())
}

fn status(word: &str, sha256: Option<String>, size: i64, error_id: Option<String>) -> PackStatus {
    match (word, sha256) {
        ("ready", Some(sha256)) => PackStatus::Ready { sha256, size },
        ("failed", _) => PackStatus::Failed { error_id: error_id.unwrap_or_default() },
        ("building", _) => PackStatus::Building,
        _ => PackStatus::Queued,
    }
}

/// The bytes of a pack that is ready, with its digest and instant.
pub(super) async fn archive(
    db: &mut PgConnection,
    id: PackId,
) -> Result<Option<(Vec<u8>, String, Instant)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT archive AS "archive!", sha256 AS "sha256!", as_of FROM pack WHERE id = $1 AND status = 'ready'"#,
        id.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.archive, row.sha256, row.as_of)))
}

/// Takes the oldest pack that waits, or whose builder is gone: its row is not locked then. Marks it as being built.
pub(super) async fn claim(pool: &PgPool, at: Instant) -> Result<Option<Claimed>, sqlx::Error> {
    let row = sqlx::query!(
        r#"UPDATE pack SET status = 'building', started_at = $1, attempts = attempts + 1
           WHERE id = (SELECT id FROM pack WHERE status IN ('queued', 'building')
                       ORDER BY created_at, id FOR UPDATE SKIP LOCKED LIMIT 1)
           RETURNING id, scope AS "scope: Json<Kept>", as_of, attempts"#,
        at
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Claimed { id: PackId(row.id), scope: row.scope.0.at(row.as_of), attempts: row.attempts }))
}

/// Holds a claimed pack's row until the transaction ends: as long as its builder lives. `false` where another holds it.
pub(super) async fn hold(transaction: &mut Transaction<'_, Postgres>, id: PackId) -> Result<bool, sqlx::Error> {
    let held: Option<Uuid> =
        sqlx::query_scalar!("SELECT id FROM pack WHERE id = $1 AND status = 'building' FOR UPDATE SKIP LOCKED", id.0)
            .fetch_optional(&mut **transaction)
            .await?;
    Ok(held.is_some())
}

pub(super) async fn ready(db: &mut PgConnection, id: PackId, archive: &[u8], sha256: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE pack SET status = 'ready', archive = $2, sha256 = $3 WHERE id = $1", id.0, archive, sha256)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn failed(db: &mut PgConnection, id: PackId, error_id: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE pack SET status = 'failed', error_id = $2 WHERE id = $1", id.0, error_id).execute(db).await?;
    Ok(())
}

/// Makes everything that the transaction reads one moment's.
pub(super) async fn one_snapshot(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").execute(db).await?;
    Ok(())
}
