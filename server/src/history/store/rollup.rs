//! The rollup of open findings: intervals of counts, kept with the write that changes them.

use model::{Instant, ids::ClusterId};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What open findings of a cluster and source are counted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The check.
    pub(crate) check: String,
    /// The rank of the severity.
    pub(crate) severity: i16,
    /// Whether somebody has dealt with the finding: it is acknowledged, or a false positive.
    pub(crate) acknowledged: bool,
}

/// A count of one source of one cluster.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The cluster.
    pub(crate) cluster: ClusterId,
    /// The source.
    pub(crate) source: String,
    /// What is counted there.
    pub(crate) key: Key,
}

/// Adds steps to the counts of one source, as of `at`; the caller holds its lock.
pub(crate) async fn add(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: &str,
    steps: &BTreeMap<Key, i64>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let place = |key: &Key| Place { cluster, source: source.to_owned(), key: key.clone() };
    add_everywhere(db, steps.iter().map(|(key, step)| (place(key), *step)).collect(), at).await
}

/// Adds steps to the counts of any sources, as of `at`, in two statements; the caller holds the locks of all of them.
pub(crate) async fn add_everywhere(
    db: &mut PgConnection,
    mut steps: BTreeMap<Place, i64>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    steps.retain(|_, step| *step != 0);
    if steps.is_empty() {
        return Ok(());
    }
    let Columns { clusters, sources, checks, severities, acknowledged } = Columns::of(steps.keys());
    let ended = sqlx::query!(
        r"UPDATE open_findings o
          SET valid_to = $6
          FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::boolean[])
              AS k (cluster_id, source, check_id, severity, acknowledged)
          WHERE o.cluster_id = k.cluster_id AND o.source = k.source AND o.valid_to IS NULL
            AND o.check_id = k.check_id AND o.severity = k.severity AND o.acknowledged = k.acknowledged
          RETURNING o.cluster_id, o.source, o.check_id, o.severity, o.acknowledged, o.findings",
        &clusters,
        &sources,
        &checks,
        &severities,
        &acknowledged,
        at,
    )
    .fetch_all(&mut *db)
    .await?;
    for row in ended {
        let key = Key { check: row.check_id, severity: row.severity, acknowledged: row.acknowledged };
        let place = Place { cluster: ClusterId(row.cluster_id), source: row.source, key };
        *steps.entry(place).or_default() += row.findings;
    }
    insert(db, steps, at).await
}

async fn insert(db: &mut PgConnection, mut counts: BTreeMap<Place, i64>, at: Instant) -> Result<(), sqlx::Error> {
    counts.retain(|_, count| *count != 0);
    let Columns { clusters, sources, checks, severities, acknowledged } = Columns::of(counts.keys());
    let findings: Vec<i64> = counts.into_values().collect();
    sqlx::query!(
        r"INSERT INTO open_findings (cluster_id, source, check_id, severity, acknowledged, findings, valid_from)
          SELECT k.cluster_id, k.source, k.check_id, k.severity, k.acknowledged, k.findings, $7
          FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::boolean[], $6::bigint[])
              AS k (cluster_id, source, check_id, severity, acknowledged, findings)",
        &clusters,
        &sources,
        &checks,
        &severities,
        &acknowledged,
        &findings,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Places, as UNNEST takes them.
#[derive(Default)]
struct Columns {
    clusters: Vec<Uuid>,
    sources: Vec<String>,
    checks: Vec<String>,
    severities: Vec<i16>,
    acknowledged: Vec<bool>,
}

impl Columns {
    fn of<'a>(places: impl Iterator<Item = &'a Place>) -> Self {
        let mut columns = Self::default();
        for Place { cluster, source, key } in places {
            columns.clusters.push(cluster.0);
            columns.sources.push(source.clone());
            columns.checks.push(key.check.clone());
            columns.severities.push(key.severity);
            columns.acknowledged.push(key.acknowledged);
        }
        columns
    }
}
