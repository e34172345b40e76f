//! The part of a list's SQL that asks how findings stand to their service levels.

use super::{super::scope::Scope, list::push_said_by};
use crate::service_levels::{Limit, Standing};
use model::{Instant, views::ServiceFilter};
use sqlx::{Postgres, QueryBuilder};

/// Adds the filter, for the intervals of some severities.
pub(super) fn push(sql: &mut QueryBuilder<Postgres>, scope: &Scope, standing: &Standing, severities: &[i16]) {
    let limits: Vec<Limit> =
        standing.limits.iter().filter(|limit| severities.contains(&limit.severity.rank())).copied().collect();
    // What clocks that stood would match was opened even earlier; this bound is one that indexes know.
    let latest = limits.iter().map(|limit| limit.latest(standing.wanted)).max();
    sql.push(" AND i.opened_at < ").push_bind(latest.unwrap_or(chrono::DateTime::UNIX_EPOCH));
    sql.push(" AND (i.finding_id = ANY(").push_bind(standing.matching.clone()).push(") OR (i.finding_id <> ALL(");
    sql.push_bind(standing.ever_paused.clone()).push(") AND EXISTS (SELECT FROM UNNEST(");
    let instants = |of: fn(&Limit) -> Instant| -> Vec<Instant> { limits.iter().map(of).collect() };
    sql.push_bind(limits.iter().map(|limit| limit.severity.rank()).collect::<Vec<i16>>()).push("::smallint[], ");
    sql.push_bind(limits.iter().map(|limit| limit.source.as_str().to_owned()).collect::<Vec<String>>());
    for of in [
        |limit: &Limit| limit.fix_out,
        |limit: &Limit| limit.fix_soon,
        |limit: &Limit| limit.acknowledge_out,
        |limit: &Limit| limit.acknowledge_soon,
    ] {
        sql.push(", ").push_bind(instants(of));
    }
    sql.push(") AS l (severity, source, fix_out, fix_soon, acknowledge_out, acknowledge_soon)");
    sql.push(" WHERE l.severity = i.severity AND l.source = i.source AND ");
    match standing.wanted {
        ServiceFilter::Breached => push_before(sql, scope, "out"),
        ServiceFilter::DueSoon => {
            push_before(sql, scope, "soon");
            push_before(sql.push(" AND NOT "), scope, "out");
        }
    }
    sql.push(")))");
}

/// Whether a finding was opened before the limit of a clock that still waits.
fn push_before(sql: &mut QueryBuilder<Postgres>, scope: &Scope, limit: &str) {
    sql.push("(i.opened_at < l.fix_").push(limit).push(" OR (i.opened_at < l.acknowledge_").push(limit);
    sql.push(" AND coalesce((SELECT d.standing");
    push_said_by(sql, scope);
    sql.push("), 'open') = 'open'))");
}
