//! Acceptances for a pack.

use super::{
    load::{detail, loaded},
    store::rows,
};
use crate::error::Result;
use model::{
    Instant,
    ids::{CheckId, FindingId},
    views::{AcceptanceDetail, AcceptanceRow},
};
use sqlx::PgConnection;
use std::collections::BTreeSet;

/// What a pack's scope is, as far as acceptances go.
pub(crate) struct ExportScope<'a> {
    /// Whether everything is in scope.
    pub(crate) everything: bool,
    /// Names of the clusters in scope.
    pub(crate) clusters: &'a [String],
    /// The checks in scope.
    pub(crate) checks: &'a [CheckId],
    /// The findings in scope.
    pub(crate) findings: &'a BTreeSet<FindingId>,
}

impl ExportScope<'_> {
    /// Whether an acceptance speaks of something in scope by what it names.
    fn names(&self, row: &AcceptanceRow) -> bool {
        let check = row.check.as_ref().is_some_and(|check| self.checks.contains(check));
        let cluster = row.cluster.as_ref().is_none_or(|cluster| self.clusters.contains(&cluster.name));
        self.everything || (check && cluster)
    }
}

/// Every acceptance that was asked for by an instant and speaks of what is in scope: by what it names, or (of one that names
/// no check, as of a vulnerability) by what falls under it. Findings outside the scope are not told one by one.
pub(crate) async fn export(
    db: &mut PgConnection,
    scope: &ExportScope<'_>,
    at: Instant,
) -> Result<Vec<AcceptanceDetail>> {
    let ids = rows::all(db, at).await?;
    let rows: Vec<AcceptanceRow> = loaded(db, &ids, at).await?.into_iter().map(|(row, ..)| row).collect();
    let mut all = Vec::new();
    for row in rows.iter().filter(|row| scope.names(row) || row.check.is_none()) {
        let Some(mut detail) = detail(db, row.id, at).await? else { continue };
        let in_scope = |finding: &FindingId| scope.everything || scope.findings.contains(finding);
        detail.cover.findings.retain(|covered| in_scope(&covered.finding.id));
        if !scope.names(row) && detail.cover.findings.is_empty() {
            continue;
        }
        for condition in &mut detail.conditions {
            condition.watch = None;
        }
        for cluster in detail.cover.findings.iter_mut().map(|covered| &mut covered.finding.cluster) {
            cluster.title.clone_from(&cluster.name);
        }
        if let Some(cluster) = &mut detail.row.cluster {
            cluster.title.clone_from(&cluster.name);
        }
        all.push(detail);
    }
    Ok(all)
}
