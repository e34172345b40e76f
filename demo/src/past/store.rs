//! The SQL of the demo's people.

use ::fleet::provider::Person;
use chrono::{DateTime, Utc};
use model::ids::PersonId;
use server::decisions::Actor;
use sqlx::PgPool;
use uuid::Uuid;

/// A person as their first log-in would have made them known.
pub(super) async fn person(
    pool: &PgPool,
    issuer: &str,
    person: &Person,
    at: DateTime<Utc>,
) -> Result<Actor, sqlx::Error> {
    let id = sqlx::query_scalar!(
        r#"
        INSERT INTO person (id, issuer, subject, name, email, created_at, last_login_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6)
        ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name
        RETURNING id
        "#,
        Uuid::now_v7(),
        issuer,
        person.subject(),
        person.name,
        person.email,
        at,
    )
    .fetch_one(pool)
    .await?;
    Ok(Actor { person: PersonId(id), name: person.name.clone() })
}
