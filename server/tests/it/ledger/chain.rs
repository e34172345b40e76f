//! A recomputation finds the first link that does not hold, and says what was expected and what was found.

use super::{append, second};
use crate::harness::TestApp;
use http::StatusCode;
use model::{role::Role, views::LedgerCheck};
use server::ledger;
use sqlx::{AssertSqlSafe, Executor, PgPool};

async fn forge(owner: &PgPool, statement: &str) {
    owner.execute("ALTER TABLE ledger DISABLE TRIGGER ALL").await.expect("the owner may");
    owner.execute(AssertSqlSafe(statement.to_owned())).await.expect("the owner may");
    owner.execute("ALTER TABLE ledger ENABLE TRIGGER ALL").await.expect("the owner may");
}

async fn five(owner: &PgPool) -> TestApp {
    let app = TestApp::new(owner);
    for n in 1..=5 {
        append(&app.app.db, second(n), "Anna", "test.entry").await;
    }
    app
}

async fn check(app: &TestApp) -> LedgerCheck {
    ledger::check(&app.app.db, &app.app.clock).await.expect("it can be read")
}

#[sqlx::test(migrations = "../migrations")]
async fn every_kind_of_forgery_is_named_with_what_was_expected_and_found(owner: PgPool) {
    // (what is forged, the entry and the part that are named)
    let cases = [
        ("UPDATE ledger SET actor = 'Bo' WHERE seq = 3", 3, "hash"),
        ("UPDATE ledger SET payload = '{}' WHERE seq = 2", 2, "hash"),
        ("UPDATE ledger SET hash = decode(repeat('ab', 32), 'hex') WHERE seq = 1", 1, "hash"),
        ("UPDATE ledger SET at = at - interval '1 day' WHERE seq = 4", 4, "instant"),
        ("DELETE FROM ledger WHERE seq = 3", 3, "number"),
    ];
    let app = five(&owner).await;
    for (forgery, seq, link) in cases {
        owner.execute("CREATE TABLE kept AS SELECT * FROM ledger").await.unwrap();
        forge(&owner, forgery).await;
        let found = check(&app).await;
        let broken = found.broken.expect(forgery);
        assert_eq!((broken.seq, broken.link.as_str(), found.entries), (seq, link, seq - 1), "{forgery}");
        assert_ne!(broken.expected, broken.found, "{forgery}");
        forge(&owner, "DELETE FROM ledger; INSERT INTO ledger SELECT * FROM kept").await;
        owner.execute("DROP TABLE kept").await.unwrap();
        assert_eq!(check(&app).await.broken, None, "as it was before: {forgery}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_chain_that_was_rewritten_whole_or_cut_is_found_by_the_heads_that_were_noted(owner: PgPool) {
    let app = five(&owner).await;
    let noted = check(&app).await;
    assert_eq!((noted.entries, &noted.broken), (5, &None));

    // Whoever owns the database writes a chain that fits together.
    forge(&owner, "DELETE FROM ledger").await;
    for n in 1..=6 {
        append(&app.app.db, second(n), "Bo", "test.entry").await;
    }
    let broken = check(&app).await.broken.expect("another chain");
    assert_eq!((broken.seq, broken.link.as_str(), broken.expected.as_str()), (5, "witness", noted.head.as_str()));
    assert_eq!(broken.found.len(), 64);
    assert!(ledger::verify(&app.app.db).await.unwrap_err().to_string().contains("ledger entry 5"));

    // Or cuts off its end.
    forge(&owner, "DELETE FROM ledger WHERE seq > 2").await;
    let broken = check(&app).await.broken.expect("a shorter chain");
    assert_eq!((broken.seq, broken.link.as_str(), broken.found.as_str()), (5, "witness", ""));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_page_says_whether_the_chain_holds_and_when_that_was_found(owner: PgPool) {
    let app = five(&owner).await;
    let mut officer = app.as_role(Role::SecurityOfficer).await;
    let page = officer.get("/ledger").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("The chain has not been recomputed yet") && !page.body.contains("The chain holds"));

    check(&app).await;
    append(&app.app.db, app.app.clock.now(), "Anna", "test.entry").await;
    let page = officer.get("/ledger").await.body;
    assert!(page.contains("The chain holds") && page.contains("5 entries were recomputed"), "{page}");
    assert!(page.contains("One entry was added since"), "{page}");

    forge(&owner, "UPDATE ledger SET actor = 'Bo' WHERE seq = 3").await;
    app.app.clock.advance(chrono::TimeDelta::minutes(1));
    let broken = check(&app).await.broken.unwrap();
    let page = officer.get("/ledger").await.body;
    assert!(page.contains("The chain is broken") && !page.contains("The chain holds"), "{page}");
    assert!(page.contains(&broken.expected) && page.contains(&broken.found), "{page}");
    assert!(page.contains("/ledger?before=4"), "it leads to the entry: {page}");
}
