//! Taking another zone: its days are counted from all of history at once, while nobody records.

use super::{Zone, store};
use crate::{ledger, settle};
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use model::Instant;
use serde::Serialize;
use sqlx::PgPool;

#[derive(Serialize)]
struct Entry {
    from: &'static str,
    to: &'static str,
}

/// Counts days by this zone from `at` on, the past included; with an entry in the ledger where it is another than before.
///
/// What was asked as of an earlier instant is still told by the days of the zone that was in force then.
pub async fn adopt(pool: &PgPool, time_zone: Tz, at: Instant) -> Result<Zone, sqlx::Error> {
    let before = store::current(&mut *pool.acquire().await?).await?;
    if before.time_zone == time_zone {
        return Ok(before);
    }
    let mut tx = pool.begin().await?;
    let at = settle::alone(&mut tx, at).await?;
    // Another server may have been first.
    let before = store::current(&mut tx).await?;
    if before.time_zone == time_zone {
        return Ok(before);
    }
    let zone = Zone { id: before.id + 1, time_zone };
    let at = store::insert(&mut tx, zone, at).await?;
    if let Some((first, last)) = store::span(&mut tx, before).await? {
        let days = days(first, last.max(zone.day_of(at)));
        let starts: Vec<Instant> = days.iter().map(|day| zone.start_of(*day)).collect();
        let ends: Vec<Instant> = days.iter().map(|day| zone.end_of(*day)).collect();
        store::fill(&mut tx, before, zone, &days, &starts, &ends).await?;
    }
    let entry = Entry { from: before.time_zone.name(), to: time_zone.name() };
    ledger::append(&mut tx, at, "system", "settings.time_zone", &entry).await?;
    tx.commit().await?;
    Ok(zone)
}

/// The days from the one before `first` to the one after `last`: another zone may move what happened by one.
fn days(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let before = first.checked_sub_days(Days::new(1)).unwrap_or(first);
    let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
    before.iter_days().take_while(|day| *day <= after).collect()
}
