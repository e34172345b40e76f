//! The SQL of lists: keys of rows in an order, read from an index, from a row on.
//!
//! Four orders are four queries, since an index serves only an order that is written out.

use super::super::{cursor::Key, scope::Scope};
use model::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

/// A row of a list: the interval that it shows, and what it is sorted by.
#[derive(Clone, Copy, Debug)]
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

/// From the worst and newest on.
pub(in crate::findings) async fn worst_first(
    db: &mut PgConnection,
    scope: &Scope,
    from: Key,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"SELECT id AS "id!", finding_id AS "finding_id!", severity AS "severity!", opened_at AS "opened_at!"
           FROM finding_listed($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           WHERE (severity, opened_at, finding_id) < ($11, $12, $13)
           ORDER BY severity DESC, opened_at DESC, finding_id DESC
           LIMIT $14"#,
        scope.at,
        scope.failing,
        scope.ended,
        scope.acknowledged,
        &scope.clusters,
        scope.sources.as_deref(),
        scope.severities.as_deref(),
        scope.checks.as_deref(),
        scope.ids.as_deref(),
        scope.pattern.as_deref() as _,
        from.severity,
        from.opened_at,
        from.finding,
        limit,
    )
    .fetch_all(db)
    .await
}

/// From the mildest and oldest on.
pub(in crate::findings) async fn worst_last(
    db: &mut PgConnection,
    scope: &Scope,
    from: Key,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"SELECT id AS "id!", finding_id AS "finding_id!", severity AS "severity!", opened_at AS "opened_at!"
           FROM finding_listed($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           WHERE (severity, opened_at, finding_id) > ($11, $12, $13)
           ORDER BY severity, opened_at, finding_id
           LIMIT $14"#,
        scope.at,
        scope.failing,
        scope.ended,
        scope.acknowledged,
        &scope.clusters,
        scope.sources.as_deref(),
        scope.severities.as_deref(),
        scope.checks.as_deref(),
        scope.ids.as_deref(),
        scope.pattern.as_deref() as _,
        from.severity,
        from.opened_at,
        from.finding,
        limit,
    )
    .fetch_all(db)
    .await
}

/// From the newest on.
pub(in crate::findings) async fn newest_first(
    db: &mut PgConnection,
    scope: &Scope,
    from: Key,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"SELECT id AS "id!", finding_id AS "finding_id!", severity AS "severity!", opened_at AS "opened_at!"
           FROM finding_listed($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           WHERE (opened_at, finding_id) < ($11, $12)
           ORDER BY opened_at DESC, finding_id DESC
           LIMIT $13"#,
        scope.at,
        scope.failing,
        scope.ended,
        scope.acknowledged,
        &scope.clusters,
        scope.sources.as_deref(),
        scope.severities.as_deref(),
        scope.checks.as_deref(),
        scope.ids.as_deref(),
        scope.pattern.as_deref() as _,
        from.opened_at,
        from.finding,
        limit,
    )
    .fetch_all(db)
    .await
}

/// From the oldest on.
pub(in crate::findings) async fn oldest_first(
    db: &mut PgConnection,
    scope: &Scope,
    from: Key,
    limit: i64,
) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as!(
        Listed,
        r#"SELECT id AS "id!", finding_id AS "finding_id!", severity AS "severity!", opened_at AS "opened_at!"
           FROM finding_listed($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           WHERE (opened_at, finding_id) > ($11, $12)
           ORDER BY opened_at, finding_id
           LIMIT $13"#,
        scope.at,
        scope.failing,
        scope.ended,
        scope.acknowledged,
        &scope.clusters,
        scope.sources.as_deref(),
        scope.severities.as_deref(),
        scope.checks.as_deref(),
        scope.ids.as_deref(),
        scope.pattern.as_deref() as _,
        from.opened_at,
        from.finding,
        limit,
    )
    .fetch_all(db)
    .await
}
