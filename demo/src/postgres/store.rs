//! The SQL that makes the database. Statements that define cannot be checked by the macros.

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions};
use std::time::Duration;

/// Whether the server takes connections.
pub(super) async fn answers(options: &PgConnectOptions) -> bool {
    match tokio::time::timeout(Duration::from_secs(2), options.connect()).await {
        Ok(Ok(connection)) => connection.close().await.is_ok(),
        _ => false,
    }
}

/// Makes a database where it is missing; with `afresh`, throws an old one away first. `name` is ours, never a visitor's.
pub(super) async fn make_database(
    options: &PgConnectOptions,
    name: &'static str,
    afresh: bool,
) -> Result<(), sqlx::Error> {
    let mut db = options.connect().await?;
    if afresh {
        sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))).execute(&mut db).await?;
    }
    match sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut db).await {
        // 42P04: it is there.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P04") => {}
        outcome => outcome.map(|_| ())?,
    }
    db.close().await
}
