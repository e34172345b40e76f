//! Lists of findings: filters, cursors, and what is refused.

use super::*;
use ::model::{finding::FindingState, ids::CheckId, views::FindingSort};
use server::error::Error;

const A: &str = "bak.enabled";
const B: &str = "bak.recent";

/// Three clusters: alpha and beta with findings, gamma with none, and delta that has left.
async fn some_findings(pool: &PgPool) {
    let delta = cluster(pool, "delta").await;
    recorded(pool, &scan(delta, 5, vec![result(A, Outcome::Fail, 0)], vec![observation(A, "gone", Severity::High)]))
        .await;
    clusters::register(pool, &["alpha", "beta", "gamma"].map(registered), second(6)).await.expect("registered");
    let mut db = pool.acquire().await.expect("a connection");
    let names = clusters::names(&mut db, second(7)).await.expect("names");
    drop(db);
    let seen = |n: usize, at, observations: Vec<Observation>| {
        scan(names[n].id, at, vec![result(A, Outcome::Fail, 0), result(B, Outcome::Fail, 0)], observations)
    };
    let first = vec![observation(A, "daily", Severity::High), observation(B, "Weekly_full", Severity::Critical)];
    recorded(pool, &seen(0, 10, first)).await;
    recorded(pool, &seen(1, 20, vec![observation(A, "daily", Severity::Low), observation(A, "100%", Severity::High)]))
        .await;
    recorded(pool, &seen(1, 30, vec![observation(A, "daily", Severity::Low)])).await;
}

async fn names(pool: &PgPool, filter: FindingFilter) -> Vec<String> {
    listed(pool, &filter, 100).await.into_iter().map(|(name, _)| name).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn filters_restrict_and_sorts_order(owner: PgPool) {
    let pool = app_pool(&owner);
    some_findings(&pool).await;
    let none = FindingFilter::default;
    assert_eq!(names(&pool, none()).await, ["Weekly_full", "daily", "daily"]);
    assert_eq!(names(&pool, FindingFilter { sort: FindingSort::Newest, ..none() }).await[0], "daily");
    assert_eq!(names(&pool, FindingFilter { sort: FindingSort::Oldest, ..none() }).await.len(), 3);
    assert_eq!(names(&pool, FindingFilter { cluster: vec!["beta".into()], ..none() }).await, ["daily"]);
    assert_eq!(names(&pool, FindingFilter { cluster: vec!["gamma".into()], ..none() }).await.len(), 0);
    assert_eq!(
        names(&pool, FindingFilter { severity: vec![Severity::Critical, Severity::Low], ..none() }).await.len(),
        2
    );
    assert_eq!(names(&pool, FindingFilter { source: vec![Source::Rbac], ..none() }).await.len(), 0);
    assert_eq!(names(&pool, FindingFilter { check: Some(B.into()), ..none() }).await, ["Weekly_full"]);
    assert_eq!(names(&pool, FindingFilter { control: Some("A.8.13".into()), ..none() }).await.len(), 3);
    assert_eq!(names(&pool, FindingFilter { state: vec![FindingState::Closed], ..none() }).await, ["100%"]);
    let past = listed(&pool, &none(), 25).await;
    assert_eq!(past.len(), 4);
    assert_eq!(listed(&pool, &none(), 5).await, [("gone".into(), "open")]);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn text_is_found_in_any_case_and_taken_as_it_is(owner: PgPool) {
    let pool = app_pool(&owner);
    some_findings(&pool).await;
    for (text, found) in [
        ("WEEKLY", 1),
        ("schedule velero/da", 2),
        ("%", 0),
        ("_", 1),
        ("y_f", 1),
        ("\\", 0),
        ("'; --", 0),
        ("\0", 3),
        (" ", 3),
    ] {
        let filter = FindingFilter { text: Some(text.into()), ..FindingFilter::default() };
        assert_eq!(names(&pool, filter).await.len(), found, "{text:?}");
    }
    let closed =
        FindingFilter { text: Some("100%".into()), state: vec![FindingState::Closed], ..FindingFilter::default() };
    assert_eq!(names(&pool, closed).await, ["100%"]);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_not_there_is_refused_rather_than_shown_as_empty(owner: PgPool) {
    let pool = app_pool(&owner);
    some_findings(&pool).await;
    let mut db = pool.acquire().await.expect("a connection");
    let unknown = [
        FindingFilter { cluster: vec!["delta".into()], ..FindingFilter::default() },
        FindingFilter { cluster: vec!["alpha".into(), "no".into()], ..FindingFilter::default() },
        FindingFilter { check: Some(CheckId::from("no.check")), ..FindingFilter::default() },
        FindingFilter { control: Some("A.9.99".into()), ..FindingFilter::default() },
    ];
    for filter in unknown {
        let refused = findings::page(&mut db, &filter, None, 50, second(100)).await;
        assert!(matches!(refused, Err(Error::Invalid { key: "error-invalid-filter", .. })), "{filter:?}");
    }
    let page = findings::page(&mut db, &FindingFilter::default(), None, 1, second(100)).await.expect("a page");
    let cursor = page.next.expect("there are more");
    assert!(findings::page(&mut db, &FindingFilter::default(), Some(&cursor), 1, second(100)).await.is_ok());
    for tampered in
        [format!("{cursor}A"), cursor[1..].to_owned(), cursor.to_uppercase(), String::new(), "1 OR 1=1".into()]
    {
        let refused = findings::page(&mut db, &FindingFilter::default(), Some(&tampered), 1, second(100)).await;
        assert!(matches!(refused, Err(Error::Invalid { key: "error-invalid-cursor", .. })), "{tampered}");
    }
    let other = FindingFilter { sort: FindingSort::Newest, ..FindingFilter::default() };
    assert!(findings::page(&mut db, &other, Some(&cursor), 1, second(100)).await.is_err());
    drop(db);
    pool.close().await;
}

#[sqlx::test(migrations = "../migrations")]
async fn an_export_has_every_finding_with_its_own_timeline(owner: PgPool) {
    let pool = app_pool(&owner);
    some_findings(&pool).await;
    let by = person(&owner, "Erik").await;
    let weekly = finding_named(&owner, "Weekly_full").await;
    deciding::decide(&pool, &by, &::model::disposition::Act::Acknowledge, &[weekly], "known", second(40))
        .await
        .expect("decides");
    let mut db = pool.acquire().await.expect("a connection");
    let all = findings::export(&mut db, &[], &[], second(100)).await.expect("exports");
    assert_eq!(all.len(), 4);
    assert!(all.windows(2).all(|pair| pair[0].row.id < pair[1].row.id));
    for exported in &all {
        let alone = findings::detail(&mut db, exported.row.id, second(100)).await.expect("loads").expect("is there");
        assert_eq!(*exported, alone);
    }
    assert_eq!(findings::export(&mut db, &["beta".into()], &[A.into()], second(100)).await.expect("exports").len(), 2);
    assert_eq!(findings::export(&mut db, &[], &[], second(15)).await.expect("exports").len(), 2);
    drop(db);
    pool.close().await;
}
