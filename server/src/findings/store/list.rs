//! The SQL of lists: keys of rows in an order, read from an index, from a row on.
//!
//! Built from constant pieces, the one place in the server where SQL is: an index serves only an order and a filter that
//! are written out, and there are hundreds of both together. Every value is bound.

use super::super::{
    cursor::Key,
    page::LAST,
    scope::{Among, DueOn, Order, Scope},
};
use super::{service, sought::push_sought};
use model::{Instant, severity::Severity};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// A row of a list: the interval that it shows, and what it is sorted by.
#[derive(Clone, Copy, Debug, FromRow)]
pub(in crate::findings) struct Listed {
    pub(in crate::findings) id: i64,
    pub(in crate::findings) finding_id: Uuid,
    pub(in crate::findings) severity: i16,
    pub(in crate::findings) opened_at: Instant,
}

impl Listed {
    /// What it is sorted by.
    pub(in crate::findings) const fn key(&self) -> Key {
        Key { severity: self.severity, opened_at: self.opened_at, finding: self.finding_id }
    }
}

/// Which intervals a part of a list is read from; each has indexes of its own.
#[derive(Clone, Copy)]
enum Part {
    /// Open now, and at the instant asked for.
    Open,
    /// In force at the instant asked for, and ended since.
    EndedSince,
    /// Ended by the instant asked for, and the newest of its finding.
    Ended,
}

/// The rows after `from` in an order, at most `limit`.
pub(in crate::findings) async fn list(
    db: &mut PgConnection,
    scope: &Scope,
    order: Order,
    from: Key,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    let mut listed: Vec<Listed> = Vec::new();
    for severities in turns(scope, order, from) {
        let room = limit - i64::try_from(listed.len()).unwrap_or(i64::MAX);
        if room <= 0 {
            break;
        }
        let mut sql = QueryBuilder::new("SELECT id, finding_id, severity, opened_at FROM (");
        push_parts(&mut sql, scope, &severities, Some((order, from)), room);
        sql.push(") AS listed").push(order_by(order)).push(" LIMIT ").push_bind(room);
        listed.extend(sql.build_query_as::<Listed>().fetch_all(&mut *db).await?);
    }
    Ok(listed)
}

/// How many findings are listed, counted no further than `limit`.
pub(in crate::findings) async fn count_up_to(
    db: &mut PgConnection,
    scope: &Scope,
    limit: i64,
) -> Result<i64, sqlx::Error> {
    let mut sql = QueryBuilder::new("SELECT count(*) FROM (SELECT FROM (");
    push_parts(&mut sql, scope, &severities(scope), None, limit);
    sql.push(") AS listed LIMIT ").push_bind(limit).push(") AS counted");
    sql.build_query_scalar().fetch_one(db).await
}

/// The ids of all findings listed, in ascending order.
pub(in crate::findings) async fn every(db: &mut PgConnection, scope: &Scope) -> Result<Vec<Uuid>, sqlx::Error> {
    let mut sql = QueryBuilder::new("SELECT DISTINCT finding_id FROM (");
    push_parts(&mut sql, scope, &severities(scope), None, i64::MAX);
    sql.push(") AS listed ORDER BY finding_id");
    sql.build_query_scalar().fetch_all(db).await
}

/// Severities to read one after the other, the worst first, until there are enough.
pub(super) fn worst_turns(scope: &Scope) -> Vec<Vec<i16>> {
    turns(scope, Order::WorstFirst, LAST)
}

/// The worst findings listed of some severities, at most `limit`.
pub(super) fn push_worst(sql: &mut QueryBuilder<Postgres>, scope: &Scope, severities: &[i16], limit: i64) {
    sql.push("SELECT finding_id, severity FROM (");
    push_parts(sql, scope, severities, Some((Order::WorstFirst, LAST)), limit);
    sql.push(") AS listed").push(order_by(Order::WorstFirst)).push(" LIMIT ").push_bind(limit);
}

/// The severities that a scope may show, each once, from the least on.
fn severities(scope: &Scope) -> Vec<i16> {
    let every = || Severity::ALL.iter().map(|severity| severity.rank()).collect();
    let mut severities: Vec<i16> = scope.severities.clone().unwrap_or_else(every);
    severities.sort_unstable();
    severities.dedup();
    severities
}

/// Severities to read one after the other until the list is long enough: one at a time where severity comes first, so that
/// an index is read from the instant asked for on; all at once where it does not.
fn turns(scope: &Scope, order: Order, from: Key) -> Vec<Vec<i16>> {
    let severities = severities(scope);
    match order {
        // So few that no order is worth an index.
        _ if scope.ids.is_some() => vec![severities],
        Order::WorstFirst => {
            severities.into_iter().rev().filter(|rank| *rank <= from.severity).map(|s| vec![s]).collect()
        }
        Order::WorstLast => severities.into_iter().filter(|rank| *rank >= from.severity).map(|s| vec![s]).collect(),
        Order::NewestFirst | Order::OldestFirst => vec![severities],
    }
}

/// Every part of the list, each limited by itself, so that none is read further than the list is long.
fn push_parts(
    sql: &mut QueryBuilder<Postgres>,
    scope: &Scope,
    severities: &[i16],
    from: Option<(Order, Key)>,
    limit: i64,
) {
    let failing = [Part::Open, Part::EndedSince].into_iter().filter(|_| scope.failing);
    let parts = failing.chain(scope.ended.then_some(Part::Ended));
    for (place, part) in parts.enumerate() {
        sql.push(if place == 0 { "(" } else { " UNION ALL (" });
        let combined = is_combined(scope, part, from.map(|(order, _)| order));
        if combined {
            push_combinations(sql, scope, part, severities);
        }
        push_part(sql, scope, part, (severities, combined), from, limit);
        if combined {
            sql.push(") AS each");
        }
        sql.push(")");
    }
}

/// Whether an index begins with what a list is narrowed by. It does not where few rows were found before, and where all that
/// is open is sorted by its age.
fn is_combined(scope: &Scope, part: Part, order: Option<Order>) -> bool {
    let by_age = matches!(order, Some(Order::NewestFirst | Order::OldestFirst));
    let everything_open = matches!(part, Part::Open) && scope.severities.is_none() && scope.checks.is_none();
    scope.ids.is_none() && !(by_age && everything_open)
}

/// One ordered read of an index for each combination of what the index begins with, rather than all their rows sorted.
fn push_combinations(sql: &mut QueryBuilder<Postgres>, scope: &Scope, part: Part, severities: &[i16]) {
    sql.push("SELECT each.* FROM UNNEST(").push_bind(severities.to_vec()).push("::smallint[]) AS s (severity)");
    if let Some(checks) = &scope.checks {
        sql.push(" CROSS JOIN UNNEST(").push_bind(checks.clone()).push("::text[]) AS k (check_id)");
    }
    if matches!(part, Part::EndedSince) {
        sql.push(" CROSS JOIN life_windows(").push_bind(scope.at).push(") AS w");
    }
    sql.push(" CROSS JOIN LATERAL (");
}

fn push_part(
    sql: &mut QueryBuilder<Postgres>,
    scope: &Scope,
    part: Part,
    (severities, combined): (&[i16], bool),
    from: Option<(Order, Key)>,
    limit: i64,
) {
    // An interval begins when its failing does, or later: the bound on that is one that indexes know.
    sql.push("SELECT i.id, i.finding_id, i.severity, i.opened_at FROM finding_interval i WHERE i.opened_at <= ");
    sql.push_bind(scope.at).push(" AND i.valid_from <= ").push_bind(scope.at);
    match part {
        Part::Open => sql.push(" AND i.valid_to IS NULL"),
        Part::EndedSince => sql.push(" AND i.valid_to IS NOT NULL AND i.valid_to > ").push_bind(scope.at),
        Part::Ended => sql
            .push(" AND NOT i.continued AND i.valid_to <= ")
            .push_bind(scope.at)
            .push(" AND NOT EXISTS (SELECT FROM finding_interval n WHERE n.finding_id = i.finding_id")
            .push(" AND n.valid_from > i.valid_from AND n.valid_from <= ")
            .push_bind(scope.at)
            .push(")"),
    };
    if let Some(ids) = &scope.ids {
        sql.push(" AND i.finding_id = ANY(").push_bind(ids.clone()).push(")");
        sql.push(" AND i.severity = ANY(").push_bind(severities.to_vec()).push(")");
        if let Some(checks) = &scope.checks {
            sql.push(" AND i.check_id = ANY(").push_bind(checks.clone()).push(")");
        }
    } else if combined {
        sql.push(" AND i.severity = s.severity");
        if scope.checks.is_some() {
            sql.push(" AND i.check_id = k.check_id");
        }
        if matches!(part, Part::EndedSince) {
            sql.push(" AND life_class(i.opened_at, i.valid_to) = w.class AND i.opened_at > w.since");
        }
    }
    push_filters(sql, scope, part);
    if let Some(service) = &scope.service {
        service::push(sql, scope, service, severities);
    }
    if let Some((order, key)) = from {
        push_from(sql, order, key);
        sql.push(order_by(order));
    }
    sql.push(" LIMIT ").push_bind(limit);
}

fn push_filters(sql: &mut QueryBuilder<Postgres>, scope: &Scope, part: Part) {
    sql.push(" AND i.cluster_id = ANY(").push_bind(scope.clusters.clone()).push(")");
    if let Some(sources) = &scope.sources {
        sql.push(" AND i.source = ANY(").push_bind(sources.clone()).push(")");
    }
    if let Some(pattern) = &scope.pattern {
        // A subquery for each row: the text is frequent, or there would be ids.
        sql.push(" AND (SELECT f.search LIKE lower(").push_bind(pattern.clone());
        sql.push(") FROM finding f WHERE f.id = i.finding_id)");
    }
    if let Some(since) = scope.changed {
        push_changed(sql, since, scope.at);
    }
    if let Some(sought) = &scope.sought {
        // As above; ids are what is left where they are rare.
        sql.push(" AND (SELECT true");
        push_sought(sql, sought);
        sql.push(" FROM finding f WHERE f.id = i.finding_id)");
    }
    if !matches!(part, Part::Ended) {
        push_state(sql, scope);
    }
    push_said(sql, scope);
}

/// Whether a finding changed after one instant and until another, by the interval that is listed.
fn push_changed(sql: &mut QueryBuilder<Postgres>, since: Instant, at: Instant) {
    sql.push(" AND (i.valid_from > ").push_bind(since);
    sql.push(" OR coalesce(i.valid_to > ").push_bind(since).push(" AND i.valid_to <= ").push_bind(at).push(", false)");
    sql.push(" OR EXISTS (SELECT FROM decision_finding d WHERE d.finding_id = i.finding_id AND d.decided_at > ");
    sql.push_bind(since).push(" AND d.decided_at <= ").push_bind(at).push("))");
}

/// The state of a finding that fails: accepted, or else what people said of it.
fn push_state(sql: &mut QueryBuilder<Postgres>, scope: &Scope) {
    match scope.accepted {
        Among::Any => {}
        Among::Only => push_accepted(sql.push(" AND "), scope),
        Among::Without => push_accepted(sql.push(" AND NOT "), scope),
        Among::Besides => push_accepted(sql.push(" AND ("), scope),
    }
    if let Some(standings) = &scope.standings {
        sql.push(if scope.accepted == Among::Besides { " OR " } else { " AND " });
        sql.push("coalesce((SELECT d.standing");
        push_said_by(sql, scope);
        sql.push("), 'open') = ANY(").push_bind(standings.clone()).push(")");
    }
    if scope.accepted == Among::Besides {
        sql.push(")");
    }
}

/// Whether a finding is accepted. Where they are many, they are looked up once, and the order of the index is kept.
fn push_accepted(sql: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if let Some(accepted) = &scope.accepted_ids {
        sql.push("(i.finding_id = ANY(").push_bind(accepted.clone()).push("))");
    } else {
        sql.push("((i.finding_id IN (SELECT a.finding_id FROM accepted_findings(").push_bind(scope.at);
        sql.push(") AS a)) IS TRUE)");
    }
}

/// What people said of a finding, as far as there are too many of them to be looked up first.
fn push_said(sql: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if let Some(assigned) = &scope.assigned {
        sql.push(" AND coalesce((SELECT CASE WHEN d.assigned_to IS NULL AND d.assigned_team IS NULL THEN ");
        sql.push_bind(assigned.nobody).push(" ELSE coalesce(d.assigned_to = ANY(").push_bind(assigned.people.clone());
        sql.push("), false) OR coalesce(d.assigned_team = ANY(")
            .push_bind(assigned.teams.clone())
            .push("), false) END");
        push_said_by(sql, scope);
        sql.push("), ").push_bind(assigned.nobody).push(")");
    }
    if let Some(due) = scope.due {
        let (without, from, to) = match due {
            DueOn::NoDay => (true, None, None),
            DueOn::Between(from, to) => (false, Some(from), Some(to)),
        };
        sql.push(" AND coalesce((SELECT CASE WHEN d.due IS NULL THEN ").push_bind(without);
        sql.push(" ELSE coalesce(d.due BETWEEN ").push_bind(from).push(" AND ").push_bind(to).push(", false) END");
        push_said_by(sql, scope);
        sql.push("), ").push_bind(without).push(")");
    }
    if let Some(ticket) = &scope.ticket {
        sql.push(" AND (SELECT d.ticket");
        push_said_by(sql, scope);
        sql.push(") = ").push_bind(ticket.clone());
    }
}

/// Where the newest decision about a finding is looked for.
pub(super) fn push_said_by(sql: &mut QueryBuilder<Postgres>, scope: &Scope) {
    sql.push(" FROM decision_finding d WHERE d.finding_id = i.finding_id AND d.decided_at <= ").push_bind(scope.at);
    sql.push(" ORDER BY d.decided_at DESC, d.decision_id DESC LIMIT 1");
}

fn push_from(sql: &mut QueryBuilder<Postgres>, order: Order, key: Key) {
    sql.push(match order {
        Order::WorstFirst => " AND (i.severity, i.opened_at, i.finding_id) < (",
        Order::WorstLast => " AND (i.severity, i.opened_at, i.finding_id) > (",
        Order::NewestFirst => " AND (i.opened_at, i.finding_id) < (",
        Order::OldestFirst => " AND (i.opened_at, i.finding_id) > (",
    });
    if matches!(order, Order::WorstFirst | Order::WorstLast) {
        sql.push_bind(key.severity).push(", ");
    }
    sql.push_bind(key.opened_at).push(", ").push_bind(key.finding).push(")");
}

const fn order_by(order: Order) -> &'static str {
    match order {
        Order::WorstFirst => " ORDER BY severity DESC, opened_at DESC, finding_id DESC",
        Order::WorstLast => " ORDER BY severity, opened_at, finding_id",
        Order::NewestFirst => " ORDER BY opened_at DESC, finding_id DESC",
        Order::OldestFirst => " ORDER BY opened_at, finding_id",
    }
}
