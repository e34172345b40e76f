//! A result says which subjects it could not see: findings of the others close, and those within stay open, not seen.

use super::*;
use ::model::finding::Extent;

const CHECK: &str = "bak.enabled";

fn seen(cluster: ClusterId, at: i64, names: &[&str], unread: u32, unseen: Option<&[&str]>) -> Scan {
    let extent = |name: &&str| Extent::of_object("Schedule", Some("velero"), name);
    let unseen = unseen.map(|names| names.iter().map(extent).collect());
    let outcome = if names.is_empty() { Outcome::Pass } else { Outcome::Fail };
    let observations = names.iter().map(|name| observation(CHECK, name, Severity::High)).collect();
    scan(cluster, at, vec![CheckResult { unseen, ..result(CHECK, outcome, unread) }], observations)
}

/// Open findings at a second, with since when they were not seen, in seconds.
async fn open(pool: &PgPool, at: i64) -> Vec<(String, Option<i64>)> {
    let mut db = pool.acquire().await.expect("a connection");
    let page = findings::page(&mut db, &FindingFilter::default(), None, 500, second(at)).await.expect("a page");
    let since = |at: Instant| at.timestamp() - NOW_SECONDS;
    let mut open: Vec<_> = page.rows.into_iter().map(|row| (row.subject.name, row.unseen_since.map(since))).collect();
    open.sort();
    open
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_fixed_closes_beside_what_could_not_be_seen(owner: PgPool) {
    let pool = app_pool(&owner);
    let alpha = cluster(&pool, "alpha").await;
    let named = |names: &[(&str, Option<i64>)]| {
        names.iter().map(|(name, since)| ((*name).to_owned(), *since)).collect::<Vec<_>>()
    };
    recorded(&pool, &seen(alpha, 10, &["daily", "monthly", "weekly"], 0, None)).await;
    // The schedule "daily" could not be read; "monthly" is in order.
    assert_eq!(recorded(&pool, &seen(alpha, 20, &["weekly"], 1, Some(&["daily"]))).await.closed, 1);
    assert_eq!(open(&pool, 25).await, named(&[("daily", Some(20)), ("weekly", None)]));
    // Nobody knows where what was not read is: nothing closes, and what was not seen before is so since then.
    assert_eq!(recorded(&pool, &seen(alpha, 30, &[], 1, None)).await.closed, 0);
    assert_eq!(open(&pool, 35).await, named(&[("daily", Some(20)), ("weekly", Some(30))]));
    assert_eq!(open(&pool, 25).await, named(&[("daily", Some(20)), ("weekly", None)]), "the past stays");
    recorded(&pool, &seen(alpha, 40, &["daily"], 0, None)).await;
    assert_eq!(open(&pool, 45).await, named(&[("daily", None)]), "seen again, and the other in order");
    replay::assert_consistent(&owner).await;
    pool.close().await;
}
