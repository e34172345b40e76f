//! Deadlines and teams, as they were in force.

use super::super::{Target, targets::Version};
use chrono::TimeDelta;
use model::{Instant, ids::ClusterId, severity::Severity};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Every version of the deadlines until an instant, oldest first.
pub(in super::super) async fn targets(db: &mut PgConnection, at: Instant) -> Result<Vec<Version>, sqlx::Error> {
    let rows = sqlx::query!(
        r"SELECT valid_from, severity, acknowledge_days, fix_days FROM sla WHERE valid_from <= $1 ORDER BY valid_from, severity",
        at
    )
    .fetch_all(db)
    .await?;
    let days = |days: Option<i32>| days.and_then(|days| u32::try_from(days).ok());
    let mut versions: Vec<Version> = Vec::new();
    for row in rows {
        if versions.last().is_none_or(|version| version.from != row.valid_from) {
            if let Some(before) = versions.last_mut() {
                before.to = Some(row.valid_from);
            }
            versions.push(Version { from: row.valid_from, to: None, targets: BTreeMap::new() });
        }
        if let Some(version) = versions.last_mut() {
            let target = Target { acknowledge: days(row.acknowledge_days), fix: days(row.fix_days) };
            version.targets.insert(Severity::from(row.severity), target);
        }
    }
    Ok(versions)
}

/// Adds a version of the deadlines, with a row for every severity; answers since when it is in force.
pub(in super::super) async fn insert_targets(
    db: &mut PgConnection,
    targets: &BTreeMap<Severity, Target>,
    at: Instant,
) -> Result<Instant, sqlx::Error> {
    let newest = sqlx::query_scalar!("SELECT max(valid_from) FROM sla").fetch_one(&mut *db).await?;
    let at = newest.map_or(at, |newest| at.max(newest + TimeDelta::microseconds(1)));
    let days = |days: Option<u32>| days.and_then(|days| i32::try_from(days).ok());
    let all =
        Severity::ALL.iter().map(|severity| (severity.rank(), targets.get(severity).copied().unwrap_or_default()));
    let (severities, targets): (Vec<i16>, Vec<Target>) = all.unzip();
    let acknowledge: Vec<Option<i32>> = targets.iter().map(|target| days(target.acknowledge)).collect();
    let fix: Vec<Option<i32>> = targets.iter().map(|target| days(target.fix)).collect();
    sqlx::query!(
        r"INSERT INTO sla (valid_from, severity, acknowledge_days, fix_days)
          SELECT $1, n.* FROM UNNEST($2::smallint[], $3::integer[], $4::integer[]) AS n",
        at,
        &severities,
        &acknowledge as _,
        &fix as _,
    )
    .execute(db)
    .await?;
    Ok(at)
}

/// Every team that owned a namespace of some clusters until an instant.
pub(in super::super) async fn teams(
    db: &mut PgConnection,
    clusters: &[uuid::Uuid],
    at: Instant,
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT DISTINCT team FROM namespace_team WHERE cluster_id = ANY($1) AND valid_from <= $2 ORDER BY team",
        clusters,
        at
    )
    .fetch_all(db)
    .await
}

/// Whose the namespaces of a cluster are now.
pub(in super::super) async fn namespaces(
    db: &mut PgConnection,
    cluster: ClusterId,
) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let rows = sqlx::query!(
        "SELECT namespace, team FROM namespace_team WHERE cluster_id = $1 AND valid_to IS NULL",
        cluster.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.namespace, row.team)).collect())
}

/// Ends whose some namespaces are, and begins anew with what is theirs.
pub(in super::super) async fn move_namespaces(
    db: &mut PgConnection,
    cluster: ClusterId,
    ended: &[String],
    begun: &[(String, String)],
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE namespace_team SET valid_to = $3 WHERE cluster_id = $1 AND namespace = ANY($2) AND valid_to IS NULL",
        cluster.0,
        ended,
        at
    )
    .execute(&mut *db)
    .await?;
    let (namespaces, teams): (Vec<String>, Vec<String>) = begun.iter().cloned().unzip();
    sqlx::query!(
        r"INSERT INTO namespace_team (cluster_id, namespace, team, valid_from)
          SELECT $1, n.namespace, n.team, $4 FROM UNNEST($2::text[], $3::text[]) AS n (namespace, team)",
        cluster.0,
        &namespaces,
        &teams,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
