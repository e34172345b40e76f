//! The connection pool, the migrations, the role that the application works as, and what every store shares.

use model::{Instant, ids::UnknownWord};
use sqlx::{
    PgPool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};
use uuid::{NoContext, Timestamp, Uuid};

/// Forward-only migrations, embedded.
pub static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// Opens a pool whose connections work as `bevis_app`, which may add to history but never alter it.
///
/// Connects lazily: PostgreSQL may be away at start.
pub fn pool(options: PgConnectOptions, max_connections: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(Duration::from_secs(3))
        .after_connect(|connection, _| {
            Box::pin(async move {
                // Plans that do not look at the instant asked for read all of the past to find now.
                sqlx::query!("SET plan_cache_mode = force_custom_plan").execute(&mut *connection).await?;
                sqlx::query!("SET jit = off").execute(&mut *connection).await?;
                sqlx::query!("SET ROLE bevis_app").execute(connection).await.map(|_| ())
            })
        })
        .connect_lazy_with(options)
}

/// Brings the schema up to date, as the owner of the database. Idempotent; waits for another server doing the same.
pub async fn migrate(options: PgConnectOptions) -> Result<(), MigrateError> {
    let owner =
        PgPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(3)).connect_with(options).await?;
    let outcome = MIGRATIONS.run(&owner).await;
    owner.close().await;
    outcome
}

/// A new id (UUID version 7) whose time part is `at`, so that ids sort by when they were given.
pub fn new_id(at: Instant) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, at.timestamp_subsec_nanos()))
}

/// Reads a word that a CHECK of the schema keeps to an enum's.
pub(crate) fn word<T: FromStr<Err = UnknownWord>>(text: &str) -> Result<T, sqlx::Error> {
    text.parse().map_err(|error: UnknownWord| sqlx::Error::Decode(error.into()))
}

/// A count as PostgreSQL's `integer`; one that does not fit reads as the largest that does.
pub(crate) fn integer(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}

/// A count as PostgreSQL's `bigint`; one that does not fit reads as the largest that does.
pub(crate) fn large(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}
