//! The nightly run, and the command that does the same or says what it would do.

use super::{Class, Dropped, store};
use crate::{app::App, config::RetentionSettings};
use chrono::{Days, Months, NaiveTime};
use model::Instant;
use sqlx::PgPool;
use std::time::Duration;

/// Months that are made ahead.
const AHEAD: Months = Months::new(3);
/// When the nightly run begins, in UTC.
const NIGHT: NaiveTime = NaiveTime::from_hms_opt(2, 30, 0).expect("a time of the day");

/// Makes months when the server starts and every night, and drops every night what the policies say, until the server is to stop.
pub async fn work(app: App) {
    tell_strays(make_months(&app.db, app.clock.now()).await);
    while app.shutdown.run_until_cancelled(tokio::time::sleep(until_night(app.clock.now()))).await.is_some() {
        let now = app.clock.now();
        tell_strays(make_months(&app.db, now).await);
        if let Err(error) = run(&app.db, app.config.retention, now).await {
            metrics::counter!("bevis_retention_failures_total").increment(1);
            tracing::error!(%error, "retention failed; nothing was dropped, and it is tried again tomorrow");
        }
    }
}

/// Makes the months of the log up to three months after an instant; tells how many rows had no month of their own.
///
/// # Errors
/// What PostgreSQL says.
pub async fn make_months(pool: &PgPool, at: Instant) -> Result<i64, sqlx::Error> {
    let today = at.date_naive();
    store::make_months(pool, today.checked_add_months(AHEAD).unwrap_or(today)).await
}

fn tell_strays(made: Result<i64, sqlx::Error>) {
    match made {
        Ok(0) => {}
        Ok(strays) => {
            metrics::counter!("bevis_retention_strays_total").increment(u64::try_from(strays).unwrap_or_default());
            tracing::error!(strays, "scans were recorded in a month that had not been made; they were moved to it now");
        }
        Err(error) => {
            metrics::counter!("bevis_retention_failures_total").increment(1);
            tracing::error!(%error, "the months ahead could not be made; what is recorded after them falls into the default partition");
        }
    }
}

fn until_night(now: Instant) -> Duration {
    let tonight = now.date_naive().and_time(NIGHT).and_utc();
    let next = if tonight > now { tonight } else { tonight.checked_add_days(Days::new(1)).unwrap_or(tonight) };
    (next - now).to_std().unwrap_or(Duration::from_hours(24))
}

/// Drops what the policies say at an instant, and tells what was dropped.
///
/// # Errors
/// What PostgreSQL says; what was dropped before stays dropped, and is recorded.
pub async fn run(
    pool: &PgPool,
    policies: RetentionSettings,
    at: Instant,
) -> Result<Vec<(Class, Dropped)>, sqlx::Error> {
    let mut all = Vec::new();
    for (class, months) in policies.policies() {
        if let Some(dropped) = whole(pool, class, months, at).await? {
            tracing::warn!(class = class.as_str(), from = %dropped.from, until = %dropped.until, rows = dropped.rows, "dropped by a policy of retention");
            all.push((class, dropped));
        }
    }
    Ok(all)
}

/// All that a policy drops of a class, in as many steps as that takes: others may write between two of them.
async fn whole(pool: &PgPool, class: Class, months: i32, at: Instant) -> Result<Option<Dropped>, sqlx::Error> {
    let mut all: Option<Dropped> = None;
    while let Some(part) = store::drop(pool, class, months, at).await? {
        all = Some(all.map_or_else(
            || part.clone(),
            |all| Dropped {
                from: all.from.min(part.from),
                until: all.until.max(part.until),
                rows: all.rows + part.rows,
            },
        ));
    }
    Ok(all)
}

/// `bevis retention`: drops what the policies say, or tells what they would; a line a class.
///
/// # Errors
/// What PostgreSQL says.
pub async fn command(
    pool: &PgPool,
    policies: RetentionSettings,
    at: Instant,
    dry_run: bool,
) -> Result<String, sqlx::Error> {
    let dropped = if dry_run { vec![] } else { run(pool, policies, at).await? };
    let mut lines = Vec::new();
    for class in Class::ALL {
        let policy = policies.policies().into_iter().find(|(of, _)| of == class);
        let Some((_, months)) = policy else {
            lines.push(format!("{}: kept for ever", class.as_str()));
            continue;
        };
        let found = if dry_run {
            store::due(pool, *class, months, at).await?
        } else {
            dropped.iter().find(|(of, _)| of == class).map(|(_, dropped)| dropped.clone())
        };
        let verb = if dry_run { "would drop" } else { "dropped" };
        let what = found.map_or_else(
            || "nothing to drop".to_owned(),
            |found| {
                format!(
                    "{verb} {} rows from {} until {}",
                    found.rows,
                    found.from.to_rfc3339(),
                    found.until.to_rfc3339()
                )
            },
        );
        lines.push(format!("{}: kept for {months} months; {what}", class.as_str()));
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};

    #[test]
    fn the_night_is_always_ahead() {
        let at = |hour, minute| Utc.with_ymd_and_hms(2026, 3, 2, hour, minute, 0).single().expect("an instant");
        assert_eq!(until_night(at(2, 0)), Duration::from_mins(30));
        assert_eq!(until_night(at(2, 30)), Duration::from_hours(24));
        assert_eq!(until_night(at(3, 30)), Duration::from_hours(23));
    }
}
