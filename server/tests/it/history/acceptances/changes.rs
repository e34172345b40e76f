//! What a comparison of two instants says of acceptances.

use super::*;
use ::model::{
    ids::CheckId,
    views::{AcceptanceChange, ChangesFilter},
};
use server::compare::{self, Reach};
use std::collections::BTreeMap;

/// What became of acceptances in a period, read page by page.
async fn changes(pool: &PgPool, (from, to): (i64, i64), filter: &ChangesFilter, rows: i64) -> Vec<AcceptanceChange> {
    let mut db = pool.acquire().await.expect("a connection");
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let reach = Reach { acceptances_cursor: cursor.as_deref(), ..Reach::first(rows) };
        let period = (second(from), second(to));
        let page = compare::compare(&mut db, period, filter, reach).await.expect("a comparison").acceptances;
        assert!(i64::try_from(page.rows.len()).expect("few") <= rows);
        all.extend(page.rows);
        cursor = page.next;
        if cursor.is_none() {
            return all;
        }
    }
}

fn told(changes: &[AcceptanceChange]) -> Vec<(&'static str, &str, Option<&str>)> {
    changes.iter().map(|it| (it.step.as_str(), it.scope.kind(), it.by.as_deref())).collect()
}

async fn step(pool: &PgPool, by: &By, id: AcceptanceId, act: AcceptanceAct, at: i64) {
    done(pool, by, id, act, at).await.expect("done");
}

/// Acceptances of every kind of scope on two clusters, to each of which something else happens.
async fn lived(owner: &PgPool) -> PgPool {
    use AcceptanceAct::{Approve, Reject, Revoke, Withdraw};
    let (pool, alpha, engineer, [maja, ole]) = two(owner).await;
    let beta = cluster(&pool, "beta").await;
    let vulnerable = |name: &str| {
        let subject = Subject {
            kind: "Image".into(),
            namespace: None,
            name: name.into(),
            key: Some("CVE-2026-0001 libc".into()),
        };
        Observation { subject, ..observation("ext.findings", name, Severity::High) }
    };
    let failed = |check: &str| vec![result(check, Outcome::Fail, 0)];
    for (cluster, at) in [(beta, 11), (alpha, 205)] {
        let scan = scan(cluster, at, failed("ext.findings"), vec![vulnerable("web:1")]);
        recorded(&pool, &Scan { source: Source::Trivy, ..scan }).await;
    }
    let teams = Some(BTreeMap::from([("velero".to_owned(), "red".to_owned())]));
    let late = vec![observation(CHECK, "late", Severity::High)];
    recorded(&pool, &Scan { teams, ..scan(beta, 12, failed(CHECK), late) }).await;
    let check: CheckId = CHECK.into();
    let team = AcceptanceScope::Team { check, cluster: None, team: "red".into() };
    let cve = AcceptanceScope::Cve { cve: "CVE-2026-0001".into() };
    let daily = finding_named(owner, "daily").await;
    let ask = async |scope, expires, at| asked(&pool, &engineer, &new(scope, expires), at).await;
    let one = ask(AcceptanceScope::Finding { finding: daily }, 300, 20).await;
    step(&pool, &maja, one, Approve, 30).await;
    let all = ask(on("alpha"), 400, 40).await;
    step(&pool, &maja, all, Approve, 50).await;
    step(&pool, &ole, all, Revoke, 60).await;
    assert!(done(&pool, &maja, all, Revoke, 65).await.is_err(), "it came too late, and is kept as such");
    let red = ask(team, 500, 70).await;
    step(&pool, &maja, red, Reject, 80).await;
    let known = ask(cve, 210, 90).await;
    let other = ask(on("beta"), 600, 100).await;
    step(&pool, &engineer, other, Withdraw, 110).await;
    step(&pool, &maja, known, Approve, 120).await;
    let risen = NewAcceptance { ends_on: BTreeSet::from([EndsOn::SeverityRises]), ..new(on("beta"), 700) };
    let risen = asked(&pool, &engineer, &risen, 130).await;
    step(&pool, &maja, risen, Approve, 140).await;
    let worse = vec![observation(CHECK, "late", Severity::Critical)];
    recorded(&pool, &scan(beta, 150, failed(CHECK), worse)).await;
    acceptances::evaluate(&pool, second(160)).await.expect("it looks");
    pool
}

#[sqlx::test(migrations = "../migrations")]
async fn everything_that_became_of_acceptances_is_listed_once(owner: PgPool) {
    let pool = lived(&owner).await;
    let filter = ChangesFilter::default();
    let whole = changes(&pool, (0, 1_000), &filter, 100).await;
    let (erik, maja) = (Some("Erik"), Some("Maja"));
    assert_eq!(
        told(&whole),
        [
            ("expired", "finding", None),
            ("expired", "cve", None),
            ("ended", "cluster", Some("Bevis")),
            ("approved", "cluster", maja),
            ("requested", "cluster", erik),
            ("approved", "cve", maja),
            ("withdrawn", "cluster", erik),
            ("requested", "cluster", erik),
            ("requested", "cve", erik),
            ("rejected", "team", maja),
            ("requested", "team", erik),
            ("revoked", "cluster", Some("Ole")),
            ("approved", "cluster", maja),
            ("requested", "cluster", erik),
            ("approved", "finding", maja),
            ("requested", "finding", erik),
        ]
    );
    assert_eq!(whole[0].at, second(300), "exactly when its time was over");
    assert_eq!(whole.last().expect("one").comment, "the supplier mends it");
    assert_eq!(whole[0].subject.as_ref().map(|subject| subject.name.as_str()), Some("daily"));
    for rows in [1, 3] {
        assert_eq!(changes(&pool, (0, 1_000), &filter, rows).await, whole, "in small steps");
    }
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn two_periods_in_a_row_list_what_the_whole_does(owner: PgPool) {
    let pool = lived(&owner).await;
    let named = |clusters: &[&str], controls: &[&str]| ChangesFilter {
        cluster: clusters.iter().map(|it| (*it).to_owned()).collect(),
        control: controls.iter().map(|it| (*it).into()).collect(),
        ..ChangesFilter::default()
    };
    let (backups, vulnerabilities) = ("A.8.13", "A.8.8");
    for (filter, kinds) in [
        (named(&[], &[]), vec!["cluster", "cve", "finding", "team"]),
        // What fell under the vulnerability on alpha fell under it later than it was asked for, and before it expired.
        (named(&["alpha"], &[]), vec!["cluster", "cve", "finding"]),
        (named(&["beta"], &[]), vec!["cluster", "cve", "team"]),
        (named(&["alpha", "beta"], &[backups]), vec!["cluster", "finding", "team"]),
        (named(&[], &[vulnerabilities]), vec!["cve"]),
    ] {
        let whole = changes(&pool, (0, 1_000), &filter, 100).await;
        let mut found: Vec<&str> = whole.iter().map(|it| it.scope.kind()).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, kinds, "{filter:?}");
        for middle in [10, 20, 30, 60, 90, 160, 209, 210, 211, 300, 999] {
            let mut both = changes(&pool, (middle, 1_000), &filter, 100).await;
            both.extend(changes(&pool, (0, middle), &filter, 100).await);
            assert_eq!(both, whole, "at {middle}: {filter:?}");
        }
    }
    let alpha = changes(&pool, (0, 1_000), &named(&["alpha"], &[]), 100).await;
    assert_eq!(told(&alpha)[..2], [("expired", "finding", None), ("expired", "cve", None)]);
    assert_eq!(alpha.iter().filter(|it| it.scope.kind() == "cve").count(), 1);
    pool.close().await;
}
