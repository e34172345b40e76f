//! Leases: which replica reads which cluster. What was asked of it in each round. And which checks of the operator's
//! were tried.

use crate::db::new_id;
use model::{
    Instant,
    ids::{CheckId, ClusterId},
    views::RoundEntry,
};
use sqlx::{PgConnection, PgPool, postgres::PgListener};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Takes or renews the lease of a cluster until `until`; `false` where another replica holds it at `at`.
pub(super) async fn take_lease(
    pool: &PgPool,
    cluster: ClusterId,
    holder: Uuid,
    at: Instant,
    until: Instant,
) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query!(
        r#"
        INSERT INTO lease (cluster_id, holder, until)
        VALUES ($1, $2, $3)
        ON CONFLICT (cluster_id) DO UPDATE
            SET holder = EXCLUDED.holder, until = EXCLUDED.until
            WHERE lease.holder = EXCLUDED.holder OR lease.until <= $4
        "#,
        cluster.0,
        holder,
        until,
        at,
    )
    .execute(pool)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Gives all leases of a replica back, so that another need not wait for them to end.
pub(super) async fn release_leases(pool: &PgPool, holder: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM lease WHERE holder = $1", holder).execute(pool).await.map(|_| ())
}

/// Adds a round to the log.
pub(super) async fn insert_round(
    db: &mut PgConnection,
    cluster: ClusterId,
    round: &RoundEntry,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO scan_round (id, cluster_id, started_at, ended_at, recorded_at, requests, bytes, largest_answer,
                                  requests_per_second, most_bytes, page_size, most_answer)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        new_id(at),
        cluster.0,
        round.started_at,
        round.ended_at,
        at,
        round.requests,
        round.bytes,
        round.largest_answer,
        round.requests_per_second,
        round.most_bytes,
        round.page_size,
        round.most_answer,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Listens on a channel, on a connection of its own.
pub(super) async fn listen(pool: &PgPool, channel: &str) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(channel).await?;
    Ok(listener)
}

/// The digests of the definitions that were tried on some cluster.
pub(super) async fn tried(pool: &PgPool) -> Result<BTreeSet<Uuid>, sqlx::Error> {
    let digests = sqlx::query_scalar!("SELECT DISTINCT digest FROM custom_check_trial").fetch_all(pool).await?;
    Ok(digests.into_iter().collect())
}

/// Notes that a definition was tried on a cluster.
pub(super) async fn insert_trial(
    db: &mut PgConnection,
    check: &CheckId,
    digest: Uuid,
    cluster: ClusterId,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO custom_check_trial (id, check_id, digest, cluster_id, tried_at) VALUES ($1, $2, $3, $4, $5)",
        new_id(at),
        check.as_str(),
        digest,
        cluster.0,
        at,
    )
    .execute(db)
    .await
    .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[sqlx::test(migrations = "../migrations")]
    async fn one_replica_has_a_cluster_until_it_gives_it_back_or_dies(pool: PgPool) -> sqlx::Result<()> {
        let at: Instant = "2026-06-30T12:00:00Z".parse().expect("an instant");
        let cluster = crate::clusters::Registered {
            name: "a".into(),
            title: "A".into(),
            server: "https://a".into(),
            ..Default::default()
        };
        let registered = crate::clusters::register(&pool, &[cluster], at).await?;
        let cluster = registered[0].0;
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let minute = TimeDelta::seconds(60);
        assert!(take_lease(&pool, cluster, one, at, at + minute).await?);
        assert!(!take_lease(&pool, cluster, other, at, at + minute).await?);
        assert!(take_lease(&pool, cluster, one, at + minute / 3, at + minute / 3 + minute).await?, "renewed");
        assert!(!take_lease(&pool, cluster, other, at + minute, at + minute * 2).await?);
        // The first is dead: a minute after its last renewal the other has it, and the first no longer.
        let later = at + minute / 3 + minute;
        assert!(take_lease(&pool, cluster, other, later, later + minute).await?);
        assert!(!take_lease(&pool, cluster, one, later, later + minute).await?);
        release_leases(&pool, other).await?;
        assert!(take_lease(&pool, cluster, one, later, later + minute).await?);
        Ok(())
    }
}
