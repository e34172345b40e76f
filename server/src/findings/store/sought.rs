//! The SQL of what findings are about: looked up first where they are few, a condition of a list's rows where they are many.
//!
//! Built from constant pieces, as lists are; every value is bound.

use super::super::sought::Sought;
use model::views::NO_NAMESPACE;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

/// A finding that agrees with what is sought, with what its words are looked for in.
#[derive(Debug, FromRow)]
pub(in crate::findings) struct Found {
    pub(in crate::findings) id: Uuid,
    pub(in crate::findings) check_id: String,
    pub(in crate::findings) search: String,
}

/// Findings that agree with what is sought, in no order, at most `limit`.
pub(in crate::findings) async fn found(
    db: &mut PgConnection,
    clusters: &[Uuid],
    sought: &Sought,
    limit: i64,
) -> Result<Vec<Found>, sqlx::Error> {
    let mut sql = QueryBuilder::new("SELECT f.id, f.check_id, f.search FROM finding f WHERE f.cluster_id = ANY(");
    sql.push_bind(clusters.to_vec()).push(")");
    push_sought(&mut sql, sought);
    sql.push(" LIMIT ").push_bind(limit);
    sql.build_query_as().fetch_all(db).await
}

/// Conditions on `finding f`, each behind an AND.
pub(super) fn push_sought(sql: &mut QueryBuilder<Postgres>, sought: &Sought) {
    for word in &sought.words {
        sql.push(" AND (f.search LIKE lower(").push_bind(super::super::scope::like_pattern(&word.word)).push(")");
        if !word.checks.is_empty() {
            sql.push(" OR f.check_id = ANY(").push_bind(word.checks.clone()).push(")");
        }
        sql.push(")");
    }
    if let Some(namespace) = &sought.namespace {
        push_namespace(sql, Some(namespace.as_str()).filter(|name| *name != NO_NAMESPACE));
    }
    if let Some(workload) = &sought.workload {
        push_namespace(sql, workload.namespace.as_deref());
        sql.push(" AND f.subject_name = ").push_bind(workload.name.clone());
        sql.push(" AND f.subject_kind = ").push_bind(workload.kind.clone());
    }
    if let Some(cve) = &sought.cve {
        sql.push(" AND f.cve = ").push_bind(cve.clone());
    }
}

fn push_namespace(sql: &mut QueryBuilder<Postgres>, namespace: Option<&str>) {
    match namespace {
        Some(namespace) => sql.push(" AND f.subject_namespace = ").push_bind(namespace.to_owned()),
        None => sql.push(" AND f.subject_namespace IS NULL"),
    };
}
