//! The outbox.

use crate::{
    db::{new_id, word},
    notify::{content::Told, event::Event},
};
use model::{Instant, finding::Subject, ids::ClusterId, notify::EventKind, source::Source};
use serde_json::Value;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Names of clusters.
pub(in crate::notify) async fn cluster_names(
    db: &mut PgConnection,
    clusters: &[Uuid],
) -> Result<HashMap<Uuid, String>, sqlx::Error> {
    if clusters.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!("SELECT id, name FROM cluster WHERE id = ANY($1)", clusters).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Whether a source was ever seen before an instant, as far as the scan log is kept.
pub(in crate::notify) async fn spoke_before(
    db: &mut PgConnection,
    cluster: ClusterId,
    source: Source,
    at: Instant,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT FROM scan WHERE cluster_id = $1 AND source = $2 AND recorded_at < $3
                 AND coverage IN ('complete', 'truncated') AND NOT superseded
           ) AS "spoke!""#,
        cluster.0,
        source.as_str(),
        at,
    )
    .fetch_one(db)
    .await
}

/// Adds what a rule asks for, or a ticket or an alert stands for, in one statement; nothing where none does. What had its
/// occurrence already is left out.
pub(in crate::notify) async fn insert(db: &mut PgConnection, events: &[Event], at: Instant) -> Result<(), sqlx::Error> {
    let events: Vec<&Event> = events.iter().filter(|event| !event.rules.is_empty() || event.stands).collect();
    if events.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = events.iter().map(|_| new_id(at)).collect();
    let kinds: Vec<String> = events.iter().map(|event| event.kind.as_str().to_owned()).collect();
    let clusters: Vec<Option<Uuid>> = events.iter().map(|event| event.cluster.map(|cluster| cluster.0)).collect();
    let sources: Vec<Option<String>> = events.iter().map(|event| event.source.clone()).collect();
    let checks: Vec<Option<String>> =
        events.iter().map(|event| event.check.as_ref().map(|check| check.0.clone())).collect();
    let severities: Vec<Option<i16>> = events.iter().map(|event| event.severity).collect();
    let findings: Vec<Option<Uuid>> = events.iter().map(|event| event.finding).collect();
    let details: Vec<Value> = events.iter().map(|event| event.detail.clone()).collect();
    // Arrays of arrays must be rectangular, so each event's rules travel as one text.
    let rules: Vec<String> = events
        .iter()
        .map(|event| format!("{{{}}}", event.rules.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",")))
        .collect();
    let occurrences: Vec<Option<String>> = events.iter().map(|event| event.occurrence.clone()).collect();
    sqlx::query!(
        r"INSERT INTO notification_event (id, kind, at, cluster_id, source, check_id, severity, finding_id, detail, rules, occurrence)
          SELECT e.id, e.kind, $1, e.cluster_id, e.source, e.check_id, e.severity, e.finding_id, e.detail, e.rules::uuid[], e.occurrence
          FROM UNNEST($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::smallint[], $8::uuid[], $9::jsonb[],
                      $10::text[], $11::text[])
               AS e (id, kind, cluster_id, source, check_id, severity, finding_id, detail, rules, occurrence)
          ON CONFLICT (occurrence) DO NOTHING",
        at,
        &ids,
        &kinds,
        &clusters as _,
        &sources as _,
        &checks as _,
        &severities as _,
        &findings as _,
        &details,
        &rules,
        &occurrences as _,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// An event that no message tells of yet.
#[derive(Debug)]
pub(in crate::notify) struct Waiting {
    pub(in crate::notify) id: Uuid,
    pub(in crate::notify) kind: EventKind,
    pub(in crate::notify) finding: Option<Uuid>,
    /// The team whose namespace the finding is in.
    pub(in crate::notify) team: Option<String>,
    pub(in crate::notify) rules: Vec<Uuid>,
    /// What happens once only, as it is known.
    pub(in crate::notify) occurrence: Option<String>,
}

/// The oldest events that no message tells of, held until the transaction ends; what another server holds is left to it. Of one
/// finding the oldest alone: where it stands is known when that is in a message.
pub(in crate::notify) async fn waiting(db: &mut PgConnection, limit: i64) -> Result<Vec<Waiting>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT e.id, e.kind, e.finding_id, e.rules, e.occurrence, t.team AS "team?"
           FROM (SELECT id, kind, at, cluster_id, finding_id, rules, occurrence FROM notification_event n
                 WHERE routed_at IS NULL
                   AND NOT EXISTS (SELECT FROM notification_event o
                                   WHERE o.finding_id = n.finding_id AND o.routed_at IS NULL AND (o.at, o.id) < (n.at, n.id))
                 ORDER BY at, id LIMIT $1 FOR UPDATE SKIP LOCKED) AS e
           LEFT JOIN finding f ON f.id = e.finding_id
           LEFT JOIN namespace_team t ON t.cluster_id = e.cluster_id AND t.valid_to IS NULL
                AND t.namespace = namespace_of(f.subject_kind, f.subject_namespace, f.subject_name)
           ORDER BY e.at, e.id"#,
        limit,
    )
    .fetch_all(db)
    .await?;
    let event = rows.into_iter().map(|row| {
        Ok(Waiting {
            id: row.id,
            kind: word(&row.kind)?,
            finding: row.finding_id,
            team: row.team,
            rules: row.rules,
            occurrence: row.occurrence,
        })
    });
    event.collect()
}

pub(in crate::notify) async fn routed(db: &mut PgConnection, events: &[Uuid], at: Instant) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE notification_event SET routed_at = $2 WHERE id = ANY($1)", events, at).execute(db).await?;
    Ok(())
}

/// What a message tells of, in the order of time.
pub(in crate::notify) async fn of_message(db: &mut PgConnection, message: Uuid) -> Result<Vec<Told>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT e.id, e.kind, e.at, c.name AS "cluster?", t.title AS "title?", e.source, e.check_id, e.severity, e.finding_id,
                  e.detail, f.subject_kind AS "subject_kind?", f.subject_namespace, f.subject_name AS "subject_name?", f.subject_key
           FROM notification_message_event m
           JOIN notification_event e ON e.id = m.event_id
           LEFT JOIN cluster c ON c.id = e.cluster_id
           LEFT JOIN LATERAL (
               SELECT title FROM cluster_facts WHERE cluster_id = e.cluster_id AND valid_from <= e.at ORDER BY valid_from DESC LIMIT 1
           ) AS t ON true
           LEFT JOIN finding f ON f.id = e.finding_id
           WHERE m.message_id = $1 ORDER BY e.at, e.id"#,
        message,
    )
    .fetch_all(db)
    .await?;
    let told = rows.into_iter().map(|row| {
        let subject = row.subject_kind.zip(row.subject_name).map(|(kind, name)| Subject {
            kind,
            namespace: row.subject_namespace,
            name,
            key: row.subject_key,
        });
        Ok(Told {
            id: row.id,
            kind: word(&row.kind)?,
            at: row.at,
            cluster: row.cluster,
            title: row.title,
            source: row.source,
            check: row.check_id.map(Into::into),
            severity: row.severity.map(Into::into),
            finding: row.finding_id.map(Into::into),
            subject,
            detail: row.detail,
        })
    });
    told.collect()
}
