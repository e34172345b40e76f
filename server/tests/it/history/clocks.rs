//! Clocks that are wrong: of the server, of another replica, of a cluster. What is recorded stays in one order, and nobody
//! is told that something is in order that was not seen.

use super::*;
use ::model::{control::ControlState, finding::FindingState};
use server::{controls, settle};

fn found(cluster: ClusterId, at: i64, names: &[&str]) -> Scan {
    let check = velero_check();
    let outcome = if names.is_empty() { Outcome::Pass } else { Outcome::Fail };
    let observations = names.iter().map(|name| observation(&check, name, Severity::High)).collect();
    scan(cluster, at, vec![result(&check, outcome, 0)], observations)
}

fn velero_check() -> String {
    let catalogue = ::model::catalogue::Catalogue::embedded();
    catalogue.checks_of(Source::Velero).next().expect("a check").id.0.clone()
}

async fn recorded_at(pool: &PgPool) -> Vec<Instant> {
    sqlx::query_scalar!("SELECT recorded_at FROM scan ORDER BY recorded_at").fetch_all(pool).await.expect("scans")
}

async fn state(pool: &PgPool, at: Instant) -> ControlState {
    let mut db = pool.acquire().await.expect("a connection");
    let check = velero_check();
    let all = controls::checks(&mut db, at, &[]).await.expect("checks");
    all.into_iter().find(|status| status.check.0 == check).expect("the check").state
}

#[sqlx::test(migrations = "../migrations")]
async fn a_clock_that_stepped_back_reorders_nothing_and_turns_nothing_green(owner: PgPool) {
    let pool = app_pool(&owner);
    let nord = cluster(&pool, "nord").await;
    history::record(&pool, &found(nord, 0, &["daily"]), second(0)).await.expect("recorded");
    // A server whose clock is an hour behind says that all is well: by what is known, it looked before.
    let outcome = history::record(&pool, &found(nord, -3_600, &[]), second(-3_600)).await.expect("recorded");
    assert!(outcome.superseded && outcome.closed == 0);
    let instants = recorded_at(&owner).await;
    assert!(instants.iter().all(|at| *at >= second(0)), "nothing enters a past that was told already: {instants:?}");
    assert_eq!(listed(&pool, &FindingFilter::default(), 1).await, [("daily".to_owned(), FindingState::Open.as_str())]);
    assert_eq!(state(&pool, second(1)).await, ControlState::NotMet);
    // While its clock is behind, what it asks of "now" is what was known then, and that is nothing.
    assert_eq!(state(&pool, second(-900)).await, ControlState::NotAssessed);
    // When it has caught up, its readings count again.
    let outcome = history::record(&pool, &found(nord, 60, &[]), second(60)).await.expect("recorded");
    assert_eq!((outcome.superseded, outcome.closed), (false, 1));
    replay::assert_consistent(&owner).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_clock_that_leapt_ahead_leaves_what_is_known_stale_and_later_readings_in_order(owner: PgPool) {
    let pool = app_pool(&owner);
    let nord = cluster(&pool, "nord").await;
    history::record(&pool, &found(nord, 0, &[]), second(0)).await.expect("recorded");
    assert_ne!(state(&pool, second(1)).await, ControlState::Stale);
    // Ten days ahead in a second: what was read is older than its budget, by the only clock there is.
    assert_eq!(state(&pool, second(10 * 86_400)).await, ControlState::Stale);
    history::record(&pool, &found(nord, 10 * 86_400, &["daily"]), second(10 * 86_400)).await.expect("recorded");
    // Set right again. What was recorded ahead stays where it is, and the readings of the true time are superseded by it
    // until then: no finding is closed by what seems to be older.
    let outcome = history::record(&pool, &found(nord, 120, &[]), second(120)).await.expect("recorded");
    assert!(outcome.superseded);
    assert_eq!(recorded_at(&owner).await.last(), Some(&(second(10 * 86_400) + TimeDelta::microseconds(1))));
    assert!(listed(&pool, &FindingFilter::default(), 200).await.is_empty(), "nobody knew of it then");
    assert_eq!(listed(&pool, &FindingFilter::default(), 10 * 86_400).await.len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_replica_that_replays_an_old_scan_changes_nothing(owner: PgPool) {
    let pool = app_pool(&owner);
    let nord = cluster(&pool, "nord").await;
    let old = found(nord, 0, &["daily", "weekly"]);
    history::record(&pool, &old, second(0)).await.expect("recorded");
    history::record(&pool, &found(nord, 60, &["daily"]), second(60)).await.expect("recorded");
    // The same reading once more, long after: one that was overtaken, and then the newest itself.
    let again = history::record(&pool, &old, second(600)).await.expect("recorded");
    assert!(again.superseded && (again.opened, again.closed, again.changed) == (0, 0, 0));
    let newest = history::record(&pool, &found(nord, 60, &["daily"]), second(700)).await.expect("recorded");
    assert_eq!((newest.opened, newest.closed, newest.changed), (0, 0, 0));
    assert_eq!(listed(&pool, &FindingFilter::default(), 800).await, [("daily".to_owned(), "open")]);
    let intervals = sqlx::query_scalar!(r#"SELECT count(*) AS "rows!" FROM finding_interval"#).fetch_one(&owner).await;
    assert_eq!(intervals.expect("a count"), 2);
    // Replaying the newest does not make it younger: freshness goes by when it was read.
    assert_eq!(state(&pool, second(60 + 400 * 86_400)).await, ControlState::Stale);
}

#[sqlx::test(migrations = "../migrations")]
async fn scans_that_end_out_of_order_are_ordered_by_when_they_began(owner: PgPool) {
    let pool = app_pool(&owner);
    let nord = cluster(&pool, "nord").await;
    // Began first and saw the fault, took long; the other began later, saw it mended, and was done before.
    let slow = Scan { started_at: second(0), ended_at: second(90), ..found(nord, 0, &["daily"]) };
    let quick = Scan { started_at: second(30), ended_at: second(40), ..found(nord, 30, &[]) };
    history::record(&pool, &quick, second(40)).await.expect("recorded");
    let outcome = history::record(&pool, &slow, second(90)).await.expect("recorded");
    assert!(outcome.superseded && outcome.opened == 0);
    assert!(listed(&pool, &FindingFilter::default(), 100).await.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_clock_behind_what_a_pack_speaks_of_records_after_it(owner: PgPool) {
    let pool = app_pool(&owner);
    let nord = cluster(&pool, "nord").await;
    settle::close(&pool, second(1_000)).await.expect("settled");
    // A replica that is a quarter of an hour behind.
    history::record(&pool, &found(nord, 100, &["daily"]), second(100)).await.expect("recorded");
    assert!(listed(&pool, &FindingFilter::default(), 1_000).await.is_empty(), "the pack stays true");
    assert_eq!(listed(&pool, &FindingFilter::default(), 1_001).await.len(), 1);
}
