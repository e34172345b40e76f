//! The SQL of visits.

use model::{Instant, ids::PersonId};
use sqlx::PgConnection;

/// The newest visit of a person.
#[expect(clippy::struct_field_names, reason = "the words of the columns")]
pub(super) struct Visit {
    began_at: Instant,
    pub(super) seen_at: Instant,
    before_at: Option<Instant>,
}

impl Visit {
    pub(super) fn since(&self) -> Instant {
        self.before_at.unwrap_or(self.began_at)
    }
}

pub(super) async fn find(db: &mut PgConnection, person: PersonId) -> Result<Option<Visit>, sqlx::Error> {
    sqlx::query_as!(Visit, "SELECT began_at, seen_at, before_at FROM visit WHERE person_id = $1", person.0)
        .fetch_optional(db)
        .await
}

/// Notes that a person looks now; another visit begins where nothing was looked at since `silent_since`.
pub(super) async fn note(
    db: &mut PgConnection,
    person: PersonId,
    now: Instant,
    silent_since: Instant,
) -> Result<Visit, sqlx::Error> {
    sqlx::query_as!(
        Visit,
        r"INSERT INTO visit (person_id, began_at, seen_at) VALUES ($1, $2, $2)
          ON CONFLICT (person_id) DO UPDATE SET
              before_at = CASE WHEN visit.seen_at <= $3 THEN visit.seen_at ELSE visit.before_at END,
              began_at = CASE WHEN visit.seen_at <= $3 THEN $2 ELSE visit.began_at END,
              seen_at = greatest(visit.seen_at, $2)
          RETURNING began_at, seen_at, before_at",
        person.0,
        now,
        silent_since,
    )
    .fetch_one(db)
    .await
}
