//! The SQL of retention. The functions that change anything run as the owner of the database.

use super::Class;
use crate::settle;
use chrono::NaiveDate;
use model::Instant;
use sqlx::{PgConnection, PgPool};

/// From when on a class is retained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// The instant before which nothing is left.
    pub from: Instant,
    /// For how many months the policy that dropped it last keeps such data.
    pub months: i32,
}

/// What a policy drops, or has dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The oldest of it.
    pub from: Instant,
    /// The instant before which nothing is left.
    pub until: Instant,
    /// How many rows.
    pub rows: i64,
}

/// Makes the months up to the one of a day; tells how many rows had fallen where no month was.
pub(super) async fn make_months(pool: &PgPool, until: NaiveDate) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT make_months($1) AS "strays!""#, until).fetch_one(pool).await
}

/// What a policy of so many months would drop at an instant; `None` where there is nothing.
///
/// # Errors
/// What PostgreSQL says.
pub async fn due(pool: &PgPool, class: Class, months: i32, at: Instant) -> Result<Option<Dropped>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT due_from AS "from!", due_until AS "until!", due_rows AS "rows!" FROM retention_due($1, $2, $3)"#,
        class.as_str(),
        months,
        at,
    )
    .map(|row| Dropped { from: row.from, until: row.until, rows: row.rows })
    .fetch_optional(pool)
    .await
}

/// Drops what a policy of so many months says, with its entry in the ledger; `None` where there was nothing. Of findings, no
/// more than a bounded number of rows at once: call it again until there is nothing.
///
/// # Errors
/// What PostgreSQL says; among it that the table was in use for too long. Nothing is dropped then.
pub async fn drop(pool: &PgPool, class: Class, months: i32, at: Instant) -> Result<Option<Dropped>, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let at = match class {
        // It takes from the tables that every scan writes to.
        Class::Findings => settle::alone(&mut tx, at).await?,
        _ => settle::join(&mut tx, at).await?,
    };
    let dropped = sqlx::query!(
        r#"SELECT due_from AS "from!", due_until AS "until!", due_rows AS "rows!" FROM retention_drop($1, $2, $3)"#,
        class.as_str(),
        months,
        at,
    )
    .map(|row| Dropped { from: row.from, until: row.until, rows: row.rows })
    .fetch_optional(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(dropped)
}

/// The instant before which nothing of a class is left; `None` where nothing was ever dropped.
///
/// # Errors
/// What PostgreSQL says.
pub async fn retained_from(db: &mut PgConnection, class: Class) -> Result<Option<Instant>, sqlx::Error> {
    sqlx::query_scalar!("SELECT max(dropped_until) FROM retention WHERE class = $1", class.as_str()).fetch_one(db).await
}

/// The instant before which nothing of a class is left, with the policy; `None` where nothing was ever dropped.
///
/// # Errors
/// What PostgreSQL says.
pub async fn horizon(db: &mut PgConnection, class: Class) -> Result<Option<Horizon>, sqlx::Error> {
    sqlx::query!(
        "SELECT dropped_until, months FROM retention WHERE class = $1 ORDER BY dropped_until DESC, id DESC LIMIT 1",
        class.as_str(),
    )
    .map(|row| Horizon { from: row.dropped_until, months: row.months })
    .fetch_optional(db)
    .await
}
