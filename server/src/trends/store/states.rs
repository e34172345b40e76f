//! What the states of checks rested on, at many instants at once.

use crate::db::word;
use model::{Instant, evaluation::Outcome, ids::ClusterId, scan::Coverage, source::Source};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// A result, and when it was in force.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct ResultSpan {
    pub(in super::super) outcome: Outcome,
    pub(in super::super) unread: u32,
    pub(in super::super) from: Instant,
    pub(in super::super) to: Option<Instant>,
}

/// Results by cluster and check, each check's in the order of time.
pub(in super::super) type Results = HashMap<ClusterId, HashMap<String, Vec<ResultSpan>>>;

/// Every result that was in force from one instant to another.
pub(in super::super) async fn results(
    db: &mut PgConnection,
    clusters: &[Uuid],
    from: Instant,
    until: Instant,
) -> Result<Results, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT cluster_id AS "cluster_id!", check_id AS "check_id!", outcome AS "outcome!", unread AS "unread!",
                  valid_from AS "valid_from!", valid_to
           FROM (
               SELECT * FROM check_result WHERE valid_to IS NULL AND valid_from <= $3
               UNION ALL
               SELECT * FROM check_result WHERE valid_to > $2 AND valid_from <= $3
           ) AS r
           WHERE cluster_id = ANY($1)
           ORDER BY valid_from"#,
        clusters,
        from,
        until,
    )
    .fetch_all(db)
    .await?;
    let mut results = Results::new();
    for row in rows {
        let span = ResultSpan {
            outcome: word::<Outcome>(&row.outcome)?,
            unread: u32::try_from(row.unread).unwrap_or(u32::MAX),
            from: row.valid_from,
            to: row.valid_to,
        };
        results.entry(ClusterId(row.cluster_id)).or_default().entry(row.check_id).or_default().push(span);
    }
    Ok(results)
}

/// How the newest scan of every source went as of each of some instants, and when it ended.
pub(in super::super) async fn scans(
    db: &mut PgConnection,
    clusters: &[Uuid],
    instants: &[Instant],
) -> Result<HashMap<(usize, ClusterId, Source), (Coverage, Instant)>, sqlx::Error> {
    let sources: Vec<String> = Source::ALL.iter().map(|source| source.as_str().to_owned()).collect();
    let rows = sqlx::query!(
        r#"SELECT t.place AS "place!", c.id AS "cluster_id!", s.source AS "source!", n.coverage, n.ended_at
           FROM UNNEST($3::timestamptz[]) WITH ORDINALITY AS t (at, place)
           CROSS JOIN UNNEST($1::uuid[]) AS c (id)
           CROSS JOIN UNNEST($2::text[]) AS s (source)
           CROSS JOIN LATERAL (
               SELECT coverage, ended_at FROM scan
               WHERE cluster_id = c.id AND source = s.source AND recorded_at <= t.at AND NOT superseded
               ORDER BY recorded_at DESC LIMIT 1
           ) AS n"#,
        clusters,
        &sources,
        instants,
    )
    .fetch_all(db)
    .await?;
    let mut scans = HashMap::with_capacity(rows.len());
    for row in rows {
        let place = usize::try_from(row.place - 1).unwrap_or_default();
        let key = (place, ClusterId(row.cluster_id), word::<Source>(&row.source)?);
        scans.insert(key, (word::<Coverage>(&row.coverage)?, row.ended_at));
    }
    Ok(scans)
}
