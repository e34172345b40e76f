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

pub(crate) mod acceptances;
pub(crate) mod people;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use frontend::{
    context::{AuditDate, Moment, PageContext, Reader, Theme},
    i18n::{Language, Locale},
    pages::confirm::Confirming,
    parts::deciding::Deciding,
};
use model::{
    access::{AccessReview, Grant, Right, SubjectKind, changes},
    catalogue::{Catalogue, Theme as ControlTheme},
    control::{ControlState, assess},
    disposition::{Assignee, Ticket},
    evaluation::Outcome,
    finding::{DecisionKind, FindingState, Subject},
    ids::{ClusterId, ControlId, FindingId, PackId, PersonId, ScanId},
    platform::{Distribution, PairedBy, Platform, Sign, SignKind, Welkin},
    role::Role,
    scan::{Coverage, Keeping, Read},
    service_level::{Clock, ClockStanding, PauseReason, ServiceLevel, Target, TargetUnit},
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
        shortcuts: true,
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
        problems: vec![],
        reads: vec![
            Read {
                resource: "rbac.authorization.k8s.io/v1/clusterroles".into(),
                coverage: Coverage::Complete,
                objects: 112,
                malformed: 0,
                confirmed: 0,
                error: None,
                problems: vec![],
            },
            Read {
                resource: "rbac.authorization.k8s.io/v1/clusterrolebindings".into(),
                coverage,
                objects: 1_871,
                malformed: 1,
                confirmed: 0,
                error,
                problems: vec![],
            },
        ],
        // The oldest are from before anything was counted.
        requests: (minutes < 30).then_some(6),
        bytes: (minutes < 30).then_some(2_417_331),
        opened: 2,
        closed: 1,
        changed: 0,
    }
}

pub(crate) fn rounds() -> Vec<RoundEntry> {
    (0..5)
        .map(|round| RoundEntry {
            started_at: minutes_ago(5 * round + 2) - TimeDelta::milliseconds(6_400),
            ended_at: minutes_ago(5 * round + 2),
            requests: 84 + round as i32,
            bytes: if round == 4 { 61_800_000 } else { 4_310_000 },
            largest_answer: 1_120_000,
            requests_per_second: 20,
            most_bytes: 1_024_000_000,
            page_size: 500,
            most_answer: 64_000_000,
        })
        .collect()
}

pub(crate) fn statuses() -> Vec<ClusterStatus> {
    clusters()
        .into_iter()
        .enumerate()
        .map(|(index, cluster)| ClusterStatus {
            server: format!("https://{}.k8s.example.org:6443", cluster.name),
            version: (index != 3).then(|| "v1.34.2".to_owned()),
            platform: platform(index),
            platform_read_at: (index != 3).then(|| minutes_ago(3)),
            management: (index == 0).then(|| paired(1)),
            lacks_management: index == 2,
            workloads: if index == 1 { vec![paired(0)] } else { vec![] },
            sources: Source::ALL
                .iter()
                .filter(|source| Catalogue::embedded().checks_of(**source).next().is_some())
                .map(|source| SourceStatus {
                    source: *source,
                    last_scan: Some(scan(index, *source, 3 + index as i64)),
                    not_retained: false,
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

fn paired(index: usize) -> PairedCluster {
    PairedCluster { cluster: clusters().remove(index), by: PairedBy::Issuer }
}

/// A pair of Welkin, a workload cluster that misses its other half, and one that nobody could read.
fn platform(cluster: usize) -> Option<Platform> {
    let sign = |kind, value: &str| Sign { kind, value: value.into() };
    let welkin = if cluster == 1 { Welkin::Management } else { Welkin::Workload };
    let dex = if cluster == 1 { SignKind::DexNamespace } else { SignKind::NoDexNamespace };
    (cluster != 3).then(|| Platform {
        distribution: Some(Distribution::Kubeadm),
        welkin: Some(welkin),
        signs: vec![
            sign(SignKind::ControlPlaneLabels, "cph-control-plane-0"),
            sign(SignKind::OwnNamespaces, "cert-manager, monitoring, velero"),
            sign(dex, "dex"),
        ],
    })
}

/// Every check on a cluster; what the management cluster keeps is seen there.
pub(crate) fn checks_on(cluster: usize) -> Vec<CheckStatus> {
    let name = clusters().remove(cluster);
    let one = |check: &model::catalogue::Check| {
        let elsewhere = check.in_management && cluster != 1;
        CheckStatus {
            check: check.id.clone(),
            source: check.source,
            cluster: name.clone(),
            strength: model::catalogue::Strength::Supporting,
            severity: check.severity,
            state: state(cluster, check),
            not_retained: false,
            outcome: (cluster != 3).then_some(Outcome::Pass),
            examined: 12,
            failed: i32::from(state(cluster, check) == ControlState::NotMet),
            unread: 0,
            accepted: 0,
            reason: None,
            detail: Default::default(),
            since: None,
            read_at: Some(minutes_ago(3)),
            coverage: Some(coverage(cluster, check.source)),
            error: None,
            problems: vec![],
            elsewhere: elsewhere.then(|| Elsewhere { cluster: (cluster == 0).then(|| clusters().remove(1)) }),
        }
    };
    Catalogue::embedded().checks().iter().map(one).collect()
}

fn grant(kind: SubjectKind, subject: &str, namespace: Option<&str>, role: &str, rights: &[Right]) -> Grant {
    let binding = if namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
    Grant {
        kind,
        subject: subject.into(),
        namespace: namespace.map(Into::into),
        role: format!("ClusterRole/{role}"),
        binding: format!("{binding}/{role}-of-a-team-with-a-rather-long-name"),
        rights: rights.iter().copied().collect(),
        is_system: subject.starts_with("system:"),
    }
}

/// A review with every power in it.
pub(crate) fn review() -> AccessReview {
    let (group, user, account) = (SubjectKind::Group, SubjectKind::User, SubjectKind::ServiceAccount);
    let mut grants = vec![
        grant(group, "system:masters", None, "cluster-admin", &[Right::Everything]),
        grant(group, "platform-admins", None, "cluster-admin", &[Right::Everything]),
        grant(
            user,
            "anna.ærlig@example.org",
            Some("payments"),
            "admin",
            &[Right::EnterPods, Right::ReadSecrets, Right::Read],
        ),
        grant(account, "velero/velero", None, "backup", &[Right::ReadSecrets, Right::ChangeWorkloads, Right::Read]),
    ];
    let others = Right::ALL.iter().map(|right| grant(group, &format!("team-{right}"), Some("shop"), "edit", &[*right]));
    grants.extend(others);
    AccessReview::of(grants, false)
}

/// A page of that review; with gaps, stale, and compared with an earlier one.
pub(crate) fn access() -> AccessPage {
    let review = review();
    let before = AccessReview::of(
        review.grants.iter().filter(|grant| !grant.subject.contains("anna")).cloned().chain([grant(
            SubjectKind::Group,
            "consultants",
            None,
            "cluster-admin",
            &[Right::Everything],
        )]),
        true,
    );
    let (gained, lost) = changes(&before, &review);
    let reading = |review: &AccessReview, minutes: i64| AccessReading {
        read_at: minutes_ago(minutes),
        coverage: Coverage::Forbidden,
        error: error(Coverage::Forbidden),
        problems: vec![],
        reads: scan(2, Source::Rbac, 3).reads,
        is_complete: review.is_complete,
        grants: review.grants.len() as i32,
        left_out: 3,
        digest: review.digest(),
    };
    AccessPage {
        cluster: clusters().remove(2),
        reading: Some(reading(&review, 55)),
        not_retained: false,
        newest: Some(scan(2, Source::Rbac, 3)),
        stale_after_seconds: 1800,
        holders: review
            .holders()
            .into_iter()
            .map(|(right, subjects)| Holders { right, subjects: subjects as u32 })
            .collect(),
        namespaces: vec!["payments".into(), "shop".into()],
        matching: 240,
        from: 100,
        grants: review.worst_first().into_iter().cloned().collect(),
        since: Some(AccessSince {
            since: minutes_ago(40_000),
            before: Some(reading(&before, 40_000)),
            not_retained: false,
            gained_count: gained.len() as u32,
            gained,
            lost_count: 700,
            lost,
        }),
    }
}

/// A page of a cluster of which nothing was reviewed.
pub(crate) fn access_never() -> AccessPage {
    AccessPage {
        reading: None,
        holders: vec![],
        namespaces: vec![],
        matching: 0,
        from: 0,
        grants: vec![],
        since: None,
        ..access()
    }
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
                    not_retained: false,
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
                    accepted: if state == ControlState::NotMet { 2 } else { 0 },
                    reason: (state == ControlState::NotVisible).then(|| "forbidden".to_owned()),
                    detail: [("permission".to_owned(), "list clusterrolebindings".to_owned())].into(),
                    since: (state != ControlState::Unreachable).then(|| minutes_ago(8_000)),
                    read_at: (index != 3).then(|| minutes_ago(3)),
                    coverage: Some(coverage),
                    error: error(coverage),
                    problems: vec![],
                    elsewhere: None,
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
                state: FindingState::ALL[(index / 3) % 4],
                acknowledged: false,
                opened_at: minutes_ago(17 * (index as i64 + 1) * (index as i64 + 1)),
                closed_at: None,
                unseen_since: None,
                assigned: (index.is_multiple_of(4)).then(|| assignees().people.remove(index % 2)),
                due: (index.is_multiple_of(5))
                    .then(|| Due { on: due_day(index % 28), overdue: index.is_multiple_of(2) }),
                ticket: (index.is_multiple_of(6)).then(ticket),
                claimed_by: (index % 12 == 1).then(|| PersonName { person: person(2), name: "Erik Lund".into() }),
                service_level: service_level(index),
            }
        })
        .collect()
}

/// One of each way in which a clock stands, and none.
fn service_level(index: usize) -> ServiceLevel {
    let unit = TargetUnit::ALL[index % 3];
    let clock = |standing: ClockStanding| Clock {
        standing,
        target: Target { amount: 7, unit },
        due: (standing != ClockStanding::Paused).then(|| match standing {
            ClockStanding::Breached | ClockStanding::Missed => minutes_ago(3_000),
            _ => minutes_ago(-4_400),
        }),
        ended_at: matches!(standing, ClockStanding::Met | ClockStanding::Missed).then(|| minutes_ago(100)),
        paused_since: (standing == ClockStanding::Paused).then(|| minutes_ago(9_000)),
        paused_by: (standing == ClockStanding::Paused).then_some(PauseReason::ALL[index % 2]),
        left_seconds: (standing == ClockStanding::Paused).then_some(300_000),
    };
    let standing = |place: usize| ClockStanding::ALL.get(place % 8).copied().map(clock);
    ServiceLevel { acknowledge: standing(index / 2), fix: standing(index) }
}

pub(crate) fn person(id: u128) -> PersonId {
    Uuid::from_u128(id).into()
}

fn due_day(day: usize) -> chrono::NaiveDate {
    chrono::NaiveDate::default() + chrono::Days::new(20_780 + day as u64)
}

fn ticket() -> Ticket {
    Ticket::read("https://tickets.example.org/browse/OPS-1412").expect("an address")
}

pub(crate) fn assignees() -> Assignees {
    let someone = |id, name: &str| Assigned { assignee: Assignee::Person(person(id)), name: name.into() };
    let team = |name: &str| Assigned { assignee: Assignee::Team(name.into()), name: name.into() };
    Assignees {
        people: vec![someone(1, "Freja Holm"), someone(2, "Erik Lund")],
        teams: vec![team("platform"), team("shop <b>")],
    }
}

/// What those who decide know: the person with an id, who may take something back.
pub(crate) fn deciding(reader: u128) -> Deciding {
    Deciding {
        person: Some(person(reader)),
        assignees: assignees(),
        ticket_keys: true,
        undoable: Some(Undoable {
            decision: Uuid::from_u128(9).into(),
            kind: DecisionKind::SetDue,
            findings: 4,
            until: minutes_ago(-1),
        }),
    }
}

pub(crate) fn tickets() -> Vec<NotificationTicket> {
    let ticket = |key: &str, address: &str| NotificationTicket {
        channel: "ops".into(),
        key: key.into(),
        address: address.into(),
    };
    vec![ticket("OPS-17", "https://jira.example/browse/OPS-17"), ticket("OPS-18", "javascript:alert(1)")]
}

pub(crate) fn work() -> MyWork {
    let mut assigned = page();
    assigned.rows.truncate(3);
    let mut claims = page();
    claims.rows.retain(|row| row.claimed_by.is_some());
    claims.count = Count { rows: 1, at_least: false };
    MyWork {
        assigned,
        assigned_query: "assignee=team%3Aplatform".into(),
        mentioned: MentionPage {
            rows: vec![Mention {
                decision: Uuid::from_u128(9).into(),
                kind: DecisionKind::Comment,
                by: "Freja Holm".into(),
                at: minutes_ago(5),
                comment: "@erik.lund: [look](https://example.org)".into(),
                findings: 2,
                finding: FindingId(Uuid::from_u128(3)),
            }],
            next: Some("Zm9v".into()),
            count: 7,
        },
        claims: Some(claims),
        approvals: Some(acceptances::lists().waiting),
    }
}

pub(crate) fn no_work() -> MyWork {
    let nothing = FindingPage {
        rows: vec![],
        next: None,
        previous: None,
        count: Count { rows: 0, at_least: false },
        ranked: false,
        retained_from: None,
    };
    MyWork {
        assigned: nothing,
        assigned_query: String::new(),
        mentioned: MentionPage { rows: vec![], next: None, count: 0 },
        claims: None,
        approvals: None,
    }
}

pub(crate) fn nobody() -> Assignees {
    Assignees { people: vec![], teams: vec![] }
}

pub(crate) fn confirming() -> Confirming {
    Confirming {
        kind: DecisionKind::Assign,
        value: Some("shop <b>".into()),
        comment: "Because **so**.".into(),
        filter: FindingFilter::from_query("severity=high&text=ns%2Fx").expect("a filter"),
        assignees: nobody(),
        expected: 12_345,
        fields: vec![("kind", "assign".into()), ("assignee", "team:shop <b>".into())],
    }
}

pub(crate) fn page() -> FindingPage {
    FindingPage {
        rows: rows(),
        next: Some("Zm9v".into()),
        previous: None,
        count: Count { rows: 10_000, at_least: true },
        ranked: false,
        retained_from: Some(minutes_ago(90_000)),
    }
}

pub(crate) fn groups() -> FindingGroups {
    let group = |value: &str, findings| FindingGroup {
        value: value.into(),
        name: None,
        cluster: Some(clusters().remove(0)),
        query: "workload=Role%2F%2Fa".into(),
        findings,
        severities: vec![SeverityCount { severity: Severity::High, findings }],
    };
    FindingGroups {
        by: FindingGroupBy::Workload,
        groups: vec![group("Deployment/shop/<b>", 12_345), group("ClusterRole//edit", 1)],
        more: true,
        count: Count { rows: 50_000, at_least: true },
        ungrouped: 0,
        retained_from: None,
    }
}

pub(crate) fn reader() -> PersonId {
    person(1)
}

pub(crate) fn saved_views() -> Vec<SavedView> {
    let view = |n: u128, owner, shared| SavedView {
        id: Uuid::from_u128(n),
        name: format!("View <b> {n}"),
        query: if n == 1 { String::new() } else { "severity=high&q=a%26b&group=check".into() },
        shared,
        owner: person(owner),
        owner_name: "Erik Lund".into(),
        changed_at: minutes_ago(100),
    };
    vec![view(1, 1, false), view(2, 1, true), view(3, 2, true)]
}

pub(crate) fn finding() -> FindingDetail {
    let row = FindingRow {
        state: FindingState::Acknowledged,
        acknowledged: false,
        opened_at: minutes_ago(3_000),
        claimed_by: Some(PersonName { person: person(2), name: "Erik Lund".into() }),
        assigned: Some(assignees().teams.remove(0)),
        due: Some(Due { on: due_day(1), overdue: true }),
        ticket: Some(ticket()),
        ..rows()[2].clone()
    };
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
        assigned: (kind == DecisionKind::Assign).then(|| assignees().teams.remove(0)),
        ticket: (kind == DecisionKind::LinkTicket).then(ticket),
        due: (kind == DecisionKind::SetDue).then(|| due_day(4)),
        undoes: (kind == DecisionKind::Undo).then(|| Uuid::from_u128(9).into()),
    };
    let all_kinds = DecisionKind::ALL.iter().map(|kind| told(1_000, decided(*kind, "*Why*, by @erik.lund.")));
    FindingDetail {
        first_seen_at: minutes_ago(40_000),
        retained_from: None,
        controls: vec!["A.5.17".into(), "A.8.3".into()],
        timeline: [
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
        ]
        .into_iter()
        .chain(all_kinds)
        .collect(),
        goes_on_as: None,
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
        states_retained_from: None,
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
        accepted: 3,
        acknowledged: 31,
        trend: (0..30)
            .map(|day| TrendPoint {
                day: (at() - TimeDelta::days(29 - day)).date_naive(),
                at: at() - TimeDelta::days(29 - day),
                open: [
                    (Severity::Critical, (day * 7) % 9),
                    (Severity::High, 20 + (day * 3) % 14),
                    (Severity::Medium, 30 - day / 2),
                    (Severity::Low, 12),
                ]
                .into(),
                not_retained: day == 0,
                observed: if day < 3 { 0 } else { i64::min(3, day - 2) },
                clusters: 3,
            })
            .collect(),
    }
}

/// A year of a source: complete but for an outage, a night without Bevis, and a start in spring.
fn year(index: usize) -> (model::coverage::Period, Strip) {
    use model::coverage::{Gap, Period, Stretch, Summary, cells, gaps};
    let period = Period::last(365, at());
    let hours = |hours: i64| period.from + TimeDelta::hours(hours);
    let stretch = |from, until, gap| Stretch { from, until, gap };
    let first = 24 * 20 * (index as i64 % 4);
    let other = Gap::ALL[2 + index % (Gap::ALL.len() - 2)];
    let mut line = vec![
        stretch(hours(0), hours(first), Some(Gap::NotRegistered)),
        stretch(hours(first), hours(first + 30), Some(Gap::NotRetained)),
        stretch(hours(first + 30), hours(4_000), None),
        stretch(hours(4_000), hours(4_070), Some(other)),
        stretch(hours(4_070), hours(6_001), None),
        stretch(hours(6_001), hours(6_009), Some(Gap::NobodyRan)),
        stretch(hours(6_009), period.until, None),
    ];
    line.retain(|stretch| stretch.from < stretch.until);
    let summary = Summary::of(&line);
    let strip = Strip {
        observed_micros: summary.observed.num_microseconds().expect("a year"),
        expected_micros: summary.expected.num_microseconds().expect("a year"),
        share: summary.share(),
        days: summary.days,
        days_observed: summary.days_observed,
        cells: cells(&line, &period),
        gaps: gaps(&line, 20),
        gaps_total: summary.gaps,
        longest_gap_micros: summary.longest_gap.num_microseconds().expect("a year"),
    };
    (period, strip)
}

fn coverage_row(cluster: ClusterName, index: usize) -> CoverageRow {
    let strip = year(index).1;
    CoverageRow {
        cluster,
        source: None,
        check: None,
        control: None,
        stale_after_seconds: Some(1_800),
        seen_in: vec![],
        strip,
    }
}

pub(crate) fn coverage_of_sources() -> CoverageReport {
    let (period, _) = year(0);
    let sources: Vec<_> =
        Source::ALL.iter().filter(|s| Catalogue::embedded().checks_of(**s).next().is_some()).collect();
    let rows = clusters().into_iter().enumerate().flat_map(|(index, cluster)| {
        sources
            .iter()
            .enumerate()
            .map(move |(place, source)| CoverageRow {
                source: Some(**source),
                ..coverage_row(cluster.clone(), index + place)
            })
            .collect::<Vec<_>>()
    });
    CoverageReport { from: period.from, until: period.until, rows: rows.collect() }
}

pub(crate) fn coverage_of_control() -> CoverageReport {
    let id = ControlId::from("A.8.2");
    let (period, _) = year(0);
    let mut rows = Vec::new();
    for (index, cluster) in clusters().into_iter().enumerate() {
        let row = coverage_row(cluster.clone(), index);
        rows.push(CoverageRow { control: Some(id.clone()), stale_after_seconds: None, ..row });
        for (check, _) in Catalogue::embedded().checks_for(&id) {
            rows.push(CoverageRow { check: Some(check.id.clone()), ..coverage_row(cluster.clone(), index) });
        }
    }
    CoverageReport { from: period.from, until: period.until, rows }
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
        from_known: false,
        states_retained_from: None,
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
        acceptances: acceptances::changes(),
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
        objects: false,
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

pub(crate) fn merged() -> FindingDetail {
    let other = FindingId(Uuid::from_u128(77));
    let mut finding = finding();
    finding.row.unseen_since = Some(minutes_ago(300));
    let told = |minutes, event| TimelineEntry { at: minutes_ago(minutes), event };
    finding.timeline.push(told(20, TimelineEvent::TookOver { finding: other }));
    finding.timeline.push(told(10, TimelineEvent::GoesOnAs { finding: other }));
    finding.goes_on_as = Some(other);
    finding
}

pub(crate) fn finding_objects() -> FindingObjects {
    let link = |name: &str, to, kept| ObjectLink {
        digest: Uuid::from_u128(5),
        resource: "v1/pods".into(),
        kind: "Pod".into(),
        namespace: Some("ci".into()),
        name: name.into(),
        from: minutes_ago(4_000),
        to,
        kept,
    };
    FindingObjects {
        at: at(),
        objects: vec![link("runner-0", None, true), link("runner-1", Some(minutes_ago(9)), false)],
    }
}

/// An object in every state that its content can be in.
pub(crate) fn objects() -> Vec<ObjectView> {
    let object = |content| ObjectView {
        digest: Uuid::from_u128(5),
        resource: Some("v1/pods".into()),
        kind: Some("Pod".into()),
        namespace: Some("ci".into()),
        name: "runner-0".into(),
        version: "482213".into(),
        hash: "5f1d0c9a7be84a3f9c2d11aa09e47c35".into(),
        fetched_at: Some(minutes_ago(4_000)),
        seen: vec![ObjectSighting { cluster: clusters().remove(0), from: minutes_ago(4_000), to: None }],
        content,
    };
    let json = "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Pod\",\n  \"spec\": {\n    \"containers\": [\n      {\n        \"env\": [\n          {\n            \"name\": \"TOKEN\",\n            \"value\": \"redacted\"\n          }\n        ]\n      }\n    ]\n  }\n}";
    let kept = ObjectContent::Kept {
        json: json.into(),
        redacted: vec!["/spec/containers/0/env/0/value".into()],
        dropped: vec!["/metadata/managedFields".into(), "/metadata/resourceVersion".into()],
    };
    let not_kept =
        Keeping::ALL.iter().filter(|why| **why != Keeping::Kept).map(|why| ObjectContent::NotKept { why: *why });
    let contents = [kept, ObjectContent::NotRetained { dropped_at: minutes_ago(60) }, ObjectContent::Unknown];
    contents.into_iter().chain(not_kept).map(object).collect()
}

/// Thirty periods of something; the third was looked at by nobody, the fifth only in part.
pub(crate) fn trend(
    show: model::trends::TrendShow,
    by: model::trends::TrendBy,
    step: model::trends::TrendStep,
) -> Trend {
    use model::{
        trends::{TrendBy, TrendShow},
        views::{Trend, TrendChart, TrendColumn, TrendFamily, TrendPanel, TrendPeriod, TrendUnit},
    };
    let (family, keys, unit): (_, &[&str], _) = match (show, by) {
        (TrendShow::Times, _) => {
            (TrendFamily::Trend, &["fixed-mean", "fixed-p50", "fixed-p90", "fixed-p95"], TrendUnit::Seconds)
        }
        (TrendShow::Sla, _) => (TrendFamily::Trend, &["late_fix.critical", "late_fix.high"], TrendUnit::Count),
        (TrendShow::Controls, _) => {
            (TrendFamily::State, &["met", "needs_review", "not_met", "stale", "not_assessed"], TrendUnit::Count)
        }
        (_, TrendBy::Control) => (
            TrendFamily::Control,
            &["A.5.15", "A.5.18", "A.8.2", "A.8.8", "A.8.9", "A.8.12", "A.8.13", "A.8.15", "A.8.16", "A.8.20"],
            TrendUnit::Count,
        ),
        (_, TrendBy::Team) => (TrendFamily::Team, &["", "payments & cards", "platform"], TrendUnit::Count),
        _ => (TrendFamily::Severity, &["critical", "high", "medium", "low"], TrendUnit::Count),
    };
    let columns: Vec<_> = keys.iter().map(|key| TrendColumn { family, key: (*key).to_owned(), unit }).collect();
    let chart =
        if unit == TrendUnit::Seconds || by == TrendBy::Control { TrendChart::Lines } else { TrendChart::Stacked };
    let factor = if unit == TrendUnit::Seconds { 40_000 } else { 1 };
    let key = match show {
        TrendShow::Times => "fixed",
        TrendShow::Sla => "late_fix",
        TrendShow::Controls => "controls",
        _ => "open",
    };
    let mut first = "2026-04-01".parse::<chrono::NaiveDate>().expect("a day");
    let mut periods = Vec::new();
    for place in 0..30_i64 {
        let last = step.last_of(first);
        let days = (last - first).num_days() + 1;
        let looked = if place == 2 { 0 } else { days };
        let values = (0..keys.len() as i64).map(|n| (place + n) % 11 * (n + 2) * factor);
        periods.push(TrendPeriod {
            first,
            last,
            until: at(),
            days,
            days_observed: looked,
            observed: looked * if place == 4 { 2 } else { 3 },
            clusters: days * 3,
            not_retained: place < 2,
            values: values
                .map(|value| (place >= 2 && (place != 9 || unit != TrendUnit::Seconds)).then_some(value))
                .collect(),
        });
        first = last.succ_opt().expect("a day");
    }
    Trend {
        show,
        by,
        step,
        time_zone: "Europe/Copenhagen".into(),
        first: periods[0].first,
        last: periods[29].last,
        retained_from: Some(periods[2].until),
        panels: vec![TrendPanel { key: key.into(), chart, columns: (0..keys.len()).collect() }],
        columns,
        periods,
        has_deadlines: true,
        teams: vec!["payments & cards".into(), "platform".into()],
    }
}
