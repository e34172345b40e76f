//! People for tests, and what the tables hold after a story.

use model::{Instant, ids::PersonId};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A person.
pub async fn person(db: &mut PgConnection, name: &str, at: Instant) -> PersonId {
    let id = Uuid::now_v7();
    sqlx::query!(
        "INSERT INTO person (id, issuer, subject, name, created_at, last_login_at) VALUES ($1, 'test', $2, $3, $4, $4)",
        id,
        id.to_string(),
        name,
        at,
    )
    .execute(db)
    .await
    .unwrap();
    id.into()
}

/// Sessions that are not ended.
pub async fn open_sessions(pool: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM session WHERE ended_at IS NULL"#)
        .fetch_one(pool)
        .await
        .unwrap()
}

/// How the ended ones ended, in alphabetical order.
pub async fn ends(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar!(r#"SELECT ended_by AS "ended_by!" FROM session WHERE ended_at IS NOT NULL ORDER BY 1"#)
        .fetch_all(pool)
        .await
        .unwrap()
}

/// People known.
pub async fn people(pool: &PgPool) -> Vec<(String, String, String)> {
    sqlx::query!("SELECT issuer, subject, name FROM person ORDER BY created_at, id")
        .map(|row| (row.issuer, row.subject, row.name))
        .fetch_all(pool)
        .await
        .unwrap()
}

/// The ledger: action and payload, oldest first.
pub async fn ledger(pool: &PgPool) -> Vec<(String, String)> {
    sqlx::query!("SELECT action, payload FROM ledger ORDER BY seq")
        .map(|row| (row.action, row.payload))
        .fetch_all(pool)
        .await
        .unwrap()
}

/// Of the entries of actions that begin so: how many name a person by their id, and how many do not.
pub async fn named_by_id(pool: &PgPool, actions: &str) -> (i64, i64) {
    let row = sqlx::query!(
        r#"SELECT count(p.id) AS "by_id!", count(*) - count(p.id) AS "others!"
           FROM ledger l LEFT JOIN person p ON p.id::text = l.payload::json ->> 'person'
           WHERE starts_with(l.action, $1)"#,
        actions,
    );
    row.fetch_one(pool).await.map(|row| (row.by_id, row.others)).unwrap()
}

/// Log-ins on their way.
pub async fn pending(pool: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM pending_login"#).fetch_one(pool).await.unwrap()
}
