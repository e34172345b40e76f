//! The rollup of open findings: intervals of counts, kept with the write that changes them.

use model::{Instant, ids::ClusterId};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// What open findings of a cluster and source are counted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The check.
    pub(crate) check: String,
    /// The rank of the severity.
    pub(crate) severity: i16,
    /// Whether the finding is acknowledged.
    pub(crate) acknowledged: bool,
}

/// Adds steps to the counts, as of `at`; the caller holds the source's lock.
pub(crate) async fn add(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: &str,
    steps: &BTreeMap<Key, i64>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let steps: Vec<(&Key, i64)> =
        steps.iter().filter(|(_, step)| **step != 0).map(|(key, step)| (key, *step)).collect();
    if steps.is_empty() {
        return Ok(());
    }
    let checks: Vec<String> = steps.iter().map(|(key, _)| key.check.clone()).collect();
    let severities: Vec<i16> = steps.iter().map(|(key, _)| key.severity).collect();
    let acknowledged: Vec<bool> = steps.iter().map(|(key, _)| key.acknowledged).collect();
    let ended = sqlx::query!(
        r"UPDATE open_findings o
          SET valid_to = $6
          FROM UNNEST($3::text[], $4::smallint[], $5::boolean[]) AS k (check_id, severity, acknowledged)
          WHERE o.cluster_id = $1 AND o.source = $2 AND o.valid_to IS NULL
            AND o.check_id = k.check_id AND o.severity = k.severity AND o.acknowledged = k.acknowledged
          RETURNING o.check_id, o.severity, o.acknowledged, o.findings",
        cluster.0,
        source,
        &checks,
        &severities,
        &acknowledged,
        at,
    )
    .fetch_all(&mut *db)
    .await?;
    let mut counts: BTreeMap<Key, i64> = ended
        .into_iter()
        .map(|row| (Key { check: row.check_id, severity: row.severity, acknowledged: row.acknowledged }, row.findings))
        .collect();
    for (key, step) in steps {
        *counts.entry(key.clone()).or_default() += step;
    }
    insert(db, cluster, source, &counts, at).await
}

async fn insert(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: &str,
    counts: &BTreeMap<Key, i64>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let rows: Vec<(&Key, i64)> =
        counts.iter().filter(|(_, count)| **count != 0).map(|(key, count)| (key, *count)).collect();
    let checks: Vec<String> = rows.iter().map(|(key, _)| key.check.clone()).collect();
    let severities: Vec<i16> = rows.iter().map(|(key, _)| key.severity).collect();
    let acknowledged: Vec<bool> = rows.iter().map(|(key, _)| key.acknowledged).collect();
    let findings: Vec<i64> = rows.iter().map(|(_, count)| *count).collect();
    sqlx::query!(
        r"INSERT INTO open_findings (cluster_id, source, check_id, severity, acknowledged, findings, valid_from)
          SELECT $1, $2, k.check_id, k.severity, k.acknowledged, k.findings, $7
          FROM UNNEST($3::text[], $4::smallint[], $5::boolean[], $6::bigint[]) AS k (check_id, severity, acknowledged, findings)",
        cluster.0, source, &checks, &severities, &acknowledged, &findings, at,
    )
    .execute(db)
    .await?;
    Ok(())
}
