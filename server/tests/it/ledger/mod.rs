//! The ledger: what is in it, how it is read, whether it holds, and who else has its head.

mod chain;
mod entries;
mod heads;
mod page;

use chrono::{TimeDelta, TimeZone, Utc};
use model::Instant;
use sqlx::PgPool;

/// An instant before every test begins.
fn second(second: i64) -> Instant {
    Utc.with_ymd_and_hms(2026, 11, 1, 9, 0, 0).unwrap() + TimeDelta::seconds(second)
}

async fn append(pool: &PgPool, at: Instant, actor: &str, action: &str) -> i64 {
    let mut tx = pool.begin().await.unwrap();
    let seq = server::ledger::append(&mut tx, at, actor, action, &serde_json::json!({ "of": action })).await.unwrap();
    tx.commit().await.unwrap();
    seq
}
