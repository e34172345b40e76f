//! Whose namespaces are: kept as intervals, and only what changed is written.

use super::store::teams;
use model::{Instant, ids::ClusterId};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Records which team each of a cluster's namespaces names, as a reading of all of them saw it. The caller holds the lock of
/// the source that reads them, and records later than it did before.
pub(crate) async fn record_teams(
    db: &mut PgConnection,
    cluster: ClusterId,
    teams: &BTreeMap<String, String>,
    at: Instant,
) -> Result<(), sqlx::Error> {
    let before = teams::namespaces(db, cluster).await?;
    if before == *teams {
        return Ok(());
    }
    let ended: Vec<String> = before
        .iter()
        .filter(|(namespace, team)| teams.get(*namespace) != Some(*team))
        .map(|(it, _)| it.clone())
        .collect();
    let begun: Vec<(String, String)> = teams
        .iter()
        .filter(|(namespace, team)| before.get(*namespace) != Some(*team))
        .map(|(namespace, team)| (namespace.clone(), team.clone()))
        .collect();
    teams::move_namespaces(db, cluster, &ended, &begun, at).await
}
