//! When somebody last worked with findings, so that what has changed since can be marked.
//!
//! A visit ends with half an hour in which nothing is looked at: what was new when it began stays new until then.
//! Reads and writes: the newest visit of each person; no history.

mod store;

use chrono::TimeDelta;
use model::{Instant, ids::PersonId};
use sqlx::PgConnection;

/// Silence that ends a visit.
const SILENCE: TimeDelta = TimeDelta::minutes(30);
/// How often it is noted that a visit goes on.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Notes that a person looks at findings now, and tells since when things are new to them: since the end of the visit
/// before, or since this one began where it is the first.
pub async fn attend(db: &mut PgConnection, person: PersonId, now: Instant) -> Result<Instant, sqlx::Error> {
    let known = store::find(db, person).await?;
    if let Some(visit) = known.filter(|visit| visit.seen_at + NOTED_EVERY > now) {
        return Ok(visit.since());
    }
    Ok(store::note(db, person, now, now - SILENCE).await?.since())
}

/// Since when things are new to a person, without noting that they look; `None` where they never have.
pub async fn since(db: &mut PgConnection, person: PersonId) -> Result<Option<Instant>, sqlx::Error> {
    Ok(store::find(db, person).await?.map(|visit| visit.since()))
}
