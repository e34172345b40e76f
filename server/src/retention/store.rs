//! The SQL of retention. The functions that change anything run as the owner of the database.

use super::Class;
use chrono::NaiveDate;
use model::Instant;
use sqlx::{PgConnection, PgPool};

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

/// Drops what a policy of so many months says, with its entry in the ledger; `None` where there was nothing.
///
/// # Errors
/// What PostgreSQL says; among it that the table was in use for too long. Nothing is dropped then.
pub async fn drop(pool: &PgPool, class: Class, months: i32, at: Instant) -> Result<Option<Dropped>, sqlx::Error> {
    let mut tx = pool.begin().await?;
    let at = crate::settle::join(&mut tx, at).await?;
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
