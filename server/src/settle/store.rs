//! The SQL of settling: one advisory lock, one row.

use chrono::TimeDelta;
use model::Instant;
use sqlx::{PgConnection, PgPool};

/// Shared by writers of history, exclusive for whoever settles an instant. Taken before any other lock.
const HISTORY_LOCK: i64 = 0x6265_7669_735f_6873;

/// Joins the writers of history until the transaction ends, and tells the instant to record at: `at`,
/// or just after what is settled where that is later. Call it first in the transaction.
///
/// Two statements on purpose: the second must see what was settled while the first waited (so not under `REPEATABLE READ`).
pub async fn join(db: &mut PgConnection, at: Instant) -> Result<Instant, sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock_shared($1)", HISTORY_LOCK).execute(&mut *db).await?;
    let until = sqlx::query_scalar!("SELECT until FROM settled").fetch_one(db).await?;
    Ok(at.max(until + TimeDelta::microseconds(1)))
}

/// Waits until nobody else writes history, and keeps them waiting until the transaction ends; answers like [`join`].
pub async fn alone(db: &mut PgConnection, at: Instant) -> Result<Instant, sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", HISTORY_LOCK).execute(&mut *db).await?;
    let until = sqlx::query_scalar!("SELECT until FROM settled").fetch_one(db).await?;
    Ok(at.max(until + TimeDelta::microseconds(1)))
}

/// Settles everything up to and including `at`: waits for the writers in flight, and bars later ones from that past.
/// `at` must not lie in the future, or nothing could be recorded now.
pub async fn close(pool: &PgPool, at: Instant) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", HISTORY_LOCK).execute(&mut *transaction).await?;
    sqlx::query!("UPDATE settled SET until = $1 WHERE until < $1", at).execute(&mut *transaction).await?;
    transaction.commit().await
}
