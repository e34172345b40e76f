//! How findings failed, from one edge to the next; those with the same edges as one row.

use super::super::{
    periods::Periods,
    scope::Scope,
    spans::{Begins, Ends, Span},
};
use crate::{db::word, service_levels::said};
use model::{Instant, severity::Severity, source::Source};
use sqlx::PgConnection;

/// What a question needs to know of each span besides its edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Needs {
    /// Nothing.
    Edges,
    /// What was said of it, when it was accepted, and whether it failed with the same severity before.
    Decisions,
}

/// Every span that overlaps the periods, cut where the finding's namespace came to a team or left it.
pub(in super::super) async fn overlapping(
    db: &mut PgConnection,
    scope: &Scope,
    periods: &Periods,
    needs: Needs,
) -> Result<Vec<Span>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"WITH own AS (
               SELECT id, finding_id, cluster_id, source, check_id, severity, opened_at, valid_from, valid_to, continued
               FROM finding_interval WHERE valid_to IS NULL AND valid_from < $2
               UNION ALL
               SELECT id, finding_id, cluster_id, source, check_id, severity, opened_at, valid_from, valid_to, continued
               FROM finding_interval WHERE valid_to >= $1 AND valid_from < $2
           ), moves AS (
               SELECT finding_id, array_agg(decided_at ORDER BY decided_at, decision_id) AS moved_at,
                      array_agg(standing ORDER BY decided_at, decision_id) AS standings
               FROM decision_finding WHERE $8::boolean AND decided_at < $2 GROUP BY finding_id
           ), paused AS (
               SELECT finding_id, array_agg(since ORDER BY since, until) AS paused_at,
                      array_agg(CASE WHEN until <= $10 THEN until END ORDER BY since, until) AS paused_until
               FROM accepted_spans($10) WHERE $8 GROUP BY finding_id
           ), cut AS (
               SELECT coalesce(t.team, '') AS team, CASE WHEN $8 THEN i.source END AS source, i.severity, i.opened_at,
                      greatest(i.valid_from, t.valid_from) AS span_from,
                      least(i.valid_to, t.valid_to, c.valid_to) AS span_to,
                      CASE WHEN i.valid_from > i.opened_at OR t.valid_from > i.valid_from THEN 'came'
                           WHEN f.first_seen_at < i.opened_at THEN 'reopened' ELSE 'opened' END AS begins,
                      CASE WHEN c.valid_to <= coalesce(least(i.valid_to, t.valid_to), 'infinity') THEN 'departed'
                           WHEN t.valid_to < i.valid_to OR i.valid_to IS NULL OR i.continued THEN 'went' ELSE 'closed' END AS ends,
                      $8 AND i.valid_from > i.opened_at AND EXISTS (
                          SELECT FROM finding_interval p
                          WHERE p.finding_id = i.finding_id AND p.valid_to = i.valid_from AND p.severity = i.severity
                      ) AS goes_on,
                      m.moved_at, m.standings, p.paused_at, p.paused_until
               FROM own i
               JOIN cluster c ON c.id = i.cluster_id
               LEFT JOIN finding f ON $7::boolean AND f.id = i.finding_id
               LEFT JOIN namespace_team t ON $7 AND t.cluster_id = i.cluster_id
                    AND t.namespace = namespace_of(f.subject_kind, f.subject_namespace, f.subject_name)
                    AND (i.valid_to IS NULL OR t.valid_from < i.valid_to) AND (t.valid_to IS NULL OR t.valid_to > i.valid_from)
               LEFT JOIN moves m ON $8 AND m.finding_id = i.finding_id
               LEFT JOIN paused p ON $8 AND p.finding_id = i.finding_id
               WHERE i.cluster_id = ANY($3) AND ($4::smallint[] IS NULL OR i.severity = ANY($4))
                 AND ($5::text[] IS NULL OR i.source = ANY($5)) AND ($6::text[] IS NULL OR i.check_id = ANY($6))
                 AND (NOT $7 OR (t.team IS NOT NULL AND ($9::text IS NULL OR t.team = $9)))
           )
           SELECT team AS "team!", source, severity AS "severity!", opened_at AS "opened_at!", span_from AS "span_from!", span_to,
                  begins AS "begins!", ends AS "ends!", goes_on AS "goes_on!", moved_at, standings, paused_at,
                  paused_until AS "paused_until: Vec<Option<Instant>>", count(*) AS "findings!"
           FROM cut WHERE span_to IS NULL OR span_to > span_from
           GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13"#,
        periods.start(),
        periods.end(),
        &scope.ids,
        scope.severities.as_deref(),
        scope.sources.as_deref(),
        scope.checks.as_deref(),
        scope.by_team,
        needs == Needs::Decisions,
        scope.team.as_deref(),
        periods.at,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let standings = row.standings.unwrap_or_default();
            Ok(Span {
                team: row.team,
                source: row.source.as_deref().map(word::<Source>).transpose()?,
                severity: Severity::from(row.severity),
                opened_at: row.opened_at,
                from: row.span_from,
                to: row.span_to,
                begins: begins(&row.begins),
                ends: ends(&row.ends),
                goes_on: row.goes_on,
                said: row.moved_at.into_iter().flatten().zip(standings.iter().map(|word| said(word))).collect(),
                accepted: row.paused_at.into_iter().flatten().zip(row.paused_until.into_iter().flatten()).collect(),
                findings: row.findings,
            })
        })
        .collect()
}

fn begins(word: &str) -> Begins {
    match word {
        "opened" => Begins::Opened,
        "reopened" => Begins::Reopened,
        _ => Begins::Came,
    }
}

fn ends(word: &str) -> Ends {
    match word {
        "closed" => Ends::Closed,
        "departed" => Ends::Departed,
        _ => Ends::Went,
    }
}

/// What was opened, reopened, closed and departed from one instant until just before another.
///
/// A stretch of failing has one interval that is open or was closed, whatever changed within: it is found by that one, and
/// counts with the severity of its first.
pub(in super::super) async fn happened(
    db: &mut PgConnection,
    scope: &Scope,
    from: Instant,
    to: Instant,
) -> Result<crate::history::DayCounts, sqlx::Error> {
    let row = sqlx::query!(
        r#"WITH begun AS (
               SELECT finding_id, cluster_id, source, check_id, opened_at FROM finding_interval
               WHERE valid_to IS NULL AND opened_at >= $1 AND opened_at < $2
               UNION ALL
               SELECT finding_id, cluster_id, source, check_id, opened_at FROM finding_interval
               WHERE NOT continued AND opened_at >= $1 AND opened_at < $2
           ), opened AS (
               SELECT count(*) FILTER (WHERE f.first_seen_at = b.opened_at) AS opened,
                      count(*) FILTER (WHERE f.first_seen_at < b.opened_at) AS reopened
               FROM begun b
               JOIN finding f ON f.id = b.finding_id
               JOIN finding_interval i ON i.finding_id = b.finding_id AND i.valid_from = b.opened_at
               JOIN cluster c ON c.id = b.cluster_id AND (c.valid_to IS NULL OR c.valid_to > b.opened_at)
               WHERE b.cluster_id = ANY($3) AND ($4::smallint[] IS NULL OR i.severity = ANY($4))
                 AND ($5::text[] IS NULL OR b.source = ANY($5)) AND ($6::text[] IS NULL OR b.check_id = ANY($6))
           ), closed AS (
               SELECT count(*) AS closed
               FROM finding_interval i
               JOIN cluster c ON c.id = i.cluster_id AND (c.valid_to IS NULL OR c.valid_to > i.valid_to)
               WHERE NOT i.continued AND i.valid_to >= $1 AND i.valid_to < $2 AND i.cluster_id = ANY($3)
                 AND ($4::smallint[] IS NULL OR i.severity = ANY($4))
                 AND ($5::text[] IS NULL OR i.source = ANY($5)) AND ($6::text[] IS NULL OR i.check_id = ANY($6))
           ), departed AS (
               SELECT coalesce(sum(o.findings), 0)::bigint AS departed
               FROM cluster c
               CROSS JOIN LATERAL open_findings_as_of(c.valid_to - interval '1 microsecond') AS o
               WHERE c.valid_to >= $1 AND c.valid_to < $2 AND c.id = ANY($3) AND o.cluster_id = c.id
                 AND ($4::smallint[] IS NULL OR o.severity = ANY($4))
                 AND ($5::text[] IS NULL OR o.source = ANY($5)) AND ($6::text[] IS NULL OR o.check_id = ANY($6))
           )
           SELECT opened AS "opened!", reopened AS "reopened!", closed AS "closed!", departed AS "departed!"
           FROM opened, closed, departed"#,
        from,
        to,
        &scope.ids,
        scope.severities.as_deref(),
        scope.sources.as_deref(),
        scope.checks.as_deref(),
    )
    .fetch_one(db)
    .await?;
    Ok(crate::history::DayCounts {
        opened: row.opened,
        reopened: row.reopened,
        closed: row.closed,
        departed: row.departed,
        shifted: 0,
    })
}
