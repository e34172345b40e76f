//! The SQL of kept labels.

use model::{
    Instant,
    ids::ClusterId,
    labels::{KINDS, LabelsOfKind},
};
use serde_json::Value;
use sqlx::PgConnection;

/// The objects of a kind as columns.
pub(super) struct Rows {
    kind: String,
    namespaces: Vec<String>,
    names: Vec<String>,
    labels: Vec<Value>,
}

impl Rows {
    pub(super) fn of(kind: &LabelsOfKind) -> Self {
        let objects = &kind.objects;
        Self {
            kind: kind.kind.clone(),
            namespaces: objects.iter().map(|(namespace, ..)| namespace.clone()).collect(),
            names: objects.iter().map(|(_, name, _)| name.clone()).collect(),
            labels: objects
                .iter()
                .map(|(.., labels)| {
                    labels.iter().map(|(key, value)| (key.clone(), Value::from(value.clone()))).collect()
                })
                .collect(),
        }
    }
}

/// Ends what is known of objects of a kind that have other labels now, or are gone.
pub(super) async fn end(
    db: &mut PgConnection,
    cluster: ClusterId,
    rows: &Rows,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"UPDATE subject_labels s SET valid_to = $6
          WHERE s.cluster_id = $1 AND s.kind = $2 AND s.valid_to IS NULL
            AND NOT EXISTS (SELECT FROM UNNEST($3::text[], $4::text[], $5::jsonb[]) AS n (namespace, name, labels)
                            WHERE n.namespace = s.namespace AND n.name = s.name AND n.labels = s.labels)",
        cluster.0,
        rows.kind,
        &rows.namespaces,
        &rows.names,
        &rows.labels,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Begins what is known of objects of a kind of which nothing is.
pub(super) async fn begin(
    db: &mut PgConnection,
    cluster: ClusterId,
    rows: &Rows,
    at: Instant,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r"INSERT INTO subject_labels (cluster_id, kind, namespace, name, labels, valid_from)
          SELECT $1, $2, n.namespace, n.name, n.labels, $6
          FROM UNNEST($3::text[], $4::text[], $5::jsonb[]) AS n (namespace, name, labels)
          WHERE NOT EXISTS (SELECT FROM subject_labels s
                            WHERE s.cluster_id = $1 AND s.kind = $2 AND s.namespace = n.namespace AND s.name = n.name
                              AND s.valid_to IS NULL)",
        cluster.0,
        rows.kind,
        &rows.namespaces,
        &rows.names,
        &rows.labels,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The keys that were kept at an instant of any object, on one cluster or on all. All objects of a kind are read with the same
/// keys, so that a few of each tell.
pub(crate) async fn keys(
    db: &mut PgConnection,
    cluster: Option<ClusterId>,
    at: Instant,
) -> Result<Vec<String>, sqlx::Error> {
    let kinds: Vec<String> = KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    sqlx::query_scalar!(
        r#"SELECT DISTINCT k.key AS "key!"
           FROM cluster c
           CROSS JOIN UNNEST($1::text[]) AS n (kind)
           CROSS JOIN LATERAL (
               SELECT s.labels FROM subject_labels s
               WHERE s.cluster_id = c.id AND s.kind = n.kind AND s.valid_from <= $3 AND (s.valid_to IS NULL OR s.valid_to > $3)
               LIMIT 10
           ) AS few
           CROSS JOIN LATERAL jsonb_object_keys(few.labels) AS k (key)
           WHERE ($2::uuid IS NULL OR c.id = $2) AND c.valid_from <= $3 AND (c.valid_to IS NULL OR c.valid_to > $3)
           ORDER BY 1"#,
        &kinds,
        cluster.map(|cluster| cluster.0),
        at,
    )
    .fetch_all(db)
    .await
}
