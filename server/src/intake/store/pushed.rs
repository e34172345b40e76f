//! The SQL that reads what is kept.

use model::{Instant, finding::Subject, ids::ClusterId, source::Source};
use sources::{
    intake::kube_bench::Results,
    pushed::{Benchmark, Found, Group, Report},
};
use sqlx::{PgConnection, types::Json};

/// Whether there is a token with which something may be sent.
pub(in crate::intake) async fn is_expected(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
    now: Instant,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM intake_token
                          WHERE cluster_id = $1 AND source = $2 AND revoked_at IS NULL AND expires_at > $3) AS "expected!""#,
        cluster.0,
        source.as_str(),
        now,
    )
    .fetch_one(db)
    .await
}

/// When the newest event happened.
pub(in crate::intake) async fn newest(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
) -> Result<Option<Instant>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT max(newest_at) FROM intake_delivery WHERE cluster_id = $1 AND source = $2 AND newest_at IS NOT NULL",
        cluster.0,
        source.as_str(),
    )
    .fetch_one(db)
    .await
}

/// Parts that were refused since an instant, and whole bodies.
pub(in crate::intake) async fn refused_since(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
    since: Instant,
) -> Result<u32, sqlx::Error> {
    let refused = sqlx::query_scalar!(
        r#"SELECT (SELECT coalesce(sum(refused), 0) FROM intake_delivery
                   WHERE cluster_id = $1 AND source = $2 AND received_at > $3)
                + (SELECT coalesce(sum(bodies), 0) FROM intake_refused
                   WHERE cluster_id = $1 AND source = $2 AND last_at > $3) AS "refused!""#,
        cluster.0,
        source.as_str(),
        since,
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(refused).unwrap_or(u32::MAX))
}

/// The groups with an event after an instant, the newest first, and how many there are beyond those.
pub(in crate::intake) async fn groups(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
    since: Instant,
    most: i64,
) -> Result<(Vec<Group>, u32), sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT rule, subject_kind, subject_namespace, subject_name, subject_key, severity, last_at,
                  count(*) OVER () AS "all!"
           FROM event_group
           WHERE cluster_id = $1 AND source = $2 AND last_at > $3
           ORDER BY last_at DESC, key LIMIT $4"#,
        cluster.0,
        source.as_str(),
        since,
        most,
    )
    .fetch_all(db)
    .await?;
    let beyond = rows.first().map_or(0, |row| u32::try_from(row.all - most).unwrap_or_default());
    let groups = rows.into_iter().map(|row| Group {
        rule: row.rule,
        subject: Subject {
            kind: row.subject_kind,
            namespace: row.subject_namespace,
            name: row.subject_name,
            key: row.subject_key,
        },
        severity: row.severity.into(),
        last_at: row.last_at,
    });
    Ok((groups.collect(), beyond))
}

/// When the newest report arrived, and how many parts of one were refused, with the bodies that were refused since.
pub(in crate::intake) async fn of_reports(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
) -> Result<(Option<Instant>, u32), sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT newest, refused + (SELECT coalesce(sum(bodies), 0) FROM intake_refused
                                     WHERE cluster_id = $1 AND source = $2 AND last_at > coalesce(newest, '-infinity')) AS "refused!"
           FROM (SELECT max(received_at) AS newest, coalesce(max(refused), 0) AS refused
                 FROM pushed_report WHERE cluster_id = $1 AND source = $2) AS kept"#,
        cluster.0,
        source.as_str(),
    )
    .fetch_one(db)
    .await?;
    Ok((row.newest, u32::try_from(row.refused).unwrap_or_default()))
}

pub(in crate::intake) async fn reports(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
) -> Result<Vec<Report>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT producer, is_message, received_at, content AS "content: Json<Vec<Found>>"
           FROM pushed_report WHERE cluster_id = $1 AND source = $2 ORDER BY producer"#,
        cluster.0,
        source.as_str(),
    )
    .map(|row| Report {
        producer: row.producer,
        is_message: row.is_message,
        received_at: row.received_at,
        findings: row.content.0,
    })
    .fetch_all(db)
    .await
}

/// The newest results of kube-bench, by node.
pub(in crate::intake) async fn benchmarks(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
) -> Result<Vec<Benchmark>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT split_part(producer, ': ', 1) AS "node!", received_at, content AS "content: Json<Results>"
           FROM pushed_report WHERE cluster_id = $1 AND source = $2 ORDER BY producer"#,
        cluster.0,
        source.as_str(),
    )
    .map(|row| Benchmark { node: row.node, received_at: row.received_at, results: row.content.0 })
    .fetch_all(db)
    .await
}
