//! The state of controls, on each cluster and over all.

use super::evidence::Evidence;
use model::{
    Instant,
    catalogue::{Catalogue, Check, Control, Strength},
    control::{Assessment, ControlState, Why, assess, combine},
    ids::ClusterId,
    views::{ClusterName, ControlStatus},
};
use sqlx::PgConnection;

/// Every control of the framework at an instant, over the clusters named (all where `clusters` is empty).
pub async fn list(
    db: &mut PgConnection,
    at: Instant,
    clusters: &[String],
) -> Result<(Vec<ClusterName>, Vec<ControlStatus>), sqlx::Error> {
    let evidence = Evidence::load(db, at, clusters).await?;
    Ok((cluster_names(&evidence), of_evidence(&evidence)))
}

/// The clusters of the evidence, in its order.
pub(super) fn cluster_names(evidence: &Evidence) -> Vec<ClusterName> {
    evidence.clusters.iter().map(crate::clusters::store::ClusterRow::cluster_name).collect()
}

/// Every control, in the framework's order.
pub(super) fn of_evidence(evidence: &Evidence) -> Vec<ControlStatus> {
    Catalogue::current().controls().iter().map(|control| control_status(evidence, control)).collect()
}

/// The state of a control over all clusters of the evidence, with the reason.
pub(crate) fn assessment(evidence: &Evidence, control: &Control) -> Assessment {
    control_status(evidence, control).assessment
}

/// One control.
pub(super) fn control_status(evidence: &Evidence, control: &Control) -> ControlStatus {
    let checks: Vec<(&Check, Strength)> = Catalogue::current().checks_for(&control.id).collect();
    let clusters: Vec<ClusterId> = evidence.clusters.iter().map(|cluster| ClusterId(cluster.id)).collect();
    let (assessment, assessments) =
        assessed(control, &clusters, |cluster, check| evidence.state(cluster, check, Some(&control.id)));
    let lost = || {
        let on =
            |cluster: &ClusterId| checks.iter().any(|(check, _)| evidence.judged(*cluster, check, None).not_retained);
        clusters.iter().any(on)
    };
    let not_retained = assessment.state == ControlState::NotAssessed && assessment.why == Why::Checks && lost();
    ControlStatus {
        control: control.id.clone(),
        theme: control.theme,
        evidence: control.evidence,
        assessment: if not_retained { Assessment { why: Why::NotRetained, ..assessment } } else { assessment },
        clusters: assessments.iter().map(|assessment| assessment.state).collect(),
        checks: u32::try_from(checks.len()).unwrap_or(u32::MAX),
        open_findings: evidence.open_findings(|count| checks.iter().any(|(check, _)| check.id.as_str() == count.check)),
        read_at: oldest_reading(evidence, &checks),
    }
}

/// The assessment of a control over some clusters, and that on each, from the states of its checks.
pub(crate) fn assessed(
    control: &Control,
    clusters: &[ClusterId],
    state: impl Fn(ClusterId, &Check) -> ControlState,
) -> (Assessment, Vec<Assessment>) {
    let checks: Vec<(&Check, Strength)> = Catalogue::current().checks_for(&control.id).collect();
    let assessments: Vec<Assessment> = clusters
        .iter()
        .map(|cluster| {
            let states: Vec<(Strength, ControlState)> =
                checks.iter().map(|(check, strength)| (*strength, state(*cluster, check))).collect();
            assess(control.evidence, &states)
        })
        .collect();
    (over_all(&assessments, checks.is_empty()), assessments)
}

/// The assessment over all clusters from that of each. The reason is the clusters' own where those that decide agree.
fn over_all(assessments: &[Assessment], no_check: bool) -> Assessment {
    if no_check {
        return Assessment { state: ControlState::NotAssessed, why: Why::NoCheck };
    }
    if assessments.is_empty() {
        return Assessment { state: ControlState::NotAssessed, why: Why::NoCluster };
    }
    let state = combine(assessments.iter().map(|assessment| assessment.state));
    let mut deciding =
        assessments.iter().filter(|assessment| assessment.state == state).map(|assessment| assessment.why);
    let why = deciding.next().filter(|first| deciding.all(|why| why == *first)).unwrap_or(Why::Checks);
    Assessment { state, why }
}

/// The oldest of the newest readings of every source that the checks rest on, over all clusters.
fn oldest_reading(evidence: &Evidence, checks: &[(&Check, Strength)]) -> Option<Instant> {
    evidence
        .clusters
        .iter()
        .flat_map(|cluster| checks.iter().map(move |(check, _)| evidence.judged(ClusterId(cluster.id), check, None)))
        .filter_map(|judged| judged.scans.and_then(|scans| scans.judged_at))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assessment(state: ControlState, why: Why) -> Assessment {
        Assessment { state, why }
    }

    #[test]
    fn nothing_asked_is_not_assessed_and_says_why() {
        assert_eq!(over_all(&[], true).why, Why::NoCheck);
        assert_eq!(over_all(&[], false).why, Why::NoCluster);
        assert_eq!(over_all(&[], false).state, ControlState::NotAssessed);
    }

    #[test]
    fn a_cluster_unmeasured_beside_one_that_is_met_is_partly_covered() {
        let met = assessment(ControlState::Met, Why::Checks);
        for unmeasured in
            [ControlState::Unreachable, ControlState::NotVisible, ControlState::Stale, ControlState::NotAssessed]
        {
            let all = over_all(&[met, assessment(unmeasured, Why::Checks)], false);
            assert_eq!(all, assessment(ControlState::PartlyCovered, Why::Checks));
        }
    }

    #[test]
    fn the_reason_is_that_of_the_clusters_that_decide_where_they_agree() {
        let manual = assessment(ControlState::NeedsReview, Why::ManualPart);
        assert_eq!(over_all(&[manual, manual], false).why, Why::ManualPart);
        assert_eq!(
            over_all(&[manual, assessment(ControlState::NotApplicable, Why::Checks)], false).why,
            Why::ManualPart
        );
        assert_eq!(over_all(&[manual, assessment(ControlState::NeedsReview, Why::Checks)], false).why, Why::Checks);
        assert_eq!(over_all(&[manual, assessment(ControlState::NotMet, Why::Checks)], false).why, Why::Checks);
    }
}
