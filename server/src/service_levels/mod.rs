//! Service levels: what was in force when, and how findings stand to it. The rule is `model::service_level`.
//!
//! Reads: what was put in force, intervals of findings, what was decided and accepted. Writes: what the configuration says, as
//! it changes, with a ledger entry. Never: writes down how a finding stands; that follows from what is recorded, at any
//! instant.

mod adopt;
mod filter;
mod store;

pub use adopt::adopt;
pub(crate) use filter::{Limit, Standing};
pub(crate) use store::said;

use crate::days;
use chrono_tz::Tz;
use model::{
    Instant,
    service_level::{Book, ServiceLevel, Version},
};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Every version until an instant, with the zone whose clocks count then.
pub(crate) async fn book(db: &mut PgConnection, at: Instant) -> Result<Book<Tz>, sqlx::Error> {
    let versions = Version::all(store::versions(db, at).await?);
    Ok(Book { zone: days::as_of(db, at).await?.time_zone, versions })
}

/// How the findings of some intervals, each the newest of its finding at an instant, stand then. What has no clock is not
/// there.
pub(crate) async fn judged(
    db: &mut PgConnection,
    intervals: &[i64],
    at: Instant,
) -> Result<HashMap<Uuid, ServiceLevel>, sqlx::Error> {
    let book = book(db, at).await?;
    judged_by(db, &book, intervals, at).await
}

async fn judged_by(
    db: &mut PgConnection,
    book: &Book<Tz>,
    intervals: &[i64],
    at: Instant,
) -> Result<HashMap<Uuid, ServiceLevel>, sqlx::Error> {
    if book.versions.is_empty() {
        return Ok(HashMap::new());
    }
    let failing = store::failing(db, intervals, at).await?;
    let judged = failing.into_iter().map(|(finding, failing)| (finding, book.judge(&failing, at)));
    Ok(judged.filter(|(_, level)| *level != ServiceLevel::default()).collect())
}
