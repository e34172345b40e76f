//! A control with everything that its state rests on, and every check on every cluster.

use super::{
    evidence::{Evidence, Judged},
    status::{cluster_names, control_status},
};
use crate::{clusters::store::ClusterRow, findings};
use model::{
    Instant,
    catalogue::{Catalogue, Check, Strength},
    ids::{ClusterId, ControlId},
    views::{CheckStatus, ControlDetail, Elsewhere},
};
use sqlx::PgConnection;

/// Findings that a control's page shows.
const WORST_FINDINGS: i64 = 50;

/// A control at an instant over the clusters named (all where `clusters` is empty); `None` where there is no such control.
pub async fn detail(
    db: &mut PgConnection,
    control: &ControlId,
    at: Instant,
    clusters: &[String],
) -> Result<Option<ControlDetail>, sqlx::Error> {
    let catalogue = Catalogue::current();
    let Some(control) = catalogue.control(control) else {
        return Ok(None);
    };
    let evidence = Evidence::load(db, at, clusters).await?;
    let checks: Vec<(&Check, Strength)> = catalogue.checks_for(&control.id).collect();
    let ids: Vec<String> = checks.iter().map(|(check, _)| check.id.0.clone()).collect();
    let scope: Vec<uuid::Uuid> = evidence.clusters.iter().map(|row| row.id).collect();
    let findings = findings::worst(db, &scope, &ids, WORST_FINDINGS, at).await?;
    Ok(Some(ControlDetail {
        status: control_status(&evidence, control),
        clusters: cluster_names(&evidence),
        checks: on_every_cluster(&evidence, &checks, Some(&control.id)),
        findings,
    }))
}

/// Every check of the catalogue on every cluster named (all where `clusters` is empty), at an instant.
pub async fn checks(db: &mut PgConnection, at: Instant, clusters: &[String]) -> Result<Vec<CheckStatus>, sqlx::Error> {
    let evidence = Evidence::load(db, at, clusters).await?;
    let checks: Vec<(&Check, Strength)> =
        Catalogue::current().checks().iter().map(|check| (check, Strength::Supporting)).collect();
    Ok(on_every_cluster(&evidence, &checks, None))
}

/// The checks on every cluster of the evidence; by a control's budget where one is given.
pub(crate) fn on_every_cluster(
    evidence: &Evidence,
    checks: &[(&Check, Strength)],
    control: Option<&ControlId>,
) -> Vec<CheckStatus> {
    checks
        .iter()
        .flat_map(|(check, strength)| {
            evidence.clusters.iter().map(move |cluster| check_status(evidence, (check, *strength), control, cluster))
        })
        .collect()
}

fn check_status(
    evidence: &Evidence,
    (check, strength): (&Check, Strength),
    control: Option<&ControlId>,
    cluster: &ClusterRow,
) -> CheckStatus {
    let id = ClusterId(cluster.id);
    let Judged { state, result, scans, accepted, not_retained, elsewhere } = evidence.judged(id, check, control);
    let entry = scans.and_then(|scans| scans.entry.as_ref());
    CheckStatus {
        check: check.id.clone(),
        source: check.source,
        cluster: cluster.cluster_name(),
        strength,
        severity: check.severity,
        state,
        not_retained,
        outcome: result.map(|result| result.outcome),
        examined: result.map_or(0, |result| result.examined),
        failed: result.map_or(0, |result| result.failed),
        unread: result.map_or(0, |result| result.unread),
        accepted: accepted.accepted,
        reason: result.and_then(|result| result.reason.clone()),
        detail: result.map(|result| result.detail.clone()).unwrap_or_default(),
        since: result.map(|result| result.since),
        read_at: scans.and_then(|scans| scans.judged_at),
        coverage: scans.map(|scans| scans.coverage),
        error: entry.and_then(|scan| scan.error.clone()),
        problems: entry.map_or_else(Vec::new, |scan| scan.problems.clone()),
        elsewhere: elsewhere.map(|found| Elsewhere { cluster: found.map(ClusterRow::cluster_name) }),
    }
}
