//! A small history: two clusters, a scan that found things, one that was refused, a decision.

use chrono::{TimeDelta, TimeZone, Utc};
use model::{
    Instant,
    access::{AccessReview, Grant, Right, SubjectKind},
    disposition::Act,
    evaluation::{CheckResult, Detail, Evaluation, Observation, Outcome},
    finding::Subject,
    ids::{ClusterId, FindingId, PersonId},
    scan::{Coverage, Read, Scan},
    severity::Severity,
    source::Source,
    views::{FindingFilter, PackScope},
};
use server::{
    clusters::{Registered, register},
    db,
    decisions::{Actor, decide},
    findings, history,
    reports::Signer,
};
use sqlx::PgPool;
use std::sync::Arc;

pub(crate) const COMMENT: &str = "Known: the role is replaced on 1 July. #eval(\"1\") <script>alert(1)</script>";
pub(crate) const HOSTILE: &str = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> $x$ 中";

pub(crate) fn at(minutes: i64) -> Instant {
    Utc.with_ymd_and_hms(2026, 6, 30, 12, 0, 0).single().expect("an instant") + TimeDelta::minutes(minutes)
}

/// A pool that works as the application does, not as the owner of the database.
pub(crate) fn application(pool: &PgPool) -> PgPool {
    db::pool(pool.connect_options().as_ref().clone(), 6)
}

pub(crate) fn signer() -> Arc<Signer> {
    Arc::new(Signer::from_secret(&[9; 32]))
}

pub(crate) fn scope(as_of: Instant) -> PackScope {
    PackScope {
        clusters: vec![],
        controls: vec![],
        as_of,
        since: None,
        language: "en".into(),
        time_zone: "Europe/Copenhagen".into(),
        objects: false,
    }
}

pub(crate) async fn person(owner: &PgPool, name: &str) -> Actor {
    let id = uuid::Uuid::now_v7();
    sqlx::query!(
        "INSERT INTO person (id, issuer, subject, name, created_at, last_login_at) VALUES ($1, 'https://idp', $2, $3, $4, $4)",
        id,
        id.to_string(),
        name,
        at(0)
    )
    .execute(owner)
    .await
    .expect("a person");
    Actor { person: PersonId(id), name: name.to_owned() }
}

pub(crate) async fn clusters(pool: &PgPool, title: &str) -> Vec<ClusterId> {
    let registered = |name: &str| Registered {
        name: name.into(),
        title: format!("{title} {name}"),
        server: "https://k8s".into(),
        management: None,
    };
    let ids = register(pool, &[registered("nord"), registered("syd")], at(0)).await.expect("clusters");
    ids.into_iter().map(|(id, _)| id).collect()
}

/// A reading of RBAC that found `names` with wildcards.
pub(crate) fn rbac(cluster: ClusterId, ended: Instant, names: &[&str]) -> Scan {
    let check = |id: &str, failed: usize| CheckResult {
        check: id.into(),
        outcome: if failed > 0 { Outcome::Fail } else { Outcome::Pass },
        examined: 40,
        failed: u32::try_from(failed).expect("few"),
        unread: 0,
        unseen: None,
        reason: None,
        detail: Detail::new(),
    };
    let observation = |name: &&str| Observation {
        check: "rbac.no_wildcards".into(),
        subject: Subject { kind: "ClusterRole".into(), namespace: None, name: (*name).into(), key: None },
        severity: Severity::High,
        fault: "wildcard".into(),
        detail: Detail::from([("verbs".into(), "*".into())]),
    };
    Scan {
        evaluation: Evaluation {
            results: vec![check("rbac.no_admin_to_everyone", 0), check("rbac.no_wildcards", names.len())],
            observations: names.iter().map(observation).collect(),
        },
        facts: model::scan::Facts { access: Some(access()), ..Default::default() },
        ..scan(cluster, Source::Rbac, ended, Coverage::Complete, None)
    }
}

/// Who may do what: more administrators than are printed, and one whose name is markup.
fn access() -> AccessReview {
    let grant = |subject: String| Grant {
        kind: SubjectKind::Group,
        subject,
        namespace: None,
        role: "ClusterRole/cluster-admin".into(),
        binding: "ClusterRoleBinding/admins".into(),
        rights: [Right::Everything].into(),
        is_system: false,
    };
    AccessReview::of((0..30).map(|n| grant(format!("admins-{n:02}"))).chain([grant(HOSTILE.into())]), false)
}

pub(crate) fn scan(
    cluster: ClusterId,
    source: Source,
    ended: Instant,
    coverage: Coverage,
    error: Option<&str>,
) -> Scan {
    let read = Read {
        resource: "rbac.authorization.k8s.io/v1/clusterroles".into(),
        coverage,
        objects: 40,
        malformed: 0,
        confirmed: 0,
        error: error.map(Into::into),
        problems: vec![],
    };
    Scan {
        cluster,
        source,
        started_at: ended - TimeDelta::seconds(2),
        ended_at: ended,
        coverage,
        error: error.map(Into::into),
        problems: vec![],
        version: None,
        reads: vec![read],
        traffic: None,
        objects: vec![],
        teams: None,
        evaluation: Evaluation::default(),
        facts: model::scan::Facts::default(),
    }
}

/// The history; its last event is before minute 10. Answers who decided.
pub(crate) async fn history(owner: &PgPool, pool: &PgPool) -> Actor {
    let ids = clusters(pool, "Cluster").await;
    let refused = "clusterroles is forbidden: User \"bevis\" cannot list resource \"schedules\"";
    let scans = [
        rbac(ids[0], at(1), &["reader", HOSTILE]),
        scan(ids[0], Source::Velero, at(2), Coverage::Forbidden, Some(refused)),
        scan(ids[1], Source::CertManager, at(3), Coverage::Unreachable, Some("connection refused")),
    ];
    for scan in &scans {
        history::record(pool, scan, scan.ended_at).await.expect("a scan");
    }
    let anna = person(owner, "Anna Æblegaard").await;
    let open = open(pool, at(4)).await;
    decide(pool, &anna, &Act::Acknowledge, &open[..1], COMMENT, at(5)).await.expect("a decision");
    anna
}

pub(crate) async fn open(pool: &PgPool, at: Instant) -> Vec<FindingId> {
    let mut db = pool.acquire().await.expect("a connection");
    findings::matching(&mut db, &FindingFilter::default(), 100, at).await.expect("findings")
}
