//! Deadlines, as the configuration has them and as they were in force.

use super::{Target, store::settings};
use crate::{ledger, settle};
use model::{Instant, severity::Severity};
use serde::Serialize;
use sqlx::PgPool;
use std::collections::BTreeMap;

/// The deadlines of a time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Version {
    pub(super) from: Instant,
    pub(super) to: Option<Instant>,
    pub(super) targets: BTreeMap<Severity, Target>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the words of the ledger's entry, as in the configuration")]
struct Days {
    severity: Severity,
    acknowledge_days: Option<u32>,
    fix_days: Option<u32>,
}

/// Puts the deadlines of the configuration in force from `at` on, with an entry in the ledger where they are others than
/// before; idempotent. What was past its deadline before is still told by the deadlines of that time.
pub async fn adopt(pool: &PgPool, targets: &BTreeMap<Severity, Target>, at: Instant) -> Result<(), sqlx::Error> {
    let mut tx = pool.begin().await?;
    let at = settle::alone(&mut tx, at).await?;
    let versions = settings::targets(&mut tx, Instant::MAX_UTC).await?;
    let of = |targets: &BTreeMap<Severity, Target>, severity| targets.get(severity).copied().unwrap_or_default();
    let empty = BTreeMap::new();
    let before = versions.last().map_or(&empty, |version| &version.targets);
    if Severity::ALL.iter().all(|severity| of(targets, severity) == of(before, severity)) {
        return Ok(());
    }
    let at = settings::insert_targets(&mut tx, targets, at).await?;
    let entry: Vec<Days> = Severity::ALL
        .iter()
        .map(|severity| (*severity, of(targets, severity)))
        .map(|(severity, target)| Days { severity, acknowledge_days: target.acknowledge, fix_days: target.fix })
        .collect();
    ledger::append(&mut tx, at, "system", "settings.sla", &entry).await?;
    tx.commit().await
}
