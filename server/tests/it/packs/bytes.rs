//! The same scope and instant give the same bytes for ever.

use super::seed;
use chrono::TimeDelta;
use model::disposition::{Act, Assignee};
use server::{decisions::decide, history, reports::build, settle};
use sqlx::PgPool;
use std::time::Duration;

#[sqlx::test(migrations = "../migrations")]
async fn a_pack_is_the_same_whenever_it_is_built(owner: PgPool) {
    let pool = seed::application(&owner);
    let anna = seed::history(&owner, &pool).await;
    let told = seed::open(&pool, seed::at(4)).await;
    let hers = Act::Assign(Assignee::Person(anna.person));
    decide(&pool, &anna, &hers, &told, "I look after them.", seed::at(6)).await.expect("a decision");
    decide(&pool, &anna, &Act::FalsePositive, &told[1..], "It is none.", seed::at(7)).await.expect("a decision");
    let scope = seed::scope(seed::at(10));
    let first = build(&pool, &scope, seed::signer()).await.expect("a pack");
    assert_eq!(build(&pool, &scope, seed::signer()).await.expect("a pack"), first);

    // Life goes on: everything is fixed, one comes back worse, somebody decides, a cluster gets another title.
    let ids = seed::clusters(&pool, "Renamed").await;
    for (minute, names) in [(20, &[][..]), (30, &["reader", "another"][..])] {
        let scan = seed::rbac(ids[0], seed::at(minute), names);
        history::record(&pool, &scan, scan.ended_at).await.expect("a scan");
    }
    let open = seed::open(&pool, seed::at(31)).await;
    decide(&pool, &anna, &Act::Acknowledge, &open, "All of them.", seed::at(32)).await.expect("a decision");
    sqlx::query!("UPDATE person SET name = 'Anna Blomst'").execute(&owner).await.expect("a new name");
    server::clusters::set_version(&pool, ids[0], "v1.35", seed::at(39)).await.expect("another version");
    sqlx::query!("UPDATE cluster SET valid_to = $1 WHERE name = 'syd'", seed::at(40))
        .execute(&owner)
        .await
        .expect("an end");
    assert!(
        build(&pool, &scope, seed::signer()).await.expect("a pack") == first,
        "an earlier instant's pack has changed"
    );
    assert!(build(&pool, &seed::scope(seed::at(33)), seed::signer()).await.expect("a pack") != first);
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_records_before_an_instant_that_was_exported(owner: PgPool) {
    let pool = seed::application(&owner);
    seed::history(&owner, &pool).await;
    let scope = seed::scope(seed::at(10));

    let before = head(&pool).await;

    // A writer is under way: the pack waits for it, and has what it wrote.
    let mut writer = pool.begin().await.expect("a transaction");
    settle::join(&mut writer, seed::at(9)).await.expect("joined");
    let building = tokio::spawn({
        let (pool, scope) = (pool.clone(), scope.clone());
        async move { build(&pool, &scope, seed::signer()).await.expect("a pack") }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!building.is_finished());
    server::ledger::append(&mut writer, seed::at(9), "system", "test.written", &"in time").await.expect("an entry");
    writer.commit().await.expect("written");
    let first = building.await.expect("a pack");
    assert_eq!(head(&pool).await, before + 1);

    // A writer whose clock is behind comes after: it is recorded just after the instant.
    let mut late = pool.begin().await.expect("a transaction");
    let moved = settle::join(&mut late, seed::at(8)).await.expect("joined");
    assert_eq!(moved, seed::at(10) + TimeDelta::microseconds(1));
    server::ledger::append(&mut late, seed::at(8), "system", "test.late", &"too late").await.expect("an entry");
    late.commit().await.expect("written");
    assert!(build(&pool, &scope, seed::signer()).await.expect("a pack") == first);
}

/// The newest entry of the ledger at the instant that is exported.
async fn head(pool: &PgPool) -> i64 {
    let mut db = pool.acquire().await.expect("a connection");
    server::ledger::head_as_of(&mut db, seed::at(10)).await.expect("a head").seq
}
