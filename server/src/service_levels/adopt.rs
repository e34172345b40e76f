//! Putting service levels in force.

use super::store;
use crate::{ledger, settle};
use model::{Instant, service_level::ServiceLevels};
use sqlx::PgPool;

/// Puts what the configuration says in force from `at` on, with an entry in the ledger where it is other than before;
/// idempotent. How findings stood before is still told by what was in force then.
pub async fn adopt(pool: &PgPool, levels: &ServiceLevels, at: Instant) -> Result<(), sqlx::Error> {
    let levels = levels.clone().simplified();
    let mut tx = pool.begin().await?;
    let at = settle::alone(&mut tx, at).await?;
    let newest = store::versions(&mut tx, Instant::MAX_UTC).await?.pop();
    let before = newest.map(|(_, levels)| levels.simplified()).unwrap_or_default();
    if levels == before {
        return Ok(());
    }
    let at = store::insert(&mut tx, &levels, at).await?;
    ledger::append(&mut tx, at, "system", "settings.sla", &levels).await?;
    tx.commit().await
}
