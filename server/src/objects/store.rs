//! The SQL of sightings.

use model::{
    Instant,
    finding::Subject,
    ids::{ClusterId, FindingId},
    views::{ClusterName, ObjectLink, ObjectSighting},
};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// What is known of a list besides its objects.
pub(super) struct List {
    pub(super) resource: String,
    pub(super) fetched_at: Instant,
}

/// Where a list was first seen; `None` where it was read before that was noted.
pub(super) async fn list(db: &mut PgConnection, digest: Uuid, at: Instant) -> Result<Option<List>, sqlx::Error> {
    sqlx::query_as!(
        List,
        r"SELECT resource, fetched_at FROM object_list_seen
          WHERE digest = $1 AND valid_from <= $2
          ORDER BY valid_from LIMIT 1",
        digest,
        at,
    )
    .fetch_optional(db)
    .await
}

/// When an object was seen with a content, newest first, with its kind.
pub(super) async fn sightings(
    db: &mut PgConnection,
    resource: &str,
    namespace: Option<&str>,
    name: &str,
    hash: Uuid,
    at: Instant,
) -> Result<Vec<(String, ObjectSighting)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT s.kind, s.valid_from, CASE WHEN s.valid_to <= $5 THEN s.valid_to END AS valid_to, c.id, c.name, facts.title
           FROM object_seen s
           JOIN cluster c ON c.id = s.cluster_id
           JOIN cluster_facts facts ON facts.cluster_id = c.id AND facts.valid_from <= $5 AND (facts.valid_to IS NULL OR facts.valid_to > $5)
           WHERE s.hash = $1 AND s.resource = $2 AND s.namespace = $3 AND s.name = $4 AND s.valid_from <= $5
           ORDER BY s.valid_from DESC, s.id DESC LIMIT 20"#,
        hash,
        resource,
        namespace.unwrap_or_default(),
        name,
        at,
    )
    .map(|row| {
        let cluster = ClusterName { id: ClusterId(row.id), name: row.name, title: row.title };
        (row.kind, ObjectSighting { cluster, from: row.valid_from, to: row.valid_to })
    })
    .fetch_all(db)
    .await
}

/// The cluster and the subject of a finding.
pub(super) async fn subject(
    db: &mut PgConnection,
    finding: FindingId,
) -> Result<Option<(ClusterId, Subject)>, sqlx::Error> {
    sqlx::query!(
        "SELECT cluster_id, subject_kind, subject_namespace, subject_name, subject_key FROM finding WHERE id = $1",
        finding.0,
    )
    .map(|row| {
        let subject = Subject {
            kind: row.subject_kind,
            namespace: row.subject_namespace,
            name: row.subject_name,
            key: row.subject_key,
        };
        (ClusterId(row.cluster_id), subject)
    })
    .fetch_optional(db)
    .await
}

/// The objects of a subject at an instant: itself first, then what belongs to it or reports on it.
pub(super) async fn of_subject(
    db: &mut PgConnection,
    cluster: ClusterId,
    subject: &Subject,
    at: Instant,
) -> Result<Vec<ObjectLink>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT s.resource AS "resource!", s.kind AS "kind!", s.namespace AS "namespace!", s.name AS "name!",
                  s.valid_from AS "valid_from!", CASE WHEN s.valid_to <= $5 THEN s.valid_to END AS valid_to,
                  l.digest, (b.body IS NOT NULL) AS "kept!"
           FROM (
               (SELECT *, 0 AS place FROM object_seen
                WHERE cluster_id = $1 AND kind = $2 AND namespace = $3 AND name = $4
                  AND valid_from <= $5 AND (valid_to IS NULL OR valid_to > $5) LIMIT 50)
               UNION ALL
               (SELECT *, 1 AS place FROM object_seen
                WHERE cluster_id = $1 AND owner_kind = $2 AND namespace = $3 AND owner_name = $4
                  AND valid_from <= $5 AND (valid_to IS NULL OR valid_to > $5) LIMIT 50)
           ) AS s
           JOIN object_list_seen l ON l.cluster_id = s.cluster_id AND l.resource = s.resource
                AND l.valid_from <= $5 AND (l.valid_to IS NULL OR l.valid_to > $5)
           LEFT JOIN object_body b ON b.hash = s.hash
           ORDER BY s.place, s.resource, s.name
           LIMIT 50"#,
        cluster.0,
        subject.kind,
        subject.namespace.as_deref().unwrap_or_default(),
        subject.name,
        at,
    )
    .map(|row| ObjectLink {
        digest: row.digest,
        resource: row.resource,
        kind: row.kind,
        namespace: Some(row.namespace).filter(|namespace| !namespace.is_empty()),
        name: row.name,
        from: row.valid_from,
        to: row.valid_to,
        kept: row.kept,
    })
    .fetch_all(db)
    .await
}

/// An object that tells what a workload is made of.
pub(crate) struct WorkloadObject {
    /// The address of its content.
    pub(crate) hash: Uuid,
    /// Whether it is the workload itself, and not a pod of it.
    pub(crate) is_itself: bool,
}

/// A workload itself and its pods at an instant, as far as they were seen, at most 50.
pub(crate) async fn of_workload(
    db: &mut PgConnection,
    cluster: ClusterId,
    workload: &Subject,
    at: Instant,
) -> Result<Vec<WorkloadObject>, sqlx::Error> {
    sqlx::query_as!(
        WorkloadObject,
        r#"SELECT s.hash AS "hash!", s.is_itself AS "is_itself!"
           FROM (
               (SELECT hash, true AS is_itself, resource, name FROM object_seen
                WHERE cluster_id = $1 AND kind = $2 AND namespace = $3 AND name = $4
                  AND valid_from <= $5 AND (valid_to IS NULL OR valid_to > $5))
               UNION ALL
               (SELECT hash, false, resource, name FROM object_seen
                WHERE cluster_id = $1 AND owner_kind = $2 AND namespace = $3 AND owner_name = $4 AND kind = 'Pod'
                  AND valid_from <= $5 AND (valid_to IS NULL OR valid_to > $5))
           ) AS s
           WHERE s.hash IS NOT NULL
           ORDER BY s.is_itself DESC, s.resource, s.name
           LIMIT 50"#,
        cluster.0,
        workload.kind,
        workload.namespace.as_deref().unwrap_or_default(),
        workload.name,
        at,
    )
    .fetch_all(db)
    .await
}

/// An object of a pack, without its content.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Seen {
    cluster: String,
    resource: String,
    kind: String,
    namespace: String,
    name: String,
    pub(super) hash: Option<Uuid>,
    from: Instant,
    to: Option<Instant>,
    /// Whether its content was kept by then.
    pub(super) kept: bool,
}

/// The objects of findings at an instant, each once, in the order of clusters, resources and names; at most 50,000.
pub(super) async fn of_findings(
    db: &mut PgConnection,
    findings: &[Uuid],
    at: Instant,
) -> Result<Vec<Seen>, sqlx::Error> {
    sqlx::query_as!(
        Seen,
        r#"SELECT c.name AS cluster, s.resource, s.kind, s.namespace, s.name, s.hash, s.valid_from AS "from",
                  CASE WHEN s.valid_to <= $2 THEN s.valid_to END AS "to",
                  coalesce(b.kept_at <= $2, false) AS "kept!"
           FROM (
               SELECT o.id FROM finding f JOIN object_seen o
                   ON o.cluster_id = f.cluster_id AND o.kind = f.subject_kind AND o.name = f.subject_name
                      AND o.namespace = coalesce(f.subject_namespace, '')
               WHERE f.id = ANY($1) AND o.valid_from <= $2 AND (o.valid_to IS NULL OR o.valid_to > $2)
               UNION
               SELECT o.id FROM finding f JOIN object_seen o
                   ON o.cluster_id = f.cluster_id AND o.owner_kind = f.subject_kind AND o.owner_name = f.subject_name
                      AND o.namespace = coalesce(f.subject_namespace, '')
               WHERE f.id = ANY($1) AND o.valid_from <= $2 AND (o.valid_to IS NULL OR o.valid_to > $2)
           ) AS n
           JOIN object_seen s ON s.id = n.id
           JOIN cluster c ON c.id = s.cluster_id
           LEFT JOIN object_body b ON b.hash = s.hash
           ORDER BY c.name, s.resource, s.namespace, s.name
           LIMIT 50000"#,
        findings,
        at,
    )
    .fetch_all(db)
    .await
}
