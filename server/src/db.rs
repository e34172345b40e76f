//! The connection pool, the migrations, and the role that the application works as.

use sqlx::{
    PgPool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;

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
            Box::pin(async move { sqlx::query!("SET ROLE bevis_app").execute(connection).await.map(|_| ()) })
        })
        .connect_lazy_with(options)
}

/// Brings the schema up to date, as the owner of the database. Idempotent; waits for another server doing the same.
pub async fn migrate(options: PgConnectOptions) -> Result<(), MigrateError> {
    let owner = PgPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(3)).connect_with(options).await?;
    let outcome = MIGRATIONS.run(&owner).await;
    owner.close().await;
    outcome
}
