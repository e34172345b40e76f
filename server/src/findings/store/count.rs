//! The SQL that counts, and that finds few among many before a list is read.

use super::super::scope::{Counted, Scope};
use model::Instant;
use sqlx::{PgConnection, types::chrono::NaiveDate};
use uuid::Uuid;

/// How many findings fail, from the rollup: for a scope without text, ids and closed findings.
pub(in crate::findings) async fn count_open(
    db: &mut PgConnection,
    scope: &Scope,
    counted: Counted,
) -> Result<i64, sqlx::Error> {
    let settled = match counted {
        Counted::All => None,
        Counted::Unsettled => Some(false),
        Counted::Settled => Some(true),
    };
    sqlx::query_scalar!(
        r#"SELECT coalesce(sum(findings), 0)::bigint AS "findings!"
           FROM open_findings_as_of($1)
           WHERE cluster_id = ANY($2)
             AND ($3::text[] IS NULL OR source = ANY($3))
             AND ($4::smallint[] IS NULL OR severity = ANY($4))
             AND ($5::text[] IS NULL OR check_id = ANY($5))
             AND ($6::boolean IS NULL OR acknowledged = $6)"#,
        scope.at,
        &scope.clusters,
        scope.sources.as_deref(),
        scope.severities.as_deref(),
        scope.checks.as_deref(),
        settled,
    )
    .fetch_one(db)
    .await
}

/// Findings whose subject matches a LIKE pattern, in no order, at most `limit`.
pub(in crate::findings) async fn matching_text(
    db: &mut PgConnection,
    clusters: &[Uuid],
    pattern: &str,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT id FROM finding WHERE search LIKE lower($2) AND cluster_id = ANY($1) LIMIT $3",
        clusters,
        pattern,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Findings that stand in one of some ways at an instant, in no order, at most `limit`.
pub(in crate::findings) async fn standing(
    db: &mut PgConnection,
    standings: &[String],
    at: Instant,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT d.finding_id FROM decision_finding d
          WHERE d.standing = ANY($1) AND d.decided_at <= $2 AND NOT EXISTS (
              SELECT FROM decision_finding n
              WHERE n.finding_id = d.finding_id AND n.decided_at <= $2
                AND (n.decided_at, n.decision_id) > (d.decided_at, d.decision_id)
          )
          LIMIT $3",
        standings,
        at,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Findings that some people or teams are to deal with at an instant, in no order, at most `limit`.
pub(in crate::findings) async fn assigned(
    db: &mut PgConnection,
    people: &[Uuid],
    teams: &[String],
    at: Instant,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT d.finding_id AS "finding_id!"
           FROM (
               SELECT finding_id, decided_at, decision_id FROM decision_finding WHERE assigned_to = ANY($1)
               UNION ALL
               SELECT finding_id, decided_at, decision_id FROM decision_finding WHERE assigned_team = ANY($2)
           ) AS d
           WHERE d.decided_at <= $3 AND NOT EXISTS (
               SELECT FROM decision_finding n
               WHERE n.finding_id = d.finding_id AND n.decided_at <= $3
                 AND (n.decided_at, n.decision_id) > (d.decided_at, d.decision_id)
           )
           LIMIT $4"#,
        people,
        teams,
        at,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Findings that are due from one day to another at an instant, in no order, at most `limit`.
pub(in crate::findings) async fn due(
    db: &mut PgConnection,
    (from, to): (NaiveDate, NaiveDate),
    at: Instant,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT d.finding_id FROM decision_finding d
          WHERE d.due BETWEEN $1 AND $2 AND d.decided_at <= $3 AND NOT EXISTS (
              SELECT FROM decision_finding n
              WHERE n.finding_id = d.finding_id AND n.decided_at <= $3
                AND (n.decided_at, n.decision_id) > (d.decided_at, d.decision_id)
          )
          LIMIT $4",
        from,
        to,
        at,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Findings with a ticket at an instant, in no order, at most `limit`.
pub(in crate::findings) async fn with_ticket(
    db: &mut PgConnection,
    ticket: &str,
    at: Instant,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r"SELECT d.finding_id FROM decision_finding d
          WHERE d.ticket = $1 AND d.decided_at <= $2 AND NOT EXISTS (
              SELECT FROM decision_finding n
              WHERE n.finding_id = d.finding_id AND n.decided_at <= $2
                AND (n.decided_at, n.decision_id) > (d.decided_at, d.decision_id)
          )
          LIMIT $3",
        ticket,
        at,
        limit,
    )
    .fetch_all(db)
    .await
}
