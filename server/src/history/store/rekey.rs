//! The SQL of re-keying.

use model::{Instant, finding::Subject, ids::CheckId};
use sqlx::PgConnection;
use uuid::Uuid;

/// Findings given keys at a time.
const BATCH: i64 = 5_000;

/// A finding as it was first found.
pub(in crate::history) struct Found {
    pub(in crate::history) id: Uuid,
    cluster: Uuid,
    pub(in crate::history) check: CheckId,
    pub(in crate::history) subject: Subject,
}

/// Findings, in the order of their ids.
pub(in crate::history) type Batch = Vec<Found>;

/// An interval that re-keying ended.
pub(in crate::history) struct Ended {
    pub(in crate::history) finding: Uuid,
    pub(in crate::history) cluster: Uuid,
    pub(in crate::history) source: String,
    pub(in crate::history) check: String,
    pub(in crate::history) severity: i16,
}

/// The version of the rule that history goes by, where that is a later one than `own`, or an older one of which there
/// are findings; else `own`, or nothing where nothing tells.
pub(in crate::history) async fn version(db: &mut PgConnection, own: i16) -> Result<Option<i16>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT CASE
               WHEN r.newest >= $1 THEN r.newest
               WHEN f.oldest < $1 THEN greatest(f.oldest, r.newest)
               WHEN f.newest > $1 THEN f.newest
           END AS version
           FROM (SELECT max(to_version) AS newest FROM rekey) AS r,
                (SELECT min(fingerprint_version) AS oldest, max(fingerprint_version) AS newest FROM finding) AS f"#,
        own,
    )
    .fetch_one(db)
    .await
}

/// The version that history goes by, where it is an older one and there are findings of it.
pub(in crate::history) async fn older(db: &mut PgConnection, own: i16) -> Result<Option<i16>, sqlx::Error> {
    Ok(version(db, own).await?.filter(|known| *known < own))
}

/// The next findings that were first found by an older rule.
pub(in crate::history) async fn batch(db: &mut PgConnection, version: i16, after: Uuid) -> Result<Batch, sqlx::Error> {
    sqlx::query!(
        r"SELECT id, cluster_id, check_id, subject_kind, subject_namespace, subject_name, subject_key
          FROM finding WHERE id > $2 AND fingerprint_version < $1
          ORDER BY id LIMIT $3",
        version,
        after,
        BATCH,
    )
    .map(|row| Found {
        id: row.id,
        cluster: row.cluster_id,
        check: row.check_id.into(),
        subject: Subject {
            kind: row.subject_kind,
            namespace: row.subject_namespace,
            name: row.subject_name,
            key: row.subject_key,
        },
    })
    .fetch_all(db)
    .await
}

pub(in crate::history) async fn insert_keys(
    db: &mut PgConnection,
    version: i16,
    batch: &Batch,
    keys: &[Uuid],
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = batch.iter().map(|finding| finding.id).collect();
    let clusters: Vec<Uuid> = batch.iter().map(|finding| finding.cluster).collect();
    sqlx::query!(
        r"INSERT INTO finding_key (finding_id, version, cluster_id, fingerprint)
          SELECT n.id, $1, n.cluster, n.key FROM UNNEST($2::uuid[], $3::uuid[], $4::uuid[]) AS n (id, cluster, key)",
        version,
        &ids,
        &clusters,
        keys,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The newest thing known of the sources in which findings become one.
pub(in crate::history) async fn newest_of_doubles(
    db: &mut PgConnection,
    version: i16,
) -> Result<Option<Instant>, sqlx::Error> {
    sqlx::query_scalar!(
        r"WITH doubles AS (
              SELECT DISTINCT f.cluster_id, f.source
              FROM (SELECT cluster_id, fingerprint FROM finding_key WHERE version = $1
                    GROUP BY cluster_id, fingerprint HAVING count(*) > 1) AS d
              JOIN finding_key k ON k.cluster_id = d.cluster_id AND k.version = $1 AND k.fingerprint = d.fingerprint
              JOIN finding f ON f.id = k.finding_id
          )
          SELECT greatest(
              (SELECT max(s.recorded_at) FROM doubles d JOIN scan s ON s.cluster_id = d.cluster_id AND s.source = d.source),
              (SELECT max(o.valid_from) FROM doubles d
               JOIN open_findings o ON o.cluster_id = d.cluster_id AND o.source = d.source AND o.valid_to IS NULL)
          )",
        version,
    )
    .fetch_one(db)
    .await
}

pub(in crate::history) async fn insert_rekey(
    db: &mut PgConnection,
    id: Uuid,
    from: i16,
    to: i16,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!("INSERT INTO rekey (id, from_version, to_version, at) VALUES ($1, $2, $3, $4)", id, from, to, at)
        .execute(db)
        .await?;
    Ok(())
}

/// Of findings with one key, decides which goes on; tells how many go on as another. An acceptance that was approved and is
/// to begin later counts too: it would cover then what nobody accepted.
pub(in crate::history) async fn merge(db: &mut PgConnection, version: i16, at: Instant) -> Result<u64, sqlx::Error> {
    let merged = sqlx::query!(
        r"WITH taken AS (
              SELECT finding_id FROM accepted_findings($2)
              UNION
              SELECT a.finding_id FROM acceptance a
              WHERE a.scope = 'finding' AND a.requested_at <= $2 AND a.expires_at > $2
                AND a.approvals <= (SELECT count(*) FROM acceptance_event e
                                    WHERE e.acceptance_id = a.id AND e.kind = 'approved' AND e.at <= $2)
                AND NOT EXISTS (SELECT FROM acceptance_event e WHERE e.acceptance_id = a.id AND e.at <= $2
                                AND e.kind IN ('rejected', 'withdrawn', 'revoked', 'ended'))
          ), ranked AS (
              SELECT k.finding_id,
                     first_value(k.finding_id) OVER (
                         PARTITION BY k.cluster_id, k.fingerprint
                         ORDER BY i.id IS NULL, coalesce(d.standing <> 'open', false) OR t.finding_id IS NOT NULL,
                                  t.finding_id IS NOT NULL, i.severity DESC, f.first_seen_at, f.id
                     ) AS goes_on_as
              FROM (SELECT cluster_id, fingerprint FROM finding_key WHERE version = $1
                    GROUP BY cluster_id, fingerprint HAVING count(*) > 1) AS doubles
              JOIN finding_key k ON k.cluster_id = doubles.cluster_id AND k.version = $1 AND k.fingerprint = doubles.fingerprint
              JOIN finding f ON f.id = k.finding_id
              LEFT JOIN finding_interval i ON i.finding_id = f.id AND i.valid_to IS NULL
              LEFT JOIN LATERAL (
                  SELECT standing FROM decision_finding
                  WHERE finding_id = f.id
                  ORDER BY decided_at DESC, decision_id DESC LIMIT 1
              ) AS d ON true
              LEFT JOIN taken t ON t.finding_id = f.id
          )
          INSERT INTO finding_merged (finding_id, version, goes_on_as)
          SELECT finding_id, $1, goes_on_as FROM ranked WHERE finding_id <> goes_on_as",
        version,
        at,
    )
    .execute(db)
    .await?;
    Ok(merged.rows_affected())
}

/// Ends what is noted as not seen of findings that go on as another.
pub(in crate::history) async fn end_unseen(
    db: &mut PgConnection,
    version: i16,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"UPDATE finding_unseen u SET valid_to = $2
          FROM finding_merged m
          WHERE m.version = $1 AND u.finding_id = m.finding_id AND u.valid_to IS NULL",
        version,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends what is open of findings that go on as another. They go on failing, so that nothing counts as closed.
pub(in crate::history) async fn end_merged(
    db: &mut PgConnection,
    rekey: Uuid,
    version: i16,
    at: Instant,
) -> Result<Vec<Ended>, sqlx::Error> {
    sqlx::query_as!(
        Ended,
        r"UPDATE finding_interval i SET valid_to = $3, rekeyed_by = $2, continued = true
          FROM finding_merged m
          WHERE m.version = $1 AND i.finding_id = m.finding_id AND i.valid_to IS NULL
          RETURNING i.finding_id AS finding, i.cluster_id AS cluster, i.source, i.check_id AS check, i.severity",
        version,
        rekey,
        at,
    )
    .fetch_all(db)
    .await
}
