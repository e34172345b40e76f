//! Risk acceptances in every state.

use super::{at, clusters, minutes_ago, page};
use chrono::TimeDelta;
use model::{
    acceptance::{AcceptanceAct, AcceptanceScope, AcceptanceState, AcceptanceStep, EndsOn, Watch},
    finding::Subject,
    ids::{AcceptanceId, AttachmentId, PersonId},
    severity::Severity,
    views::*,
};
use uuid::Uuid;

/// Who asked for the samples.
pub(crate) fn requester() -> PersonId {
    Uuid::from_u128(77).into()
}

fn scopes() -> Vec<AcceptanceScope> {
    let check = || page().rows[0].check.clone();
    let cluster = || "prod-cph".to_owned();
    vec![
        AcceptanceScope::Finding { finding: page().rows[0].id },
        AcceptanceScope::Cluster { check: check(), cluster: cluster() },
        AcceptanceScope::Namespace { check: check(), cluster: cluster(), namespace: "shop".into() },
        AcceptanceScope::Workload {
            check: check(),
            cluster: cluster(),
            namespace: Some("shop".into()),
            workload_kind: "Deployment".into(),
            workload: "checkout".into(),
        },
        AcceptanceScope::Team { check: check(), cluster: None, team: "payments".into() },
        AcceptanceScope::Team { check: check(), cluster: Some(cluster()), team: "payments".into() },
        AcceptanceScope::Labels {
            check: check(),
            cluster: None,
            selector: "environment in (dev,test),tier!=db".parse().expect("a selector"),
        },
        AcceptanceScope::Labels {
            check: check(),
            cluster: Some(cluster()),
            selector: "!environment".parse().expect("a selector"),
        },
        AcceptanceScope::Cve { cve: "CVE-2026-0001".into() },
    ]
}

/// Everything that can become of an acceptance, of every kind of scope.
pub(crate) fn changes() -> AcceptanceChangesPage {
    let change = |(index, step): (usize, &AcceptanceStep)| {
        let row = row(index, AcceptanceState::Active);
        AcceptanceChange {
            acceptance: row.id,
            step: *step,
            by: (*step != AcceptanceStep::Expired).then(|| "Maja Holm".to_owned()),
            at: minutes_ago(100 + index as i64),
            comment: "The vendor mends it in the next release.".into(),
            scope: row.scope,
            check: row.check,
            cluster: row.cluster,
            subject: row.subject,
        }
    };
    AcceptanceChangesPage { rows: AcceptanceStep::ALL.iter().enumerate().map(change).collect(), next: Some("x".into()) }
}

pub(crate) fn row(index: usize, state: AcceptanceState) -> AcceptanceRow {
    let scope = scopes().swap_remove(index % 9);
    let of_finding = matches!(scope, AcceptanceScope::Finding { .. });
    let over = state.is_over();
    AcceptanceRow {
        id: AcceptanceId(Uuid::from_u128(900 + index as u128)),
        check: scope.check().cloned().or_else(|| of_finding.then(|| page().rows[0].check.clone())),
        cluster: (of_finding || scope.cluster().is_some()).then(|| clusters().remove(0)),
        subject: of_finding.then(|| Subject {
            kind: "Deployment".into(),
            namespace: Some("shop".into()),
            name: "checkout".into(),
            key: None,
        }),
        scope,
        state,
        severity: Severity::ALL[index % 6],
        requested_by: "Erik Lund".into(),
        requester: requester(),
        requested_at: minutes_ago(10_000),
        begins_at: (state == AcceptanceState::Approved).then(|| at() + TimeDelta::days(2)),
        expires_at: at() + TimeDelta::days(20 * index as i64 + 3),
        in_force_since: (state == AcceptanceState::Active).then(|| minutes_ago(5_000)),
        over_at: over.then(|| minutes_ago(100)),
        approvals_needed: 1 + (index as u32) % 2,
        approvals: u32::from(state != AcceptanceState::Requested),
        covered: if over { 0 } else { 14 },
    }
}

pub(crate) fn lists() -> AcceptanceLists {
    use AcceptanceState::{Active, Approved, Ended, Expired, Rejected, Requested, Revoked, Withdrawn};
    AcceptanceLists {
        waiting: vec![row(0, Requested), row(1, Requested)],
        in_force: vec![row(2, Active), row(3, Active), row(4, Approved), row(5, Active), row(6, Active)],
        over: [Ended, Expired, Rejected, Revoked, Withdrawn].into_iter().enumerate().map(|(i, s)| row(i, s)).collect(),
        next: Some(AcceptanceId(Uuid::from_u128(1))),
    }
}

pub(crate) fn cover() -> AcceptanceCover {
    let findings = page().rows.into_iter().enumerate().map(|(index, finding)| CoveredFinding {
        finding,
        new: index % 3 == 1,
        worse: index % 3 == 2,
    });
    AcceptanceCover { findings: findings.collect(), count: 214, new: 3, worse: 1, worst: Some(Severity::Critical) }
}

pub(crate) fn preview() -> AcceptancePreview {
    AcceptancePreview { cover: cover(), max_days: Some(30), approvals: 2 }
}

fn event(act: AcceptanceAct, by: &str, seen: &[(&str, &str)]) -> AcceptanceEvent {
    AcceptanceEvent {
        act,
        by: by.into(),
        person: (act != AcceptanceAct::End).then(|| Uuid::from_u128(by.len() as u128).into()),
        at: minutes_ago(60),
        comment: if act == AcceptanceAct::End { String::new() } else { "Seen in the weekly meeting.".into() },
        seen: seen.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    }
}

pub(crate) fn detail(state: AcceptanceState) -> AcceptanceDetail {
    let finding = page().rows[0].id.to_string();
    let mut events = vec![
        event(AcceptanceAct::Approve, "Maja Ravn", &[]),
        event(AcceptanceAct::TooLate, "Ole Kjær", &[("act", "rejected")]),
    ];
    if state == AcceptanceState::Ended {
        let seen = [("condition", "fix_available"), ("finding", finding.as_str()), ("fixed", "1.2.4")];
        events.push(event(AcceptanceAct::End, "Bevis", &seen));
    }
    if state == AcceptanceState::Requested {
        events.clear();
    }
    let watches = [Watch::Watching, Watch::Unknown, Watch::Met];
    AcceptanceDetail {
        row: row(0, state),
        reason: "The supplier corrects it in the next release.\nUntil then the service is needed.".into(),
        compensating_control: "Reachable from the office network alone.".into(),
        residual_risk: "An employee could misuse it.".into(),
        conditions: EndsOn::ALL
            .iter()
            .zip(watches)
            .map(|(on, watch)| AcceptanceCondition { ends_on: *on, watch: Some(watch) })
            .collect(),
        extends: Some(AcceptanceId(Uuid::from_u128(5))),
        extended_by: vec![AcceptanceId(Uuid::from_u128(6))],
        events,
        attachments: vec![AcceptanceAttachment {
            id: AttachmentId(Uuid::from_u128(8)),
            name: "risk-assessment.pdf".into(),
            media_type: "application/pdf".into(),
            size: 123_456,
            sha256: "ab".repeat(32),
            by: "Erik Lund".into(),
            at: minutes_ago(9_000),
        }],
        covered_at_request: 11,
        cover: cover(),
    }
}

pub(crate) fn of_finding() -> Vec<FindingAcceptance> {
    AcceptanceState::ALL
        .iter()
        .enumerate()
        .map(|(index, state)| {
            let row = row(index, *state);
            FindingAcceptance {
                id: row.id,
                state: *state,
                scope: row.scope,
                expires_at: row.expires_at,
                worse: index == 2,
                new: index == 1,
            }
        })
        .collect()
}
