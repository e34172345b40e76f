//! The SQL of service levels.

use crate::db::word;
use chrono::TimeDelta;
use model::{
    Instant,
    service_level::{Failing, Holiday, Pause, Said, ServiceLevels, Targets},
    severity::Severity,
    source::Source,
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// As it is written; of a source that this build does not know any more, nothing is asked.
#[derive(Debug, Deserialize)]
struct Written {
    #[serde(default)]
    targets: BTreeMap<Severity, Targets>,
    #[serde(default)]
    sources: BTreeMap<String, BTreeMap<Severity, Targets>>,
    #[serde(default)]
    closed: Vec<Holiday>,
}

impl Written {
    fn levels(self) -> ServiceLevels {
        let known = |(source, targets): (String, _)| Some((source.parse::<Source>().ok()?, targets));
        ServiceLevels {
            targets: self.targets,
            sources: self.sources.into_iter().filter_map(known).collect(),
            closed: self.closed,
        }
    }
}

/// What came into force until an instant, and when, oldest first.
pub(super) async fn versions(db: &mut PgConnection, at: Instant) -> Result<Vec<(Instant, ServiceLevels)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT valid_from, levels AS "levels: Json<Written>" FROM service_level WHERE valid_from <= $1 ORDER BY valid_from"#,
        at
    )
    .map(|row| (row.valid_from, row.levels.0.levels()))
    .fetch_all(db)
    .await
}

/// Adds a version; answers since when it is in force, which is after the one before.
pub(super) async fn insert(db: &mut PgConnection, levels: &ServiceLevels, at: Instant) -> Result<Instant, sqlx::Error> {
    let newest = sqlx::query_scalar!("SELECT max(valid_from) FROM service_level").fetch_one(&mut *db).await?;
    let at = newest.map_or(at, |newest| at.max(newest + TimeDelta::microseconds(1)));
    sqlx::query!("INSERT INTO service_level (valid_from, levels) VALUES ($1, $2)", at, Json(levels) as _)
        .execute(db)
        .await?;
    Ok(at)
}

/// What people said, from the word in which a decision records what it led to.
pub(crate) fn said(standing: &str) -> Said {
    match standing {
        "acknowledged" => Said::Acknowledged,
        "false_positive" => Said::FalsePositive,
        _ => Said::Open,
    }
}

/// What the clocks of findings depend on, as was known at an instant, of intervals of which each is the newest of its finding
/// then. A finding that goes on as another, or whose cluster is gone, has none.
pub(super) async fn failing(
    db: &mut PgConnection,
    intervals: &[i64],
    at: Instant,
) -> Result<Vec<(Uuid, Failing)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT n.finding_id, n.source, n.opened_at, CASE WHEN n.valid_to <= $2 THEN n.valid_to END AS ended_at,
                  s.since AS "since!", s.severities AS "severities!", d.decided_at, d.standings
           FROM finding_interval n
           JOIN cluster c ON c.id = n.cluster_id AND (c.valid_to IS NULL OR c.valid_to > $2)
           CROSS JOIN LATERAL (
               SELECT array_agg(i.valid_from ORDER BY i.valid_from) AS since, array_agg(i.severity ORDER BY i.valid_from) AS severities
               FROM finding_interval i
               WHERE i.finding_id = n.finding_id AND i.valid_from >= n.opened_at AND i.valid_from <= n.valid_from
           ) AS s
           CROSS JOIN LATERAL (
               SELECT array_agg(f.decided_at ORDER BY f.decided_at, f.decision_id) AS decided_at,
                      array_agg(f.standing ORDER BY f.decided_at, f.decision_id) AS standings
               FROM decision_finding f
               WHERE f.finding_id = n.finding_id AND f.decided_at <= $2
           ) AS d
           WHERE n.id = ANY($1) AND (n.rekeyed_by IS NULL OR n.valid_to > $2)"#,
        intervals,
        at,
    )
    .fetch_all(&mut *db)
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.finding_id).collect();
    let mut accepted = accepted(db, &ids, at).await?;
    rows.into_iter()
        .map(|row| {
            let severities = row.since.into_iter().zip(row.severities.into_iter().map(Severity::from));
            let standings = row.standings.unwrap_or_default();
            let said = row.decided_at.unwrap_or_default().into_iter().zip(standings.iter().map(|word| said(word)));
            let failing = Failing {
                source: word::<Source>(&row.source)?,
                opened_at: row.opened_at,
                severities: severities.collect(),
                said: said.collect(),
                accepted: accepted.remove(&row.finding_id).unwrap_or_default(),
                ended_at: row.ended_at,
            };
            Ok((row.finding_id, failing))
        })
        .collect()
}

/// When findings were accepted, as was known at an instant.
async fn accepted(
    db: &mut PgConnection,
    findings: &[Uuid],
    at: Instant,
) -> Result<HashMap<Uuid, Vec<Pause>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT finding_id AS "finding_id!", since AS "since!", CASE WHEN until <= $2 THEN until END AS until
           FROM accepted_spans($2) WHERE finding_id = ANY($1)"#,
        findings,
        at,
    )
    .fetch_all(db)
    .await?;
    let mut accepted: HashMap<Uuid, Vec<Pause>> = HashMap::new();
    for row in rows {
        accepted.entry(row.finding_id).or_default().push((row.since, row.until));
    }
    Ok(accepted)
}

/// The newest intervals of all findings that fail at an instant on some clusters and were accepted, or a false positive,
/// at any time: of all others, the clocks never stood.
pub(super) async fn ever_paused(
    db: &mut PgConnection,
    clusters: &[Uuid],
    at: Instant,
) -> Result<Vec<(i64, Uuid)>, sqlx::Error> {
    sqlx::query!(
        r#"SELECT i.id AS "id!", i.finding_id AS "finding_id!"
           FROM (
               SELECT finding_id FROM accepted_spans($2)
               UNION
               SELECT finding_id FROM decision_finding WHERE standing = 'false_positive' AND decided_at <= $2
           ) AS p
           JOIN finding_interval i ON i.finding_id = p.finding_id AND i.valid_from <= $2 AND (i.valid_to IS NULL OR i.valid_to > $2)
           WHERE i.cluster_id = ANY($1)"#,
        clusters,
        at,
    )
    .map(|row| (row.id, row.finding_id))
    .fetch_all(db)
    .await
}
