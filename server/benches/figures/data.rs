//! Scans of made-up clusters.

use chrono::{DateTime, TimeDelta};
use model::{
    Instant,
    catalogue::Catalogue,
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::Subject,
    ids::ClusterId,
    scan::{Coverage, Facts, Read, Scan},
    severity::Severity,
    source::Source,
};

/// An instant, in minutes of the bench's own time.
pub(crate) fn minute(minutes: i64) -> Instant {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

/// A scan of a source that finds `findings` faults, spread over its checks. Of every hundred, the one at `variant`
/// differs from what another variant finds.
pub(crate) fn scan(cluster: ClusterId, source: Source, at: Instant, findings: usize, variant: Option<usize>) -> Scan {
    let checks: Vec<_> = Catalogue::embedded().checks_of(source).collect();
    let results = checks.iter().map(|check| CheckResult {
        check: check.id.clone(),
        outcome: if findings == 0 { Outcome::Pass } else { Outcome::Fail },
        examined: 1_000,
        failed: 100,
        unread: 0,
        unseen: None,
        reason: None,
        detail: Detail::new(),
    });
    let observations = (0..findings).map(|n| {
        let differs = variant.is_some_and(|variant| n % 100 == variant % 100);
        Observation {
            check: checks[n % checks.len()].id.clone(),
            subject: Subject {
                kind: "ClusterRoleBinding".into(),
                namespace: Some(format!("team-{:03}", n % 250)),
                name: format!("binding-of-service-{n:05}"),
                key: Some(format!("User:person-{n}@example.org")),
            },
            severity: Severity::from(i16::try_from(1 + n % 5).unwrap_or(1)),
            fault: "granted".into(),
            detail: Detail::from([
                ("role".into(), format!("role-{}", n % 40)),
                ("by".into(), if differs { format!("variant-{variant:?}") } else { "binding".into() }),
            ]),
        }
    });
    Scan {
        cluster,
        source,
        started_at: at,
        ended_at: at,
        coverage: Coverage::Complete,
        error: None,
        problems: vec![],
        version: None,
        reads: vec![Read {
            resource: "rbac.authorization.k8s.io/v1/clusterrolebindings".into(),
            coverage: Coverage::Complete,
            objects: 1_000,
            malformed: 0,
            confirmed: 0,
            error: None,
            problems: vec![],
        }],
        traffic: None,
        objects: vec![],
        teams: None,
        evaluation: Evaluation { results: results.collect(), observations: observations.collect() }.normalised(),
        facts: Facts::default(),
    }
}
