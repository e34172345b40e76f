//! A database of its own, with the schema, that is dropped at the end.

use anyhow::Context;
use server::db;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgPool, postgres::PgConnectOptions};
use std::str::FromStr;

/// The scratch database.
pub(crate) struct Scratch {
    server: PgConnectOptions,
    name: String,
    /// Works as the application does.
    pub(crate) app: PgPool,
    /// Works as the owner, for what only the bench does.
    pub(crate) owner: PgPool,
}

impl Scratch {
    /// Creates it on the server that `url` names.
    pub(crate) async fn create(url: &str) -> anyhow::Result<Self> {
        let server = PgConnectOptions::from_str(url).context("DATABASE_URL cannot be read")?;
        let name = format!("bevis_bench_{}", uuid::Uuid::new_v4().simple());
        execute(&server, format!("CREATE DATABASE {name}")).await.context("the scratch database cannot be created")?;
        let options = server.clone().database(&name);
        db::migrate(options.clone()).await?;
        let owner = PgPool::connect_with(options.clone()).await?;
        Ok(Self { server, name, app: db::pool(options, 4), owner })
    }

    /// What the figures were measured on.
    pub(crate) async fn describe(&self) -> anyhow::Result<String> {
        let row = sqlx::query!(
            r#"SELECT current_setting('server_version') AS "version!", current_setting('fsync') AS "fsync!",
                      current_setting('synchronous_commit') AS "commit!", current_setting('shared_buffers') AS "buffers!""#
        )
        .fetch_one(&self.owner)
        .await?;
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        Ok(format!(
            "PostgreSQL {}, fsync {}, synchronous_commit {}, shared_buffers {}; {cores} cores; {} build\n",
            row.version,
            row.fsync,
            row.commit,
            row.buffers,
            if cfg!(debug_assertions) { "unoptimised" } else { "optimised" },
        ))
    }

    /// Where it is, for a program of its own.
    pub(crate) fn url(&self) -> String {
        self.server.clone().database(&self.name).to_url_lossy().to_string()
    }

    /// Bytes of WAL that the whole server has written until now.
    pub(crate) async fn wal(&self) -> anyhow::Result<i64> {
        let bytes =
            sqlx::query_scalar!(r#"SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS "bytes!""#);
        Ok(bytes.fetch_one(&self.owner).await?)
    }

    /// What a database does by itself from time to time.
    pub(crate) async fn tidy(&self) -> anyhow::Result<()> {
        self.owner.execute("VACUUM ANALYZE").await?;
        self.owner.execute("CHECKPOINT").await?;
        Ok(())
    }

    /// Drops it.
    pub(crate) async fn drop(self) -> anyhow::Result<()> {
        self.app.close().await;
        self.owner.close().await;
        execute(&self.server, format!("DROP DATABASE {} WITH (FORCE)", self.name)).await
    }
}

async fn execute(server: &PgConnectOptions, statement: String) -> anyhow::Result<()> {
    let mut connection = server.connect().await?;
    connection.execute(AssertSqlSafe(statement)).await?;
    Ok(connection.close().await?)
}
