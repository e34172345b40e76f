//! The SQL of saved views.

use super::Says;
use model::{Instant, ids::PersonId, views::SavedView};
use sqlx::PgConnection;
use uuid::Uuid;

/// Views of a list at most.
const MOST_LISTED: i64 = 1_000;

/// Waits for its turn with the views of a person.
pub(super) async fn lock(db: &mut PgConnection, person: PersonId) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended('saved_view ' || $1::uuid, 0))", person.0)
        .execute(db)
        .await
        .map(drop)
}

/// A person's views at an instant, and those that are shared. Only its owner says what a view says, so that who said it is
/// what they were called then.
pub(super) async fn list(db: &mut PgConnection, person: PersonId, at: Instant) -> Result<Vec<SavedView>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT v.id, v.person_id, s.said_by AS owner_name, s.name, s.query, s.shared, s.said_at
           FROM (
               SELECT id FROM saved_view WHERE person_id = $1
               UNION
               SELECT view_id FROM saved_view_version WHERE shared
           ) AS seen
           JOIN saved_view v ON v.id = seen.id
           CROSS JOIN LATERAL (
               SELECT * FROM saved_view_version
               WHERE view_id = v.id AND said_at <= $2
               ORDER BY said_at DESC, version DESC LIMIT 1
           ) AS s
           WHERE NOT s.removed AND (s.shared OR v.person_id = $1)
           ORDER BY lower(s.name), v.id
           LIMIT $3"#,
        person.0,
        at,
        MOST_LISTED,
    )
    .map(|row| SavedView {
        id: row.id,
        name: row.name,
        query: row.query,
        shared: row.shared,
        owner: PersonId(row.person_id),
        owner_name: row.owner_name,
        changed_at: row.said_at,
    })
    .fetch_all(db)
    .await
}

/// A view at an instant, whoever may see it.
pub(super) async fn find(db: &mut PgConnection, id: Uuid, at: Instant) -> Result<Option<SavedView>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT v.id, v.person_id, s.said_by AS owner_name, s.name, s.query, s.shared, s.said_at
           FROM saved_view v
           CROSS JOIN LATERAL (
               SELECT * FROM saved_view_version
               WHERE view_id = v.id AND said_at <= $2
               ORDER BY said_at DESC, version DESC LIMIT 1
           ) AS s
           WHERE v.id = $1 AND NOT s.removed"#,
        id,
        at,
    )
    .map(|row| SavedView {
        id: row.id,
        name: row.name,
        query: row.query,
        shared: row.shared,
        owner: PersonId(row.person_id),
        owner_name: row.owner_name,
        changed_at: row.said_at,
    })
    .fetch_optional(db)
    .await
}

/// How many views a person has at an instant.
pub(super) async fn count(db: &mut PgConnection, person: PersonId, at: Instant) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!"
           FROM saved_view v
           CROSS JOIN LATERAL (
               SELECT removed FROM saved_view_version
               WHERE view_id = v.id AND said_at <= $2
               ORDER BY said_at DESC, version DESC LIMIT 1
           ) AS s
           WHERE v.person_id = $1 AND NOT s.removed"#,
        person.0,
        at,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn insert(db: &mut PgConnection, id: Uuid, person: PersonId, at: Instant) -> Result<(), sqlx::Error> {
    sqlx::query!("INSERT INTO saved_view (id, person_id, created_at) VALUES ($1, $2, $3)", id, person.0, at)
        .execute(db)
        .await
        .map(drop)
}

/// What a view says from an instant on.
pub(super) async fn say(
    db: &mut PgConnection,
    id: Uuid,
    says: &Says,
    removed: bool,
    by: &str,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO saved_view_version (view_id, name, query, shared, removed, said_by, said_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id,
        says.name,
        says.query,
        says.shared,
        removed,
        by,
        at,
    )
    .execute(db)
    .await
    .map(drop)
}
