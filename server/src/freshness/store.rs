//! The SQL of freshness budgets.

use model::Instant;
use sqlx::PgConnection;

/// Held while the settings are brought in line with the configuration.
const SETTINGS_LOCK: i64 = 0x6265_7669_735f_6662;

/// A budget that is or was in force.
pub(super) struct Interval {
    pub(super) id: i64,
    pub(super) scope: String,
    pub(super) name: String,
    pub(super) seconds: i32,
    pub(super) valid_from: Instant,
    pub(super) valid_to: Option<Instant>,
}

pub(super) async fn lock(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", SETTINGS_LOCK).execute(db).await?;
    Ok(())
}

/// What is in force now.
pub(super) async fn current(db: &mut PgConnection) -> Result<Vec<Interval>, sqlx::Error> {
    sqlx::query_as!(
        Interval,
        "SELECT id, scope, name, seconds, valid_from, valid_to FROM freshness_budget WHERE valid_to IS NULL ORDER BY scope, name",
    )
    .fetch_all(db)
    .await
}

/// Everything that was set until an instant, in the order of time.
pub(super) async fn until(db: &mut PgConnection, at: Instant) -> Result<Vec<Interval>, sqlx::Error> {
    sqlx::query_as!(
        Interval,
        r#"SELECT id, scope, name, seconds, valid_from, CASE WHEN valid_to <= $1 THEN valid_to END AS "valid_to?"
           FROM freshness_budget
           WHERE valid_from <= $1
           ORDER BY valid_from, id"#,
        at,
    )
    .fetch_all(db)
    .await
}

pub(super) async fn end(db: &mut PgConnection, ids: &[i64], at: Instant) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE freshness_budget SET valid_to = $2 WHERE id = ANY($1)", ids, at).execute(db).await?;
    Ok(())
}

/// Begins budgets: scope, name, seconds.
pub(super) async fn begin(db: &mut PgConnection, set: &[(&str, &str, i32)], at: Instant) -> Result<(), sqlx::Error> {
    let scopes: Vec<String> = set.iter().map(|(scope, ..)| (*scope).to_owned()).collect();
    let names: Vec<String> = set.iter().map(|(_, name, _)| (*name).to_owned()).collect();
    let seconds: Vec<i32> = set.iter().map(|(.., seconds)| *seconds).collect();
    sqlx::query!(
        r"INSERT INTO freshness_budget (scope, name, seconds, valid_from)
          SELECT s.scope, s.name, s.seconds, $4 FROM UNNEST($1::text[], $2::text[], $3::integer[]) AS s (scope, name, seconds)",
        &scopes,
        &names,
        &seconds,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
