//! States of controls and clusters, as pages show them.

use super::*;
use ::model::{
    catalogue::{Catalogue, EvidenceKind},
    control::{ControlState, Why},
};
use server::controls;

fn velero_all(cluster: ClusterId, at: i64, outcome: Outcome) -> Scan {
    all_of(Source::Velero, cluster, at, outcome)
}

/// A scan of a source in which every check has the same outcome.
fn all_of(source: Source, cluster: ClusterId, at: i64, outcome: Outcome) -> Scan {
    let results = Catalogue::embedded().checks_of(source).map(|check| result(check.id.as_str(), outcome, 0));
    Scan { source, ..scan(cluster, at, results.collect(), vec![]) }
}

#[sqlx::test(migrations = "../migrations")]
async fn without_a_cluster_nothing_is_assessed(owner: PgPool) {
    let mut db = owner.acquire().await.expect("a connection");
    let (clusters, controls) = controls::list(&mut db, second(0), &[]).await.expect("loads");
    assert_eq!((clusters.len(), controls.len()), (0, 93));
    for control in controls {
        assert_eq!(control.assessment.state, ControlState::NotAssessed);
        let why = if control.checks == 0 { Why::NoCheck } else { Why::NoCluster };
        assert_eq!((control.assessment.why, control.read_at), (why, None), "{}", control.control);
    }
    let overview = controls::overview(&mut db, second(0)).await.expect("loads");
    assert_eq!((overview.trend.len(), overview.themes.len()), (30, 4));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cluster_never_scanned_keeps_a_control_from_being_met(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let _never_scanned = cluster(&pool, "beta").await;
    for source in Source::ALL {
        recorded(&pool, &all_of(*source, alpha, 10, Outcome::Pass)).await;
    }
    let mut db = pool.acquire().await.expect("a connection");
    let (_, controls) = controls::list(&mut db, second(20), &[]).await.expect("loads");
    for control in &controls {
        assert_ne!(control.assessment.state, ControlState::Met, "{}", control.control);
        assert_ne!(control.clusters[1], ControlState::Met);
    }
    let (_, alone) = controls::list(&mut db, second(20), &["alpha".into()]).await.expect("loads");
    let backup = alone.iter().find(|control| control.control.as_str() == "A.8.13").expect("a control");
    let met = if backup.evidence == EvidenceKind::Automatic { ControlState::Met } else { ControlState::NeedsReview };
    assert_eq!((backup.assessment.state, backup.read_at), (met, Some(second(10))));
    let detail = controls::detail(&mut db, &"A.8.13".into(), second(20), &[]).await.expect("loads").expect("is there");
    assert_eq!(detail.status.clusters.len(), 2);
    assert!(detail.checks.iter().any(|check| check.cluster.name == "beta" && check.state == ControlState::NotAssessed));
    assert!(controls::detail(&mut db, &"A.9.99".into(), second(20), &[]).await.expect("loads").is_none());
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn an_outage_shows_at_once_and_the_last_reading_is_told(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    recorded(&pool, &velero_all(alpha, 10, Outcome::Pass)).await;
    let away = Scan {
        coverage: Coverage::Unreachable,
        error: Some("connection refused".into()),
        ..scan(alpha, 60, vec![], vec![])
    };
    recorded(&pool, &away).await;
    let mut db = pool.acquire().await.expect("a connection");
    let status = clusters::statuses(&mut db, second(70)).await.expect("loads").pop().expect("a cluster");
    let velero = status.sources.iter().find(|source| source.source == Source::Velero).expect("every source is there");
    assert_eq!(velero.last_seen_at, Some(second(10)));
    assert_eq!(velero.version.as_deref(), Some("1.18.0"));
    assert_eq!(velero.states.keys().copied().collect::<Vec<_>>(), [ControlState::Unreachable]);
    let before = clusters::statuses(&mut db, second(59)).await.expect("loads").pop().expect("a cluster");
    let velero = before.sources.iter().find(|source| source.source == Source::Velero).expect("every source is there");
    assert_eq!(velero.states.keys().copied().collect::<Vec<_>>(), [ControlState::Met]);
    let checks = controls::checks(&mut db, second(70), &[]).await.expect("loads");
    let check = checks.iter().find(|check| check.source == Source::Velero).expect("a check");
    assert_eq!((check.coverage, check.read_at), (Some(Coverage::Unreachable), Some(second(10))));
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn the_trend_tells_the_ends_of_days_and_now(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let failing = |at| {
        let both = vec![
            observation("bak.enabled", "daily", Severity::High),
            observation("bak.enabled", "weekly", Severity::Low),
        ];
        scan(alpha, at, vec![result("bak.enabled", Outcome::Fail, 0)], both)
    };
    recorded(&pool, &failing(0)).await;
    let fixed = scan(alpha, 5 * 86_400, vec![result("bak.enabled", Outcome::Pass, 0)], vec![]);
    recorded(&pool, &fixed).await;
    recorded(&pool, &failing(6 * 86_400)).await;
    let mut db = pool.acquire().await.expect("a connection");
    let at = second(6 * 86_400 + 60);
    let overview = controls::overview(&mut db, at).await.expect("loads");
    for point in &overview.trend {
        let failing = (point.at >= second(0) && point.at < second(5 * 86_400)) || point.at >= second(6 * 86_400);
        let expected: Vec<(Severity, i64)> =
            if failing { vec![(Severity::Low, 1), (Severity::High, 1)] } else { vec![] };
        assert_eq!(point.open.iter().map(|(s, n)| (*s, *n)).collect::<Vec<_>>(), expected, "{}", point.at);
        // Scans were made on three days; on the others nobody looked, whatever was open.
        let looked = [0, 5 * 86_400, 6 * 86_400].iter().any(|s| second(*s).date_naive() == point.at.date_naive());
        // Days that were over before the cluster came have none that could have been looked at.
        let there = i64::from(point.at >= second(-1_000));
        assert_eq!((point.observed, point.clusters), (i64::from(looked), there), "{}", point.at);
    }
    assert_eq!(overview.trend.last().map(|point| point.at), Some(at));
    assert_eq!(overview.open.values().sum::<i64>(), 2);
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_cluster_was_called_is_told_as_it_was(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    clusters::set_version(&pool, alpha, "v1.31.0", second(10)).await.expect("a version");
    clusters::set_version(&pool, alpha, "v1.31.0", second(20)).await.expect("the same version");
    let renamed = clusters::Registered { title: "Renamed".into(), ..registered("alpha") };
    clusters::register(&pool, &[renamed], second(30)).await.expect("registered");
    clusters::set_version(&pool, alpha, "v1.32.0", second(40)).await.expect("another version");
    let mut db = pool.acquire().await.expect("a connection");
    let mut seen = Vec::new();
    for at in [5, 15, 35, 45] {
        let status = clusters::statuses(&mut db, second(at)).await.expect("loads").remove(0);
        seen.push((status.cluster.title, status.version));
    }
    let told = |title: &str, version: Option<&str>| (title.to_owned(), version.map(str::to_owned));
    assert_eq!(
        seen,
        [
            told("ALPHA", None),
            told("ALPHA", Some("v1.31.0")),
            told("Renamed", Some("v1.31.0")),
            told("Renamed", Some("v1.32.0"))
        ]
    );
    drop(db);
    pool.close().await;
}
