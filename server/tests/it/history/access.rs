//! Who may do what, as it is kept with the readings that saw it.

use super::{Outcome, app_pool, cluster, recorded, result, scan, second};
use model::{
    access::{AccessFilter, AccessReview, Grant, Right, SubjectKind},
    ids::ClusterId,
    scan::{Coverage, Facts, Read, Scan},
    source::Source,
    views::AccessPage,
};
use server::access::{self, Asked};
use sqlx::PgPool;

fn grant(subject: &str, namespace: Option<&str>, rights: &[Right]) -> Grant {
    Grant {
        kind: SubjectKind::Group,
        subject: subject.into(),
        namespace: namespace.map(Into::into),
        role: "ClusterRole/x".into(),
        binding: "ClusterRoleBinding/y".into(),
        rights: rights.iter().copied().collect(),
        is_system: false,
    }
}

fn reading(cluster: ClusterId, at: i64, review: Option<AccessReview>) -> Scan {
    Scan {
        source: Source::Rbac,
        facts: Facts { access: review, ..Facts::default() },
        ..scan(cluster, at, vec![result("rbac.no_wildcards", Outcome::Pass, 0)], vec![])
    }
}

fn review(grants: &[Grant]) -> AccessReview {
    AccessReview::of(grants.iter().cloned(), true)
}

async fn page(pool: &PgPool, at: i64, since: Option<i64>, query: &str) -> AccessPage {
    let asked = Asked {
        filter: AccessFilter::from_query(query).expect("a filter"),
        from: 0,
        limit: 100,
        since: since.map(second),
    };
    let mut db = pool.acquire().await.expect("a connection");
    access::page(&mut db, "alpha", second(at), &asked).await.expect("loads").expect("is there")
}

fn subjects(page: &AccessPage) -> Vec<&str> {
    page.grants.iter().map(|grant| grant.subject.as_str()).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn the_review_of_any_instant_is_shown(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let never = page(&pool, 5, None, "").await;
    assert!(never.reading.is_none() && never.newest.is_none() && never.grants.is_empty());

    let (ops, team) = (grant("ops", None, &[Right::Everything]), grant("team", Some("shop"), &[Right::Read]));
    recorded(&pool, &reading(alpha, 10, Some(review(&[ops.clone(), team.clone()])))).await;
    recorded(&pool, &reading(alpha, 20, Some(review(std::slice::from_ref(&team))))).await;
    let before = page(&pool, 15, None, "").await;
    assert_eq!(
        (subjects(&before), before.reading.as_ref().map(|of| of.read_at)),
        (vec!["ops", "team"], Some(second(10)))
    );
    assert_eq!(subjects(&page(&pool, 25, None, "").await), ["team"]);
    assert_eq!(subjects(&page(&pool, 15, None, "right=everything").await), ["ops"]);
    assert_eq!(page(&pool, 15, None, "namespace=shop").await.matching, 2);

    let since = page(&pool, 25, Some(15), "").await.since.expect("asked for");
    assert_eq!((since.gained_count, since.lost_count, since.lost[0].subject.as_str()), (0, 1, "ops"));
    let since = page(&pool, 25, Some(5), "").await.since.expect("asked for");
    assert!(since.before.is_none() && since.lost.is_empty() && since.gained.is_empty(), "nothing to compare with");
    let mut db = pool.acquire().await.expect("a connection");
    assert!(access::page(&mut db, "beta", second(25), &Asked::default()).await.expect("loads").is_none());
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_reading_that_could_not_review_takes_nothing_away_and_is_told(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    recorded(&pool, &reading(alpha, 10, Some(review(&[grant("ops", None, &[Right::Everything])])))).await;
    let refused =
        Scan { coverage: Coverage::Forbidden, error: Some("rbac: forbidden".into()), ..reading(alpha, 20, None) };
    recorded(&pool, &refused).await;
    let seen = page(&pool, 25, None, "").await;
    assert_eq!(subjects(&seen), ["ops"]);
    let newer = seen.newer_without_review().expect("it is newer");
    assert_eq!((newer.coverage, newer.ended_at), (Coverage::Forbidden, second(20)));
    assert!(!seen.is_stale(second(25)));
    assert!(seen.is_stale(second(10) + chrono::TimeDelta::seconds(seen.stale_after_seconds + 1)));

    // Not all was read: what was is shown, with what was not beside it.
    let mut partial = reading(alpha, 30, Some(AccessReview::of([grant("team", None, &[Right::Read])], false)));
    partial.coverage = Coverage::Forbidden;
    partial.reads.push(Read {
        resource: "rbac.authorization.k8s.io/v1/rolebindings".into(),
        coverage: Coverage::Forbidden,
        objects: 0,
        malformed: 0,
        confirmed: 0,
        error: Some("forbidden".into()),
        problems: vec![],
    });
    recorded(&pool, &partial).await;
    let seen = page(&pool, 35, None, "").await;
    let of = seen.reading.expect("a reading");
    assert!(!of.is_complete && of.coverage == Coverage::Forbidden);
    assert!(of.reads.iter().any(|read| read.coverage == Coverage::Forbidden));
    // One that began before another was recorded is kept in the log, and reviews nothing.
    let late = Scan { started_at: second(25), ended_at: second(26), ..reading(alpha, 25, Some(review(&[]))) };
    assert!(recorded(&pool, &late).await.superseded);
    assert_eq!(subjects(&page(&pool, 60, None, "").await), ["team"]);
    pool.close().await;
}

/// Where every row lies, and by which transaction it was written and ended.
async fn written(owner: &PgPool) -> Vec<Option<String>> {
    sqlx::query_scalar!(
        r#"SELECT string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid) FROM access_review t
           UNION ALL SELECT string_agg(t.ctid::text || t.xmin::text || t.xmax::text, ',' ORDER BY t.ctid) FROM cluster_facts t"#,
    )
    .fetch_all(owner)
    .await
    .expect("read")
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_seen_again_is_written_once_for_all_clusters(owner: PgPool) {
    let pool = app_pool(&owner);
    let (alpha, beta) = (cluster(&pool, "alpha").await, cluster(&pool, "beta").await);
    let platform = model::platform::Platform { welkin: Some(model::platform::Welkin::Workload), ..Default::default() };
    let seen = |cluster, at| {
        let mut scan = reading(cluster, at, Some(review(&[grant("ops", None, &[Right::Everything])])));
        scan.facts.platform = Some(platform.clone());
        scan
    };
    recorded(&pool, &seen(alpha, 10)).await;
    recorded(&pool, &seen(beta, 10)).await;
    let before = written(&owner).await;
    for at in 11..20 {
        recorded(&pool, &seen(alpha, at)).await;
        recorded(&pool, &seen(beta, at)).await;
    }
    assert_eq!(written(&owner).await, before, "an unchanged reading writes its row in the scan log alone");
    let kept = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM access_review"#);
    assert_eq!(kept.fetch_one(&owner).await.expect("a count"), 1, "both clusters share it");
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_review_is_neither_changed_nor_removed(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    recorded(&pool, &reading(alpha, 10, Some(review(&[grant("ops", None, &[Right::Everything])])))).await;
    for pool in [&owner, &pool] {
        for attempt in ["DELETE FROM access_review", "UPDATE access_review SET grants = 0", "TRUNCATE access_review"] {
            #[expect(clippy::disallowed_methods, reason = "what is tried is not in the schema's favour")]
            let refused = sqlx::query(sqlx::AssertSqlSafe(attempt)).execute(pool).await;
            let code = refused
                .expect_err(attempt)
                .as_database_error()
                .and_then(|error| error.code().map(std::borrow::Cow::into_owned));
            assert!(matches!(code, Some(code) if code == "23000" || code == "42501"), "{attempt}");
        }
    }
    pool.close().await;
}
