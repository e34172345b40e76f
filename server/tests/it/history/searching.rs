//! Searching among findings: what is found, in what order, at what instant, and what is refused.

use super::*;
use ::model::{disposition::Act, views::FindingSort};
use server::error::Error;

const VULNERABLE: &str = "vul.critical_fixable";

fn vulnerable(namespace: &str, name: &str, key: &str) -> Observation {
    let subject = Subject {
        kind: "Deployment".into(),
        namespace: Some(namespace.into()),
        name: name.into(),
        key: Some(key.into()),
    };
    Observation {
        check: VULNERABLE.into(),
        subject,
        severity: Severity::High,
        fault: "fixable".into(),
        detail: Detail::new(),
    }
}

fn seen(cluster: ClusterId, at: i64, observations: Vec<Observation>) -> Scan {
    scan(cluster, at, vec![result(VULNERABLE, Outcome::Fail, 0), result("bak.enabled", Outcome::Fail, 0)], observations)
}

/// Three vulnerabilities and a backup on one cluster, of which the first is gone at second 50.
async fn planted(pool: &PgPool) {
    let cluster = cluster(pool, "prod").await;
    let gone = vulnerable("shop", "web", "app CVE-2026-1234 openssl");
    let stays = vec![
        vulnerable("shop", "cart", "app CVE-2026-12345 openssl"),
        vulnerable("bank", "web", "app cve-2026-1234 zlib"),
        Observation { severity: Severity::Critical, ..observation("bak.enabled", "shop-weekly", Severity::High) },
    ];
    recorded(pool, &seen(cluster, 10, [vec![gone], stays.clone()].concat())).await;
    recorded(pool, &seen(cluster, 50, stays)).await;
}

fn filter(query: &str) -> FindingFilter {
    FindingFilter::from_query(query).expect("a filter")
}

/// `namespace/name` of what is listed, in its order.
async fn found(pool: &PgPool, query: &str, at: i64) -> Vec<String> {
    let mut db = pool.acquire().await.expect("a connection");
    let page = findings::page(&mut db, &filter(query), None, 500, second(at)).await.expect("a page");
    assert_eq!(i64::try_from(page.rows.len()).ok(), Some(page.count.rows), "{query}");
    let name =
        |row: ::model::views::FindingRow| format!("{}/{}", row.subject.namespace.unwrap_or_default(), row.subject.name);
    page.rows.into_iter().map(name).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn what_fits_best_is_first_and_an_exact_vulnerability_before_longer_ones(owner: PgPool) {
    let pool = app_pool(&owner);
    planted(&pool).await;
    for (query, names) in [
        ("q=cve-2026-1234", vec!["bank/web", "shop/cart"]),
        ("q=CVE-2026-12345", vec!["shop/cart"]),
        // A namespace of that name, then a name that begins so, though that is worse.
        ("q=shop", vec!["shop/cart", "velero/shop-weekly"]),
        ("q=shop&sort=newest&severity=critical", vec!["velero/shop-weekly"]),
        ("q=openssl+shop", vec!["shop/cart"]),
        ("q=%25", vec![]),
        ("q='%3B--", vec![]),
        ("q=cart+weekly", vec![]),
        // Of the title, in Danish and in English.
        ("q=s%C3%A5rbarhed", vec!["bank/web", "shop/cart"]),
        ("q=vulnerability+cart", vec!["shop/cart"]),
        // Too short for an index, and found all the same.
        ("q=zl", vec!["bank/web"]),
    ] {
        let mut found = found(&pool, query, 100).await;
        if query.contains("s%C3") {
            found.sort();
        }
        assert_eq!(found, names, "{query}");
    }
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_search_is_of_its_instant(owner: PgPool) {
    let pool = app_pool(&owner);
    planted(&pool).await;
    assert_eq!(found(&pool, "q=cve-2026-1234", 40).await.len(), 3);
    assert_eq!(found(&pool, "q=cve-2026-1234", 5).await.len(), 0);
    assert_eq!(found(&pool, "q=cve-2026-1234&state=closed", 100).await, ["shop/web"]);
    assert_eq!(found(&pool, "q=cve-2026-1234&state=closed", 40).await.len(), 0);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_findings_are_about_filters_them(owner: PgPool) {
    let pool = app_pool(&owner);
    planted(&pool).await;
    for (query, names) in [
        ("cve=cve-2026-1234", vec!["bank/web"]),
        ("cve=CVE-2026-12345", vec!["shop/cart"]),
        ("cve=CVE-2026-123", vec![]),
        ("namespace=shop", vec!["shop/cart"]),
        ("namespace=-", vec![]),
        ("workload=Deployment/bank/web", vec!["bank/web"]),
        ("workload=Deployment//web", vec![]),
        ("workload=StatefulSet/bank/web", vec![]),
        ("namespace=bank&q=zlib", vec!["bank/web"]),
    ] {
        assert_eq!(found(&pool, query, 100).await, names, "{query}");
    }
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn ranked_pages_go_on_and_come_back_and_a_foreign_place_is_refused(owner: PgPool) {
    let pool = app_pool(&owner);
    planted(&pool).await;
    let mut db = pool.acquire().await.expect("a connection");
    let shop = filter("q=shop");
    let first = findings::page(&mut db, &shop, None, 1, second(40)).await.expect("a page");
    assert!(first.ranked && first.previous.is_none());
    let (mut names, mut next) = (vec![first.rows[0].id], first.next.clone());
    let mut last = first;
    while let Some(cursor) = next {
        last = findings::page(&mut db, &shop, Some(&cursor), 1, second(40)).await.expect("a page");
        names.push(last.rows[0].id);
        next = last.next.clone();
    }
    let whole = findings::page(&mut db, &shop, None, 50, second(40)).await.expect("a page");
    assert_eq!(names, whole.rows.iter().map(|row| row.id).collect::<Vec<_>>());
    assert_eq!(names.len(), 3);
    let back = findings::page(&mut db, &shop, last.previous.as_deref(), 50, second(40)).await.expect("a page");
    assert_eq!(back.rows.iter().map(|row| row.id).collect::<Vec<_>>(), names[..2]);
    let other = findings::page(&mut db, &filter("q=zlib"), last.previous.as_deref(), 50, second(40)).await;
    assert!(matches!(other, Err(Error::Invalid { key: "error-invalid-cursor", .. })));
    let newest = FindingFilter { sort: FindingSort::Newest, ..shop };
    assert!(!findings::page(&mut db, &newest, None, 50, second(40)).await.expect("a page").ranked);
    for long in [format!("q={}", "x".repeat(201)), "q=a+b+c+d+e+f+g+h+i".into()] {
        let refused = findings::page(&mut db, &filter(&long), None, 50, second(40)).await;
        assert!(matches!(refused, Err(Error::Invalid { key: "error-search-long", .. })), "{long}");
    }
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn many_matches_are_in_the_order_of_the_list_and_none_is_lost(owner: PgPool) {
    let pool = app_pool(&owner);
    let cluster = cluster(&pool, "prod").await;
    let mut observations: Vec<_> =
        (0..1_050).map(|n| observation("bak.enabled", &format!("nightly-{n}"), Severity::Low)).collect();
    observations.push(observation("bak.enabled", "other", Severity::Critical));
    observations.push(observation("bak.enabled", "nightly", Severity::Medium));
    recorded(&pool, &scan(cluster, 10, vec![result("bak.enabled", Outcome::Fail, 0)], observations)).await;
    let mut db = pool.acquire().await.expect("a connection");
    let many = filter("q=nightly");
    let (mut cursor, mut seen) = (None::<String>, Vec::new());
    loop {
        let page = findings::page(&mut db, &many, cursor.as_deref(), 500, second(100)).await.expect("a page");
        assert!(!page.ranked && page.count.at_least);
        seen.extend(page.rows.iter().map(|row| row.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 1_051);
    assert_eq!(seen[0], finding_named(&owner, "nightly").await, "the worst first");
    drop(db);
    // And all of them can be decided about, by exactly that number.
    let by = person(&owner, "Erik").await;
    let decide = async |query: &str, expected| {
        deciding::decide_matching(&pool, &by, &Act::Acknowledge, (&filter(query), expected), "known", second(200)).await
    };
    assert!(decide("q=nightly", 1_052).await.is_err());
    decide("q=nightly", 1_051).await.expect("decided");
    decide("q=other+kritisk+backup", 1).await.expect_err("no such words");
    decide("q=other", 1).await.expect("decided");
    pool.close().await;
}
