//! Teams, as they were in force.

use model::{Instant, ids::ClusterId};
use sqlx::PgConnection;
use std::collections::BTreeMap;

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
