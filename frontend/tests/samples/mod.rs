//! Views as the loaders would give them: four clusters in different states, some findings, two packs.
#![allow(
    dead_code,
    clippy::cast_lossless,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::type_complexity,
    clippy::wildcard_imports,
    reason = "samples: small numbers, written to be read; each program that includes this uses a part of it"
)]

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use frontend::{
    context::{AuditDate, Moment, PageContext, Reader, Theme},
    i18n::{Language, Locale},
};
use model::{
    catalogue::{Catalogue, Theme as ControlTheme},
    control::{ControlState, assess},
    evaluation::Outcome,
    finding::{DecisionKind, FindingState, Subject},
    ids::{ClusterId, ControlId, FindingId, PackId, ScanId},
    role::Role,
    scan::{Coverage, Read},
    severity::Severity,
    source::Source,
    views::*,
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub(crate) fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 13, 5, 9).single().expect("an instant")
}

fn minutes_ago(minutes: i64) -> DateTime<Utc> {
    at() - TimeDelta::minutes(minutes)
}

pub(crate) fn context(language: Language, theme: Theme, path: &str, roles: &[Role]) -> PageContext {
    PageContext {
        locale: Locale::new(language, chrono_tz::Europe::Copenhagen),
        theme,
        visitor: (!roles.is_empty()).then(|| Reader { name: "Freja Holm".into(), roles: roles.to_vec() }),
        path: path.into(),
        as_of: at(),
        request_id: "019ab3c2-7f10-7c51-9d5e-0c5f4f1f2a77".into(),
        notice: None,
        moment: moment(),
    }
}

pub(crate) fn clusters() -> Vec<ClusterName> {
    [("prod-cph", "Production Copenhagen"), ("prod-aar", "Production Aarhus"), ("staging", "Staging"), ("edge", "Edge")]
        .into_iter()
        .enumerate()
        .map(|(index, (name, title))| ClusterName {
            id: ClusterId(Uuid::from_u128(index as u128 + 1)),
            name: name.into(),
            title: title.into(),
        })
        .collect()
}

/// The state of a check on a cluster: some fail, the edge does not answer, staging has no cert-manager.
fn state(cluster: usize, check: &model::catalogue::Check) -> ControlState {
    let word = check.id.as_str().len() + cluster;
    match (cluster, check.source) {
        (3, _) => ControlState::Unreachable,
        (2, Source::CertManager) => ControlState::NotAssessed,
        (2, Source::Rbac) if word.is_multiple_of(3) => ControlState::NotVisible,
        (1, Source::Velero) if word.is_multiple_of(2) => ControlState::Stale,
        _ if word.is_multiple_of(4) => ControlState::NotMet,
        _ if word.is_multiple_of(5) => ControlState::PartlyCovered,
        _ if word.is_multiple_of(7) => ControlState::NeedsReview,
        _ => ControlState::Met,
    }
}

fn coverage(cluster: usize, source: Source) -> Coverage {
    match (cluster, source) {
        (3, _) => Coverage::Unreachable,
        (2, Source::CertManager) => Coverage::Absent,
        (2, Source::Rbac) => Coverage::Forbidden,
        (1, Source::PodSecurity) => Coverage::Truncated,
        _ => Coverage::Complete,
    }
}

fn error(coverage: Coverage) -> Option<String> {
    match coverage {
        Coverage::Unreachable => Some("connecting to https://10.20.4.1:6443: connection timed out after 30 s".into()),
        Coverage::Forbidden => Some("clusterrolebindings.rbac.authorization.k8s.io is forbidden: User \"system:serviceaccount:bevis:reader\" cannot list resource at the cluster scope".into()),
        Coverage::Truncated => Some("namespaces/batch-17: labels: invalid type: integer `1`, expected a string".into()),
        _ => None,
    }
}

fn scan(cluster: usize, source: Source, minutes: i64) -> ScanEntry {
    let coverage = coverage(cluster, source);
    let error = error(coverage);
    ScanEntry {
        id: ScanId(Uuid::from_u128(900 + minutes.unsigned_abs() as u128)),
        source,
        started_at: minutes_ago(minutes) - TimeDelta::milliseconds(840),
        ended_at: minutes_ago(minutes),
        coverage,
        error: error.clone(),
        reads: vec![
            Read {
                resource: "rbac.authorization.k8s.io/v1/clusterroles".into(),
                coverage: Coverage::Complete,
                objects: 112,
                malformed: 0,
                error: None,
            },
            Read {
                resource: "rbac.authorization.k8s.io/v1/clusterrolebindings".into(),
                coverage,
                objects: 1_871,
                malformed: 1,
                error,
            },
        ],
        opened: 2,
        closed: 1,
        changed: 0,
    }
}

pub(crate) fn statuses() -> Vec<ClusterStatus> {
    clusters()
        .into_iter()
        .enumerate()
        .map(|(index, cluster)| ClusterStatus {
            server: format!("https://{}.k8s.example.org:6443", cluster.name),
            version: (index != 3).then(|| "v1.34.2".to_owned()),
            sources: Source::ALL
                .iter()
                .filter(|source| Catalogue::embedded().checks_of(**source).next().is_some())
                .map(|source| SourceStatus {
                    source: *source,
                    last_scan: Some(scan(index, *source, 3 + index as i64)),
                    last_seen_at: match index {
                        3 => None,
                        1 if *source == Source::Velero => Some(minutes_ago(55)),
                        _ => Some(minutes_ago(3 + index as i64)),
                    },
                    stale_after_seconds: 1800,
                    version: (*source == Source::Velero).then(|| "1.17.0".to_owned()),
                    states: Catalogue::embedded().checks_of(*source).fold(BTreeMap::new(), |mut states, check| {
                        *states.entry(state(index, check)).or_insert(0) += 1;
                        states
                    }),
                    open_findings: if index == 3 { 0 } else { 3 + index as i64 * 400 },
                })
                .collect(),
            cluster,
        })
        .collect()
}

fn states_of(control: &ControlId) -> Vec<ControlState> {
    (0..4)
        .map(|cluster| {
            let checks: Vec<_> = Catalogue::embedded()
                .checks_for(control)
                .map(|(check, strength)| (strength, state(cluster, check)))
                .collect();
            let evidence = Catalogue::embedded().control(control).expect("a control").evidence;
            assess(evidence, &checks).state
        })
        .collect()
}

pub(crate) fn controls() -> Vec<ControlStatus> {
    let catalogue = Catalogue::embedded();
    catalogue
        .controls()
        .iter()
        .map(|control| {
            let checks: Vec<_> = (0..4)
                .flat_map(|cluster| {
                    catalogue.checks_for(&control.id).map(move |(check, strength)| (strength, state(cluster, check)))
                })
                .collect();
            let count = catalogue.checks_for(&control.id).count() as u32;
            ControlStatus {
                control: control.id.clone(),
                theme: control.theme,
                evidence: control.evidence,
                assessment: assess(control.evidence, &checks),
                clusters: states_of(&control.id),
                checks: count,
                open_findings: i64::from(count) * 37,
                read_at: (count > 0).then(|| minutes_ago(6)),
            }
        })
        .collect()
}

pub(crate) fn control() -> ControlDetail {
    let id = ControlId::from("A.8.2");
    let status = controls().into_iter().find(|status| status.control == id).expect("a control");
    let checks = Catalogue::embedded()
        .checks_for(&id)
        .flat_map(|(check, strength)| {
            clusters().into_iter().enumerate().map(move |(index, cluster)| {
                let state = state(index, check);
                let coverage = coverage(index, check.source);
                let unread = i32::from(state == ControlState::PartlyCovered);
                CheckStatus {
                    check: check.id.clone(),
                    source: check.source,
                    cluster,
                    strength,
                    severity: check.severity,
                    state,
                    outcome: match state {
                        ControlState::NotMet => Some(Outcome::Fail),
                        ControlState::Unreachable => None,
                        ControlState::NotVisible => Some(Outcome::NotVisible),
                        ControlState::NeedsReview => Some(Outcome::NeedsReview),
                        _ => Some(Outcome::Pass),
                    },
                    examined: 112,
                    failed: if state == ControlState::NotMet { 14 } else { 0 },
                    unread,
                    reason: (state == ControlState::NotVisible).then(|| "forbidden".to_owned()),
                    detail: [("permission".to_owned(), "list clusterrolebindings".to_owned())].into(),
                    since: (state != ControlState::Unreachable).then(|| minutes_ago(8_000)),
                    read_at: (index != 3).then(|| minutes_ago(3)),
                    coverage: Some(coverage),
                    error: error(coverage),
                }
            })
        })
        .collect();
    ControlDetail { status, clusters: clusters(), checks, findings: rows().into_iter().take(5).collect() }
}

fn subject(kind: &str, namespace: Option<&str>, name: &str, key: Option<&str>) -> Subject {
    Subject { kind: kind.into(), namespace: namespace.map(Into::into), name: name.into(), key: key.map(Into::into) }
}

pub(crate) fn rows() -> Vec<FindingRow> {
    let catalogue = Catalogue::embedded();
    let samples: Vec<(&str, &str, Subject, &[(&str, &str)])> = vec![
        (
            "rbac.no_admin_to_everyone",
            "cluster",
            subject("ClusterRoleBinding", None, "temporary-debug", Some("Group:system:authenticated")),
            &[("subject", "Group:system:authenticated"), ("role", "ClusterRole cluster-admin")],
        ),
        ("bak.location", "unavailable", subject("BackupStorageLocation", Some("velero"), "default", None), &[]),
        (
            "rbac.secret_readers",
            "reads",
            subject(
                "RoleBinding",
                Some("payments-production-europe-west"),
                "developers-may-look-at-everything-for-now",
                Some("ServiceAccount:payments-production-europe-west/ci-runner-for-integration-tests"),
            ),
            &[("subject", "ServiceAccount:payments/ci-runner"), ("role", "Role view-all")],
        ),
        (
            "rbac.no_wildcards",
            "wildcard",
            subject("ClusterRole", None, "platform-tools", Some("*/*")),
            &[("groups", "*")],
        ),
        ("pod.psa_level", "privileged", subject("Namespace", None, "logging", None), &[]),
        (
            "cert.expiring",
            "soon",
            subject("Certificate", Some("shop"), "shop-tls", None),
            &[("not_after", "2026-11-27T03:00:00Z")],
        ),
        (
            "bak.restore_test",
            "old",
            subject("Restore", Some("velero"), "orders", None),
            &[("days", "180"), ("last", "2026-02-01T10:00:00Z")],
        ),
        ("pod.psp_legacy", "permissive", subject("PodSecurityPolicy", None, "privileged", None), &[]),
    ];
    (0..50)
        .map(|index: usize| {
            let (check, fault, subject, detail) = samples[index % samples.len()].clone();
            let check = catalogue.check(&check.into()).expect("a check");
            FindingRow {
                id: FindingId(Uuid::from_u128(0x019a_b3c2_0000_7000_8000_0000_0000_0000 + index as u128)),
                cluster: clusters()[index % 3].clone(),
                check: check.id.clone(),
                source: check.source,
                severity: check.severity,
                subject,
                fault: fault.into(),
                detail: detail.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
                state: FindingState::ALL[(index / 3) % 3],
                opened_at: minutes_ago(17 * (index as i64 + 1) * (index as i64 + 1)),
                closed_at: None,
            }
        })
        .collect()
}

pub(crate) fn page() -> FindingPage {
    FindingPage {
        rows: rows(),
        next: Some("Zm9v".into()),
        previous: None,
        count: Count { rows: 10_000, at_least: true },
    }
}

pub(crate) fn finding() -> FindingDetail {
    let row = FindingRow { state: FindingState::Acknowledged, opened_at: minutes_ago(3_000), ..rows()[2].clone() };
    let told = |minutes: i64, event: TimelineEvent| TimelineEntry { at: minutes_ago(minutes), event };
    let opened = |again| TimelineEvent::Opened {
        scan: ScanId(Uuid::from_u128(5)),
        severity: row.severity,
        fault: row.fault.clone(),
        detail: row.detail.clone(),
        again,
    };
    let decided = |kind, comment: &str| TimelineEvent::Decided {
        decision: Uuid::from_u128(9).into(),
        kind,
        by: "Freja Holm".into(),
        comment: comment.into(),
        findings: 4,
    };
    FindingDetail {
        first_seen_at: minutes_ago(40_000),
        controls: vec!["A.5.17".into(), "A.8.3".into()],
        timeline: vec![
            told(40_000, opened(false)),
            told(39_000, decided(DecisionKind::Comment, "Who asked for this?")),
            told(30_000, TimelineEvent::Closed { scan: ScanId(Uuid::from_u128(6)) }),
            told(3_000, opened(true)),
            told(
                2_000,
                TimelineEvent::Changed {
                    scan: ScanId(Uuid::from_u128(7)),
                    severity: Severity::Critical,
                    fault: row.fault.clone(),
                    detail: row.detail.clone(),
                },
            ),
            told(
                1_900,
                decided(DecisionKind::Acknowledge, "Known: the runner is replaced in week 48.\nTicket OPS-1412."),
            ),
        ],
        row,
    }
}

pub(crate) fn overview() -> Overview {
    let controls = controls();
    let cell = |theme: ControlTheme, pick: &dyn Fn(&ControlStatus) -> ControlState| ThemeCell {
        states: controls.iter().filter(|control| control.theme == theme).fold(
            BTreeMap::new(),
            |mut states, control| {
                *states.entry(pick(control)).or_insert(0) += 1;
                states
            },
        ),
    };
    Overview {
        at: at(),
        clusters: statuses(),
        themes: ControlTheme::ALL
            .iter()
            .map(|theme| ThemeRow {
                theme: *theme,
                all: cell(*theme, &|control| control.assessment.state),
                clusters: (0..4).map(|cluster| cell(*theme, &|control| control.clusters[cluster])).collect(),
            })
            .collect(),
        open: [
            (Severity::Critical, 4),
            (Severity::High, 1_231),
            (Severity::Medium, 77),
            (Severity::Low, 12),
            (Severity::Info, 3),
        ]
        .into(),
        acknowledged: 31,
        trend: (0..30)
            .map(|day| TrendPoint {
                at: at() - TimeDelta::days(29 - day),
                open: [
                    (Severity::Critical, (day * 7) % 9),
                    (Severity::High, 20 + (day * 3) % 14),
                    (Severity::Medium, 30 - day / 2),
                    (Severity::Low, 12),
                ]
                .into(),
                observed: if day < 3 { 0 } else { i64::min(3, day - 2) },
                clusters: 3,
            })
            .collect(),
    }
}

pub(crate) fn moment() -> Moment {
    let date = AuditDate { name: "Half-year audit".into(), at: minutes_ago(200_000) };
    Moment { past: None, audit_dates: vec![date], catalogue: Some("5f1c3a99d2e04b7786aa10c2b7de4410".into()) }
}

pub(crate) fn comparison() -> Comparison {
    let kinds = [
        (ChangeKind::Opened, None, Some(Severity::High)),
        (ChangeKind::Reopened, None, Some(Severity::Medium)),
        (ChangeKind::Severity, Some(Severity::Low), Some(Severity::Critical)),
        (ChangeKind::Closed, Some(Severity::High), None),
        (ChangeKind::Passing, None, None),
        (ChangeKind::Unchanged, Some(Severity::High), Some(Severity::High)),
    ];
    let finding = |(index, (row, (kind, before, after))): (usize, (FindingRow, (ChangeKind, _, _)))| FindingChange {
        finding: row.id,
        cluster: row.cluster,
        check: row.check,
        subject: row.subject,
        kind,
        before,
        after,
        opened: i64::from(before.is_none()),
        closed: i64::from(after.is_none()),
        severity_changes: if kind == ChangeKind::Severity { 2 } else { 0 },
        at: minutes_ago(60 * index as i64),
    };
    let count = |kind: &ChangeKind| ChangeCount { kind: *kind, count: Count { rows: 1_234, at_least: true } };
    let control = control();
    let check = &control.checks[0];
    let change = |before, after| CheckChange {
        check: check.check.clone(),
        cluster: check.cluster.clone(),
        strength: check.strength,
        before,
        after,
    };
    let assessment = control.status.assessment;
    let cluster = clusters().remove(1);
    Comparison {
        from: minutes_ago(40_000),
        to: at(),
        known: false,
        controls: vec![ControlChange {
            control: control.status.control.clone(),
            before: model::control::Assessment { state: ControlState::NotAssessed, ..assessment },
            after: assessment,
            checks: vec![
                change(Some(ControlState::Met), Some(ControlState::NotMet)),
                change(None, Some(ControlState::Met)),
            ],
        }],
        findings: FindingChangesPage {
            rows: rows().into_iter().zip(kinds).enumerate().map(finding).collect(),
            next: Some("x".into()),
            counts: ChangeKind::ALL.iter().map(count).collect(),
        },
        decisions: DecisionsPage {
            rows: vec![DecisionRow {
                decision: model::ids::DecisionId(Uuid::from_u128(5)),
                kind: DecisionKind::Acknowledge,
                by: "Freja Holm".into(),
                at: minutes_ago(500),
                comment: "The vendor mends it in the next release.".into(),
                findings: 3,
                finding: FindingId(Uuid::from_u128(1)),
            }],
            next: None,
        },
        clusters: vec![ClusterChange { cluster: cluster.clone(), change: Presence::Came, at: minutes_ago(900) }],
        sources: vec![SourceChange {
            cluster,
            source: Source::Velero,
            before: SourceState::Speaking,
            after: SourceState::Silent,
            turn: SourceTurn::FellSilent,
        }],
    }
}

pub(crate) fn packs() -> Vec<PackRow> {
    let scope = PackScope {
        clusters: vec![],
        controls: vec![],
        as_of: at(),
        language: "da".into(),
        since: None,
        time_zone: "Europe/Copenhagen".into(),
    };
    let some = PackScope {
        clusters: vec!["prod-cph".into(), "prod-aar".into()],
        controls: vec!["A.8.2".into(), "A.8.13".into()],
        as_of: minutes_ago(9_000),
        language: "en".into(),
        ..scope.clone()
    };
    let pack = |index: u128, scope: &PackScope, status| PackRow {
        id: PackId(Uuid::from_u128(index)),
        scope: scope.clone(),
        created_by: "Mikkel Lund".into(),
        created_at: minutes_ago(20),
        status,
    };
    vec![
        pack(1, &scope, PackStatus::Building),
        pack(
            2,
            &some,
            PackStatus::Ready {
                sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
                size: 1_240_311,
            },
        ),
        pack(3, &scope, PackStatus::Failed { error_id: "019ab3c2-7f10".into() }),
    ]
}
